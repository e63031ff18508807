"""A guide asks for a lever, sees the answer, and what is next best."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from desk.cast import make_cast
from desk.factories.accounts import OrganisationFactory, UserFactory
from desk.factories.levers import (
    ChildcareFactory,
    CourseFactory,
    LeverFactory,
    booked,
    requested,
)
from desk.factories.people import ChildFactory, PersonFactory, PersonObstacleFactory
from koempel.desk.common.context import acting, system
from koempel.desk.levers import actions
from koempel.desk.levers.models import LeverBooking
from koempel.region.outcome import LeverKind

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=14)


def book_url(lever, person):
    return f"{reverse('levers:book', kwargs={'pk': lever.pk})}?dossier={person.pk}"


def balances(lever):
    return [(part.free, part.held, part.out) for part in lever.parts.all()]


@pytest.fixture
def depot():
    return LeverFactory(stock=3)


@pytest.fixture
def yara():
    with acting(system("tests")):
        return PersonFactory(first_name="Yara", last_name="Lampenier")


@pytest.fixture
def guide(client, yara):
    """Yara's own caseworker, signed in."""
    client.force_login(yara.caseworker)
    return yara.caseworker


@pytest.mark.parametrize(
    ("button", "state", "left"), [("vraag", "REQUESTED", 3), ("houd", "HELD", 2)]
)
def test_button_says_whether_a_lever_is_asked_or_held(
    client, guide, yara, depot, button, state, left
):
    form = {"starts_on": SOON, "size": "M", "key": "one-form", "how": button}

    for _ in range(2):
        answer = client.post(book_url(depot, yara), form)

    booking = LeverBooking.objects.get()
    assert answer.headers["Location"] == reverse("people:file", kwargs={"case": yara.pk})
    assert (booking.case_number, booking.state, booking.size) == (yara.pk, state, "M")
    assert depot.parts.get().free == left


@pytest.mark.parametrize("words", ["lampenier", "YARA lamp", "{number}"])
def test_lever_is_asked_for_who_is_meant_by_a_name_or_a_number(client, guide, yara, depot, words):
    said = {"who": words.format(number=yara.pk.lower())}

    answer = client.post(reverse("levers:book", kwargs={"pk": depot.pk}), said)

    assert answer.headers["Location"] == book_url(depot, yara)


def test_several_of_one_name_are_told_apart_and_nobody_else_is_named(client, guide, yara, depot):
    with acting(system("tests")):
        other = PersonFactory(first_name="Milo", last_name="Lampenier", caseworker=guide)
        PersonFactory(first_name="Zohra", last_name="Lampenier")

    page = client.post(reverse("levers:book", kwargs={"pk": depot.pk}), {"who": "lampenier"})

    told = page.content.decode()
    assert all(escape(book_url(depot, each)) in told for each in (yara, other))
    assert "Zohra" not in told


def test_nobody_of_that_name_is_said_and_the_words_stay(client, guide, depot):
    page = client.post(reverse("levers:book", kwargs={"pk": depot.pk}), {"who": "Niemandsland"})

    told = page.content.decode()
    assert page.status_code == 422
    assert "We vinden niemand." in told
    assert 'value="Niemandsland"' in told


def test_place_that_is_temporary_ends_by_itself(client, guide, yara):
    site = ChildcareFactory()
    with acting(system("tests")):
        lio = ChildFactory(person=yara)
    part = site.parts.get(code="Mo/early")
    form = {"child": lio.pk, "parts": [part.pk], "starts_on": SOON, "key": "k", "how": "vraag"}

    client.post(book_url(site, yara), form)

    booking = LeverBooking.objects.get()
    assert (booking.child_id, list(booking.parts.all())) == (lio.pk, [part])
    assert booking.ends_on == SOON + timedelta(weeks=26, days=-1)


