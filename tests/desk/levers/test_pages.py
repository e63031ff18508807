"""Pages of levers: who sees what, one click to confirm, a voucher that becomes a bike."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.cast import make_cast
from desk.factories.accounts import OrganisationFactory, UserFactory
from desk.factories.levers import (
    ChildcareFactory,
    CourseFactory,
    LeverFactory,
    ShuttleFactory,
    booked,
    requested,
)
from desk.factories.people import ChildFactory, PersonFactory, VillageFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.levers.actions import release_booking
from koempel.desk.levers.models import Lever, LeverBooking
from koempel.desk.people.retention import months_before
from koempel.region.windows import in_words, parse_windows

pytestmark = pytest.mark.django_db
CASE = "K-7F3Q"
SOON = str(timezone.localdate() + timedelta(days=7))


def url(name, **keys):
    return reverse(f"levers:{name}", kwargs=keys)


@pytest.fixture
def depot():
    return LeverFactory(stock=3)


@pytest.fixture
def jef(client, depot):
    """Jef of the depot, signed in."""
    user = UserFactory(role=Role.REUSE_SHOP, organisation=depot.organisation)
    client.force_login(user)
    return user


def balances(lever):
    return [(part.free, part.held, part.out) for part in lever.parts.all()]


def test_own_stock_is_confirmed_in_one_click(client, depot, jef):
    before = client.get(url("file", pk=depot.pk)).content.decode()

    client.post(url("confirm", pk=depot.pk))

    depot.refresh_from_db()
    after = client.get(url("file", pk=depot.pk)).content.decode()
    assert ("Ja, klopt nog" in before, "Ja, klopt nog" in after) == (True, False)
    assert (depot.confirmed_on, depot.confirmed_by) == (timezone.localdate(), jef)


@pytest.mark.parametrize("name", ["file", "stock", "edit"])
def test_lever_of_another_is_as_absent(client, jef, name):
    foreign = LeverFactory(organisation=OrganisationFactory())

    answers = [client.get(url(name, pk=pk)) for pk in (foreign.pk, 999_999)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_lever_of_another_cannot_be_confirmed_or_handed_over(client, jef):
    foreign = LeverFactory(organisation=OrganisationFactory())
    booking = booked(foreign)

    client.post(url("confirm", pk=foreign.pk))
    client.post(url("step", pk=booking.pk), {"step": "HANDED_OVER"})

    foreign.refresh_from_db()
    assert (foreign.confirmed_on, balances(foreign)) == (None, [(2, 1, 0)])


def test_an_sees_all_bart_only_his_people_chris_none(client, depot):
    with acting(system("tests")):
        person = PersonFactory()
    cast = make_cast(person.case_number)
    booked(depot, case_number=person.case_number)
    booked(depot, case_number="K-2M8D")
    seen = {}

    for user in (cast.an, cast.bart, cast.chris):
        client.force_login(user)
        page = client.get(url("file", pk=depot.pk)).content.decode()
        seen[user] = [number in page for number in (person.case_number, "K-2M8D")]

    assert seen == {cast.an: [True, True], cast.bart: [True, False], cast.chris: [False, False]}


def test_what_a_page_showed_is_in_the_audit_trail(client, depot, jef):
    with acting(system("tests")):
        yara = PersonFactory()
    booked(depot, case_number=yara.pk)

    client.get(url("file", pk=depot.pk))

    event = AuditEvent.objects.get(verb="levers:file")
    assert (event.objects_seen, event.classes, event.actor) == ([yara.pk], ["K2", "K3"], jef.pk)


def test_shop_reads_a_first_name_and_never_a_number_or_a_family_name(client, depot, jef):
    with acting(system("tests")):
        yara = PersonFactory(first_name="Yara", last_name="Lampenier")
    booking = booked(depot, case_number=yara.pk)
    requested(depot, case_number=yara.pk, key="asked")
    pages = [
        client.get(url("file", pk=depot.pk)),
        client.get(url("family", family="fietsen")),
        client.get(url("vouchers"), {"code": booking.voucher}),
    ]

    found = [
        [word in page.content.decode() for word in ("Yara", "Lampenier", yara.pk, yara.phone)]
        for page in pages
    ]
    assert found == [[True, False, False, False]] * 3


def test_question_says_whether_it_fits_and_is_answered_in_one_click(client):
    site = ChildcareFactory(stock=1)
    with acting(system("tests")):
        born = months_before(timezone.localdate().replace(day=1), 14)
        lio = ChildFactory(first_name="Lio", birth_month=born)
    wanted = {"codes": ["Mo/early"], "starts_on": timezone.localdate() + timedelta(days=14)}
    asked = requested(site, case_number=lio.person_id, child=lio, **wanted)
    late = requested(site, case_number="K-2M8D", key="too late", **wanted)
    client.force_login(UserFactory(role=Role.CHILDCARE, organisation=site.organisation))
    board = url("family", family="kinderopvang")

    before = client.get(board).content.decode()
    client.post(url("step", pk=asked.pk), {"step": "HELD"})
    after = client.get(board).content.decode()
    answer = {"step": "RELEASED", "reason": "geen plaats op die uren"}
    client.post(url("step", pk=late.pk), answer)

    assert ("Lio, 14 maanden" in before, before.count("Past: vrij vanaf")) == (True, 2)
    assert "Past niet: vol op ma vroeg." in after
    states = LeverBooking.objects.order_by("pk").values_list("state", "reason")
    assert list(states) == [("HELD", ""), ("RELEASED", "geen plaats op die uren")]


def test_no_bike_is_an_answer_and_frees_the_stock(client, depot, jef):
    booking = booked(depot)
    answer = {"step": "RELEASED", "reason": "geen passende fiets"}

    client.post(url("step", pk=booking.pk), answer)

    booking.refresh_from_db()
    assert (booking.state, balances(depot)) == ("RELEASED", [(3, 0, 0)])
    assert (booking.reason, booking.changed_by) == ("geen passende fiets", jef)


def test_letting_go_needs_a_reason(client, depot, jef):
    booking = booked(depot)

    page = client.post(url("step", pk=booking.pk), {"step": "RELEASED"}, follow=True)

    assert "Er is niets veranderd. Schrijf in enkele woorden waarom." in page.content.decode()
    assert balances(depot) == [(2, 1, 0)]


def test_national_number_in_a_reason_is_refused(client, depot, jef):
    booking = booked(depot)

    client.post(url("step", pk=booking.pk), {"step": "RELEASED", "reason": "85.07.30-033.28"})

    assert balances(depot) == [(2, 1, 0)]


def test_last_place_that_is_gone_is_said_kindly(client):
    site = ChildcareFactory(stock=1)
    booking = requested(site, codes=["Mo/early"])
    booked(site, case_number="K-2M8D", codes=["Mo/early"])
    client.force_login(UserFactory(role=Role.CHILDCARE, organisation=site.organisation))

    page = client.post(url("step", pk=booking.pk), {"step": "HELD"}, follow=True)

    assert "is er niets meer vrij" in page.content.decode()
    assert LeverBooking.objects.get(pk=booking.pk).state == "REQUESTED"


def test_new_count_is_a_line_in_the_ledger_and_confirms(client, depot, jef):
    part = depot.parts.get()

    client.post(url("stock", pk=depot.pk), {f"deel{part.pk}": "5", "reason": "twee hersteld"})

    depot.refresh_from_db()
    entry = part.entries.first()
    assert (entry.kind, entry.amount, entry.reason) == ("CAPACITY_SET", 2, "twee hersteld")
    assert depot.confirmed_on == timezone.localdate()


def test_count_below_what_is_promised_is_refused_in_place(client, depot, jef):
    booked(depot)
    part = depot.parts.get()

    page = client.post(url("stock", pk=depot.pk), {f"deel{part.pk}": "0"})

    assert page.status_code == 422
    assert "Er zijn er al 1 beloofd of meegegeven." in page.content.decode()


def test_new_site_gets_the_parts_of_its_hours(client):
    user = UserFactory(role=Role.CHILDCARE)
    client.force_login(user)
    form = {
        "kind": "FLEX_CHILDCARE",
        "name": "Het Vroege Lampje",
        "wait_days": "0",
        "cost_eur": "12",
        "point": "51.03, 5.3",
        "hours": "ma en wo 6-12",
        "age_from": "0",
        "age_to": "36",
    }

    page = client.post(url("new", family="kinderopvang", partner=user.organisation_id), form)

    codes = Lever.objects.get().parts.values_list("code", flat=True)
    assert page.status_code == 302
    assert list(codes) == ["Mo/early", "Mo/morning", "We/early", "We/morning"]


LINE = {
    "kind": "SHUTTLE_SEAT", "name": "Pendelbus", "wait_days": "0", "cost_eur": "3",
    "from_name": "Kerk", "to_name": "Poort", "ride_min": "20",
}  # fmt: skip


def add_line(client, **facts):
    user = UserFactory(role=Role.TRANSPORT)
    client.force_login(user)
    return client.post(url("new", family="vervoer", partner=user.organisation_id), LINE | facts)


def test_line_stops_in_the_middle_of_a_village_or_where_the_map_says(client):
    village = VillageFactory()
    on_the_map = {"to_village": village.pk, "to_point": "51.05, 5.31"}

    page = add_line(client, from_village=village.pk, **on_the_map)

    line = Lever.objects.get().line
    assert page.status_code == 302
    assert (line.from_lon, line.from_lat) == (village.lon, village.lat)
    assert (line.to_lon, line.to_lat) == (5.31, 51.05)


def test_form_shows_the_village_of_a_stop_or_its_point(client):
    village = VillageFactory(code="lampenberg", lon=5.2805)
    add_line(client, from_village=village.pk, to_point="51.05, 5.31")

    shown = client.get(url("edit", pk=Lever.objects.get().pk)).context["form"]

    assert shown.initial["from_village"] == village.pk
    assert "from_point" not in shown.initial
    assert shown["to_point"].value() == "51.05000, 5.31000"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Kies een dorp, of vul de coördinaten in."),
        ({"from_point": "5.3"}, "Dit zijn geen coördinaten."),
        ({"from_point": "5.28, 51.03"}, "Kijk de coördinaten na: eerst de breedte"),
    ],
)
def test_line_without_a_place_says_what_is_missing_once(client, facts, said):
    page = add_line(client, to_village=VillageFactory().pk, **facts)

    assert page.status_code == 422
    # Above the form with a link to the field, and at the field.
    assert page.content.decode().count(said) == 2
    assert not Lever.objects.exists()


def test_site_with_impossible_hours_is_refused_in_place(client):
    user = UserFactory(role=Role.CHILDCARE)
    client.force_login(user)
    form = {"kind": "FLEX_CHILDCARE", "name": "Nergens", "hours": "altijd een beetje"}

    page = client.post(url("new", family="kinderopvang", partner=user.organisation_id), form)

    assert page.status_code == 422
    assert "Deze uren kunnen we niet lezen" in page.content.decode()
    assert not Lever.objects.exists()


def test_line_gets_a_run(client):
    line = ShuttleFactory()
    client.force_login(UserFactory(role=Role.TRANSPORT, organisation=line.organisation))

    client.post(
        url("run-new", pk=line.pk), {"direction": "HOME", "time": "22:15", "days": ["Mo", "Fr"]}
    )

    run = line.parts.last().run
    assert (str(run), run.days) == ("naar huis 22.15", ["Mo", "Fr"])


def test_facts_of_a_site_are_read_as_dutch_writes_them(client):
    site = ChildcareFactory(cost_eur=Decimal("1200"))
    client.force_login(UserFactory(role=Role.DIRECTOR))

    form = client.get(url("edit", pk=site.pk)).context["form"]

    assert 'value="1200"' in str(form["cost_eur"])
    assert f'value="{in_words(parse_windows(site.childcare.hours))}"' in str(form["hours"])


@pytest.mark.parametrize("make", [LeverFactory, ChildcareFactory, CourseFactory, ShuttleFactory])
def test_facts_of_every_kind_can_be_changed(client, make):
    lever = make()
    client.force_login(UserFactory(role=Role.DIRECTOR))
    page = client.get(url("edit", pk=lever.pk))
    form = {
        bound.name: bound.value()
        for bound in page.context["form"]
        if bound.value() not in (None, [])
    }

    answer = client.post(url("edit", pk=lever.pk), {**form, "name": "Een andere naam"})

    assert answer.status_code == 302, answer.context["form"].errors
    assert Lever.objects.get().name == "Een andere naam"


FAMILIES = {
    "fietsen": LeverFactory,
    "kinderopvang": ChildcareFactory,
    "opleiding": CourseFactory,
    "vervoer": ShuttleFactory,
}


QUERIES = dict.fromkeys(FAMILIES, 15) | {"kinderopvang": 17}
"""Childcare also asks for the children and for those who wait."""


@pytest.mark.parametrize("family", FAMILIES)
def test_board_asks_as_little_for_many_levers(client, django_assert_num_queries, family):
    client.force_login(UserFactory(role=Role.DIRECTOR))
    owner = OrganisationFactory()
    for _ in range(4):
        booked(FAMILIES[family](organisation=owner))
    client.get(url("family", family=family))  # the session is renewed once

    with django_assert_num_queries(QUERIES[family]) as few:
        client.get(url("family", family=family))
    for _ in range(26):
        booked(FAMILIES[family](organisation=owner))
    with django_assert_num_queries(len(few)):
        client.get(url("family", family=family))


def test_first_page_of_levers_asks_as_little_for_many(client, django_assert_num_queries):
    client.force_login(UserFactory(role=Role.DIRECTOR))
    LeverFactory()
    client.get(url("board"))

    with django_assert_num_queries(5) as few:
        client.get(url("board"))
    for _ in range(29):
        LeverFactory()
    with django_assert_num_queries(len(few)):
        client.get(url("board"))


@pytest.fixture
def let_go(depot):
    """A booking that was let go for a reason, and one that is kept, of a guided person."""
    guide = UserFactory(role=Role.CASEWORKER)
    with acting(system("tests")):
        person = PersonFactory(caseworker=guide)
        booking = booked(depot, case_number=person.pk, key="gone")
        release_booking(booking, by=guide, at=timezone.now(), reason="Kwam niet opdagen")
        waiting = booked(depot, case_number=person.pk, key="waits")
    return guide, waiting.voucher


@pytest.mark.parametrize("who", ["guide", "partner", "another guide", "director"])
def test_why_it_was_let_go_is_for_the_partner_and_who_guides(client, depot, let_go, who):
    guide, voucher = let_go
    askers = {
        "guide": guide,
        "partner": UserFactory(role=Role.REUSE_SHOP, organisation=depot.organisation),
        "another guide": UserFactory(role=Role.CASEWORKER),
        "director": UserFactory(role=Role.DIRECTOR),
    }
    client.force_login(askers[who])

    page = client.get(url("file", pk=depot.pk)).content.decode()

    is_side = who in ("guide", "partner")
    assert ("Kwam niet opdagen" in page, voucher in page) == (is_side, is_side)
