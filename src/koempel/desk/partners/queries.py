"""Reads about partners."""

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from koempel.desk.accounts.models import Organisation
from koempel.desk.common.context import Context, Relation
from koempel.desk.partners.models import Contact, Establishment, Municipality


def visible_partners(context: Context) -> QuerySet[Organisation]:
    """Organisations that the asker may see: all, or only the own."""
    if context.relation is Relation.ANY:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=[context.organisation])


def partners_with_facts(context: Context) -> QuerySet[Organisation]:
    """Partners with municipality, number of establishments and first contact, for the list."""
    municipality = Municipality.objects.filter(nis=OuterRef("nis")).values("name")
    main = Contact.objects.filter(organisation=OuterRef("pk")).values("name")[:1]
    current = Count("establishments", Q(establishments__valid_to__isnull=True))
    return visible_partners(context).annotate(
        municipality=Subquery(municipality), main_contact=Subquery(main), n_establishments=current
    )


def establishments_of(organisation: int, on: date) -> QuerySet[Establishment]:
    """Places where an organisation works on a day or will work, with their villages."""
    found = Establishment.objects.filter(organisation=organisation)
    still_there = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return found.filter(still_there).select_related("village__municipality")


def partner_with_number(number: str, *, other_than: int | None = None) -> Organisation | None:
    """The organisation that already has an enterprise number."""
    found = Organisation.objects.filter(org_code=number).exclude(org_code="")
    return found.exclude(pk__in=[other_than]).first()
