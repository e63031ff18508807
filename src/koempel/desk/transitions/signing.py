"""The internship agreement: writing it down, and the four parties who sign it.

A party signs in Koempel or by a link that opens this one agreement and nothing else. Whoever signs
says which text was read; a change of the text voids what was signed before.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common import links
from koempel.desk.jobs.models import Vacancy
from koempel.desk.mail.actions import drop_mail
from koempel.desk.partners.models import Establishment
from koempel.desk.transitions.actions import locked, mails_of, note_step
from koempel.desk.transitions.enums import Party, TransitionState
from koempel.desk.transitions.errors import NotNowError, TransitionError
from koempel.desk.transitions.models import Agreement, Signature, SignLink, Transition
from koempel.desk.transitions.queries import agreement_of, signatures_of, text_digest
from koempel.desk.transitions.rules import phase_ends
from koempel.desk.transitions.terms import link_lasts
from koempel.region import dutch


@dataclass(frozen=True, slots=True)
class Terms:
    """What the parties agree on; `shifts` in the notation of a vacancy."""

    host: Establishment
    vacancy: Vacancy | None
    first_on: date
    last_on: date
    shifts: str
    host_pays: bool
    goals: str


@transaction.atomic
def write_agreement(key: int, terms: Terms, *, by: User, at: datetime) -> Agreement:
    """Write the agreement of a round down, or another text of it; that voids every signature.

    Raises
    ------
    NotNowError
        When no place is looked for.
    TransitionError
        When its days do not fit in the term of an internship.
    """
    row = _matching(key)
    _check_days(terms, timezone.localdate(at))
    agreement = agreement_of(row.pk) or Agreement(transition=row)
    before = text_digest(agreement) if agreement.pk else ""
    agreement.host, agreement.vacancy = terms.host, terms.vacancy
    agreement.first_on, agreement.last_on = terms.first_on, terms.last_on
    agreement.shifts, agreement.goals = terms.shifts, terms.goals
    agreement.host_pays, agreement.changed_at = terms.host_pays, at
    agreement.save()
    voided = 0
    if before != text_digest(agreement):
        voided = agreement.signatures.filter(voided_at__isnull=True).update(voided_at=at)
    text = f"Bij {terms.host.organisation}" + (". De handtekeningen vervallen" if voided else "")
    note_step(row, "agreement", {}, text, by=by, at=at)
    return agreement


def make_sign_link(key: int, party: Party, *, by: User, at: datetime) -> str:
    """Make a link for a party; the one before stops. Gives the secret part of its address.

    Raises
    ------
    NotNowError
        When there is nothing to sign, or the party signed.
    """
    token, _ = new_sign_link(key, party, step="link", by=by, at=at)
    return token


@transaction.atomic
def new_sign_link(
    key: int, party: Party, *, step: str, by: User, at: datetime
) -> tuple[str, SignLink]:
    """A link for a party in place of the one before, noted as a step; a mail that waits stops."""
    agreement = _unsigned(_matching(key), party)
    token = links.new_token()
    working_links(at).filter(agreement=agreement, party=party).update(withdrawn_at=at)
    drop_mail(sign_mails_of(key, party), at=at)
    link = SignLink.objects.create(
        agreement=agreement,
        party=party,
        digest=links.digest_of(token),
        made_by=by,
        made_at=at,
        ends_at=at + link_lasts(timezone.localdate(at)),
    )
    note_step(agreement.transition, step, {}, f"Voor {party.label}", by=by, at=at)
    return token, link


def sign_mails_of(key: int, party: Party) -> str:
    """What the keys of the mails to a party of a round begin with."""
    return f"{mails_of(key)}{party.value.lower()}/"


def working_links(at: datetime) -> QuerySet[SignLink]:
    """Links that work."""
    return SignLink.objects.filter(links.works(at))


def link_behind(token: str, *, at: datetime) -> SignLink | None:
    """The link with this secret; a wrong, an old and a withdrawn one are the same None."""
    rows = working_links(at).select_related("agreement__transition__employer")
    return rows.filter(digest=links.digest_of(token)).first()


@transaction.atomic
def sign(
    key: int,
    party: Party,
    *,
    name: str,
    read: str,
    by: User | None,
    at: datetime,
) -> Signature:
    """Sign the agreement of a round for a party.

    Parameters
    ----------
    key : int
        Of a round that the signer may see, or behind a link that works: the caller has looked.
    name : str
        Who signs.
    read : str
        The digest of the text that was read.

    Raises
    ------
    NotNowError
        When there is nothing to sign, the party signed, or the text changed meanwhile.
    TransitionError
        When nobody says who signs.
    """
    if not name.strip():
        raise TransitionError("Schrijf wie tekent.")
    agreement = _unsigned(_matching(key), party)
    if read != text_digest(agreement):
        raise NotNowError("De tekst is intussen veranderd. Lees hem opnieuw, en teken dan.")
    try:
        with transaction.atomic():
            made = Signature.objects.create(
                agreement=agreement, party=party, name=name.strip(), at=at, by=by, digest=read
            )
    except IntegrityError as error:
        raise NotNowError("Deze partij heeft al getekend.") from error
    drop_mail(sign_mails_of(key, party), at=at)
    # No names on a timeline: who may read it need not know how somebody is called.
    who = dutch.capital(party.label)
    text = f"Voor {party.label}" if by else ""
    note_step(agreement.transition, "sign", {}, text, by=by, by_name=who, at=at)
    return made


def _matching(key: int) -> Transition:
    row = locked(key)
    if row.state != TransitionState.MATCHING:
        raise NotNowError("Een stageovereenkomst hoort bij het zoeken van een plek.")
    return row


def _unsigned(row: Transition, party: Party) -> Agreement:
    agreement = agreement_of(row.pk)
    if agreement is None:
        raise NotNowError("Er is nog geen stageovereenkomst. Schrijf ze eerst op.")
    if party in signatures_of(agreement):
        raise NotNowError(f"{dutch.capital(party.label)} heeft al getekend.")
    return agreement


def _check_days(terms: Terms, today: date) -> None:
    longest = phase_ends(TransitionState.INTERNSHIP, terms.first_on, ())
    if terms.first_on < today:
        raise TransitionError("De eerste dag van de stage is voorbij. Kies vandaag of later.")
    if not terms.first_on <= terms.last_on <= longest:
        raise TransitionError(
            f"De laatste dag ligt na de eerste, en ten laatste op {dutch.day(longest)}."
        )
