"""The living present: plans of the last days, proposals that are due, levers that wait.

Last week the planner was opened for a first group, and four days ago for a second; since tonight it
plans for everybody. All three plans are real. What the first ones proposed and nobody decided is
late by now, and what a new plan finds better was replaced.
"""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, islice, zip_longest
from random import Random

from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.roles import Role
from koempel.desk.levers.actions import (
    Wish,
    book_lever,
    expire_holds,
    hand_over,
    request_lever,
)
from koempel.desk.levers.ledger import NothingFreeError
from koempel.desk.levers.models import LeverPart
from koempel.desk.operations.demo import deciding
from koempel.desk.operations.demo.names import Draws
from koempel.desk.operations.demo.partners import Partners
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Child, Person
from koempel.desk.planning.bookings import bookings_of
from koempel.desk.planning.enums import ProposalState, Verdict
from koempel.desk.planning.models import Proposal
from koempel.desk.planning.rules import DECIDERS
from koempel.desk.planning.runs import Inputs, keep, make, read_inputs
from koempel.region.outcome import LeverKind
from koempel.region.packing import pack_region
from koempel.region.rows import CareKind

FIRST_GROUP, SECOND_GROUP = timedelta(days=10), timedelta(days=4)
"""How long ago the planner was opened for them."""

_ONE_IN_GROUP = 30
"""One in so many joins a group; those whom one can guide are all in the first."""

_DECIDED = 0.16
_ACCEPTED, _CHANGED = 0.62, 0.72
_FETCHED, _FETCHED_AFTER = 0.6, timedelta(hours=20)
HANDED_OVER = 6
"""So many people with a proposal that takes a lever each guide gets at most."""

_CARE_HOURS, _CARE_ENDS_IN = "Mo-Fr 07:00-18:00", timedelta(days=24)
_SILENT_FOR, _KEPT_AGO, _KEPT_DAYS = timedelta(days=8), timedelta(days=20), 17


def load_present(partners: Partners, draws: Draws, *, at: datetime) -> None:
    """Plan for a few, let guides decide, and plan for everybody."""
    present = _Present(partners, draws.random, at)
    present.leave_questions()
    first = present.own() | present.group()
    present.plan(FIRST_GROUP, first)
    present.decide(FIRST_GROUP)
    present.plan(SECOND_GROUP, first | present.group())
    present.decide(SECOND_GROUP)
    present.plan(timedelta(hours=1), None)
    present.hand_over()


