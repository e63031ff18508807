"""Why work does not go on, in words for whoever asked it."""

from koempel.errors import KoempelError


class WorkError(KoempelError):
    """Work that cannot go on."""


class NotAllowedError(WorkError):
    """The asker may no longer do what was asked."""


class StoppedError(WorkError):
    """Somebody asked to stop, or the work was given up for dead."""
