"""Terms that the partners agreed on, with the day from which they hold."""

from dataclasses import dataclass
from datetime import date, timedelta

from koempel.region.levers.childcare import DAYS_A_MONTH
from koempel.region.outcome import LeverKind
from koempel.region.parameters import Parameters, first_guess
from koempel.region.rows import Level
from koempel.region.rules import Rules

TERMS = Parameters(
    (
        first_guess(
            "levers.confirm_days",
            21,
            "days after which a stock that nobody confirmed counts as stale",
        ),
        first_guess(
            "levers.stale_percent",
            50,
            "percent of a stock that nobody confirmed in time on which a plan counts",
        ),
        first_guess(
            "levers.bike_price",
            {"low": 20, "high": 60},
            "euro that somebody with a voucher pays for a bike",
            "working guess, to be asked of the shop",
        ),
        first_guess(
            "levers.ebike_price",
            {"low": 0, "high": 0},
            "euro that somebody pays for the loan of an e-bike",
            "saamolimburg.be, e-bike pool",
        ),
        first_guess(
            "levers.hold_days",
            14,
            "days after the first day for which a lever is held before it is free again",
        ),
        first_guess("levers.answer_days", 5, "days in which a partner answers a request"),
        first_guess(
            "levers.nt2_hours_per_level",
            {"quick": 120, "slow": 240, "alphabet": 600},
            "hours of lessons for one level of Dutch; `alphabet` for who still learns to write",
            "integratie-inburgering.be",
        ),
        first_guess("levers.nt2_hours_per_week", 12, "hours of lessons of Dutch in a week"),
    )
)


@dataclass(frozen=True, slots=True)
class PriceBand:
    """What somebody pays, in euro: from `low` to `high`."""

    low: int
    high: int


def price_band(kind: LeverKind, today: date) -> PriceBand:
    """What somebody with a voucher pays for a bike or its loan."""
    key = {LeverKind.BIKE: "levers.bike_price", LeverKind.EBIKE_LOAN: "levers.ebike_price"}[kind]
    return PriceBand(**TERMS.value(key, today))


def last_day(kind: LeverKind, first: date) -> date | None:
    """The last day of a place that is temporary by its nature; None for all else."""
    rules = Rules.on(Parameters.read(()), first)
    days = {
        LeverKind.FLEX_CHILDCARE: 7 * rules.flex_weeks,
        LeverKind.URGENT_CHILDCARE: round(DAYS_A_MONTH * rules.urgent_months),
    }.get(kind)
    return first + timedelta(days=days - 1) if days else None


def confirm_days(today: date) -> int:
    """Days after which a stock must be confirmed again."""
    return int(TERMS.value("levers.confirm_days", today))


def stale_percent(today: date) -> int:
    """How much of a stock that nobody confirmed in time a plan counts on."""
    return int(TERMS.value("levers.stale_percent", today))


def hold_days(today: date) -> int:
    """Days for which a lever is held, from the day on which it can begin."""
    return int(TERMS.value("levers.hold_days", today))


def answer_days(today: date) -> int:
    """Days after which a request without an answer counts as silent."""
    return int(TERMS.value("levers.answer_days", today))


def dutch_between(level: Level, asked: Level, *, since: date) -> tuple[date, date]:
    """When lessons that begin on a day could bring somebody to a level: at a quick and a slow pace.

    An estimate over people; of nobody in particular it says anything.
    """
    hours = TERMS.value("levers.nt2_hours_per_level", since)
    per_week = int(TERMS.value("levers.nt2_hours_per_week", since))
    levels = list(Level)
    steps = levels[levels.index(level) : levels.index(asked)]
    found = []
    for pace in ("quick", "slow"):
        total = sum(int(hours["alphabet" if each is Level.ALPHA else pace]) for each in steps)
        found.append(since + timedelta(weeks=-(-total // per_week)))
    return found[0], found[1]
