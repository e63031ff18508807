"""Where people live and where they can go: the map and its list, for all or for one municipality.

Small numbers are hidden once for the whole region (`koempel.region.report.places`); a municipality
shows a part of the same rows, so that two looks never tell more than one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from koempel.desk.planning.models import PlanRun
from koempel.desk.planning.snapshot import only_places
from koempel.region.geography import outlines
from koempel.region.names import Names
from koempel.region.outcome import Flow
from koempel.region.report.map import region_map
from koempel.region.report.places import Area, PlaceRow, areas, together, top_flows

WHOLE = "Hele regio"


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality that one can choose."""

    nis: str
    name: str


@dataclass(frozen=True, slots=True)
class FlowLine:
    """People whom levers bring from one village to another."""

    start: str
    end: str
    people: int


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a run, ready to show."""

    areas: tuple[Area, ...]
    map: Markup | None
    flows: tuple[FlowLine, ...]
    is_whole: bool

    @property
    def total(self) -> PlaceRow:
        """All rows together; they add up to it."""
        return together([area.total for area in self.areas], WHOLE)


class RunPlaces:
    """The places of a run: which municipalities there are, and what of them may be shown."""

    def __init__(self, run: PlanRun, today: date) -> None:
        self._run = run
        self._counts = run.places
        used = {each.village for each in self._counts}
        self.names = Names(only_places(today, used))
        self._areas = areas(self._counts, self.names)

    @property
    def towns(self) -> list[Town]:
        """Municipalities with a row of their own, by name."""
        found = [Town(nis, area.total.name) for area in self._areas for nis in self._one_town(area)]
        return sorted(found, key=lambda town: town.name)

    def _one_town(self, area: Area) -> set[str]:
        towns = self._towns_of(area)
        return towns if len(towns) == 1 else set()

    def _towns_of(self, area: Area) -> set[str]:
        return {self.names.villages[village].municipality for village in area.total.villages}

    def villages_of(self, nis: str) -> set[str]:
        """Villages of a municipality."""
        return {each.id for each in self.names.villages.values() if each.municipality == nis}

    def shown(self, nis: str) -> Places:
        """All places, or those of one municipality."""
        kept = tuple(area for area in self._areas if not nis or self._one_town(area) == {nis})
        flows = top_flows(self._lever_flows(), kept)
        return Places(
            areas=kept,
            map=self._map(kept, flows),
            flows=tuple(
                FlowLine(
                    self.names.village(each.from_village),
                    self.names.village(each.to_village),
                    each.people,
                )
                for each in flows
            ),
            is_whole=not nis,
        )

    def _lever_flows(self) -> Iterator[Flow]:
        """Only the people whom a lever brings there."""
        return (replace(each, people=each.with_lever) for each in self._run.flows)

    def _map(self, kept: Sequence[Area], flows: Sequence[Flow]) -> Markup | None:
        towns = set().union(*(self._towns_of(area) for area in kept))
        drawn = [each for each in outlines()["features"] if each["properties"]["nis"] in towns]
        rows = [row for area in kept for row in area.rows]
        return region_map({"features": drawn}, self.names.villages, rows, flows)
