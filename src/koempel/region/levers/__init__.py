"""Levers: what removes an obstacle, one module per kind."""
