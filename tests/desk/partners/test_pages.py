"""Pages of partners: add, change, stop and undo; who may."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import AccessGrantFactory, UserFactory
from desk.factories.jobs import VacancyFactory
from desk.factories.partners import (
    ContactFactory,
    EstablishmentFactory,
    OfferFactory,
    PartnerFactory,
    enterprise_number,
)
from koempel.desk.accounts.models import Organisation
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.common.validators import dotted
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.partners.models import Contact, Establishment, Offer, PartnerEvent, Village

pytestmark = pytest.mark.django_db


def url(name, **keys):
    return reverse(f"partners:{name}", kwargs=keys)


@pytest.fixture
def an(client):
    """An, director, signed in."""
    user = UserFactory(role=Role.DIRECTOR, name="An Schachtbok")
    client.force_login(user)
    return user


@pytest.fixture
def partner():
    return PartnerFactory(name="Draadwerk Blauwput")


def told(partner):
    return [(event.kind, event.text) for event in partner.events.all()]


def test_new_partner_stands_in_list_and_timeline(client, an):
    number = enterprise_number(77)
    form = {"name": "De Wissel", "kind": "EMPLOYER", "nis": "71070", "org_code": dotted(number)}

    client.post(url("new"), form)

    made = Organisation.objects.get(name="De Wissel")
    assert (made.nis, made.org_code, told(made)) == ("71070", number, [("REGISTERED", "")])
    assert "De Wissel" in client.get(url("list")).content.decode()


@pytest.mark.parametrize(
    ("name", "nis", "is_asked"),
    [
        ("draadwerk blauwput", "71070", True),
        ("Draadwerk Blauwput ", "", True),
        ("Draadwerk Blauwput", "71004", False),
        ("Draadwerk Roodput", "71070", False),
    ],
)
def test_same_name_in_the_same_municipality_is_asked_about(
    client, an, partner, name, nis, is_asked
):
    form = {"name": name, "kind": "EMPLOYER", "nis": nis}
    before = Organisation.objects.count()

    page = client.post(url("new"), form)

    assert page.status_code == (422 if is_asked else 302)
    assert Organisation.objects.count() == before + (not is_asked)


def test_another_organisation_of_the_same_name_is_added_when_one_says_so(client, an, partner):
    form = {"name": partner.name, "kind": "EMPLOYER", "nis": partner.nis}
    page = client.post(url("new"), form).content.decode()
    assert "Draadwerk Blauwput staat er al." in page
    assert "Dit is een andere organisatie met dezelfde naam" in page

    client.post(url("new"), form | {"is_other": "on"})

    assert Organisation.objects.filter(name=partner.name).count() == 2


def test_a_partner_keeps_its_name_without_being_asked(client, an, partner):
    PartnerFactory(name=partner.name)
    form = {"name": partner.name, "kind": "OTHER", "nis": partner.nis, "org_code": partner.org_code}

    assert client.post(url("edit", pk=partner.pk), form).status_code == 302


def test_number_that_another_has_names_the_other(client, an, partner):
    form = {"name": "Dubbel", "kind": "EMPLOYER", "org_code": dotted(partner.org_code)}

    page = client.post(url("new"), form)

    assert page.status_code == 422
    assert "Draadwerk Blauwput heeft dit nummer al." in page.content.decode()


@pytest.mark.parametrize("number", ["0431.150.351", "2147812701", "12345"])
def test_wrong_enterprise_number_is_refused(client, an, number):
    page = client.post(url("new"), {"name": "Fout", "kind": "EMPLOYER", "org_code": number})

    assert page.status_code == 422
    assert "Dit is geen geldig ondernemingsnummer." in page.content.decode()


def test_stopped_partner_comes_back_by_undo(client, an, partner):
    said = client.post(url("file", pk=partner.pk), {"doe": "stop"}, follow=True).content.decode()
    partner.refresh_from_db()
    stopped = partner.is_active

    client.post(url("resume", pk=partner.pk))

    partner.refresh_from_db()
    assert (stopped, partner.is_active) == (False, True)
    assert f'action="{url("resume", pk=partner.pk)}"' in said
    assert told(partner) == [("RESUMED", ""), ("STOPPED", "")]


def test_stop_ends_what_the_partner_sees_and_its_undo_gives_it_back(client, an, partner):
    grant = AccessGrantFactory(to_organisation=partner)

    client.post(url("stop", pk=partner.pk))
    grant.refresh_from_db()
    ended = grant.withdrawn_at
    client.post(url("resume", pk=partner.pk))

    grant.refresh_from_db()
    assert (ended is not None, grant.withdrawn_at) == (True, None)


def test_partner_that_comes_back_later_sees_nobody_until_asked(client, an, partner):
    grant = AccessGrantFactory(to_organisation=partner)
    client.post(url("stop", pk=partner.pk))
    PartnerEvent.objects.update(at=F("at") - timedelta(minutes=11))

    client.post(url("resume", pk=partner.pk))

    grant.refresh_from_db()
    assert grant.withdrawn_at is not None


def test_nobody_lets_the_own_organisation_stop(client, an):
    own = url("file", pk=an.organisation_id)
    page = client.post(url("stop", pk=an.organisation_id), follow=True).content.decode()

    an.organisation.refresh_from_db()
    assert an.organisation.is_active
    assert "Je kunt je eigen organisatie niet laten stoppen." in page
    assert "Stop de samenwerking" not in client.get(own).content.decode()


def test_stopping_twice_is_told_once(client, an, partner):
    for _ in range(2):
        client.post(url("stop", pk=partner.pk))

    assert told(partner) == [("STOPPED", "")]


def test_establishment_gets_the_point_of_its_village(client, an, partner):
    form = {
        "name": "Loods Zuid",
        "number": "2.147.812.701",
        "address": "Nergensstraat 7",
        "village": "71070-heusden",
        "valid_from": "2026-01-01",
    }

    client.post(url("establishment-new", pk=partner.pk), form)

    place = Establishment.objects.get()
    village = Village.objects.get(code="71070-heusden")
    assert (place.organisation, place.number) == (partner, "2147812701")
    assert (place.lon, place.lat) == (village.lon, village.lat)


def place_form(**changes):
    form = {
        "name": "Loods Zuid",
        "address": "Nergensstraat 7",
        "village": "71070-heusden",
        "valid_from": "2026-01-01",
    }
    return form | changes


def test_establishment_has_a_point_of_its_own(client, an, partner):
    client.post(url("establishment-new", pk=partner.pk), place_form(point="51,0405; 5,3001"))
    place = Establishment.objects.get()
    assert (place.lat, place.lon) == (51.0405, 5.3001)

    page = client.get(url("establishment-edit", pk=place.pk)).content.decode()
    assert 'value="51.04050, 5.30010"' in page
    client.post(
        url("establishment-edit", pk=place.pk), place_form(name="Noord", point="51.04050, 5.30010")
    )

    place.refresh_from_db()
    assert (place.name, place.lat, place.lon) == ("Noord", 51.0405, 5.3001)


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("5.3001, 51.0405", "km van Heusden. Kijk de coördinaten na"),
        ("op de hoek", "Dit zijn geen coördinaten."),
    ],
)
def test_point_that_cannot_be_is_refused(client, an, partner, point, said):
    page = client.post(url("establishment-new", pk=partner.pk), place_form(point=point))

    assert page.status_code == 422
    assert said in page.content.decode()


def test_same_establishment_is_not_added_twice(client, an, partner):
    client.post(url("establishment-new", pk=partner.pk), place_form())

    page = client.post(url("establishment-new", pk=partner.pk), place_form(name="LOODS zuid"))

    assert page.status_code == 422
    assert "Deze vestiging staat er al." in page.content.decode()


def test_establishment_number_moves_only_after_its_end(client, an, partner):
    old = EstablishmentFactory()
    form = {
        "name": "Loods Zuid",
        "number": old.number,
        "address": "Nergensstraat 7",
        "village": "71070-heusden",
        "valid_from": "2026-01-01",
    }

    refused = client.post(url("establishment-new", pk=partner.pk), form)
    Establishment.objects.filter(pk=old.pk).update(valid_to="2025-12-31")
    taken = client.post(url("establishment-new", pk=partner.pk), form)

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "Er is al een vestiging met dit nummer." in refused.content.decode()


def test_new_first_contact_takes_the_place_of_the_old(client, an, partner):
    old = ContactFactory(organisation=partner, main=True)
    form = {"name": "Nora Wissel", "phone": "011 00 00 00", "is_main": "on"}

    answer = client.post(url("contact-new", pk=partner.pk), form)

    old.refresh_from_db()
    assert (answer.status_code, old.is_main) == (302, False)
    assert Contact.objects.get(is_main=True).name == "Nora Wissel"


def test_contact_that_cannot_be_reached_is_refused(client, an, partner):
    page = client.post(url("contact-new", pk=partner.pk), {"name": "Nora Wissel"})

    assert page.status_code == 422
    assert "Vul een e-mailadres of een telefoonnummer in." in page.content.decode()


def test_removed_contact_leaves_no_name_behind(client, an, partner):
    contact = ContactFactory(organisation=partner, name="Nora Wissel")
    client.post(
        url("contact-edit", pk=contact.pk), {"name": "Nora Wissel", "email": "n@koempel.invalid"}
    )

    client.post(url("contact-remove", pk=contact.pk))
    client.get(url("file", pk=partner.pk))  # says once that she is removed

    assert not Contact.objects.exists()
    assert "Nora" not in client.get(url("file", pk=partner.pk)).content.decode()


def test_national_number_in_a_note_is_refused(client, an, partner):
    page = client.post(url("note", pk=partner.pk), {"text": "bel over 85.07.30-033.28"})

    assert page.status_code == 422
    assert told(partner) == []


def test_offer_is_added_and_taken_back(client, an, partner):
    form = {"side": "SEEKS", "kind": "TALENT", "text": "Twee inpakkers"}

    client.post(url("offer-new", pk=partner.pk), form)
    offer = Offer.objects.get()
    client.post(url("offer-remove", pk=offer.pk))
    gone = client.get(url("file", pk=partner.pk)).context["sections"][-1].data["rows"]
    client.post(url("offer-restore", pk=offer.pk))
    back = client.get(url("file", pk=partner.pk)).context["sections"][-1].data["rows"]

    assert gone == [("biedt aan", []), ("zoekt", [])]
    assert back == [("biedt aan", []), ("zoekt", [(offer, False)])]
    assert told(partner) == [
        ("OFFER", "toch wel: zoekt: Twee inpakkers"),
        ("OFFER", "niet meer: zoekt: Twee inpakkers"),
        ("OFFER", "zoekt: Twee inpakkers"),
    ]


def test_offer_does_not_come_back_beside_the_same(client, an, partner):
    form = {"side": "SEEKS", "kind": "TALENT", "text": "Twee inpakkers"}
    client.post(url("offer-new", pk=partner.pk), form)
    old = Offer.objects.get()
    client.post(url("offer-remove", pk=old.pk))
    client.post(url("offer-new", pk=partner.pk), form)

    page = client.post(url("offer-restore", pk=old.pk), follow=True).content.decode()

    assert "«Twee inpakkers» staat er al opnieuw." in page
    assert Offer.objects.filter(ended_on=None).count() == 1


@pytest.mark.parametrize(
    ("days_ago", "is_stale"), [(None, True), (181, True), (180, False), (0, False)]
)
def test_offer_that_nobody_confirms_is_to_be_looked_at(client, an, partner, days_ago, is_stale):
    today = timezone.localdate()
    last = None if days_ago is None else today - timedelta(days=days_ago)
    offer = OfferFactory(organisation=partner, confirmed_on=last)
    found = client.get(url("list"), {"nakijken": "ja"}).content.decode()
    page = client.get(url("file", pk=partner.pk)).content.decode()

    assert ("Klopt dit nog?" in page, partner.name in found) == (is_stale, is_stale)

    client.post(url("offer-confirm", pk=offer.pk))

    offer.refresh_from_db()
    assert offer.confirmed_on == today
    assert "Klopt dit nog?" not in client.get(url("file", pk=partner.pk)).content.decode()
    assert told(partner) == [("OFFER", f"klopt nog: {offer}")]


def test_talk_with_a_contact_is_noted_without_a_name(client, an, partner):
    contact = ContactFactory(organisation=partner, function="onthaal")

    client.post(url("contact-spoken", pk=contact.pk))

    contact.refresh_from_db()
    assert contact.last_contact_on == timezone.localdate()
    assert told(partner) == [("CONTACT", "gesproken, onthaal")]
    assert "Laatst gesproken op" in client.get(url("file", pk=partner.pk)).content.decode()


def test_contact_did_not_agree_on_a_day_to_come(client, an, partner):
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = {"name": "Nora Wissel", "phone": "011 00 00 00", "agreed_on": str(tomorrow)}

    page = client.post(url("contact-new", pk=partner.pk), form)

    assert page.status_code == 422
    assert "Deze dag moet nog komen." in page.content.decode()


def test_partner_does_not_read_what_staff_notes(client, an, partner):
    client.post(url("note", pk=partner.pk), {"text": "Belt nooit terug"})
    own = UserFactory(role=Role.EMPLOYER, organisation=partner)
    pages = []
    for user in (an, own):
        client.force_login(user)
        pages.append(client.get(url("file", pk=partner.pk)).content.decode())

    assert ["Belt nooit terug" in page for page in pages] == [True, False]
    assert "Laatst gesproken" not in pages[1]


def test_vacancies_of_a_partner_that_stops_leave_the_plan(client, an, partner):
    VacancyFactory(employer=partner)
    VacancyFactory(employer=partner, draft=True)
    today = timezone.localdate()

    page = client.post(url("stop", pk=partner.pk), follow=True).content.decode()
    stopped = open_vacancies(today).count()
    client.post(url("resume", pk=partner.pk))

    assert "Eén open vacature telt nu niet mee in het plan." in page
    assert (stopped, open_vacancies(today).count()) == (0, 1)


def test_every_change_is_in_the_audit_trail(client, an, partner):
    client.post(url("stop", pk=partner.pk))

    event = AuditEvent.objects.get(verb="partners.stopped")
    assert (event.objects_seen, event.actor) == ([str(partner.pk)], an.pk)


def test_partner_changes_the_own_contacts_and_no_others(client, partner):
    client.force_login(UserFactory(role=Role.EMPLOYER, organisation=partner))
    own, other = ContactFactory(organisation=partner), ContactFactory()

    answers = [
        client.post(url("contact-remove", pk=contact.pk)).status_code for contact in (own, other)
    ]

    assert answers == [302, 404]
    assert list(Contact.objects.all()) == [other]


def test_partner_is_led_to_the_own_file(client, partner):
    client.force_login(UserFactory(role=Role.EMPLOYER, organisation=partner))

    page = client.get(url("own"), follow=True)

    assert page.request["PATH_INFO"] == url("file", pk=partner.pk)
    assert "Draadwerk Blauwput" in page.content.decode()


def test_list_is_searched_by_contact(client, an, partner):
    ContactFactory(organisation=partner, name="Nora Wissel")
    PartnerFactory(name="Een ander")

    page = client.get(url("list"), {"zoek": "nora"}).content.decode()

    assert ("Draadwerk Blauwput" in page, "Een ander" in page) == (True, False)


@pytest.mark.parametrize(("name", "queries"), [("list", 6), ("file", 12)])
def test_page_asks_as_little_for_many(
    client, an, partner, django_assert_num_queries, name, queries
):
    page = url(name, pk=partner.pk) if name == "file" else url(name)
    hang(partner)
    with django_assert_num_queries(queries):
        client.get(page)

    for _ in range(29):
        hang(partner)
        hang(PartnerFactory())

    with django_assert_num_queries(queries):
        client.get(page)


def hang(partner):
    for make in (EstablishmentFactory, ContactFactory, OfferFactory):
        make(organisation=partner)
