"""The overview without a plan, of a few people, and what it asks of the database."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.levers import LeverFactory, booked
from desk.planning.world import FIT, as_guide, make_bikes, plan, proposal_of, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.people.actions import change_status
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person
from koempel.desk.planning.actions import accept_proposal, take_back
from koempel.desk.planning.queries import days_to_decide

pytestmark = pytest.mark.django_db


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_page_says_that_there_is_no_plan_yet():
    answer = client_of(UserFactory(role=Role.DIRECTOR)).get("/overzicht/")

    assert "Er is nog geen plan gemaakt." in answer.content.decode()
    assert [line.title for line in answer.context["waiting"]] == ["1 nieuw plan"]


def test_region_of_a_few_shows_no_figure_of_them():
    with acting(system("proef")):
        guide = UserFactory(role=Role.CASEWORKER)
        for _ in range(4):
            seeker(guide)
        VacancyFactory(seats=9)
    plan()

    answer = client_of(UserFactory(role=Role.DIRECTOR)).get("/overzicht/")

    assert list(answer.context["whole"]) == []
    assert "te weinig mensen werk" in answer.content.decode()


@pytest.mark.parametrize("people", [1, 12])
def test_page_takes_the_same_queries_for_one_and_for_many(people, django_assert_num_queries):
    with acting(system("proef")):
        guide = UserFactory(role=Role.CASEWORKER)
        for number in range(people):
            booked(LeverFactory(name=f"Depot {number}"))
            seeker(guide)
            VacancyFactory()
        for person in Person.objects.all():
            change_status(person, to=CaseStatus.PLACED, by=guide, at=timezone.now())
            change_status(person, to=CaseStatus.ACTIVE, by=guide, at=timezone.now())
    plan()
    client = client_of(UserFactory(role=Role.DIRECTOR))

    with django_assert_num_queries(19):
        client.get("/overzicht/")


def test_what_was_taken_back_is_no_decision():
    now = timezone.now()
    with acting(system("proef")):
        guide = UserFactory(role=Role.CASEWORKER)
        yara = seeker(guide)
        VacancyFactory(start_from=timezone.localdate() + timedelta(days=7))
        make_bikes()
    plan(at=now)
    proposal = proposal_of(yara)
    with as_guide(guide):
        accept_proposal(proposal.pk, FIT, by=guide, at=now)
        before = days_to_decide(now - timedelta(days=1))
        take_back(proposal.pk, by=guide, at=now + timedelta(minutes=1))
        after = days_to_decide(now - timedelta(days=1))

    month = timezone.localdate(now).replace(day=1)
    assert (before, after) == ({month: [0]}, {})
