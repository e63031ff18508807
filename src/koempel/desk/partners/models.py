"""Tables of places and partners."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common.validators import (
    dotted,
    validate_establishment_number,
    validate_no_national_number,
)
from koempel.desk.partners.enums import OfferKind, OfferSide, PartnerEventKind
from koempel.desk.partners.terms import offer_days


class Municipality(models.Model):
    """A Flemish municipality; its key is the NIS code."""

    nis = models.CharField("NIS-code", max_length=5, primary_key=True)
    name = models.CharField("naam", max_length=100)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        ordering = ("name",)
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """A village or quarter: the smallest place that a report names."""

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField("naam", max_length=100)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="villages", verbose_name="gemeente"
    )
    postcode = models.CharField("postcode", max_length=4)
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        ordering = ("name", "postcode")
        verbose_name = "dorp of wijk"
        verbose_name_plural = "dorpen en wijken"

    def __str__(self) -> str:
        return self.name

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude of its middle."""
        return self.lon, self.lat


class Establishment(models.Model):
    """A place where an organisation works, for as long as it belongs to it."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="establishments",
        verbose_name="organisatie",
    )
    name = models.CharField("naam", max_length=200, validators=[validate_no_national_number])
    number = models.CharField(
        "vestigingsnummer", max_length=10, blank=True, validators=[validate_establishment_number]
    )
    address = models.CharField(
        "straat en nummer", max_length=200, validators=[validate_no_national_number]
    )
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="establishments", verbose_name="dorp"
    )
    lon = models.FloatField()
    lat = models.FloatField()
    valid_from = models.DateField("sinds")
    valid_to = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        verbose_name = "vestiging"
        verbose_name_plural = "vestigingen"
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="establishment_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            # A unit may move to another enterprise: the number is free again once it has ended.
            models.UniqueConstraint(
                fields=("number",),
                condition=Q(valid_to__isnull=True) & ~Q(number=""),
                name="establishment_once_per_number",
                violation_error_message="Er is al een vestiging met dit nummer.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def number_in_words(self) -> str:
        """The number with dots, as people write it."""
        return dotted(self.number) or "–"


class Contact(models.Model):
    """Somebody to call at a partner."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="contacts", verbose_name="organisatie"
    )
    name = models.CharField("naam", max_length=150, validators=[validate_no_national_number])
    function = models.CharField(
        "functie", max_length=100, blank=True, validators=[validate_no_national_number]
    )
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(
        "telefoon", max_length=30, blank=True, validators=[validate_no_national_number]
    )
    is_main = models.BooleanField("eerste aanspreekpunt", default=False)
    agreed_on = models.DateField("ging akkoord op", null=True, blank=True)
    last_contact_on = models.DateField("laatst gesproken op", null=True, blank=True)

    class Meta:
        ordering = ("-is_main", "name")
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",),
                condition=Q(is_main=True),
                name="contact_one_main_per_organisation",
                violation_error_message="Er is al een eerste aanspreekpunt.",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="contact_can_be_reached",
                violation_error_message="Vul een e-mailadres of een telefoonnummer in.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """Something that a partner offers to the others, or seeks from them."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="offers", verbose_name="organisatie"
    )
    side = models.CharField("biedt aan of zoekt", max_length=10, choices=OfferSide.choices)
    kind = models.CharField("wat", max_length=20, choices=OfferKind.choices)
    text = models.CharField(
        "in enkele woorden", max_length=200, validators=[validate_no_national_number]
    )
    confirmed_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ("side", "kind", "pk")
        verbose_name = "aanbod of vraag"
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "side", "kind", "text"),
                condition=Q(ended_on__isnull=True),
                name="offer_once",
                violation_error_message="Dit staat er al.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.text}"

    def is_stale(self, today: date) -> bool:
        """Whether nobody confirmed it within the term."""
        last = self.confirmed_on
        return last is None or last + timedelta(days=offer_days(today)) < today


class PartnerEvent(models.Model):
    """A line of the timeline of a partner."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="events", verbose_name="organisatie"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=PartnerEventKind.choices)
    text = models.CharField(
        "notitie", max_length=500, blank=True, validators=[validate_no_national_number]
    )

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = "gebeurtenis"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}".strip()
