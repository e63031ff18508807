"""Levers of the demonstration, each with its stock in the ledger."""

from datetime import datetime, timedelta
from decimal import Decimal

from koempel.desk.accounts.models import User
from koempel.desk.common.roles import Role
from koempel.desk.levers.actions import add_run, confirm_capacity, register_lever, set_stock
from koempel.desk.levers.models import ChildcareSite, Course, Lever, ShuttleLine, ShuttleRun
from koempel.desk.levers.parts import Detail
from koempel.desk.operations.demo.partners import SCHOOL_OF_COURSE, TRANSPORT, Partners, house_of
from koempel.desk.partners.models import Municipality
from koempel.region import rows
from koempel.region.levers.childcare import CARE_KIND
from koempel.region.outcome import LeverKind
from koempel.region.tables import Region

INCLUDES = {
    LeverKind.BIKE: "Slot en lichten",
    LeverKind.EBIKE_LOAN: "Slot, lichten en lader",
    LeverKind.DUTCH_COURSE: "Handboek",
}
COUNTED, COUNTED_AGO = "telling bij de start", timedelta(days=360)
CONFIRMED_DAYS_AGO = (1, 16, 8, 2, 30, 5)
"""By turns, so that some stocks are fresh, one in six is unknown and one in six soon will be."""


def load_levers(region: Region, partners: Partners, *, at: datetime) -> None:
    """Write every lever through the actions of the desk, so that the books are right."""
    loader = _Loader(partners, partners.staff[Role.OPERATOR], at)
    for bike in region.bikes:
        loader.bikes(bike)
    for site in region.childcare:
        loader.childcare(site)
    for course in region.courses:
        loader.course(course)
    for line in region.shuttle_lines:
        loader.shuttle(line, [run for run in region.shuttle_runs if run.line == line.id])


class _Loader:
    """Writes one lever after the other."""

    def __init__(self, partners: Partners, by: User, at: datetime) -> None:
        self._partners, self._by, self._at = partners, by, at
        self._n_made = 0

    def bikes(self, row: rows.Bike) -> None:
        """Bikes of a depot, e-bikes or lessons."""
        lever = self._lever(LeverKind(row.kind.value), house_of(row.name), row)
        self._register(lever, None, row.serves)
        self._count(lever, {"": row.capacity})

    def childcare(self, row: rows.Childcare) -> None:
        """A site, with the same free places on each day that it is open."""
        lever = self._lever(CARE_KIND[row.mode], house_of(row.name), row)
        lever.valid_until = row.valid_until
        site = ChildcareSite(
            lon=row.lon,
            lat=row.lat,
            hours=str(row.hours),
            age_from=row.age_from,
            age_to=row.age_to,
        )
        self._register(lever, site)
        self._count(
            lever,
            {part.code: getattr(row, part.code.partition("/")[2]) for part in lever.parts.all()},
        )

    def course(self, row: rows.Course) -> None:
        """A course with its seats."""
        lever = self._lever(LeverKind(row.kind.value), SCHOOL_OF_COURSE[row.kind], row)
        course = Course(
            teaches=str(row.teaches),
            from_level=row.from_level.value if row.from_level else "",
            starts_on=row.starts_on,
            weeks=row.weeks,
        )
        self._register(lever, course)
        self._count(lever, {"": row.capacity})

    def shuttle(self, row: rows.ShuttleLine, runs: list[rows.ShuttleRun]) -> None:
        """A line with the seats of each run."""
        lever = self._lever(LeverKind.SHUTTLE_SEAT, TRANSPORT, row)
        start, _, end = row.name.removeprefix("Pendelbus ").partition(" – ")
        line = ShuttleLine(
            from_name=start,
            from_lon=row.from_lon,
            from_lat=row.from_lat,
            to_name=end,
            to_lon=row.to_lon,
            to_lat=row.to_lat,
            ride_min=row.ride_min,
        )
        self._register(lever, line)
        seats = {}
        for run in runs:
            days = [day.value for day in run.days]
            made = ShuttleRun(direction=run.direction.value, minute=run.time, days=days)
            seats[add_run(lever, made, at=self._at).code] = run.seats
        self._count(lever, seats)

    def _lever(
        self,
        kind: LeverKind,
        house: str,
        row: rows.Bike | rows.Childcare | rows.Course | rows.ShuttleLine,
    ) -> Lever:
        return Lever(
            kind=kind.value,
            organisation=self._partners.by_name[house],
            name=row.name,
            wait_days=0 if isinstance(row, rows.Course) else row.wait_days,
            cost_eur=Decimal(str(row.cost_eur)),
            includes=INCLUDES.get(kind, ""),
        )

    def _register(self, lever: Lever, detail: Detail | None, serves: tuple[str, ...] = ()) -> None:
        towns = Municipality.objects.filter(pk__in=serves)
        register_lever(lever, detail, serves=towns, at=self._at)

    def _count(self, lever: Lever, capacity: dict[str, int]) -> None:
        """Put the stock in the ledger as it was counted at the start, and confirmed since."""
        days = CONFIRMED_DAYS_AGO[self._n_made % len(CONFIRMED_DAYS_AGO)]
        self._n_made += 1
        wanted = [(part, capacity[part.code]) for part in lever.parts.all()]
        set_stock(lever, wanted, by=self._by, at=self._at - COUNTED_AGO, reason=COUNTED)
        confirm_capacity(lever, by=self._by, at=self._at - timedelta(days=days))
