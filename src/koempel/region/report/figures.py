"""The parts of the page that hold figures, each with its words and its drawing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from koempel.region.dutch import capital, count, few, joined, number, percent
from koempel.region.names import SEAT, Names
from koempel.region.outcome import (
    FairnessRow,
    HourCount,
    KindCount,
    LeverKind,
    LeverSummary,
    Outcome,
    Price,
    Share,
)
from koempel.region.report.charts import count_bar, hours_chart, interval_plot, share_bar
from koempel.region.vocabulary import LEVERS, OBSTACLES, SEAT_KIND, Kind
from koempel.region.words import price_in_words

MOST_PARTS = 8
"""Prices of parts and seats that the page shows; all of them stand in prices.csv."""

SIGNAL = 0.8
"""Below this ratio fairness asks for a look (the four-fifths rule of thumb)."""

_TRAITS = {"municipality": "Gemeente", "sex": "Geslacht", "age": "Leeftijd"}


@dataclass(frozen=True, slots=True)
class LeverRow:
    """A lever: how full, what one more brings, for whom."""

    kind: Kind
    name: str
    bar: Markup
    used: str
    capacity: str
    price: str
    for_whom: str


@dataclass(frozen=True, slots=True)
class PriceLine:
    """What one more of a part or seat brings."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class BarRow:
    """A kind with a count of people."""

    kind: Kind
    bar: Markup
    people: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Where the hours pinch."""

    chart: Markup
    text: str
    rows: tuple[HourCount, ...]


@dataclass(frozen=True, slots=True)
class FairRow:
    """A group as the table shows it."""

    name: str
    people: str
    today: str
    with_levers: str
    proposed: str
    lever_given: str
    ratio: str
    state: str  # CSS class of the status: "", "lamp" or "bad"


@dataclass(frozen=True, slots=True)
class FairPart:
    """One trait: its groups as plot and table, and what is to be said about it."""

    title: str
    plot: Markup | None
    rows: tuple[FairRow, ...]
    signals: tuple[str, ...]


def lever_rows(levers: Iterable[LeverSummary], names: Names) -> tuple[LeverRow, ...]:
    """Levers, the highest gain first."""
    ranked = sorted(levers, key=lambda each: (-each.placements, each.capacity - each.used, each.id))
    return tuple(_lever_row(each, names) for each in ranked)


def _lever_row(it: LeverSummary, names: Names) -> LeverRow:
    full = it.used >= it.capacity > 0
    words = LEVERS[it.kind]
    bar = share_bar(
        it.used,
        it.capacity,
        "f-brick" if full else "f-ink",
        f"{number(it.used)} van {number(it.capacity)} bezet",
    )
    return LeverRow(
        words.kind, it.name, bar, number(it.used), number(it.capacity), price_in_words(it),
        _for_whom(it, names),
    )  # fmt: skip


def _for_whom(it: LeverSummary, names: Names) -> str:
    if it.wanted == 0:
        return "niemand vraagt het nu"
    people = f"{few(it.wanted)} mensen"
    if it.wanted < 5 or not it.villages:
        return people
    return f"{people}, vooral in {joined(names.village(each) for each in it.villages)}"


def price_lines(outcome: Outcome) -> tuple[PriceLine, ...]:
    """What one more of a part or a seat brings, the dearest first.

    A lever without parts has its price in the table of levers already.
    """
    known = {each.id for each in outcome.levers}
    parts = [each for each in outcome.prices if each.id not in known and each.placements >= 0.05]
    parts.sort(key=lambda each: (-each.placements, each.id))
    return tuple(PriceLine(_price_kind(each), price_in_words(each)) for each in parts[:MOST_PARTS])


def _price_kind(price: Price) -> Kind:
    return SEAT_KIND if price.kind == SEAT else LEVERS[LeverKind(price.kind)].kind


def obstacle_rows(obstacles: Iterable[KindCount]) -> tuple[BarRow, ...]:
    """Obstacles, the one that stops most people first."""
    return _bars([(OBSTACLES[each.kind], each.people) for each in obstacles])


def lever_use_rows(outcome: Outcome) -> tuple[BarRow, ...]:
    """For how many proposals each kind of lever is used."""
    used = Counter(kind for it in outcome.proposals for kind in {each.kind for each in it.levers})
    return _bars([(LEVERS[kind].kind, used[kind]) for kind in LeverKind if used[kind]])


def _bars(counts: list[tuple[Kind, int]]) -> tuple[BarRow, ...]:
    ranked = sorted(counts, key=lambda each: (-each[1], each[0].title))
    most = max((people for _, people in ranked), default=0) or 1
    return tuple(
        # A bar of one to four would give the number away that the words hide.
        BarRow(kind, count_bar(max(people, 5) if people else 0, most, few(people)), few(people))
        for kind, people in ranked
    )


def hours_part(hours: Sequence[HourCount]) -> Hours | None:
    """The hours of first shifts; None when there are none."""
    rows = tuple(each for each in hours if each.seats)
    return Hours(hours_chart(rows), _worst_hour(rows), rows) if rows else None


def _worst_hour(rows: Sequence[HourCount]) -> str:
    worst = max(rows, key=lambda each: each.seats - each.with_levers)
    missing = worst.seats - worst.with_levers
    if not missing:
        return "Elke open plaats is voor iemand bereikbaar, op elk startuur."
    places = capital(count(missing, "plaats", "plaatsen"))
    return (
        f"Om {worst.hour} uur is het gat het grootst. {places} van de {number(worst.seats)} "
        "kan niemand bereiken, ook niet met hefbomen."
    )


def fairness_parts(rows: Sequence[FairnessRow]) -> tuple[FairPart, ...]:
    """Fairness, one part per trait in the order of the rows."""
    by_trait: dict[str, list[FairnessRow]] = {}
    for row in rows:
        by_trait.setdefault(row.trait, []).append(row)
    return tuple(_fair_part(trait, each) for trait, each in by_trait.items())


def _fair_part(trait: str, rows: Sequence[FairnessRow]) -> FairPart:
    visible = [(each.name, each.today, each.proposed) for each in rows if _is_shown(each)]
    people = sum(each.people for each in rows)
    average = sum(each.proposed.count for each in rows) / people if people else 0
    return FairPart(
        _TRAITS.get(trait, trait),
        interval_plot(visible, average) if visible else None,
        tuple(_fair_row(each) for each in rows),
        tuple(_signal(each) for each in rows if each.ratio is not None and each.ratio < SIGNAL),
    )


def _is_shown(row: FairnessRow) -> bool:
    return row.proposed.share is not None


def _fair_row(it: FairnessRow) -> FairRow:
    return FairRow(
        it.name,
        number(it.people) if _is_shown(it) else "te weinig",
        *(_share_words(each) for each in (it.today, it.with_levers, it.proposed, it.lever_given)),
        _ratio_words(it),
        _ratio_state(it),
    )


def _share_words(share: Share) -> str:
    if share.share is None or share.low is None or share.high is None:
        return "te weinig"
    return f"{percent(share.share, 1)} ({number(100 * share.low)}–{number(100 * share.high)})"


def _ratio_words(it: FairnessRow) -> str:
    if it.ratio is None:
        return "te weinig"
    if it.ratio_low is None or it.ratio_high is None:
        return number(it.ratio, 2)
    return f"{number(it.ratio, 2)} ({number(it.ratio_low, 2)}–{number(it.ratio_high, 2)})"


def _ratio_state(it: FairnessRow) -> str:
    if it.ratio is None or it.ratio >= SIGNAL:
        return ""
    return "bad" if it.ratio_high is not None and it.ratio_high < SIGNAL else "lamp"


def _signal(it: FairnessRow) -> str:
    ratio = number(it.ratio or 0, 2)
    sure = "Ook met de marge erbij blijft dat onder 0,8. " if _ratio_state(it) == "bad" else ""
    return (
        f"{it.name}: de kans op een voorstel is {ratio} keer die van alle anderen. {sure}"
        "Dat is een signaal om na te kijken, geen oordeel."
    )
