"""What stands between somebody in a social enterprise and regular work, and which is in reach.

The same engine as the plan, for one person and the regular vacancies that are open. Nothing is
weighed against other people here: who guides chooses.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.people.enums import CaseStatus
from koempel.desk.planning.choices import ways_among
from koempel.desk.planning.snapshot import rows_of
from koempel.region.obstacles.registry import BIT
from koempel.region.outcome import LeverKind, ObstacleKind, Proposal
from koempel.region.turnout import Crowd, Turnout, turnouts

MOVES_ON = (CaseStatus.ACTIVE, CaseStatus.PLACED)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stands between somebody and some of the vacancies.

    Attributes
    ----------
    n_jobs : int
        Vacancies that the person wants and that it keeps out of reach, alone or with more.
    opened_by : tuple
        Kinds of which one lever is enough, each with how many of these vacancies it opens.
    """

    kind: ObstacleKind
    n_jobs: int
    opened_by: tuple[tuple[LeverKind, int], ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """How somebody stands to regular work.

    Attributes
    ----------
    n_wanted, n_today, n_with_levers : int
        Vacancies of the kind that the person wants; in reach as things are; with levers besides.
    hindrances : tuple of Hindrance
        What keeps most of them away first.
    ways : tuple of Proposal
        The best way to each vacancy in reach, the best first.
    """

    n_wanted: int
    n_today: int
    n_with_levers: int
    hindrances: tuple[Hindrance, ...]
    ways: tuple[Proposal, ...]


def regular_vacancies(today: date) -> list[str]:
    """Numbers of open vacancies of regular employers that ask for no right."""
    rows = open_vacancies(today).filter(employer__kind=OrganisationKind.EMPLOYER)
    # Not in the database: a list of text compares in another way in each.
    found = rows.order_by("pk").values_list("number", "measures")
    return [number for number, measures in found if not measures]


def matching_of(case_number: str, *, today: date) -> Matching | None:
    """How somebody stands to regular work; None for who neither works nor looks for work."""
    region = rows_of([case_number], regular_vacancies(today), today, statuses=MOVES_ON)
    ways = ways_among(region, case_number)
    if ways is None:
        return None
    found = [each for each in turnouts(Crowd(region), region, region.jobs) if each.wanting[0]]
    return Matching(
        n_wanted=len(found),
        n_today=sum(1 for each in found if not each.obstacles[0]),
        n_with_levers=sum(1 for each in found if each.with_levers[0]),
        hindrances=tuple(sorted(_hindrances(found), key=lambda each: -each.n_jobs)),
        ways=ways.ways,
    )


def _hindrances(found: list[Turnout]) -> Iterator[Hindrance]:
    for kind, bit in BIT.items():
        blocked = [each for each in found if each.obstacles[0] & bit]
        if blocked:
            yield Hindrance(kind, len(blocked), tuple(_opened_by(blocked)))


def _opened_by(blocked: list[Turnout]) -> list[tuple[LeverKind, int]]:
    opened = Counter(lever for each in blocked for lever, flags in each.alone.items() if flags[0])
    return opened.most_common()
