"""What can go wrong with a placement; each message is Dutch and says what to do."""

from koempel.errors import KoempelError


class PlacementError(KoempelError):
    """Something that cannot be done with a placement."""


class TooLateError(PlacementError):
    """The term in which an end can be taken back is over."""
