"""Pages about people: the list, the case, what is written down, who may look, files in and out."""
