"""The day of a placement as a drawing and as a list: home, childcare, work, and back."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from koempel.region.dutch import count
from koempel.region.outcome import DayTrip, Moment, Stop
from koempel.region.vocabulary import MODES
from koempel.region.windows import DAY_MIN

_WIDTH, _HEIGHT, _EDGE = 776, 132, 62
_TRACK, _MARK = 44, 76
_WORK_WIDTH = 104
_LEAST_FOR_TEXT = 44
LONGEST = 14
"""Letters of a name below the drawing: more would run into the next."""
ICONS = {Stop.HOME: "home", Stop.CARE: "care", Stop.WORK: "work"}
NAMES = {Stop.HOME: "Thuis", Stop.CARE: "Opvang", Stop.WORK: "Werk"}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the day: when, where, and what comes next."""

    at: str
    where: str
    then: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day to look at and to read."""

    drawing: SafeString
    steps: tuple[Step, ...]
    note: str


@dataclass(frozen=True, slots=True)
class _Leg:
    """A stretch of the drawing, from and to in pixels."""

    start: float
    end: float
    minutes: int
    css: str
    wide: int


def day_of(trip: DayTrip) -> Day:
    """The tightest day of a proposal."""
    steps = tuple(_steps(trip))
    return Day(_drawing(trip, steps), steps, _note(trip))


def _note(trip: DayTrip) -> str:
    if trip.margin_min is None:
        return ""
    return (
        f"Er is {count(trip.margin_min, 'minuut', 'minuten')} marge: zoveel vroeger kan de shift "
        "beginnen voor de dag niet meer past."
        if trip.margin_min
        else "Er is geen marge: begint de shift vroeger, dan past de dag niet meer."
    )


def _steps(trip: DayTrip) -> Iterator[Step]:
    moments = trip.moments
    for number, here in enumerate(moments):
        after = moments[number + 1] if number + 1 < len(moments) else None
        where = name_of(here)
        if here.stop is Stop.WORK:
            yield Step(time(here.arrive_min), f"Begin bij {where}", "")
            where = "Einde van het werk"
        if after is None:
            yield Step(time(here.arrive_min), where, "")
        else:
            minutes = count(after.arrive_min - here.leave_min, "minuut", "minuten")
            at = here.arrive_min if here.stop is Stop.CARE else here.leave_min
            yield Step(time(at), where, f"{minutes} {MODES[trip.mode]}")


def name_of(moment: Moment) -> str:
    """What a stop is called."""
    return moment.name or NAMES[moment.stop]


def time(minute: int) -> str:
    """A minute of the day as a time, also of the day before or after.

    Examples
    --------
    >>> time(-30), time(310), time(480)
    ('23.30', '5.10', '8.00')
    """
    hour, left = divmod(minute % DAY_MIN, 60)
    return f"{hour}.{left:02}"


def _drawing(trip: DayTrip, steps: tuple[Step, ...]) -> SafeString:
    legs, places = _layout(trip)
    label = "De dag: " + ", ".join(f"{step.at} uur {step.where}" for step in steps)
    parts = [*map(_leg, legs), *(_stop(*place) for place in places)]
    return format_html(
        '<svg class="dr" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        *(_WIDTH, _HEIGHT, label),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _layout(trip: DayTrip) -> tuple[list[_Leg], list[tuple[float, Moment, int]]]:
    """Stretches in proportion to their minutes, except for the work itself."""
    moments = trip.moments
    on_the_way = moments[-1].arrive_min - moments[0].leave_min - _at_work(moments)
    scale = (_WIDTH - 2 * _EDGE - _WORK_WIDTH) / max(on_the_way, 1)
    x = float(_EDGE)
    legs: list[_Leg] = []
    places: list[tuple[float, Moment, int]] = []
    for number, here in enumerate(moments):
        x = _add_stop(here, x, scale, legs, places)
        if number + 1 < len(moments):
            minutes = moments[number + 1].arrive_min - here.leave_min
            legs.append(_Leg(x, x + minutes * scale, minutes, "s-sky", 5))
            x += minutes * scale
    return legs, places


def _add_stop(
    here: Moment,
    x: float,
    scale: float,
    legs: list[_Leg],
    places: list[tuple[float, Moment, int]],
) -> float:
    stay = here.leave_min - here.arrive_min
    width = _WORK_WIDTH if here.stop is Stop.WORK else stay * scale
    if here.stop is Stop.WORK:
        legs.append(_Leg(x, x + width, 0, "s-ink", 12))
        places += [(x, here, here.arrive_min), (x + width, here, here.leave_min)]
    else:
        if stay:
            legs.append(_Leg(x, x + width, stay, "s-heather", 12))
        places.append((x + width / 2, here, here.arrive_min))
    return x + width


def _at_work(moments: tuple[Moment, ...]) -> int:
    return sum(each.leave_min - each.arrive_min for each in moments if each.stop is Stop.WORK)


def _leg(leg: _Leg) -> SafeString:
    track = format_html(
        '<path class="{}" d="M{} {}H{}" stroke-width="{}"/>',
        *(leg.css, _cut(leg.start), _TRACK, _cut(leg.end), leg.wide),
    )
    if not leg.minutes or leg.end - leg.start < _LEAST_FOR_TEXT:
        return track
    middle = _cut((leg.start + leg.end) / 2)
    return track + format_html(
        '<text class="c s b" x="{}" y="{}">{} min</text>', middle, _TRACK - 10, leg.minutes
    )


def _stop(x: float, moment: Moment, minute: int) -> SafeString:
    is_end = moment.stop is Stop.WORK and minute == moment.leave_min
    return format_html(
        '<circle class="f-surf s-ink" cx="{}" cy="{}" r="15" stroke-width="1.5"/>'
        '<svg class="ico" x="{}" y="{}" width="18" height="18"><use href="{}#{}"/></svg>'
        '<text class="c l" x="{}" y="{}">{}</text><text class="c s m" x="{}" y="{}">{}</text>',
        *(_cut(x), _MARK, _cut(x - 9), _MARK - 9, static("koempel/icons.svg")),
        *(ICONS[moment.stop], _cut(x), _MARK + 33, time(minute)),
        *(_cut(x), _MARK + 49, "einde" if is_end else _short(name_of(moment))),
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 2].rstrip()} …"


def _cut(value: float) -> str:
    return f"{value:.1f}"
