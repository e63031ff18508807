"""The link to sign by mail: to who has an address, when somebody who guides says so."""

import pytest
from django.core import mail as sent_mail
from django.urls import reverse
from django.utils import timezone

from desk.factories.partners import ContactFactory
from desk.transitions.agreed import signed, written
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.mail.models import Mail
from koempel.desk.mail.sending import send_due
from koempel.desk.people.actions import erase_person
from koempel.desk.people.models import Person
from koempel.desk.transitions.enums import Party
from koempel.desk.transitions.models import SignLink

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
ADDRESSES = {
    Party.PERSON: "yara@koempel.invalid",
    Party.ENTERPRISE: "kooi@koempel.invalid",
    Party.HOST: "oven@koempel.invalid",
}


@pytest.fixture
def agreement(works, row):
    made = written(row, by=works.guide, at=NOW)
    with acting(system("test")):
        Person.objects.filter(pk=works.person.pk).update(email=ADDRESSES[Party.PERSON])
        ContactFactory(organisation=works.enterprise, email=ADDRESSES[Party.ENTERPRISE])
        ContactFactory(organisation=made.host.organisation, email=ADDRESSES[Party.HOST])
    return made


def ask(client, row, party, **form):
    address = reverse("transitions:sign-link", kwargs={"pk": row.pk, "party": party.value})
    return client.post(address, form, follow=True).content.decode()


@pytest.mark.parametrize("party", ADDRESSES)
def test_mail_leads_its_party_to_the_text_and_names_nobody(
    client, works, row, agreement, settings, party
):
    settings.MAIL = "smtp"
    client.force_login(works.guide)

    assert "De link vertrekt zo naar" in ask(client, row, party, mail="ja")
    send_due(timezone.now())

    (letter,) = sent_mail.outbox
    assert letter.to == [ADDRESSES[party]]
    assert "Stutvinder" not in letter.subject + letter.body
    link = next(word for word in letter.body.split() if word.startswith("http"))
    page = client.get(link.removeprefix(settings.SITE)).content.decode()
    assert f"Stageovereenkomst, voor {party.label}" in page
    assert Mail.objects.get().link == "", "the secret goes with the mail"
    assert works.lines()[-1] == (
        "Link om te tekenen gemaild: Maatwerk De Kooi",
        f"Voor {party.label}",
    )
    assert AuditEvent.objects.get(verb="transitions.sign_mail").objects_seen == [works.person.pk]


def test_coach_has_no_address_and_gets_the_link_from_who_guides(client, works, row, agreement):
    client.force_login(works.guide)

    told = ask(client, row, Party.COACH, mail="ja")

    assert "Van de coach is geen e-mailadres bekend" in told
    assert (Mail.objects.count(), SignLink.objects.count()) == (0, 0)
    page = client.get(reverse("transitions:agreement", kwargs={"pk": row.pk})).content.decode()
    assert page.count('name="mail"') == len(ADDRESSES)


@pytest.mark.parametrize("then", ["another link", "signed", "erased"])
def test_mail_that_is_no_longer_right_does_not_leave(client, works, row, agreement, then):
    client.force_login(works.guide)
    ask(client, row, Party.HOST, mail="ja")
    assert Mail.objects.get().state == "WAITING"

    if then == "another link":
        ask(client, row, Party.HOST)
    elif then == "signed":
        signed(row, Party.HOST, by=None, at=NOW)
    else:
        with acting(system("test")):
            erase_person(works.person.pk, on=TODAY)

    assert (Mail.objects.get().state, Mail.objects.get().to) == ("DROPPED", "")
