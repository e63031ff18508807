"""The invented vacancies."""

from datetime import date, timedelta

import numpy as np

from koempel.region.rows import Contract, EmployerKind, Job, Level, Measure
from koempel.region.synthetic.draw import Tick, Weighted, chosen, pick, pick_one, stream
from koempel.region.synthetic.firms import Firm
from koempel.region.synthetic.occupations import Occupation
from koempel.region.synthetic.weeks import PATTERNS
from koempel.region.windows import parse_rotation

SEATS_PER_PERSON = 0.55
MOST_SEATS = 6

CONTRACTS: dict[EmployerKind, Weighted[Contract]] = {
    EmployerKind.SOCIAL: (
        (Contract.INDEFINITE, 75),
        (Contract.FIXED, 20),
        (Contract.REPLACEMENT, 5),
    ),
    EmployerKind.REGULAR: (
        (Contract.INDEFINITE, 62),
        (Contract.FIXED, 15),
        (Contract.REPLACEMENT, 6),
        (Contract.TEMP_AGENCY, 17),
    ),
}

EXCLUSIVE: Weighted[tuple[Measure, ...]] = (
    ((Measure.COLLECTIVE_MAATWERK,), 50),
    ((Measure.COLLECTIVE_MAATWERK, Measure.ARTICLE_60), 14),
    ((Measure.ARTICLE_60,), 16),
    ((Measure.COLLECTIVE_MAATWERK, Measure.INDIVIDUAL_MAATWERK), 8),
    ((Measure.INDIVIDUAL_MAATWERK,), 5),
    ((Measure.TEMPORARY_WORK_EXPERIENCE,), 4),
    ((Measure.WIJK_WERKEN,), 3),
)
"""For whom the vacancies of social enterprises are kept."""

OPEN_TO_ALL_IN_SOCIAL = 0.10

STILL_OPEN_DAYS = (14, 100)
"""Between the first and the last possible start."""


def draw_jobs(
    firms: tuple[Firm, ...], n: int, *, people: int, seed: int, today: date, tick: Tick
) -> tuple[Job, ...]:
    """Draw the vacancies of the firms; their seats come to somewhat over half of the people.

    `tick` is called for every vacancy.
    """
    rng = stream(seed, "jobs")
    offered_by = pick(rng, [(firm, firm.weight) for firm in firms], n)
    seats = _seats(rng, n, people)
    found = []
    for number, (firm, count) in enumerate(zip(offered_by, seats, strict=True), start=1):
        found.append(_job(rng, f"J-{number:05}", firm, count, today))
        tick()
    return tuple(found)


def _seats(rng: np.random.Generator, n: int, people: int) -> list[int]:
    mean = max(1.0, SEATS_PER_PERSON * people / max(n, 1))
    return [int(each) for each in rng.geometric(1 / mean, n).clip(1, MOST_SEATS)]


def _job(rng: np.random.Generator, key: str, firm: Firm, seats: int, today: date) -> Job:
    work = firm.work[min(int(rng.integers(3)), len(firm.work) - 1)]
    pattern = pick_one(
        rng, [(each, each.weight) for each in PATTERNS[pick_one(rng, work.families)]]
    )
    start_from = today + timedelta(days=int(rng.integers(0, 61)))
    listening, speaking, reading, writing = _dutch(rng, work)
    return Job(
        id=key,
        employer=firm.row.id,
        title=work.titles[rng.integers(len(work.titles))],
        isco=work.isco,
        village=firm.village,
        lon=firm.lon,
        lat=firm.lat,
        seats=seats,
        start_from=start_from,
        start_to=start_from + timedelta(days=int(rng.integers(*STILL_OPEN_DAYS))),
        shifts=parse_rotation(pattern.shifts),
        hours_per_week=pattern.hours,
        contract=pick_one(rng, CONTRACTS[firm.row.kind]),
        dutch_listening=listening,
        dutch_speaking=speaking,
        dutch_reading=reading,
        dutch_writing=writing,
        skills=chosen(rng, work.skills),
        licences=chosen(rng, work.licences),
        strains=chosen(rng, work.strains),
        measures=_measures(rng, firm),
    )


def _measures(rng: np.random.Generator, firm: Firm) -> tuple[Measure, ...]:
    if firm.row.kind is EmployerKind.REGULAR or rng.random() < OPEN_TO_ALL_IN_SOCIAL:
        return ()
    return pick_one(rng, EXCLUSIVE)


def _dutch(rng: np.random.Generator, work: Occupation) -> tuple[Level, Level, Level, Level]:
    """Listening and speaking alike; reading and sometimes writing lower, for some jobs."""
    speaking = pick_one(rng, work.speaking)
    levels = tuple(Level)
    lower = levels[max(0, levels.index(speaking) - 1)]
    draws = rng.random(2)
    reading = lower if draws[0] < work.paper else Level.ALPHA
    writing = lower if draws[1] < work.paper / 3 else Level.ALPHA
    return speaking, speaking, reading, writing
