"""Tables of plans: each run, what it proposes to whom, and what people decide about it.

What a run says of one person hangs on that person and stands behind the same wall
(`koempel.desk.people.protection`). What it says of the whole holds no person.
"""

from functools import cached_property

from django.db import models
from django.db.models import F, Q

from koempel.desk.accounts.models import User
from koempel.desk.common.context import current
from koempel.desk.common.validators import validate_no_national_number
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.models import Person
from koempel.desk.people.protection import OfPersonManager, PersonManager
from koempel.desk.planning.enums import (
    NEEDS_MOTIVATION,
    STANDING,
    FileKind,
    ProposalState,
    Reason,
    Verdict,
)
from koempel.desk.planning.facts import from_json, many_from_json
from koempel.region.outcome import (
    FairnessRow,
    FloorResult,
    Flow,
    Help,
    HourCount,
    KindCount,
    LeverSummary,
    PlaceCount,
    Price,
)
from koempel.region.outcome import Proposal as ProposalFacts

NIGHT = "Koempel, vanzelf in de nacht"
"""Who asked for the plan that is made every night."""


class PlanRun(models.Model):
    """One plan that was made: from what, how well, and what it says of the whole."""

    plan_date = models.DateField("dag van het plan")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    """Nobody for the plan of the night."""
    asked_at = models.DateTimeField("gevraagd")
    made_at = models.DateTimeField("gemaakt")
    earlier = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="gaat verder op"
    )
    inputs_digest = models.CharField("vingerafdruk van de gegevens", max_length=64)
    state_digest = models.CharField("vingerafdruk van de uitkomst", max_length=64)
    barred = models.JSONField("uitgesloten", default=list)
    floors = models.JSONField("minstens per gemeente", default=dict)
    seed = models.PositiveBigIntegerField("zaad", default=0)
    koempel_version = models.CharField("versie", max_length=20)
    parameters = models.JSONField("parameters", default=dict)
    versions = models.JSONField("bibliotheken", default=dict)
    seconds = models.JSONField("seconden per stap", default=dict)

    people = models.PositiveIntegerField("mensen")
    jobs = models.PositiveIntegerField("jobs")
    seats = models.PositiveIntegerField("plaatsen")
    options = models.PositiveIntegerField("mogelijkheden")
    proposals = models.PositiveIntegerField("voorstellen")
    reach_today = models.PositiveIntegerField("bereikt vandaag een job")
    reach_with_levers = models.PositiveIntegerField("bereikt een job met hefbomen")
    no_way = models.PositiveIntegerField("vindt nog geen weg")
    one_step_away = models.PositiveIntegerField("één stap ver")

    status = models.CharField("stand", max_length=10)
    value = models.BigIntegerField("waarde")
    bound = models.BigIntegerField("grens")
    gap = models.FloatField("hoogstens onder het beste")
    figures = models.JSONField("cijfers", default=dict)
    kept = models.PositiveIntegerField("bleef", default=0)
    gained = models.PositiveIntegerField("kreeg een voorstel", default=0)
    moved = models.PositiveIntegerField("kreeg een ander voorstel", default=0)
    lost = models.PositiveIntegerField("verloor het voorstel", default=0)

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "plan"
        verbose_name_plural = "plannen"
        constraints = (
            models.CheckConstraint(
                condition=Q(bound__gte=F("value")), name="plan_run_bound_holds_the_value"
            ),
        )

    def __str__(self) -> str:
        return f"plan {self.pk}"

    @property
    def asker(self) -> str:
        """Who asked for it, in words."""
        return self.asked_by.name if self.asked_by is not None else NIGHT

    @property
    def prices(self) -> tuple[Price, ...]:
        """What one more of every scarce thing is worth."""
        return many_from_json(self.figures["prices"], Price)

    @property
    def levers(self) -> tuple[LeverSummary, ...]:
        """Every lever as a whole."""
        return many_from_json(self.figures["levers"], LeverSummary)

    @property
    def fairness(self) -> tuple[FairnessRow, ...]:
        """How groups fare."""
        return many_from_json(self.figures["fairness"], FairnessRow)

    @property
    def floor_results(self) -> tuple[FloorResult, ...]:
        """What came of each floor."""
        return many_from_json(self.figures["floors"], FloorResult)

    @property
    def places(self) -> tuple[PlaceCount, ...]:
        """People of each village."""
        return many_from_json(self.figures["places"], PlaceCount)

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Proposals from village to village."""
        return many_from_json(self.figures["flows"], Flow)

    @property
    def hours(self) -> tuple[HourCount, ...]:
        """Seats by the hour at which work starts."""
        return many_from_json(self.figures["hours"], HourCount)

    @property
    def obstacles(self) -> tuple[KindCount, ...]:
        """For how many people each obstacle alone stands between."""
        return many_from_json(self.figures["obstacles"], KindCount)


class PlanFileManager(models.Manager["PlanFile"]):
    """The files of runs hold rows of everybody: only Koempel's own work opens them."""

    def get_queryset(self) -> models.QuerySet["PlanFile"]:
        """Rows, or none when somebody else asks."""
        rows = super().get_queryset()
        return rows if current().is_system else rows.none()


