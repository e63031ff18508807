"""The four page patterns, list, file, board and steps, and what they are made of.

A page of a part of the desk is a small class that says what is on it; `docs/desk-pages.md` has a
worked example of each.
"""
