"""What cannot be done with a case, in words for whoever tries."""

from koempel.errors import KoempelError


class PeopleError(KoempelError):
    """Something that cannot be done with a case."""


class StatusError(PeopleError):
    """A change that the table of statuses does not know."""


class TooLateError(PeopleError):
    """Something that could be taken back only for a while."""
