"""Pages of each part of the desk."""
