"""An invented plan, seeded, as large as asked: what the report is tried on.

Nothing is computed here: the figures are drawn so that they agree with each other.
"""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from math import sqrt
from random import Random
from typing import TypeVar

from koempel.region.outcome import (
    Alternative,
    DayTrip,
    FairnessRow,
    FloorResult,
    Flow,
    Help,
    HelpKind,
    HourCount,
    KindCount,
    LeftOut,
    LeverKind,
    LeverSummary,
    LeverUse,
    Moment,
    Obstacle,
    ObstacleKind,
    Outcome,
    PlaceCount,
    Price,
    Proposal,
    RunRecord,
    Share,
    Stop,
    TravelMode,
)
from koempel.region.rows import (
    Bike,
    BikeKind,
    Childcare,
    ChildcareMode,
    Contract,
    Course,
    CourseKind,
    Cycling,
    Day,
    Direction,
    Employer,
    EmployerKind,
    Job,
    Level,
    Municipality,
    Person,
    ShuttleLine,
    ShuttleRun,
    Village,
)
from koempel.region.tables import Region
from koempel.region.windows import Windows

PLAN_DATE = date(2026, 11, 23)
_WEEK = Windows(tuple((day * 1440 + 480, 480) for day in range(5)))

_MUNICIPALITIES = (
    Municipality("71004", "Beringen", 5.226, 51.05),
    Municipality("71070", "Heusden-Zolder", 5.28, 51.03),
    Municipality("72039", "Houthalen-Helchteren", 5.38, 51.04),
)

_VILLAGES = (  # id, name, municipality, lon, lat, weight
    ("V01", "Beringen", "71004", 5.2261, 51.0495, 612),
    ("V02", "Paal", "71004", 5.1723, 51.0399, 338),
    ("V03", "Koersel", "71004", 5.2712, 51.0591, 402),
    ("V04", "Beverlo", "71004", 5.2186, 51.0865, 310),
    ("V05", "Korspel", "71004", 5.245, 51.093, 12),
    ("V06", "Heusden", "71070", 5.2801, 51.0366, 468),
    ("V07", "Berkenbos", "71070", 5.300, 51.043, 264),
    ("V08", "Zolder", "71070", 5.3098, 51.0246, 326),
    ("V09", "Bolderberg", "71070", 5.273, 50.985, 9),
    ("V10", "Viversel", "71070", 5.280, 51.005, 14),
    ("V11", "Houthalen", "72039", 5.3743, 51.0343, 472),
    ("V12", "Meulenberg", "72039", 5.385, 51.020, 318),
    ("V13", "Helchteren", "72039", 5.3824, 51.0559, 214),
    ("V14", "Houthalen-Oost", "72039", 5.450, 51.020, 114),
)

