"""Answers on why and why not: as structure, and in at most three sentences."""

from datetime import date

import pytest

from koempel.region.names import Names
from koempel.region.outcome import LeverKind, Obstacle, ObstacleKind
from koempel.region.reach import Explorer
from koempel.region.rows import BikeKind, Level, Measure
from koempel.region.setting import Setting
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region
from koempel.region.why import Gain, UnknownIdError, Verdict, why_job, why_person
from koempel.region.why_words import pair_in_words, person_in_words
from region.cases import (
    START,
    TODAY,
    OneRoad,
    bikes,
    child,
    course,
    cyclist,
    driver,
    job,
    person,
    region,
    site,
)
from region.random_regions import tiny_region
from region.slow_reach import SlowReach


def on_the_road(*rows: object) -> Explorer:
    return Explorer(Setting(region(*rows), OneRoad()))


def test_a_job_within_reach_today():
    answer = why_job(on_the_road(cyclist(), job()), "An", "packer")

    assert (answer.verdict, answer.obstacles, answer.bundles) == (Verdict.TODAY, (), ((),))
    assert answer.start_on == START


def test_a_job_with_levers_names_what_each_removes():
    rows = person(max_travel_min=34, dutch=Level.A1), job(at=34, dutch=Level.A2)
    answer = why_job(on_the_road(*rows, bikes(), course()), "An", "packer")

    assert answer.verdict is Verdict.WITH_LEVERS
    (bundle,) = answer.bundles
    assert {use.lever: use.removes for use in bundle} == {
        "depot": (ObstacleKind.MOBILITY_DISTANCE,),
        "class": (ObstacleKind.LANGUAGE,),
    }


def test_the_bundle_with_the_fewest_levers_and_the_soonest_start_comes_first():
    depots = [bikes("late", wait_days=40), bikes("dear", cost_eur=500), bikes("cheap", cost_eur=5)]
    depots.append(bikes("motor", BikeKind.EBIKE_LOAN, cost_eur=900))
    answer = why_job(on_the_road(person(max_travel_min=34), job(at=34), *depots), "An", "packer")

    assert [use.lever for bundle in answer.bundles for use in bundle] == ["cheap", "dear", "motor"]


def test_a_full_lever_still_counts_as_what_would_do():
    rows = person(max_travel_min=34), job(at=34), bikes(capacity=0)

    assert why_job(on_the_road(*rows), "An", "packer").verdict is Verdict.WITH_LEVERS


def test_a_job_that_nothing_opens_tells_what_ties():
    rows = cyclist(dutch=Level.A1), job(dutch=Level.A2, measures=(Measure.LDE,)), course()
    answer = why_job(on_the_road(*rows), "An", "packer")

    assert (answer.verdict, answer.bundles, answer.start_on) == (Verdict.NOT, (), None)
    assert answer.ties == (Obstacle(ObstacleKind.RIGHT, about="LDE"),)
    assert {each.kind for each in answer.obstacles} == {ObstacleKind.RIGHT, ObstacleKind.LANGUAGE}


@pytest.mark.parametrize("seed", range(1, 80, 4))
def test_the_verdict_agrees_with_the_slow_twin(seed: int):
    whole = tiny_region(seed)
    explorer, twin = Explorer(Setting(whole)), SlowReach(whole)
    for who in whole.people:
        for what in whole.jobs:
            ways = twin.bundles(who, what)
            expected = Verdict.WITH_LEVERS if ways else Verdict.NOT
            expected = Verdict.TODAY if frozenset() in ways else expected
            assert why_job(explorer, who.id, what.id).verdict is expected


@pytest.mark.parametrize(
    ("who", "what", "message"),
    [
        ("Nobody", "packer", "Er is geen persoon «Nobody» in people.csv. Kijk de code na."),
        ("An", "nothing", "Er is geen job «nothing» in jobs.csv. Kijk de code na."),
    ],
)
def test_an_unknown_id_is_named(who: str, what: str, message: str):
    with pytest.raises(UnknownIdError) as caught:
        why_job(on_the_road(person(), job()), who, what)
    assert str(caught.value) == message


# ---- one person and all jobs ------------------------------------------------------------------


def test_a_person_hears_what_each_set_of_levers_adds():
    jobs = [job("near", at=5), job("by bike", at=34), job("by bike and Dutch", at=33, dutch="A2")]
    who = person(max_travel_min=34, dutch=Level.A1)
    answer = why_person(on_the_road(who, *jobs, bikes(), course()), "An")

    assert (answer.today, answer.with_levers, answer.lift) == (1, 3, None)
    assert answer.gains == (
        Gain((LeverKind.BIKE,), 1),
        Gain((LeverKind.BIKE, LeverKind.DUTCH_COURSE), 2),
    )


def test_jobs_without_a_seat_are_not_counted():
    answer = why_person(on_the_road(cyclist(), job(seats=0), job("open")), "An")

    assert (answer.today, answer.with_levers) == (1, 1)


def test_the_one_obstacle_in_the_way_is_named_with_its_jobs():
    jobs = [job("one", measures=(Measure.LDE,)), job("two", measures=(Measure.LDE,))]
    answer = why_person(on_the_road(cyclist(), *jobs), "An")

    assert (answer.lift, answer.lift_jobs) == (Obstacle(ObstacleKind.RIGHT, about="LDE"), 2)


# ---- words ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def town() -> Region:
    return synthetic_region(people=60, jobs=40, seed=9, today=TODAY)


def test_every_answer_takes_one_to_three_sentences(town: Region):
    explorer, names = Explorer(Setting(town)), Names(town)
    for who in town.people[:30]:
        answers = [pair_in_words(why_job(explorer, who.id, j.id), names) for j in town.jobs[:20]]
        answers.append(person_in_words(why_person(explorer, who.id)))
        for sentences in answers:
            assert 1 <= len(sentences) <= 3
            assert all(text.endswith(".") and text[0].isupper() for text in sentences), sentences


def test_a_start_that_the_levers_make_too_late_is_said_without_dates():
    who, late = cyclist(dutch=Level.A1), course(starts_on=date(2027, 2, 23))
    explorer = on_the_road(who, job(dutch=Level.A2), late)
    answer = why_job(explorer, "An", "packer")

    assert answer.ties == (Obstacle(ObstacleKind.START_DATE),)
    sentences = pair_in_words(answer, Names(explorer.setting.region))
    assert "2026" not in " ".join(sentences)


def test_the_words_name_the_levers():
    explorer = on_the_road(driver(), child(), job(), site())
    answer = why_job(explorer, "An", "packer")

    first = pair_in_words(answer, Names(explorer.setting.region))[0]
    assert first.startswith("An kan ")
    assert "een gewone opvangplaats bij Opvang nest" in first
