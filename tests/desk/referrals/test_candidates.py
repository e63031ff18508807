"""Who can take a seat, against the ways of each person: the same engine from the other side."""

import pytest
from django.utils import timezone

from desk.factories.people import ChildFactory
from desk.planning.world import far_vacancy, make_bikes, open_now, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.planning.choices import ways_now
from koempel.desk.referrals.candidates import candidates_for

pytestmark = pytest.mark.django_db


def test_candidates_are_exactly_those_who_have_a_way_to_the_seat(town):
    today = timezone.localdate()
    with acting(system("test")):
        vacancy = far_vacancy(title="Plukker", **open_now())
        make_bikes(5)
        people = [
            seeker(town.guide, lon=5.3801),
            seeker(town.guide, modes=[]),
            seeker(town.guide, modes=["BIKE"], dutch_speaking="A0"),
            seeker(town.guide, modes=[], cycling="NO"),
            seeker(town.guide, wants=["2166"]),
            seeker(town.guide, away="Mo-Fr 18:00-23:00"),
            seeker(town.guide, needs=["NO_NIGHT"]),
        ]
        ChildFactory(person=people[0], care="NONE")
        numbers = [each.case_number for each in people]

        found = candidates_for(vacancy, numbers, today=today)
        ways = {number: ways_now(number, today=today) for number in numbers}
        with_way = {
            number
            for number, found_ways in ways.items()
            if found_ways and any(way.job == vacancy.number for way in found_ways.ways)
        }

    assert {each.case_number for each in found} == set(numbers)
    assert {each.case_number for each in found if each.can_start} == with_way
    assert 0 < len(with_way) < len(numbers)
    starts = [each.can_start for each in found]
    assert starts == sorted(starts, reverse=True)
