"""What a plan comes to: frozen records, without arrays and without a solver.

The report, the CSV files, the command line and later the desk read these and nothing else, so
that every place says the same. Sentences are not stored here: `koempel.region.words` makes them
from these facts.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ObstacleKind(StrEnum):
    """What can stand between a person and a job."""

    OUTSIDE_WISH = "OUTSIDE_WISH"
    RIGHT = "RIGHT"
    FUNCTIONAL_NEED = "FUNCTIONAL_NEED"
    WORK_PERMIT = "WORK_PERMIT"
    SHIFT_CONFLICT = "SHIFT_CONFLICT"
    START_DATE = "START_DATE"
    LANGUAGE = "LANGUAGE"
    SKILL = "SKILL"
    LICENCE = "LICENCE"
    MOBILITY_DISTANCE = "MOBILITY_DISTANCE"
    MOBILITY_TIMETABLE = "MOBILITY_TIMETABLE"
    CANNOT_CYCLE = "CANNOT_CYCLE"
    CHILDCARE_PLACE = "CHILDCARE_PLACE"
    CHILDCARE_HOURS = "CHILDCARE_HOURS"


class LeverKind(StrEnum):
    """What can remove an obstacle."""

    BIKE = "BIKE"
    EBIKE_LOAN = "EBIKE_LOAN"
    BIKE_LESSON = "BIKE_LESSON"
    SHUTTLE_SEAT = "SHUTTLE_SEAT"
    FLEX_CHILDCARE = "FLEX_CHILDCARE"
    URGENT_CHILDCARE = "URGENT_CHILDCARE"
    REGULAR_CHILDCARE = "REGULAR_CHILDCARE"
    OUT_OF_SCHOOL_CARE = "OUT_OF_SCHOOL_CARE"
    DUTCH_COURSE = "DUTCH_COURSE"
    SKILL_COURSE = "SKILL_COURSE"
    DRIVING_LICENCE = "DRIVING_LICENCE"


SEAT = "SEAT"
"""Kind of a scarce thing that is no lever: a seat of a job."""


class TravelMode(StrEnum):
    """How a person goes."""

    WALK = "WALK"
    BIKE = "BIKE"
    EBIKE = "EBIKE"
    CAR = "CAR"
    BUS = "BUS"
    SHUTTLE = "SHUTTLE"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands between a person and a job.

    `has` and `needs` are short facts for the sentence, such as ``"A1"`` and ``"A2"``,
    ``"35"`` and ``"52"`` (minutes), or ``"07:00"`` and ``"05:32"``; `about` names what they are
    about, such as ``"speaking"`` or ``"FORKLIFT"``.
    """

    kind: ObstacleKind
    has: str = ""
    needs: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class LeverUse:
    """One lever of a bundle and what it removes.

    `lever` is the id of its row; `part` tells which part when the lever has parts: for childcare
    the parts of the week such as ``"Mo-Fr early morning"``, for a shuttle its runs.
    """

    kind: LeverKind
    lever: str
    name: str
    removes: tuple[ObstacleKind, ...]
    ready_on: date
    cost_eur: float
    part: str = ""


class Stop(StrEnum):
    """Where a person is at a moment of the day."""

    HOME = "HOME"
    CARE = "CARE"
    WORK = "WORK"


@dataclass(frozen=True, slots=True)
class Moment:
    """One stop of the day: minutes of the day, counted from 00:00 of the day the shift begins.

    Negative or over 1440 when it falls on the day before or after.
    """

    stop: Stop
    name: str
    arrive_min: int
    leave_min: int


@dataclass(frozen=True, slots=True)
class DayTrip:
    """The tightest day of a placement: out, work, back, with the margin left.

    `margin_min` is how much earlier the shift could start, or the care open later, before the
    day no longer fits; None when nothing limits it.
    """

    mode: TravelMode
    moments: tuple[Moment, ...]
    out_min: int
    back_min: int
    accepted_min: int
    margin_min: int | None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way for the same person, and what it lacks against the proposal.

    `short_of` is how many points it stays behind the proposal; `scarce` names the full things it
    needs, dearest first (ids as in `Price.id`); `levers` are the kinds that it needs.
    """

    job: str
    levers: tuple[LeverKind, ...]
    worth: int
    short_of: int
    scarce: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A placement that the plan proposes. A person decides.

    `takes` holds what it uses up: the id of each scarce thing (`Price.id`) and how many of it.
    """

    person: str
    job: str
    start_on: date
    obstacles: tuple[Obstacle, ...]
    levers: tuple[LeverUse, ...]
    trip: DayTrip
    worth: int
    fit_percent: int
    wish: str  # "exact", "near" or "other": how the occupation meets the wish
    jobs_today: int
    jobs_with_levers: int
    takes: tuple[tuple[str, int], ...]
    decided_by: tuple[str, ...]  # ids of the scarce things that it takes, dearest first
    alternatives: tuple[Alternative, ...]
    warnings: tuple[str, ...] = ()  # codes: "care_ends", "tight_margin", "tie"


