"""The root of every error that Koempel raises on purpose.

It stands below the floors and imports nothing, so that reading a table or asking for help does not
load the planner.
"""


class KoempelError(Exception):
    """What went wrong, in words for whoever can do something about it."""


class StoppedError(KoempelError):
    """The user asked to stop before there was anything to keep."""
