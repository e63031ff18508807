from datetime import timedelta

import pytest

from desk.factories.accounts import UserFactory
from desk.factories.jobs import TODAY, VacancyFactory
from desk.jobs.conftest import context_of
from koempel.desk.common.context import Relation
from koempel.desk.common.roles import Role
from koempel.desk.jobs import queries
from koempel.desk.jobs.models import Vacancy
from koempel.region.rows import Job, Level, columns_of

pytestmark = pytest.mark.django_db


def numbers(vacancies):
    return {vacancy.number for vacancy in vacancies}


def test_an_employer_sees_the_own_ones_only(baker):
    own = [
        VacancyFactory(employer=baker.organisation),
        VacancyFactory(employer=baker.organisation, draft=True),
    ]
    VacancyFactory()
    assert numbers(queries.vacancies_for(context_of(baker))) == numbers(own)


def test_a_guide_sees_all_that_were_ever_online():
    guide = UserFactory(role=Role.MEDIATOR)
    seen = [VacancyFactory(), VacancyFactory(closed=True)]
    VacancyFactory(draft=True)
    found = queries.vacancies_for(context_of(guide, Relation.ANY))
    assert numbers(found) == numbers(seen)


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [
        ({}, True),
        ({"publish_to": TODAY}, True),
        ({"publish_to": TODAY - timedelta(days=1)}, False),
        ({"publish_from": TODAY + timedelta(days=1)}, False),
        ({"start_from": TODAY - timedelta(days=9), "start_to": TODAY - timedelta(days=1)}, False),
        ({"filled": True}, False),
        ({"draft": True}, False),
    ],
)
def test_a_vacancy_is_open_while_it_is_online_and_can_start(facts, is_open):
    VacancyFactory(**facts)
    assert queries.open_vacancies(TODAY).exists() is is_open


def test_language_filter_keeps_what_asks_no_more():
    easy = VacancyFactory(dutch_speaking=Level.A1)
    VacancyFactory(dutch_speaking=Level.B1)
    assert numbers(queries.asking_at_most(Vacancy.objects.all(), "A2")) == {easy.number}


def test_the_row_for_the_planner_has_every_column_in_its_place():
    assert len(queries.JOB_COLUMNS) - 1 == len(columns_of(Job))  # seats are two columns
    vacancy = VacancyFactory(
        seats=3,
        taken=1,
        two_shifts=True,
        skills=["VCA"],
        licences=["B"],
        strains=["NOISE"],
        measures=["LDE"],
        dutch_speaking=Level.B1,
    )
    row = queries.job_of(Vacancy.objects.get())
    assert row == queries.job_row(Vacancy.objects.values_list(*queries.JOB_COLUMNS).get())
    assert (row.id, row.isco, row.village, row.seats) == (
        vacancy.number, "9321", "71070-heusden", 2,
    )  # fmt: skip
    assert [str(week) for week in row.shifts] == ["Mo-Fr 06:00-14:00", "Mo-Fr 14:00-22:00"]
    assert (row.skills, row.licences, row.strains, row.measures) == (
        ("VCA",), ("B",), ("NOISE",), ("LDE",),
    )  # fmt: skip
    assert (row.dutch_speaking, row.dutch_listening) == (Level.B1, Level.ALPHA)
