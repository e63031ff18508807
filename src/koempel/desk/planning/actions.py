"""What people do with proposals and with the planner. Each action is one transaction.

A proposal is locked before it is looked at, so that of two people who decide at once one wins and
the other is told.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.context import acting, current, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.jobs.actions import lock_vacancy
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.actions import note_proposal
from koempel.desk.planning.bookings import hold_levers, lock_held, lock_levers, release_levers
from koempel.desk.planning.enums import (
    BARS,
    STANDING,
    UNDER_DECISION,
    FileKind,
    ProposalState,
    Verdict,
)
from koempel.desk.planning.errors import (
    FullError,
    NotNowError,
    PausedError,
    PlanningError,
    TooLateError,
    TooOftenError,
)
from koempel.desk.planning.facts import as_json
from koempel.desk.planning.fingerprints import Fingerprints
from koempel.desk.planning.models import (
    Decision,
    PlanFile,
    PlannerSwitch,
    PlanRun,
    Proposal,
    Scenario,
)
from koempel.desk.planning.queries import (
    PURPOSE,
    alive_of,
    fingerprints_now,
    last_decision,
    n_accepted,
    paused,
)
from koempel.desk.planning.rules import Words, check_alive, check_decides
from koempel.desk.planning.snapshot import rows_of
from koempel.desk.planning.terms import files_kept_for, undo_within
from koempel.desk.planning.what_ifs import NEW_JOB, Answer
from koempel.region.outcome import Proposal as Way
from koempel.region.standing import read_ids

CLASSES = ("K2", "K4")
WHAT_IF = "planning.what-if"
WHAT_IFS_A_MINUTE = 60
"""More than a slider asks for in the hands of somebody who reads the answers."""


@transaction.atomic
def accept_proposal(key: int, words: Words, *, by: User, at: datetime) -> Decision:
    """Accept a proposal: its seat and its levers are held from now on.

    Raises
    ------
    PlanningError
        When it cannot be decided now, its facts have changed, the planner is paused, or others took
        the seat.
    NothingFreeError
        When others took the last of a lever; then nothing changes.
    """
    _refuse_paused()
    proposal = _locked(key)
    return _accept(proposal, words, by=by, at=at)


@transaction.atomic
def change_proposal(key: int, way: Way, words: Words, *, by: User, at: datetime) -> Decision:
    """Accept another way in place of what was proposed; gives the decision on the new one.

    Parameters
    ----------
    way : Way
        One of the ways of this person that are free now (`koempel.region.ways`).

    Raises
    ------
    As `accept_proposal`.
    """
    _refuse_paused()
    proposal = _locked(key)
    if way.person != proposal.person_id:
        raise PlanningError("Deze weg is voor iemand anders.")
    vacancy = _vacancy_of(way)
    _lock_what_it_takes(vacancy, way)
    _decide(proposal, Verdict.CHANGE, words, by=by, at=at)
    made = _made_by_hand(proposal, vacancy, way, at=at)
    return _accept(made, words, by=by, at=at, reason_of=Verdict.CHANGE)


@transaction.atomic
def refuse_proposal(key: int, words: Words, *, by: User, at: datetime) -> Decision:
    """Decide against a proposal; no plan makes it again."""
    proposal = _locked(key)
    return _decide(proposal, Verdict.REFUSE, words, by=by, at=at)


@transaction.atomic
def withdraw_proposal(key: int, words: Words, *, by: User, at: datetime) -> Decision:
    """End an accepted proposal; the seat and what nobody uses yet come free."""
    proposal = _locked(key)
    accepted = last_decision(proposal)
    if accepted is not None:
        lock_held(accepted)
    decision = _decide(proposal, Verdict.WITHDRAW, words, by=by, at=at)
    if accepted is not None:
        release_levers(accepted, by=decision)
    return decision


@transaction.atomic
def take_back(key: int, *, by: User, at: datetime) -> Proposal:
    """Undo one's own decision within the term; the proposal waits again.

    Raises
    ------
    TooLateError
        When the term is over, or somebody else decided.
    NotNowError
        When the person has another proposal in the meantime, or a lever is in use.
    """
    proposal = _locked(key)
    last = last_decision(proposal)
    if last is None or last.by_id != by.pk:
        raise TooLateError("Alleen wie besliste, kan de beslissing terugnemen.")
    if at - last.at > undo_within(timezone.localdate(at)):
        raise TooLateError(
            "Terugnemen kan niet meer. Trek de aanvaarding in, of laat het voorstel weer toe."
        )
    original = proposal.changes
    if original is not None:
        _undo(proposal, last, ProposalState.WITHDRAWN, by=by, at=at)
        made = last_decision(_locked(original.pk))
        return _undo(original, made or last, ProposalState.OPEN, by=by, at=at)
    return _undo(proposal, last, ProposalState.OPEN, by=by, at=at)


@transaction.atomic
def allow_again(key: int, *, by: User, at: datetime) -> Proposal:
    """Let a pair that was decided against be proposed again."""
    proposal = _locked(key)
    if proposal.may_return or proposal.state not in BARS:
        raise NotNowError("Dit voorstel houdt niets tegen.")
    proposal.may_return, proposal.changed_at = True, at
    proposal.save()
    _note(proposal, Verdict.ALLOW, Words(), by=by, at=at)
    return proposal


def lock_accepted(case_number: str, vacancy: int) -> None:
    """Lock what `conclude_proposal` and `reopen_proposal` change, before anything is written."""
    rows = Proposal.objects.filter(person=case_number, vacancy=vacancy)
    # Not one that waits: whoever accepts it locks it first, and then the vacancy.
    accepted = rows.filter(state__in=(ProposalState.ACCEPTED, ProposalState.DONE))
    list(accepted.order_by("pk").select_for_update(of=("self",)))


def conclude_proposal(case_number: str, vacancy: int, *, at: datetime) -> int:
    """Note that an accepted proposal became work; its seat counts as taken from now on."""
    return _moved(case_number, vacancy, ProposalState.ACCEPTED, ProposalState.DONE, at=at)


def reopen_proposal(case_number: str, vacancy: int, *, at: datetime) -> int:
    """Note that what became work did not after all; its seat is held again."""
    return _moved(case_number, vacancy, ProposalState.DONE, ProposalState.ACCEPTED, at=at)


def bury_dead_proposals(today: date, *, at: datetime) -> int:
    """End the proposals whose facts have changed; gives how many."""
    with acting(system(PURPOSE)), transaction.atomic():
        waiting = Proposal.objects.filter(state=ProposalState.OPEN).select_for_update(of=("self",))
        rows = list(waiting)
        alive = alive_of(rows, today=today)
        dead = [row.pk for row in rows if row.pk not in alive]
        return Proposal.objects.filter(pk__in=dead).update(state=ProposalState.DEAD, changed_at=at)


@transaction.atomic
def pause_planner(reason: str, *, by: User, at: datetime) -> PlannerSwitch:
    """Stop planning: no new plan, and nobody accepts what an old one proposed.

    Raises
    ------
    PlanningError
        When no reason is given, or the planner is paused already.
    """
    if not reason.strip():
        raise PlanningError("Schrijf waarom de planner moet stoppen.")
    if paused() is not None:
        raise PlanningError("De planner is al gepauzeerd.")
    audit.record("planning.pause", kind="plan", at=at)
    return PlannerSwitch.objects.create(is_paused=True, by=by, at=at, reason=reason)


@transaction.atomic
def resume_planner(*, by: User, at: datetime) -> PlannerSwitch:
    """Let the planner run again.

    Raises
    ------
    PlanningError
        When it is not paused.
    """
    if paused() is None:
        raise PlanningError("De planner is niet gepauzeerd.")
    audit.record("planning.resume", kind="plan", at=at)
    return PlannerSwitch.objects.create(is_paused=False, by=by, at=at)


def note_what_if(*, at: datetime) -> None:
    """Write down that somebody asks a what-if, and refuse who asks too many.

    The audit trail is the count, so there is nothing to keep beside it.

    Raises
    ------
    TooOftenError
    """
    who = current()
    lately = AuditEvent.objects.filter(
        organisation=who.organisation, at__gt=at - timedelta(minutes=1), actor=who.user
    )
    if lately.filter(verb=WHAT_IF).count() >= WHAT_IFS_A_MINUTE:
        raise TooOftenError(
            "Je vroeg heel veel na elkaar. Wacht een minuut en probeer het opnieuw."
        )
    audit.record(WHAT_IF, kind="plan", at=at)


@transaction.atomic
def keep_scenario(name: str, run: PlanRun, answer: Answer, *, by: User, at: datetime) -> Scenario:
    """Keep a what-if with what came of it, to look at and to share.

    Raises
    ------
    PlanningError
        When nothing was changed.
    """
    if not answer.changes:
        raise PlanningError("Verander eerst iets. Dan is er een scenario om te bewaren.")
    audit.record("planning.scenario", kind="plan", objects=[str(run.pk)], at=at)
    return Scenario.objects.create(
        name=name,
        run=run,
        # New jobs stand in the answer, whole.
        changes={each.what: each.after for each in answer.changes if each.kind != NEW_JOB},
        answer=as_json(answer),
        made_by=by,
        made_at=at,
    )


def drop_old_files(today: date, *, at: datetime) -> int:
    """Remove the files of runs that are older than the term; gives how many.

    The latest run keeps its own: the next plan goes on from there.
    """
    with acting(system(PURPOSE)):
        last = PlanRun.objects.values_list("pk", flat=True).first()
        old = PlanFile.objects.filter(run__made_at__lt=at - files_kept_for(today))
        return old.exclude(run=last).delete()[0]


def forget_inputs_with(case_number: str) -> int:
    """Remove the inputs of every run that a person stands in; gives how many.

    Such a run keeps its figures and its digests, and can no longer be made again.
    """
    with acting(system(PURPOSE)):
        states = PlanFile.objects.filter(kind=FileKind.STATE).values_list("run", "content")
        runs = [run for run, state in states if case_number in read_ids(bytes(state)).people]
        return PlanFile.objects.filter(run__in=runs, kind=FileKind.INPUTS).delete()[0]


# ---- steps of an action -----------------------------------------------------------------------


def _moved(
    case_number: str, vacancy: int, start: ProposalState, to: ProposalState, *, at: datetime
) -> int:
    rows = Proposal.objects.filter(person=case_number, vacancy=vacancy, state=start)
    return rows.update(state=to, changed_at=at)


def _refuse_paused() -> None:
    if paused() is not None:
        raise PausedError(
            "De planner is gepauzeerd, dus een voorstel aanvaarden kan nu niet. Vraag de regisseur "
            "wanneer hij weer aan gaat."
        )


def _locked(key: int) -> Proposal:
    """A proposal within reach of the context, locked."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("vacancy", "person")
    found = rows.filter(pk=key).first()
    if found is None:
        raise PlanningError("Dit voorstel bestaat niet.")
    return found


