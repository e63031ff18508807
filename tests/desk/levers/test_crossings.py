"""From a temporary childcare place to a regular one: the days between, the worst first."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import NOON, UserFactory
from desk.factories.levers import ChildcareFactory, booked, requested
from desk.factories.people import ChildFactory
from koempel.desk.common.context import Context, Relation, Show, acting, system
from koempel.desk.common.roles import Role
from koempel.desk.levers import actions
from koempel.desk.levers.crossings import Gap, crossings
from koempel.desk.levers.models import LeverBooking
from koempel.desk.levers.queries import open_bookings
from koempel.desk.web.views.levers.words import gap_in_words
from koempel.region import dutch
from koempel.region.outcome import LeverKind

pytestmark = pytest.mark.django_db
END = date(2027, 3, 15)


@pytest.fixture
def site():
    return ChildcareFactory(stock=9)


def child_with_place(site, name, earliest=None, latest=None, ends_on=END):
    """A child that is here until a day, with a regular place that comes between two others."""
    with acting(system("tests")):
        child = ChildFactory(first_name=name, regular_earliest=earliest, regular_latest=latest)
    booked(site, case_number=child.person_id, child=child, key=name, ends_on=ends_on)
    return child


def found_at(site):
    partner = Context(
        Role.CHILDCARE, "tests", None, site.organisation_id, Relation.OWN, Show.CONTACT
    )
    with acting(partner):
        return crossings(open_bookings(partner, [site], NOON.date()).kept)


@pytest.mark.parametrize(
    ("earliest", "latest", "gap", "words"),
    [
        (date(2027, 4, 1), date(2027, 4, 20), Gap(16, 35), "gat van 16 tot 35 dagen"),
        (date(2027, 3, 10), date(2027, 3, 18), Gap(0, 2), "gat tot 2 dagen"),
        (date(2027, 3, 17), date(2027, 3, 17), Gap(1, 1), "gat van één dag"),
        (date(2027, 3, 1), date(2027, 3, 16), Gap(0, 0), "sluit aan"),
        (None, None, None, "nog niet bekend"),
    ],
)
def test_days_without_a_place_are_counted_at_least_and_at_most(site, earliest, latest, gap, words):
    child_with_place(site, "Lio", earliest, latest)

    (crossing,) = found_at(site)

    assert (crossing.gap, gap_in_words(crossing)) == (gap, words)


def test_longest_possible_gap_comes_first_and_unknown_before_none(site):
    soon = END + timedelta(days=1)
    child_with_place(site, "Sluit aan", soon, soon)
    child_with_place(site, "Onbekend")
    child_with_place(site, "Kort", soon, END + timedelta(days=9))
    child_with_place(site, "Lang", soon, END + timedelta(days=99))

    names = [each.seen.holder.child.first_name for each in found_at(site)]

    assert names == ["Lang", "Kort", "Onbekend", "Sluit aan"]


def test_only_temporary_places_that_end_can_leave_a_gap(site):
    child_with_place(site, "Zonder einde", ends_on=None)
    regular = ChildcareFactory(kind=LeverKind.REGULAR_CHILDCARE, organisation=site.organisation)
    child_with_place(regular, "Gewoon")
    with acting(system("tests")):
        asked = ChildFactory()
    requested(site, case_number=asked.person_id, child=asked, ends_on=END)

    assert found_at(site) == found_at(regular) == []


def test_partner_extends_a_place_up_to_the_regular_one(client, site):
    child = child_with_place(site, "Mina", date(2027, 4, 1), date(2027, 4, 20))
    user = UserFactory(role=Role.CHILDCARE, organisation=site.organisation)
    client.force_login(user)
    booking = LeverBooking.objects.get()
    url = reverse("levers:extend", kwargs={"pk": booking.pk})

    offered = client.get(url).context["form"].initial["ends_on"]
    client.post(url, {"ends_on": offered})

    booking.refresh_from_db()
    with acting(system("tests")):
        line = child.person.timeline.first()
    assert booking.ends_on == date(2027, 4, 19)
    assert (line.title, line.text) == (
        "Verlengd: flexibele opvang, Het Mijnlampje",
        "Tot en met 19 april 2027",
    )


@pytest.mark.parametrize("day", [END, END - timedelta(days=1)])
def test_place_is_not_extended_backwards(client, site, day):
    child_with_place(site, "Mina")
    client.force_login(UserFactory(role=Role.CHILDCARE, organisation=site.organisation))
    booking = LeverBooking.objects.get()

    page = client.post(reverse("levers:extend", kwargs={"pk": booking.pk}), {"ends_on": day})

    assert page.status_code == 422
    assert LeverBooking.objects.get().ends_on == END


def test_place_of_another_site_cannot_be_extended(client, site):
    child_with_place(site, "Mina")
    client.force_login(UserFactory(role=Role.CHILDCARE))
    booking = LeverBooking.objects.get()

    page = client.post(
        reverse("levers:extend", kwargs={"pk": booking.pk}), {"ends_on": "2027-06-01"}
    )

    assert (page.status_code, LeverBooking.objects.get().ends_on) == (404, END)


def test_place_that_was_given_back_cannot_be_extended(site):
    child_with_place(site, "Mina")
    booking = LeverBooking.objects.get()
    with acting(system("tests")):
        ended = actions.release_booking(booking, by=booking.made_by, at=NOON)

        with pytest.raises(actions.NotAllowedNowError):
            actions.extend_booking(ended, date(2027, 6, 1), by=booking.made_by, at=NOON)


def test_case_warns_of_the_gap_with_its_days(client, site):
    today = timezone.localdate()
    first, last = today + timedelta(days=40), today + timedelta(days=50)
    child = child_with_place(site, "Mina", first, last, ends_on=date(2027, 1, 31))
    LeverBooking.objects.update(starts_on=today, ends_on=today + timedelta(days=30))
    with acting(system("tests")):
        client.force_login(child.person.caseworker)

    page = client.get(reverse("people:file", kwargs={"case": child.person_id})).content.decode()

    stops = dutch.day(today + timedelta(days=30))
    assert f"Let op: deze plaats stopt op {stops}." in page
    assert "gat van 9 tot 19 dagen" in page
