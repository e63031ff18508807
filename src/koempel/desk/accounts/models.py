"""Organisations, their users, and what lets somebody see a person."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from koempel.desk.common.roles import Role


class OrganisationKind(models.TextChoices):
    """What an organisation is in the partnership."""

    PARTNERSHIP = "PARTNERSHIP", "samenwerkingsverband"
    MUNICIPALITY = "MUNICIPALITY", "gemeente"
    OCMW = "OCMW", "OCMW"
    VDAB = "VDAB", "VDAB"
    SOCIAL_ENTERPRISE = "SOCIAL_ENTERPRISE", "sociale-economiebedrijf"
    EMPLOYER = "EMPLOYER", "gewone werkgever"
    CHILDCARE = "CHILDCARE", "kinderopvang"
    REUSE_SHOP = "REUSE_SHOP", "Kringwinkel"
    TRAINING = "TRAINING", "opleidingspartner"
    TRANSPORT = "TRANSPORT", "vervoerspartner"
    OTHER = "OTHER", "andere partner"


class Organisation(models.Model):
    """A partner with its own data: the tenant of the desk."""

    kind = models.CharField("soort", max_length=20, choices=OrganisationKind.choices)
    name = models.CharField("naam", max_length=200)
    nis = models.CharField("NIS-code", max_length=5, blank=True)
    org_code = models.CharField("KBO-nummer", max_length=10, blank=True)
    is_active = models.BooleanField("werkt mee", default=True)
    created_on = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        constraints = (
            models.UniqueConstraint(
                fields=("org_code",),
                condition=~Q(org_code=""),
                name="organisation_once_per_org_code",
                violation_error_message="Er is al een organisatie met dit KBO-nummer.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users; there are no superusers, since the access table has no back door."""

    def create_user(self, email: str, password: str | None = None, **rest: Any) -> "User":
        """Make a user; without a password the account can only sign in elsewhere."""
        user = self.model(email=self.normalize_email(email).lower(), **rest)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in, for one organisation in one role."""

    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=150)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="users", verbose_name="organisatie"
    )
    role = models.CharField("rol", max_length=20, choices=Role.choices)
    is_active = models.BooleanField("mag aanmelden", default=True)
    is_competent = models.BooleanField("kent de planner", default=False)
    is_demo = models.BooleanField(default=False, editable=False)
    created_on = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ("name",)
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"

    def __str__(self) -> str:
        return self.name

    # Django's own permission system is not used: the access table decides (access.py).
    is_staff = False
    is_superuser = False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Nobody has a Django permission."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Nobody opens Django's admin."""
        return False


class DataClass(models.TextChoices):
    """Classes of data, from open to secret."""

    K0 = "K0", "openbaar"
    K1 = "K1", "capaciteit"
    K2 = "K2", "gegevens zonder naam"
    K3 = "K3", "naam en contact"
    K4 = "K4", "begeleiding"
    K5 = "K5", "gezin en kinderen"
    K6 = "K6", "zeer gevoelig"


class Basis(models.TextChoices):
    """Why data may be shared, in law."""

    LEGAL_TASK = "LEGAL_TASK", "wettelijke opdracht"
    PROTOCOL = "PROTOCOL", "protocol tussen overheden"
    AGREEMENT = "AGREEMENT", "afspraak met de persoon"


class GrantQuerySet(models.QuerySet["AccessGrant"]):
    """Grants, and those that hold."""

    def valid_at(self, moment: Any) -> "GrantQuerySet":
        """Grants that hold at a moment."""
        return self.filter(
            valid_from__lte=moment, valid_until__gt=moment, withdrawn_at__isnull=True
        )


class AccessGrant(models.Model):
    """Lets an organisation see some classes of data of one person, for one purpose, until a day.

    `person` is the case number: the grant stands below the table of people.
    """

    person = models.CharField("dossier", max_length=12, db_index=True)
    to_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="grants", verbose_name="voor"
    )
    purpose = models.CharField("doel", max_length=60)
    classes = models.JSONField("klassen", default=list)
    basis = models.CharField("grond", max_length=20, choices=Basis.choices)
    evidence = models.CharField("bewijs", max_length=300)
    valid_from = models.DateTimeField("vanaf", default=timezone.now)
    valid_until = models.DateTimeField("tot")
    withdrawn_at = models.DateTimeField("ingetrokken", null=True, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants_given")

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from",)
        verbose_name = "inzagerecht"
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("valid_from")),
                name="access_grant_ends_after_it_begins",
                violation_error_message="Het einde moet na het begin liggen.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} → {self.to_organisation}"


class BreakGlass(models.Model):
    """One hour of access to one case without assignment, with a reason, reviewed afterwards."""

    person = models.CharField("dossier", max_length=12, db_index=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="break_glasses")
    reason = models.CharField("reden", max_length=500)
    opened_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField("oordeel", max_length=500, blank=True)

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("user")),
                name="break_glass_reviewed_by_another",
                violation_error_message="Iemand anders moet dit nakijken.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.person}"


class RoleRequest(models.Model):
    """A role for somebody, asked by one operator and given by another.

    Whoever is new, comes back or changes role goes through here: nobody gives a role alone.
    """

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="role_requests", verbose_name="voor"
    )
    role = models.CharField("rol", max_length=20, choices=Role.choices)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles_asked")
    asked_at = models.DateTimeField("gevraagd")
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="roles_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_given = models.BooleanField(default=False)

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = "vraag om een rol"
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="role_request_decided_by_another",
                violation_error_message="Een tweede beheerder moet dit bevestigen.",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("user"))
                & (Q(decided_by__isnull=True) | ~Q(decided_by=models.F("user"))),
                name="role_request_not_for_oneself",
                violation_error_message="Niemand geeft zichzelf een rol.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_given=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="role_request_decided_as_a_whole",
                violation_error_message="Een beslissing heeft een persoon en een moment.",
            ),
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(decided_by__isnull=True),
                name="role_request_one_open_per_user",
                violation_error_message="Voor deze gebruiker staat al een vraag open.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
