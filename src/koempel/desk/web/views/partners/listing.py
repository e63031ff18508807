"""The list of partners."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import Organisation, OrganisationKind
from koempel.desk.common.context import current
from koempel.desk.common.validators import dotted
from koempel.desk.partners.models import Municipality
from koempel.desk.partners.queries import partners_with_facts
from koempel.desk.web.context import Door
from koempel.desk.web.pages.columns import Column, Show
from koempel.desk.web.pages.filters import ChoiceFilter, YesNoFilter
from koempel.desk.web.pages.listing import ListPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Go, Status, Tone
from koempel.region.dutch import capital

TAKES_PART = Status("Werkt mee", Tone.GOOD)
STOPPED = Status("Werkt niet mee")


class PartnersPage(ListPage):
    """All partners that the reader may see."""

    title = "Partners"
    intro = "Met wie werk je samen, wie bel je daar, en wat hebben ze te bieden?"
    noun = ("partner", "partners")
    door = Door("Partners", "link", 70)
    search = (
        "name",
        "org_code",
        "contacts__name",
        "establishments__name",
        "establishments__number",
    )
    columns = (
        Column(
            "Naam",
            "name",
            sort="name",
            link=lambda row: file_url(row.pk),
            note=lambda row: capital(row.get_kind_display()),
        ),
        Column("Gemeente", "municipality", sort="municipality"),
        Column("Ondernemingsnummer", lambda row: dotted(row.org_code)),
        Column("Eerste aanspreekpunt", "main_contact"),
        Column("Laatst gesproken", "last_contact", Show.DATE, sort="last_contact"),
        Column("Vestigingen", "n_establishments", Show.NUMBER, sort="n_establishments"),
        Column("Stand", lambda row: TAKES_PART if row.is_active else STOPPED, Show.STATUS),
    )
    filters = (
        ChoiceFilter("soort", "Soort", "kind", OrganisationKind.choices),
        ChoiceFilter("gemeente", "Gemeente", "nis", lambda request: municipality_choices()),
        YesNoFilter("werkt-mee", "Werkt mee", "is_active"),
        YesNoFilter("nakijken", "Aanbod na te kijken", "has_stale_offer"),
    )
    nothing = "Voeg de eerste partner toe. Daarna zie je hier wie je daar belt en wat ze bieden."
    first = Go("Voeg een partner toe", "partners:new")

    def rows(self, request: DeskRequest) -> QuerySet[Organisation]:
        """Partners, each once."""
        return partners_with_facts(current(), timezone.localdate()).distinct()


def file_url(pk: int) -> str:
    """The address of a partner."""
    return reverse("partners:file", kwargs={"pk": pk})


def municipality_choices() -> list[tuple[str, str]]:
    """Municipalities where a partner is."""
    taken = Organisation.objects.exclude(nis="").values("nis")
    return list(Municipality.objects.filter(nis__in=taken).values_list("nis", "name"))
