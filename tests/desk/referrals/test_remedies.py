"""A refusal names the lever that would have turned it, for this person and this job."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.levers import (
    ChildcareFactory,
    CourseFactory,
    LeverFactory,
    ShuttleFactory,
    booked,
)
from desk.factories.people import ChildFactory
from desk.factories.referrals import ReferralFactory
from desk.planning.world import as_guide, far_vacancy, make_bikes, open_now, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.levers.models import Course
from koempel.desk.levers.terms import dutch_between
from koempel.desk.people.disclosures import homes_of, needs_of
from koempel.desk.referrals.enums import OBSTACLE_OF, Reason
from koempel.desk.referrals.remedies import KINDS, remedies_for
from koempel.region.outcome import LeverKind
from koempel.region.rows import Level

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def guide():
    return UserFactory(role=Role.CASEWORKER)


def found(guide, reason, vacancy, person):
    with as_guide(guide):
        return remedies_for(
            reason,
            vacancy,
            person,
            needs=needs_of(person),
            home=homes_of([person])[person.case_number],
            today=TODAY,
        )


def without_bike(guide, **facts):
    with acting(system("test")):
        return seeker(guide, modes=[], available_from=TODAY, **facts)


def names(remedies):
    return [(str(each.choice.lever), each.n_free) for each in remedies.found]


def test_every_reason_that_turns_has_kinds_to_look_for():
    assert KINDS.keys() == OBSTACLE_OF.keys()


def test_a_bike_that_is_enough_alone_is_named_with_how_many_are_free(guide):
    person, vacancy = without_bike(guide), far_vacancy(**open_now())
    make_bikes(3)
    LeverFactory(kind=LeverKind.BIKE, stock=0, name="Lege loods")
    remedies = found(guide, Reason.NO_TRANSPORT, vacancy, person)
    assert remedies.is_enough
    assert names(remedies) == [("De Tweede Schacht", 3), ("Lege loods", 0)]


def test_a_bike_is_not_named_for_who_cannot_cycle(guide):
    person, vacancy = without_bike(guide, cycling="NO"), far_vacancy(**open_now())
    make_bikes(3)
    remedies = found(guide, Reason.NO_TRANSPORT, vacancy, person)
    assert not remedies.is_enough


def test_a_shuttle_to_another_place_is_no_help(guide):
    person, vacancy = without_bike(guide), far_vacancy(**open_now())
    ShuttleFactory()
    assert names(found(guide, Reason.NO_TRANSPORT, vacancy, person)) == []


def test_of_full_levers_the_one_that_comes_free_first_is_named_with_its_day(guide):
    person, vacancy = without_bike(guide), far_vacancy(**open_now())
    for name, days in (("Later", 40), ("Eerder", 20)):
        lever = LeverFactory(kind=LeverKind.BIKE, stock=1, name=name)
        booked(lever, starts_on=TODAY, ends_on=TODAY + timedelta(days=days))
    first, second = found(guide, Reason.NO_TRANSPORT, vacancy, person).found
    assert (str(first.choice.lever), str(second.choice.lever)) == ("Eerder", "Later")
    assert first.choice.fit.free_on == TODAY + timedelta(days=21)


def test_childcare_is_looked_for_on_the_parts_of_the_week_of_the_job(guide):
    person, vacancy = without_bike(guide), far_vacancy(shifts="Mo,We 13:00-17:00", **open_now())
    with acting(system("test")):
        ChildFactory(person=person, birth_month=TODAY.replace(day=1) - timedelta(days=300))
    ChildcareFactory()
    (remedy,) = found(guide, Reason.NO_CHILDCARE, vacancy, person).found
    assert remedy.codes == ["Mo/afternoon", "We/afternoon"]
    assert remedy.n_free == 2


def course(**facts):
    made = CourseFactory()
    starts = TODAY + timedelta(days=30)
    Course.objects.filter(lever=made).update(**{"starts_on": starts, "weeks": 10} | facts)
    return made


def test_a_course_says_from_when_it_is_enough(guide):
    person = without_bike(guide, dutch_speaking="A1")
    vacancy = far_vacancy(dutch_speaking="A2", **open_now())
    course()
    (remedy,) = found(guide, Reason.DUTCH, vacancy, person).found
    ends = TODAY + timedelta(days=30, weeks=10)
    assert remedy.enough_between == (ends, ends)


def test_a_course_that_is_a_step_only_says_when_the_rest_could_be_done(guide):
    person = without_bike(guide, dutch_speaking="A1")
    vacancy = far_vacancy(dutch_speaking="B1", **open_now())
    course()
    (remedy,) = found(guide, Reason.DUTCH, vacancy, person).found
    ends = TODAY + timedelta(days=30, weeks=10)
    assert remedy.enough_between == (ends + timedelta(weeks=10), ends + timedelta(weeks=20))


def test_a_course_that_has_begun_is_left_out_and_the_estimate_stays(guide):
    person = without_bike(guide, dutch_speaking="A1")
    vacancy = far_vacancy(dutch_speaking="A2", **open_now())
    course(starts_on=TODAY - timedelta(days=1))
    remedies = found(guide, Reason.DUTCH, vacancy, person)
    assert names(remedies) == []
    assert remedies.enough_between == (TODAY + timedelta(weeks=10), TODAY + timedelta(weeks=20))


def test_who_still_learns_to_write_needs_more_hours():
    first, last = dutch_between(Level.ALPHA, Level.A1, since=TODAY)
    assert (first - TODAY, last - TODAY) == (timedelta(weeks=60), timedelta(weeks=70))


def test_a_course_for_another_skill_is_no_help(guide):
    person, vacancy = without_bike(guide), far_vacancy(skills=["FORKLIFT"], **open_now())
    for teaches in ("FORKLIFT", "CLEANING"):
        made = course(teaches=teaches, from_level="")
        made.kind, made.name = LeverKind.SKILL_COURSE, teaches
        made.save()
    assert [name for name, _ in names(found(guide, Reason.SKILL, vacancy, person))] == ["FORKLIFT"]


def test_the_page_of_a_refusal_names_it_and_its_button_asks_for_it(client, guide):
    person, vacancy = without_bike(guide), far_vacancy(**open_now())
    bikes = make_bikes(3)
    referral = ReferralFactory(declined=True, case_number=person.case_number, vacancy=vacancy)
    client.force_login(guide)
    page = client.get(reverse("referrals:file", args=[referral.pk])).content.decode()
    assert "Eén hiervan is genoeg voor deze job" in page
    assert "Nog 3 vrij." in page
    url = f"{reverse('levers:book', args=[bikes.pk])}?dossier={person.case_number}"
    assert url in page
    assert client.get(url).status_code == 200


def test_asking_for_care_ticks_the_parts_that_the_job_asks(client, guide):
    person, site = without_bike(guide), ChildcareFactory()
    with acting(system("test")):
        ChildFactory(person=person)
    client.force_login(guide)
    url = f"{reverse('levers:book', args=[site.pk])}?dossier={person.case_number}&deel=Mo/early"
    form = client.get(url).context["form"]
    assert form["parts"].value() == [site.parts.get(code="Mo/early").pk]