class _Present:
    """The last days before a moment."""

    def __init__(self, partners: Partners, random: Random, at: datetime) -> None:
        self._partners, self._random, self._at = partners, random, at
        self._director = partners.staff[Role.DIRECTOR]
        self._guides = [partners.staff[role] for role in DECIDERS]

    def own(self) -> set[str]:
        """Those whom one can guide in the demonstration."""
        looking = Person.objects.filter(status=CaseStatus.ACTIVE, caseworker__in=self._guides)
        return set(looking.values_list("pk", flat=True))

    def group(self) -> set[str]:
        """Some people who look for work."""
        looking = Person.objects.filter(status=CaseStatus.ACTIVE).order_by("pk")
        everybody = list(looking.values_list("pk", flat=True))
        return set(self._random.sample(everybody, len(everybody) // _ONE_IN_GROUP))

    def plan(self, ago: timedelta, only: set[str] | None) -> None:
        """Make a plan for some people, or for everybody, and keep it."""
        moment = self._at - ago
        inputs = read_inputs(timezone.localdate(moment), floors={})
        if only is not None:
            inputs = _only(inputs, only)
        with deciding.acting_as(self._director):
            keep(make(inputs), by=self._director, asked_at=moment, at=moment)

    def decide(self, since: timedelta) -> None:
        """Let guides decide about some of what waits, in the days since a plan."""
        waiting = Proposal.objects.filter(state=ProposalState.OPEN).order_by("pk")
        for proposal in waiting.select_related("person__caseworker", "vacancy"):
            if self._random.random() > _DECIDED:
                continue
            days = self._random.uniform(0.4, min(3.5, since.days - 0.5))
            moment = deciding.before(self._at, since - timedelta(days=days))
            turn = self._random.random()
            if turn < _ACCEPTED:
                self._accept(proposal, moment)
            elif turn < _CHANGED:
                deciding.change(proposal, self._random, at=moment)
            else:
                deciding.refuse(proposal, self._random, at=moment)

    def _accept(self, proposal: Proposal, at: datetime) -> None:
        decision = deciding.accept(proposal, self._random, at=at)
        if decision is None or decision.verdict != Verdict.ACCEPT:
            return
        for booking in bookings_of(decision):
            if self._random.random() < _FETCHED:
                by = self._partners.keeper_of(booking.lever, else_=booking.made_by)
                hand_over(
                    booking, by=by, at=deciding.before(self._at, self._at - at - _FETCHED_AFTER)
                )

    def hand_over(self) -> None:
        """Give each whom one can be as a guide some people with a proposal that takes a lever."""
        waiting = Proposal.objects.filter(state=ProposalState.OPEN).order_by("pk")
        others = waiting.exclude(person__caseworker__in=self._guides)
        for guide in self._guides:
            own = others.filter(person__organisation=guide.organisation)
            people = [each.person_id for each in _with_levers(own)]
            Person.objects.filter(pk__in=people).update(caseworker=guide)

    def leave_questions(self) -> None:
        """For each whom one can be as a guide: a silent request, and a bike nobody came for."""
        for guide in self._guides:
            own = Person.objects.filter(caseworker=guide, status=CaseStatus.ACTIVE).order_by("pk")
            self._leave(guide, list(own[:2]))
            self._end_care(guide)
        expire_holds(timezone.localdate(self._at), at=self._at - timedelta(hours=6))

    def _end_care(self, guide: User) -> None:
        """The place of a child ends before there is another one."""
        mine = Child.objects.filter(person__caseworker=guide, person__status=CaseStatus.ACTIVE)
        child = mine.select_related("person").order_by("-birth_month", "pk").first()
        if child is not None:
            child.care, child.care_hours = CareKind.CHILDCARE.value, _CARE_HOURS
            child.care_lon, child.care_lat = child.person.lon, child.person.lat
            child.care_until = timezone.localdate(self._at) + _CARE_ENDS_IN
            child.save()

    def _leave(self, guide: User, people: list[Person]) -> None:
        asked, kept = (deciding.before(self._at, ago) for ago in (_SILENT_FOR, _KEPT_AGO))
        until = timezone.localdate(kept) + timedelta(days=_KEPT_DAYS)
        with deciding.acting_as(guide):
            for person in people[:1]:
                request_lever(self._bike_for(person, asked), by=guide, at=asked)
            for person in people[1:]:
                # In a small region there may be no bike at all.
                with suppress(NothingFreeError):
                    wish = self._bike_for(person, kept)
                    book_lever(wish, by=guide, at=kept, hold_until=until)

    def _bike_for(self, person: Person, at: datetime) -> Wish:
        part = LeverPart.objects.filter(lever__kind=LeverKind.BIKE).order_by("-free", "pk")[0]
        first = timezone.localdate(at)
        return Wish(person.pk, [part], starts_on=first, key=f"demo-{person.pk}")


def _with_levers(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Some of those that take a lever, of every kind that there is before two of one."""
    per_kind: dict[LeverKind, list[Proposal]] = defaultdict(list)
    for each in proposals:
        levers = each.content.levers
        if levers:
            per_kind[levers[0].kind].append(each)
    in_turn = chain.from_iterable(zip_longest(*per_kind.values()))
    return list(islice(filter(None, in_turn), HANDED_OVER))


def _only(inputs: Inputs, people: set[str]) -> Inputs:
    """What a plan for some people is made from."""
    region = replace(
        inputs.region,
        people=tuple(each for each in inputs.region.people if each.id in people),
        children=tuple(each for each in inputs.region.children if each.person in people),
        rights=tuple(each for each in inputs.region.rights if each.person in people),
    )
    packed, digest = pack_region(region)
    return replace(inputs, region=replace(region, digest=digest), packed=packed)