class HelpKind(StrEnum):
    """What kind of change would help somebody who is left out."""

    MORE_OF = "MORE_OF"  # one more of a full lever or seat
    LIFT = "LIFT"  # an obstacle that no lever of today removes
    NOTHING_NEAR = "NOTHING_NEAR"  # no single change opens a job


@dataclass(frozen=True, slots=True)
class Help:
    """The smallest change that would help a person."""

    kind: HelpKind
    scarce: tuple[str, ...] = ()  # ids as in `Price.id`, for MORE_OF
    obstacle: Obstacle | None = None  # for LIFT: an example of the one obstacle left
    jobs: int = 0  # how many jobs open by it
    example_job: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person whom the plan leaves without a proposal."""

    person: str
    jobs_today: int
    jobs_with_levers: int
    help: Help


@dataclass(frozen=True, slots=True)
class Price:
    """What one more of a scarce thing is worth at the margin.

    `id` is the id of the lever or job, for childcare ``site/Mo/early``; `placements` is the worth
    divided by that of an average placement in this plan. `wanted` counts the people with an option
    that takes it.
    """

    id: str
    kind: str  # LeverKind value or `SEAT`
    name: str
    part: str
    capacity: int
    used: int
    worth: float
    placements: float
    wanted: int
    unlocked: int  # proposals of this plan that take it


@dataclass(frozen=True, slots=True)
class LeverSummary:
    """A lever as a whole, with its parts together: what a director sees and sets."""

    id: str
    kind: LeverKind
    name: str
    capacity: int
    used: int
    placements: float  # what one more (of every part) brings, in placements
    wanted: int
    villages: tuple[str, ...]  # village ids where most of those who want it live


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a group with its 95 % interval; None when the group is too small to show."""

    group: str
    name: str
    people: int
    count: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class FairnessRow:
    """How one group fares: reach today, reach with levers, proposals, and levers.

    `ratio` is the proposal share over that of all others together, with its interval.
    """

    trait: str  # "municipality", "sex" or "age"
    group: str
    name: str
    people: int
    today: Share
    with_levers: Share
    proposed: Share
    lever_given: Share
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """People of a village: who looks, who reaches a job today, who more with levers."""

    village: str
    looking: int
    today: int
    extra: int
    proposed: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Proposals from one village to another; the workplace's village is the end."""

    from_village: str
    to_village: str
    people: int
    with_lever: int


@dataclass(frozen=True, slots=True)
class HourCount:
    """Seats whose first shift starts in an hour of the day, and how many somebody can reach."""

    hour: int
    seats: int
    today: int
    with_levers: int
    filled: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """An obstacle kind: for how many people it alone stands between them and some job."""

    kind: ObstacleKind
    people: int


@dataclass(frozen=True, slots=True)
class FloorResult:
    """A floor, what came of it, and its bonus in points."""

    group: str
    name: str
    at_least: int
    proposed: int
    shortfall: int
    bonus: float


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Everything needed to make the same plan again and to answer for it."""

    region: str
    plan_date: date
    invented: bool
    inputs_digest: str
    koempel_version: str
    seed: int
    exact: bool
    people: int
    jobs: int
    seats: int
    options: int
    value: int
    bound: float
    gap: float
    status: str
    proposals: int
    verified: bool
    parameters: dict[str, dict[str, object]]
    versions: dict[str, str]
    seconds: dict[str, float]  # per stage; not part of what must repeat


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole plan with its reasons."""

    run: RunRecord
    reach_today: int
    reach_with_levers: int  # people who reach a job only with levers
    no_way: int
    one_step_away: int  # of `no_way`: people with just one obstacle left to some job
    proposals: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]
    prices: tuple[Price, ...]
    levers: tuple[LeverSummary, ...]
    fairness: tuple[FairnessRow, ...]
    floors: tuple[FloorResult, ...]
    places: tuple[PlaceCount, ...]
    flows: tuple[Flow, ...]
    hours: tuple[HourCount, ...]
    obstacles: tuple[KindCount, ...]
