"""The first page of each partner, and the boards of who directs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import NOON, OrganisationFactory, UserFactory
from desk.factories.levers import (
    ChildcareFactory,
    CourseFactory,
    LeverFactory,
    ShuttleFactory,
    booked,
    requested,
)
from desk.factories.people import ChildFactory, PersonFactory
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.levers import actions
from koempel.desk.levers.queries import n_placed
from koempel.region import dutch

pytestmark = pytest.mark.django_db
OWN = reverse("levers:own")


def day(days):
    return timezone.localdate() + timedelta(days=days)


PARTNERS = {
    Role.CHILDCARE: ChildcareFactory,
    Role.REUSE_SHOP: LeverFactory,
    Role.TRAINING: CourseFactory,
    Role.TRANSPORT: ShuttleFactory,
}


def sign_in(client, role, lever):
    user = UserFactory(role=role, organisation=lever.organisation)
    client.force_login(user)
    return user


def own(client):
    return client.get(OWN).content.decode()


@pytest.mark.parametrize("role", PARTNERS)
def test_first_page_of_a_partner_has_its_questions_and_no_case_number(client, role):
    lever = PARTNERS[role]()
    with acting(system("tests")):
        child = ChildFactory()
    requested(lever, case_number=child.person_id, child=child)
    booked(lever, case_number=child.person_id, child=child, key="held")
    sign_in(client, role, lever)

    page = own(client)

    assert page.count("Houd vast") == 1
    assert ("Nee, met reden" in page, child.person_id in page) == (True, False)


@pytest.mark.parametrize("role", PARTNERS)
def test_first_page_of_a_partner_asks_as_little_for_many(client, role, django_assert_num_queries):
    lever = PARTNERS[role](stock=40)
    sign_in(client, role, lever)

    def more(count):
        for _ in range(count):
            with acting(system("tests")):
                child = ChildFactory()
            case = {"case_number": child.person_id, "child": child}
            requested(lever, key=f"{child.pk}/asked", **case)
            booked(lever, key=f"{child.pk}/held", **case)

    more(1)
    own(client)  # the session is renewed once
    with CaptureQueriesContext(connection) as few:
        own(client)
    more(9)
    with django_assert_num_queries(len(few)):
        own(client)


@pytest.mark.parametrize("role", PARTNERS)
def test_partner_without_a_lever_is_told_how_to_begin(client, role):
    user = UserFactory(role=role)
    client.force_login(user)

    page = own(client)

    family = page.partition("/nieuw/")[0].rpartition("/")[2]
    new = reverse("levers:new", kwargs={"family": family, "partner": user.organisation_id})
    assert ("Hier staat nog niets" in page, client.get(new).status_code) == (True, 200)


def test_title_says_where_it_is_full_today(client):
    site = ChildcareFactory(stock=1)
    today = timezone.localdate()
    code = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")[today.weekday()]
    booked(site, case_number="K-2M8D", codes=[f"{code}/early"], starts_on=today)
    sign_in(client, Role.CHILDCARE, site)

    page = own(client)

    expected = "vol in de vroege uren" if today.weekday() < 5 else "gesloten"
    assert f"<h1>Vandaag: {expected}</h1>" in page


@pytest.mark.parametrize(("days_ago", "asked"), [(14, False), (15, True), (21, True), (22, True)])
def test_partner_is_asked_to_confirm_a_week_before_its_stock_is_unknown(client, days_ago, asked):
    today = timezone.localdate()
    depot = LeverFactory(confirmed_on=today - timedelta(days=days_ago))
    sign_in(client, Role.REUSE_SHOP, depot)

    page = own(client)

    assert ("Ja, klopt nog" in page) == asked
    stale = dutch.day(depot.confirmed_on + timedelta(days=22))
    told = f"Zonder antwoord telt het plan hier minder op vanaf {stale}." in page
    assert told == (asked and days_ago < 22)


def test_confirming_takes_the_question_away(client):
    depot = LeverFactory(stale=True)
    sign_in(client, Role.REUSE_SHOP, depot)

    client.post(reverse("levers:confirm", kwargs={"pk": depot.pk}), {"next": OWN})

    assert "Ja, klopt nog" not in own(client)


def given(lever, by, *, started, works_since=None, ended=None):
    """Somebody who got a lever so many days ago, and perhaps works since."""
    now = timezone.now()
    first = timezone.localdate() - timedelta(days=started)
    status = {}
    if works_since is not None:
        since = timezone.localdate() - timedelta(days=works_since)
        status = {"status": "PLACED", "status_since": since}
    with acting(system("tests")):
        person = PersonFactory(**status)
        booking = booked(lever, case_number=person.pk, starts_on=first)
        booking = actions.hand_over(booking, by=by, at=now - timedelta(days=started))
        if ended is not None:
            actions.return_lever(booking, by=by, at=now - timedelta(days=ended))


@pytest.mark.parametrize(
    ("make", "works_since", "ended", "counts"),
    [
        (ChildcareFactory, 20, None, 1),
        (ChildcareFactory, 20, 10, 1),
        (ChildcareFactory, 5, 10, 0),
        (ChildcareFactory, 40, None, 0),
        (ChildcareFactory, None, None, 0),
        (CourseFactory, 5, 10, 1),
    ],
    ids=["has it", "had it then", "after it ended", "before it began", "does not work", "course"],
)
def test_those_count_who_began_to_work_with_the_help_of_a_lever(make, works_since, ended, counts):
    lever = make()
    given(lever, UserFactory(), started=30, works_since=works_since, ended=ended)
    new_year = timezone.localdate() - timedelta(days=365)

    assert n_placed([lever], new_year) == counts


@pytest.mark.parametrize(("people", "shown"), [(1, "1 tot 4"), (4, "1 tot 4"), (5, "5")])
def test_small_numbers_of_people_at_work_stay_hidden(client, people, shown):
    depot = LeverFactory(stock=9)
    user = sign_in(client, Role.REUSE_SHOP, depot)
    for _ in range(people):
        given(depot, user, started=3, works_since=0)

    page = own(client)

    assert f'<div class="fig num">{shown}</div>\n<p class="lbl">mensen werken nu' in page


def test_partner_with_two_families_finds_the_other_one(client):
    shop = OrganisationFactory(kind=OrganisationKind.REUSE_SHOP)
    LeverFactory(organisation=shop)
    LeverFactory(organisation=shop)
    course = CourseFactory(organisation=shop)
    sign_in(client, Role.REUSE_SHOP, course)

    page = own(client)

    assert ("Ook van jullie" in page, reverse("levers:family", args=["opleiding"]) in page) == (
        True,
        True,
    )


def test_guide_reads_the_own_questions_and_no_work_of_partners(client):
    depot = LeverFactory(stale=True)
    with acting(system("tests")):
        yara = PersonFactory(last_name="Lampenier")
    requested(depot, case_number=yara.pk)
    requested(depot, case_number="K-2M8D")
    client.force_login(yara.caseworker)

    page = client.get(reverse("levers:board")).content.decode()

    asked = page.partition("Jouw vragen zonder antwoord")[2].partition("</section>")[0]
    assert [word in asked for word in ("Lampenier", "K-2M8D")] == [True, False]
    assert "Wat wacht op jou" not in page


@pytest.mark.parametrize(
    ("days", "word"), [(9, f"begint op {dutch.day(day(9))}"), (0, "begonnen"), (-9, "begonnen")]
)
def test_place_that_begins_later_has_not_begun(client, days, word):
    course = CourseFactory()
    with acting(system("tests")):
        booking = booked(course, starts_on=day(days))
        actions.hand_over(booking, by=booking.made_by, at=NOON)
    sign_in(client, Role.TRAINING, course)

    sections = client.get(OWN).context["sections"]

    words = [line.status.word for each in sections for line in getattr(each.data, "lines", ())]
    assert words == [word]


def test_ledger_is_read_by_time_however_it_was_written(client):
    depot = LeverFactory(stock=3)
    part = depot.parts.get()
    with acting(system("tests")):
        by = UserFactory(second_factor=False)
        for days, capacity in ((1, 4), (-2, 5)):
            actions.set_capacity(part, capacity, by=by, at=NOON + timedelta(days=days))
    sign_in(client, Role.REUSE_SHOP, depot)

    timeline = client.get(reverse("levers:file", args=[depot.pk])).context["timeline"]

    assert [event.title for event in timeline] == [
        "Voorraad aangepast +1",
        "Voorraad aangepast +3",
        "Voorraad aangepast +1",
    ]
    assert [event.when for event in timeline] == sorted(
        (event.when for event in timeline), reverse=True
    )


@pytest.mark.parametrize(
    ("count", "line"),
    [(1, "Partner 0"), (3, "Partner 0, Partner 1 en Partner 2"), (4, "4 partners")],
)
def test_line_above_a_family_leaves_no_partner_out(client, count, line):
    for number in range(count):
        LeverFactory(organisation=OrganisationFactory(name=f"Partner {number}"))
    client.force_login(UserFactory(role=Role.DIRECTOR))

    answer = client.get(reverse("levers:family", args=["fietsen"]))

    assert answer.context["kicker"] == line


def test_enterprise_without_levers_is_told_where_to_begin(client):
    client.force_login(UserFactory(role=Role.SOCIAL_ENTERPRISE))

    page = client.get(reverse("levers:board")).content.decode()

    assert f'href="{reverse("partners:own")}">Voeg toe wat jullie te geven hebben' in page
    assert "Hier is nog niets" not in page
