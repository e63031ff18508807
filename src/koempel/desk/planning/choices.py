"""The ways that somebody has now: what a guide can choose in place of a proposal."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from koempel.desk.planning.queries import accepted_pairs
from koempel.desk.planning.rules import Pair
from koempel.desk.planning.snapshot import region_on, rows_of
from koempel.region.rows import Job
from koempel.region.tables import Region
from koempel.region.ways import WaysOfPerson, ways_of


def region_to_plan(today: date) -> Region:
    """The region of today without who has accepted something, and without their seats.

    Their levers are held in the ledger already, and what is held is not free.
    """
    region, held = region_on(today), accepted_pairs()
    gone = {person for person, _ in held}
    return replace(
        without_seats(region, held),
        people=tuple(each for each in region.people if each.id not in gone),
        children=tuple(each for each in region.children if each.person not in gone),
        rights=tuple(each for each in region.rights if each.person not in gone),
    )


def without_seats(region: Region, held: Iterable[Pair]) -> Region:
    """A region without the seats that accepted proposals hold."""
    taken = Counter(job for _, job in held)
    return replace(region, jobs=tuple(_without(each, taken[each.id]) for each in region.jobs))


def _without(job: Job, seats: int) -> Job:
    return replace(job, seats=max(0, job.seats - seats)) if seats else job


def ways_now(case_number: str, *, today: date) -> WaysOfPerson | None:
    """The ways of somebody to every open job; None for who looks for no work."""
    return ways_among(rows_of([case_number], None, today), case_number)


def ways_among(region: Region, case_number: str) -> WaysOfPerson | None:
    """The same among the jobs of a region that was read for them."""
    if not region.people:
        return None
    return ways_of(without_seats(region, accepted_pairs()), case_number)
