"""What whoever watches over the planner asks: what people decided on each run, and how.

Counts of decisions, never of whom they were about.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from django.db.models import QuerySet

from koempel.desk.common.context import acting, system
from koempel.desk.jobs.reach import FEW
from koempel.desk.planning.enums import UNDER_DECISION, ProposalState, Reason, Verdict
from koempel.desk.planning.models import Decision, PlannerSwitch, PlanRun, Proposal
from koempel.desk.planning.terms import quick_seconds, quick_share
from koempel.desk.work.actions import KEPT_FOR
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work
from koempel.region.parameters import Status

PURPOSE = "toezicht op de planner"


@dataclass(frozen=True, slots=True)
class RunDecisions:
    """What people decided on the proposals of a run.

    Attributes
    ----------
    reasons : dict
        How often each reason was given against a proposal.
    seconds : tuple of int
        How long they looked, the shortest first, where that is known.
    quick : int
        Acceptances within a few seconds (`terms.quick_seconds`).
    """

    accepted: int = 0
    changed: int = 0
    refused: int = 0
    reasons: dict[Reason, int] = field(default_factory=dict)
    seconds: tuple[int, ...] = ()
    quick: int = 0

    @property
    def against(self) -> int:
        """How many take another way than the plan proposed."""
        return self.changed + self.refused

    @property
    def decided(self) -> int:
        """How many decisions there are."""
        return self.accepted + self.against

    @property
    def agreement(self) -> float | None:
        """Share of the decisions that follow the plan."""
        return self.accepted / self.decided if self.decided else None

    @property
    def median_seconds(self) -> float | None:
        """How long somebody looked, in the middle; None when too few decided to tell."""
        return median(self.seconds) if len(self.seconds) >= FEW else None

    def is_rubber_stamped(self, today: date) -> bool:
        """Whether people seem to accept without looking."""
        return self.decided >= FEW and self.quick >= quick_share(today) * self.decided


def decisions_per_run(runs: Iterable[PlanRun], *, today: date) -> dict[int, RunDecisions]:
    """What was decided on the proposals of some runs.

    Accepting a way that a guide chose is part of the decision to change, and is not counted again.
    """
    keys = [run.pk for run in runs]
    found: dict[int, list[tuple[str, str, int | None]]] = {key: [] for key in keys}
    with acting(system(PURPOSE)):
        rows = Decision.objects.filter(
            proposal__run__in=keys, proposal__changes=None, verdict__in=UNDER_DECISION
        ).order_by()
        columns = ("proposal__run", "verdict", "reason", "seconds_looked")
        for run, verdict, reason, seconds in rows.values_list(*columns):
            found[run].append((verdict, reason, seconds))
    within = quick_seconds(today)
    return {run: _counted(decisions, within) for run, decisions in found.items()}


def _counted(decisions: list[tuple[str, str, int | None]], within: int) -> RunDecisions:
    verdicts = Counter(verdict for verdict, _, _ in decisions)
    against = (reason for verdict, reason, _ in decisions if verdict != Verdict.ACCEPT)
    return RunDecisions(
        accepted=verdicts[Verdict.ACCEPT],
        changed=verdicts[Verdict.CHANGE],
        refused=verdicts[Verdict.REFUSE],
        reasons={Reason(each): n for each, n in Counter(against).most_common() if each},
        seconds=tuple(sorted(each for _, _, each in decisions if each is not None)),
        quick=sum(
            verdict == Verdict.ACCEPT and seconds is not None and seconds < within
            for verdict, _, seconds in decisions
        ),
    )


def proposals_by_state(run: PlanRun) -> dict[ProposalState, int]:
    """How many proposals of a run stand in each state."""
    with acting(system(PURPOSE)):
        states = Proposal.objects.filter(run=run, changes=None).values_list("state", flat=True)
        return {ProposalState(each): n for each, n in Counter(states.order_by()).items()}


def runs() -> QuerySet[PlanRun]:
    """Every plan that was made, the last first."""
    return PlanRun.objects.select_related("asked_by__organisation", "earlier")


def drafts(run: PlanRun) -> list[str]:
    """Parameters of a run that nobody has confirmed."""
    return sorted(
        key for key, row in run.parameters.items() if row["version"].endswith(Status.DRAFT)
    )


def work_without_result(kinds: Iterable[str], now: datetime) -> QuerySet[Work]:
    """Work of some kinds that failed or was stopped in the last month."""
    ended = Work.objects.filter(kind__in=list(kinds), state__in=(State.FAILED, State.STOPPED))
    return ended.filter(ended_at__gte=now - KEPT_FOR).select_related("owner__organisation")


def work_on(kind: str, run: int) -> QuerySet[Work]:
    """Work of a kind that was done about a run, the last first."""
    done = Work.objects.filter(kind=kind, state=State.DONE, result__run=run)
    return done.select_related("owner")


def switches() -> QuerySet[PlannerSwitch]:
    """Every time that the planner was paused or went on, the last first."""
    return PlannerSwitch.objects.select_related("by")
