"""Dutch sentences of the facts of a plan.

The planner's records hold structured facts; this is the only place that turns them into words,
so that the report, the CSV files, the command line and the desk say the same. Short sentences,
no jargon, and a figure comes with its meaning.

What `Obstacle.has`, `needs` and `about` hold, per kind (each may be empty: the sentence then says
less):

===================  ============================  ===========================  ================
kind                 has                           needs                        about
===================  ============================  ===========================  ================
OUTSIDE_WISH         --                            --                           --
RIGHT                state of the right            --                           measures
FUNCTIONAL_NEED      --                            --                           need
WORK_PERMIT          last day, ISO                 first day of work, ISO       --
SHIFT_CONFLICT       hours a week, or clock away   the same of the job          ``"hours"`` or --
START_DATE           first day possible, ISO       last day to start, ISO       --
LANGUAGE             level                         level                        skill of language
SKILL, LICENCE       --                            --                           codes
MOBILITY_DISTANCE    minutes accepted              minutes of the trip          mode
MOBILITY_TIMETABLE   clock of first or last ride   clock needed                 --
CANNOT_CYCLE         --                            --                           ``"NO"`` or --
CHILDCARE_PLACE      --                            --                           ages in months
CHILDCARE_HOURS      clock of opening or closing   clock needed                 --
===================  ============================  ===========================  ================
"""

import re
from collections.abc import Callable
from datetime import date

from koempel.region.dutch import (
    clock,
    count,
    day,
    joined,
    number,
    percent_at_most,
    sentence,
)
from koempel.region.names import Names, Scarce
from koempel.region.outcome import (
    SEAT,
    DayTrip,
    LeverKind,
    LeverSummary,
    LeverUse,
    Obstacle,
    ObstacleKind,
    Outcome,
    Price,
    Stop,
    TravelMode,
)
from koempel.region.vocabulary import (
    LANGUAGE_SKILLS,
    LEVELS,
    LEVERS,
    MEASURES,
    MODES,
    NEEDS,
    OBSTACLES,
    RIGHT_STATES,
    SHORT_FACTS,
    SKILLS,
)

_PARTS: dict[str, str] = {
    "Mo": "maandag", "Tu": "dinsdag", "We": "woensdag", "Th": "donderdag",
    "Fr": "vrijdag", "Sa": "zaterdag", "Su": "zondag", "-": " tot ", "/": " ", "@": " ",
    "early": "vroeg", "morning": "voormiddag", "afternoon": "namiddag", "evening": "avond",
    "TO_WORK": "heen", "HOME": "terug",
}  # fmt: skip

_PART = re.compile(r"\d\d:\d\d|\b(?:TO_WORK|HOME|Mo|Tu|We|Th|Fr|Sa|Su)\b|(?<=\w)[-/@](?=\w)|[a-z]+")
_MOMENTS = re.compile(r"\b(vroeg|voormiddag|namiddag) (?=(?:voormiddag|namiddag|avond)\b)")
_NOTHING = 0.005  # placements: below this, one more is said to bring nothing


def obstacle_in_words(obstacle: Obstacle) -> str:
    """One sentence on what stands between a person and a job.

    Examples
    --------
    >>> obstacle_in_words(Obstacle(ObstacleKind.MOBILITY_DISTANCE, has="35", needs="52"))
    'De weg duurt 52 minuten; hoogstens 35 lukt.'
    """
    return sentence(_OBSTACLE_CLAUSES[obstacle.kind](obstacle))


def _outside_wish(_: Obstacle) -> str:
    return "de job valt buiten wat deze persoon zoekt"


def _right(it: Obstacle) -> str:
    if not it.about:
        return "de job vraagt een recht dat er nog niet is"
    measures = joined(MEASURES.get(code, code) for code in it.about.split())
    return f"de job vraagt recht op {measures}{RIGHT_STATES.get(it.has, '')}"


def _functional_need(it: Obstacle) -> str:
    return NEEDS.get(it.about, "het werk vraagt iets dat niet kan")


def _work_permit(it: Obstacle) -> str:
    if not it.has:
        return "er is geen toelating om te werken op de startdag"
    return f"de toelating om te werken stopt op {_day(it.has)}"


def _shift_conflict(it: Obstacle) -> str:
    if not (it.has and it.needs):
        return "de uren van de job passen niet bij de vrije uren"
    if it.about == "hours":
        limit = "hoogstens" if _float(it.needs) > _float(it.has) else "minstens"
        return f"de job is {_decimal(it.needs)} uur per week; {limit} {_decimal(it.has)} uur past"
    edge = "vanaf" if it.has > it.needs else "tot"
    return f"weg van huis kan {edge} {_at(it.has)}; nodig is {_at(it.needs)}"


def _start_date(it: Obstacle) -> str:
    if not (it.has and it.needs):
        return "met wat daarvoor nodig is, lukt starten niet op tijd"
    return f"starten kan vanaf {_day(it.has)} en de job begint ten laatste op {_day(it.needs)}"


