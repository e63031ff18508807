"""The Dutch words for the kinds of things in a plan, as tables.

One icon and one colour per obstacle and lever, the same on every page (classes of `report.css`,
symbols of `icons.svg`). A new kind without a row here fails a test.
"""

from dataclasses import dataclass

from koempel.region.outcome import LeverKind, ObstacleKind, TravelMode


@dataclass(frozen=True, slots=True)
class Kind:
    """How an obstacle or lever is shown everywhere: title, icon and colour (class in the CSS)."""

    title: str
    icon: str
    colour: str


@dataclass(frozen=True, slots=True)
class LeverWords:
    """Words for one kind of lever; `{name}` is the name of its row.

    `unit` and `units` are what one can have more of, `where` says whose, `given` is the lever as
    a phrase, `ready` what `LeverUse.ready_on` means, and `whole` stands for all parts together.
    """

    kind: Kind
    unit: str
    units: str
    where: str
    given: str
    ready: str
    whole: str = ""


OBSTACLES: dict[ObstacleKind, Kind] = {
    ObstacleKind.OUTSIDE_WISH: Kind("Buiten de wens", "work", "k-paper"),
    ObstacleKind.RIGHT: Kind("Recht nodig", "paper", "k-paper"),
    ObstacleKind.FUNCTIONAL_NEED: Kind("Aangepast werk nodig", "body", "k-body"),
    ObstacleKind.WORK_PERMIT: Kind("Toelating om te werken", "paper", "k-paper"),
    ObstacleKind.SHIFT_CONFLICT: Kind("Uren passen niet", "shift", "k-shift"),
    ObstacleKind.START_DATE: Kind("Startdag past niet", "cal", "k-paper"),
    ObstacleKind.LANGUAGE: Kind("Te weinig Nederlands", "lang", "k-lang"),
    ObstacleKind.SKILL: Kind("Vaardigheid ontbreekt", "skill", "k-skill"),
    ObstacleKind.LICENCE: Kind("Rijbewijs ontbreekt", "licence", "k-skill"),
    ObstacleKind.MOBILITY_DISTANCE: Kind("Te ver", "bike", "k-bike"),
    ObstacleKind.MOBILITY_TIMETABLE: Kind("Geen bus op dat uur", "bus", "k-bus"),
    ObstacleKind.CANNOT_CYCLE: Kind("Kan niet fietsen", "body", "k-body"),
    ObstacleKind.CHILDCARE_PLACE: Kind("Geen opvangplaats", "care", "k-care"),
    ObstacleKind.CHILDCARE_HOURS: Kind("Opvang niet op tijd open", "clock", "k-care"),
}

SHORT_FACTS: dict[ObstacleKind, str] = {
    ObstacleKind.LANGUAGE: "{needs} gevraagd, nu {has}",
    ObstacleKind.MOBILITY_DISTANCE: "{needs} minuten, hoogstens {has}",
    ObstacleKind.MOBILITY_TIMETABLE: "nodig {needs}, rijdt {has}",
    ObstacleKind.CHILDCARE_HOURS: "nodig {needs}, open {has}",
}
"""The facts of an obstacle in a few words, where it has any that help."""

