"""The tables of a region, column by column.

One frozen dataclass is one row of one CSV file. The columns carry all that is known of
them: how a cell is read, whether it may be empty, and what it means. Reading, checking,
writing and `docs/region-format.md` all follow from here; there is no second list.
"""

from dataclasses import Field, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from koempel.region.windows import Windows


class Mode(StrEnum):
    """Means of transport that a person owns; walking and the bus are open to everybody."""

    BIKE = "BIKE"
    EBIKE = "EBIKE"
    CAR = "CAR"


class Cycling(StrEnum):
    """Whether a person cycles: yes, not yet (a lesson helps), or not at all."""

    YES = "YES"
    LEARN = "LEARN"
    NO = "NO"


class Level(StrEnum):
    """Level of Dutch in the European framework (CEFR); `ALPHA` is A0 and not literate."""

    ALPHA = "ALPHA"
    A0 = "A0"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"


class Need(StrEnum):
    """Functional need: what the work may not ask. Never a diagnosis (GDPR art. 9)."""

    NO_HEAVY_LIFTING = "NO_HEAVY_LIFTING"
    STEP_FREE = "STEP_FREE"
    NO_NIGHT = "NO_NIGHT"
    SEATED_WORK = "SEATED_WORK"
    QUIET_PLACE = "QUIET_PLACE"


class Strain(StrEnum):
    """What a job asks of the body; night work follows from the shifts."""

    HEAVY_LIFTING = "HEAVY_LIFTING"
    STEPS = "STEPS"
    STANDING = "STANDING"
    NOISE = "NOISE"


class Measure(StrEnum):
    """Employment measure for which a job may be kept, or a person holds a right."""

    COLLECTIVE_MAATWERK = "COLLECTIVE_MAATWERK"
    INDIVIDUAL_MAATWERK = "INDIVIDUAL_MAATWERK"
    LDE = "LDE"
    ARTICLE_60 = "ARTICLE_60"
    TEMPORARY_WORK_EXPERIENCE = "TEMPORARY_WORK_EXPERIENCE"
    WIJK_WERKEN = "WIJK_WERKEN"


class RightState(StrEnum):
    """Where a request for a right stands."""

    REQUESTED = "REQUESTED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


class Grantor(StrEnum):
    """Who decides on a right. Koempel never does."""

    VDAB = "VDAB"
    OCMW = "OCMW"


class CareKind(StrEnum):
    """Where a child is cared for now."""

    NONE = "NONE"
    HOME = "HOME"
    CHILDCARE = "CHILDCARE"
    SCHOOL = "SCHOOL"


class EmployerKind(StrEnum):
    """Social enterprise or regular company."""

    SOCIAL = "SOCIAL"
    REGULAR = "REGULAR"


class Contract(StrEnum):
    """Kind of contract of a job."""

    INDEFINITE = "INDEFINITE"
    FIXED = "FIXED"
    REPLACEMENT = "REPLACEMENT"
    TEMP_AGENCY = "TEMP_AGENCY"


class BikeKind(StrEnum):
    """Levers that put a person on a bike."""

    BIKE = "BIKE"
    EBIKE_LOAN = "EBIKE_LOAN"
    BIKE_LESSON = "BIKE_LESSON"


class ChildcareMode(StrEnum):
    """How a childcare place is given."""

    REGULAR = "REGULAR"
    FLEX = "FLEX"
    URGENT = "URGENT"
    OUT_OF_SCHOOL = "OUT_OF_SCHOOL"


class CourseKind(StrEnum):
    """What a course lifts: the level of Dutch, a skill, or a driving licence."""

    DUTCH_COURSE = "DUTCH_COURSE"
    SKILL_COURSE = "SKILL_COURSE"
    DRIVING_LICENCE = "DRIVING_LICENCE"


class Direction(StrEnum):
    """Direction of a shuttle run."""

    TO_WORK = "TO_WORK"
    HOME = "HOME"


class Day(StrEnum):
    """Day of the week, as in OpenStreetMap's opening hours."""

    MO = "Mo"
    TU = "Tu"
    WE = "We"
    TH = "Th"
    FR = "Fr"
    SA = "Sa"
    SU = "Su"


