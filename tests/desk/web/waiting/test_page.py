"""What waits, as each role finds it on its first page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from desk.factories.accounts import (
    AccessGrantFactory,
    BreakGlassFactory,
    RoleRequestFactory,
    UserFactory,
)
from desk.factories.jobs import VacancyFactory
from desk.factories.levers import (
    ChildcareFactory,
    CourseFactory,
    LeverFactory,
    booked,
    requested,
    wish,
)
from desk.factories.people import ChildFactory, PersonFactory
from desk.planning.world import plan, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.levers.actions import book_lever, hand_over
from koempel.desk.levers.models import Lever
from koempel.desk.operations.health import Finding, Part
from koempel.desk.planning.actions import pause_planner
from koempel.desk.planning.models import PlannerSwitch
from koempel.desk.web.views.waiting import oversight
from koempel.desk.web.views.waiting.roles import WAITS
from koempel.region import dutch

pytestmark = pytest.mark.django_db
HERE = sorted(set(WAITS) - {Role.DIRECTOR})


def read(user):
    client = Client()
    client.force_login(user)
    return client.get("/wacht/")


def told(answer):
    """What the page says waits: per heap its lines as title, text and status."""
    return {
        heap.title: [
            (item.title, item.text, item.status.word if item.status else "") for item in heap.items
        ]
        for heap in answer.context["heaps"]
    }


def day(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture(autouse=True)
def well(monkeypatch):
    """No worker runs beside the tests."""
    monkeypatch.setattr(oversight.health, "look", lambda: [Finding(Part.WORKER, True, "werkt")])


@pytest.mark.parametrize("role", HERE)
def test_page_says_that_nothing_waits_and_what_to_do_instead(role):
    answer = read(UserFactory(role=role))

    page = answer.content.decode()
    assert answer.context["heading"] == "Er wacht niets op jou"
    assert "Alles is gedaan." in page
    assert "Hier is nog niets" not in page
    assert [link.url for link in answer.context["instead"]] != []


def test_guide_finds_late_steps_first_and_nobody_elses():
    bram = UserFactory(role=Role.CASEWORKER)
    with acting(system("proef")):
        facts = {"caseworker": bram, "next_step": "Bel over de fiets"}
        PersonFactory(last_name="Vandaag", next_step_on=day(0), **facts)
        PersonFactory(last_name="Telaat", next_step_on=day(-2), **facts)
        PersonFactory(last_name="Later", next_step_on=day(1), **facts)
        PersonFactory(last_name="Gesloten", next_step_on=day(-9), closed=True, **facts)
        PersonFactory(last_name="Vaneenander", next_step="Bel", next_step_on=day(0))

    answer = read(bram)

    assert told(answer) == {
        "Volgende stappen": [
            ("Yara Telaat", "Bel over de fiets", "2 dagen te laat"),
            ("Yara Vandaag", "Bel over de fiets", "vandaag"),
        ]
    }
    assert answer.context["heading"] == "2 dingen wachten op jou"


def test_guide_finds_proposals_to_decide():
    bram = UserFactory(role=Role.SOCIAL_WORKER)
    with acting(system("proef")):
        yara = seeker(bram)
        VacancyFactory(title="Inpakker", seats=2)
        seeker(UserFactory())
    plan()

    lines = told(read(bram))["Voorstellen om over te beslissen"]

    assert [(title, text.partition(" bij ")[0]) for title, text, _ in lines] == [
        (yara.name, "Inpakker")
    ]


def test_guide_finds_care_that_stops_and_levers_that_went_wrong():
    bram = UserFactory(role=Role.CASEWORKER)
    now = timezone.now()
    with acting(system("proef")):
        yara = PersonFactory(caseworker=bram, last_name="Lampenier")
        ChildFactory(person=yara, in_care=True, care_until=day(20))
        ChildFactory(person=yara, in_care=True, care_until=day(90))
        ChildFactory(in_care=True, care_until=day(20))
    silent = requested(LeverFactory(name="Bikes stil", stock=0), case_number=yara.pk)
    gone = booked(LeverFactory(name="Bikes weg"), case_number=yara.pk)
    requested(LeverFactory(stock=0), case_number="K-2222")
    type(silent).objects.filter(pk=silent.pk).update(made_at=now - timedelta(days=8))
    type(gone).objects.filter(pk=gone.pk).update(state="EXPIRED", changed_at=now)

    assert told(read(bram)) == {
        "Vragen zonder antwoord": [
            ("Yara Lampenier", "Bikes stil: gevraagd, 8 dagen geleden.", "stil")
        ],
        "Ondersteuning die niet doorging": [
            (
                "Yara Lampenier",
                "Bikes weg: lag klaar, en niemand kwam op tijd. Nog nodig? Vraag het opnieuw.",
                "vervallen",
            )
        ],
        "Opvang die stopt": [
            (
                "Yara Lampenier",
                f"De opvang van een kind stopt op {dutch.day(day(20))}.",
                "nog 20 dagen",
            )
        ],
    }


def test_mediator_finds_who_was_shared_whose_grant_ends_and_seats():
    aya = UserFactory(role=Role.MEDIATOR)
    now = timezone.now()
    with acting(system("proef")):
        new, old, foreign = (PersonFactory(last_name=name) for name in ("Nieuw", "Oud", "Ander"))
        VacancyFactory(social=True, title="Fietsen herstellen", start_to=day(90))
        VacancyFactory(title="Gewone job", start_to=day(90))
    term = {"to_organisation": aya.organisation, "valid_until": now + timedelta(days=200)}
    AccessGrantFactory(person=new.pk, **term | {"valid_from": now - timedelta(days=1)})
    AccessGrantFactory(person=old.pk, **term | {"valid_until": now + timedelta(days=10)})
    AccessGrantFactory(person=foreign.pk, valid_from=now - timedelta(days=1))

    answer = read(aya)

    found = told(answer)
    assert answer.context["heading"] == "2 dingen wachten op jou"
    assert {title: [line[0] for line in lines] for title, lines in found.items()} == {
        "Pas met jullie gedeeld": ["Yara Nieuw"],
        "Inzage die eindigt": ["Yara Oud"],
        "Open plaatsen in de sociale economie": ["Fietsen herstellen"],
    }


def test_employer_finds_own_vacancies_that_leave_drafts_and_what_nobody_reaches():
    els = UserFactory(role=Role.EMPLOYER)
    with acting(system("proef")):
        own = {"employer": els.organisation, "start_to": day(90)}
        VacancyFactory(title="Verloopt", publish_to=day(3), **own)
        VacancyFactory(title="Ontwerp", draft=True, **own)
        VacancyFactory(title="Te ver", establishment__lon=6.9, establishment__lat=52.9, **own)
        VacancyFactory(title="Van een ander", publish_to=day(3), draft=False)
        seeker(UserFactory())
    plan()

    found = told(read(els))

    assert {title: [line[0] for line in lines] for title, lines in found.items()} == {
        "Vacatures die verlopen": ["Verloopt"],
        "Ontwerpen": ["Ontwerp"],
        "Jobs die niemand bereikt": ["Te ver"],
    }


def test_partner_finds_counts_per_lever_and_nobody_by_name():
    site = ChildcareFactory(confirmed=True, stock=5)
    fien = UserFactory(role=Role.CHILDCARE, organisation=site.organisation)
    stale = LeverFactory(kind=site.kind, organisation=site.organisation, name="Oud", stale=True)
    Lever.objects.filter(pk=site.pk).update(confirmed_on=day(0))
    with acting(system("proef")):
        yara = PersonFactory(first_name="Yara", last_name="Nooitzichtbaar")
    requested(site, case_number=yara.pk, codes=["Mo/early"])
    requested(site, case_number="K-3333", codes=["Mo/early"])
    with acting(system("proef")):
        asked = wish(site, yara.pk, "x", ["Tu/early"], starts_on=day(-9), ends_on=day(9))
        hand_over(book_lever(asked, by=fien, at=timezone.now()), by=fien, at=timezone.now())

    answer = read(fien)

    found, page = told(answer), answer.content.decode()
    assert list(found) == [
        "Vragen om te beantwoorden", "Voorraad om te bevestigen", "Plaatsen die eindigen"
    ]  # fmt: skip
    assert [line[0] for line in found["Vragen om te beantwoorden"]] == [site.name]
    assert found["Vragen om te beantwoorden"][0][1].startswith("2 vragen.")
    assert found["Voorraad om te bevestigen"][0][0] == stale.name
    assert found["Plaatsen die eindigen"][0][2] == "nog 9 dagen"
    assert answer.context["heading"] == "4 dingen wachten op jou"
    assert not [word for word in ("Nooitzichtbaar", yara.pk, "K-3333") if word in page]


def test_shop_finds_vouchers_and_a_school_its_seats():
    depot, course = LeverFactory(confirmed=True), CourseFactory(confirmed=True)
    Lever.objects.update(confirmed_on=day(0))
    booked(depot)

    shop = read(UserFactory(role=Role.REUSE_SHOP, organisation=depot.organisation))
    school = read(UserFactory(role=Role.TRAINING, organisation=course.organisation))

    assert list(told(shop)) == ["Bonnen om in te wisselen"]
    assert told(school)["Lessen met vrije plaatsen"][0][0] == course.name


def test_what_is_only_worth_a_look_is_no_thing_that_waits():
    course = CourseFactory(confirmed=True)
    Lever.objects.update(confirmed_on=day(0))

    answer = read(UserFactory(role=Role.TRAINING, organisation=course.organisation))

    assert answer.context["heading"] == "Er wacht niets op jou"
    assert 'class="ask' not in answer.content.decode()


def test_page_with_things_that_wait_does_not_say_that_it_is_empty():
    depot = LeverFactory(confirmed=True)
    Lever.objects.update(confirmed_on=day(0))
    booked(depot)

    answer = read(UserFactory(role=Role.REUSE_SHOP, organisation=depot.organisation))

    assert answer.context["heading"] == "Eén ding wacht op jou"
    assert "Hier is nog niets" not in answer.content.decode()


def test_officer_finds_reviews_signals_and_the_pause():
    officer, noor = UserFactory(role=Role.DPO), UserFactory(role=Role.DIRECTOR)
    glass = BreakGlassFactory()
    with acting(system("proef")):
        pause_planner("De uren van de opvang klopten niet.", by=noor, at=timezone.now())

    found = told(read(officer))

    assert list(found) == ["Noodtoegang om na te kijken", "Planner"]
    assert found["Noodtoegang om na te kijken"][0][0].startswith(glass.user.name)
    assert found["Planner"][0][1].endswith("De uren van de opvang klopten niet.")
    assert PlannerSwitch.objects.count() == 1


def test_operator_finds_roles_and_what_is_not_well(monkeypatch):
    ill = [Finding(Part.DISK, False, "is vol"), Finding(Part.DATABASE, True, "antwoordt")]
    monkeypatch.setattr(oversight.health, "look", lambda: ill)
    asked = RoleRequestFactory()

    found = told(read(UserFactory(role=Role.OPERATOR)))

    assert found["Rollen om te bevestigen"][0][0].startswith(asked.user.name)
    assert found["Werking"] == [("De schijf", "Is vol.", "stuk")]


def test_a_long_heap_shows_six_and_leads_to_the_others():
    bram = UserFactory(role=Role.CASEWORKER)
    with acting(system("proef")):
        PersonFactory.create_batch(9, caseworker=bram, next_step="Bel", next_step_on=day(-1))

    (heap,) = read(bram).context["heaps"]

    assert len(heap.items) == 6
    assert (heap.more.title, heap.more.url) == ("Nog 3 andere", "/mensen/?stap=nu")


def test_who_is_shown_stands_in_the_trail_and_nobody_else():
    bram = UserFactory(role=Role.CASEWORKER)
    with acting(system("proef")):
        people = PersonFactory.create_batch(
            7, caseworker=bram, next_step="Bel", next_step_on=day(-1)
        )

    read(bram)

    (event,) = AuditEvent.objects.filter(verb="waiting:page")
    assert len(event.objects_seen) == 6
    assert set(event.objects_seen) < {each.pk for each in people}


@pytest.mark.parametrize("rows", [1, 12])
def test_page_of_a_guide_takes_the_same_queries_for_one_and_for_many(
    rows, django_assert_num_queries
):
    bram = UserFactory(role=Role.CASEWORKER)
    with acting(system("proef")):
        for _ in range(rows):
            yara = seeker(bram, next_step="Bel", next_step_on=day(-1))
            VacancyFactory()
            ChildFactory(person=yara, in_care=True, care_until=day(20))
    plan()
    client = Client()
    client.force_login(bram)

    with django_assert_num_queries(39):
        client.get("/wacht/")


@pytest.mark.parametrize("rows", [1, 12])
def test_page_of_a_partner_takes_the_same_queries_for_one_and_for_many(
    rows, django_assert_num_queries
):
    depot = LeverFactory(stale=True, stock=40)
    jef = UserFactory(role=Role.REUSE_SHOP, organisation=depot.organisation)
    for number in range(rows):
        booked(depot, case_number=f"K-{number}", key=f"b{number}")
        requested(depot, case_number=f"K-{number}", key=f"r{number}")
    client = Client()
    client.force_login(jef)

    with django_assert_num_queries(7):
        client.get("/wacht/")


def test_sign_in_of_the_demonstration_says_in_a_word_what_waits(client):
    bram = UserFactory(role=Role.CASEWORKER, demo=True)
    UserFactory(role=Role.EMPLOYER, demo=True)
    with acting(system("proef")):
        PersonFactory.create_batch(3, caseworker=bram, next_step="Bel", next_step_on=day(-1))

    seats = client.get("/aanmelden/").context["seats"]

    assert [seat.waits for seat in seats] == ["3 volgende stappen", ""]
    assert not AuditEvent.objects.filter(kind="person").exists()
