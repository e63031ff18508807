"""Who could take a seat: with own means, with levers, or not, and what stands between.

The same engine as the plan (`koempel.region.turnout`), for one vacancy and some people. Nothing is
weighed against other people here: who guides chooses whom to refer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import job_of
from koempel.desk.planning.snapshot import rows_of
from koempel.region.obstacles.registry import BIT
from koempel.region.outcome import LeverKind, ObstacleKind
from koempel.region.turnout import Crowd, turnouts


@dataclass(frozen=True, slots=True)
class Candidate:
    """How somebody stands to a vacancy.

    Attributes
    ----------
    obstacles : tuple of ObstacleKind
        What stands between with own means; nothing for who can start as things are.
    with_levers : bool
        Whether levers take all of it away.
    levers : tuple of LeverKind
        Kinds of which one lever is enough.
    """

    case_number: str
    obstacles: tuple[ObstacleKind, ...]
    with_levers: bool
    levers: tuple[LeverKind, ...]

    @property
    def can_start(self) -> bool:
        """Whether the person can take the seat, with or without support."""
        return self.with_levers or not self.obstacles

    @property
    def lacks_right(self) -> bool:
        """Whether the vacancy is for people with a right that nobody granted this person."""
        return ObstacleKind.RIGHT in self.obstacles


def candidates_for(
    vacancy: Vacancy, case_numbers: Collection[str], *, today: date
) -> list[Candidate]:
    """How some people stand to a vacancy; who does not look for work is left out.

    Those who can start as they are come first, then who needs levers, each with the fewest
    obstacles first; then by number, which says nothing of anybody.
    """
    region = rows_of(case_numbers, (), today)
    if not region.people:
        return []
    (found,) = turnouts(Crowd(region), region, (job_of(vacancy),))
    rows = [
        Candidate(
            person.id,
            tuple(kind for kind, bit in BIT.items() if found.obstacles[number] & bit),
            bool(found.with_levers[number]),
            tuple(kind for kind, flags in found.alone.items() if flags[number]),
        )
        for number, person in enumerate(region.people)
    ]
    return sorted(
        rows, key=lambda each: (not each.can_start, len(each.obstacles), each.case_number)
    )
