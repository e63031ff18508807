"""Random tiny regions in which everything that reach looks at happens often."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from koempel.region.rows import (
    BikeKind,
    CareKind,
    Child,
    ChildcareMode,
    CourseKind,
    Cycling,
    Day,
    Direction,
    Job,
    Level,
    Measure,
    Mode,
    Need,
    Person,
    RightState,
    Strain,
)
from koempel.region.tables import Region
from koempel.region.windows import ALWAYS
from region import cases

SHIFTS = (
    "Mo-Fr 08:00-16:00",
    "Mo-Fr 07:45-16:15",
    "Mo-Fr 07:30-15:30",
    "Mo-Fr 06:00-14:00",
    "Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00",
    "Mo-Th 09:00-15:00",
    "Sa,Su 07:00-15:00",
    "Mo-Fr 22:00-06:00",
    "Fr-Su 20:00-04:00",
)
AWAY = ("24/7", "24/7", "24/7", "Mo-Fr 07:00-17:00", "Mo-Su 05:00-23:00", "Mo-Fr 05:20-22:40")
CARE_HOURS = ("Mo-Fr 07:00-18:00", "Mo-Fr 08:30-15:30", "Mo-Su 05:00-23:00", "24/7")
SITE_HOURS = (
    "Mo-Fr 05:00-23:00",
    "Mo-Fr 05:30-19:00",
    "Mo-Fr 06:30-18:30",
    "Mo-Su 04:30-23:30",
    "24/7",
)

OPEN_PERSON: dict[str, Any] = {
    "wants": (),
    "needs": (),
    "permit_until": None,
    "hours_min": 0,
    "hours_max": 40,
    "away": ALWAYS,
}
OPEN_JOB: dict[str, Any] = {"measures": (), "start_to": date(2027, 3, 1)}


def tiny_region(seed: int) -> Region:
    """Two or three people, three to five jobs, up to six rows of levers.

    In every second region nothing is in the way that no lever lifts, so that larger bundles show.
    """
    random = Random(seed)
    people = [_person(random, name) for name in ("An", "Bart", "Chris")[: random.randint(2, 3)]]
    jobs = [_job(random, number) for number in range(random.randint(3, 5))]
    if seed % 2:
        people = [replace(who, **OPEN_PERSON) for who in people]
        jobs = [replace(what, **OPEN_JOB) for what in jobs]
    rows: list[Any] = [*people, *jobs]
    for who in people:
        rows += [_child(random, who, number) for number in range(random.choice((0, 1, 1, 2)))]
        rows += [_right(random, who)] if random.random() < 0.5 else []
    rows += _levers(random, people, jobs)
    parameters = cases.parameter("childcare.nearest_sites", random.choice((1, 5)))
    return cases.region(*rows, parameters=parameters)


def _near(random: Random, spread: float) -> dict[str, float]:
    """A place off the straight road, so that no two distances are the same."""
    return {
        "lon": cases.HOME_LON + random.uniform(-spread, spread),
        "lat": cases.ROAD_LAT + random.uniform(-spread, spread) * 0.6,
    }


def _some(random: Random, words: Any, share: float) -> tuple[Any, ...]:
    return tuple(word for word in words if random.random() < share)


def _person(random: Random, name: str) -> Person:
    low, high = random.choice(((0, 40), (0, 40), (0, 40), (19, 38), (20, 40), (0, 20)))
    return cases.person(
        name,
        village=random.choice(("heusden", "heusden", "beringen")),
        available_from=cases.TODAY + timedelta(days=random.choice((-60, 0, 0, 0, 30))),
        permit_until=random.choice((None,) * 8 + (date(2026, 12, 20),)),
        modes=_some(random, Mode, 0.2),
        cycling=random.choice(tuple(Cycling)),
        max_travel_min=random.choice((None, None, 25, 60, 120)),
        dutch=random.choice((Level.A1, Level.A2, Level.B1)),
        dutch_reading=random.choice((Level.A0, Level.A1, Level.B1)),
        skills=_some(random, ("FORKLIFT", "WELDING"), 0.5),
        licences=_some(random, ("B",), 0.5),
        needs=_some(random, Need, 0.04),
        away=random.choice(AWAY),
        hours_min=low,
        hours_max=high,
        wants=random.choice(((), (), (), (), ("9321",), ("93",), ("9112", "9333"))),
        **_near(random, 0.08),
    )


def _job(random: Random, number: int) -> Job:
    start = cases.TODAY + timedelta(days=random.choice((-20, 7, 14, 14, 40)))
    return cases.job(
        f"job-{number}",
        isco=random.choice(("9321", "9321", "9321", "9333", "5223")),
        shifts=random.choice(SHIFTS),
        start_from=start,
        start_to=start + timedelta(days=random.choice((0, 30, 60, 90))),
        hours_per_week=random.choice((19, 38, 38, 38)),
        dutch=random.choice((Level.ALPHA, Level.ALPHA, Level.A2)),
        dutch_speaking=random.choice((Level.ALPHA, Level.ALPHA, Level.A2, Level.B1)),
        skills=_some(random, ("FORKLIFT", "WELDING"), 0.2),
        licences=_some(random, ("B",), 0.2),
        strains=_some(random, Strain, 0.1),
        measures=_some(random, (Measure.LDE, Measure.ARTICLE_60), 0.08),
        **_near(random, random.choice((0.08, 0.08, 0.25))),
    )


def _child(random: Random, who: Person, number: int) -> Child:
    kind = random.choice(tuple(CareKind))
    name, born = f"{who.id}-{number}", random.choice((date(2025, 5, 1), date(2020, 5, 1)))
    until = random.choice((None, None, None, date(2026, 12, 5), date(2026, 12, 20)))
    hours = random.choice(CARE_HOURS)
    if kind is CareKind.NONE:
        return cases.child(who.id, name, born=born)
    if kind is CareKind.HOME:
        return cases.child_at_home(who.id, name, hours=hours, born=born, care_until=until)
    near = _near(random, 0.05)
    spot = {"care_lon": near["lon"], "care_lat": near["lat"]}
    if number and random.random() < 0.5:
        spot = {"care_lon": cases.HOME_LON, "care_lat": cases.ROAD_LAT}
    return cases.child_in_care(
        who.id, name, at=0, hours=hours, kind=kind, born=born, care_until=until, **spot
    )


def _right(random: Random, who: Person) -> Any:
    return cases.right(
        who.id,
        measure=random.choice((Measure.LDE, Measure.ARTICLE_60)),
        granted_on=random.choice((date(2026, 1, 12), date(2026, 12, 1))),
        valid_until=random.choice((None, date(2026, 12, 10), date(2026, 11, 10))),
        state=random.choice((RightState.GRANTED, RightState.GRANTED, RightState.REFUSED)),
    )


def _levers(random: Random, people: list[Person], jobs: list[Job]) -> list[Any]:
    rows: list[Any] = []
    for number in range(random.randint(3, 6)):
        make = random.choice((_bikes, _bikes, _site, _site, _course, _shuttle))
        if make is _shuttle:
            rows += _shuttle(random, f"lever-{number}", random.choice(people), random.choice(jobs))
        else:
            rows += make(random, f"lever-{number}")
    return rows


def _bikes(random: Random, name: str) -> list[Any]:
    kind = random.choice(tuple(BikeKind))
    serves = random.choice(((), (), ("71070",), ("71004",)))
    return [cases.bikes(name, kind, serves=serves, wait_days=random.choice((0, 0, 40)))]


def _site(random: Random, name: str) -> list[Any]:
    low, high = random.choice(((0, 36), (0, 144), (30, 144)))
    return [
        cases.site(
            name,
            hours=random.choice(SITE_HOURS),
            mode=random.choice(tuple(ChildcareMode)),
            age_from=low,
            age_to=high,
            wait_days=random.choice((0, 7, 40)),
            valid_until=random.choice((None, None, date(2026, 12, 12))),
            **_near(random, 0.05),
        )
    ]


def _course(random: Random, name: str) -> list[Any]:
    kind = random.choice(tuple(CourseKind))
    teaches = {
        CourseKind.DUTCH_COURSE: random.choice(("A2", "B1")),
        CourseKind.SKILL_COURSE: random.choice(("FORKLIFT", "WELDING")),
        CourseKind.DRIVING_LICENCE: "B",
    }[kind]
    return [cases.course(name, kind, teaches, weeks=random.choice((1, 1, 6)))]


def _shuttle(random: Random, name: str, who: Person, what: Job) -> list[Any]:
    """A line from near a home to near a job, with most of the runs that the shifts need."""
    line = cases.shuttle(
        name,
        end=0,
        from_lon=who.lon + random.uniform(-0.01, 0.01),
        from_lat=who.lat,
        to_lon=what.lon,
        to_lat=what.lat + random.uniform(-0.006, 0.006),
        wait_days=random.choice((0, 0, 40)),
    )
    times = [(time, Direction.TO_WORK) for time in ("05:40", "07:10", "07:35", "13:40", "21:40")]
    times += [
        (time, Direction.HOME)
        for time in ("06:20", "14:20", "15:20", "15:50", "16:20", "16:30", "22:15")
    ]
    days = random.choice((tuple(Day)[:5], tuple(Day)))
    runs = [
        cases.run(time, direction, line=name, days=days)
        for time, direction in _some(random, times, 0.9)
    ]
    return [line, *runs]
