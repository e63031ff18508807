"""A booking in Dutch words, as far as its reader may know who it is about."""

from datetime import date

from koempel.desk.levers.crossings import Crossing
from koempel.desk.levers.fits import Fit, Never
from koempel.desk.levers.queries import BookingSeen, parts_in_words
from koempel.desk.web.pages.values import Tone
from koempel.desk.web.views.people.words import age_in_words
from koempel.region import dutch
from koempel.region.vocabulary import LEVERS


def title_of(seen: BookingSeen, today: date) -> str:
    """Who it is for; where that is not told, what it is."""
    holder = seen.holder
    if holder.child and not holder.case_number:
        name = holder.child.first_name or "Kind"
        return f"{name}, {age_in_words(holder.child.birth_month, today)}"
    names = " ".join(filter(None, (holder.name, holder.case_number)))
    return names or LEVERS[seen.kind].kind.title


def details_of(seen: BookingSeen, name: str = "") -> str:
    """What is asked: of which lever where there are more, which parts, size, level, days."""
    child = seen.holder.child if seen.holder.case_number else None
    whom = f"voor {child.first_name or 'een kind'}" if child else ""
    level = f"spreekt {seen.holder.level}" if seen.holder.level else ""
    size = f"maat {seen.size}" if seen.size else ""
    until = f" tot en met {dutch.day(seen.ends_on)}" if seen.ends_on else ""
    days = f"vanaf {dutch.day(seen.starts_on)}{until}"
    return dutch.capital(", ".join(filter(None, (name, whom, seen.parts, size, level, days))))


def age_of_question(asked_on: date, today: date) -> str:
    """Since when somebody waits for the answer."""
    return f"Gevraagd op {dutch.day(asked_on)}, {days_ago(asked_on, today)}"


def days_ago(day: date, today: date) -> str:
    """How long ago a day is.

    Examples
    --------
    >>> days_ago(date(2026, 11, 20), date(2026, 11, 25))
    '5 dagen geleden'
    """
    days = (today - day).days
    return {0: "vandaag", 1: "gisteren"}.get(days, f"{days} dagen geleden")


def fit_in_words(seen: BookingSeen, fit: Fit) -> str:
    """Whether what is asked fits, from when, or why not."""
    if fit.never:
        return f"Past niet: {_NEVER[fit.never]}."
    if fit.full:
        free = f" Er komt plaats vrij op {dutch.day(fit.free_on)}." if fit.free_on else ""
        full = parts_in_words(seen.family, fit.full)
        what = f"vol op {full}" if full else f"er is geen {LEVERS[seen.kind].unit} vrij"
        return f"Past niet: {what}.{free}"
    if fit.first_day > seen.starts_on:
        return f"Past vanaf {dutch.day(fit.first_day)}, vroeger niet."
    return f"Past: vrij vanaf {dutch.day(seen.starts_on)}."


def gap_in_words(crossing: Crossing) -> str:
    """How long a child may be without a place."""
    gap = crossing.gap
    if gap is None:
        return "nog niet bekend"
    if gap.most == 0:
        return "sluit aan"
    if gap.least == 0:
        return f"gat tot {dutch.count(gap.most, 'dag', 'dagen')}"
    if gap.least == gap.most:
        return f"gat van {dutch.count(gap.most, 'dag', 'dagen')}"
    return f"gat van {gap.least} tot {gap.most} dagen"


def regular_in_words(crossing: Crossing) -> str:
    """When the regular place is expected."""
    if crossing.regular is None:
        return "nog niet bekend"
    first, last = map(dutch.day, crossing.regular)
    return f"op {first}" if first == last else f"tussen {first} en {last}"


def gap_tone(crossing: Crossing) -> Tone:
    """Brick for a gap, lamp for what nobody knows."""
    gap = crossing.gap
    if gap is None:
        return Tone.NEEDS_YOU
    return Tone.BAD if gap.most else Tone.GOOD


_NEVER = {
    Never.ENDS: "dit aanbod loopt eerder af",
    Never.TOO_YOUNG: "het kind is dan te jong",
    Never.TOO_OLD: "het kind is dan te oud",
}
