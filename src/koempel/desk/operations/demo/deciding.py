"""How invented guides decide: as whom, when, and in which words."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.context import Context, Relation, Show, acting
from koempel.desk.common.days import midnight
from koempel.desk.common.roles import Role
from koempel.desk.levers.ledger import NothingFreeError
from koempel.desk.planning.actions import (
    accept_proposal,
    change_proposal,
    refuse_proposal,
    withdraw_proposal,
)
from koempel.desk.planning.choices import ways_now
from koempel.desk.planning.enums import Reason
from koempel.desk.planning.errors import PlanningError
from koempel.desk.planning.models import Decision, Proposal
from koempel.desk.planning.rules import Words

_ACCEPTS = (Reason.FITS, Reason.FITS, Reason.ASKED, Reason.BEST_NOW)
_REFUSALS: tuple[tuple[Reason, str], ...] = (
    (Reason.UNWANTED, "Je wil dit werk niet doen. We zoeken samen iets anders."),
    (Reason.NO_TRANSPORT, "Je raakt er nog niet op tijd. We vragen eerst een fiets voor je."),
    (Reason.NO_CHILDCARE, "Er is nog geen opvang op deze uren. We bellen samen de opvang."),
    (Reason.DUTCH, "Het werk vraagt meer Nederlands. Je start eerst met een les."),
    (Reason.HOURS, "De uren passen niet bij de school van je kinderen."),
    (Reason.SKILL, "Je mist nog een attest voor dit werk. We kijken naar een opleiding."),
    (Reason.NOT_READY, "Je vraagt nog wat tijd. Over een maand bekijken we het opnieuw."),
    (Reason.OTHER_JOB, "Je begon intussen ergens anders. Proficiat."),
)
_CHANGES: tuple[tuple[Reason, str], ...] = (
    (Reason.PREFERS, "Je koos zelf voor deze job: ze ligt dichter bij huis."),
    (Reason.HOURS, "Deze uren passen beter bij je week."),
)
_WITHDRAWALS: tuple[tuple[Reason, str], ...] = (
    (Reason.NOT_READY, "Je kon toch nog niet starten. We maken een nieuwe afspraak."),
    (Reason.EMPLOYER, "Het bedrijf nam iemand anders. We zoeken verder."),
    (Reason.UNWANTED, "Je wou na het bezoek toch liever ander werk."),
)
_LOOKED_S = (25, 420)
MORNING = time(6, 10, tzinfo=UTC)
"""When plans are made: ten past seven or eight in the morning, in Belgium."""
_OPENS, _OPEN_FOR = timedelta(hours=8), timedelta(hours=9)


def acting_as(user: User) -> AbstractContextManager[Context]:
    """Act as somebody of the desk, within the reach of the role."""
    return acting(
        Context(
            role=Role(user.role),
            purpose="demonstratie",
            user=user.pk,
            organisation=user.organisation_id,
            relation=Relation.ANY if user.role == Role.DIRECTOR else Relation.ASSIGNED,
            show=Show.NOTHING if user.role == Role.DIRECTOR else Show.FULL,
        )
    )


def before(at: datetime, ago: timedelta) -> datetime:
    """So long before a moment, moved into the office hours of its day; the order stays.

    The demonstration can be opened at night. Its people have not worked then: somebody at night is
    a signal for who watches over the trail.
    """
    moment = at - ago
    begin = midnight(timezone.localdate(moment))
    share = (moment - begin) / timedelta(days=1)
    return min(begin + _OPENS + share * _OPEN_FOR, at)


def at_work(day: date, random: Random) -> datetime:
    """A moment in office hours of a day, or of the Monday after it."""
    late = day.weekday() - 4
    monday = day + timedelta(days=3 - late) if late > 0 else day
    return datetime.combine(monday, time(8 + random.randrange(7), random.randrange(60)), UTC)


def accept(proposal: Proposal, random: Random, *, at: datetime) -> Decision | None:
    """Accept a proposal; nothing when others were first, or it is no longer there."""
    words = Words(reason=random.choice(_ACCEPTS), seconds_looked=random.randint(*_LOOKED_S))
    return _tried(proposal, lambda by: accept_proposal(proposal.pk, words, by=by, at=at))


def refuse(proposal: Proposal, random: Random, *, at: datetime) -> Decision | None:
    """Refuse a proposal, in words that the person understands."""
    reason, motivation = random.choice(_REFUSALS)
    words = Words(reason, motivation, seconds_looked=random.randint(*_LOOKED_S))
    return _tried(proposal, lambda by: refuse_proposal(proposal.pk, words, by=by, at=at))


def change(proposal: Proposal, random: Random, *, at: datetime) -> Decision | None:
    """Take another way of the same person; nothing when there is none."""
    reason, motivation = random.choice(_CHANGES)
    words = Words(reason, motivation, seconds_looked=random.randint(*_LOOKED_S))
    found = ways_now(proposal.person_id, today=timezone.localdate(at))
    job = proposal.content.job
    ways = [way for way in found.ways if way.job != job] if found else []
    if not ways:
        return None
    return _tried(proposal, lambda by: change_proposal(proposal.pk, ways[0], words, by=by, at=at))


def withdraw(proposal: Proposal, random: Random, *, at: datetime) -> Decision | None:
    """End an accepted proposal, for a reason of the person."""
    reason, motivation = random.choice(_WITHDRAWALS)
    words = Words(reason, motivation)
    return _tried(proposal, lambda by: withdraw_proposal(proposal.pk, words, by=by, at=at))


def _tried(proposal: Proposal, act: Callable[[User], Decision]) -> Decision | None:
    guide = proposal.person.caseworker
    assert guide is not None, "everybody is guided by somebody"
    with acting_as(guide):
        try:
            return act(guide)
        except (PlanningError, NothingFreeError):
            return None