def _accept(
    proposal: Proposal,
    words: Words,
    *,
    by: User,
    at: datetime,
    reason_of: Verdict = Verdict.ACCEPT,
) -> Decision:
    content, today = proposal.content, timezone.localdate(at)
    (now,) = fingerprints_now([content], today=today)
    check_alive(fingerprint=proposal.fingerprint, now=now, start_on=content.start_on, today=today)
    _lock_what_it_takes(proposal.vacancy, content)
    decision = _decide(proposal, Verdict.ACCEPT, words, by=by, at=at, reason_of=reason_of)
    hold_levers(content, decision)
    return decision


def _lock_what_it_takes(vacancy: Vacancy, way: Way) -> None:
    """Lock the job and then the levers, before anything is written in the trail."""
    locked = lock_vacancy(vacancy.pk)
    if n_accepted(vacancy.pk) >= locked.seats - locked.taken:
        raise FullError("Alle plaatsen van deze job zijn intussen ingevuld. Kies een andere weg.")
    lock_levers(way)


def _decide(
    proposal: Proposal,
    verdict: Verdict,
    words: Words,
    *,
    by: User,
    at: datetime,
    reason_of: Verdict | None = None,
) -> Decision:
    proposal.state = check_decides(
        by.role, verdict, proposal.state, words, reason_of=reason_of or verdict
    )
    proposal.changed_at = at
    proposal.save()
    return _note(proposal, verdict, words, by=by, at=at)


