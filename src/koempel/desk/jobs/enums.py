"""Choices of a vacancy, with the words that the screen says."""

from dataclasses import dataclass

from django.db.models import TextChoices

from koempel.region.rows import Contract, Level, Measure, Strain
from koempel.region.vocabulary import MEASURES, SKILLS


class VacancyState(TextChoices):
    """Where a vacancy stands."""

    DRAFT = "DRAFT", "ontwerp"
    PUBLISHED = "PUBLISHED", "open"
    FILLED = "FILLED", "ingevuld"
    CLOSED = "CLOSED", "gesloten"
    EXPIRED = "EXPIRED", "verlopen"


@dataclass(frozen=True, slots=True)
class Step:
    """A change of state that somebody can ask for; `button` says what it does."""

    key: str
    starts: tuple[VacancyState, ...]
    to: VacancyState
    button: str
    done: str


STEPS = {
    step.key: step
    for step in (
        Step(
            "publish",
            (VacancyState.DRAFT,),
            VacancyState.PUBLISHED,
            "Zet online",
            "De vacature staat online.",
        ),
        Step(
            "take",
            (VacancyState.PUBLISHED,),
            VacancyState.PUBLISHED,
            "Eén plaats is ingevuld",
            "Eén plaats is ingevuld.",
        ),
        Step(
            "fill",
            (VacancyState.PUBLISHED,),
            VacancyState.FILLED,
            "Alle plaatsen zijn ingevuld",
            "De vacature is ingevuld.",
        ),
        Step(
            "free",
            (VacancyState.PUBLISHED,),
            VacancyState.PUBLISHED,
            "Eén plaats is weer vrij",
            "Eén plaats is weer vrij.",
        ),
        Step(
            "close",
            (VacancyState.DRAFT, VacancyState.PUBLISHED),
            VacancyState.CLOSED,
            "Sluit de vacature",
            "De vacature is gesloten.",
        ),
        Step(
            "refill",
            (VacancyState.FILLED,),
            VacancyState.PUBLISHED,
            "Eén plaats is weer vrij: zoek opnieuw",
            "De vacature staat weer online, met één vrije plaats.",
        ),
        Step(
            "reopen",
            (VacancyState.CLOSED, VacancyState.EXPIRED),
            VacancyState.PUBLISHED,
            "Zet weer online",
            "De vacature staat weer online.",
        ),
        Step(
            "expire",
            (VacancyState.PUBLISHED,),
            VacancyState.EXPIRED,
            "Laat verlopen",
            "De vacature is verlopen.",
        ),
        Step(
            "vanish",
            (VacancyState.DRAFT, VacancyState.PUBLISHED),
            VacancyState.CLOSED,
            "Sluit: staat niet meer in het bestand",
            "De vacature stond niet meer in het bestand en is gesloten.",
        ),
        Step(
            "reappear",
            (VacancyState.CLOSED,),
            VacancyState.PUBLISHED,
            "Zet weer online: staat weer in het bestand",
            "De vacature stond weer in het bestand en is weer open.",
        ),
        Step(
            "redraft",
            (VacancyState.CLOSED,),
            VacancyState.DRAFT,
            "Maak weer een ontwerp: staat weer in het bestand",
            "De vacature stond weer in het bestand en is weer een ontwerp.",
        ),
    )
}
"""The life cycle of a vacancy. What `NO_BUTTON` names is never offered."""

BY_CLOCK = "expire"
VANISH, REAPPEAR, REDRAFT = "vanish", "reappear", "redraft"
NO_BUTTON = frozenset({BY_CLOCK, VANISH, REAPPEAR, REDRAFT})
"""What the clock does, and a file that holds everything: who agrees to the file agrees to these."""


class ShiftKind(TextChoices):
    """What the weekly hours look like, for a filter."""

    DAY = "DAY", "overdag"
    ROTATION = "ROTATION", "ploegen"
    EARLY = "EARLY", "vroeg"
    LATE = "LATE", "laat"
    NIGHT = "NIGHT", "nacht"
    WEEKEND = "WEEKEND", "ook in het weekend"


LEVELS: tuple[tuple[str, str], ...] = (
    (Level.ALPHA.value, "geen"),
    (Level.A0.value, "A0, enkele woorden"),
    (Level.A1.value, "A1, eenvoudige zinnen"),
    (Level.A2.value, "A2, dagelijkse taal"),
    (Level.B1.value, "B1, vlot over het werk"),
    (Level.B2.value, "B2, ook moeilijke taal"),
)
CONTRACTS: tuple[tuple[str, str], ...] = (
    (Contract.INDEFINITE.value, "vast werk"),
    (Contract.FIXED.value, "tijdelijk contract"),
    (Contract.REPLACEMENT.value, "vervanging"),
    (Contract.TEMP_AGENCY.value, "uitzendwerk"),
)
STRAINS: tuple[tuple[str, str], ...] = (
    (Strain.HEAVY_LIFTING.value, "zwaar tillen"),
    (Strain.STEPS.value, "trappen of ladders"),
    (Strain.STANDING.value, "lang rechtstaan"),
    (Strain.NOISE.value, "veel lawaai"),
)
MEASURE_WORDS: tuple[tuple[str, str], ...] = tuple((each.value, MEASURES[each]) for each in Measure)
MEASURES_TOLD: tuple[tuple[str, str], ...] = (
    (
        Measure.COLLECTIVE_MAATWERK.value,
        "Collectief maatwerk: werk in een maatwerkbedrijf, met begeleiding. VDAB beslist.",
    ),
    (
        Measure.INDIVIDUAL_MAATWERK.value,
        "Individueel maatwerk: werk bij een gewone werkgever, met een premie en begeleiding. VDAB "
        "beslist.",
    ),
    (
        Measure.LDE.value,
        "Lokale diensteneconomie: een maatregel van vroeger, voor wie er al in werkt.",
    ),
    (Measure.ARTICLE_60.value, "Artikel 60: tijdelijk werk via het OCMW. Het OCMW beslist."),
    (
        Measure.TEMPORARY_WORK_EXPERIENCE.value,
        "Tijdelijke werkervaring: ervaring opdoen met begeleiding. VDAB of het OCMW beslist.",
    ),
    (
        Measure.WIJK_WERKEN.value,
        "Wijk-werken: enkele uren per week werken in de buurt. VDAB of het OCMW beslist.",
    ),
)
"""What each measure is, and who decides on the right to it."""

SKILL_WORDS: tuple[tuple[str, str], ...] = tuple(SKILLS.items())
LICENCES: tuple[tuple[str, str], ...] = (
    ("AM", "AM, bromfiets"),
    ("B", "B, auto"),
    ("BE", "BE, auto met aanhangwagen"),
    ("C", "C, vrachtwagen"),
    ("CE", "CE, vrachtwagen met oplegger"),
    ("D", "D, bus"),
    ("G", "G, tractor"),
)
