"""The tables of a plan as CSV, for a spreadsheet in Belgium.

Semicolons, a decimal comma and a byte order mark, since that is what Excel opens without asking.
A text that a spreadsheet would run as a formula gets an apostrophe first: names in a region come
from outside.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from koempel.region.names import Names
from koempel.region.outcome import FairnessRow, LeftOut, Outcome, Price, Proposal, Share
from koempel.region.reason_words import (
    help_in_words,
    left_out_in_words,
    proposal_in_words,
    warnings_in_words,
)
from koempel.region.report.groups import groups_to_show
from koempel.region.words import (
    lever_in_words,
    obstacle_in_words,
    part_in_words,
    price_in_words,
    trip_in_words,
)

Value: TypeAlias = str | int | float | date | None

_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r", "\n")


def plan_csv(outcome: Outcome, names: Names) -> bytes:
    """Every proposal with its levers and reasons."""
    header = (
        "person", "job", "title", "employer", "start", "levers", "obstacles", "reasons", "watch",
        "worth", "travel",
    )  # fmt: skip
    return csv_bytes(header, (_proposal(each, names) for each in outcome.proposals))


def left_out_csv(outcome: Outcome, names: Names) -> bytes:
    """Everybody without a proposal, with the smallest change that would help."""
    header = ("person", "jobs_today", "jobs_with_levers", "why", "help", "help_kind", "help_jobs")
    return csv_bytes(header, (_left_out(each, names) for each in outcome.left_out))


def prices_csv(outcome: Outcome, names: Names) -> bytes:
    """What one more of each scarce thing brings."""
    header = (
        "id", "kind", "name", "part", "capacity", "used", "wanted", "unlocked", "worth",
        "placements", "in_words",
    )  # fmt: skip
    return csv_bytes(header, (_price(each, names) for each in outcome.prices))


def fairness_csv(outcome: Outcome) -> bytes:
    """How each group fares; a group that is too small to show has empty cells."""
    header = (
        "trait", "group", "name", "people",
        *_share_header("today"), *_share_header("with_levers"),
        *_share_header("proposed"), *_share_header("lever_given"),
        "ratio", "ratio_low", "ratio_high",
    )  # fmt: skip
    empty = (None,) * (len(header) - 3)
    return csv_bytes(
        header,
        (
            (it.trait, it.group, it.name, *(_fairness(it.row) if it.row else empty))
            for it in groups_to_show(outcome.fairness)
        ),
    )


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A table as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RUNS_IN_A_SPREADSHEET) else value
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)


def _proposal(it: Proposal, names: Names) -> tuple[Value, ...]:
    return (
        it.person,
        it.job,
        names.title(it.job),
        names.employer(it.job),
        it.start_on,
        " ".join(map(lever_in_words, it.levers)),
        " ".join(map(obstacle_in_words, it.obstacles)),
        " ".join(proposal_in_words(it, names)),
        " ".join(warnings_in_words(it.warnings)),
        it.worth,
        trip_in_words(it.trip),
    )


def _left_out(it: LeftOut, names: Names) -> tuple[Value, ...]:
    return (
        it.person,
        it.jobs_today,
        it.jobs_with_levers,
        left_out_in_words(it, names)[0],
        help_in_words(it.help, names),
        it.help.kind,
        it.help.jobs,
    )


def _price(it: Price, names: Names) -> tuple[Value, ...]:
    return (
        it.id, it.kind, it.name, part_in_words(it.part), it.capacity, it.used, it.wanted,
        it.unlocked, float(it.worth), float(it.placements), price_in_words(it, names),
    )  # fmt: skip


def _share_header(name: str) -> tuple[str, ...]:
    return tuple(f"{name}_{each}" for each in ("count", "share", "low", "high"))


def _fairness(it: FairnessRow) -> tuple[Value, ...]:
    shares = (it.today, it.with_levers, it.proposed, it.lever_given)
    figures = (cell for each in shares for cell in _share(each))
    return (it.people, *figures, it.ratio, it.ratio_low, it.ratio_high)


def _share(it: Share) -> tuple[Value, ...]:
    return (it.count, it.share, it.low, it.high)