def _note(
    proposal: Proposal, verdict: Verdict, words: Words, *, by: User, at: datetime
) -> Decision:
    decision = Decision.objects.create(
        proposal=proposal,
        verdict=verdict,
        by=by,
        at=at,
        reason=words.reason or "",
        motivation=words.motivation,
        disagrees=words.disagrees,
        seconds_looked=words.seconds_looked,
    )
    title = f"Voorstel {verdict.label}: {proposal.vacancy.title}"[:200]
    note_proposal(proposal.person, title=title, text=words.motivation, by=by, at=at)
    audit.record(
        f"planning.{verdict.lower()}",
        kind="person",
        objects=[proposal.person_id],
        classes=CLASSES,
        at=at,
    )
    return decision


def _vacancy_of(way: Way) -> Vacancy:
    vacancy = Vacancy.objects.filter(number=way.job).first()
    if vacancy is None:
        raise PlanningError("Deze job is er niet meer. Kies een andere weg.")
    return vacancy


def _made_by_hand(proposal: Proposal, vacancy: Vacancy, way: Way, *, at: datetime) -> Proposal:
    today = timezone.localdate(at)
    prints = Fingerprints(rows_of([way.person], [way.job], today))
    return Proposal.objects.create(
        person=proposal.person,
        vacancy=vacancy,
        run=proposal.run,
        changes=proposal,
        state=ProposalState.OPEN,
        facts=as_json(way),
        fingerprint=prints.of(way),
        made_at=at,
        decide_by=proposal.decide_by,
        changed_at=at,
    )


def _undo(
    proposal: Proposal, decision: Decision, to: ProposalState, *, by: User, at: datetime
) -> Proposal:
    if decision.verdict not in UNDER_DECISION:
        raise NotNowError("Hier valt niets terug te nemen.")
    lock_held(decision)
    taken = _note(proposal, Verdict.TAKE_BACK, Words(), by=by, at=at)
    if release_levers(decision, by=taken):
        raise NotNowError("Een hefboom is al in gebruik. Vraag de partner om hem terug te nemen.")
    others = Proposal.objects.filter(person=proposal.person_id).exclude(pk=proposal.pk)
    if to == ProposalState.OPEN and others.filter(state__in=STANDING):
        raise NotNowError("Deze persoon heeft intussen een ander voorstel.")
    proposal.state, proposal.changed_at = to, at
    proposal.save()
    return proposal
