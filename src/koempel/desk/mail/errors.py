"""What can go wrong with mail; each message is Dutch and says what to do."""

from koempel.errors import KoempelError


class MailError(KoempelError):
    """A mail that cannot be made, or is not in a state to do this with."""
