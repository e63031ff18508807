"""The levers of the desk as rows of a region: what a plan of today may count on."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from koempel.desk.levers.models import Lever, LeverPart
from koempel.desk.levers.terms import stale_percent
from koempel.region.levers.childcare import CARE_KIND
from koempel.region.outcome import LeverKind
from koempel.region.rows import (
    Bike,
    BikeKind,
    Childcare,
    ChildcareDay,
    Course,
    CourseKind,
    Day,
    Direction,
    Level,
    ShuttleLine,
    ShuttleRun,
)
from koempel.region.rules import PARTS
from koempel.region.windows import parse_windows

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class LeverRows:
    """The rows of everything that runs on a day."""

    bikes: tuple[Bike, ...]
    childcare: tuple[Childcare, ...]
    childcare_days: tuple[ChildcareDay, ...]
    courses: tuple[Course, ...]
    lines: tuple[ShuttleLine, ...]
    runs: tuple[ShuttleRun, ...]


Places = tuple[int, ...]
"""Free places in each part of one day."""

MODE_OF_CARE = {kind: mode for mode, kind in CARE_KIND.items()}


_MARK = "L-"


def name_in_plan(lever: int) -> str:
    """What a plan calls a lever, by its key."""
    return f"{_MARK}{lever}"


def key_of(name: str) -> int | None:
    """The key of a lever by its name in a plan; None for what is no lever, such as a job.

    Examples
    --------
    >>> key_of(name_in_plan(12)), key_of("V-2026-1")
    (12, None)
    """
    return int(name.removeprefix(_MARK)) if name.startswith(_MARK) else None


def levers_on(today: date) -> LeverRows:
    """Levers that run today; a lever has some dozens of rows, so objects will do."""
    found = (
        Lever.objects.filter(is_active=True)
        .exclude(valid_until__lt=today)
        .select_related("childcare", "course", "line")
        .prefetch_related("serves", "parts__run")
        .order_by("pk")
    )
    by_kind: dict[str, list[Lever]] = defaultdict(list)
    for lever in found:
        by_kind[lever.kind].append(lever)
    counted = _Counted(today)
    lines = by_kind[LeverKind.SHUTTLE_SEAT]
    sites = [lever for kind in MODE_OF_CARE for lever in by_kind[kind]]
    return LeverRows(
        bikes=_made(by_kind, BikeKind, counted.bike),
        childcare=tuple(map(counted.site, sites)),
        childcare_days=tuple(row for site in sites for row in counted.days(site)),
        courses=_made(by_kind, CourseKind, counted.course),
        lines=tuple(map(_line, lines)),
        runs=tuple(run for line in lines for run in counted.runs(line)),
    )


def _made(
    by_kind: dict[str, list[Lever]], kinds: Iterable[str], make: Callable[[Lever], Row]
) -> tuple[Row, ...]:
    return tuple(make(lever) for kind in kinds for lever in by_kind[kind])


class _Counted:
    """Rows of levers with what a plan of today may count on: less where nobody confirmed it."""

    def __init__(self, today: date) -> None:
        self._today = today

    def _free(self, lever: Lever, part: LeverPart) -> int:
        share = stale_percent(self._today) if lever.is_stale(self._today) else 100
        return part.free * share // 100

    def _all_free(self, lever: Lever) -> int:
        return sum(self._free(lever, part) for part in lever.parts.all())

    def bike(self, lever: Lever) -> Bike:
        """Bikes, e-bikes or lessons."""
        return Bike(
            id=_id(lever),
            name=lever.name,
            kind=BikeKind(lever.kind),
            serves=tuple(sorted(each.pk for each in lever.serves.all())),
            capacity=self._all_free(lever),
            wait_days=lever.wait_days,
            cost_eur=float(lever.cost_eur),
        )

    def site(self, lever: Lever) -> Childcare:
        """A site; its own numbers are those of most days, the others stand in `days`."""
        site = lever.childcare
        early, morning, afternoon, evening = self._usual(self._by_day(lever))
        return Childcare(
            id=_id(lever),
            name=lever.name,
            mode=MODE_OF_CARE[LeverKind(lever.kind)],
            lon=site.lon,
            lat=site.lat,
            hours=parse_windows(site.hours),
            age_from=site.age_from,
            age_to=site.age_to,
            early=early,
            morning=morning,
            afternoon=afternoon,
            evening=evening,
            wait_days=lever.wait_days,
            valid_until=lever.valid_until,
            cost_eur=float(lever.cost_eur),
        )

    def days(self, lever: Lever) -> list[ChildcareDay]:
        """Days on which a site has other numbers than on most, those that are alike together."""
        by_day = self._by_day(lever)
        usual = self._usual(by_day)
        alike: dict[Places, list[Day]] = {}
        for day, free in by_day.items():
            if free != usual:
                alike.setdefault(free, []).append(day)
        return [ChildcareDay(_id(lever), tuple(days), *row) for row, days in alike.items()]

    def _by_day(self, lever: Lever) -> dict[Day, Places]:
        """Free places in each part of each day on which the site is open."""
        free = {part.code: self._free(lever, part) for part in lever.parts.all()}
        open_days = {code.partition("/")[0] for code in free}
        return {
            day: tuple(free.get(f"{day.value}/{part}", 0) for part in PARTS)
            for day in Day
            if day.value in open_days
        }

    @staticmethod
    def _usual(by_day: Mapping[Day, Places]) -> Places:
        counts = Counter(by_day.values())
        return max(counts, key=lambda free: counts[free], default=(0,) * len(PARTS))

    def course(self, lever: Lever) -> Course:
        """A course with its seats."""
        course = lever.course
        return Course(
            id=_id(lever),
            name=lever.name,
            kind=CourseKind(lever.kind),
            teaches=course.teaches,
            from_level=Level(course.from_level) if course.from_level else None,
            capacity=self._all_free(lever),
            starts_on=course.starts_on,
            weeks=course.weeks,
            cost_eur=float(lever.cost_eur),
        )

    def runs(self, lever: Lever) -> list[ShuttleRun]:
        """The runs of a line with their seats."""
        return [
            ShuttleRun(
                id=f"{_id(lever)}-{part.pk}",
                line=_id(lever),
                direction=Direction(part.run.direction),
                time=part.run.minute,
                days=tuple(Day(each) for each in part.run.days),
                seats=self._free(lever, part),
            )
            for part in lever.parts.all()
            if hasattr(part, "run")
        ]


def _line(lever: Lever) -> ShuttleLine:
    line = lever.line
    return ShuttleLine(
        id=_id(lever),
        name=lever.name,
        from_lon=line.from_lon,
        from_lat=line.from_lat,
        to_lon=line.to_lon,
        to_lat=line.to_lat,
        ride_min=line.ride_min,
        wait_days=lever.wait_days,
        cost_eur=float(lever.cost_eur),
    )


def _id(lever: Lever) -> str:
    return name_in_plan(lever.pk)