def _language(it: Obstacle) -> str:
    if not it.needs:
        return "de job vraagt meer Nederlands"
    skill = LANGUAGE_SKILLS.get(it.about, "")
    asked = f"de job vraagt Nederlands {it.needs} {skill}".rstrip()
    return f"{asked}; nu is dat {LEVELS.get(it.has, it.has)}" if it.has else asked


def _skill(it: Obstacle) -> str:
    if not it.about:
        return "de job vraagt een vaardigheid die er nog niet is"
    return f"de job vraagt {joined(_skill_name(code) for code in it.about.split())}"


def _licence(it: Obstacle) -> str:
    return (
        f"de job vraagt rijbewijs {joined(it.about.split())}"
        if it.about
        else ("de job vraagt een rijbewijs")
    )


def _distance(it: Obstacle) -> str:
    if not (it.has and it.needs):
        return "de weg naar het werk is te lang"
    mode = f" {MODES[TravelMode(it.about)]}" if it.about else ""
    return f"de weg duurt {it.needs} minuten{mode}; hoogstens {it.has} lukt"


def _timetable(it: Obstacle) -> str:
    if not (it.has and it.needs):
        return "op dat uur rijdt er geen bus"
    if it.has > it.needs:
        return f"de eerste rit is om {_at(it.has)}; nodig is {_at(it.needs)}"
    return f"de laatste rit is om {_at(it.has)}; nodig is {_at(it.needs)}"


def _cannot_cycle(it: Obstacle) -> str:
    return "fietsen gaat niet" if it.about == "NO" else "fietsen lukt nog niet"


def _childcare_place(it: Obstacle) -> str:
    if not it.about:
        return "er is geen opvangplaats voor een kind"
    ages = joined(_age(int(months)) for months in it.about.split())
    return f"er is geen opvangplaats voor een kind van {ages}"


def _age(months: int) -> str:
    return count(months, "maand", "maanden") if months < 24 else f"{months // 12} jaar"


def _childcare_hours(it: Obstacle) -> str:
    if not (it.has and it.needs):
        return "de opvang is niet open op de uren van de job"
    verb = "opent" if it.has > it.needs else "sluit"
    return f"de opvang {verb} om {_at(it.has)}; nodig is {_at(it.needs)}"


_OBSTACLE_CLAUSES: dict[ObstacleKind, Callable[[Obstacle], str]] = {
    ObstacleKind.OUTSIDE_WISH: _outside_wish,
    ObstacleKind.RIGHT: _right,
    ObstacleKind.FUNCTIONAL_NEED: _functional_need,
    ObstacleKind.WORK_PERMIT: _work_permit,
    ObstacleKind.SHIFT_CONFLICT: _shift_conflict,
    ObstacleKind.START_DATE: _start_date,
    ObstacleKind.LANGUAGE: _language,
    ObstacleKind.SKILL: _skill,
    ObstacleKind.LICENCE: _licence,
    ObstacleKind.MOBILITY_DISTANCE: _distance,
    ObstacleKind.MOBILITY_TIMETABLE: _timetable,
    ObstacleKind.CANNOT_CYCLE: _cannot_cycle,
    ObstacleKind.CHILDCARE_PLACE: _childcare_place,
    ObstacleKind.CHILDCARE_HOURS: _childcare_hours,
}


def lever_in_words(lever: LeverUse) -> str:
    """One sentence on a lever of a bundle: what, whose, which part, from when."""
    words = LEVERS[lever.kind]
    part = f" ({part_in_words(lever.part)})" if lever.part else ""
    return sentence(f"{given_lever(lever)}{part}, {words.ready} {day(lever.ready_on)}")


def given_lever(lever: LeverUse) -> str:
    """A lever as a phrase: "een fiets van Koolwiel"."""
    return LEVERS[lever.kind].given.format(name=lever.name)


def part_in_words(part: str) -> str:
    """Days, parts of the day and times in Dutch.

    Examples
    --------
    >>> part_in_words("Mo-Fr early morning, Sa 05:15")
    'maandag tot vrijdag vroeg en voormiddag, zaterdag 5.15 uur'
    """
    return _MOMENTS.sub(r"\1 en ", _PART.sub(_part_word, part))


def _part_word(found: re.Match[str]) -> str:
    token = found.group()
    return _at(token) if ":" in token else _PARTS.get(token, token)


def scarce_in_words(thing: Scarce) -> str:
    """A thing that can run out, as a phrase: "fiets bij Fietspunt Zolder"."""
    if thing.kind is None:
        return f"plaats als {thing.name}"
    words = LEVERS[thing.kind]
    part = f" ({part_in_words(thing.part)})" if thing.part else ""
    return f"{words.unit} {words.where.format(name=thing.name)}{part}"


