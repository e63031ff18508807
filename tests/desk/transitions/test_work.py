"""Work that doorstroom begins and ends, as it is followed for a year afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from desk.factories.jobs import VacancyFactory
from desk.planning.world import open_now
from desk.transitions.conftest import TODAY, days
from koempel.desk.common.context import acting, system
from koempel.desk.people.models import Person
from koempel.desk.placements.actions import Teller, begin_placement, end_placement
from koempel.desk.placements.enums import EndReason, Source
from koempel.desk.placements.models import FollowUp, Placement
from koempel.desk.placements.rules import End
from koempel.desk.transitions.actions import follow, take_back
from koempel.desk.transitions.enums import Reason
from koempel.desk.transitions.rules import Told

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def seat(works):
    return VacancyFactory(employer=works.enterprise, taken=1, state="FILLED", **open_now())


@pytest.fixture
def job(db):
    return VacancyFactory(title="Bakkershulp", **open_now())


@pytest.fixture
def row(works, seat):
    """In the internship; the work in the social enterprise came by a referral."""
    with acting(system("test")):
        begin_placement(
            works.person.pk,
            seat,
            started_on=days(-300),
            source=Source.REFERRAL,
            by=works.guide,
            at=NOW,
        )
        row = follow(
            works.person.pk,
            works.enterprise,
            since=days(-300),
            evaluated_on=None,
            by=works.guide,
            at=NOW,
            vacancy=seat,
        )
    works.step(row, "ready", Told(day=TODAY), at=NOW, by=works.mediator)
    works.step(row, "begin", Told(coach="Cora Coach"), at=NOW)
    works.step(row, "match", at=NOW)
    return works.step(row, "intern", at=NOW)


@pytest.fixture
def contract(works, row, job):
    return works.step(row, "contract", Told(day=days(7), vacancy=job.pk), at=NOW)


def work_of(person):
    """Every placement, the first one first: where, from when, until when, why it ended."""
    rows = Placement.objects.filter(case_number=person.pk).order_by("started_on", "pk")
    return [(each.vacancy, each.started_on, each.ended_on, each.end_reason) for each in rows]


def status_of(person):
    with acting(system("test")):
        return Person.objects.get(pk=person.pk).status


def test_contract_ends_the_one_and_begins_the_other(works, contract, seat, job):
    assert work_of(works.person) == [
        (seat, days(-300), days(6), "OTHER_JOB"),
        (job, days(7), None, ""),
    ]
    new = Placement.objects.get(vacancy=job)
    assert new.source == Source.TRANSITION
    assert FollowUp.objects.filter(placement=new).count() == 3
    assert status_of(works.person) == "PLACED"


def test_contract_that_is_taken_back_leaves_the_work_as_it_was(works, contract, seat, job):
    with acting(system("test")):
        take_back(contract.pk, by=works.guide, at=LATER)

    assert work_of(works.person) == [(seat, days(-300), None, "")]
    assert status_of(works.person) == "PLACED"


def test_return_ends_the_new_work_and_the_old_goes_on(works, contract, seat, job):
    works.step(contract, "return", Told(reason=Reason.NO_TRANSPORT), at=NOW)

    assert work_of(works.person) == [
        (seat, days(-300), None, ""),
        (job, days(7), days(7), "TRANSPORT"),
    ]
    assert status_of(works.person) == "PLACED"


def test_who_returns_after_the_new_work_stopped_is_at_work_again(works, contract, seat, job):
    later, end = NOW + timedelta(days=8), End(days(8), EndReason.TRANSPORT)
    new = Placement.objects.get(vacancy=job)
    with acting(system("test")):
        end_placement(new.pk, end, teller=Teller(works.guide), at=later)
    assert works.status() == "ACTIVE"

    works.step(contract, "return", Told(reason=Reason.HOST_STOPPED), at=later)

    assert works.status() == "PLACED"
    assert Placement.objects.get(vacancy=seat).state == "WORKING"


def test_return_that_is_taken_back_opens_the_same_work_again(works, contract, seat, job):
    works.step(contract, "return", Told(reason=Reason.NO_TRANSPORT), at=NOW)
    with acting(system("test")):
        take_back(contract.pk, by=works.guide, at=LATER)

    assert work_of(works.person) == [
        (seat, days(-300), days(6), "OTHER_JOB"),
        (job, days(7), None, ""),
    ]


@pytest.mark.parametrize(
    ("reason", "why", "status"),
    [(Reason.ENDED, "CONTRACT_ENDED", "ACTIVE"), (Reason.OTHER_JOB, "OTHER_JOB", "PLACED")],
)
def test_who_leaves_looks_for_work_unless_there_is_other_work(
    works, row, seat, reason, why, status
):
    works.step(row, "leave", Told(reason=reason), at=NOW)
    assert work_of(works.person) == [(seat, days(-300), TODAY, why)]
    assert status_of(works.person) == status

    with acting(system("test")):
        take_back(row.pk, by=works.guide, at=LATER)
    assert work_of(works.person) == [(seat, days(-300), None, "")]
    assert status_of(works.person) == "PLACED"


def test_contract_with_work_that_we_do_not_know_ends_the_old_only(works, row, seat):
    works.step(row, "contract", Told(day=days(7)), at=NOW)

    assert work_of(works.person) == [(seat, days(-300), days(6), "OTHER_JOB")]
