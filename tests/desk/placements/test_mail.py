"""The question whether work goes on, by mail to the employer or the person."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.factories.partners import ContactFactory
from koempel.desk.common.context import acting, system
from koempel.desk.mail.models import Mail
from koempel.desk.mail.sending import send_due
from koempel.desk.mail.transports import file_of
from koempel.desk.people.actions import erase_person
from koempel.desk.people.models import Person
from koempel.desk.placements.models import FollowUpLink

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAIL, settings.MAIL_FOLDER = "folder", tmp_path / "mail"
    settings.SITE = "https://koempel.invalid"


@pytest.fixture
def asked(hired):
    """The question after three months, which is due; both sides have an address."""
    ContactFactory(organisation=hired.vacancy.employer, is_main=True, email="p@koempel.invalid")
    with acting(system("test")):
        Person.objects.update(email="yara@koempel.invalid")
    return hired.follow_ups.get(months=3)


def mail_to(client, town, asked, party):
    client.force_login(town.guide)
    address = reverse("placements:link", kwargs={"pk": asked.pk, "party": party})
    return client.post(address, {"mail": "ja"}, follow=True).content.decode()


def test_employer_is_mailed_a_link_that_answers_and_no_name(client, town, asked):
    said = mail_to(client, town, asked, "employer")

    (mail,) = Mail.objects.all()
    assert "De vraag vertrekt zo naar Maatwerk De Kooi." in said
    assert (mail.to, mail.by) == ("p@koempel.invalid", town.guide)
    assert "Yara" not in mail.text
    page = Client().get(re.sub("^https://koempel.invalid", "", mail.link))
    assert "Yara" in page.content.decode()


def test_person_is_mailed_and_the_link_goes_once_it_left(client, town, asked):
    mail_to(client, town, asked, "person")
    waiting = Mail.objects.get()

    send_due(timezone.now())

    assert waiting.to == "yara@koempel.invalid"
    assert "ondersteuning" in waiting.text
    assert Mail.objects.get().link == ""
    assert file_of(waiting.key).exists()


def test_each_mail_stops_the_link_before_it(client, town, asked):
    mail_to(client, town, asked, "person")
    mail_to(client, town, asked, "person")

    assert Mail.objects.count() == 2
    assert FollowUpLink.objects.filter(withdrawn_at=None).count() == 1


def test_without_an_address_there_is_no_button_and_no_link(client, town, asked):
    with acting(system("test")):
        Person.objects.update(email="")
    client.force_login(town.guide)
    shown = client.get(reverse("placements:file", args=[asked.placement_id])).content.decode()

    said = mail_to(client, town, asked, "person")

    assert ("Mail de werkgever" in shown, "Mail Yara" in shown) == (True, False)
    assert "Maak een link en stuur die zelf." in said
    assert not Mail.objects.exists()
    assert not FollowUpLink.objects.exists()


def test_erased_person_leaves_no_mail(client, town, asked):
    mail_to(client, town, asked, "person")
    send_due(timezone.now())
    (key,) = Mail.objects.values_list("key", flat=True)

    with acting(system("test")):
        erase_person(town.person.case_number, on=timezone.localdate(NOW))

    assert Mail.objects.values("to", "subject", "text").get() == {
        "to": "",
        "subject": "",
        "text": "",
    }
    assert not file_of(key).exists()
