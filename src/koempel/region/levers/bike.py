"""Bikes: sold cheaply by the re-use shop, lent with a motor, or learnt in lessons."""

from datetime import timedelta

from koempel.region.levers.stock import Item, Resource, Stock
from koempel.region.outcome import LeverKind, TravelMode
from koempel.region.rows import Bike, BikeKind, Cycling, Mode, Person
from koempel.region.tables import Region

MODE = {BikeKind.BIKE: TravelMode.BIKE, BikeKind.EBIKE_LOAN: TravelMode.EBIKE}

Bundles = tuple[tuple[int, ...], ...]


class Bikes:
    """Every depot's bikes, e-bikes and lessons."""

    def __init__(self, region: Region, stock: Stock) -> None:
        self._rows = tuple((row, _register(row, region, stock)) for row in region.bikes)

    def ways(self, person: Person, municipality: str) -> dict[TravelMode, Bundles]:
        """What puts a person on a bike: per mode, the item bundles that each do so alone.

        Who cannot cycle for good gets none; who has yet to learn gets lessons with every bike.
        """
        if person.cycling is Cycling.NO:
            return {}
        served = [(row, item) for row, item in self._rows if _serves(row, municipality)]
        lessons = [(item,) for row, item in served if row.kind is BikeKind.BIKE_LESSON]
        ways = self._bikes(person, served)
        if person.cycling is Cycling.YES:
            return ways
        with_lessons = {
            mode: tuple(lesson + bike for lesson in lessons for bike in bikes)
            for mode, bikes in ways.items()
        }
        return _own_after_lessons(person, tuple(lessons)) | with_lessons

    def _bikes(self, person: Person, served: list[tuple[Bike, int]]) -> dict[TravelMode, Bundles]:
        ways: dict[TravelMode, Bundles] = {}
        for kind, mode in MODE.items():
            items = tuple((item,) for row, item in served if row.kind is kind)
            if items and not _owns(person, mode):
                ways[mode] = items
        return ways


def _own_after_lessons(person: Person, lessons: Bundles) -> dict[TravelMode, Bundles]:
    owned = [mode for mode in (TravelMode.BIKE, TravelMode.EBIKE) if Mode(mode) in person.modes]
    return {mode: lessons for mode in owned if lessons}


def _owns(person: Person, mode: TravelMode) -> bool:
    # Who has an e-bike needs no plain one.
    return Mode.EBIKE in person.modes or Mode(mode) in person.modes


def _serves(row: Bike, municipality: str) -> bool:
    return not row.serves or municipality in row.serves


def _register(row: Bike, region: Region, stock: Stock) -> int:
    kind = LeverKind(row.kind)
    resource = stock.add_resource(Resource(row.id, kind, row.id, row.name, "", row.capacity))
    ready = region.date + timedelta(days=row.wait_days)
    return stock.item(
        Item(kind, row.id, row.name, ((resource, 1),), ready.toordinal(), row.cost_eur)
    )