_FIRMS = ("De Kolenvink", "Draadwerk Blauwput", "Tweede Schacht", "Poetshulp De Wissel")
_TITLES = ("Magazijnmedewerker", "Poetshulp", "Winkelhulp", "Lasser", "Hulpkok", "Inpakker")
_BIKES = (
    ("B1", "Fietspunt Lampenist", BikeKind.BIKE, 18),
    ("B2", "Fietspunt Schachtwiel", BikeKind.BIKE, 18),
    ("B3", "Fietspunt Lampenist", BikeKind.EBIKE_LOAN, 15),
    ("B4", "Trapschool De Mijnkar", BikeKind.BIKE_LESSON, 24),
)
_CARE = (
    ("C1", "Het Mijnlampje", ChildcareMode.FLEX, 21),
    ("C2", "De Kleine Koempel", ChildcareMode.REGULAR, 9),
    ("C3", "Kolenkinderen", ChildcareMode.OUT_OF_SCHOOL, 30),
    ("C4", "Noodluik", ChildcareMode.URGENT, 4),
)
_COURSES = (
    ("K1", "Nederlands A1 naar A2", CourseKind.DUTCH_COURSE, "A2", 32),
    ("K2", "Heftruck", CourseKind.SKILL_COURSE, "FORKLIFT", 12),
    ("K3", "Rijbewijs B", CourseKind.DRIVING_LICENCE, "B", 8),
)
_CARE_KINDS = {
    ChildcareMode.FLEX: LeverKind.FLEX_CHILDCARE,
    ChildcareMode.REGULAR: LeverKind.REGULAR_CHILDCARE,
    ChildcareMode.OUT_OF_SCHOOL: LeverKind.OUT_OF_SCHOOL_CARE,
    ChildcareMode.URGENT: LeverKind.URGENT_CHILDCARE,
}
_REMOVES = {
    LeverKind.BIKE: Obstacle(ObstacleKind.MOBILITY_DISTANCE, "30", "52"),
    LeverKind.EBIKE_LOAN: Obstacle(ObstacleKind.MOBILITY_DISTANCE, "35", "61"),
    LeverKind.BIKE_LESSON: Obstacle(ObstacleKind.CANNOT_CYCLE),
    LeverKind.SHUTTLE_SEAT: Obstacle(ObstacleKind.MOBILITY_TIMETABLE, "07:00", "05:32"),
    LeverKind.FLEX_CHILDCARE: Obstacle(ObstacleKind.CHILDCARE_HOURS, "07:00", "05:32"),
    LeverKind.URGENT_CHILDCARE: Obstacle(ObstacleKind.CHILDCARE_PLACE),
    LeverKind.REGULAR_CHILDCARE: Obstacle(ObstacleKind.CHILDCARE_PLACE),
    LeverKind.OUT_OF_SCHOOL_CARE: Obstacle(ObstacleKind.CHILDCARE_HOURS, "15:30", "17:10"),
    LeverKind.DUTCH_COURSE: Obstacle(ObstacleKind.LANGUAGE, "A1", "A2", "speaking"),
    LeverKind.SKILL_COURSE: Obstacle(ObstacleKind.SKILL, about="FORKLIFT"),
    LeverKind.DRIVING_LICENCE: Obstacle(ObstacleKind.LICENCE, about="B"),
}
_PARTS = {
    LeverKind.FLEX_CHILDCARE: "Mo-Fr early morning",
    LeverKind.OUT_OF_SCHOOL_CARE: "Mo-Fr afternoon",
    LeverKind.SHUTTLE_SEAT: "TO_WORK@05:15 HOME@14:15",
}


_Kind = TypeVar("_Kind", TravelMode, ObstacleKind)


@dataclass(frozen=True, slots=True)
class Invented:
    """A region and a plan for it."""

    region: Region
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Lever:
    id: str
    kind: LeverKind
    name: str
    capacity: int


@dataclass(frozen=True, slots=True)
class _Someone:
    person: str
    village: str
    state: str  # "today", "extra" or "none"


def invented(people: int = 400, jobs: int = 100, seed: int = 7) -> Invented:
    """Draw a region of so many people and jobs, and a plan for it."""
    draw = Random(seed)
    region = invented_region(people, jobs, draw)
    return Invented(region, _outcome(region, draw))


def invented_region(people: int, jobs: int, draw: Random) -> Region:
    """A region with real places and invented people, firms and levers."""
    villages = tuple(Village(v, name, m, "3500", lon, lat) for v, name, m, lon, lat, _ in _VILLAGES)
    return Region(
        name="Drie mijngemeenten",
        date=PLAN_DATE,
        invented=True,
        credit="Gemeenten: Statbel (CC BY 4.0). Plaatspunten: GeoNames (CC BY 4.0).",
        municipalities=_MUNICIPALITIES,
        villages=villages,
        people=tuple(_person(index, draw) for index in range(people)),
        employers=tuple(
            Employer(f"E{index}", name, EmployerKind.SOCIAL, None)
            for index, name in enumerate(_FIRMS)
        ),
        jobs=tuple(_job(index, draw) for index in range(jobs)),
        bikes=tuple(Bike(i, name, kind, (), n, 7, 40.0) for i, name, kind, n in _BIKES),
        childcare=tuple(_care(*each) for each in _CARE),
        courses=tuple(
            Course(i, name, kind, teaches, Level.A1, n, PLAN_DATE, 10, 0.0)
            for i, name, kind, teaches, n in _COURSES
        ),
        shuttle_lines=(
            ShuttleLine("L1", "Pendel Ravenshout", 5.22, 51.05, 5.15, 51.06, 20, 7, 90.0),
        ),
        shuttle_runs=(ShuttleRun("R1", "L1", Direction.TO_WORK, 315, (Day.MO,), 16),),
        outlines=json.loads(
            files("koempel.region.geography").joinpath("outlines.geojson").read_text("utf-8")
        ),
    )


