"""What can be done with a partner. Each action is one transaction and tells it in the timeline."""

from datetime import date, datetime, timedelta

from django.db import transaction

from koempel.desk.accounts.actions import resume_organisation, stop_organisation
from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common import audit
from koempel.desk.partners.enums import PartnerEventKind
from koempel.desk.partners.models import Contact, Establishment, Offer, PartnerEvent

UNDO_WITHIN = timedelta(minutes=10)


@transaction.atomic
def register_partner(organisation: Organisation, *, by: User, at: datetime) -> Organisation:
    """Add a new organisation."""
    organisation.save(force_insert=True)
    _tell(organisation, PartnerEventKind.REGISTERED, by=by, at=at)
    return organisation


@transaction.atomic
def change_partner(organisation: Organisation, *, by: User, at: datetime) -> Organisation:
    """Store changed facts of an organisation."""
    organisation.save(force_update=True)
    _tell(organisation, PartnerEventKind.CHANGED, by=by, at=at)
    return organisation


@transaction.atomic
def stop_partner(organisation: Organisation, *, by: User, at: datetime) -> None:
    """Let an organisation take part no more; what it did stays. Twice is once."""
    if stop_organisation(organisation, by=by, on=at):
        _tell(organisation, PartnerEventKind.STOPPED, by=by, at=at)


@transaction.atomic
def resume_partner(organisation: Organisation, *, by: User, at: datetime) -> None:
    """Let an organisation take part again; what it saw comes back when this undoes a stop."""
    stops = PartnerEvent.objects.filter(organisation=organisation, kind=PartnerEventKind.STOPPED)
    undone = stops.filter(at__gte=at - UNDO_WITHIN).order_by("at").last()
    if resume_organisation(organisation, stopped_at=undone.at if undone else None, on=at):
        _tell(organisation, PartnerEventKind.RESUMED, by=by, at=at)


@transaction.atomic
def save_establishment(establishment: Establishment, *, by: User, at: datetime) -> Establishment:
    """Store an establishment, new or changed."""
    establishment.save()
    kind = PartnerEventKind.ESTABLISHMENT
    _tell(establishment.organisation, kind, by=by, at=at, text=establishment.name)
    return establishment


@transaction.atomic
def save_contact(contact: Contact, *, by: User, at: datetime) -> Contact:
    """Store a contact, new or changed; a new first contact takes the place of the old one."""
    if contact.is_main:
        others = Contact.objects.filter(organisation=contact.organisation_id, is_main=True)
        others.exclude(pk=contact.pk).update(is_main=False)
    contact.save()
    # A name in the timeline would stay when the contact is removed.
    _tell(contact.organisation, PartnerEventKind.CONTACT, by=by, at=at, text=contact.function)
    return contact


@transaction.atomic
def remove_contact(contact: Contact, *, by: User, at: datetime) -> None:
    """Remove a contact with everything that was known of it."""
    contact.delete()
    _tell(contact.organisation, PartnerEventKind.CONTACT, by=by, at=at, text="verwijderd")


@transaction.atomic
def note_talk(contact: Contact, *, by: User, at: datetime, on: date) -> None:
    """Note that somebody spoke with a contact on a day."""
    contact.last_contact_on = on
    contact.save(update_fields=["last_contact_on"])
    text = ", ".join(filter(None, ["gesproken", contact.function]))
    _tell(contact.organisation, PartnerEventKind.CONTACT, by=by, at=at, text=text)


@transaction.atomic
def add_offer(offer: Offer, *, by: User, at: datetime, on: date) -> Offer:
    """Note what an organisation offers or seeks; who says it today confirms it today."""
    offer.confirmed_on = on
    offer.save(force_insert=True)
    _tell(offer.organisation, PartnerEventKind.OFFER, by=by, at=at, text=str(offer))
    return offer


@transaction.atomic
def confirm_offer(offer: Offer, *, by: User, at: datetime, on: date) -> None:
    """Note that what an organisation offers or seeks still holds."""
    offer.confirmed_on = on
    offer.save(update_fields=["confirmed_on"])
    _tell(offer.organisation, PartnerEventKind.OFFER, by=by, at=at, text=f"klopt nog: {offer}")


@transaction.atomic
def end_offer(offer: Offer, *, by: User, at: datetime, on: date) -> None:
    """Take back what an organisation offered or sought. Twice is once."""
    if Offer.objects.filter(pk=offer.pk, ended_on__isnull=True).update(ended_on=on):
        _tell(offer.organisation, PartnerEventKind.OFFER, by=by, at=at, text=f"niet meer: {offer}")


@transaction.atomic
def restore_offer(offer: Offer, *, by: User, at: datetime) -> bool:
    """Undo `end_offer`; says whether it could, since the same may stand there again by now."""
    fields = ("organisation", "side", "kind", "text")
    same = {name: getattr(offer, name) for name in fields}
    ended = Offer.objects.filter(pk=offer.pk, ended_on__isnull=False)
    if Offer.objects.filter(ended_on__isnull=True, **same).exists():
        return False
    if ended.update(ended_on=None):
        _tell(offer.organisation, PartnerEventKind.OFFER, by=by, at=at, text=f"toch wel: {offer}")
    return True


@transaction.atomic
def note_on_partner(organisation: Organisation, text: str, *, by: User, at: datetime) -> None:
    """Write a line in the timeline."""
    _tell(organisation, PartnerEventKind.NOTE, by=by, at=at, text=text)


def _tell(
    organisation: Organisation, kind: PartnerEventKind, *, by: User, at: datetime, text: str = ""
) -> None:
    PartnerEvent.objects.create(organisation=organisation, at=at, by=by, kind=kind, text=text)
    verb = f"partners.{kind.lower()}"
    audit.record(verb, kind="organisation", objects=[str(organisation.pk)], at=at)
