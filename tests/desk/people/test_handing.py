"""A case goes to a colleague; a case that nobody guides is taken over."""

from datetime import timedelta

import pytest

from desk.factories.accounts import (
    NOON,
    AccessGrantFactory,
    OrganisationFactory,
    UserFactory,
)
from desk.factories.people import PersonFactory, VillageFactory
from desk.people.conftest import as_user
from desk.people.test_pages import client_of, text, url
from koempel.desk.accounts.models import AccessGrant, User
from koempel.desk.common.context import Relation, acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.people.errors import PeopleError, TooLateError
from koempel.desk.people.handing import hand_over, take_back, take_over
from koempel.desk.people.models import HandOver, Person, TimelineEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira(bram):
    return UserFactory(
        name="Mira Mijnlamp", role=Role.SOCIAL_WORKER, organisation=bram.organisation
    )


@pytest.fixture
def left(bram):
    """A colleague who works here no more, with two cases."""
    user = UserFactory(
        name="Lou Verweg", role=Role.SOCIAL_WORKER, organisation=bram.organisation, inactive=True
    )
    with acting(system("proef")):
        village = VillageFactory(code="zandberg", name="Zandberg")
        people = PersonFactory.create_batch(2, caseworker=user, first_name="Stil", village=village)
    return user, people


def guide_of(person):
    with acting(system("proef")):
        return Person.objects.select_related("caseworker").get(pk=person.pk).caseworker


def lines():
    with acting(system("proef")):
        return [entry.title for entry in TimelineEntry.objects.order_by("pk")]


def number_of(people):
    return [person.pk for person in people]


# ---- handing over -----------------------------------------------------------------------------


def test_case_goes_to_a_colleague_with_a_line_and_an_event(bram, mira, yara):
    with as_user(bram, Relation.ASSIGNED):
        hand_over([yara.pk], to=mira, by=bram, at=NOON)
    assert (guide_of(yara), lines()) == (mira, ["Overgedragen aan Mira Mijnlamp"])
    event = AuditEvent.objects.get()
    assert (event.verb, event.objects_seen) == ("people:hand-over", [yara.pk])


STRANGERS = {
    "of another office": {},
    "who left": {"inactive": True, "here": True},
    "who guides nobody": {"role": Role.OPERATOR, "here": True},
}


@pytest.mark.parametrize("who", STRANGERS.values(), ids=STRANGERS)
def test_case_goes_to_nobody_who_cannot_guide_it(bram, yara, who):
    facts = {"role": Role.SOCIAL_WORKER} | who
    if facts.pop("here", False):
        facts["organisation"] = bram.organisation
    stranger = UserFactory(**facts)
    with as_user(bram, Relation.ASSIGNED), pytest.raises(PeopleError, match="Kies een collega"):
        hand_over([yara.pk], to=stranger, by=bram, at=NOON)
    assert guide_of(yara) == bram


def test_case_of_another_is_not_handed_over_nor_are_those_beside_it(bram, mira, yara):
    other = UserFactory(role=Role.SOCIAL_WORKER, organisation=bram.organisation)
    with acting(system("proef")):
        theirs = PersonFactory(caseworker=other)
    with as_user(bram, Relation.OWN), pytest.raises(PeopleError, match="zelf begeleidt"):
        hand_over([yara.pk, theirs.pk], to=mira, by=bram, at=NOON)
    assert (guide_of(yara), guide_of(theirs), lines()) == (bram, other, [])


def test_hand_over_is_taken_back_within_ten_minutes(bram, mira, yara):
    with as_user(bram, Relation.OWN):
        batch = hand_over([yara.pk], to=mira, by=bram, at=NOON)
        assert take_back(batch, by=bram, at=NOON + timedelta(minutes=10)) == 1
    assert (guide_of(yara), lines()[1]) == (bram, "Overdracht teruggenomen")
    with acting(system("proef")):
        assert not HandOver.objects.exists()


@pytest.mark.parametrize("why", ["late", "of another", "handed on", "twice"])
def test_hand_over_is_not_taken_back_when(bram, mira, yara, why):
    with as_user(bram, Relation.OWN):
        batch = hand_over([yara.pk], to=mira, by=bram, at=NOON)
        if why == "twice":
            take_back(batch, by=bram, at=NOON)
        if why == "handed on":
            third = UserFactory(role=Role.SOCIAL_WORKER, organisation=bram.organisation)
            hand_over([yara.pk], to=third, by=mira, at=NOON)
        before = guide_of(yara)
        at = NOON + timedelta(minutes=11 if why == "late" else 1)
        with pytest.raises(TooLateError):
            take_back(batch, by=mira if why == "of another" else bram, at=at)
    assert guide_of(yara) == before


def test_grants_on_a_case_stay_when_it_goes_to_a_colleague(bram, mira, yara):
    AccessGrantFactory(person=yara.pk, given_by=bram)
    with as_user(bram, Relation.ASSIGNED):
        hand_over([yara.pk], to=mira, by=bram, at=NOON)
    assert AccessGrant.objects.get().withdrawn_at is None


# ---- taking over ------------------------------------------------------------------------------


def test_cases_of_who_left_are_taken_over_and_given_back(bram, left):
    lou, people = left
    with as_user(bram, Relation.OWN):
        batch = take_over(number_of(people), by=bram, at=NOON)
        assert {guide_of(each) for each in people} == {bram}
        take_back(batch, by=bram, at=NOON)
    assert {guide_of(each) for each in people} == {lou}
    assert lines() == ["Overgenomen door Bram Koolstof"] * 2 + ["Overdracht teruggenomen"] * 2