def _person(index: int, draw: Random) -> Person:
    village = draw.choices(_VILLAGES, [each[-1] for each in _VILLAGES])[0]
    levels = (Level.A2,) * 4
    return Person(
        f"K-{index:04}", village[0], village[3], village[4], PLAN_DATE, PLAN_DATE, None, (),
        Cycling.YES, None, *levels, (), (), (), _WEEK, 20.0, 38.0, (),
    )  # fmt: skip


def _job(index: int, draw: Random) -> Job:
    village = draw.choice(_VILLAGES)
    return Job(
        f"J{index:04}", f"E{draw.randrange(len(_FIRMS))}", draw.choice(_TITLES), "4321",
        village[0], village[3], village[4], draw.choice((1, 1, 2, 5)), PLAN_DATE,
        PLAN_DATE + timedelta(90), (_WEEK,), 38.0, Contract.INDEFINITE,
        *(Level.ALPHA,) * 4, (), (), (), (),
    )  # fmt: skip


def _care(care: str, name: str, mode: ChildcareMode, places: int) -> Childcare:
    return Childcare(
        care, name, mode, 5.28, 51.03, _WEEK, 0, 144, places, places, places, places, 7, None, 0.0
    )


def _levers() -> tuple[_Lever, ...]:
    return (
        *(_Lever(i, LeverKind(kind), name, n) for i, name, kind, n in _BIKES),
        *(_Lever(i, _CARE_KINDS[mode], name, n) for i, name, mode, n in _CARE),
        *(_Lever(i, LeverKind(kind), name, n) for i, name, kind, _, n in _COURSES),
        _Lever("L1", LeverKind.SHUTTLE_SEAT, "Pendel Ravenshout", 16),
    )


def _outcome(region: Region, draw: Random) -> Outcome:
    someone = [
        _Someone(each.id, each.village, draw.choices(("today", "extra", "none"), (44, 16, 40))[0])
        for each in region.people
    ]
    chosen = [it for it in someone if it.state != "none" and draw.random() < 0.9]
    proposals = tuple(_proposal(it, region, draw) for it in chosen)
    placed = {it.person for it in proposals}
    left = tuple(_left_out(it, region, draw) for it in someone if it.person not in placed)
    states = Counter(it.state for it in someone)
    return Outcome(
        run=_run(region, proposals),
        reach_today=states["today"],
        reach_with_levers=states["extra"],
        no_way=states["none"],
        one_step_away=int(0.43 * states["none"]),
        proposals=proposals,
        left_out=left,
        prices=_prices(proposals, region, draw),
        levers=_summaries(proposals, draw),
        fairness=_fairness(someone, placed, region, draw),
        floors=(
            FloorResult("71004", "Beringen", 3, 5, 0, 0.0),
            FloorResult("72039", "Houthalen-Helchteren", 60, 52, 8, 210.0),
        ),
        places=_places(someone, placed),
        flows=_flows(proposals, region),
        hours=tuple(_hour(hour, draw) for hour in (5, 6, 7, 8, 9, 13, 14, 18, 21)),
        obstacles=tuple(KindCount(kind, draw.randrange(len(someone) + 1)) for kind in ObstacleKind),
    )