def test_course_is_asked_from_its_first_lesson(client, guide, yara):
    course = CourseFactory()

    client.post(book_url(course, yara), {"key": "k", "how": "vraag"})

    booking = LeverBooking.objects.get()
    assert (booking.starts_on, booking.ends_on) == (course.course.starts_on, course.course.ends_on)


def test_child_of_another_case_cannot_be_asked_for(client, guide, yara):
    site = ChildcareFactory()
    with acting(system("tests")):
        ChildFactory(person=yara)
        other = ChildFactory(first_name="Ceyda")
    form = {"child": other.pk, "parts": [site.parts.first().pk], "starts_on": SOON, "key": "k"}

    page = client.post(book_url(site, yara), {**form, "how": "vraag"})

    assert (page.status_code, LeverBooking.objects.count()) == (422, 0)
    assert "Ceyda" not in page.content.decode()


def test_mediator_without_the_household_asks_no_childcare(client):
    with acting(system("tests")):
        lio = ChildFactory(first_name="Lio")
    bart = make_cast(lio.person_id).bart
    client.force_login(bart)

    page = client.get(book_url(ChildcareFactory(), lio.person)).content.decode()

    assert ("geen kind dat je mag zien" in page, "Lio" in page) == (True, False)


def test_nothing_is_asked_for_somebody_whom_one_does_not_guide(client, guide, depot):
    with acting(system("tests")):
        stranger = PersonFactory()
    form = {"starts_on": SOON, "key": "k", "how": "houd"}
    absent = PersonFactory.build(case_number="K-2222")

    answers = [client.post(book_url(depot, each), form) for each in (stranger, absent)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert balances(depot) == [(3, 0, 0)]


def test_full_lever_cannot_be_held_and_the_form_stays(client, guide, yara):
    depot = LeverFactory(stock=0)

    page = client.post(
        book_url(depot, yara), {"starts_on": SOON, "size": "L", "key": "k", "how": "houd"}
    )

    text = page.content.decode()
    assert (page.status_code, "is er niets meer vrij" in text) == (422, True)
    assert '<option value="L" selected>' in text


def choose_page(client, person):
    return client.get(reverse("levers:choose", kwargs={"case": person.pk})).content.decode()


def test_what_the_case_needs_stands_first_and_what_serves_elsewhere_is_left_out(
    client, guide, yara
):
    with acting(system("tests")):
        PersonObstacleFactory(person=yara, kind="LANGUAGE", evidence="taaltest")
        elsewhere = LeverFactory(name="Kringwinkel Verderop")
        elsewhere.serves.add("71004")
    LeverFactory(name="Kringwinkel Dichtbij")
    CourseFactory(name="Nederlands voor Yara")
    other = CourseFactory(name="Nederlands voor anderen")
    other.course.from_level = "B1"
    other.course.save()
    CourseFactory(name="Van haar niveau")
    type(other.course).objects.exclude(pk=other.pk).update(from_level="A2")

    page = choose_page(client, yara)

    assert page.index("Nederlandse les: nodig volgens het dossier") < page.index("Kringwinkel D")
    assert [name in page for name in ("Verderop", "voor anderen", "taaltest")] == [False] * 3


def refused(lever, person, reason="geen fiets in deze maat"):
    """A question that the partner answered with no."""
    today = timezone.localdate()
    booking = requested(lever, case_number=person.pk, key=f"no/{lever.pk}", starts_on=today)
    partner = UserFactory(organisation=lever.organisation)
    with acting(system("tests")):
        return actions.release_booking(booking, by=partner, at=timezone.now(), reason=reason)


def test_refusal_names_the_next_best_of_its_family(client, guide, yara):
    refused(LeverFactory(name="Kringwinkel Nee"), yara)
    shop = OrganisationFactory(name="Fietsbieb")
    LeverFactory(name="Later", organisation=shop, wait_days=20)
    best = LeverFactory(name="Straks", organisation=shop, wait_days=2)
    LeverFactory(name="Leeg", organisation=shop, wait_days=0, stock=0)
    CourseFactory()

    pages = [
        client.get(reverse("people:file", kwargs={"case": yara.pk})).content.decode(),
        client.get(reverse("levers:board")).content.decode(),
    ]

    assert ["Het beste dat nu wel kan: Straks, vanaf" in page for page in pages] == [True, True]
    assert ["De partner schrijft: geen fiets in deze maat" in page for page in pages] == [True] * 2
    assert book_url(best, yara) in pages[1]


def test_bike_that_came_back_early_names_the_next_best_also_among_what_waits(client, guide, yara):
    back = booked(LeverFactory(name="Depot Terug"), case_number=yara.pk)
    ended = booked(ChildcareFactory(), case_number=yara.pk, codes=["Mo/early"])
    now = timezone.now()
    LeverBooking.objects.filter(pk=back.pk).update(state="RETURNED", changed_at=now)
    LeverBooking.objects.filter(pk=ended.pk).update(
        state="RETURNED", changed_at=now, starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )  # fmt: skip
    LeverFactory(name="Straks", organisation=OrganisationFactory(name="Fietsbieb"))

    pages = [
        client.get(address).content.decode()
        for address in (
            reverse("people:file", kwargs={"case": yara.pk}),
            reverse("levers:board"),
            reverse("waiting:page"),
        )
    ]

    assert ["Het beste dat nu wel kan: Straks, vanaf" in page for page in pages] == [True] * 3
    assert "Depot Terug: kwam vroeger terug." in pages[2]
    assert "Het Mijnlampje" not in pages[2]


def test_childcare_in_place_of_another_must_be_free_in_the_same_parts(client, guide, yara):
    site = ChildcareFactory(name="Het Mijnlampje")
    asked = requested(site, case_number=yara.pk, codes=["Mo/early", "Tu/early"])
    with acting(system("tests")):
        actions.release_booking(
            asked, by=UserFactory(organisation=site.organisation), at=timezone.now(), reason="vol"
        )
    house = OrganisationFactory()
    half = ChildcareFactory(name="Halfvol", organisation=house, stock=1)
    booked(half, case_number="K-2M8D", codes=["Tu/early"])
    ChildcareFactory(name="Past wel", organisation=house, kind=LeverKind.URGENT_CHILDCARE)

    page = client.get(reverse("levers:board")).content.decode()

    assert "Het beste dat nu wel kan: Past wel" in page


def test_refusal_is_followed_up_when_something_else_is_asked(client, guide, yara):
    refused(LeverFactory(), yara)
    other = LeverFactory(organisation=OrganisationFactory())
    requested(other, case_number=yara.pk, key="new")
    LeverBooking.objects.filter(lever=other).update(made_at=timezone.now())

    page = client.get(reverse("levers:board")).content.decode()

    assert "Wat niet doorging" not in page


def test_hold_that_ran_out_is_followed_up_with_its_age(client, guide, yara, depot):
    booking = booked(depot, case_number=yara.pk, starts_on=timezone.localdate())
    late = timezone.now() - timedelta(days=3)
    with acting(system("tests")):
        actions.expire_holds(booking.hold_until + timedelta(days=1), at=late)
    LeverBooking.objects.update(made_at=late - timedelta(days=20))

    page = client.get(reverse("levers:board")).content.decode()

    assert ("3 dagen geleden" in page, "Vraag het opnieuw" in page) == (True, True)
    assert book_url(depot, yara) in page


def test_board_of_a_guide_asks_as_little_for_many(client, guide, django_assert_num_queries):
    shop = OrganisationFactory()
    board = reverse("levers:board")

    def more(count):
        for _ in range(count):
            with acting(system("tests")):
                person = PersonFactory(caseworker=guide)
            refused(LeverFactory(organisation=shop), person)

    more(2)
    client.get(board)
    with django_assert_num_queries(22) as few:
        client.get(board)
    more(10)
    with django_assert_num_queries(len(few)):
        client.get(board)
