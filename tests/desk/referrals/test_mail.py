"""Who is mailed after which act, when, and with what in it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from desk.factories.partners import ContactFactory
from desk.planning.world import as_guide, seeker
from koempel.desk.common.context import acting, system
from koempel.desk.mail.models import Mail
from koempel.desk.mail.sending import send_due
from koempel.desk.people.actions import erase_person
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.referrals import actions
from koempel.desk.referrals.enums import Opens, Reason
from koempel.desk.referrals.errors import ReferralError
from koempel.desk.referrals.following import give_up_waiting, remind_employers
from koempel.desk.referrals.keeping import Referrals
from koempel.desk.referrals.links import referral_behind
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.rules import Words

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LATER = NOW + 15 * MINUTE
"""When a step can no longer be taken back."""
TALK = Words(talk_at=NOW + 3 * DAY, talk_place="Schachtstraat 1", by_mail=True)
MOVED = Words(talk_at=NOW + 4 * DAY, talk_place="Lampenlaan 2", by_mail=True)
GONE = Words(reason=Reason.OTHER_JOB)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MAIL, settings.MAIL_FOLDER = "folder", tmp_path / "mail"
    settings.SITE = "https://koempel.invalid"


@pytest.fixture
def mailed(town):
    """The town, with an address for each side."""
    ContactFactory(organisation=town.vacancy.employer, is_main=True, email="ploeg@koempel.invalid")
    with acting(system("test")):
        Person.objects.update(email="yara@koempel.invalid")
    return town


def refer(town, *, at=NOW, **other):
    with as_guide(town.guide):
        (made,) = actions.refer(
            town.vacancy,
            [town.person.case_number],
            message="Yara werkt graag buiten.",
            by_mail=True,
            by=town.guide,
            at=at,
            **other,
        )
    return made


def mails(state="WAITING"):
    rows = Mail.objects.filter(state=state).order_by("pk")
    return [(mail.key.split("/")[2], mail.to) for mail in rows]


def run(duty, at):
    with acting(system("test")):
        return duty(at)


def test_employer_is_mailed_the_job_and_a_link_and_nothing_of_the_person(mailed):
    referral = refer(mailed)

    (mail,) = Mail.objects.all()

    said = mail.subject + mail.text
    assert (mail.to, mail.by) == ("ploeg@koempel.invalid", mailed.guide)
    assert "Inpakker" in said
    secrets = ("Yara", "Stutvinder", "buiten", mailed.person.case_number, "yara@")
    assert [word for word in secrets if word in said] == []
    token = mail.link.removeprefix("https://koempel.invalid/antwoord/").rstrip("/")
    assert referral_behind(token, Opens.ANSWER, at=NOW) == referral


def test_mail_leaves_when_the_act_can_no_longer_be_taken_back(mailed):
    referral = refer(mailed)

    assert send_due(NOW + 10 * MINUTE) == 0
    mailed.back(referral, at=NOW + 10 * MINUTE, by=mailed.guide)
    assert send_due(NOW + DAY) == 0
    assert mails("DROPPED") == [("vraag", "")]


def test_employer_without_an_address_is_not_referred_to_by_mail(town):
    with pytest.raises(ReferralError, match="geen e-mailadres"):
        refer(town)
    assert not Referral.objects.exists()


def test_answer_before_the_mail_left_drops_it(mailed):
    referral = refer(mailed)

    mailed.step(referral, "decline", Words(reason=Reason.FILLED), at=NOW + MINUTE)

    assert send_due(LATER) == 0


def ics(mail):
    (attached,) = mail.attachments
    calendar = Calendar.from_ical(attached["text"])
    return attached, calendar, calendar.walk("VEVENT")[0]


def test_person_is_mailed_the_talk_with_a_file_for_the_calendar(mailed):
    referral = refer(mailed)

    mailed.step(referral, "invite", TALK, at=LATER)

    mail = Mail.objects.get(state="WAITING")
    attached, calendar, event = ics(mail)
    assert mail.to == "yara@koempel.invalid"
    assert "Schachtstraat 1" in mail.text
    assert attached["content_type"] == "text/calendar; method=REQUEST"
    assert (str(calendar["METHOD"]), event.decoded("DTSTART")) == ("REQUEST", TALK.talk_at)
    assert str(event["LOCATION"]) == "Schachtstraat 1"
    assert "Yara" not in attached["text"]


def test_move_and_call_off_are_versions_of_the_same_talk(mailed):
    referral = refer(mailed)
    versions = []
    for minutes, step, words in ((20, "invite", TALK), (40, "move", MOVED), (60, "withdraw", GONE)):
        mailed.step(referral, step, words, at=NOW + minutes * MINUTE, by=mailed.guide)
        send_due(NOW + (minutes + 15) * MINUTE)
        mail = Mail.objects.filter(key__contains="/gesprek/").order_by("-pk").first()
        _, calendar, event = ics(mail)
        versions.append((str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["UID"])))
    methods, numbers, names = zip(*versions, strict=True)
    assert methods == ("REQUEST", "REQUEST", "CANCEL")
    assert list(numbers) == sorted(set(numbers))
    assert len(set(names)) == 1
    assert [each["STATUS"] for each in (event,)] == ["CANCELLED"]
    assert mails("SENT")[-1] == ("gesprek", "yara@koempel.invalid")


def test_step_that_is_taken_back_takes_its_mail_along_and_can_be_mailed_again(mailed):
    referral = refer(mailed)
    mailed.step(referral, "invite", TALK, at=LATER)
    mailed.back(referral, at=LATER + MINUTE)
    mailed.step(referral, "invite", MOVED, at=LATER + 2 * MINUTE)

    assert send_due(LATER + 20 * MINUTE) == 1
    (text,) = Mail.objects.filter(key__contains="/gesprek/", state="SENT").values_list(
        "text", flat=1
    )
    assert "Lampenlaan 2" in text


@pytest.mark.parametrize(
    ("step", "called_off"),
    [("decline", True), ("withdraw", True), ("no_show", False), ("interview", False)],
)
def test_only_a_talk_that_does_not_happen_is_called_off(mailed, step, called_off):
    referral = refer(mailed)
    mailed.step(referral, "invite", TALK, at=NOW)
    send_due(LATER)

    mailed.step(referral, step, GONE if step == "withdraw" else Words(reason=Reason.FILLED),
                at=LATER, by=mailed.guide)  # fmt: skip

    assert any(what == "gesprek" for what, _ in mails()) is called_off


def test_nobody_hears_that_a_talk_is_off_who_was_never_told_of_it(mailed):
    referral = refer(mailed)
    mailed.step(referral, "invite", Words(TALK.talk_at, TALK.talk_place), at=NOW)

    mailed.step(referral, "decline", Words(reason=Reason.FILLED), at=LATER)

    assert mails() == []


def test_employer_hears_that_a_candidate_is_gone_when_the_question_had_left(mailed):
    referral = refer(mailed)
    send_due(LATER)

    mailed.step(referral, "withdraw", GONE, at=LATER, by=mailed.guide)

    assert mails() == [("einde", "ploeg@koempel.invalid")]


def test_person_without_an_address_cannot_be_mailed(mailed):
    with acting(system("test")):
        Person.objects.update(email="")
    referral = refer(mailed)

    with pytest.raises(ReferralError, match="Bel zelf"):
        mailed.step(referral, "invite", TALK, at=NOW)


# ---- reminders, and what comes after ----------------------------------------------------------


def test_employer_is_reminded_once_and_both_links_work(mailed):
    referral = refer(mailed)
    send_due(LATER)

    counts = [run(remind_employers, NOW + days * DAY) for days in range(7)]

    assert counts == [0, 0, 0, 1, 0, 0, 0]
    assert mails() == [("herinnering", "ploeg@koempel.invalid")]
    assert referral.links.filter(withdrawn_at=None).count() == 2
    assert "Herinnering" in Mail.objects.get(state="WAITING").subject


@pytest.mark.parametrize("why", ["answered", "not by mail"])
def test_nobody_is_reminded_without_reason(mailed, why):
    referral = refer(mailed)
    if why == "answered":
        mailed.step(referral, "decline", Words(reason=Reason.FILLED), at=NOW)
    else:
        Referral.objects.update(by_mail=False)

    assert run(remind_employers, NOW + 3 * DAY) == 0


def test_silence_is_noted_once_after_the_term(mailed):
    referral = refer(mailed)

    counts = [run(give_up_waiting, NOW + days * DAY) for days in range(8)]

    with acting(system("test")):
        line = TimelineEntry.objects.filter(person=mailed.person).order_by("-pk").first()
    assert counts == [0, 0, 0, 0, 0, 0, 1, 0]
    assert line.title == "Geen antwoord van de werkgever: Inpakker"
    assert referral.events.first().who == "Koempel"


def test_erased_person_leaves_no_mail(mailed):
    referral = refer(mailed)
    mailed.step(referral, "invite", TALK, at=LATER)
    send_due(NOW + DAY)

    with acting(system("test")):
        erase_person(mailed.person.case_number, on=timezone.localdate(NOW))

    assert "yara" not in str(list(Mail.objects.values())).lower()
    assert set(Mail.objects.values_list("text", flat=True)) == {""}


def test_person_reads_when_koempel_mailed(mailed):
    referral = refer(mailed)
    mailed.step(referral, "invite", TALK, at=NOW)
    send_due(LATER)

    with acting(system("test")):
        (rows,) = Referrals().known(mailed.person.case_number).rows

    assert {each.name: each.value for each in rows}["mails"] == [str(timezone.localdate(LATER))]


def test_person_who_was_not_mailed_reads_that(town):
    town.refer(at=NOW)

    with acting(system("test")):
        (rows,) = Referrals().known(town.person.case_number).rows

    assert {each.name: (each.value, each.words) for each in rows}["mails"] == ([], "–")


# ---- pages ------------------------------------------------------------------------------------


def read(client, who, name, **keys):
    client.force_login(who)
    answer = client.get(reverse(f"referrals:{name}", kwargs=keys))
    assert answer.status_code == 200
    return answer.content.decode()


def test_guide_chooses_per_referral_whether_to_mail(client, mailed):
    page = read(client, mailed.guide, "candidates", number=mailed.vacancy.number)
    assert ("Verwijs en mail de werkgever" in page, "herinnert Koempel" in page) == (True, True)
    url = reverse("referrals:candidates", kwargs={"number": mailed.vacancy.number})

    client.post(url, {"who": [mailed.person.case_number], "mail": "ja"})

    assert mails() == [("vraag", "ploeg@koempel.invalid")]
    file = read(client, mailed.guide, "file", pk=Referral.objects.get().pk)
    assert ("Vraag aan de werkgever" in file, "Herinnering" in file) == (True, True)
    assert "ploeg@" not in file


def test_other_button_mails_nobody(client, mailed):
    client.force_login(mailed.guide)
    url = reverse("referrals:seats", kwargs={"case": mailed.person.case_number})

    client.post(url, {"vacancy": mailed.vacancy.number})

    assert (Referral.objects.get().by_mail, mails()) == (False, [])


def test_page_without_an_address_says_why_there_is_no_mail(client, town):
    page = read(client, town.guide, "candidates", number=town.vacancy.number)

    assert ("Verwijs en mail" in page, "geen e-mailadres bekend" in page) == (False, True)


def test_employer_invites_and_mails_with_one_button(client, mailed):
    referral = refer(mailed)
    page = read(client, mailed.boss, "step", pk=referral.pk, step="invite")
    assert "Nodig uit voor een gesprek en mail" in page
    assert "yara@" not in page
    soon = timezone.localdate() + 3 * DAY
    form = {"day": str(soon), "hour": "10:30", "place": "Schachtstraat 1", "mail": "ja"}

    client.post(reverse("referrals:step", kwargs={"pk": referral.pk, "step": "invite"}), form)

    assert mails() == [("gesprek", "yara@koempel.invalid")]


def test_page_to_withdraw_says_beforehand_who_will_be_mailed(client, mailed):
    referral = refer(mailed)
    mailed.step(referral, "invite", TALK, at=NOW)
    Mail.objects.update(state="SENT", ended_at=NOW, link="")

    page = read(client, mailed.guide, "step", pk=referral.pk, step="withdraw")

    assert "Koempel mailt de kandidaat dat het gesprek niet doorgaat." in page


def test_talk_can_be_downloaded_without_a_name_in_it(client, mailed):
    referral = refer(mailed)
    mailed.step(referral, "invite", TALK, at=NOW)
    client.force_login(mailed.boss)

    answer = client.get(reverse("referrals:talk", kwargs={"pk": referral.pk}))

    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(calendar["METHOD"]), event.decoded("DTSTART")) == ("PUBLISH", TALK.talk_at)
    assert ("Yara" in answer.text, "ATTENDEE" in answer.text) == (False, False)


def test_silent_referral_proposes_the_next_candidate_in_one_click(client, mailed):
    with acting(system("test")):
        second = seeker(mailed.guide, first_name="Ella", last_name="Wagenduw")
    referral = refer(mailed)
    early = read(client, mailed.guide, "file", pk=referral.pk)
    Referral.objects.update(due_on=timezone.localdate() - DAY)

    late = read(client, mailed.guide, "file", pk=referral.pk)
    url = reverse("referrals:next", kwargs={"number": mailed.vacancy.number})
    done = client.post(url, {"who": second.case_number, "mail": "ja"}, follow=True)

    assert ("Wagenduw" in early, "Wagenduw" in late) == (False, True)
    assert "Verwezen naar Inpakker." in done.content.decode()
    assert Referral.objects.get(case_number=second.case_number).by_mail
    assert "De volgende kandidaat" not in read(client, mailed.boss, "file", pk=referral.pk)


def test_list_says_since_how_many_days_nothing_happened(client, mailed):
    refer(mailed)
    Referral.objects.update(changed_at=NOW - 9 * DAY)

    page = read(client, mailed.guide, "list")

    assert re.search(r'data-label="Dagen stil"[^>]*>\s*9\s*<', page) or page.count(">9<") == 1
