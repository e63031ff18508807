"""Making a plan of the tables and keeping it: what reads takes seconds, what writes is one
transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.models import Person
from koempel.desk.planning.choices import region_to_plan
from koempel.desk.planning.enums import FileKind, ProposalState
from koempel.desk.planning.facts import as_json, figures_of
from koempel.desk.planning.fingerprints import Fingerprints
from koempel.desk.planning.models import LeftOutPerson, PlanFile, PlanRun, Proposal
from koempel.desk.planning.queries import (
    PURPOSE,
    accepted_pairs,
    barred_pairs,
    latest_run,
    standing_plan,
)
from koempel.desk.planning.rules import Pair, Renewal, Standing, renew
from koempel.desk.planning.terms import decide_by
from koempel.region.outcome import LeftOut
from koempel.region.packing import pack_region
from koempel.region.plan import Plan, Progress, make_plan
from koempel.region.region_toml import Floor
from koempel.region.standing import to_bytes
from koempel.region.tables import Region

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a plan is made from: the same inputs give the same plan."""

    region: Region
    packed: bytes
    barred: tuple[Pair, ...]
    earlier: PlanRun | None
    seed: int


@dataclass(frozen=True, slots=True)
class Made:
    """A plan with what it was made from, and packed to keep: that takes too long for `keep`."""

    inputs: Inputs
    plan: Plan
    state: bytes


def read_inputs(today: date, *, floors: Mapping[str, int], seed: int = 0) -> Inputs:
    """Read the tables as a plan of today needs them.

    Parameters
    ----------
    floors : mapping
        Per NIS code at least how many proposals; 0 for those that are not in it.
    """
    region = region_to_plan(today)
    towns = {each.nis: 0 for each in region.municipalities} | dict(floors)
    region = replace(region, floors=tuple(Floor(nis, n) for nis, n in sorted(towns.items())))
    packed, digest = pack_region(region)
    region = replace(region, digest=digest)
    return Inputs(region, packed, tuple(barred_pairs()), latest_run(), seed)


def make(inputs: Inputs, progress: Progress | None = None) -> Made:
    """Plan, from where the earlier plan stands."""
    earlier = standing_plan(inputs.earlier) if inputs.earlier else None
    plan = make_plan(
        inputs.region,
        seed=inputs.seed,
        barred=inputs.barred,
        earlier=earlier,
        progress=progress,
    )
    return Made(inputs, plan, to_bytes(plan.standing))


@transaction.atomic
def keep(made: Made, *, by: User | None, asked_at: datetime, at: datetime) -> PlanRun:
    """Keep a plan with its files, and bring the proposals that wait in line with it."""
    with acting(system(PURPOSE)):
        waiting = _waiting()
        renewal = _renewal(made, waiting)
        run = _run(made, renewal, by=by, asked_at=asked_at, at=at)
        run.save(force_insert=True)
        PlanFile.objects.bulk_create(
            PlanFile(run=run, kind=kind, content=content)
            for kind, content in (
                (FileKind.INPUTS, made.inputs.packed),
                (FileKind.STATE, made.state),
            )
        )
        # Erased while the plan was being made: nothing is written of them.
        known = set(Person.objects.values_list("pk", flat=True))
        prints = Fingerprints(made.inputs.region)
        _write_kept(run, renewal, waiting, prints, at=at)
        _write_new(run, renewal, known, prints, at=at)
        _write_left_out(run, made.plan.outcome.left_out, known)
    audit.record("planning.run", kind="plan", objects=[str(run.pk)], at=at)
    return run


def _waiting() -> dict[int, Proposal]:
    """Proposals that wait for a decision, locked until the plan is kept."""
    rows = Proposal.objects.filter(state=ProposalState.OPEN).select_for_update(of=("self",))
    return {row.pk: row for row in rows}


