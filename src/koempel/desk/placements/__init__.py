"""Work that people found: from which day, by which measure, until when, and why it ended."""
