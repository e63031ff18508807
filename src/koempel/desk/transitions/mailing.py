"""The link to sign the internship agreement by mail: who guides sends it, party by party."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.mail.actions import mail_link
from koempel.desk.mail.letters import Letter, to_employer, to_person
from koempel.desk.mail.models import LINK
from koempel.desk.partners.queries import mail_address_of as address_of_partner
from koempel.desk.people.disclosures import mail_address_of as address_of_person
from koempel.desk.transitions.enums import Party
from koempel.desk.transitions.models import Agreement, SignLink
from koempel.desk.transitions.signing import new_sign_link, sign_mails_of
from koempel.region import dutch


def address_for(party: Party, agreement: Agreement) -> str:
    """Where the link of a party goes, or nothing: a coach is known by name alone."""
    if party is Party.PERSON:
        return address_of_person(agreement.transition.case_number)
    if party is Party.ENTERPRISE:
        return address_of_partner(agreement.transition.employer_id)
    return address_of_partner(agreement.host.organisation_id) if party is Party.HOST else ""


@transaction.atomic
def mail_sign_link(key: int, party: Party, *, by: User, at: datetime) -> None:
    """Mail a party the link to sign; the link before for the same party stops.

    Raises
    ------
    NotNowError
        When there is nothing to sign, or the party signed.
    MailError
        When no address is known.
    """
    token, link = new_sign_link(key, party, step="sign_mail", by=by, at=at)
    mail_link(
        _letter(link, by),
        key=f"{sign_mails_of(key, party)}{link.pk}",
        to=address_for(party, link.agreement),
        whom=party.label,
        path=reverse("transition-sign", kwargs={"token": token}),
        by=by,
        at=at,
    )


def _letter(link: SignLink, by: User) -> Letter:
    first = dutch.day(link.agreement.first_on)
    ends = dutch.day(timezone.localdate(link.ends_at))
    if link.party == Party.PERSON:
        return to_person(
            "Je stageovereenkomst ligt klaar",
            f"Je stage begint op {first}. Lees de overeenkomst, en teken ze als je akkoord bent. "
            f"Je hebt geen account nodig:\n{LINK}",
            f"De link werkt tot {ends} en is alleen voor jou.",
            by=by,
        )
    return to_employer(
        "Een stageovereenkomst om te tekenen",
        f"Op {first} begint een stage waarbij u betrokken bent. Lees de overeenkomst, en teken ze "
        f"als u akkoord gaat. U hebt geen account nodig:\n{LINK}",
        f"De link werkt tot {ends} en is alleen voor u: geef ze niet door.",
        by=by,
    )
