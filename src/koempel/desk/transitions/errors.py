"""What can go wrong in doorstroom; each message is Dutch and says what to do."""

from koempel.errors import KoempelError


class TransitionError(KoempelError):
    """Something that cannot be done with somebody's doorstroom."""


class NotNowError(TransitionError):
    """A step that is not open from the state in which it is by now."""


class TooLateError(TransitionError):
    """The term in which a step can be taken back is over."""
