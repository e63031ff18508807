"""What waits for each role, the most urgent first: the one table of the first pages."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from koempel.desk.accounts.access import access_table
from koempel.desk.accounts.models import User
from koempel.desk.common.context import Context, acting
from koempel.desk.common.roles import Role
from koempel.desk.web.views.waiting import (
    director,
    jobs,
    levers,
    oversight,
    people,
    placements,
    referrals,
    transitions,
)
from koempel.desk.web.views.waiting.heaps import Heap, Waits

FIRST_PAGE, OVERVIEW = "waiting:page", "overview:board"

_GUIDE = (
    people.proposals,
    people.steps,
    referrals.late,
    placements.to_ask,
    transitions.terms,
    transitions.unsigned,
    transitions.talks,
    transitions.unfollowed,
    people.silent,
    people.not_come,
    people.care,
    placements.needs,
    referrals.stalled_people,
)

WAITS: Mapping[Role, tuple[Waits, ...]] = MappingProxyType(
    {
        Role.DIRECTOR: (
            director.late_proposals,
            director.silent_referrals,
            director.silent_work,
            director.late_transitions,
            director.silent,
            oversight.pause,
            director.stock,
            director.leaving,
            director.old_plan,
        ),
        Role.CASEWORKER: _GUIDE,
        Role.SOCIAL_WORKER: _GUIDE,
        Role.MEDIATOR: (
            referrals.late,
            placements.to_ask,
            transitions.terms,
            people.shared,
            people.silent,
            people.grants,
            jobs.social_seats,
        ),
        Role.SOCIAL_ENTERPRISE: (
            referrals.candidates,
            placements.asked,
            transitions.to_sign,
            transitions.terms,
            transitions.unfollowed,
            levers.requests,
            jobs.leaving,
            jobs.drafts,
            jobs.out_of_reach,
            levers.stock,
        ),
        Role.EMPLOYER: (
            referrals.candidates,
            placements.asked,
            jobs.leaving,
            jobs.drafts,
            jobs.out_of_reach,
        ),
        Role.CHILDCARE: (levers.requests, levers.stock, levers.ending),
        Role.REUSE_SHOP: (levers.vouchers, levers.requests, levers.stock),
        Role.TRAINING: (levers.requests, levers.stock, levers.seats),
        Role.TRANSPORT: (levers.requests, levers.stock, levers.ending),
        Role.DPO: (oversight.reviews, oversight.signals, oversight.pause),
        Role.OPERATOR: (oversight.role_requests, oversight.ills),
    }
)


def heaps_of(role: Role, moment: datetime) -> Iterator[Heap]:
    """What waits for the asker of the context in force; nothing empty."""
    for look in WAITS.get(role, ()):
        heap = look(moment)
        if heap.count:
            yield heap


def word_for(user: User, moment: datetime) -> str:
    """What waits most for somebody who has still to sign in, or nothing."""
    rule = access_table()[OVERVIEW if user.role == Role.DIRECTOR else FIRST_PAGE]
    allowed = rule.for_role(user.role, "GET")
    if allowed is None:
        return ""
    context = Context(
        role=Role(user.role),
        purpose=rule.purpose,
        user=user.pk,
        organisation=user.organisation_id,
        relation=allowed.relation,
    )
    with acting(context):
        return next((heap.word for heap in heaps_of(context.role, moment)), "")
