"""What becomes of a mail: once in the outbox, once on its way, and then forgotten."""

from datetime import timedelta
from email import message_from_bytes, policy
from itertools import pairwise

import pytest
from django.core import mail as server
from django.db import transaction

from desk.factories.accounts import NOON
from desk.factories.mail import MailFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.mail import actions, transports
from koempel.desk.mail.actions import Attachment, queue_mail
from koempel.desk.mail.errors import MailError
from koempel.desk.mail.models import Mail
from koempel.desk.mail.sending import IN_HAND, PAUSES, send_due
from koempel.desk.mail.terms import failure_kept_for, text_kept_for

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _as_system():
    with acting(system("test")):
        yield


def queue(key="verwijzing/1/vraag", **other):
    facts = {"to": "ploeg@koempel.invalid", "subject": "Een kandidaat", "text": "Kijk: [link]"}
    return queue_mail(key=key, by=None, at=NOON, **facts | other)


def read(key):
    return message_from_bytes(transports.file_of(key).read_bytes(), policy=policy.default)


def test_same_key_is_the_same_mail(folder):
    assert queue() == queue(subject="Iets anders")
    assert [send_due(NOON), send_due(NOON)] == [1, 0]
    assert [file.name for file in folder.iterdir()] == ["verwijzing%2F1%2Fvraag.eml"]
    assert read("verwijzing/1/vraag")["Subject"] == "Een kandidaat"


def test_link_goes_out_and_does_not_stay(folder):
    queue(link="https://koempel.invalid/antwoord/geheim/")
    send_due(NOON)
    assert read("verwijzing/1/vraag").get_content().strip() == (
        "Kijk: https://koempel.invalid/antwoord/geheim/"
    )
    assert "geheim" not in str(Mail.objects.values().get())


def test_attachment_says_what_it_is():
    queue(attachments=[Attachment("gesprek.ics", "text/calendar; method=REQUEST", "BEGIN:X\r\n")])
    send_due(NOON)
    (part,) = read("verwijzing/1/vraag").iter_attachments()
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    assert (part.get_filename(), part.get_content().strip()) == ("gesprek.ics", "BEGIN:X")


@pytest.mark.parametrize("to", ["", "geen adres", "a@b.invalid\nBcc: c@d.invalid"])
def test_address_that_cannot_be_right_is_refused(to):
    with pytest.raises(MailError):
        queue(to=to)


def test_subject_stays_on_one_line():
    assert queue(subject="Inpakker\nBcc: iedereen").subject == "Inpakker Bcc: iedereen"


def test_mail_waits_until_its_moment_and_can_be_taken_back_until_then():
    for key in ("verwijzing/1/vraag", "verwijzing/12/vraag"):
        queue(key, not_before=NOON + 10 * MINUTE, link="https://koempel.invalid/geheim/")
    assert send_due(NOON + 9 * MINUTE) == 0
    assert actions.drop_mail("verwijzing/1/", at=NOON + 9 * MINUTE) == 1
    assert send_due(NOON + 10 * MINUTE) == 1
    dropped = Mail.objects.get(key="verwijzing/1/vraag")
    assert (dropped.state, dropped.to, dropped.text, dropped.link) == ("DROPPED", "", "", "")


def test_mail_in_the_hands_of_another_is_left_alone_for_a_while():
    mail = MailFactory(not_before=NOON + IN_HAND, attempts=1)
    assert send_due(NOON + IN_HAND - MINUTE) == 0
    assert send_due(NOON + IN_HAND) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("SENT", 2)


def test_of_two_that_saw_the_same_mail_one_sends_it(monkeypatch):
    mail, others = MailFactory(), []

    def hand_over(found):
        others.append(send_due(NOON))

    monkeypatch.setattr(transports, "hand_over", hand_over)
    assert (send_due(NOON), others) == (1, [0])
    mail.refresh_from_db()
    assert mail.attempts == 1


