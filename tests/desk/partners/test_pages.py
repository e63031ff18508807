"""Pages of partners: add, change, stop and undo; who may."""

import pytest
from django.urls import reverse

from desk.factories.accounts import UserFactory
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
from koempel.desk.partners.models import Contact, Establishment, Offer, Village
from koempel.desk.partners.validators import dotted

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
    client.post(url("offer-remove", pk=Offer.objects.get().pk))

    assert not Offer.objects.exists()
    assert told(partner) == [
        ("OFFER", "niet meer: zoekt: Twee inpakkers"),
        ("OFFER", "zoekt: Twee inpakkers"),
    ]


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


@pytest.mark.parametrize(("name", "queries"), [("list", 6), ("file", 11)])
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
