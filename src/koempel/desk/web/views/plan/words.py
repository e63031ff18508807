"""Words about a plan and about a what-if, for people who direct."""

from collections.abc import Iterable, Sequence

from koempel.desk.jobs.reach import FEW
from koempel.desk.planning.enums import Reason
from koempel.desk.planning.models import PlanRun
from koempel.desk.planning.oversight import RunDecisions, drafts
from koempel.desk.planning.small_numbers import shown
from koempel.desk.planning.what_ifs import FLOOR, NEW_JOB, Changed
from koempel.desk.web.pages.values import Fact
from koempel.region import dutch
from koempel.region.outcome import SEAT, LeverKind
from koempel.region.vocabulary import LEVERS
from koempel.region.words import quality_in_words

HIDDEN = "te klein om te tonen"
TOO_FEW = "te weinig om te tonen"
WIDE_GAP = 0.01


def number(count: int | None) -> str:
    """A count of people, or that it stays hidden."""
    return HIDDEN if count is None else dutch.number(count)


def facts(labels: Sequence[str], counts: Sequence[int]) -> list[Fact]:
    """Counts that together are all there is, without the small ones."""
    cells = shown(counts).cells
    return [Fact(label, number(cell)) for label, cell in zip(labels, cells, strict=True)]


def quality(run: PlanRun) -> str:
    """How good a plan is."""
    return quality_in_words(run.status, run.gap)


def warnings_of(run: PlanRun) -> list[str]:
    """What whoever reads a plan must know first."""
    n_drafts = len(drafts(run))
    found = [
        f"{each.name}: {_short(each.shortfall)} onder het gevraagde aantal van "
        f"{dutch.number(each.at_least)}."
        for each in run.floor_results
        if each.shortfall
    ]
    if run.status == "stopped":
        found.append("De planner is vroeger gestopt. Een beter plan is mogelijk.")
    if run.gap > WIDE_GAP:
        found.append(f"Er is meer dan 1 procent ruimte: {quality(run)}.")
    if n_drafts:
        count = dutch.count(n_drafts, "parameter is", "parameters zijn")
        found.append(f"{dutch.capital(count)} nog een voorlopige waarde.")
    return found


def _short(count: int) -> str:
    return "minder dan 5" if count < FEW else dutch.number(count)


def agreement(decisions: RunDecisions) -> str:
    """How often people follow the plan; not where it would count out a few."""
    share = decisions.agreement
    if share is None:
        return ""
    if None in shown([decisions.accepted, decisions.against]).cells:
        return TOO_FEW
    return dutch.percent(share)


def looked(decisions: RunDecisions) -> str:
    """How long people looked before they decided, in the middle."""
    seconds = decisions.median_seconds
    if seconds is None:
        return TOO_FEW if decisions.decided else ""
    if seconds < 90:
        return f"{dutch.number(seconds)} seconden"
    return f"{dutch.number(seconds / 60)} minuten"


def reasons(decisions: RunDecisions) -> list[tuple[str, str]]:
    """Why people took another way, the most frequent reason first."""
    cells = shown(list(decisions.reasons.values())).cells
    return [
        (Reason(reason).label, number(cell))
        for reason, cell in zip(decisions.reasons, cells, strict=True)
    ]


# ---- what-ifs -----------------------------------------------------------------------------------

NAMED = 3
"""Changes that a line names; the others are counted."""


def changes_in_words(changes: Iterable[Changed], *, named: int = NAMED) -> str:
    """What is changed, in a line without a full stop."""
    phrases = [_change(each) for each in changes]
    if len(phrases) > named:
        rest = dutch.count(len(phrases) - named + 1, "andere verandering", "andere veranderingen")
        phrases = [*phrases[: named - 1], rest]
    return dutch.capital(dutch.joined(phrases)) if phrases else ""


def _change(it: Changed) -> str:
    if it.kind == FLOOR:
        return f"minstens {dutch.count(it.after, 'voorstel', 'voorstellen')} in {it.name}"
    if it.kind == NEW_JOB:
        return f"{dutch.count(it.after, 'plaats', 'plaatsen')} in de nieuwe job {it.name}"
    if it.kind == SEAT and not it.after:
        return f"de job {it.name} stopt"
    return f"{_more(it)} {_where(it)}"


def _more(it: Changed) -> str:
    more = it.after - it.before
    words = None if it.kind == SEAT else LEVERS[LeverKind(it.kind)]
    one, several = (words.unit, words.units) if words else ("plaats", "plaatsen")
    return f"{dutch.count(abs(more), one, several)} {'meer' if more > 0 else 'minder'}"


def _where(it: Changed) -> str:
    if it.kind == SEAT:
        return f"als {it.name}"
    return LEVERS[LeverKind(it.kind)].where.format(name=it.name)
