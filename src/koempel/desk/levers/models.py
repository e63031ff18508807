"""Tables of levers.

What every lever has stands in `Lever`; what only one kind has stands in a table of its own beside
it, so that every column can be required, typed and read whole (docs/adr/0007). What can be
counted is a `LeverPart`; its three balances are the sum of the `LeverEntry` rows, which never
change.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.levers.enums import (
    FAMILY_OF,
    KIND_CHOICES,
    TAKES_STOCK,
    BikeSize,
    BookingState,
    EntryKind,
    Family,
)
from koempel.desk.levers.terms import confirm_days
from koempel.desk.levers.validators import validate_windows
from koempel.desk.partners.models import Municipality
from koempel.desk.people.models import Child
from koempel.region.outcome import LeverKind
from koempel.region.rows import Direction, Level
from koempel.region.vocabulary import LEVERS, Kind, LeverWords

DIRECTIONS = [(Direction.TO_WORK.value, "naar het werk"), (Direction.HOME.value, "naar huis")]
LEVELS = [(level.value, level.value) for level in Level]


class Lever(models.Model):
    """Something of a partner that removes an obstacle: bikes of a depot, a course, a line."""

    kind = models.CharField("soort", max_length=20, choices=KIND_CHOICES)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="levers", verbose_name="van"
    )
    name = models.CharField("naam", max_length=200, validators=[validate_no_national_number])
    serves = models.ManyToManyField(
        Municipality, blank=True, related_name="levers", verbose_name="voor wie woont in"
    )
    wait_days = models.PositiveSmallIntegerField("dagen wachten", default=0)
    cost_eur = models.DecimalField("kost van één", max_digits=8, decimal_places=2, default=0)
    includes = models.CharField(
        "wat erbij komt", max_length=120, blank=True, validators=[validate_no_national_number]
    )
    valid_until = models.DateField("tot en met", null=True, blank=True)
    is_active = models.BooleanField("doet mee", default=True)
    confirmed_on = models.DateField("bevestigd op", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("name", "pk")
        verbose_name = "hefboom"
        verbose_name_plural = "hefbomen"
        constraints = (
            models.CheckConstraint(
                condition=Q(cost_eur__gte=0),
                name="lever_cost_not_negative",
                violation_error_message="De kost kan niet onder nul liggen.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> LeverWords:
        """Words of its kind."""
        return LEVERS[LeverKind(self.kind)]

    @property
    def shown_kind(self) -> Kind:
        """Title, icon and colour of its kind."""
        return self.words.kind

    @property
    def family(self) -> Family:
        """The board that it stands on."""
        return FAMILY_OF[LeverKind(self.kind)]

    def stale_from(self, today: date) -> date | None:
        """The day on which its stock no longer counts as known; None when never confirmed."""
        if self.confirmed_on is None:
            return None
        return self.confirmed_on + timedelta(days=confirm_days(today) + 1)

    def is_stale(self, today: date) -> bool:
        """Whether nobody confirmed its stock within the term."""
        day = self.stale_from(today)
        return day is None or today >= day


class ChildcareSite(models.Model):
    """Where and when a childcare lever is open, and for which ages."""

    lever = models.OneToOneField(
        Lever, on_delete=models.CASCADE, primary_key=True, related_name="childcare"
    )
    lon = models.FloatField("lengtegraad")
    lat = models.FloatField("breedtegraad")
    hours = models.CharField("openingsuren", max_length=300, validators=[validate_windows])
    age_from = models.PositiveSmallIntegerField("jongste leeftijd, maanden", default=0)
    age_to = models.PositiveSmallIntegerField("tot welke leeftijd, maanden", default=36)

    class Meta:
        verbose_name = "opvangplek"
        constraints = (
            models.CheckConstraint(
                condition=Q(age_to__gt=F("age_from")),
                name="childcare_ages_in_order",
                violation_error_message="De hoogste leeftijd ligt onder de laagste.",
            ),
        )

    def __str__(self) -> str:
        return self.hours


class Course(models.Model):
    """What a course teaches, to whom and when."""

    lever = models.OneToOneField(
        Lever, on_delete=models.CASCADE, primary_key=True, related_name="course"
    )
    teaches = models.CharField("leidt tot", max_length=30)
    from_level = models.CharField("niveau om te starten", max_length=5, blank=True, choices=LEVELS)
    starts_on = models.DateField("eerste les")
    weeks = models.PositiveSmallIntegerField("weken")

    class Meta:
        verbose_name = "opleiding"

    def __str__(self) -> str:
        return self.teaches

    @property
    def ends_on(self) -> date:
        """The day on which it is done."""
        return self.starts_on + timedelta(weeks=self.weeks)


class ShuttleLine(models.Model):
    """Where a shuttle picks people up and brings them."""

    lever = models.OneToOneField(
        Lever, on_delete=models.CASCADE, primary_key=True, related_name="line"
    )
    from_name = models.CharField("opstapplaats", max_length=100)
    from_lon = models.FloatField("lengtegraad opstapplaats")
    from_lat = models.FloatField("breedtegraad opstapplaats")
    to_name = models.CharField("halte bij het werk", max_length=100)
    to_lon = models.FloatField("lengtegraad halte")
    to_lat = models.FloatField("breedtegraad halte")
    ride_min = models.PositiveSmallIntegerField("minuten rijden")

    class Meta:
        verbose_name = "pendellijn"
        constraints = (
            models.CheckConstraint(
                condition=Q(ride_min__gte=1, ride_min__lte=240),
                name="shuttle_ride_minutes",
                violation_error_message="Een rit duurt 1 tot 240 minuten.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_name} – {self.to_name}"


class LeverPart(models.Model):
    """What is counted apart: a childcare place on Monday morning, a run; else all together.

    `free`, `held` and `out` are kept by `koempel.desk.levers.ledger` alone, under a lock.
    """

    lever = models.ForeignKey(Lever, on_delete=models.CASCADE, related_name="parts")
    code = models.CharField(max_length=30, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    free = models.IntegerField("vrij", default=0)
    held = models.IntegerField("vastgehouden", default=0)
    out = models.IntegerField("meegegeven", default=0)

    class Meta:
        ordering = ("lever", "place", "pk")
        verbose_name = "deel"
        constraints = (
            models.UniqueConstraint(fields=("lever", "code"), name="lever_part_once"),
            models.CheckConstraint(
                condition=Q(free__gte=0),
                name="lever_part_never_oversold",
                violation_error_message="Er is niets meer vrij.",
            ),
            models.CheckConstraint(
                condition=Q(held__gte=0, out__gte=0), name="lever_part_balances_not_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.lever} {self.code}".strip()

    @property
    def capacity(self) -> int:
        """Everything there is: free, held and handed over."""
        return self.free + self.held + self.out


class ShuttleRun(models.Model):
    """One run of a line; its seats are the part."""

    part = models.OneToOneField(
        LeverPart, on_delete=models.CASCADE, primary_key=True, related_name="run"
    )
    direction = models.CharField("richting", max_length=10, choices=DIRECTIONS)
    minute = models.PositiveSmallIntegerField("uur")
    days = models.JSONField("dagen", default=list)

    class Meta:
        ordering = ("direction", "minute")
        verbose_name = "rit"
        constraints = (
            models.CheckConstraint(condition=Q(minute__lt=24 * 60), name="run_within_the_day"),
        )

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.minute // 60}.{self.minute % 60:02}"


class LeverBooking(models.Model):
    """A lever asked or kept for one case. Its state changes in `koempel.desk.levers.actions`.

    `changed_by` took the last step, nobody when a term ran out; `reason` is why. The ledger keeps
    amounts for ever, so what people write stands here, where it can be erased.
    """

    lever = models.ForeignKey(Lever, on_delete=models.PROTECT, related_name="bookings")
    parts = models.ManyToManyField(LeverPart, related_name="bookings")
    case_number = models.CharField("dossier", max_length=12, db_index=True)
    state = models.CharField("toestand", max_length=20, choices=BookingState.choices)
    hold_until = models.DateField("vast tot en met", null=True, blank=True)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    child = models.ForeignKey(
        Child, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    size = models.CharField("maat", max_length=1, blank=True, choices=BikeSize.choices)
    voucher = models.CharField("bon", max_length=20, blank=True)
    key = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    reason = models.CharField(
        "waarom", max_length=300, blank=True, validators=[validate_no_national_number]
    )

    class Meta:
        ordering = ("starts_on", "pk")
        verbose_name = "boeking"
        verbose_name_plural = "boekingen"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="booking_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                condition=~Q(state=BookingState.HELD) | Q(hold_until__isnull=False),
                name="booking_held_until_a_day",
                violation_error_message="Zeg tot wanneer dit wordt vastgehouden.",
            ),
            models.UniqueConstraint(
                fields=("voucher",), condition=~Q(voucher=""), name="booking_once_per_voucher"
            ),
        )
        indexes = (models.Index(fields=("state", "hold_until"), name="booking_by_deadline"),)

    def __str__(self) -> str:
        return f"{self.case_number}: {self.lever}"

    @property
    def is_refused(self) -> bool:
        """Whether the partner let it go, and not who asked."""
        return (
            self.state == BookingState.RELEASED
            and self.changed_by is not None
            and self.changed_by.organisation_id == self.lever.organisation_id
        )

    @property
    def takes_stock(self) -> bool:
        """Whether something is kept back or given for it."""
        return self.state in TAKES_STOCK


class LeverEntry(models.Model):
    """One line of the ledger. Triggers in the database refuse every change and removal."""

    part = models.ForeignKey(LeverPart, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("wat", max_length=20, choices=EntryKind.choices)
    amount = models.IntegerField("aantal")
    booking = models.ForeignKey(
        LeverBooking, on_delete=models.PROTECT, null=True, related_name="entries"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(
        "reden", max_length=300, blank=True, validators=[validate_no_national_number]
    )

    class Meta:
        ordering = ("-pk",)
        verbose_name = "regel"
        constraints = (
            models.CheckConstraint(
                condition=(Q(kind=EntryKind.CAPACITY_SET) & ~Q(amount=0))
                | Q(amount__gt=0, booking__isnull=False),
                name="entry_amount_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
