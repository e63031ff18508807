"""Which regular work is in reach of somebody in a social enterprise, and what stands between."""

import pytest
from django.utils import timezone

from desk.factories.jobs import VacancyFactory
from desk.planning.world import far_vacancy, make_bikes, open_now, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.planning.choices import ways_now
from koempel.desk.transitions.matching import matching_of, regular_vacancies
from koempel.region.outcome import LeverKind, ObstacleKind

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def region(works):
    """A job at the door, one at half an hour by bike, and two that are for no regular hire."""
    with acting(system("test")):
        near = VacancyFactory(title="Inpakker", **open_now())
        far = far_vacancy(title="Plukker", **open_now())
        VacancyFactory(social=True, **open_now())
        VacancyFactory(measures=["INDIVIDUAL_MAATWERK"], **open_now())
        make_bikes(3)
        yield near, far


def test_only_regular_work_that_asks_no_right_is_looked_at(region):
    assert regular_vacancies(TODAY) == [each.number for each in region]


def test_who_works_in_a_social_enterprise_is_matched_and_not_planned(works, region):
    person = seeker(works.guide, status="PLACED", modes=[])

    found = matching_of(person.pk, today=TODAY)

    assert ways_now(person.pk, today=TODAY) is None
    assert (found.n_wanted, found.n_today, found.n_with_levers) == (2, 1, 1)
    assert [(way.job, bool(way.levers)) for way in found.ways] == [
        (region[0].number, False),
        (region[1].number, True),
    ]


def test_what_stands_between_names_the_lever_that_opens_it(works, region):
    person = seeker(works.guide, status="PLACED", modes=[])

    (found,) = matching_of(person.pk, today=TODAY).hindrances

    assert found.kind == ObstacleKind.MOBILITY_DISTANCE
    assert (found.n_jobs, found.opened_by) == (1, ((LeverKind.BIKE, 1),))


def test_nothing_stands_between_and_both_are_in_reach_by_own_bike(works, region):
    person = seeker(works.guide, status="PLACED", modes=["BIKE"])

    found = matching_of(person.pk, today=TODAY)

    assert (found.n_today, found.hindrances) == (2, ())


def test_closed_case_is_not_matched(works, region):
    person = seeker(works.guide, status="CLOSED")

    assert matching_of(person.pk, today=TODAY) is None
