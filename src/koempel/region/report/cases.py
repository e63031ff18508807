"""Every proposal and everybody left out, grouped by where people live."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from koempel.region.dutch import day
from koempel.region.names import Names
from koempel.region.outcome import LeftOut, LeverKind, Outcome, Proposal
from koempel.region.reason_words import left_out_in_words, proposal_in_words, warnings_in_words
from koempel.region.report.places import OTHER_VILLAGES, Area
from koempel.region.vocabulary import LEVERS, Kind
from koempel.region.words import part_in_words, trip_in_words

Place = tuple[str, str]
"""Name of the municipality and of the village."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A lever on a row."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal, ready to read."""

    person: str
    title: str
    firm: str
    start: str
    trip: str
    chips: tuple[Chip, ...]
    reasons: str
    watch: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """Somebody without a proposal, ready to read."""

    person: str
    text: str


Row = TypeVar("Row", ProposalRow, LeftOutRow)


@dataclass(frozen=True, slots=True)
class Group(Generic[Row]):
    """Rows of a village, or of villages that go together."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chapter(Generic[Row]):
    """The groups of a municipality."""

    name: str
    groups: tuple[Group[Row], ...]

    @property
    def n_rows(self) -> int:
        """How many people in all its groups."""
        return sum(len(group.rows) for group in self.groups)


def proposal_chapters(
    outcome: Outcome, shown: Sequence[Area], names: Names
) -> tuple[Chapter[ProposalRow], ...]:
    """Every proposal, in the order of the list of places."""
    rows = (_proposal(each, names) for each in outcome.proposals)
    return _chapters(rows, shown, names)


def left_out_chapters(
    outcome: Outcome, shown: Sequence[Area], names: Names
) -> tuple[Chapter[LeftOutRow], ...]:
    """Everybody left out, in the order of the list of places."""
    rows = (_left_out(each, names) for each in outcome.left_out)
    return _chapters(rows, shown, names)


def _chapters(rows: Iterable[Row], shown: Sequence[Area], names: Names) -> tuple[Chapter[Row], ...]:
    place_of, order = _places(shown)
    found: dict[Place, list[Row]] = {place: [] for place in order}
    for row in rows:
        village = names.home.get(row.person, "")
        place = place_of.get(village) or _unlisted(village, names)
        found.setdefault(place, []).append(row)
    chapters: dict[str, list[Group[Row]]] = {}
    for (municipality, village), each in found.items():
        if each:
            in_order = tuple(sorted(each, key=lambda row: row.person))
            chapters.setdefault(municipality, []).append(Group(village, in_order))
    return tuple(Chapter(name, tuple(groups)) for name, groups in chapters.items())


def _places(shown: Sequence[Area]) -> tuple[dict[str, Place], list[Place]]:
    place_of: dict[str, Place] = {}
    for area in shown:
        for row in area.rows or (area.total,):
            for village in row.villages:
                place_of[village] = area.total.name, row.name
    return place_of, list(dict.fromkeys(place_of.values()))


def _unlisted(village: str, names: Names) -> Place:
    if village not in names.villages:
        return "Onbekende gemeente", OTHER_VILLAGES
    return names.municipality(names.villages[village].municipality), OTHER_VILLAGES


def _proposal(it: Proposal, names: Names) -> ProposalRow:
    return ProposalRow(
        person=it.person,
        title=names.title(it.job),
        firm=", ".join(filter(None, (names.employer(it.job), names.workplace(it.job)))),
        start=day(it.start_on),
        trip=trip_in_words(it.trip),
        chips=tuple(_chip(lever.kind, lever.part) for lever in it.levers),
        reasons=" ".join(proposal_in_words(it, names)),
        watch=warnings_in_words(it.warnings),
    )


def _chip(lever: LeverKind, part: str) -> Chip:
    kind = LEVERS[lever].kind
    return Chip(kind, f"{kind.title}: {part_in_words(part)}" if part else kind.title)


def _left_out(it: LeftOut, names: Names) -> LeftOutRow:
    return LeftOutRow(it.person, " ".join(left_out_in_words(it, names)))