def test_case_that_somebody_guides_is_not_taken_over(bram, mira, yara):
    with as_user(mira, Relation.OWN), pytest.raises(PeopleError, match="Een collega was je voor"):
        take_over([yara.pk], by=mira, at=NOON)
    assert guide_of(yara) == bram


def test_case_of_another_office_is_not_taken_over(left):
    elsewhere = UserFactory(role=Role.SOCIAL_WORKER)
    lou, people = left
    with as_user(elsewhere, Relation.OWN), pytest.raises(PeopleError):
        take_over(number_of(people), by=elsewhere, at=NOON)
    assert {guide_of(each) for each in people} == {lou}


# ---- the pages --------------------------------------------------------------------------------


def test_chosen_people_go_from_the_list_to_a_colleague_and_back(bram, mira, yara):
    with acting(system("proef")):
        milo = PersonFactory(caseworker=bram, first_name="Milo")
    client = client_of(bram)
    chosen = {"doe": "hand-over", "kies": [yara.pk, milo.pk]}
    page = client.post("/mensen/", chosen)
    asked = text(client.get(page.url))
    assert ("Draag 2 dossiers over" in asked, "Milo" in asked, mira.name in asked) == (True,) * 3
    done = text(client.post(page.url, {"to": mira.pk}, follow=True))
    assert "2 dossiers overgedragen aan Mira Mijnlamp." in done
    assert {guide_of(yara), guide_of(milo)} == {mira}
    assert client.get(url(yara)).status_code == 404

    undo = done.partition('action="/mensen/overdragen/')[2].partition('"')[0]
    client.post(f"/mensen/overdragen/{undo}")
    assert {guide_of(yara), guide_of(milo)} == {bram}
    assert client.get(url(yara)).status_code == 200


def test_case_page_leads_to_handing_it_over(bram, mira, yara):
    client = client_of(bram)
    assert f"/mensen/overdragen/?dossier={yara.pk}" in text(client.get(url(yara)))
    assert client.get("/mensen/overdragen/", {"dossier": yara.pk}).status_code == 200


def test_cases_of_others_cannot_be_handed_over_by_their_number(bram, mira, yara):
    for user in (mira, UserFactory(role=Role.CASEWORKER)):
        client = client_of(user)
        address = f"/mensen/overdragen/?dossier={yara.pk}"
        assert client.get(address).status_code == 404
        assert client.post(address, {"to": user.pk}).status_code == 404
    assert guide_of(yara) == bram


def test_only_colleagues_who_guide_can_be_chosen(bram, mira, yara, left):
    UserFactory(name="Gust Elders", role=Role.SOCIAL_WORKER)
    UserFactory(name="Olga Beheer", role=Role.OPERATOR, organisation=bram.organisation)
    page = client_of(bram).get("/mensen/overdragen/", {"dossier": yara.pk})
    names = [str(label) for _, label in page.context["form"].fields["to"].choices]
    assert names == ["Kies een collega", "Mira Mijnlamp"]


def test_cases_without_a_guide_show_their_number_and_municipality_only(bram, mira, yara, left):
    _, people = left
    with acting(system("proef")):
        shielded = PersonFactory(caseworker=left[0], first_name="Stil", shielded=True)
        PersonFactory(
            caseworker=UserFactory(role=Role.SOCIAL_WORKER, inactive=True), first_name="Elders"
        )
    page = text(client_of(mira).get("/mensen/zonder-begeleider/"))
    assert [each.pk in page for each in (*people, shielded)] == [True] * 3
    assert [word in page for word in ("Schachtdorp", "afgeschermd")] == [True, True]
    assert [word in page for word in (yara.pk, "Stil", "Elders", "Zandberg", "Lampenier")] == [
        False
    ] * 5
    event = AuditEvent.objects.get(verb="people:without-guide")
    assert (event.objects_seen, event.classes) == (
        sorted([*number_of(people), shielded.pk]),
        ["K2"],
    )


def test_cases_are_taken_over_from_the_list(mira, left):
    _, people = left
    client = client_of(mira)
    assert client.get(url(people[0])).status_code == 404
    chosen = {"doe": "take-over", "kies": number_of(people)}
    done = client.post("/mensen/zonder-begeleider/", chosen, follow=True)
    assert "2 dossiers overgenomen." in text(done)
    assert client.get(url(people[0])).status_code == 200
    assert "Elk dossier van je organisatie heeft een begeleider." in text(done)


def test_case_counts_as_without_a_guide_when_the_guide_moved_on(mira, bram, yara):
    client = client_of(mira)
    moves = (
        {"is_active": False},
        {"is_active": True, "role": Role.OPERATOR},
        {"role": Role.SOCIAL_WORKER, "organisation": OrganisationFactory()},
    )
    for move in moves:
        User.objects.filter(pk=bram.pk).update(**move)
        assert yara.pk in text(client.get("/mensen/zonder-begeleider/")), move


@pytest.mark.parametrize("count", [1, 30])
def test_list_without_guides_asks_a_fixed_number_of_questions(
    mira, left, count, django_assert_num_queries
):
    with acting(system("proef")):
        PersonFactory.create_batch(count, caseworker=left[0])
    client = client_of(mira)
    client.get("/mensen/zonder-begeleider/")
    with django_assert_num_queries(12):
        client.get("/mensen/zonder-begeleider/")
