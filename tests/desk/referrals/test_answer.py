"""An employer without an account answers by a link: the minimum, two buttons, one referral."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.factories.referrals import ReferralFactory
from koempel.desk.common.context import acting, system
from koempel.desk.people.models import TimelineEntry
from koempel.desk.referrals.errors import ReferralError
from koempel.desk.referrals.links import make_answer_link
from koempel.desk.referrals.models import AnswerLink, Referral

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + timedelta(days=3)
INVITE = {"day": str(SOON), "hour": "10:30", "place": "Schachtstraat 1", "name": "Bas Ploeg"}


@pytest.fixture
def referral(town) -> Referral:
    (made,) = town.refer(at=timezone.now(), message="Werkt graag buiten.")
    return made


@pytest.fixture
def visitor():
    return Client()


def link_to(referral, *, by, at=None):
    with acting(system("test")):
        return make_answer_link(referral.pk, by=by, at=at or timezone.now())


def page(token, step=""):
    keys = {"token": token} | ({"step": step} if step else {})
    return reverse("referral-answer-step" if step else "referral-answer", kwargs=keys)


def test_link_shows_the_minimum_and_two_buttons(town, referral, visitor):
    shown = visitor.get(page(link_to(referral, by=town.guide))).content.decode()

    assert "Yara Stutvinder voor Inpakker" in shown
    assert "Werkt graag buiten." in shown
    assert shown.count('class="btn-') == 2
    assert [word for word in (town.person.case_number, "Heusden") if word in shown] == []


def test_guide_makes_the_link_and_sees_it_once(client, town, referral):
    client.force_login(town.guide)
    address = reverse("referrals:link", args=[referral.pk])

    once = client.post(address, follow=True).content.decode()
    again = client.get(reverse("referrals:file", args=[referral.pk])).content.decode()

    assert ("/antwoord/" in once, "/antwoord/" in again) == (True, False)
    assert AnswerLink.objects.get().made_by == town.guide


def test_answer_is_written_with_who_gave_it(town, referral, visitor):
    token = link_to(referral, by=town.guide)

    done = visitor.post(page(token, "invite"), INVITE, follow=True).content.decode()

    referral.refresh_from_db()
    event = referral.events.first()
    with acting(system("test")):
        line = TimelineEntry.objects.filter(person=town.person).order_by("-pk").first()
    assert (referral.state, referral.changed_by) == ("INVITED", None)
    assert (event.by, event.by_name) == (None, "Bas Ploeg")
    assert line.text.endswith("Bas Ploeg, met de link.")
    assert "Bedankt. Het gesprek is op" in done


def test_refusal_needs_a_reason_and_a_name_and_keeps_the_input(town, referral, visitor):
    token = link_to(referral, by=town.guide)

    answer = visitor.post(page(token, "decline"), {"explanation": "De ploeg is vol."})

    referral.refresh_from_db()
    shown = answer.content.decode()
    assert (answer.status_code, referral.state) == (422, "REFERRED")
    assert "De ploeg is vol." in shown


@pytest.mark.parametrize("why", ["old", "withdrawn", "wrong"])
def test_link_that_does_not_work_is_like_one_that_never_was(town, referral, visitor, why):
    token = link_to(referral, by=town.guide)
    if why == "old":
        AnswerLink.objects.update(
            made_at=timezone.now() - timedelta(days=20), ends_at=timezone.now() - timedelta(days=1)
        )
    elif why == "withdrawn":
        link_to(referral, by=town.guide)
    else:
        token = "x" * 32

    answers = [visitor.get(page(token)), visitor.post(page(token, "invite"), INVITE)]

    referral.refresh_from_db()
    assert [answer.status_code for answer in answers] == [404, 404]
    assert referral.state == "REFERRED"


@pytest.mark.parametrize("step", ["hire", "withdraw", "interview"])
def test_link_takes_no_other_step(town, referral, visitor, step):
    token = link_to(referral, by=town.guide)

    assert visitor.post(page(token, step), INVITE).status_code == 404


def test_answered_referral_takes_no_second_answer(town, referral, visitor):
    token = link_to(referral, by=town.guide)
    visitor.post(page(token, "invite"), INVITE)

    late = {"reason": "FILLED", "name": "Bas"}
    again = visitor.post(page(token, "decline"), late, follow=True).content.decode()

    referral.refresh_from_db()
    assert referral.state == "INVITED"
    assert "Die stap kan nu niet. Kijk hieronder" in again
    assert "Bedankt. Het gesprek is op" in again
    assert 'class="btn-' not in visitor.get(page(token)).content.decode()


def test_answer_sent_twice_is_given_once(town, referral, visitor):
    address = page(link_to(referral, by=town.guide), "invite")

    answers = [visitor.post(address, INVITE | {"sleutel": "eens"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert referral.events.count() == 2


def test_no_link_for_what_was_answered(town):
    answered = ReferralFactory(invited=True, vacancy=town.vacancy)

    with pytest.raises(ReferralError, match="al geantwoord"):
        link_to(answered, by=town.guide)


def test_table_keeps_no_link_that_can_be_used(town, referral):
    token = link_to(referral, by=town.guide)

    assert token not in str(AnswerLink.objects.values().get())
