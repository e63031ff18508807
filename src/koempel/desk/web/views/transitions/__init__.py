"""Pages of doorstroom."""
