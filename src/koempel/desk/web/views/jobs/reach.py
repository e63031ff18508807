"""Who could come to a job, in words: for the file, and while a vacancy is typed."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.reach import Headcount, ReachCount, reach_count
from koempel.desk.planning.snapshot import people_on
from koempel.desk.web.pages.pace import Pace
from koempel.region import dutch
from koempel.region.rows import Job
from koempel.region.vocabulary import LEVERS, OBSTACLES, Kind

MOST_KINDS = 5

PACE = Pace("jobs-reach", most=120, minutes=10)
"""More than anybody types; who changes a job bit by bit to find one person comes to a stop."""


@dataclass(frozen=True, slots=True)
class KindLine:
    """An obstacle or lever with how many people it concerns."""

    kind: Kind
    people: Headcount


@dataclass(frozen=True, slots=True)
class ReachWords:
    """A count as the page says it."""

    wanting: Headcount
    today: Headcount
    with_levers: Headcount
    later: str
    obstacles: list[KindLine]
    levers: list[KindLine]


def counted(job: Job, user: User) -> ReachWords | None:
    """Who could come to a job today, in words; None for who asks too often."""
    now = timezone.now()
    if not PACE.allows(user, at=now):
        audit.record("jobs.reach_too_often", kind="vacancy")
        return None
    return reach_words(reach_count(job, people_on(timezone.localdate(now))))


def reach_words(count: ReachCount) -> ReachWords:
    """The words of a count; the rarest kinds are left out."""
    return ReachWords(
        wanting=count.wanting,
        today=count.now.today,
        with_levers=count.now.with_levers,
        later=_later(count.gain),
        obstacles=[KindLine(OBSTACLES[kind], n) for kind, n in count.obstacles[:MOST_KINDS]],
        levers=[KindLine(LEVERS[kind].kind, n) for kind, n in count.levers[:MOST_KINDS]],
    )


def _later(gain: int) -> str:
    if not gain:
        return "Een half uur later beginnen verandert hier weinig."
    more = "meer" if gain > 0 else "minder"
    return (
        f"Een half uur later beginnen: ongeveer {dutch.number(abs(gain))} mensen {more} "
        "kunnen komen."
    )


def reach_url(vacancy: Vacancy) -> str:
    """Address of the count of a vacancy."""
    return reverse("jobs:reach", kwargs={"number": vacancy.number})
