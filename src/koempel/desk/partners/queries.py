"""Reads about partners."""

from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from koempel.desk.accounts.models import Organisation
from koempel.desk.common.context import Context, Relation
from koempel.desk.partners.models import Contact, Establishment, Municipality, Offer
from koempel.desk.partners.terms import offer_days


def visible_partners(context: Context) -> QuerySet[Organisation]:
    """Organisations that the asker may see: all, or only the own."""
    if context.relation is Relation.ANY:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=[context.organisation])


def partners_with_facts(context: Context, today: date) -> QuerySet[Organisation]:
    """Partners with what the list shows of them on a day.

    Municipality, number of establishments, first contact, the last talk with anybody there, and
    whether something that is offered or sought was not confirmed within the term.
    """
    municipality = Municipality.objects.filter(nis=OuterRef("nis")).values("name")
    contacts = Contact.objects.filter(organisation=OuterRef("pk"))
    talks = contacts.filter(last_contact_on__isnull=False).order_by("-last_contact_on")
    places = Count("establishments", Q(establishments__valid_to__isnull=True), distinct=True)
    return visible_partners(context).annotate(
        municipality=Subquery(municipality),
        main_contact=Subquery(contacts.values("name")[:1]),
        last_contact=Subquery(talks.values("last_contact_on")[:1]),
        n_establishments=places,
        has_stale_offer=Exists(stale_offers(today).filter(organisation=OuterRef("pk"))),
    )


def mail_address_of(organisation: int) -> str:
    """Where a partner gets mail: the first contact with an address, or nothing."""
    rows = Contact.objects.filter(organisation=organisation).exclude(email="")
    return rows.values_list("email", flat=True).first() or ""


def stale_offers(today: date) -> QuerySet[Offer]:
    """What is offered or sought, and was not confirmed within the term."""
    first = today - timedelta(days=offer_days(today))
    old = Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=first)
    return Offer.objects.filter(old, ended_on__isnull=True)


def establishments_of(organisation: int, on: date) -> QuerySet[Establishment]:
    """Places where an organisation works on a day or will work, with their villages."""
    found = Establishment.objects.filter(organisation=organisation)
    still_there = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return found.filter(still_there).select_related("village__municipality")


def partner_with_number(number: str, *, other_than: int | None = None) -> Organisation | None:
    """The organisation that already has an enterprise number."""
    found = Organisation.objects.filter(org_code=number).exclude(org_code="")
    return found.exclude(pk__in=[other_than]).first()


def partner_like(name: str, nis: str, *, other_than: int | None = None) -> Organisation | None:
    """An organisation of the same name in the same municipality, or in one that is not known."""
    found = Organisation.objects.filter(name__iexact=name.strip())
    if nis:
        found = found.filter(nis__in=["", nis])
    return found.exclude(pk__in=[other_than]).first()
