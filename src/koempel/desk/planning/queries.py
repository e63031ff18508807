"""Reads of plans and proposals; what a page gets of a person is a frozen copy."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from koempel.desk.common.context import acting, system
from koempel.desk.people.models import Person
from koempel.desk.people.queries import note_shown
from koempel.desk.planning.enums import (
    BARS,
    STANDING,
    UNDER_DECISION,
    FileKind,
    ProposalState,
    Verdict,
)
from koempel.desk.planning.fingerprints import Fingerprints
from koempel.desk.planning.models import (
    Decision,
    LeftOutPerson,
    PlanFile,
    PlannerSwitch,
    PlanRun,
    Proposal,
    Scenario,
)
from koempel.desk.planning.rules import Pair
from koempel.desk.planning.snapshot import rows_of
from koempel.region.outcome import SEAT, Help, LeverKind
from koempel.region.outcome import Proposal as ProposalFacts
from koempel.region.standing import StandingPlan, from_bytes
from koempel.region.tables import Region

PURPOSE = "plan"
SHOWN = ("K2", "K3", "K4")
"""Classes of data that a line of a proposal shows."""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One line of the list of proposals."""

    pk: int
    case_number: str
    name: str
    village: str
    title: str
    employer: str
    levers: Sequence[LeverKind]
    made_at: datetime
    decide_by: date
    state: ProposalState
    is_alive: bool


def latest_run() -> PlanRun | None:
    """The last plan that was made."""
    return PlanRun.objects.select_related("asked_by", "earlier").first()


def find_run(key: int) -> PlanRun | None:
    """A plan by its number."""
    return (
        PlanRun.objects.select_related("asked_by__organisation", "earlier").filter(pk=key).first()
    )


def paused() -> PlannerSwitch | None:
    """The act that paused the planner, or None when it may run."""
    last = PlannerSwitch.objects.select_related("by").first()
    return last if last is not None and last.is_paused else None


def scenarios() -> QuerySet[Scenario]:
    """What-ifs that somebody kept, the last first."""
    return Scenario.objects.select_related("made_by__organisation", "run")


def barred_pairs() -> list[Pair]:
    """Pairs of a person and a job that somebody decided against."""
    with acting(system(PURPOSE)):
        rows = Proposal.objects.filter(state__in=BARS, may_return=False)
        pairs = rows.order_by("person_id", "vacancy__number").values_list(
            "person_id", "vacancy__number"
        )
        return list(pairs.distinct())


def accepted_pairs() -> list[Pair]:
    """Pairs of a person and a job of which the seat is held."""
    with acting(system(PURPOSE)):
        rows = Proposal.objects.filter(state=ProposalState.ACCEPTED).order_by("pk")
        return list(rows.values_list("person_id", "vacancy__number"))


def n_accepted(vacancy: int) -> int:
    """How many seats of a vacancy are held by accepted proposals."""
    with acting(system("plaatsen tellen")):
        return Proposal.objects.filter(vacancy=vacancy, state=ProposalState.ACCEPTED).count()


def standing_plan(run: PlanRun) -> StandingPlan | None:
    """Where a run stands, to plan on from; None when it is no longer kept."""
    is_kept = run.pk in _with_file(FileKind.STATE)
    return _unpacked(run.pk, run.state_digest) if is_kept else None


# The digest as well as the key: after a restore another run may bear the same number.
@lru_cache(maxsize=2)
def _unpacked(run: int, digest: str) -> StandingPlan:
    with acting(system(PURPOSE)):
        content = PlanFile.objects.get(run=run, kind=FileKind.STATE).content
    return from_bytes(bytes(content))


def jobs_out_of_reach(run: PlanRun) -> frozenset[str]:
    """Numbers of the jobs of a run that nobody reaches, not even with levers."""
    if run.pk not in _with_file(FileKind.STATE):
        return frozenset()
    return _out_of_reach(run.pk, run.state_digest)


@lru_cache(maxsize=2)
def _out_of_reach(run: int, digest: str) -> frozenset[str]:
    standing = _unpacked(run, digest)
    taken = set(standing.problem.usage.indices.tolist())
    return frozenset(
        job
        for number, (_, job, kind) in enumerate(standing.ids.resources)
        if kind == SEAT and number not in taken
    )


