"""Where somebody stands, in one line."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.common.days import appointment
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.queries import Sheet
from koempel.desk.placements.enums import PlacementState
from koempel.desk.placements.models import FollowUp
from koempel.desk.placements.queries import placements_of, waiting_follow_ups
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.queries import open_referrals
from koempel.desk.transitions.enums import OPEN, TransitionState
from koempel.desk.transitions.queries import pauses_of, transitions_of
from koempel.desk.transitions.rules import is_paused
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.region import dutch

Tells = Callable[[Sheet, date], str]
"""Says where somebody stands, or nothing when it has nothing to say."""


def where_now(request: DeskRequest, subject: Sheet) -> str:
    """The first that has something to say; nothing for who may not read of toeleiding."""
    if not open_address(request, "referrals:list"):
        return ""
    said = (tell(subject, timezone.localdate()) for tell in TELL)
    return next((words for words in said if words), "")


def _moving_on(subject: Sheet, today: date) -> str:
    row = transitions_of(current(), subject.case_number).filter(state__in=OPEN).first()
    if row is None or row.state == TransitionState.EVALUATION_DUE:
        return ""
    label = dutch.capital(TransitionState(row.state).label)
    if is_paused(pauses_of(row), today):
        return f"{label}, opgeschort, bij {row.employer}."
    return f"{label}, tegen {dutch.day(row.due_on)}, bij {row.employer}."


def _at_work(subject: Sheet, today: date) -> str:
    rows = placements_of(current(), subject.case_number).filter(state=PlacementState.WORKING)
    work = rows.first()
    if work is None:
        return ""
    asked = FollowUp.objects.filter(placement=work)
    next_one = asked.filter(due_on__gt=today).first()
    begins = "Aan het werk sinds" if work.started_on <= today else "Begint op"
    words = f"{begins} {dutch.day(work.started_on)} bij {work.vacancy.employer}"
    if waiting_follow_ups(asked, today).exists():
        return f"{words}, nu te vragen of dat nog zo is."
    return f"{words}, opvolging op {dutch.day(next_one.due_on)}." if next_one else f"{words}."


def _referred(subject: Sheet, today: date) -> str:
    rows = list(open_referrals(current()).filter(case_number=subject.case_number))
    if not rows:
        return ""
    # Who is furthest: with a talk ahead, or behind.
    row = max(rows, key=lambda each: list(ReferralState).index(ReferralState(each.state)))
    more = f" (en nog {len(rows) - 1})" if len(rows) > 1 else ""
    words = f"Verwezen naar {row.vacancy.title} bij {row.vacancy.employer}{more}"
    if row.state == ReferralState.INVITED and row.talk_at:
        return f"{words}, gesprek op {appointment(row.talk_at)}."
    if row.state == ReferralState.INTERVIEWED:
        return f"{words}, het gesprek is geweest."
    return f"{words}, nog geen antwoord."


def _status(subject: Sheet, today: date) -> str:
    since = dutch.day(subject.facts.status_since)
    return f"{dutch.capital(CaseStatus(subject.facts.status).label)} sinds {since}."


TELL: tuple[Tells, ...] = (_moving_on, _at_work, _referred, _status)
"""In the order in which they are asked; a part that follows people further stands before these."""
