"""The day of one placement, stop by stop, for people to read.

Works out one trip in plain steps. It shares no code with the arrays of `koempel.region.trips`, so
that the tests can hold the two against each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from koempel.region.outcome import DayTrip, Moment, Stop, TravelMode
from koempel.region.seeker import PLACES, ChildFacts, Seeker
from koempel.region.setting import MODES, Place
from koempel.region.travel import FAR
from koempel.region.windows import DAY_MIN, WEEK_MIN, Windows


@dataclass(frozen=True, slots=True)
class CareStop:
    """A place where children are left, with the hours of their care; no place means home."""

    name: str
    place: Place | None
    hours: Windows


@dataclass(frozen=True, slots=True)
class Journey:
    """A way of travel between any two places: minutes on the road, and at the side of work.

    `to_work` and `to_home` are the minutes between a place and the start or end of the shift.
    """

    mode: TravelMode
    line: int = -1


def care_stops(
    seeker: Seeker, brought: Sequence[ChildFacts], site: CareStop | None, start: date
) -> tuple[CareStop, ...]:
    """Stops of a family: the site for the children brought there, present care for the others.

    Care that has ended before the first day of work has no hours.
    """
    stops: dict[Place | None, CareStop] = {}
    for child in seeker.children:
        stop = _present(child, start)
        if site is not None and child in brought:
            stop = CareStop(site.name, site.place, site.hours.union(_elsewhere(child, start)))
        known = stops.get(stop.place)
        hours = stop.hours if known is None else _both(known.hours, stop.hours)
        stops[stop.place] = CareStop(stop.name, stop.place, hours)
    return tuple(stops.values())


def tightest_day(seeker: Seeker, job: int, journey: Journey, stops: Sequence[CareStop]) -> DayTrip:
    """The day on which a placement has the least room, along the order that fits best."""
    days = [
        day
        for order in permutations([stop for stop in stops if stop.place is not None])
        for day in [_day(seeker, job, journey, order, stops)]
    ]
    return min(
        days, key=lambda day: (day.margin_min is not None and day.margin_min < 0, day.out_min)
    )


def holds(day: DayTrip) -> bool:
    """Whether a day can be done: nothing is closed, and no trip is longer than accepted."""
    in_time = max(day.out_min, day.back_min) <= day.accepted_min
    return in_time and (day.margin_min is None or day.margin_min >= 0)


def _day(
    seeker: Seeker,
    job: int,
    journey: Journey,
    order: Sequence[CareStop],
    stops: Sequence[CareStop],
) -> DayTrip:
    before = _minutes(seeker, job, journey, order, out=True)
    after = _minutes(seeker, job, journey, order, out=False)
    limits = list(_rooms(seeker, job, journey, order, stops, before, after))
    room, (start, length) = min(limits)
    return DayTrip(
        journey.mode,
        _moments(seeker, job, order, before, after, start % DAY_MIN, length),
        before[0],
        after[0],
        seeker.row.max_travel_min or seeker.setting.rules.accept_min[journey.mode],
        None if room >= DAY_MIN else room,
    )


def _minutes(
    seeker: Seeker, job: int, journey: Journey, order: Sequence[CareStop], *, out: bool
) -> list[int]:
    """Minutes between home and work, then between each stop and work, stops included."""
    places = [seeker.home, *(stop.place for stop in order if stop.place is not None)]
    row = MODES.index(TravelMode.WALK if journey.line >= 0 else journey.mode)
    among = seeker.setting.minutes_among(tuple(places))[row]
    total = _at_work(seeker, job, journey, places[-1], out=out)
    found = []
    for index in range(len(places) - 1, 0, -1):
        total += seeker.setting.rules.stop_min
        found.append(total)
        total += int(among[index - 1, index])
    return [total, *reversed(found)]


def _at_work(seeker: Seeker, job: int, journey: Journey, place: Place, *, out: bool) -> int:
    if journey.line >= 0:
        shuttles = seeker.shuttles
        ride = (shuttles.out_min if out else shuttles.back_min)[journey.line, job]
        return int(min(shuttles.walks_from(place)[journey.line] + ride, FAR))
    if place == seeker.home:
        return int(seeker.to_job(job)[MODES.index(journey.mode)])
    return int(seeker.setting.minutes_from(place)[MODES.index(journey.mode), job])


def _rooms(
    seeker: Seeker,
    job: int,
    journey: Journey,
    order: Sequence[CareStop],
    stops: Sequence[CareStop],
    before: list[int],
    after: list[int],
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Minutes left before each shift or after it, per thing with hours."""
    needs = [(seeker.row.away, before[0], after[0])]
    needs += [(stop.hours, before[0], after[0]) for stop in stops if stop.place is None]
    needs += [
        (stop.hours, early, late)
        for stop, early, late in zip(order, before[1:], after[1:], strict=True)
    ]
    if journey.mode is TravelMode.BUS:
        needs.append((seeker.setting.rules.bus_hours, before[0], after[0]))
    for shift in seeker.shifts(job):
        for hours, early, late in needs:
            around = hours.around(*shift)
            room = (-WEEK_MIN, -WEEK_MIN) if around is None else around
            yield min(room[0] - early, room[1] - late), shift


def _moments(
    seeker: Seeker,
    job: int,
    order: Sequence[CareStop],
    before: list[int],
    after: list[int],
    start: int,
    length: int,
) -> tuple[Moment, ...]:
    pause = seeker.setting.rules.stop_min
    employer = seeker.setting.employer[seeker.setting.region.jobs[job].employer].name
    leave, home = start - before[0], start + length + after[0]
    there = [
        Moment(Stop.CARE, stop.name, start - minutes, start - minutes + pause)
        for stop, minutes in zip(order, before[1:], strict=True)
    ]
    end = start + length
    back = [
        Moment(Stop.CARE, stop.name, end + minutes - pause, end + minutes)
        for stop, minutes in zip(order, after[1:], strict=True)
    ]
    return (
        Moment(Stop.HOME, "", leave, leave),
        *there,
        Moment(Stop.WORK, employer, start, end),
        *reversed(back),
        Moment(Stop.HOME, "", home, home),
    )


def _present(child: ChildFacts, start: date) -> CareStop:
    row = child.row
    if row.care in PLACES and row.care_lon is not None and row.care_lat is not None:
        return CareStop("", (row.care_lon, row.care_lat), _hours(child, start))
    return CareStop("", None, _hours(child, start))


def _elsewhere(child: ChildFacts, start: date) -> Windows:
    return _hours(child, start) if child.row.care in PLACES else Windows(())


def _hours(child: ChildFacts, start: date) -> Windows:
    ended = child.row.care_until is not None and child.row.care_until < start
    return Windows(()) if ended else child.row.care_hours


def _both(one: Windows, other: Windows) -> Windows:
    return one.minus(one.minus(other))
