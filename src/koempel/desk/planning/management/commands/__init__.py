"""Making a plan again."""
