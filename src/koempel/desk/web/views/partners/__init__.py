"""Pages about partners: the list, the file, and every change of it."""
