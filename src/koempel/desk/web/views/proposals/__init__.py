"""Pages about proposals: what waits, one proposal with its decision, and the person's sheet."""