def _proposal(it: _Someone, region: Region, draw: Random) -> Proposal:
    job = draw.choice(region.jobs)
    levers = draw.sample(_levers(), draw.choice((1, 1, 1, 2))) if it.state == "extra" else []
    start = draw.randrange(300, 840)
    out = draw.randrange(6, 40)
    margin = draw.choice((None, 4, 11, 25))
    moments = (Moment(Stop.HOME, "Thuis", 0, start - out), Moment(Stop.WORK, "Werk", start, 900))
    return Proposal(
        person=it.person,
        job=job.id,
        start_on=PLAN_DATE + timedelta(draw.randrange(7, 90)),
        obstacles=tuple(_REMOVES[each.kind] for each in levers),
        levers=tuple(_use(each) for each in levers),
        trip=DayTrip(
            draw.choice(tuple(TravelMode)),
            moments,
            out,
            out + 1,
            45,
            margin,
        ),
        worth=draw.randrange(500, 1000),
        fit_percent=draw.randrange(60, 101),
        wish=draw.choice(("exact", "near", "other")),
        jobs_today=0 if levers else draw.randrange(1, 30),
        jobs_with_levers=draw.randrange(1, 40),
        takes=(),
        decided_by=(levers[0].id,) if levers else (),
        alternatives=(_alternative(region, draw),) if draw.random() < 0.8 else (),
        warnings=tuple(
            draw.sample(("care_ends", "tight_margin", "tie"), draw.choice((0, 0, 0, 1)))
        ),
    )


def _pick(kinds: type[_Kind], draw: Random) -> _Kind:
    return draw.choice(tuple(kinds))


def _alternative(region: Region, draw: Random) -> Alternative:
    scarce = (draw.choice(region.jobs).id,) if draw.random() < 0.3 else ()
    return Alternative(draw.choice(region.jobs).id, (), 600, draw.randrange(0, 200), scarce)


def _use(lever: _Lever) -> LeverUse:
    return LeverUse(
        lever.kind, lever.id, lever.name, (_REMOVES[lever.kind].kind,),
        PLAN_DATE + timedelta(14), 40.0, _PARTS.get(lever.kind, ""),
    )  # fmt: skip


def _left_out(it: _Someone, region: Region, draw: Random) -> LeftOut:
    job = draw.choice(region.jobs).id
    helps = (
        Help(
            HelpKind.MORE_OF,
            (draw.choice(_levers()).id,),
            jobs=draw.randrange(1, 9),
            example_job=job,
        ),
        Help(
            HelpKind.LIFT,
            obstacle=Obstacle(draw.choice(tuple(ObstacleKind))),
            jobs=2,
            example_job=job,
        ),
        Help(HelpKind.NOTHING_NEAR),
    )
    today = draw.randrange(1, 5) if it.state == "today" else 0
    return LeftOut(it.person, today, today + (it.state == "extra"), draw.choice(helps))


def _prices(proposals: tuple[Proposal, ...], region: Region, draw: Random) -> tuple[Price, ...]:
    used = Counter(lever.lever for each in proposals for lever in each.levers)
    levers = [
        Price(each.id, each.kind, each.name, "", each.capacity, min(used[each.id], each.capacity),
              300.0, draw.choice((0.0, 0.18, 0.42, 0.66)), draw.randrange(90), used[each.id])
        for each in _levers()
    ]  # fmt: skip
    seats = [
        Price(each.id, "SEAT", each.title, "", each.seats, each.seats, 90.0, 0.12, 9, each.seats)
        for each in region.jobs[:5]
    ]
    return (*levers, *seats)


def _summaries(proposals: tuple[Proposal, ...], draw: Random) -> tuple[LeverSummary, ...]:
    used = Counter(lever.lever for each in proposals for lever in each.levers)
    return tuple(
        LeverSummary(
            each.id, each.kind, each.name, each.capacity, min(used[each.id], each.capacity),
            draw.choice((0.0, 0.2, 0.4, 0.7)), draw.choice((2, 23, 64, 88)), ("V03", "V12"),
        )
        for each in _levers()
    )  # fmt: skip


