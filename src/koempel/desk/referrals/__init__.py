"""Toeleiding: from the first word that somebody could take a seat to the day they start."""