@pytest.fixture
def broken(monkeypatch):
    def hand_over(mail):
        if mail.to == "fout@koempel.invalid":
            raise OSError("550 fout@koempel.invalid bestaat niet")

    monkeypatch.setattr(transports, "hand_over", hand_over)


@pytest.mark.usefixtures("broken")
def test_failure_stops_no_other_mail_and_keeps_no_address(caplog):
    wrong, right = MailFactory(to="fout@koempel.invalid"), MailFactory()
    assert send_due(NOON) == 1
    for each in (wrong, right):
        each.refresh_from_db()
    assert (wrong.state, right.state) == ("WAITING", "SENT")
    assert wrong.last_error == "OSError"
    assert "fout@" not in caplog.text


@pytest.mark.usefixtures("broken")
def test_pauses_grow_until_the_mail_failed():
    mail = MailFactory(to="fout@koempel.invalid")
    tried, at = [], NOON
    while at < NOON + 2 * DAY:
        send_due(at)
        mail.refresh_from_db()
        tried += [at] if mail.attempts > len(tried) else []
        at += MINUTE
    assert [b - a for a, b in pairwise(tried)] == list(PAUSES)
    assert (mail.state, mail.ended_at) == ("FAILED", tried[-1])
    assert tried[-1] - NOON < DAY


def test_failed_mail_is_tried_again_or_given_up(folder):
    again, gone = MailFactory(failed=True), MailFactory(failed=True)
    rows = Mail.objects.all()
    assert actions.try_again(rows.filter(pk=again.pk), at=NOON + DAY) == 1
    assert actions.give_up(rows, at=NOON + DAY) == 1
    assert send_due(NOON + DAY) == 1
    for each in (again, gone):
        each.refresh_from_db()
    assert (again.state, again.last_error, gone.state, gone.to) == ("SENT", "", "DROPPED", "")
    assert AuditEvent.objects.filter(verb__startswith="mail.").count() == 2


def test_text_goes_after_its_term_and_the_fact_stays(folder):
    queue()
    send_due(NOON)
    failed = MailFactory(failed=True)
    day = NOON.date()
    assert actions.forget_texts(NOON + failure_kept_for(day)) == 0
    assert actions.forget_texts(NOON + text_kept_for(day) + MINUTE) == 2
    kept = Mail.objects.get(key="verwijzing/1/vraag")
    assert (kept.state, kept.to, kept.subject, kept.text) == ("SENT", "", "", "")
    failed.refresh_from_db()
    assert (failed.state, failed.link) == ("DROPPED", "")
    assert list(folder.iterdir()) == []


def test_erased_person_leaves_no_mail(folder):
    queue("verwijzing/1/talk", to="yara@koempel.invalid")
    send_due(NOON)
    queue("verwijzing/1/move", to="yara@koempel.invalid")
    actions.forget_mail("verwijzing/1/", at=NOON)
    assert list(folder.iterdir()) == []
    assert "yara" not in str(list(Mail.objects.values()))
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["DROPPED", "SENT"]


def test_mail_that_left_while_somebody_was_erased_leaves_no_file(folder, monkeypatch):
    queue("verwijzing/1/talk", to="yara@koempel.invalid")
    write = transports.hand_over

    def slow(mail):
        actions.forget_mail("verwijzing/1/", at=NOON)
        write(mail)

    monkeypatch.setattr(transports, "hand_over", slow)
    send_due(NOON)
    assert list(folder.iterdir()) == []


def test_server_gets_the_same_name_each_time(settings):
    settings.MAIL = "smtp"
    mail = MailFactory()
    for minutes in (0, 10):
        Mail.objects.update(state="WAITING", ended_at=None)
        send_due(NOON + minutes * MINUTE + IN_HAND)
    ids = {each.extra_headers["Message-ID"] for each in server.outbox}
    assert (len(server.outbox), len(ids)) == (2, 1)
    assert server.outbox[0].to == [mail.to]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_within_the_transaction_of_somebody_else():
    MailFactory()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send_due(NOON)
