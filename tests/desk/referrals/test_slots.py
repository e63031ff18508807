"""An employer offers several hours; the person, or who guides, chooses one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.factories.partners import ContactFactory
from desk.planning.world import seeker
from koempel.desk.common.context import acting, system
from koempel.desk.mail.models import Mail
from koempel.desk.mail.sending import send_due
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.referrals.actions import choose_by_link
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.errors import NotNowError, ReferralError
from koempel.desk.referrals.following import give_up_waiting
from koempel.desk.referrals.links import make_answer_link, make_choice_link
from koempel.desk.referrals.models import Referral, TalkSlot
from koempel.desk.referrals.rules import Words

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
LATER = NOW + 15 * MINUTE
FIRST, SECOND = NOW + 2 * DAY, NOW + 2 * DAY + HOUR
OFFER = Words(slots=(SECOND, FIRST), talk_place="Schachtstraat 1")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAIL, settings.MAIL_FOLDER = "folder", tmp_path / "mail"
    settings.SITE = "https://koempel.invalid"


@pytest.fixture
def offered(town) -> Referral:
    (made,) = town.refer(at=NOW)
    return town.step(made, "offer", OFFER, at=NOW)


def link(town, referral, at=None):
    with acting(system("test")):
        token = make_choice_link(referral.pk, by=town.guide, at=at or NOW)
    return reverse("referral-slots", kwargs={"token": token})


def choose(referral, slot, at=LATER):
    with acting(system("test")):
        return choose_by_link(referral.pk, slot, at=at)


def test_offered_hours_wait_for_the_person(town, offered):
    assert (offered.state, offered.talk_at) == ("OFFERED", None)
    assert list(offered.slots.values_list("at", flat=True)) == [FIRST, SECOND]
    assert offered.due_on == timezone.localdate(FIRST)


def test_chosen_hour_is_the_talk(town, offered):
    chosen = choose(offered, SECOND)

    with acting(system("test")):
        line = TimelineEntry.objects.filter(person=town.person).order_by("-pk").first()
    assert (chosen.state, chosen.talk_at) == ("INVITED", SECOND)
    assert chosen.talk_place == "Schachtstraat 1"
    assert line.text.endswith("De kandidaat, met de link.")


@pytest.mark.parametrize("slot", [FIRST + MINUTE, FIRST])
def test_hour_that_was_not_offered_or_is_past_is_refused(offered, slot):
    with pytest.raises(ReferralError, match="Kies een ander"):
        choose(offered, slot, at=NOW if slot > FIRST else FIRST + MINUTE)


def test_of_two_who_choose_at_once_the_first_wins(town, offered):
    choose(offered, FIRST)

    with pytest.raises(NotNowError, match="intussen uitgenodigd"):
        choose(offered, SECOND)
    with pytest.raises(NotNowError):
        town.step(offered, "choose", Words(talk_at=SECOND), at=LATER, by=town.guide)
    offered.refresh_from_db()
    assert offered.talk_at == FIRST


def test_hour_that_another_candidate_chose_is_offered_to_nobody(town, offered):
    url = link(town, offered)
    with acting(system("test")):
        other = seeker(town.guide)
    (second,) = town.refer(other, at=NOW)
    town.step(second, "offer", OFFER, at=NOW)
    choose(second, FIRST)

    with pytest.raises(ReferralError, match="Kies een ander"):
        choose(offered, FIRST)
    assert Client().get(url).content.decode().count('type="radio"') == 1
    assert choose(offered, SECOND).talk_at == SECOND
    with acting(system("test")):
        third = seeker(town.guide)
    (last,) = town.refer(third, at=NOW)
    with pytest.raises(ReferralError, match="komt al een andere kandidaat"):
        town.step(last, "offer", OFFER, at=LATER)


def test_employer_does_not_choose_for_the_person(town, offered):
    with pytest.raises(ReferralError):
        town.step(offered, "choose", Words(talk_at=FIRST), at=LATER)


def test_choice_of_the_guide_can_be_taken_back_and_the_hours_are_there_again(town, offered):
    town.step(offered, "choose", Words(talk_at=FIRST), at=LATER, by=town.guide)
    town.back(offered, at=LATER + MINUTE, by=town.guide)

    offered.refresh_from_db()
    assert (offered.state, offered.talk_at) == ("OFFERED", None)
    assert choose(offered, SECOND, at=LATER + 2 * MINUTE).talk_at == SECOND


def test_offer_that_is_taken_back_and_made_again_shows_only_the_new_hours(town, offered):
    town.back(offered, at=LATER - 10 * MINUTE)
    again = (FIRST + DAY, SECOND + DAY)
    town.step(offered, "offer", Words(slots=again, talk_place="Hier"), at=LATER)

    assert tuple(offered.slots.values_list("at", flat=True)) == again


def test_nothing_chosen_is_noted_once_and_waits_with_who_guides(client, town, offered):
    at = NOW + 3 * DAY
    with acting(system("test")):
        assert [give_up_waiting(at), give_up_waiting(at + DAY)] == [1, 0]
        line = TimelineEntry.objects.filter(person=town.person).order_by("-pk").first()
    assert line.title == "Nog geen uur gekozen: Inpakker"
    Referral.objects.update(due_on=timezone.localdate() - DAY)
    client.force_login(town.guide)
    assert "nog geen uur gekozen. Bel, en kies samen" in client.get("/wacht/").content.decode()
    client.force_login(town.boss)
    assert "kandidaat kiest" not in client.get("/wacht/").content.decode()


def test_hours_that_are_past_are_offered_to_nobody(client, town, offered):
    TalkSlot.objects.all().delete()
    TalkSlot.objects.create(referral=offered, at=NOW - DAY)
    client.force_login(town.guide)

    page = client.get(reverse("referrals:file", args=[offered.pk])).content.decode()

    assert "Nodig uit voor een gesprek" in page
    assert [word for word in ("Kies een uur", "Maak een link") if word in page] == []


# ---- mail -------------------------------------------------------------------------------------


@pytest.fixture
def mailed(town):
    ContactFactory(organisation=town.vacancy.employer, email="ploeg@koempel.invalid")
    with acting(system("test")):
        Person.objects.update(email="yara@koempel.invalid")
    (made,) = town.refer(at=NOW)
    Referral.objects.update(by_mail=True)
    return town.step(made, "offer", Words(OFFER.talk_at, OFFER.talk_place, slots=OFFER.slots,
                                          by_mail=True), at=NOW)  # fmt: skip


def mails():
    rows = Mail.objects.filter(state="WAITING").order_by("pk")
    return [(mail.key.split("/")[2], mail.to) for mail in rows]


def test_person_is_mailed_a_link_and_after_choosing_both_get_the_hour(mailed):
    (mail,) = Mail.objects.all()
    assert mail.link.startswith("https://koempel.invalid/kies/")
    assert mail.text.count("om ") >= 2
    send_due(LATER)

    choose(mailed, FIRST)

    assert mails() == [("gesprek", "yara@koempel.invalid"), ("gekozen", "ploeg@koempel.invalid")]
    told = Mail.objects.get(key__contains="/gekozen/")
    assert [word for word in ("Yara", "yara@", "Stutvinder") if word in told.text] == []
    assert send_due(LATER) == 2, "a choice by link cannot be taken back, so nothing waits"


def test_person_hears_that_there_is_nothing_to_choose_any_more(town, mailed):
    send_due(LATER)

    town.step(mailed, "decline", Words(reason=Reason.FILLED), at=LATER)

    assert mails() == [("uren", "yara@koempel.invalid")]
    assert "geen uur meer" in Mail.objects.get(state="WAITING").text


# ---- pages ------------------------------------------------------------------------------------


def form_of(*moments, **other):
    form = {"place": "Schachtstraat 1"}
    for number, at in enumerate(moments, 1):
        local = timezone.localtime(at)
        form |= {f"day{number}": f"{local:%Y-%m-%d}", f"hour{number}": f"{local:%H:%M}"}
    return form | other


def step_url(referral, step):
    return reverse("referrals:step", kwargs={"pk": referral.pk, "step": step})


def test_employer_offers_hours_on_a_page(client, town):
    (referral,) = town.refer(at=NOW)
    client.force_login(town.boss)
    assert "Dag 5" in client.get(step_url(referral, "offer")).content.decode()

    client.post(step_url(referral, "offer"), form_of(FIRST, SECOND))

    assert TalkSlot.objects.count() == 2
    page = client.get(reverse("referrals:file", args=[referral.pk])).content.decode()
    assert "Uren om te kiezen" in page


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (form_of(FIRST), "Vul dit in."),
        (form_of(FIRST, FIRST), "minstens twee verschillende uren"),
        (form_of(FIRST, NOW - DAY), "Dat uur is voorbij"),
        (form_of(FIRST, SECOND, day3="2027-01-05"), "Vul de dag en het uur in"),
    ],
    ids=["one", "the same", "past", "half"],
)
def test_faulty_offer_says_what_is_wrong_and_keeps_the_input(client, town, form, says):
    (referral,) = town.refer(at=NOW)
    client.force_login(town.boss)

    answer = client.post(step_url(referral, "offer"), form)

    page = answer.content.decode()
    assert (answer.status_code, TalkSlot.objects.count()) == (422, 0)
    assert says in page
    assert form["day1"] in page


def test_employer_with_a_link_offers_hours_too(client, town):
    (referral,) = town.refer(at=NOW)
    with acting(system("test")):
        token = make_answer_link(referral.pk, by=town.guide, at=NOW)
    url = reverse("referral-answer-step", kwargs={"token": token, "step": "offer"})

    done = Client().post(url, form_of(FIRST, SECOND, name="Bas Ploeg"), follow=True)

    assert "De kandidaat kiest een van de uren." in done.content.decode()
    assert TalkSlot.objects.count() == 2


def test_person_chooses_on_a_page_that_names_nobody(town, offered):
    url = link(town, offered)
    page = Client().get(url).content.decode()
    assert page.count('type="radio"') == 2
    assert [word for word in ("Yara", town.person.case_number, "Heusden") if word in page] == []

    done = Client().post(url, {"slot": FIRST.isoformat()}, follow=True).content.decode()

    offered.refresh_from_db()
    assert offered.talk_at == FIRST
    assert "Je gesprek is op" in done
    assert 'type="radio"' not in done


def test_choice_that_came_too_late_says_so(town, offered):
    url = link(town, offered)
    town.step(offered, "decline", Words(reason=Reason.FILLED), at=LATER)

    answer = Client().post(url, {"slot": FIRST.isoformat()})

    assert answer.status_code == 422
    assert "Je hoeft geen uur meer te kiezen." in answer.content.decode()


def test_link_of_the_employer_does_not_open_the_choice_and_the_other_way_round(town, offered):
    token = link(town, offered).split("/")[2]
    assert Client().get(reverse("referral-answer", args=[token])).status_code == 404


def test_guide_chooses_and_makes_a_link_for_the_person(client, town, offered):
    client.force_login(town.guide)
    made = client.post(reverse("referrals:link", args=[offered.pk]), follow=True).content.decode()
    assert "/kies/" in made

    client.post(step_url(offered, "choose"), {"slot": SECOND.isoformat()})

    offered.refresh_from_db()
    assert (offered.state, offered.talk_at) == ("INVITED", SECOND)
