"""Commands on what every app stands on."""
