"""The open vacancies of a municipality for everybody: off until a director says so, and no more."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import OrganisationFactory, UserFactory
from desk.factories.jobs import EmployerFactory, VacancyFactory
from desk.factories.partners import ContactFactory
from desk.jobs.test_exchange import faults
from desk.planning.world import open_now
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import VacancyFeed
from koempel.desk.web.views.jobs.feeds import PACE

pytestmark = pytest.mark.django_db
NIS, OTHER = "71070", "71004"
ATOM = "{http://www.w3.org/2005/Atom}"
PUBLIC = ("feed:page", "feed:json", "feed:atom")


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def director():
    home = OrganisationFactory(kind=OrganisationKind.PARTNERSHIP, nis="")
    return UserFactory(role=Role.DIRECTOR, organisation=home)


def switch(client, who, stand="aan", nis=NIS):
    client.force_login(who)
    url = reverse("jobs:feed-switch", kwargs={"nis": nis})
    return client.post(url, {"stand": stand}, follow=True).content.decode()


def get(client, name, nis=NIS, **headers):
    client.logout()
    return client.get(reverse(name, kwargs={"nis": nis}), headers=headers)


def titles(client):
    items = json.loads(get(client, "feed:json").content)["itemListElement"]
    return [each["item"]["title"] for each in items]


def test_nothing_is_public_until_a_director_says_so_and_no_longer_when_it_is_taken_back(
    client, director
):
    VacancyFactory(**open_now())
    seen = []
    for stand in ("", "aan", "uit"):
        if stand:
            switch(client, director, stand)
        seen.append([get(client, name).status_code for name in PUBLIC])
    assert seen == [[404] * 3, [200] * 3, [404] * 3]
    verbs = AuditEvent.objects.filter(verb__startswith="jobs.feed").values_list("verb", "actor")
    assert [verb for verb, _ in verbs.order_by("number")] == ["jobs.feed_on", "jobs.feed_off"]


def test_a_switch_that_is_already_so_is_told_once(client, director):
    switch(client, director)
    since = VacancyFeed.objects.get().changed_at
    switch(client, director)
    assert VacancyFeed.objects.get().changed_at == since
    assert AuditEvent.objects.filter(verb="jobs.feed_on").count() == 1


def test_a_director_of_another_municipality_cannot_switch(client):
    home = OrganisationFactory(kind=OrganisationKind.MUNICIPALITY, nis=OTHER)
    stranger = UserFactory(role=Role.DIRECTOR, organisation=home)
    assert "Alleen de regisseur van Heusden-Zolder" in switch(client, stranger)
    assert not VacancyFeed.objects.exists()


def test_only_what_can_be_taken_now_in_the_municipality_is_public(client, director):
    today = timezone.localdate()
    now = open_now()
    VacancyFactory(title="Open", **now)
    VacancyFactory(title="Ontwerp", draft=True)
    VacancyFactory(title="Gesloten", closed=True)
    VacancyFactory(title="Later online", **now | {"publish_from": today + timedelta(days=1)})
    VacancyFactory(title="Voorbij", **now | {"publish_to": today - timedelta(days=1)})
    VacancyFactory(title="Gestopt", employer=EmployerFactory(is_active=False), **now)
    VacancyFactory(title="Elders", establishment__village_id="71004-beringen", **now)
    switch(client, director)
    assert titles(client) == ["Open"]
    page = get(client, "feed:page").content.decode()
    assert ("Open" in page, "Elders" in page, "Ontwerp" in page) == (True, False, False)


def test_the_list_is_what_schema_org_knows_and_tells_the_seats_that_are_free(client, director):
    VacancyFactory(seats=5, taken=2, **open_now())
    switch(client, director)
    data = json.loads(get(client, "feed:json").content)
    assert list(faults(data)) == []
    assert data["itemListElement"][0]["item"]["totalJobOpenings"] == 3


def test_no_person_is_public(client, director):
    vacancy = VacancyFactory(**open_now())
    contact = ContactFactory(organisation=vacancy.employer, phone="+32 11 00 00 00", main=True)
    switch(client, director)
    for name in PUBLIC:
        text = get(client, name).content.decode()
        for secret in (contact.name, contact.email, contact.phone, director.name, director.email):
            assert secret not in text


def test_the_same_answer_is_not_sent_twice_and_a_change_is(client, director):
    vacancy = VacancyFactory(**open_now())
    switch(client, director)
    for name in ("feed:json", "feed:atom"):
        first = get(client, name)
        assert first["Cache-Control"] == "public, max-age=900"
        same = get(client, name, if_none_match=first["ETag"])
        assert (same.status_code, same.content, same["Cache-Control"]) == (
            304, b"", first["Cache-Control"],
        )  # fmt: skip
        vacancy.title += " morgen"
        vacancy.save()
        assert get(client, name, if_none_match=first["ETag"]).status_code == 200


def test_a_website_of_another_origin_may_read_the_list(client, director):
    switch(client, director)
    assert get(client, "feed:json")["Access-Control-Allow-Origin"] == "*"


def test_a_reader_gets_atom_whose_lines_lead_to_the_page(client, director):
    vacancy = VacancyFactory(title="Inpakker & teller", **open_now())
    switch(client, director)
    answer = get(client, "feed:atom")
    entry = ElementTree.fromstring(answer.content).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Inpakker & teller"
    url, _, place = entry.find(f"{ATOM}link").attrib["href"].partition("#")
    assert (place, f'id="{place}"' in client.get(url).content.decode()) == (vacancy.number, True)


def test_who_asks_on_and_on_comes_to_a_stop(client, director, monkeypatch):
    switch(client, director)
    monkeypatch.setattr("koempel.desk.web.views.jobs.feeds.PACE", type(PACE)("feed", 2, 10))
    answers = [get(client, "feed:json") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[2]["Cache-Control"] == "no-store"


def test_the_page_of_the_director_says_who_decided_and_the_vacancy_says_it_is_public(
    client, director
):
    vacancy = VacancyFactory(**open_now())
    OrganisationFactory(kind=OrganisationKind.MUNICIPALITY, nis=NIS)
    page = switch(client, director)
    assert f"door {director}" in page
    assert reverse("feed:json", kwargs={"nis": NIS}) in page
    url = reverse("jobs:file", kwargs={"number": vacancy.number})
    assert "bij de vacatures van Heusden-Zolder" in client.get(url).content.decode()
