"""Pages about work: who works where, whether it lasts, and how it ended."""
