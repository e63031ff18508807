"""The counter of the shop and the sheet of the person."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import OrganisationFactory, UserFactory
from desk.factories.levers import LeverFactory, booked
from desk.factories.people import PersonFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.levers import actions
from koempel.desk.levers.models import LeverBooking
from koempel.region import dutch
from koempel.region.outcome import LeverKind

pytestmark = pytest.mark.django_db
COUNTER = reverse("levers:vouchers")


@pytest.fixture
def yara():
    with acting(system("tests")):
        return PersonFactory(first_name="Yara", last_name="Lampenier")


@pytest.fixture
def depot():
    return LeverFactory(stock=3, includes="Slot en lichten")


@pytest.fixture
def booking(depot, yara):
    starts_on = timezone.localdate()
    return booked(depot, case_number=yara.pk, size="M", starts_on=starts_on)


@pytest.fixture
def jef(client, depot):
    """Jef of the depot, signed in."""
    user = UserFactory(role=Role.REUSE_SHOP, organisation=depot.organisation)
    client.force_login(user)
    return user


def counter(client, code):
    return client.get(COUNTER, {"code": code})


def facts(page):
    return {fact.label: str(fact.value) for fact in page.context["voucher"].facts}


def test_counter_says_all_that_the_shop_needs_and_no_more(client, jef, booking, yara):
    page = counter(client, booking.voucher.lower().replace("-", " "))

    text = page.content.decode()
    until = dutch.capital(dutch.weekday_and_day(booking.hold_until))
    found = facts(page)
    assert found.pop("Wat").startswith("Kind(title='Fiets'")
    assert found == {
        "Bij": "De Tweede Schacht",
        "Maat": "Middel, 51 tot 55 cm",
        "Yara betaalt": "20 tot 60 euro",
        "Geldig tot en met": until,
        "Erbij": "Slot en lichten",
    }
    assert [word in text for word in (yara.pk, yara.last_name, yara.phone)] == [False] * 3


def test_loan_costs_nothing_and_says_when_it_comes_back(client, jef, depot, yara):
    depot.kind = LeverKind.EBIKE_LOAN
    depot.save()
    back = timezone.localdate() + timedelta(days=90)
    booking = booked(depot, case_number=yara.pk, ends_on=back, starts_on=timezone.localdate())

    found = facts(counter(client, booking.voucher))

    assert found["Yara betaalt"] == "Niets"
    assert found["Terug op"] == dutch.capital(dutch.weekday_and_day(back))


def test_voucher_becomes_a_bike_once(client, jef, booking, depot):
    before = counter(client, booking.voucher).content.decode()
    client.post(reverse("levers:step", kwargs={"pk": booking.pk}), {"step": "HANDED_OVER"})
    after = counter(client, booking.voucher).content.decode()

    assert ("Fiets is meegegeven" in before, "Fiets is meegegeven" in after) == (True, False)
    part = depot.parts.get()
    assert (part.free, part.held, part.out) == (2, 0, 1)


def test_counts_of_today_follow_the_hand_overs(client, jef, booking, depot):
    booked(depot, case_number="K-2M8D", key="open")
    with acting(system("tests")):
        actions.hand_over(booking, by=jef, at=timezone.now())

    page = client.get(COUNTER)

    counts = [page.context[name] for name in ("today", "month", "open")]
    assert counts == [1, 1, 1]


def no_match(client, booking, **answer):
    client.post(reverse("levers:no-match", kwargs={"pk": booking.pk}), answer)
    return LeverBooking.objects.get(pk=booking.pk)


@pytest.mark.parametrize(
    ("then", "state", "title"),
    [
        ("houd", "HELD", "Nog niets passends: fiets, De Tweede Schacht"),
        ("laat-los", "RELEASED", "Niet mogelijk: fiets, De Tweede Schacht"),
    ],
)
def test_no_bike_is_an_answer_that_the_guide_reads(client, jef, booking, yara, then, state, title):
    found = no_match(client, booking, then=then, reason="geen fiets in deze maat")

    with acting(system("tests")):
        line = yara.timeline.first()
    assert (found.state, line.title, line.text) == (state, title, "geen fiets in deze maat")


@pytest.mark.parametrize("reason", ["", "85.07.30-033.28"])
def test_no_bike_needs_a_reason_without_a_national_number(client, jef, booking, reason):
    found = no_match(client, booking, then="laat-los", reason=reason)

    assert (found.state, found.reason) == ("HELD", "")


def test_voucher_that_was_honoured_cannot_be_without_a_match(client, jef, booking):
    with acting(system("tests")):
        actions.hand_over(booking, by=jef, at=timezone.now())

    found = no_match(client, booking, then="houd", reason="geen fiets in deze maat")

    assert (found.state, found.reason) == ("HANDED_OVER", "")


def test_voucher_of_another_shop_is_unknown(client, jef):
    foreign = booked(LeverFactory(organisation=OrganisationFactory()))

    page = counter(client, foreign.voucher).content.decode()

    assert "Deze bon kennen we niet" in page


def test_sheet_leads_the_camera_of_the_shop_to_the_voucher(client, booking, yara, jef):
    client.force_login(yara.caseworker)
    sheet = client.get(reverse("levers:voucher", kwargs={"pk": booking.pk}))
    client.force_login(jef)

    scanned = client.get(sheet.context["address"])

    assert scanned.context["voucher"].seen.pk == booking.pk
    text = sheet.content.decode()
    assert [word in text for word in ("Yara", booking.voucher, "Lampenier")] == [True, True, False]


def test_sheet_of_somebody_else_is_as_absent(client, booking):
    client.force_login(UserFactory(role=Role.CASEWORKER))

    urls = [reverse("levers:voucher", kwargs={"pk": pk}) for pk in (booking.pk, 999_999)]

    assert [client.get(url).status_code for url in urls] == [404, 404]