def price_in_words(price: Price | LeverSummary, names: Names) -> str:
    """What one more of a scarce thing brings, in one or two sentences."""
    if price.placements < _NOTHING:
        return f"Meer {_units(price)} helpen nu niet. {_why_nothing(price)}"
    more = _one_more(price, names)
    return sentence(f"{more} brengt naar schatting {placements(price.placements)}")


def placements(how_many: float) -> str:
    """An estimated number of placements.

    Examples
    --------
    >>> placements(0.42), placements(0.01), placements(1.25)
    ('0,4 plaatsing', 'minder dan 0,1 plaatsing', '1,2 plaatsingen')
    """
    if how_many < 0.05:
        return "minder dan 0,1 plaatsing"
    return f"{number(how_many, 1)} {'plaatsing' if round(how_many, 1) <= 1 else 'plaatsingen'}"


def _one_more(price: Price | LeverSummary, names: Names) -> str:
    if price.kind == SEAT:
        return f"één plaats meer als {names.job(price.id)}"
    words = LEVERS[LeverKind(price.kind)]
    more = f"één {words.unit} meer {words.where.format(name=price.name)}"
    if isinstance(price, LeverSummary):
        return more + words.whole
    return f"{more} ({part_in_words(price.part)})" if price.part else more


def _units(price: Price | LeverSummary) -> str:
    return "plaatsen" if price.kind == SEAT else LEVERS[LeverKind(price.kind)].units


def _why_nothing(price: Price | LeverSummary) -> str:
    if price.used < price.capacity:
        return f"Er {'is' if price.capacity - price.used == 1 else 'zijn'} nog {_left(price)} vrij."
    return "Er zijn er net genoeg." if price.used else "Niemand kan er nu mee verder."


def _left(price: Price | LeverSummary) -> str:
    left = price.capacity - price.used
    return "één" if left == 1 else number(left)


def trip_in_words(trip: DayTrip) -> str:
    """The tightest day in one or two sentences: how, how long, when, and the margin."""
    text = (
        f"{MODES[trip.mode]} {trip.out_min} minuten heen en {trip.back_min} terug{_departure(trip)}"
    )
    if trip.margin_min is None:
        return sentence(text)
    return f"{sentence(text)} Marge: {count(trip.margin_min, 'minuut', 'minuten')}."


def _departure(trip: DayTrip) -> str:
    home = next((each for each in trip.moments if each.stop is Stop.HOME), None)
    return f"; vertrek om {clock(home.leave_min)} uur" if home else ""


def obstacle_in_brief(it: Obstacle) -> str:
    """An obstacle in a few words, with its facts in brackets."""
    facts = SHORT_FACTS.get(it.kind) if it.has and it.needs else None
    brackets = f" ({facts.format(has=_spoken(it.has), needs=_spoken(it.needs))})" if facts else ""
    return obstacle_title(it.kind) + brackets


def _spoken(fact: str) -> str:
    return _at(fact) if ":" in fact else fact


def obstacle_title(kind: ObstacleKind) -> str:
    """Title of a kind of obstacle, inside a sentence."""
    title = OBSTACLES[kind].title
    return title[:1].lower() + title[1:]


def lever_title(kind: LeverKind) -> str:
    """Title of a kind of lever, inside a sentence."""
    title = LEVERS[kind].kind.title
    return title if kind is LeverKind.DUTCH_COURSE else title.lower()


def quality_in_words(status: str, gap: float) -> str:
    """How good a plan is, as a phrase without a full stop.

    Examples
    --------
    >>> quality_in_words("optimal", 0.0)
    'bewezen het best mogelijke'
    """
    stopped = "vroeger gestopt, " if status == "stopped" else ""
    if gap <= 0:
        return f"{stopped}bewezen het best mogelijke"
    return f"{stopped}hoogstens {percent_at_most(gap)} onder het best mogelijke"


def summary_in_words(outcome: Outcome) -> tuple[str, ...]:
    """The main figures of a plan in a few lines."""
    run = outcome.run
    helped = sum(bool(each.levers) for each in outcome.proposals)
    return (
        f"{count(run.people, 'mens', 'mensen')} op zoek: {number(outcome.reach_today)} bereiken "
        f"vandaag een job, {number(outcome.reach_with_levers)} alleen met hefbomen, "
        f"{number(outcome.no_way)} nog niet.",
        f"Voorstellen: {number(run.proposals)}, waarvan {number(helped)} met een hefboom. "
        f"Het plan is {quality_in_words(run.status, run.gap)}.",
    )


def _skill_name(code: str) -> str:
    return SKILLS.get(code, code)


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _at(text: str) -> str:
    hours, minutes = text.split(":")
    return f"{clock(60 * int(hours) + int(minutes))} uur"


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _decimal(text: str) -> str:
    value = _float(text)
    return number(value, 0 if value.is_integer() else 1)
