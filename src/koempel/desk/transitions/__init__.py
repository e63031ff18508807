"""Doorstroom: from work in a social enterprise to work with a regular employer."""
