"""Organisations, users and roles, and the one table that says who may open what."""