class PlanFile(models.Model):
    """What is kept of a run in one piece: its inputs, and where it stands."""

    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField("soort", max_length=10, choices=FileKind.choices)
    content = models.BinaryField("inhoud")

    objects = PlanFileManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "bestand van een plan"
        constraints = (
            models.UniqueConstraint(fields=("run", "kind"), name="plan_file_once_per_kind"),
        )

    def __str__(self) -> str:
        return f"{self.run}: {self.get_kind_display()}"


class Proposal(models.Model):
    """A placement that a plan proposes, or that a guide made of one. A person decides."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="proposals")
    vacancy = models.ForeignKey(
        Vacancy, on_delete=models.PROTECT, related_name="+", verbose_name="vacature"
    )
    run = models.ForeignKey(
        PlanRun, on_delete=models.PROTECT, related_name="+", verbose_name="laatste plan"
    )
    changes = models.OneToOneField(
        "self",
        on_delete=models.CASCADE,
        null=True,
        related_name="made_into",
        verbose_name="in de plaats van",
    )
    state = models.CharField("stand", max_length=10, choices=ProposalState.choices)
    may_return = models.BooleanField("mag opnieuw voorgesteld worden", default=False)
    facts = models.JSONField("voorstel")
    fingerprint = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField("gemaakt")
    decide_by = models.DateField("beslis voor")
    changed_at = models.DateTimeField("laatst veranderd")

    objects = OfPersonManager["Proposal"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("decide_by", "pk")
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(state__in=STANDING),
                name="proposal_one_at_a_time",
                violation_error_message="Deze persoon heeft al een voorstel.",
            ),
        )
        indexes = (models.Index(fields=("state", "decide_by"), name="proposal_by_state"),)

    def __str__(self) -> str:
        return f"voorstel {self.pk}"

    @cached_property
    def content(self) -> ProposalFacts:
        """What is proposed, with its reasons."""
        return from_json(self.facts, ProposalFacts)


class DecisionManager(PersonManager["Decision"]):
    """Decisions about people that the context in force may see."""

    path = "proposal__person__"


class Decision(models.Model):
    """What somebody decided about a proposal. Rows are added and never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField("beslissing", max_length=10, choices=Verdict.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("wanneer")
    reason = models.CharField("reden", max_length=20, choices=Reason.choices, blank=True)
    motivation = models.TextField(
        "motivering", max_length=1000, blank=True, validators=[validate_no_national_number]
    )
    disagrees = models.TextField(
        "wat de persoon er anders over denkt",
        max_length=1000,
        blank=True,
        validators=[validate_no_national_number],
    )
    seconds_looked = models.PositiveIntegerField("seconden bekeken", null=True)

    objects = DecisionManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-at", "-pk")
        verbose_name = "beslissing"
        verbose_name_plural = "beslissingen"
        constraints = (
            models.CheckConstraint(
                condition=~Q(verdict__in=NEEDS_MOTIVATION) | ~Q(motivation=""),
                name="decision_against_is_motivated",
                violation_error_message="Schrijf waarom, in woorden die de persoon begrijpt.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} {self.pk}"


class LeftOutPerson(models.Model):
    """Somebody for whom the latest plan found nothing, and what would help."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="left_out"
    )
    run = models.ForeignKey(PlanRun, on_delete=models.CASCADE, related_name="+")
    jobs_today = models.PositiveIntegerField()
    jobs_with_levers = models.PositiveIntegerField()
    facts = models.JSONField()

    objects = OfPersonManager["LeftOutPerson"]()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "zonder voorstel"

    def __str__(self) -> str:
        return f"zonder voorstel in {self.run}"

    @property
    def help(self) -> Help:
        """The smallest change that would help."""
        return from_json(self.facts, Help)


class PlannerSwitch(models.Model):
    """Whether the planner may run; each row is one act, the last one holds."""

    is_paused = models.BooleanField("gepauzeerd")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("wanneer")
    reason = models.CharField(
        "reden", max_length=300, blank=True, validators=[validate_no_national_number]
    )

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = "schakelaar van de planner"

    def __str__(self) -> str:
        return "gepauzeerd" if self.is_paused else "aan"


class Scenario(models.Model):
    """A what-if that somebody kept: changes on a plan and what came of it, without people."""

    name = models.CharField("naam", max_length=120, validators=[validate_no_national_number])
    run = models.ForeignKey(PlanRun, on_delete=models.PROTECT, related_name="scenarios")
    changes = models.JSONField("veranderingen", default=dict)
    answer = models.JSONField("antwoord", default=dict)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("bewaard")

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "scenario"
        verbose_name_plural = "scenario's"

    def __str__(self) -> str:
        return self.name


class SheetLink(models.Model):
    """A link by which somebody reads their own sheet without an account; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sheet_links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("gemaakt")
    ends_at = models.DateTimeField("werkt tot")
    withdrawn_at = models.DateTimeField("ingetrokken", null=True)

    objects = OfPersonManager["SheetLink"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-made_at", "-pk")
        verbose_name = "link naar het blad"
        verbose_name_plural = "links naar het blad"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="sheet_link_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"link {self.pk}"
