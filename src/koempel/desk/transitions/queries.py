"""Reads of doorstroom: what each side sees of a round, as frozen copies."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.db.models import Q, QuerySet
from django.utils import timezone

from koempel.desk.accounts.models import Organisation, OrganisationKind
from koempel.desk.common.context import Context, Relation
from koempel.desk.jobs.models import Vacancy
from koempel.desk.partners.models import Establishment
from koempel.desk.people.disclosures import Who
from koempel.desk.people.keepers import ERASED
from koempel.desk.people.models import Person
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.queries import people_behind, visible_referrals
from koempel.desk.transitions.enums import (
    OPEN,
    PHASES,
    Party,
    PauseReason,
    Reason,
    TransitionState,
    View,
)
from koempel.desk.transitions.models import Agreement, Signature, Transition, TransitionEvent
from koempel.desk.transitions.rules import Pause, Stretch, Talk, course, is_paused
from koempel.desk.transitions.terms import notice_until
from koempel.region import dutch

TOLD_TO_ENTERPRISE = OPEN
"""While these last the social enterprise employs the person in this round, and knows who it is."""

WORKS_ELSEWHERE = "Een medewerker"


@dataclass(frozen=True, slots=True)
class TransitionSeen:
    """A round as the social enterprise, who guides or who directs sees it."""

    pk: int
    who: Who
    employer: str
    vacancy: Vacancy | None
    since: date
    state: TransitionState
    state_on: date
    due_on: date | None
    view: View | None
    view_text: str
    visited_on: date | None
    coach: str
    guided_hours: Decimal
    pauses: tuple[Pause, ...]
    starts_on: date | None
    regular: Vacancy | None
    seat_given: bool
    talks: tuple[Talk, ...]
    reason: Reason | None
    explanation: str

    @property
    def label(self) -> str:
        """Who it is about."""
        return self.who.label

    def is_paused(self, day: date) -> bool:
        """Whether the trajectory stands still on a day."""
        return self.state in PHASES and is_paused(self.pauses, day)


def visible_transitions(context: Context) -> QuerySet[Transition]:
    """Rounds that the asker may see: of own employees, of people within reach, or all."""
    rows = Transition.objects.select_related("employer", "vacancy__employer", "regular__employer")
    if context.relation is Relation.ANY:
        return rows
    if context.relation is Relation.OWN:
        return rows.filter(employer=context.organisation)
    return rows.filter(case_number__in=Person.objects.values("case_number"))


def open_transitions(context: Context) -> QuerySet[Transition]:
    """Rounds in which somebody still has to do something, the most urgent first."""
    return visible_transitions(context).filter(state__in=OPEN).order_by("due_on", "pk")


def late_transitions(context: Context, today: date) -> QuerySet[Transition]:
    """Rounds whose term ran out, the latest first."""
    return open_transitions(context).filter(due_on__lt=today)


def due_transitions(context: Context, today: date) -> QuerySet[Transition]:
    """Rounds that ask something soon, or should have been looked at."""
    return open_transitions(context).filter(due_on__lte=notice_until(today))


def transitions_of(context: Context, case_number: str) -> QuerySet[Transition]:
    """All rounds of one person, the last first."""
    return visible_transitions(context).filter(case_number=case_number).order_by("-pk")


def events_of(transition: int) -> QuerySet[TransitionEvent]:
    """The steps of a round, the last first."""
    return TransitionEvent.objects.filter(transition=transition).select_related("by__organisation")


def course_of(seen: TransitionSeen, events: Iterable[TransitionEvent]) -> list[Stretch]:
    """The phases of a trajectory with their days; nothing before it starts."""
    began: dict[TransitionState, date] = {}
    for event in sorted(events, key=lambda each: (each.at, each.pk)):
        state = TransitionState(event.to_state)
        if state in PHASES:
            began.setdefault(state, timezone.localdate(event.at))
    if seen.state in PHASES:
        began.setdefault(seen.state, seen.state_on)
    ended_on = None if seen.state in PHASES else seen.state_on
    return course(began, seen.state, pauses=seen.pauses, ended_on=ended_on)


def pauses_of(row: Transition) -> tuple[Pause, ...]:
    """The pauses of a round."""
    return tuple(
        Pause(PauseReason(reason), date.fromisoformat(first), date.fromisoformat(until))
        for reason, first, until in row.pauses
    )


def talks_of(row: Transition) -> tuple[Talk, ...]:
    """The aftercare of a round."""
    return tuple(
        Talk(date.fromisoformat(due), date.fromisoformat(done) if done else None)
        for due, done in row.talks
    )


def talks_due(context: Context, today: date) -> QuerySet[Transition]:
    """Rounds in which the coach should ask how it goes, the latest first."""
    rows = visible_transitions(context).filter(state=TransitionState.AFTERCARE)
    return rows.filter(talk_on__lte=today).order_by("talk_on", "pk")


def transitions_seen(rows: Iterable[Transition]) -> list[TransitionSeen]:
    """Rounds ready to show; what they disclose is noted for the audit trail."""
    found = list(rows)
    known = people_behind(found, told=TOLD_TO_ENTERPRISE, stranger=WORKS_ELSEWHERE)
    return [_seen(row, known[row.pk]) for row in found]


def _seen(row: Transition, who: Who) -> TransitionSeen:
    tells = who.knows_guidance
    return TransitionSeen(
        pk=row.pk,
        who=who,
        employer=str(row.employer),
        vacancy=row.vacancy,
        since=row.since,
        state=TransitionState(row.state),
        state_on=row.state_on,
        due_on=row.due_on,
        view=View(row.view) if tells and row.view else None,
        view_text=row.view_text if tells else "",
        visited_on=row.visited_on,
        coach=row.coach if tells else "",
        guided_hours=row.guided_hours,
        pauses=pauses_of(row),
        starts_on=row.starts_on,
        regular=row.regular,
        seat_given=row.seat_given,
        talks=talks_of(row),
        reason=Reason(row.reason) if tells and row.reason else None,
        explanation=row.explanation if tells else "",
    )


def hired_unfollowed(context: Context) -> QuerySet[Referral]:
    """Who was hired by a social enterprise within reach, and is not followed yet."""
    rows = visible_referrals(context).filter(
        state=ReferralState.HIRED, vacancy__employer__kind=OrganisationKind.SOCIAL_ENTERPRISE
    )
    # Whoever was followed once is known: a later round comes of itself.
    followed = Transition.objects.values("case_number")
    return (
        rows.exclude(case_number=ERASED)
        .exclude(case_number__in=followed)
        .order_by("starts_on", "pk")
    )


def social_enterprises() -> QuerySet[Organisation]:
    """Organisations in which somebody can work towards regular work."""
    kind = OrganisationKind.SOCIAL_ENTERPRISE
    return Organisation.objects.filter(kind=kind, is_active=True).order_by("name")


def hosts(today: date) -> QuerySet[Establishment]:
    """Places of regular employers where somebody could be an intern."""
    still_there = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    rows = Establishment.objects.filter(
        still_there,
        organisation__kind=OrganisationKind.EMPLOYER,
        organisation__is_active=True,
    )
    return rows.select_related("organisation", "village").order_by("organisation__name", "pk")


def agreement_of(transition: int) -> Agreement | None:
    """The internship agreement of a round."""
    rows = Agreement.objects.select_related(
        "transition__employer", "host__organisation", "host__village", "vacancy"
    )
    return rows.filter(transition=transition).first()


def text_digest(agreement: Agreement) -> str:
    """What tells one text of an agreement from every other."""
    row = agreement.transition
    terms = {
        "person": row.case_number,
        "enterprise": row.employer_id,
        "coach": row.coach,
        "host": agreement.host_id,
        "vacancy": agreement.vacancy_id,
        "first_on": agreement.first_on.isoformat(),
        "last_on": agreement.last_on.isoformat(),
        "shifts": agreement.shifts,
        "host_pays": agreement.host_pays,
        "goals": agreement.goals,
    }
    return sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()


def signatures_of(agreement: Agreement) -> dict[Party, Signature]:
    """Who signed the text as it is now."""
    digest = text_digest(agreement)
    return {
        Party(each.party): each
        for each in agreement.signatures.all()
        if each.voided_at is None and each.digest == digest
    }


def left_to_sign(agreement: Agreement) -> set[Party]:
    """Who has still to sign the text as it is now."""
    return set(Party) - signatures_of(agreement).keys()


def unsigned_rounds(context: Context) -> list[tuple[Transition, set[Party]]]:
    """Rounds that the asker may see, with who has still to sign their agreement, by first day."""
    rows = visible_transitions(context).filter(
        state=TransitionState.MATCHING, agreement__isnull=False
    )
    found = rows.select_related("agreement").prefetch_related("agreement__signatures")
    ordered = found.order_by("agreement__first_on", "pk")
    left = [(row, left_to_sign(row.agreement)) for row in ordered]
    return [(row, parties) for row, parties in left if parties]


def is_signed(agreement: Agreement | None) -> bool:
    """Whether all parties signed the text as it is now."""
    return agreement is not None and not left_to_sign(agreement)


def why_not_begin(agreement: Agreement | None, today: date) -> str:
    """What keeps an internship from beginning, or nothing."""
    if agreement is None or not is_signed(agreement):
        return "Eerst tekenen alle partijen de stageovereenkomst."
    if today < agreement.first_on:
        return f"De stage begint pas op {dutch.day(agreement.first_on)}."
    return ""
