"""What cannot be decided or planned, in Dutch: what happened, why, and what now."""

from koempel.errors import KoempelError


class PlanningError(KoempelError):
    """Something that cannot be done with a plan or a proposal."""


class PausedError(PlanningError):
    """The planner is paused."""


class NotNowError(PlanningError):
    """The proposal is in a state in which this cannot be decided."""


class DeadProposalError(PlanningError):
    """The facts of a proposal have changed since it was made."""


class FullError(PlanningError):
    """Others have taken the seat in the meantime."""


class TooLateError(PlanningError):
    """A decision can no longer be taken back."""


class FilesGoneError(PlanningError):
    """What a plan was made from is no longer kept."""


class TooOftenError(PlanningError):
    """Somebody asks more what-ifs than one can read."""