def _with_file(kind: FileKind) -> set[int]:
    with acting(system(PURPOSE)):
        return set(PlanFile.objects.filter(kind=kind).values_list("run", flat=True))


def proposals_in_reach() -> QuerySet[Proposal]:
    """Proposals about people that the context may see."""
    return Proposal.objects.select_related("person__village", "vacancy__employer")


def waiting_proposals() -> QuerySet[Proposal]:
    """Those that wait for a decision."""
    return proposals_in_reach().filter(state=ProposalState.OPEN)


def standing_proposal(case_number: str) -> Proposal | None:
    """The proposal of somebody that waits or was accepted."""
    rows = proposals_in_reach().filter(person=case_number, state__in=STANDING)
    return rows.select_related("run", "vacancy__establishment__village").first()


def proposals_of(person: Person) -> QuerySet[Proposal]:
    """Everything that was ever proposed to somebody, the last first."""
    rows = Proposal.objects.filter(person=person).select_related("vacancy__employer", "run")
    return rows.order_by("-made_at", "-pk")


def decisions_of(person: Person) -> QuerySet[Decision]:
    """Everything that was decided about somebody, the last first."""
    rows = Decision.objects.filter(proposal__person=person)
    return rows.select_related("by__organisation", "proposal__vacancy__employer")


def last_decision(proposal: Proposal) -> Decision | None:
    """The decision by which a proposal is what it is."""
    rows = Decision.objects.filter(proposal=proposal, verdict__in=UNDER_DECISION)
    return rows.select_related("by").first()


def help_for(case_number: str) -> Help | None:
    """What would help somebody for whom the latest plan found nothing."""
    row = LeftOutPerson.objects.filter(person=case_number).first()
    return row.help if row is not None else None


def proposal_rows(proposals: Sequence[Proposal], *, today: date) -> list[ProposalRow]:
    """The lines of a list; notes the disclosure."""
    alive = alive_of(proposals, today=today)
    for each in SHOWN:
        note_shown((row.person_id for row in proposals), (each,))
    return [_row(row, row.pk in alive) for row in proposals]


def _row(row: Proposal, is_alive: bool) -> ProposalRow:
    content = row.content
    return ProposalRow(
        pk=row.pk,
        case_number=row.person_id,
        name=row.person.name,
        village=row.person.village.name,
        title=row.vacancy.title,
        employer=row.vacancy.employer.name,
        levers=[each.kind for each in content.levers],
        made_at=row.made_at,
        decide_by=row.decide_by,
        state=ProposalState(row.state),
        is_alive=is_alive,
    )


def alive_of(proposals: Iterable[Proposal], *, today: date) -> set[int]:
    """Those whose facts are still what they were, and whose first day is still to come."""
    rows = list(proposals)
    return alive_among(_leaned_on([row.content for row in rows], today), rows, today=today)


def alive_among(region: Region, proposals: Iterable[Proposal], *, today: date) -> set[int]:
    """The same, by the rows of a region that was read with all that they lean on."""
    taken = Fingerprints(region)
    return {
        row.pk
        for row in proposals
        if taken.of(row.content) == row.fingerprint and row.content.start_on >= today
    }


def fingerprints_now(contents: Collection[ProposalFacts], *, today: date) -> list[str]:
    """Fingerprints of what some proposals lean on, as the tables are now."""
    taken = Fingerprints(_leaned_on(contents, today))
    return [taken.of(each) for each in contents]


def _leaned_on(contents: Collection[ProposalFacts], today: date) -> Region:
    people, jobs = {each.person for each in contents}, {each.job for each in contents}
    return rows_of(people, jobs, today)


def days_to_decide(first: datetime) -> dict[date, list[int]]:
    """For each month since a moment, by its first day: the days that each decision took.

    What was taken back is no decision. Who takes another way decides once: the acceptance of that
    way comes with it.
    """
    undone = Decision.objects.filter(
        proposal=OuterRef("proposal"), verdict=Verdict.TAKE_BACK, at__gte=OuterRef("at")
    )
    rows = Decision.objects.filter(
        verdict__in=UNDER_DECISION, proposal__changes__isnull=True, at__gte=first
    ).exclude(Exists(undone))
    found: dict[date, list[int]] = defaultdict(list)
    for at, made_at in rows.order_by("at").values_list("at", "proposal__made_at"):
        found[timezone.localdate(at).replace(day=1)].append((at - made_at).days)
    return dict(found)
