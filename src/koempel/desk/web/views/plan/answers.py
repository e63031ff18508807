"""A what-if as the page says it: before and after, what the next one brings, the shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from koempel.desk.planning.new_jobs import Coming
from koempel.desk.planning.snapshot import names_of
from koempel.desk.planning.what_ifs import Answer, Compared, NextOne, Town, Tried
from koempel.desk.web.pages.values import Status, Tone
from koempel.region import dutch
from koempel.region.outcome import Share
from koempel.region.report.charts import interval_plot
from koempel.region.report.figures import emphasised
from koempel.region.vocabulary import LEVERS, Kind
from koempel.region.what_if_words import difference_in_words, moves_in_words
from koempel.region.words import placements, price_in_words, quality_in_words


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison."""

    title: str
    before: int
    after: int
    difference: Status


@dataclass(frozen=True, slots=True)
class PriceLine:
    """What one more of a lever brings after the changes."""

    kind: Kind
    name: str
    text: str
    before: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class TownRow:
    """The part of a municipality that has a proposal."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TriedWords:
    """A new job: who would come to it. Without lists when only a few people would."""

    title: str
    text: str
    levers: Sequence[tuple[Kind, str]]
    homes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, ready to show."""

    title: str
    about: str
    rows: Sequence[Row]
    moves: str
    prices: Sequence[PriceLine]
    plot: str
    towns: Sequence[TownRow]
    hides_after: bool
    is_changed: bool
    new_jobs: Sequence[TriedWords]


def told(answer: Answer) -> Told:
    """The words of an answer."""
    shown = [each for each in answer.towns if each.before.share is not None]
    groups = [(each.name, each.before, each.after) for each in shown]
    return Told(
        title=_title(answer),
        about=_about(answer),
        rows=_rows(answer),
        moves=_moves(answer),
        prices=_prices(answer),
        plot=interval_plot(groups, answer.share) if shown and answer.changes else "",
        towns=[_town(each) for each in answer.towns],
        hides_after=any(each.after.share is None for each in shown),
        is_changed=bool(answer.changes),
        new_jobs=[_tried(each) for each in answer.new_jobs],
    )


def _title(answer: Answer) -> str:
    if not answer.changes:
        return f"Nu: {dutch.count(answer.proposals.before, 'mens', 'mensen')} met een voorstel"
    if answer.new_jobs:
        if not answer.proposals.more:
            return "Ongeveer evenveel mensen met een voorstel"
        return f"Ongeveer {difference_in_words(answer.proposals.more)}"
    if not answer.proposals.more and answer.value.more > 0:
        return "Evenveel mensen met een voorstel, in jobs die beter passen"
    return dutch.capital(difference_in_words(answer.proposals.more))


def _about(answer: Answer) -> str:
    status = "optimal" if answer.gap <= 0 else "feasible"
    quality = quality_in_words(status, answer.gap)
    if not answer.changes:
        return quality
    took = dutch.number(answer.seconds, 1) if answer.seconds >= 0.1 else "minder dan 0,1"
    return f"berekend in {took} seconden · {quality}"


def _moves(answer: Answer) -> str:
    if not answer.new_jobs:
        return moves_in_words(answer.gained, answer.lost, answer.moved)
    if not (answer.gained or answer.lost or answer.moved):
        return "Voor bijna niemand verandert er iets. We tellen per vijf."
    return f"{moves_in_words(answer.gained, answer.lost, answer.moved)} Geteld per vijf."


def _tried(it: Tried) -> TriedWords:
    coming, seats = it.coming, dutch.count(it.job.seats, "plaats", "plaatsen")
    is_told = coming.placed.coarse > 0
    return TriedWords(
        title=f"{it.job.title} in {it.where}: {seats}",
        text=_who_comes(coming),
        levers=[(LEVERS[kind].kind, str(n)) for kind, n in coming.levers] if is_told else (),
        homes=[(town, str(n)) for town, n in coming.homes] if is_told else (),
    )


def _who_comes(coming: Coming) -> str:
    able = (
        f"Zonder hefbomen kunnen komen: {coming.today}. Alleen met hefbomen: {coming.with_levers}."
    )
    if not coming.placed.people:
        return f"Niemand krijgt deze job. {able}"
    return f"Krijgt deze job: {coming.placed}. Nu nog zonder voorstel: {coming.gained}. {able}"


def _rows(answer: Answer) -> list[Row]:
    rows = [
        _row("Mensen met een voorstel", answer.proposals, good=1),
        _row("Plaatsen die open blijven", answer.open_seats, good=-1),
    ]
    if answer.shortfall.before or answer.shortfall.after:
        rows.append(_row("Tekort in gemeenten, in vijven", answer.shortfall, good=-1))
    return rows


def _row(title: str, it: Compared, *, good: int) -> Row:
    if not it.more:
        return Row(title, it.before, it.after, Status("gelijk"))
    tone = Tone.GOOD if it.more * good > 0 else Tone.BAD
    sign = "+" if it.more > 0 else "−"
    return Row(title, it.before, it.after, Status(f"{sign}{dutch.number(abs(it.more))}", tone))


def _prices(answer: Answer) -> list[PriceLine]:
    names = names_of((), ())
    changed = {each.what for each in answer.changes}
    return [
        PriceLine(
            LEVERS[each.lever.kind].kind,
            each.lever.name,
            emphasised(price_in_words(each.lever, names)),
            _before(each) if answer.changes else "",
            each.lever.id in changed,
        )
        for each in answer.next_ones
    ]


def _before(it: NextOne) -> str:
    if abs(it.before - it.lever.placements) < 0.05:
        return "Dat is zoals nu."
    return f"Nu is dat {placements(it.before)}."


def _town(it: Town) -> TownRow:
    return TownRow(it.name, _share(it.before), _share(it.after))


def _share(it: Share) -> str:
    if it.share is None or it.low is None or it.high is None:
        return "te weinig"
    margin = f"{dutch.number(100 * it.low)} tot {dutch.number(100 * it.high)}"
    return f"{dutch.percent(it.share)} ({margin})"
