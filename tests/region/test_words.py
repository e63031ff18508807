"""Every fact of a plan has its Dutch sentence, and the same everywhere."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from koempel.region import reason_words, words
from koempel.region.names import Names
from koempel.region.outcome import (
    Alternative,
    DayTrip,
    Help,
    HelpKind,
    LeftOut,
    LeverKind,
    LeverSummary,
    LeverUse,
    Moment,
    Obstacle,
    ObstacleKind,
    Price,
    Proposal,
    Stop,
    TravelMode,
)
from koempel.region.rows import BikeKind, Childcare, ChildcareMode, Direction, Measure, Need
from koempel.region.vocabulary import LEVERS, MEASURES, MODES, NEEDS, OBSTACLES, WARNINGS
from koempel.region.windows import Windows

K = ObstacleKind

SENTENCES = {
    Obstacle(K.OUTSIDE_WISH): "De job valt buiten wat deze persoon zoekt.",
    Obstacle(K.RIGHT): "De job vraagt een recht dat er nog niet is.",
    Obstacle(K.RIGHT, has="EXPIRED", about="LDE ARTICLE_60"): (
        "De job vraagt recht op lokale diensteneconomie en artikel 60; het is verlopen."
    ),
    Obstacle(K.FUNCTIONAL_NEED, about="NO_HEAVY_LIFTING"): (
        "Het werk vraagt zwaar tillen en dat kan niet."
    ),
    Obstacle(K.FUNCTIONAL_NEED): "Het werk vraagt iets dat niet kan.",
    Obstacle(K.WORK_PERMIT, has="2027-01-30"): (
        "De toelating om te werken stopt op 30 januari 2027."
    ),
    Obstacle(K.WORK_PERMIT): "Er is geen toelating om te werken op de startdag.",
    Obstacle(K.SHIFT_CONFLICT): "De uren van de job passen niet bij de vrije uren.",
    Obstacle(K.SHIFT_CONFLICT, has="20", needs="38", about="hours"): (
        "De job is 38 uur per week; hoogstens 20 uur past."
    ),
    Obstacle(K.SHIFT_CONFLICT, has="20", needs="12.5", about="hours"): (
        "De job is 12,5 uur per week; minstens 20 uur past."
    ),
    Obstacle(K.SHIFT_CONFLICT, has="07:00", needs="05:32"): (
        "Weg van huis kan vanaf 7 uur; nodig is 5.32 uur."
    ),
    Obstacle(K.SHIFT_CONFLICT, has="18:00", needs="19:10"): (
        "Weg van huis kan tot 18 uur; nodig is 19.10 uur."
    ),
    Obstacle(K.START_DATE, has="2027-03-01", needs="2027-02-15"): (
        "Starten kan vanaf 1 maart 2027 en de job begint ten laatste op 15 februari 2027."
    ),
    Obstacle(K.START_DATE): "Met wat daarvoor nodig is, lukt starten niet op tijd.",
    Obstacle(K.LANGUAGE, has="A1", needs="A2", about="speaking"): (
        "De job vraagt Nederlands A2 om te spreken; nu is dat A1."
    ),
    Obstacle(K.LANGUAGE, has="A0", needs="A1"): "De job vraagt Nederlands A1; nu is dat nog niets.",
    Obstacle(K.LANGUAGE): "De job vraagt meer Nederlands.",
    Obstacle(K.SKILL, about="FORKLIFT KNITTING"): "De job vraagt heftruck rijden en KNITTING.",
    Obstacle(K.SKILL): "De job vraagt een vaardigheid die er nog niet is.",
    Obstacle(K.LICENCE, about="C"): "De job vraagt rijbewijs C.",
    Obstacle(K.LICENCE): "De job vraagt een rijbewijs.",
    Obstacle(K.MOBILITY_DISTANCE, has="35", needs="52"): (
        "De weg duurt 52 minuten; hoogstens 35 lukt."
    ),
    Obstacle(K.MOBILITY_DISTANCE, has="35", needs="52", about="EBIKE"): (
        "De weg duurt 52 minuten met de elektrische fiets; hoogstens 35 lukt."
    ),
    Obstacle(K.MOBILITY_DISTANCE): "De weg naar het werk is te lang.",
    Obstacle(K.MOBILITY_TIMETABLE, has="07:00", needs="05:32"): (
        "De eerste rit is om 7 uur; nodig is 5.32 uur."
    ),
    Obstacle(K.MOBILITY_TIMETABLE, has="20:30", needs="22:15"): (
        "De laatste rit is om 20.30 uur; nodig is 22.15 uur."
    ),
    Obstacle(K.MOBILITY_TIMETABLE): "Op dat uur rijdt er geen bus.",
    Obstacle(K.CANNOT_CYCLE): "Fietsen lukt nog niet.",
    Obstacle(K.CANNOT_CYCLE, about="NO"): "Fietsen gaat niet.",
    Obstacle(K.CHILDCARE_PLACE): "Er is geen opvangplaats voor een kind.",
    Obstacle(K.CHILDCARE_PLACE, about="1 14 30"): (
        "Er is geen opvangplaats voor een kind van één maand, 14 maanden en 2 jaar."
    ),
    Obstacle(K.CHILDCARE_HOURS, has="07:00", needs="05:32"): (
        "De opvang opent om 7 uur; nodig is 5.32 uur."
    ),
    Obstacle(K.CHILDCARE_HOURS, has="18:00", needs="19:10"): (
        "De opvang sluit om 18 uur; nodig is 19.10 uur."
    ),
    Obstacle(K.CHILDCARE_HOURS): "De opvang is niet open op de uren van de job.",
}


@pytest.fixture
def names() -> Names:
    job = SimpleNamespace(id="J1", title="Magazijnier", employer="E1", village="V1")
    care = Childcare(
        id="C1", name="Het Mijnlampje", mode=ChildcareMode.FLEX, lon=5.28, lat=51.03,
        hours=Windows(((330, 870),)), age_from=0, age_to=36, early=4, morning=4, afternoon=4,
        evening=4, wait_days=7, valid_until=None, cost_eur=0.0,
    )  # fmt: skip
    bike = SimpleNamespace(id="B1", name="Fietspunt Lampenist", kind=BikeKind.BIKE)
    run = SimpleNamespace(id="R1", line="L1", time=315, direction=Direction.TO_WORK)
    region = SimpleNamespace(
        jobs=(job,),
        employers=(SimpleNamespace(id="E1", name="De Kolenvink"),),
        bikes=(bike,),
        childcare=(care,),
        courses=(),
        shuttle_runs=(run,),
        shuttle_lines=(SimpleNamespace(id="L1", name="Pendel Ravenshout"),),
    )
    return Names(region)  # type: ignore[arg-type]


@pytest.mark.parametrize(("obstacle", "expected"), SENTENCES.items())
def test_obstacle_has_its_sentence(obstacle: Obstacle, expected: str) -> None:
    assert words.obstacle_in_words(obstacle) == expected


def test_every_kind_has_words() -> None:
    assert {obstacle.kind for obstacle in SENTENCES} == set(ObstacleKind) == set(OBSTACLES)
    assert set(LEVERS) == set(LeverKind)
    assert set(MODES) == set(TravelMode)
    assert set(MEASURES) == set(Measure)
    assert set(NEEDS) == set(Need)


def _lever(kind: LeverKind, **rest: object) -> LeverUse:
    return LeverUse(kind, "X1", "Koolwiel", (K.MOBILITY_DISTANCE,), date(2027, 1, 12), 40.0, **rest)


@pytest.mark.parametrize("kind", LeverKind)
def test_lever_sentence_names_the_row_and_the_day(kind: LeverKind) -> None:
    text = words.lever_in_words(_lever(kind))

    assert re.fullmatch(r"[A-Z][^{}]*Koolwiel»?, (vanaf|klaar op) 12 januari 2027\.", text)


def test_lever_sentence_tells_its_part() -> None:
    lever = _lever(LeverKind.FLEX_CHILDCARE, part="Mo-Fr early morning")

    assert words.lever_in_words(lever) == (
        "Een flexibele opvangplaats bij Koolwiel (maandag tot vrijdag vroeg en voormiddag), "
        "vanaf 12 januari 2027."
    )


def _price(**rest: object) -> Price:
    price = Price("B1", "BIKE", "Koolwiel", "", 18, 18, 340.0, 0.42, 88, 18)
    return replace(price, **rest)


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        (_price(), "Eén fiets meer bij Koolwiel brengt naar schatting 0,4 plaatsing."),
        (
            _price(kind="FLEX_CHILDCARE", part="Mo/early", placements=1.24),
            "Eén plaats meer bij Koolwiel (maandag vroeg) brengt naar schatting 1,2 plaatsingen.",
        ),
        (
            _price(kind="SEAT", id="J1", placements=0.02),
            "Eén plaats meer als Magazijnier bij De Kolenvink brengt naar schatting "
            "minder dan 0,1 plaatsing.",
        ),
        (_price(placements=0, used=12), "Meer fietsen helpen nu niet. Er zijn nog 6 vrij."),
        (_price(placements=0, used=17), "Meer fietsen helpen nu niet. Er is nog één vrij."),
        (_price(placements=0), "Meer fietsen helpen nu niet. Er zijn er net genoeg."),
        (
            _price(placements=0, used=0, capacity=0, wanted=0),
            "Meer fietsen helpen nu niet. Niemand kan er nu mee verder.",
        ),
        (
            LeverSummary("C1", LeverKind.FLEX_CHILDCARE, "Koolwiel", 21, 21, 0.7, 41, ()),
            "Eén plaats meer bij Koolwiel, op elk moment van de week, brengt naar schatting "
            "0,7 plaatsing.",
        ),
    ],
)
def test_price_is_a_sentence(price: Price | LeverSummary, expected: str, names: Names) -> None:
    assert words.price_in_words(price, names) == expected


@pytest.mark.parametrize(
    ("help", "expected"),
    [
        (
            Help(HelpKind.MORE_OF, ("B1", "C1/Mo/early"), jobs=3, example_job="J1"),
            "Met één fiets bij Fietspunt Lampenist en één plaats bij Het Mijnlampje (maandag "
            "vroeg) erbij gaan 3 jobs open, zoals Magazijnier bij De Kolenvink.",
        ),
        (
            Help(HelpKind.MORE_OF, ("L1/R1",), jobs=1, example_job="J1"),
            "Met één zitplaats in Pendel Ravenshout (heen 5.15 uur) erbij gaat één job open: "
            "Magazijnier bij De Kolenvink.",
        ),
        (
            Help(HelpKind.MORE_OF, ("J1",), jobs=1, example_job="J1"),
            "Met één plaats als Magazijnier bij De Kolenvink erbij lukt het.",
        ),
        (
            Help(HelpKind.MORE_OF, ("J1", "B1"), jobs=1, example_job="J1"),
            "Met één fiets bij Fietspunt Lampenist en één plaats in de job erbij gaat één job "
            "open: Magazijnier bij De Kolenvink.",
        ),
        (
            Help(HelpKind.LIFT, obstacle=Obstacle(K.LICENCE, about="C"), jobs=2, example_job="J1"),
            "De job vraagt rijbewijs C. Zonder die drempel gaan 2 jobs open, "
            "zoals Magazijnier bij De Kolenvink.",
        ),
        (
            Help(HelpKind.NOTHING_NEAR),
            "Er is geen enkele verandering die alleen een job opent.",
        ),
    ],
)
def test_help_names_the_smallest_change(help: Help, expected: str, names: Names) -> None:
    assert reason_words.help_in_words(help, names) == expected


TRIP = DayTrip(
    TravelMode.EBIKE,
    (Moment(Stop.HOME, "Thuis", 0, 307), Moment(Stop.WORK, "De Kolenvink", 349, 840)),
    25,
    26,
    45,
    11,
)


def test_trip_tells_how_long_when_and_margin() -> None:
    assert words.trip_in_words(TRIP) == (
        "Met de elektrische fiets 25 minuten heen en 26 terug; vertrek om 5.07 uur. "
        "Marge: 11 minuten."
    )


PROPOSAL = Proposal(
    person="K-7F3Q",
    job="J1",
    start_on=date(2027, 1, 12),
    obstacles=(Obstacle(K.MOBILITY_DISTANCE, has="35", needs="52"), Obstacle(K.CHILDCARE_PLACE)),
    levers=(_lever(LeverKind.EBIKE_LOAN), _lever(LeverKind.FLEX_CHILDCARE)),
    trip=TRIP,
    worth=820,
    fit_percent=91,
    wish="exact",
    jobs_today=3,
    jobs_with_levers=22,
    takes=(("J1", 1), ("B1", 1)),
    decided_by=("B1",),
    alternatives=(Alternative("J1", (LeverKind.DUTCH_COURSE,), 700, 120, ("C1",)),),
)


def test_proposal_says_way_choice_and_rival(names: Names) -> None:
    assert reason_words.proposal_in_words(PROPOSAL, names) == (
        "Een elektrische fiets van Koolwiel en een flexibele opvangplaats bij Koolwiel nemen de "
        "drempel weg: te ver (52 minuten, hoogstens 35) en geen opvangplaats.",
        "Met hefbomen zijn er 22 jobs mogelijk, zonder 3; dit is precies de job die gevraagd is.",
        "Ook Magazijnier bij De Kolenvink met Nederlandse les past, minder goed, maar er is "
        "geen plaats bij Het Mijnlampje meer; schaars is hier een fiets bij Fietspunt Lampenist.",
    )


def test_proposal_without_lever_or_rival_is_short(names: Names) -> None:
    plain = replace(
        PROPOSAL,
        obstacles=(), levers=(), takes=(), decided_by=(), alternatives=(), jobs_today=1,
        jobs_with_levers=1,
    )  # fmt: skip

    assert reason_words.proposal_in_words(plain, names) == (
        "Deze job kan zonder hefboom.",
        "Dit is de enige job die mogelijk is, en precies de job die gevraagd is.",
    )


@pytest.mark.parametrize(
    ("today", "with_levers", "expected"),
    [
        (0, 0, "Geen enkele job is bereikbaar, ook niet met hefbomen."),
        (1, 4, "Eén job is bereikbaar, maar de plaatsen gaan naar anderen."),
        (0, 8, "8 jobs zijn bereikbaar met hefbomen, maar de hefbomen of de plaatsen zijn op."),
    ],
)
def test_left_out_says_why(today: int, with_levers: int, expected: str, names: Names) -> None:
    left_out = LeftOut("K-1", today, with_levers, Help(HelpKind.NOTHING_NEAR))

    assert reason_words.left_out_in_words(left_out, names) == (
        expected,
        "Er is geen enkele verandering die alleen een job opent.",
    )


def test_warnings_are_sentences() -> None:
    assert reason_words.warnings_in_words(WARNINGS) == tuple(WARNINGS.values())


def test_unknown_ids_are_shown_as_they_are(names: Names) -> None:
    assert names.job("J9") == "J9"
    assert words.scarce_in_words(names.scarce("Z9")) == "plaats als Z9"


@pytest.mark.parametrize(
    ("short_of", "scarce", "expected"),
    [
        (0, (), "Ook Magazijnier bij De Kolenvink past, even goed."),
        (12, (), "Ook Magazijnier bij De Kolenvink past, bijna even goed."),
        (120, (), "Ook Magazijnier bij De Kolenvink past, minder goed."),
        (
            12,
            ("J1",),
            "Ook Magazijnier bij De Kolenvink past, bijna even goed, "
            "maar daar is geen plaats meer.",
        ),
        (-12, (), "Ook Magazijnier bij De Kolenvink past, zelfs beter."),
        (
            -12,
            ("B1", "J1"),
            "Nog beter past Magazijnier bij De Kolenvink, "
            "maar er is geen fiets bij Fietspunt Lampenist meer.",
        ),
    ],
)
def test_alternative_says_what_it_lacks(
    short_of: int, scarce: tuple[str, ...], expected: str, names: Names
) -> None:
    other = Alternative("J1", (), 700, short_of, scarce)

    assert reason_words.alternative_in_words(other, names) == expected


def test_own_seat_that_decided_is_not_named_again(names: Names) -> None:
    wanted = replace(PROPOSAL, decided_by=("J1",), alternatives=())

    assert (
        reason_words.proposal_in_words(wanted, names)[-1]
        == "Voor deze plaats zijn er meer kandidaten."
    )


def test_short_facts_speak_the_clock(names: Names) -> None:
    late = Obstacle(K.CHILDCARE_HOURS, has="07:00", needs="05:32")

    way = reason_words.proposal_in_words(replace(PROPOSAL, obstacles=(late,)), names)[0]

    assert way.endswith(": opvang niet op tijd open (nodig 5.32 uur, open 7 uur).")