def _share(group: str, name: str, people: int, count: int) -> Share:
    if people < 30:
        return Share(group, name, people, count, None, None, None)
    share = count / people
    half = 1.96 * sqrt(share * (1 - share) / people)
    return Share(group, name, people, count, share, max(share - half, 0), min(share + half, 1))


def _fairness(
    someone: list[_Someone], placed: set[str], region: Region, draw: Random
) -> tuple[FairnessRow, ...]:
    home = {each.id: each.municipality for each in region.villages}
    groups = [
        (
            "municipality",
            each.nis,
            each.name,
            [it for it in someone if home[it.village] == each.nis],
        )
        for each in region.municipalities
    ]
    groups += [
        ("sex", "F", "Vrouwen", someone[::2]),
        ("sex", "M", "Mannen", someone[1::2]),
        ("sex", "X", "X", someone[:4]),
        ("age", "-25", "Jonger dan 25", someone[::4]),
    ]
    return tuple(_fairness_row(each[:3], each[3], placed, draw) for each in groups)


def _fairness_row(
    key: tuple[str, str, str], people: list[_Someone], placed: set[str], draw: Random
) -> FairnessRow:
    trait, group, name = key
    n = len(people)
    today = sum(it.state == "today" for it in people)
    reach = today + sum(it.state == "extra" for it in people)
    counts = today, reach, sum(it.person in placed for it in people), reach - today
    ratio = draw.choice((0.74, 0.97, 1.08)) if n >= 30 else None
    return FairnessRow(
        trait, group, name, n, *(_share(group, name, n, each) for each in counts),
        ratio, ratio and ratio - 0.05, ratio and ratio + 0.05,
    )  # fmt: skip


def _places(someone: list[_Someone], placed: set[str]) -> tuple[PlaceCount, ...]:
    counts = {each[0]: Counter[str]() for each in _VILLAGES}
    for it in someone:
        counts[it.village].update((it.state, "looking", *["placed"] * (it.person in placed)))
    return tuple(
        PlaceCount(village, n["looking"], n["today"], n["extra"], n["placed"])
        for village, n in counts.items()
    )


def _flows(proposals: tuple[Proposal, ...], region: Region) -> tuple[Flow, ...]:
    home = {each.id: each.village for each in region.people}
    work = {each.id: each.village for each in region.jobs}
    ways = Counter((home[it.person], work[it.job]) for it in proposals)
    helped = Counter((home[it.person], work[it.job]) for it in proposals if it.levers)
    return tuple(Flow(*way, n, helped[way]) for way, n in ways.items())


def _hour(hour: int, draw: Random) -> HourCount:
    seats = draw.randrange(20, 120)
    today = draw.randrange(seats)
    levers = draw.randrange(today, seats + 1)
    return HourCount(hour, seats, today, levers, draw.randrange(levers + 1))


def _run(region: Region, proposals: tuple[Proposal, ...]) -> RunRecord:
    value = sum(it.worth for it in proposals)
    bound = value * 1.0006
    return RunRecord(
        region="Drie mijngemeenten", plan_date=PLAN_DATE, invented=True, inputs_digest="5f" * 32,
        koempel_version="0.1.0", seed=7, exact=False, people=len(region.people),
        jobs=len(region.jobs), seats=sum(each.seats for each in region.jobs), options=138_000,
        value=value, bound=bound, gap=0.0006 if value else 0.0, status="feasible",
        proposals=len(proposals), verified=True,
        parameters={
            "travel.bike": {
                "value": {"base_min": 0.5, "min_per_km": 4.55},
                "version": "2020-01-01 koempel CONFIRMED",
            },
            "childcare.settling_days": {"value": 7, "version": "2020-01-01 koempel DRAFT"},
        },
        versions={"python": "3.11.2", "numpy": "2.4.6"},
        seconds={"options": 3.2, "solve": 0.8},
    )  # fmt: skip
