"""The parts of the page that hold figures, each with its words and its drawing."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from koempel.region.dutch import capital, few, joined, number, percent
from koempel.region.names import Names
from koempel.region.outcome import (
    SEAT,
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
from koempel.region.report.groups import Group, groups_to_show
from koempel.region.vocabulary import LEVERS, OBSTACLES, SEAT_KIND, Kind
from koempel.region.words import price_in_words

MOST_PARTS = 6
MOST_SEATS = 4
"""Prices of parts and of seats that the page shows; all of them stand in prices.csv."""

SIGNAL = 0.8
"""Below this ratio fairness asks for a look (the four-fifths rule of thumb)."""

_TRAITS = {"municipality": "Gemeente", "sex": "Geslacht", "age": "Leeftijd"}


@dataclass(frozen=True, slots=True)
class LeverRow:
    """A lever: how full, what one more brings, for whom."""

    id: str
    kind: Kind
    name: str
    bar: Markup
    used: str
    capacity: str
    price: Markup
    for_whom: str


@dataclass(frozen=True, slots=True)
class PriceLine:
    """What one more of a part or seat brings."""

    kind: Kind
    text: Markup


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
class Estimate:
    """A figure with its margin; "te weinig" without one when the group is too small."""

    figure: str
    margin: str = ""


@dataclass(frozen=True, slots=True)
class FairRow:
    """A group as the table shows it."""

    name: str
    people: str
    shares: tuple[Estimate, ...]  # today, with levers, proposed, lever given
    ratio: Estimate
    state: str  # CSS class of the status: "", "lamp" or "bad"


@dataclass(frozen=True, slots=True)
class FairPart:
    """One trait: its groups as plot and table, and what is to be said about it."""

    title: str
    plot: Markup | None
    rows: tuple[FairRow, ...]
    signals: tuple[str, ...]


_TOO_FEW = Estimate("te weinig")
_GAIN = re.compile(r"(?:minder dan )?[\d\u202f]+,\d plaatsing(?:en)?|^Meer [\w ]+ niet\.")


def emphasised(price: str) -> Markup:
    """A price with what it brings in bold."""
    return Markup(_GAIN.sub(r"<b>\g<0></b>", str(escape(price))))


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
        it.id, words.kind, it.name, bar, number(it.used), number(it.capacity),
        emphasised(price_in_words(it, names)), _for_whom(it, names),
    )  # fmt: skip


def _for_whom(it: LeverSummary, names: Names) -> str:
    if it.wanted == 0:
        return "niemand vraagt het nu"
    people = f"{few(it.wanted)} mensen"
    if it.wanted < 5 or not it.villages:
        return people
    return f"{people}, vooral in {joined(names.village(each) for each in it.villages)}"


def price_lines(
    prices: Iterable[Price], levers: Iterable[LeverSummary], names: Names
) -> tuple[PriceLine, ...]:
    """What one more of a part brings, the dearest first, and then of a seat.

    A lever without parts has its price in the table of levers already.
    """
    known = {each.id for each in levers}
    dear = [each for each in prices if each.id not in known and each.placements >= 0.05]
    dear.sort(key=lambda each: (-each.placements, each.id))
    parts = [each for each in dear if each.kind != SEAT][:MOST_PARTS]
    seats = [each for each in dear if each.kind == SEAT][:MOST_SEATS]
    return tuple(
        PriceLine(_price_kind(each), emphasised(price_in_words(each, names)))
        for each in parts + seats
    )


def _price_kind(price: Price) -> Kind:
    return SEAT_KIND if price.kind == SEAT else LEVERS[LeverKind(price.kind)].kind


def obstacle_rows(obstacles: Iterable[KindCount]) -> tuple[BarRow, ...]:
    """Obstacles, the one that stops most people first."""
    return _bars([(OBSTACLES[each.kind], each.people) for each in obstacles if each.people])


def lever_use_rows(outcome: Outcome) -> tuple[BarRow, ...]:
    """For how many proposals each kind of lever is used."""
    used = Counter(kind for it in outcome.proposals for kind in {each.kind for each in it.levers})
    return _bars([(LEVERS[kind].kind, used[kind]) for kind in LeverKind if used[kind]])


def _bars(counts: list[tuple[Kind, int]]) -> tuple[BarRow, ...]:
    ranked = sorted(counts, key=lambda each: (-each[1], each[0].title))
    most = max((people for _, people in ranked), default=0) or 1
    return tuple(
        # A bar of one to four would give the number away that the words hide.
        BarRow(kind, count_bar(max(people, 5), most, few(people)), few(people))
        for kind, people in ranked
    )


def hours_part(hours: Sequence[HourCount]) -> Hours | None:
    """The hours of first shifts; None when there are none."""
    rows = tuple(each for each in hours if each.seats)
    return Hours(hours_chart(rows), _worst_hour(rows), rows) if rows else None


def _worst_hour(rows: Sequence[HourCount]) -> str:
    return f"{_out_of_reach(rows)} {_left_open(rows)}"


def _out_of_reach(rows: Sequence[HourCount]) -> str:
    worst = max(rows, key=lambda each: each.seats - each.with_levers)
    missing = worst.seats - worst.with_levers
    if not missing:
        return "Elke open plaats is voor iemand bereikbaar, op elk startuur."
    return (
        f"Om {worst.hour} uur is het gat het grootst: {number(missing)} van de "
        f"{number(worst.seats)} plaatsen kan niemand bereiken, ook niet met hefbomen."
    )


def _left_open(rows: Sequence[HourCount]) -> str:
    worst = max(rows, key=lambda each: each.seats - each.filled)
    still_open = worst.seats - worst.filled
    if not still_open:
        return "Het plan vult ze allemaal."
    return (
        f"Na dit plan blijven om {worst.hour} uur de meeste plaatsen open: "
        f"{number(still_open)} van de {number(worst.seats)}."
    )


def fairness_parts(rows: Sequence[FairnessRow]) -> tuple[FairPart, ...]:
    """Fairness, one part per trait in the order of the rows."""
    groups = groups_to_show(rows)
    return tuple(
        _fair_part(trait, [each for each in groups if each.trait == trait], rows)
        for trait in dict.fromkeys(each.trait for each in rows)
    )


def _fair_part(trait: str, groups: Sequence[Group], rows: Sequence[FairnessRow]) -> FairPart:
    shown = [each.row for each in groups if each.row]
    plotted = [(capital(each.name), each.today, each.proposed) for each in shown]
    everybody = [each.proposed for each in rows if each.trait == trait]
    people = sum(each.people for each in everybody)
    average = sum(each.count for each in everybody) / people if people else 0
    return FairPart(
        title=_TRAITS.get(trait, trait),
        plot=interval_plot(plotted, average) if plotted else None,
        rows=tuple(_fair_row(each.row) if each.row else _hidden_row(each) for each in groups),
        signals=tuple(_signal(each) for each in shown if _ratio_state(each)),
    )


def _hidden_row(it: Group) -> FairRow:
    reason = _TOO_FEW if it.too_few else Estimate("niet getoond")
    return FairRow(capital(it.name), reason.figure, (reason,) * 4, reason, "")


def _fair_row(it: FairnessRow) -> FairRow:
    shares = (it.today, it.with_levers, it.proposed, it.lever_given)
    return FairRow(
        name=capital(it.name),
        people=number(it.people),
        shares=tuple(_share_estimate(each) for each in shares),
        ratio=_ratio_estimate(it),
        state=_ratio_state(it),
    )


def _share_estimate(share: Share) -> Estimate:
    if share.share is None or share.low is None or share.high is None:
        return _TOO_FEW
    margin = f"{number(100 * share.low)}–{number(100 * share.high)}"
    return Estimate(percent(share.share), margin)


def _ratio_estimate(it: FairnessRow) -> Estimate:
    if it.ratio is None:
        return _TOO_FEW
    if it.ratio_low is None or it.ratio_high is None:
        return Estimate(number(it.ratio, 2))
    return Estimate(number(it.ratio, 2), f"{number(it.ratio_low, 2)}–{number(it.ratio_high, 2)}")


def _ratio_state(it: FairnessRow) -> str:
    if it.ratio is None or it.ratio >= SIGNAL:
        return ""
    return "bad" if it.ratio_high is not None and it.ratio_high < SIGNAL else "lamp"


def _signal(it: FairnessRow) -> str:
    ratio = number(it.ratio or 0, 2)
    sure = "Ook met de marge erbij blijft dat onder 0,8. " if _ratio_state(it) == "bad" else ""
    return (
        f"{capital(it.name)}: de kans op een voorstel is {ratio} keer die van alle anderen. {sure}"
        "Dat is een signaal om na te kijken, geen oordeel."
    )
