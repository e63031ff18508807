"""The operator sees that mail failed, and neither of whom it speaks nor to whom it goes."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.mail import MailFactory
from koempel.desk.common.roles import Role
from koempel.desk.mail.models import Mail
from koempel.desk.mail.sending import send_due
from koempel.desk.operations import holds

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client):
    client.force_login(UserFactory(role=Role.OPERATOR))
    return client


def test_list_shows_the_failure_without_text_link_or_address(operator):
    MailFactory(failed=True, key="verwijzing/12/vraag/4")
    page = operator.get(reverse("post")).content.decode()
    assert "Verwijzing 12" in page
    assert "SMTPRecipientsRefused 550" in page
    assert [word for word in ("ploeg@", "Inpakker", "geheim", "Antwoord") if word in page] == []


@pytest.mark.parametrize(
    ("act", "says", "state"),
    [
        ("again", "Eén mail opnieuw klaargezet.", "SENT"),
        ("give-up", "Eén mail afgesloten.", "DROPPED"),
    ],
)
def test_operator_tries_again_or_gives_up(operator, act, says, state):
    mail = MailFactory(failed=True)
    page = operator.post(reverse("post"), {"kies": [mail.pk], "doe": act}, follow=True)
    send_due(timezone.now())
    assert says in page.content.decode()
    assert Mail.objects.get().state == state


def test_mail_that_left_is_not_sent_again(operator):
    mail = MailFactory(sent=True)
    page = operator.post(reverse("post"), {"kies": [mail.pk], "doe": "again"}, follow=True)
    assert "Kies een mail die niet vertrokken is." in page.content.decode()
    assert Mail.objects.get().state == "SENT"


def test_health_page_says_it_and_a_machine_is_not_alarmed(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    MailFactory(failed=True)
    with holds.hold(tmp_path, holds.WORKER):
        answer = Client().get("/gezondheid/")
    assert answer.status_code == 200
    assert "Er werkt iets niet" in answer.text
    assert "De post kon één mail niet versturen." in answer.text