_ANY_TIME = ", op elk moment van de week,"
LEVERS: dict[LeverKind, LeverWords] = {
    LeverKind.BIKE: LeverWords(
        Kind("Fiets", "bike", "k-bike"),
        "fiets", "fietsen", "bij {name}", "een fiets van {name}", "vanaf",
    ),
    LeverKind.EBIKE_LOAN: LeverWords(
        Kind("Elektrische fiets", "ebike", "k-bike"),
        "elektrische fiets", "elektrische fietsen", "bij {name}",
        "een elektrische fiets van {name}", "vanaf",
    ),
    LeverKind.BIKE_LESSON: LeverWords(
        Kind("Fietsles", "bike", "k-bike"),
        "plaats in de fietsles", "plaatsen", "bij {name}", "fietsles bij {name}", "klaar op",
    ),
    LeverKind.SHUTTLE_SEAT: LeverWords(
        Kind("Pendelbus", "bus", "k-bus"),
        "zitplaats", "zitplaatsen", "in {name}", "een zitplaats in {name}", "vanaf",
        ", in elke rit,",
    ),
    LeverKind.FLEX_CHILDCARE: LeverWords(
        Kind("Flexibele opvang", "clock", "k-care"),
        "plaats", "plaatsen", "bij {name}", "een flexibele opvangplaats bij {name}", "vanaf",
        _ANY_TIME,
    ),
    LeverKind.URGENT_CHILDCARE: LeverWords(
        Kind("Dringende opvang", "care", "k-care"),
        "plaats", "plaatsen", "bij {name}", "een dringende opvangplaats bij {name}", "vanaf",
        _ANY_TIME,
    ),
    LeverKind.REGULAR_CHILDCARE: LeverWords(
        Kind("Gewone opvang", "care", "k-care"),
        "plaats", "plaatsen", "bij {name}", "een gewone opvangplaats bij {name}", "vanaf",
        _ANY_TIME,
    ),
    LeverKind.OUT_OF_SCHOOL_CARE: LeverWords(
        Kind("Buitenschoolse opvang", "care", "k-care"),
        "plaats", "plaatsen", "bij {name}", "buitenschoolse opvang bij {name}", "vanaf",
        _ANY_TIME,
    ),
    LeverKind.DUTCH_COURSE: LeverWords(
        Kind("Nederlandse les", "lang", "k-lang"),
        "plaats", "plaatsen", "in de les «{name}»", "de les «{name}»", "klaar op",
    ),
    LeverKind.SKILL_COURSE: LeverWords(
        Kind("Opleiding", "skill", "k-skill"),
        "plaats", "plaatsen", "in de opleiding «{name}»", "de opleiding «{name}»", "klaar op",
    ),
    LeverKind.DRIVING_LICENCE: LeverWords(
        Kind("Rijopleiding", "licence", "k-skill"),
        "plaats", "plaatsen", "in de rijopleiding «{name}»", "de rijopleiding «{name}»", "klaar op",
    ),
}  # fmt: skip
"""A table is read across: one lever, one row."""

SEAT_KIND = Kind("Plaats in een job", "work", "k-paper")

MODES: dict[TravelMode, str] = {
    TravelMode.WALK: "te voet",
    TravelMode.BIKE: "met de fiets",
    TravelMode.EBIKE: "met de elektrische fiets",
    TravelMode.CAR: "met de auto",
    TravelMode.BUS: "met de bus",
    TravelMode.SHUTTLE: "met de pendelbus",
}

WISHES: dict[str, str] = {
    "exact": "precies de job die gevraagd is",
    "near": "een job die dicht bij de wens ligt",
    "other": "een andere job dan gevraagd",
}

WARNINGS: dict[str, str] = {
    "care_ends": "De opvangplaats stopt later: zoek op tijd een vaste plaats.",
    "tight_margin": "De marge op de dag is klein: kleine vertraging geeft problemen.",
    "tie": "Een andere keuze is even goed: kijk zelf wat het best past.",
}

MEASURES: dict[str, str] = {
    "COLLECTIVE_MAATWERK": "collectief maatwerk",
    "INDIVIDUAL_MAATWERK": "individueel maatwerk",
    "LDE": "lokale diensteneconomie",
    "ARTICLE_60": "artikel 60",
    "TEMPORARY_WORK_EXPERIENCE": "tijdelijke werkervaring",
    "WIJK_WERKEN": "wijk-werken",
}

RIGHT_STATES: dict[str, str] = {
    "REQUESTED": "; het is aangevraagd",
    "REFUSED": "; het is geweigerd",
    "EXPIRED": "; het is verlopen",
    "WITHDRAWN": "; het is ingetrokken",
    "GRANTED": "; het geldt niet op de startdag",
}

NEEDS: dict[str, str] = {
    "NO_HEAVY_LIFTING": "het werk vraagt zwaar tillen en dat kan niet",
    "STEP_FREE": "op het werk zijn er trappen en die gaan niet",
    "NO_NIGHT": "het werk is 's nachts en dat kan niet",
    "SEATED_WORK": "het werk gebeurt rechtstaand en dat kan niet",
    "QUIET_PLACE": "op het werk is er lawaai en dat kan niet",
}

LANGUAGE_SKILLS: dict[str, str] = {
    "listening": "om te luisteren",
    "speaking": "om te spreken",
    "reading": "om te lezen",
    "writing": "om te schrijven",
}

LEVELS: dict[str, str] = {"ALPHA": "alfa", "A0": "nog niets"}

SKILLS: dict[str, str] = {
    "ASSEMBLY": "ervaring met montage",
    "CARE": "ervaring in de zorg",
    "CASH": "kassawerk",
    "DIGITAL": "werken met de computer",
    "FORKLIFT": "heftruck rijden",
    "GARDEN": "groenonderhoud",
    "HYGIENE": "voedselhygiëne",
    "KITCHEN": "ervaring in de keuken",
    "ORDER_PICKING": "orders verzamelen",
    "SEWING": "naaien",
    "VCA": "een VCA-attest",
    "WELDING": "lassen",
}
"""Codes are the region's own: one that is not here is shown as it is."""
