"""The invented people: where they live, what they can, what they want."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from koempel.region.geography import Place, Town, jobseekers_per_village
from koempel.region.rows import Cycling, Level, Mode, Person
from koempel.region.synthetic import shares
from koempel.region.synthetic.draw import LON_PER_LAT, Tick, chosen, near, pick, pick_one, stream
from koempel.region.synthetic.occupations import HELD_SKILLS, OCCUPATIONS, Occupation
from koempel.region.windows import parse_windows

# Without signs that look like another: no I, L, O, U, 0 or 1.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

CELL_DEG = 0.0045
"""Half a kilometre of latitude: homes are known no closer."""

LEVELS = tuple(Level)


def draw_people(
    towns: tuple[Town, ...],
    n: int,
    *,
    with_right: npt.NDArray[np.bool_],
    seed: int,
    today: date,
    tick: Tick,
) -> tuple[Person, ...]:
    """Draw the people.

    Parameters
    ----------
    towns : tuple of Town
        Where they live, by inhabitants and by the villages' shares of jobseekers.
    n : int
        How many.
    with_right : ndarray of shape (n,), bool
        Who ever asked a right: they have more functional needs.
    seed : int
    today : date
    tick : callable
        Called for every person.
    """
    numbers = _case_numbers(n, stream(seed, "case numbers"))
    homes = _homes(towns, n, stream(seed, "homes"))
    waited = _waited_days(n, stream(seed, "waited"))
    rng = stream(seed, "people")
    people = []
    for number, home, days, asked in zip(numbers, homes, waited, with_right, strict=True):
        since = today - timedelta(days=int(days))
        people.append(_person(rng, _Known(number, *home, since, bool(asked)), today))
        tick()
    return tuple(people)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is drawn for all people at once."""

    number: str
    place: Place
    lon: float
    lat: float
    registered_on: date
    has_right: bool


def _person(rng: np.random.Generator, known: _Known, today: date) -> Person:
    share = shares.PEOPLE
    profile = _profile(rng)
    modes = () if rng.random() < share.no_transport else pick_one(rng, shares.OWN_MODES)
    limited = rng.random() < share.own_travel_limit
    listening, speaking, reading, writing = _dutch(rng)
    hours_min, hours_max = pick_one(rng, shares.HOURS_WANTED)
    return Person(
        id=known.number,
        village=known.place.id,
        lon=known.lon,
        lat=known.lat,
        registered_on=known.registered_on,
        available_from=_available_from(rng, today),
        permit_until=_permit_until(rng, today),
        modes=modes,
        cycling=_cycling(rng, modes),
        max_travel_min=pick_one(rng, shares.TRAVEL_LIMITS) if limited else None,
        dutch_listening=listening,
        dutch_speaking=speaking,
        dutch_reading=reading,
        dutch_writing=writing,
        skills=_skills(rng, profile),
        licences=_licences(rng, modes),
        needs=chosen(rng, shares.NEEDS_WITH_RIGHT if known.has_right else shares.NEEDS),
        away=parse_windows(pick_one(rng, shares.AWAY)),
        hours_min=hours_min,
        hours_max=hours_max,
        wants=_wants(rng, profile),
    )


def _homes(
    towns: tuple[Town, ...], n: int, rng: np.random.Generator
) -> list[tuple[Place, float, float]]:
    found = pick(rng, jobseekers_per_village(towns), n)
    centres = np.array([(place.lon, place.lat) for place in found]).reshape(-1, 2)
    points = to_cells(near(rng, centres, spread_km=0.6))
    return [
        (place, float(lon), float(lat)) for place, (lon, lat) in zip(found, points, strict=True)
    ]


def to_cells(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Centres of the half-kilometre cells in which points lie."""
    size = np.array([CELL_DEG / LON_PER_LAT, CELL_DEG])
    cells: npt.NDArray[np.float64] = ((np.floor(points / size) + 0.5) * size).round(4)
    return cells


def _case_numbers(n: int, rng: np.random.Generator) -> list[str]:
    length = 4
    while len(SIGNS) ** length < 4 * n:
        length += 1
    numbers = rng.choice(len(SIGNS) ** length, n, replace=False)
    return ["K-" + _in_signs(int(number), length) for number in numbers]


def _in_signs(number: int, length: int) -> str:
    text = ""
    for _ in range(length):
        number, last = divmod(number, len(SIGNS))
        text = SIGNS[last] + text
    return text


def _waited_days(n: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    long = rng.random(n) < shares.PEOPLE.over_a_year
    days = np.where(long, 366 + rng.exponential(500, n).clip(0, 2500), 365 * rng.random(n) ** 1.4)
    return days.astype(np.int64)


def _profile(rng: np.random.Generator) -> tuple[Occupation, ...]:
    """One to three kinds of work that the person has in view."""
    if rng.random() < shares.PEOPLE.low_schooled:
        table = [(each, each.weight) for each in OCCUPATIONS if each.is_elementary]
    else:
        table = [(each, each.wanted) for each in OCCUPATIONS]
    found = [pick_one(rng, table) for _ in range(rng.integers(1, 4))]
    return tuple(dict.fromkeys(found))


def _wants(rng: np.random.Generator, profile: tuple[Occupation, ...]) -> tuple[str, ...]:
    lengths = pick(rng, ((4, 55), (3, 20), (2, 17), (1, 8)), len(profile))
    codes = [each.isco[:length] for each, length in zip(profile, lengths, strict=True)]
    return tuple(dict.fromkeys(codes))


def _skills(rng: np.random.Generator, profile: tuple[Occupation, ...]) -> tuple[str, ...]:
    asked = {skill for each in profile for skill in each.skills}
    odds = {skill: share * (2 if skill in asked else 1) for skill, share in HELD_SKILLS.items()}
    return chosen(rng, odds)


def _licences(rng: np.random.Generator, modes: tuple[Mode, ...]) -> tuple[str, ...]:
    if Mode.CAR not in modes and rng.random() >= shares.PEOPLE.licence_without_car:
        return ()
    return ("B", "C") if rng.random() < 0.06 else ("B",)


def _cycling(rng: np.random.Generator, modes: tuple[Mode, ...]) -> Cycling:
    if Mode.BIKE in modes or Mode.EBIKE in modes:
        return Cycling.YES
    return pick_one(rng, shares.CYCLING_WITHOUT_BIKE)


def _dutch(rng: np.random.Generator) -> tuple[Level, Level, Level, Level]:
    """Listening, speaking, reading and writing: a level off speaking at most.

    Who cannot read at all and who speaks well has the same level in all four.
    """
    speaking = pick_one(rng, shares.SPEAKING)
    if speaking in (Level.ALPHA, Level.B2):
        return speaking, speaking, speaking, speaking
    at = LEVELS.index(speaking)
    draws = rng.random(3)
    listening = at + (draws[0] < shares.ONE_HIGHER_LISTENING)
    reading = max(1, at - (draws[1] < shares.ONE_LOWER["reading"]))
    writing = max(1, at - (draws[2] < shares.ONE_LOWER["writing"]))
    return LEVELS[listening], speaking, LEVELS[reading], LEVELS[writing]


def _available_from(rng: np.random.Generator, today: date) -> date:
    if rng.random() >= shares.PEOPLE.starts_later:
        return today
    return today + timedelta(days=int(rng.integers(7, 75)))


def _permit_until(rng: np.random.Generator, today: date) -> date | None:
    if rng.random() >= shares.PEOPLE.permit_ends:
        return None
    return today + timedelta(days=int(rng.integers(60, 900)))
