"""Who could come to a job, in words: for the file, and while a vacancy is typed."""

from dataclasses import dataclass

from django.urls import reverse

from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.reach import Headcount, ReachCount
from koempel.region import dutch
from koempel.region.vocabulary import LEVERS, OBSTACLES, Kind

MOST_KINDS = 5


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