class Sex(StrEnum):
    """Only for the fairness report; the planner never sees it."""

    F = "F"
    M = "M"
    X = "X"


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of one column.

    Attributes
    ----------
    kind : str
        How a cell is read: ``id``, ``text``, ``code``, ``number``, ``whole``, ``date``, ``month``,
        ``windows``, ``rotation``, ``lon``, ``lat``, ``nis``, ``postcode``, ``isco``, ``time``,
        ``enterprise``, ``ref``, ``enum``; with ``many`` a list of these, parted by spaces.
    meaning : str
        One English sentence for the documentation.
    required : bool
        Whether the cell must be filled.
    many : bool
        Whether the cell holds a list.
    table : str
        For ``ref``: the table whose id is meant.
    choices : type[StrEnum] or None
        For ``enum``: the words allowed.
    low, high : float or None
        Bounds of a number, both included; `high` of a text is how many signs it may have.
    default : object
        What an empty cell means when it is not required.
    """

    kind: str
    meaning: str
    required: bool = True
    many: bool = False
    table: str = ""
    choices: type[StrEnum] | None = None
    low: float | None = None
    high: float | None = None
    default: object = None


def column(kind: str, meaning: str, **rest: Any) -> Any:
    """A dataclass field that is a column."""
    return field(metadata={"column": Column(kind, meaning, **rest)})


def optional(kind: str, meaning: str, **rest: Any) -> Any:
    """A column whose cell may be empty."""
    return column(kind, meaning, required=False, **rest)


def many(kind: str, meaning: str, **rest: Any) -> Any:
    """A column whose cell holds any number of values, parted by spaces."""
    return column(kind, meaning, required=False, many=True, default=(), **rest)


def level(skill: str) -> Any:
    """A column with a level of Dutch."""
    return column("enum", f"Level of Dutch, {skill}.", choices=Level)


def asked_level(skill: str) -> Any:
    """A column with the level of Dutch that a job asks."""
    return optional(
        "enum",
        f"Level of Dutch asked, {skill}; empty asks none.",
        choices=Level,
        default=Level.ALPHA,
    )


def columns_of(row_type: type[Any]) -> dict[str, Column]:
    """Columns of a table by name, in the order of the file."""
    return {each.name: _column_of(each) for each in fields(row_type)}


def _column_of(each: "Field[Any]") -> Column:
    found = each.metadata["column"]
    assert isinstance(found, Column)
    return found


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality that takes part."""

    nis: str = column("nis", "NIS code, five digits.")
    name: str = column("text", "Name.")
    lon: float = column("lon", "Longitude of its centre, degrees (WGS84).")
    lat: float = column("lat", "Latitude of its centre, degrees (WGS84).")


@dataclass(frozen=True, slots=True)
class Village:
    """A village or quarter of a municipality: the smallest place that a report names."""

    id: str = column("id", "Own code.")
    name: str = column("text", "Name.")
    municipality: str = column("ref", "NIS code of its municipality.", table="municipalities")
    postcode: str = column("postcode", "Postal code, four digits.")
    lon: float = column("lon", "Longitude of its centre.")
    lat: float = column("lat", "Latitude of its centre.")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who looks for a job, with the facts that the planner needs and no others."""

    id: str = column("id", "Random case number; never a national number.")
    village: str = column("ref", "Village of the home.", table="villages")
    lon: float = column("lon", "Longitude of the home, rounded to a cell of about 500 m.")
    lat: float = column("lat", "Latitude of the home, rounded likewise.")
    registered_on: date = column("date", "Looks for a job since.")
    available_from: date = column("date", "Can start from this day.")
    permit_until: date | None = optional(
        "date", "Last day on which the person may work here; empty when there is no such limit."
    )
    modes: tuple[Mode, ...] = many("enum", "Own means of transport.", choices=Mode)
    cycling: Cycling = optional(
        "enum", "Whether the person cycles.", choices=Cycling, default=Cycling.YES
    )
    max_travel_min: int | None = optional(
        "whole",
        "Longest one-way trip accepted, minutes; empty takes the parameter.",
        low=1,
        high=240,
    )
    dutch_listening: Level = level("listening")
    dutch_speaking: Level = level("speaking")
    dutch_reading: Level = level("reading")
    dutch_writing: Level = level("writing")
    skills: tuple[str, ...] = many("code", "Skills, own codes in capitals.")
    licences: tuple[str, ...] = many("code", "Driving licences, such as B or C.")
    needs: tuple[Need, ...] = many("enum", "Functional needs.", choices=Need)
    away: Windows = column("windows", "When the person can be away from home, travel included.")
    hours_min: float = column("number", "Fewest hours a week wanted.", low=0, high=60)
    hours_max: float = column("number", "Most hours a week possible.", low=0, high=60)
    wants: tuple[str, ...] = many("isco", "Wanted occupations: ISCO-08 codes of 1 to 4 digits.")


@dataclass(frozen=True, slots=True)
class Right:
    """A decision on a right, as taken by VDAB or OCMW."""

    person: str = column("ref", "Whose right.", table="people")
    measure: Measure = column("enum", "For which measure.", choices=Measure)
    granted_by: Grantor = column("enum", "Who decided.", choices=Grantor)
    granted_on: date = column("date", "Day of the decision.")
    valid_until: date | None = optional("date", "Last day; empty when it has no end.")
    state: RightState = column("enum", "Where it stands; only GRANTED counts.", choices=RightState)


@dataclass(frozen=True, slots=True)
class Child:
    """A child that needs care while the parent works."""

    id: str = column("id", "Own code.")
    person: str = column("ref", "The parent.", table="people")
    birth_month: date = column("month", "Month of birth, YYYY-MM.")
    care: CareKind = column("enum", "Where the child is cared for now.", choices=CareKind)
    care_lon: float | None = optional("lon", "Longitude of that place; empty at home.")
    care_lat: float | None = optional("lat", "Latitude of that place; empty at home.")
    care_hours: Windows = optional("windows", "When that care is there.", default=Windows(()))
    care_until: date | None = optional("date", "Last day of that care; empty when it stays.")


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation that offers jobs."""

    id: str = column("id", "Own code.")
    name: str = column("text", "Name.")
    kind: EmployerKind = column("enum", "Social enterprise or regular.", choices=EmployerKind)
    enterprise_number: str | None = optional(
        "enterprise", "Enterprise number, ten digits with a right check; may be empty."
    )


