"""Work that lasts in the demonstration: who began in the year behind, and what was said since.

The first who began are a year ahead of the region: their cases were erased when the term was over,
and only what is counted of them stays. What is to be asked now waits.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from django.utils import timezone

from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.roles import Role
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.models import LeverBooking
from koempel.desk.operations.demo import deciding
from koempel.desk.operations.demo.history import move_case
from koempel.desk.operations.demo.names import Draws
from koempel.desk.operations.demo.partners import Partners
from koempel.desk.operations.demo.referrals import hired_events
from koempel.desk.people.enums import CASE_ROLES, CaseStatus
from koempel.desk.people.keepers import ERASED
from koempel.desk.people.models import Person
from koempel.desk.placements.actions import Teller, Told, answer_follow_up
from koempel.desk.placements.enums import (
    WORKS_ON,
    Answer,
    EndReason,
    Party,
    PlacementState,
    Source,
)
from koempel.desk.placements.links import make_follow_up_link
from koempel.desk.placements.models import FollowUp, Placement
from koempel.desk.placements.queries import waiting_follow_ups
from koempel.desk.placements.terms import follow_ups_of
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.models import Referral, ReferralEvent

_ENDED, _SAID = 0.3, 0.85
"""Shares of the work of the past that ended, and of the questions that were answered."""

_REASONS = (
    EndReason.CONTRACT_ENDED,
    EndReason.TRANSPORT,
    EndReason.OTHER_JOB,
    EndReason.CHILDCARE,
    EndReason.HOURS,
    EndReason.AGREED,
)
_SOCIAL = OrganisationKind.SOCIAL_ENTERPRISE
_FIRST_DAYS = range(370, 396)
"""How many days ago the first began, whose cases are erased by now."""

_SEED = 7

_NEEDS = "De bus van zes uur rijdt niet meer. Een fiets zou helpen."


def load_past_work(partners: Partners, draws: Draws, *, at: datetime) -> None:
    """Write who works since when, of those who were hired in the past, and what was said."""
    random = Random(_SEED)
    made = _of_the_year(random, at) + _of_the_first(random, draws, at)
    guides = [partners.staff[role] for role in CASE_ROLES]
    own = set(Person.objects.filter(caseworker__in=guides).values_list("pk", flat=True))
    for row in made:
        asked = _asked(row, random, at)
        if row.case_number in own:
            _leave_last(asked, at)
        FollowUp.objects.bulk_create(asked)


def load_present_work(partners: Partners, *, at: datetime) -> None:
    """Leave questions to the people one can be: one sent by a link, one answered by one."""
    rows = waiting_follow_ups(FollowUp.objects.all(), timezone.localdate(at))
    guide = partners.staff[Role.CASEWORKER]
    own = Person.objects.filter(caseworker=guide).values("pk")
    working = rows.filter(placement__state=PlacementState.WORKING)
    mine = list(working.filter(placement__case_number__in=own)[:2])
    with deciding.acting_as(guide):
        for row in mine[:1]:
            make_follow_up_link(
                row.pk, Party.EMPLOYER, by=guide, at=deciding.before(at, timedelta(days=2))
            )
        for row in mine[1:]:
            told = Told(Answer.YES, Party.PERSON, goes_well=False, needs=_NEEDS)
            teller = Teller(None, "De persoon zelf")
            answer_follow_up(
                row.pk, told, teller=teller, at=deciding.before(at, timedelta(hours=20))
            )


def _of_the_year(random: Random, at: datetime) -> list[Placement]:
    hired = Referral.objects.filter(state=ReferralState.HIRED).order_by("pk")
    hired = hired.select_related("vacancy__employer")
    rows = [_begun(each, each.starts_on) for each in hired if each.starts_on]
    # Who has support still works: what a lever made possible stays as the history made it.
    helped = set(LeverBooking.objects.values_list("case_number", flat=True))
    reasons = cycle(_REASONS)
    for row in rows:
        days = (timezone.localdate(at) - row.started_on).days
        # How those in a social enterprise go on is told by their doorstroom.
        stays = row.case_number in helped or row.vacancy.employer.kind == _SOCIAL
        if not stays and days > 30 and random.random() < _ENDED:
            _end(row, next(reasons), random.randint(20, days - 5), at)
    made = Placement.objects.bulk_create(rows)
    over = [each for each in made if each.ended_on and each.end_reason not in WORKS_ON]
    people = Person.objects.in_bulk([each.case_number for each in over])
    for each in over:
        move_case(people[each.case_number], CaseStatus.CLOSED, each.end_told_at or at)
    return made


def _begun(referral: Referral, first: date) -> Placement:
    return Placement(
        case_number=referral.case_number,
        vacancy=referral.vacancy,
        source=Source.REFERRAL,
        measure=next(iter(referral.vacancy.measures), ""),
        started_on=first,
        made_by=referral.made_by,
        made_at=referral.changed_at,
    )


def _end(row: Placement, reason: EndReason, after_days: int, at: datetime) -> None:
    row.state, row.end_reason = PlacementState.ENDED, reason
    row.ended_on = row.started_on + timedelta(days=after_days)
    row.ended_by = row.made_by
    row.end_told_at = min(at, deciding.at_work(row.ended_on, Random(row.case_number)))


def _of_the_first(random: Random, draws: Draws, at: datetime) -> list[Placement]:
    """Those who began before the year of the history: counted, and nobody any more."""
    past = Referral.objects.filter(state=ReferralState.HIRED).select_related("vacancy", "made_by")
    models = list(past.order_by("vacancy__publish_from", "pk")[: len(_FIRST_DAYS)])
    referrals = [
        _first_referral(each, draws, timezone.localdate(at) - timedelta(days=days))
        for each, days in zip(models, _FIRST_DAYS, strict=False)
    ]
    made = Referral.objects.bulk_create(referrals)
    ReferralEvent.objects.bulk_create(
        event for each in made for event in hired_events(each, each.made_at)
    )
    rows = [_begun(each, each.starts_on) for each in made if each.starts_on]
    reasons = cycle(_REASONS)
    for row in rows:
        if random.random() < _ENDED:
            _end(row, next(reasons), random.randint(30, 320), at)
    return Placement.objects.bulk_create(rows)


def _first_referral(model: Referral, draws: Draws, starts_on: date) -> Referral:
    vacancy = Vacancy.objects.get(pk=model.vacancy_id)
    vacancy.pk, vacancy.number = None, draws.vacancy_number()
    vacancy.state = VacancyState.FILLED
    vacancy.source = vacancy.source_id = ""
    vacancy.start_from, vacancy.start_to = starts_on, starts_on + timedelta(days=14)
    vacancy.publish_from, vacancy.publish_to = (
        starts_on - timedelta(days=60),
        starts_on + timedelta(days=14),
    )
    vacancy.taken = vacancy.seats
    vacancy._state.adding = True
    vacancy.save()
    referred = timezone.make_aware(
        datetime.combine(starts_on - timedelta(days=20), datetime.min.time())
    ) + timedelta(hours=10)
    return Referral(
        case_number=ERASED,
        vacancy=vacancy,
        state=ReferralState.HIRED,
        talk_at=referred + timedelta(days=8),
        starts_on=starts_on,
        made_by=model.made_by,
        made_at=referred,
        changed_by=model.made_by,
        changed_at=referred + timedelta(days=16),
    )


def _asked(row: Placement, random: Random, at: datetime) -> list[FollowUp]:
    today, found = timezone.localdate(at), []
    for months, due in follow_ups_of(row.started_on).items():
        follow_up = FollowUp(placement=row, months=months, due_on=due)
        works = row.ended_on is None or row.ended_on > due
        if due < today - timedelta(days=10) and works and random.random() < _SAID:
            follow_up.answer, follow_up.goes_well = Answer.YES, True
            follow_up.told_by = random.choice(Party.values)
            follow_up.answered_by = row.made_by
            follow_up.answered_at = deciding.at_work(due + timedelta(days=3), random)
        found.append(follow_up)
    return found


def _leave_last(asked: Sequence[FollowUp], at: datetime) -> None:
    """Leave the last question that is due to whom one can be."""
    due = [each for each in asked if each.due_on <= timezone.localdate(at)]
    for each in due[-1:]:
        each.answer, each.told_by, each.goes_well = "", "", None
        each.answered_by, each.answered_at = None, None