def _renewal(made: Made, waiting: Mapping[int, Proposal]) -> Renewal:
    standing = {
        row.person_id: Standing(row.pk, content.job, content.takes)
        for row in waiting.values()
        for content in [row.content]
    }
    # Looked at again: somebody may have decided while the plan was being made.
    settled = {person for person, _ in accepted_pairs()}
    return renew(standing, made.plan.outcome.proposals, settled=settled, barred=set(barred_pairs()))


def _run(
    made: Made, renewal: Renewal, *, by: User | None, asked_at: datetime, at: datetime
) -> PlanRun:
    outcome, inputs = made.plan.outcome, made.inputs
    record = outcome.run
    return PlanRun(
        plan_date=inputs.region.date,
        asked_by=by,
        asked_at=asked_at,
        made_at=at,
        earlier=inputs.earlier,
        inputs_digest=inputs.region.digest,
        state_digest=sha256(made.state).hexdigest(),
        barred=[list(pair) for pair in inputs.barred],
        floors={each.of: each.at_least for each in inputs.region.floors},
        seed=inputs.seed,
        koempel_version=record.koempel_version,
        parameters=as_json(record.parameters),
        versions=record.versions,
        seconds=record.seconds,
        people=record.people,
        jobs=record.jobs,
        seats=record.seats,
        options=record.options,
        proposals=record.proposals,
        reach_today=outcome.reach_today,
        reach_with_levers=outcome.reach_with_levers,
        no_way=outcome.no_way,
        one_step_away=outcome.one_step_away,
        status=record.status,
        value=record.value,
        bound=int(record.bound),
        gap=record.gap,
        figures=figures_of(outcome),
        kept=len(renewal.kept),
        gained=renewal.gained,
        moved=renewal.moved,
        lost=renewal.lost,
    )


def _write_kept(
    run: PlanRun,
    renewal: Renewal,
    waiting: Mapping[int, Proposal],
    prints: Fingerprints,
    *,
    at: datetime,
) -> None:
    replaced = Proposal.objects.filter(pk__in=renewal.replaced)
    replaced.update(state=ProposalState.REPLACED, changed_at=at)
    for key, each in renewal.kept:
        row = waiting[key]
        row.run, row.facts, row.fingerprint, row.changed_at = (
            run,
            as_json(each),
            prints.of(each),
            at,
        )
    # They all exist and are locked. `bulk_update` writes one case per row and column, which takes
    # eight times as long.
    Proposal.objects.bulk_create(
        [waiting[key] for key, _ in renewal.kept],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=("pk",),
        update_fields=("run", "facts", "fingerprint", "changed_at"),
    )


def _write_new(
    run: PlanRun, renewal: Renewal, known: Collection[str], prints: Fingerprints, *, at: datetime
) -> None:
    vacancies = dict(
        Vacancy.objects.filter(number__in={each.job for each in renewal.new}).values_list(
            "number", "pk"
        )
    )
    term = decide_by(timezone.localdate(at))
    Proposal.objects.bulk_create(
        (
            Proposal(
                person_id=each.person,
                vacancy_id=vacancies[each.job],
                run=run,
                state=ProposalState.OPEN,
                facts=as_json(each),
                fingerprint=prints.of(each),
                made_at=at,
                decide_by=term,
                changed_at=at,
            )
            for each in renewal.new
            # Taken off the table while the plan was being made.
            if each.person in known and each.job in vacancies
        ),
        batch_size=_BATCH,
    )


def _write_left_out(run: PlanRun, left_out: Iterable[LeftOut], known: Collection[str]) -> None:
    """Replace what the plan before said of those without a proposal."""
    LeftOutPerson.objects.all().delete()
    LeftOutPerson.objects.bulk_create(
        (
            LeftOutPerson(
                person_id=each.person,
                run=run,
                jobs_today=each.jobs_today,
                jobs_with_levers=each.jobs_with_levers,
                facts=as_json(each.help),
            )
            for each in left_out
            if each.person in known
        ),
        batch_size=_BATCH,
    )