@dataclass(frozen=True, slots=True)
class Job:
    """A vacancy with one or more seats."""

    id: str = column("id", "Own code.")
    employer: str = column("ref", "Who offers it.", table="employers")
    title: str = column("text", "Title.")
    isco: str = column("isco", "ISCO-08 unit group, four digits.", low=4)
    village: str = column("ref", "Village of the workplace.", table="villages")
    lon: float = column("lon", "Longitude of the workplace.")
    lat: float = column("lat", "Latitude of the workplace.")
    seats: int = column("whole", "Open seats.", low=0, high=10_000)
    start_from: date = column("date", "First possible day of work.")
    start_to: date = column("date", "Last possible day of the start; not before `start_from`.")
    shifts: tuple[Windows, ...] = column(
        "rotation", "Weekly shifts; the weeks of a rotation are parted by ` | `."
    )
    hours_per_week: float = column("number", "Hours a week, on average.", low=1, high=60)
    contract: Contract = column("enum", "Kind of contract.", choices=Contract)
    dutch_listening: Level = asked_level("listening")
    dutch_speaking: Level = asked_level("speaking")
    dutch_reading: Level = asked_level("reading")
    dutch_writing: Level = asked_level("writing")
    skills: tuple[str, ...] = many("code", "Skills asked.")
    licences: tuple[str, ...] = many("code", "Driving licences asked.")
    strains: tuple[Strain, ...] = many("enum", "What the work asks of the body.", choices=Strain)
    measures: tuple[Measure, ...] = many(
        "enum",
        "Only for people with a right to one of these; empty is open to all.",
        choices=Measure,
    )


@dataclass(frozen=True, slots=True)
class Bike:
    """Bikes, e-bikes on loan or cycling lessons of one depot."""

    id: str = column("id", "Own code.")
    name: str = column("text", "Name of the depot.")
    kind: BikeKind = column("enum", "What is given.", choices=BikeKind)
    serves: tuple[str, ...] = many(
        "ref", "NIS codes of the municipalities served; empty serves all.", table="municipalities"
    )
    capacity: int = column("whole", "How many can be given in this plan.", low=0, high=1_000_000)
    wait_days: int = column("whole", "Days from the plan to the hand-over.", low=0, high=1_000)
    cost_eur: float = column("number", "Cost of one, euro.", low=0, high=100_000)


@dataclass(frozen=True, slots=True)
class Childcare:
    """A childcare site with places in each part of the day."""

    id: str = column("id", "Own code.")
    name: str = column("text", "Name of the site.")
    mode: ChildcareMode = column("enum", "How a place is given.", choices=ChildcareMode)
    lon: float = column("lon", "Longitude.")
    lat: float = column("lat", "Latitude.")
    hours: Windows = column("windows", "Opening hours.")
    age_from: int = column("whole", "Youngest age, months.", low=0, high=216)
    age_to: int = column("whole", "Age from which no longer, months.", low=1, high=216)
    early: int = column("whole", "Free places in the early part of each day.", low=0, high=10_000)
    morning: int = column("whole", "Free places in each morning.", low=0, high=10_000)
    afternoon: int = column("whole", "Free places in each afternoon.", low=0, high=10_000)
    evening: int = column("whole", "Free places in each evening.", low=0, high=10_000)
    wait_days: int = column(
        "whole", "Days from the plan to the first day of care.", low=0, high=1_000
    )
    valid_until: date | None = optional("date", "Last day of the places; empty when they stay.")
    cost_eur: float = column(
        "number", "Cost of one place to the partners, euro.", low=0, high=100_000
    )


