"""The question whether work goes on, by mail: a guide sends it, to the employer or the person."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.mail.actions import mail_link
from koempel.desk.mail.letters import Letter, to_employer, to_person
from koempel.desk.mail.models import LINK
from koempel.desk.partners.queries import mail_address_of as address_of_partner
from koempel.desk.people.actions import note_referral
from koempel.desk.people.disclosures import mail_address_of as address_of_person
from koempel.desk.placements.enums import Party
from koempel.desk.placements.links import new_link
from koempel.desk.placements.models import FollowUpLink
from koempel.region import dutch


def mails_of(follow_up: int) -> str:
    """What the keys of the mails about a question begin with."""
    return f"opvolging/{follow_up}/"


def address_for(party: Party, *, employer: int, case_number: str) -> str:
    """Where the question goes, or nothing when no address is known."""
    if party is Party.EMPLOYER:
        return address_of_partner(employer)
    return address_of_person(case_number)


@transaction.atomic
def mail_question(key: int, party: Party, *, by: User, at: datetime) -> None:
    """Mail a link to answer; the link before for the same party stops.

    Raises
    ------
    PlacementError
        When there is nothing to ask.
    MailError
        When no address is known.
    """
    token, link = new_link(key, party, by=by, at=at)
    placement = link.follow_up.placement
    employer = placement.vacancy.employer_id
    mail_link(
        _letter(link, by),
        key=f"{mails_of(key)}{party.value.lower()}/{link.pk}",
        to=address_for(party, employer=employer, case_number=placement.case_number),
        whom=party.label,
        path=reverse("follow-up-answer", kwargs={"token": token}),
        by=by,
        at=at,
    )
    title = f"Vraag gemaild aan {party.label}: opvolging na {link.follow_up.months} maanden"
    note_referral(placement.case_number, title=title, by=by, at=at)


def _letter(link: FollowUpLink, by: User) -> Letter:
    vacancy, months = link.follow_up.placement.vacancy, link.follow_up.months
    since = dutch.day(link.follow_up.placement.started_on)
    ends = dutch.day(timezone.localdate(link.ends_at))
    if link.party == Party.EMPLOYER:
        return to_employer(
            f"Hoe gaat het na {months} maanden met {vacancy.title}?",
            f"Op {since} begon iemand bij u als {vacancy.title}. We horen graag of het werk nog "
            "duurt.",
            f"Antwoord in drie klikken. U hebt geen account nodig:\n{LINK}",
            f"De link werkt tot {ends} en is alleen voor u: geef ze niet door.",
            by=by,
        )
    return to_person(
        "Hoe gaat het met je werk?",
        f"Op {since} begon je als {vacancy.title} bij {vacancy.employer}. Werk je daar nog?",
        f"Antwoord in drie klikken, zonder account:\n{LINK}",
        "Heb je ergens ondersteuning bij nodig? Zeg het daar ook.",
        f"De link werkt tot {ends} en is alleen voor jou.",
        by=by,
    )
