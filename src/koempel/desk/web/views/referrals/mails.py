"""What the pages say about mail: before somebody presses, and afterwards."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from koempel.desk.common.days import moment
from koempel.desk.mail.enums import MailState
from koempel.desk.mail.models import Mail
from koempel.desk.mail.queries import mail_of
from koempel.desk.partners.queries import mail_address_of
from koempel.desk.referrals.enums import Asks, ReferralState, Step
from koempel.desk.referrals.mailing import ASK, CHOSEN, OVER, REMIND, SLOTS, TALK, mails_of
from koempel.desk.referrals.queries import ReferralSeen
from koempel.desk.referrals.terms import answer_by, remind_on, undo_within
from koempel.desk.web.pages.values import Fact
from koempel.region import dutch

BUTTONS = "web/referrals/mail_buttons.html"
REFER = "Verwijs naar deze vacature"
REFER_AND_MAIL = "Verwijs en mail de werkgever"
REFER_ONLY = "Verwijs zonder mail"

_WORDS = {
    ASK: "Vraag aan de werkgever",
    REMIND: "Herinnering aan de werkgever",
    OVER: "Einde, aan de werkgever",
    CHOSEN: "Gekozen uur, aan de werkgever",
    SLOTS: "Uren, aan de kandidaat",
    TALK: "Gesprek, aan de kandidaat",
}


def refer_buttons(*, has_address: bool) -> dict[str, str]:
    """The buttons under a form to refer, with what a mail brings about."""
    if not has_address:
        return {
            "button": REFER,
            "mail_says": "Van de werkgever is geen e-mailadres bekend. Vul het aan bij Partners om "
            "te kunnen mailen.",
        }
    return {"button": REFER_ONLY, "mail_button": REFER_AND_MAIL, "mail_says": _what_mail_does()}


def _what_mail_does() -> str:
    today = timezone.localdate()
    due = answer_by(today)
    return (
        f"De werkgever krijgt de job en een link, geen naam. De mail vertrekt na {_minutes()} "
        "minuten; tot dan kan je terugnemen. Antwoordt de werkgever niet, dan herinnert Koempel "
        f"op {dutch.day(remind_on(due))}. Na {dutch.day(due)} ziet de regisseur het, en stelt "
        "Koempel jou de volgende kandidaat voor."
    )


def _minutes() -> str:
    return dutch.number(undo_within(timezone.localdate()).total_seconds() / 60)


def has_address(employer: int) -> bool:
    """Whether an employer can be mailed."""
    return bool(mail_address_of(employer))


MAILED = {
    Asks.TALK: "De kandidaat krijgt dag, uur en plaats, met een afspraak voor de agenda.",
    Asks.SLOTS: "De kandidaat krijgt een link om een uur te kiezen, en daarna de afspraak.",
    Asks.SLOT: "De kandidaat krijgt dag, uur en plaats, met een afspraak voor de agenda.",
}
"""Steps about which the person can be mailed, and what the person then gets."""


def talk_buttons(step: Step, *, can_mail: bool, can_undo: bool = True) -> dict[str, Any]:
    """The buttons under a form about a talk, and its fields where they need more than a list."""
    content = {"button": step.button, "buttons_from": BUTTONS}
    if step.asks is Asks.SLOTS:
        content["fields_from"] = "web/referrals/slots_fields.html"
    if not can_mail:
        return {**content, "mail_says": "Koempel heeft geen e-mailadres van de kandidaat: bel."}
    leaves = f" De mail vertrekt na {_minutes()} minuten." if can_undo else ""
    return {
        **content,
        "button": f"{step.button}, zonder mail",
        "mail_button": f"{step.button} en mail",
        "mail_says": MAILED[step.asks] + leaves,
    }


def mail_facts(seen: ReferralSeen) -> Iterator[Fact]:
    """What was mailed, and what still will be; no addresses."""
    mails = list(mail_of(mails_of(seen.pk)).order_by("made_at", "pk"))
    for mail in mails:
        if mail.state != MailState.DROPPED:
            yield Fact(_WORDS[mail.key.split("/")[2]], *_state_of(mail))
    if any(mail.key.startswith(mails_of(seen.pk, REMIND)) for mail in mails):
        return
    if seen.by_mail and seen.state == ReferralState.REFERRED and seen.due_on:
        day = remind_on(seen.due_on)
        if day >= timezone.localdate():
            yield Fact("Herinnering", dutch.day(day), "als de werkgever nog niet antwoordde")


def _state_of(mail: Mail) -> tuple[str, str]:
    if mail.state == MailState.SENT and mail.ended_at is not None:
        return f"vertrokken {_when(mail.ended_at)}", ""
    if mail.state == MailState.FAILED:
        return "niet vertrokken", "Kijk het e-mailadres na, en bel."
    return f"vertrekt {_when(mail.not_before)}", "Neem de stap terug, en ze vertrekt niet."


def _when(at: datetime) -> str:
    local = timezone.localtime(at)
    if local.date() == timezone.localdate():
        return f"om {dutch.clock(local.hour * 60 + local.minute)} uur"
    return f"op {moment(at)}"
