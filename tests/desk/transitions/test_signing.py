"""The internship agreement: four parties sign one text, each by a link or in Koempel."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import VacancyFactory
from desk.planning.world import open_now
from desk.transitions.agreed import NAMES, signed, terms_of, written
from desk.transitions.conftest import days
from koempel.desk.accounts.models import AccessGrant
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.transitions.enums import Party
from koempel.desk.transitions.errors import NotNowError, TransitionError
from koempel.desk.transitions.models import Agreement, Signature, SignLink, Transition
from koempel.desk.transitions.queries import (
    agreement_of,
    is_signed,
    signatures_of,
    text_digest,
)
from koempel.desk.transitions.signing import make_sign_link, sign, write_agreement
from koempel.region import dutch

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def agreement(works, row) -> Agreement:
    return written(row, by=works.guide, at=NOW)


@pytest.fixture
def visitor() -> Client:
    return Client()


def link_to(row, party, *, by, at=NOW):
    with acting(system("test")):
        return make_sign_link(row.pk, party, by=by, at=at)


def page(token):
    return reverse("transition-sign", kwargs={"token": token})


def form_of(agreement, **facts):
    return {
        "name": "Hanne Oven",
        "agrees": "on",
        "read": text_digest(agreement_of(agreement.transition_id)),
        **facts,
    }


def test_four_parties_sign_and_then_it_is_signed(works, row, agreement):
    seen = []
    for party in Party:
        seen.append(is_signed(agreement))
        signed(row, party, by=None, at=NOW)

    assert (seen, is_signed(agreement)) == ([False] * 4, True)
    assert {party: each.name for party, each in signatures_of(agreement).items()} == NAMES


def test_party_signs_by_a_link_without_an_account(works, row, agreement, visitor):
    token = link_to(row, Party.HOST, by=works.guide)
    shown = visitor.get(page(token)).content.decode()

    done = visitor.post(page(token), form_of(agreement), follow=True).content.decode()

    made = Signature.objects.get()
    assert "Yara Stutvinder" in shown
    assert "Zelf een bestelling klaarzetten." in shown
    assert works.person.pk not in shown
    assert (made.party, made.name, made.by) == ("HOST", "Hanne Oven", None)
    assert "Bedankt. Je handtekening staat genoteerd." in done
    assert "<form" not in visitor.get(page(token)).content.decode()
    assert works.lines()[-1][1].endswith("De werkgever van de stage, met de link.")
    assert AuditEvent.objects.filter(verb="transitions.sign").count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [({"name": ""}, "Vul dit in."), ({"agrees": ""}, "Vink aan dat je akkoord gaat.")],
)
def test_signing_asks_a_name_and_a_yes(works, row, agreement, visitor, change, says):
    token = link_to(row, Party.PERSON, by=works.guide)

    answer = visitor.post(page(token), form_of(agreement, **change))

    assert (answer.status_code, Signature.objects.count()) == (422, 0)
    assert says in answer.content.decode()


def test_change_of_the_text_voids_what_was_signed(works, row, agreement):
    signed(row, by=works.guide, at=NOW)

    changed = written(row, by=works.guide, at=NOW, goals="Met de heftruck rijden.")

    assert not is_signed(changed)
    assert Signature.objects.filter(voided_at__isnull=True).count() == 0
    signed(row, by=works.guide, at=NOW)
    assert is_signed(changed)


def test_text_that_is_saved_as_it_was_stays_signed(works, row, agreement):
    signed(row, by=works.guide, at=NOW)

    written(row, by=works.guide, at=NOW, host=agreement.host)

    assert is_signed(agreement_of(row.pk))


def test_another_coach_is_another_text(works, row, agreement):
    signed(row, by=works.guide, at=NOW)

    Transition.objects.update(coach="Jef Mijnwagen")

    assert not is_signed(agreement_of(row.pk))


def test_text_that_changed_while_it_was_read_is_not_signed(works, row, agreement, visitor):
    token, read = link_to(row, Party.HOST, by=works.guide), form_of(agreement)
    written(row, by=works.guide, at=NOW, goals="Iets anders.")

    answer = visitor.post(page(token), read)

    assert (answer.status_code, Signature.objects.count()) == (422, 0)
    assert "intussen veranderd" in answer.content.decode()


def test_of_two_who_sign_for_one_party_one_wins(works, row, agreement):
    signed(row, Party.HOST, by=None, at=NOW)

    with pytest.raises(NotNowError, match="al getekend"):
        signed(row, Party.HOST, by=None, at=NOW)
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("why", ["old", "withdrawn", "wrong"])
def test_link_that_does_not_work_is_like_one_that_never_was(works, row, agreement, visitor, why):
    token = link_to(row, Party.HOST, by=works.guide)
    if why == "old":
        SignLink.objects.update(made_at=NOW - timedelta(days=20), ends_at=NOW - timedelta(days=1))
    elif why == "withdrawn":
        link_to(row, Party.HOST, by=works.guide)
    else:
        token = "x" * 32

    answers = [visitor.get(page(token)), visitor.post(page(token), form_of(agreement))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Signature.objects.exists()


def test_link_of_one_party_leaves_that_of_another(works, row, agreement, visitor):
    token = link_to(row, Party.HOST, by=works.guide)
    link_to(row, Party.PERSON, by=works.guide)

    assert visitor.get(page(token)).status_code == 200


def test_signing_sent_twice_is_done_once(works, row, agreement, visitor):
    token = link_to(row, Party.HOST, by=works.guide)
    form = form_of(agreement, sleutel="eens")

    answers = [visitor.post(page(token), form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Signature.objects.count() == 1


def test_nothing_is_signed_any_more_once_the_internship_began(works, row, agreement, visitor):
    token, form = link_to(row, Party.HOST, by=works.guide), form_of(agreement)
    works.step(row, "intern", at=NOW)

    answer = visitor.post(page(token), form)

    assert answer.status_code == 422
    assert "kan niet meer getekend worden" not in visitor.get(page(token)).content.decode()
    assert Signature.objects.filter(voided_at__isnull=True).count() == 4


def test_table_keeps_no_link_that_can_be_used(works, row, agreement):
    token = link_to(row, Party.HOST, by=works.guide)

    assert token not in str(SignLink.objects.values().get())


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"first_on": days(-1)}, "is voorbij"),
        ({"last_on": days(-1)}, "ten laatste op"),
        ({"last_on": days(120)}, "ten laatste op"),
    ],
    ids=["past", "backwards", "past its term"],
)
def test_internship_lies_in_its_term(works, row, facts, says):
    with acting(system("test")), pytest.raises(TransitionError, match=says):
        write_agreement(row.pk, terms_of(NOW, **facts), by=works.guide, at=NOW)


def test_agreement_belongs_to_looking_for_a_place(works):
    early = works.follow(at=NOW)

    with pytest.raises(NotNowError, match="zoeken van een plek"):
        written(early, by=works.guide, at=NOW)


def test_nobody_signs_without_a_name(works, row, agreement):
    with acting(system("test")), pytest.raises(TransitionError, match="Schrijf wie tekent"):
        sign(row.pk, Party.HOST, name=" ", read=text_digest(agreement), by=None, at=NOW)


def test_guide_writes_it_down_from_a_vacancy_and_makes_a_link(client, works, row):
    vacancy = VacancyFactory(title="Bakkershulp", **open_now())
    client.force_login(works.guide)
    address = reverse("transitions:agree", args=[row.pk])
    assert vacancy.number in client.get(f"{address}?vacature={vacancy.number}").content.decode()
    form = {
        "host": vacancy.establishment_id,
        "vacancy": vacancy.number,
        "first_on": str(days(1)),
        "last_on": str(days(40)),
        "shifts-A-Mo-0-van": "8:30",
        "shifts-A-Mo-0-tot": "12:30",
        "goals": "Brood schikken.",
    }

    shown = client.post(address, form, follow=True).content.decode()
    link = reverse("transitions:sign-link", args=[row.pk, "HOST"])
    done = client.post(link, follow=True).content.decode()

    made = Agreement.objects.get()
    assert (made.vacancy, made.shifts, made.host_pays) == (vacancy, "Mo 08:30-12:30", False)
    assert dutch.day(days(40)) in shown
    assert "/teken/" in done


def test_vacancy_must_be_of_the_host(client, works, row):
    other = VacancyFactory(**open_now())
    client.force_login(works.guide)
    form = {"host": terms_of(NOW).host.pk, "vacancy": other.number}

    answer = client.post(reverse("transitions:agree", args=[row.pk]), form)

    assert "geen open vacature met dit nummer" in answer.content.decode()


def test_week_is_filled_by_a_button_and_nothing_is_wrong_yet(client, works, row):
    client.force_login(works.guide)

    answer = client.post(reverse("transitions:agree", args=[row.pk]), {"vul": "voormiddag"})

    assert answer.status_code == 200
    assert 'value="12:30"' in answer.content.decode()
    assert not Agreement.objects.exists()


def test_name_of_who_signed_stands_in_the_agreement_and_nowhere_else(client, works, row, agreement):
    signed(row, by=None, at=NOW)
    director = UserFactory(role=Role.DIRECTOR)
    AccessGrant.objects.update(classes=["K2", "K4"])
    address = reverse("transitions:file", args=[row.pk])
    sheet = reverse("transitions:agreement", args=[row.pk])

    pages, answers = [], []
    for who in (works.guide, works.mediator, director):
        client.force_login(who)
        pages.append(client.get(address).content.decode())
        answers.append(client.get(sheet).status_code)

    assert ["De persoon, met de link" in page for page in pages] == [True] * 3
    assert ["Yara" in page for page in pages] == [True, False, False]
    assert answers == [200, 404, 403]


def test_enterprise_signs_in_koempel(client, works, row, agreement):
    client.force_login(works.boss)
    address = reverse("transitions:sign", args=[row.pk])

    client.post(address, form_of(agreement, name="Bas Ploeg"))

    made = Signature.objects.get()
    assert (made.party, made.by) == ("ENTERPRISE", works.boss)
    assert "Die stap kan nu niet" in client.get(address, follow=True).content.decode()


def test_what_is_still_to_sign_waits_for_who_can_do_something(client, works, row, agreement):
    heap = "Stageovereenkomsten om te tekenen"

    def waits(who):
        client.force_login(who)
        return client.get(reverse("waiting:page")).content.decode()

    signed(row, Party.PERSON, Party.HOST, by=works.guide, at=NOW)
    guides, owns = waits(works.guide), waits(works.boss)
    assert "wacht op het sociale-economiebedrijf en de coach" in guides
    assert "Teken voor jullie bedrijf" in owns
    assert all(reverse("transitions:agreement", args=[row.pk]) in page for page in (guides, owns))
    assert heap not in waits(UserFactory(role=Role.CASEWORKER))

    signed(row, Party.ENTERPRISE, by=works.guide, at=NOW)
    assert heap not in waits(works.boss)
    assert "wacht op de coach" in waits(works.guide)

    signed(row, by=works.guide, at=NOW)
    assert heap not in waits(works.guide)


def test_round_says_who_has_to_sign_and_begins_only_then(client, works, row, agreement):
    client.force_login(works.guide)
    address = reverse("transitions:file", args=[row.pk])

    def shown():
        return client.get(address).content.decode()

    assert "Nog niemand tekende." in shown()
    signed(row, Party.PERSON, Party.COACH, by=works.guide, at=NOW)
    page = shown()
    assert "Getekend door de persoon en de coach." in page
    assert "wacht op het sociale-economiebedrijf en de werkgever van de stage." in page
    assert "Start de stage" not in page
    refused = client.post(address, {"doe": "intern"}, follow=True).content.decode()
    row.refresh_from_db()
    assert ("Die stap kan nu niet" in refused, row.state) == (True, "MATCHING")

    signed(row, by=works.guide, at=NOW)
    assert all(words in shown() for words in ("Alle partijen tekenden.", "Start de stage"))
    Agreement.objects.update(first_on=days(3))
    Signature.objects.update(digest=text_digest(agreement_of(row.pk)))
    assert "Start de stage" not in shown()
