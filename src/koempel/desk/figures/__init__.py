"""Figures of what came of it: counted from the rows themselves, small numbers hidden."""
