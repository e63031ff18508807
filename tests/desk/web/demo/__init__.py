"""Demonstration pages: every pattern and every part once, with invented rows."""
