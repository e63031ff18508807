"""Factories per part of the desk; a trait names a situation."""
