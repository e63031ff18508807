"""Koempel: who can reach which job, what stands between, which lever removes it."""

__version__ = "0.1.0"