@dataclass(frozen=True, slots=True)
class ChildcareDay:
    """Free places of a site on days on which they differ from its row in `childcare`."""

    site: str = column("ref", "The site.", table="childcare")
    days: tuple[Day, ...] = many(
        "enum", "On which days; a day that two rows name has the fewest of both.", choices=Day
    )
    early: int = column("whole", "Free places in the early part.", low=0, high=10_000)
    morning: int = column("whole", "Free places in the morning.", low=0, high=10_000)
    afternoon: int = column("whole", "Free places in the afternoon.", low=0, high=10_000)
    evening: int = column("whole", "Free places in the evening.", low=0, high=10_000)


@dataclass(frozen=True, slots=True)
class Course:
    """A course that lifts Dutch by a level, teaches a skill or leads to a driving licence."""

    id: str = column("id", "Own code.")
    name: str = column("text", "Name.")
    kind: CourseKind = column("enum", "What it lifts.", choices=CourseKind)
    teaches: str = column("code", "Level reached, skill or licence gained.")
    from_level: Level | None = optional(
        "enum", "For Dutch: level of speaking needed to take part.", choices=Level
    )
    capacity: int = column("whole", "Free seats.", low=0, high=1_000_000)
    starts_on: date = column("date", "First lesson.")
    weeks: int = column("whole", "Length in weeks.", low=0, high=260)
    cost_eur: float = column("number", "Cost of one seat, euro.", low=0, high=100_000)


@dataclass(frozen=True, slots=True)
class ShuttleLine:
    """A shuttle between a pick-up point and a workplace area."""

    id: str = column("id", "Own code.")
    name: str = column("text", "Name of the line.")
    from_lon: float = column("lon", "Longitude of the pick-up point.")
    from_lat: float = column("lat", "Latitude of the pick-up point.")
    to_lon: float = column("lon", "Longitude of the stop at work.")
    to_lat: float = column("lat", "Latitude of the stop at work.")
    ride_min: int = column("whole", "Minutes on the road, one way.", low=1, high=240)
    wait_days: int = column("whole", "Days from the plan to the first ride.", low=0, high=1_000)
    cost_eur: float = column("number", "Cost of one seat, euro.", low=0, high=100_000)


@dataclass(frozen=True, slots=True)
class ShuttleRun:
    """One run of a line: its seats at one hour."""

    id: str = column("id", "Own code.")
    line: str = column("ref", "The line.", table="shuttle_lines")
    direction: Direction = column("enum", "To work or home.", choices=Direction)
    time: int = column("time", "HH:MM: arrival at work, or departure for home.")
    days: tuple[Day, ...] = many("enum", "Days on which it runs.", choices=Day)
    seats: int = column("whole", "Free seats.", low=0, high=10_000)


@dataclass(frozen=True, slots=True)
class Trait:
    """Protected traits, apart from everything else: only the fairness report reads them."""

    person: str = column("ref", "Who.", table="people")
    sex: Sex = column("enum", "Sex.", choices=Sex)
    birth_year: int = column("whole", "Year of birth.", low=1900, high=2100)


TABLES: dict[str, type[Any]] = {
    "municipalities": Municipality,
    "villages": Village,
    "people": Person,
    "rights": Right,
    "children": Child,
    "employers": Employer,
    "jobs": Job,
    "bikes": Bike,
    "childcare": Childcare,
    "childcare_days": ChildcareDay,
    "courses": Course,
    "shuttle_lines": ShuttleLine,
    "shuttle_runs": ShuttleRun,
    "traits": Trait,
}
"""File name (without ``.csv``) to row, in the order in which they are read: what others refer to
comes first."""

OPTIONAL_TABLES = frozenset(
    {
        "rights",
        "children",
        "bikes",
        "childcare",
        "childcare_days",
        "courses",
        "shuttle_lines",
        "shuttle_runs",
        "traits",
    }
)
"""Tables whose file may be absent; an absent one is an empty one."""
