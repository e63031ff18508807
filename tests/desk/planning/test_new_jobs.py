"""Jobs that are only tried out: on the people of the run, told in fives, kept in a text."""

import json
from dataclasses import replace

import pytest

from desk.factories.accounts import NOON, UserFactory
from desk.factories.jobs import VacancyFactory
from desk.planning.test_what_ifs import board
from desk.planning.town import make_crowd
from desk.planning.world import far_vacancy, make_bikes, plan, seeker
from koempel.desk.accounts.models import Organisation
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.reach import Headcount
from koempel.desk.planning import new_jobs
from koempel.desk.planning.actions import keep_scenario
from koempel.desk.planning.enums import FileKind
from koempel.desk.planning.facts import from_json
from koempel.desk.planning.models import PlanFile, Scenario
from koempel.desk.planning.new_jobs import NewJob, from_text, ground_of, in_text
from koempel.desk.planning.what_ifs import Answer, Changed, Compared, Tried
from koempel.region.outcome import LeverKind
from koempel.region.rows import Level, Measure, Strain
from koempel.region.what_if import ChangeError

pytestmark = pytest.mark.django_db
HEUSDEN = "71070-heusden"


def new_job(**facts) -> NewJob:
    """Packing next door, by day; everybody of the crowd wants that and can walk there."""
    return NewJob(
        **{
            "title": "Vouwer",
            "isco": "9321",
            "where": HEUSDEN,
            "seats": 10,
            "shifts": "Mo-Fr 08:00-16:00",
        }
        | facts
    )


@pytest.fixture
def crowd(guide):
    """Forty people, twelve of whom have a proposal, by bike."""
    return make_crowd(guide)


def answer_to(crowd, *jobs: NewJob, **amounts: int) -> Answer:
    made = board(crowd.run)
    return made.answer(made.changes(amounts), jobs)


# ---- the answer ---------------------------------------------------------------------------------


def test_a_new_job_nearby_fills_with_people_who_had_nothing(crowd):
    answer = answer_to(crowd, new_job())

    assert answer.proposals == Compared(12, 22)
    assert answer.open_seats == Compared(18, 18)
    assert (answer.gained, answer.lost) == (10, 0)
    assert answer.changes == (Changed("nieuw-1", "NEW_JOB", "Vouwer in Heusden", 0, 10),)
    (told,) = answer.new_jobs
    assert (told.job, told.where) == (new_job(), "Heusden")
    assert (told.coming.today, told.coming.with_levers) == (Headcount(40), Headcount(0))
    # Some come from a seat far away; their bikes bring others there.
    assert (told.coming.placed, told.coming.gained) == (Headcount(10), Headcount(1))
    assert answer.moved == 5
    assert told.coming.levers == ()
    assert told.coming.homes == (("Heusden-Zolder", Headcount(10)),)


def test_a_new_job_far_away_needs_bikes(crowd):
    far = Vacancy.objects.get()
    where = f"{far.employer_id}@{far.village.pk}"

    answer = answer_to(crowd, new_job(where=where, seats=30), **{crowd.bikes: 40})

    (told,) = answer.new_jobs
    assert told.where == f"{far.employer.name}, {far.village.name}"
    assert (told.coming.today, told.coming.with_levers) == (Headcount(0), Headcount(40))
    assert answer.proposals == Compared(12, 42)
    assert told.coming.levers == ((LeverKind.BIKE, told.coming.placed),)


def test_several_new_jobs_are_told_apart(crowd):
    answer = answer_to(crowd, new_job(), new_job(title="Sorteerder", seats=15))

    assert [(each.what, each.name, each.after) for each in answer.changes] == [
        ("nieuw-1", "Vouwer in Heusden", 10),
        ("nieuw-2", "Sorteerder in Heusden", 15),
    ]
    assert [each.coming.placed for each in answer.new_jobs] == [Headcount(10), Headcount(15)]
    assert answer.proposals == Compared(12, 37)


def test_what_a_job_asks_keeps_people_out(crowd):
    right = answer_to(crowd, new_job(measures=(Measure.ARTICLE_60,)))
    level = answer_to(crowd, new_job(dutch_speaking=Level.B2))

    for answer in (right, level):
        assert answer.proposals == Compared(12, 12)
        assert answer.new_jobs[0].coming.placed == Headcount(0)


def test_paid_hours_count_and_not_those_with_breaks(crowd):
    long = new_job(shifts="Mo-Fr 08:00-16:30")  # 42.5 hours, and nobody wants more than 40

    assert answer_to(crowd, long).new_jobs[0].coming.today == Headcount(0)
    paid = answer_to(crowd, replace(long, hours_per_week=38.0))
    assert paid.new_jobs[0].coming.today == Headcount(40)


def test_the_vacancies_stay_as_they_are(crowd):
    before = list(Vacancy.objects.values())

    answer_to(crowd, new_job())

    assert list(Vacancy.objects.values()) == before


def test_it_is_tried_on_the_people_of_the_run_and_not_on_those_of_now(crowd, guide):
    before = answer_to(crowd, new_job())
    with acting(system("test")):
        for person in crowd.people:
            person.wants = ["2411"]
            person.save()
    VacancyFactory(title="Van na het plan", seats=50)
    new_jobs._ground.cache_clear()
    made = board(crowd.run)
    made._answers.clear()
    made._widened = ((), made._standing)

    assert replace(answer_to(crowd, new_job()), seconds=0) == replace(before, seconds=0)


# ---- a few people -------------------------------------------------------------------------------


@pytest.mark.parametrize("seats", [1, 2])
def test_one_or_two_people_cannot_be_read_from_an_answer(crowd, seats):
    answer = answer_to(crowd, new_job(seats=seats))

    assert answer.proposals == Compared(12, 12)
    assert answer.open_seats == Compared(18, 18 + seats)
    assert (answer.gained, answer.moved, answer.lost) == (0, 0, 0)
    assert answer.share == 12 / 40
    assert answer.new_jobs[0].coming.placed == Headcount(1)  # one to four


def test_left_levers_are_told_in_fives(crowd):
    answer = answer_to(crowd, new_job(seats=1), **{crowd.bikes: 43})

    (bikes,) = answer.next_ones
    assert (bikes.lever.capacity, bikes.lever.capacity - bikes.lever.used) == (43, 10)  # 13


def test_an_answer_with_a_new_job_names_nobody(crowd):
    text = repr(answer_to(crowd, new_job()))

    assert [each.pk for each in crowd.people if each.pk in text] == []


def test_the_curve_of_a_lever_is_in_fives_too(crowd):
    made = board(crowd.run)
    changes = made.changes({crowd.bikes: 14})

    curve = made.curve(crowd.bikes, changes, (new_job(seats=3),), top=20)

    assert {(n - 12) % 5 for _, n in curve} == {0}


# ---- refused ------------------------------------------------------------------------------------


def test_a_place_that_the_plan_does_not_know_is_refused_in_words(crowd):
    with pytest.raises(ChangeError, match="plaats van de nieuwe job «Vouwer» staat niet in het"):
        answer_to(crowd, new_job(where="99999-nergens"))


def test_more_than_five_new_jobs_are_refused(crowd):
    with pytest.raises(ChangeError, match="hoogstens 5 nieuwe jobs"):
        answer_to(crowd, *[new_job(seats=n) for n in range(1, 7)])


def test_a_plan_whose_people_are_forgotten_takes_no_new_jobs(crowd):
    answer_to(crowd, new_job())
    with acting(system("test")):
        PlanFile.objects.filter(kind=FileKind.INPUTS).delete()

    with pytest.raises(ChangeError, match="Maak eerst een nieuw plan"):
        answer_to(crowd, new_job())
    assert new_jobs._ground.cache_info().currsize == 0
    assert answer_to(crowd, **{crowd.bikes: 14}).gained == 2


# ---- places -------------------------------------------------------------------------------------


def test_a_place_is_named_by_a_village_or_by_an_employer(guide):
    with acting(system("test")):
        seeker(guide)
        firm = Organisation.objects.get(pk=far_vacancy().employer_id)
    ground = ground_of(plan())
    names = [each.name for each in ground.workplaces]

    assert ground.workplace_named("HEUSDEN").key == HEUSDEN
    assert ground.workplace_named(firm.name).name == names[-1] == f"{firm.name}, Heusden"
    with pytest.raises(ChangeError, match="We kennen geen plaats «Parijs» in dit plan"):
        ground.workplace_named("Parijs")
    with pytest.raises(ChangeError, match=r"kan meer dan één plaats zijn\. Kies er een: Heusden; "):
        ground.workplace_named("heus")


# ---- as a text ----------------------------------------------------------------------------------

FULL = new_job(
    hours_per_week=38.0,
    dutch_speaking=Level.A2,
    skills=("FORKLIFT",),
    licences=("B",),
    strains=(Strain.STANDING,),
    measures=(Measure.WIJK_WERKEN,),
)


@pytest.mark.parametrize("job", [new_job(), FULL], ids=["bare", "full"])
def test_a_text_reads_back_as_the_job(job):
    assert from_text(in_text(job)) == job


def test_what_nobody_asked_is_not_in_the_text():
    assert json.loads(in_text(new_job())).keys() == {"title", "isco", "where", "seats", "shifts"}


FAULTS = {
    "title": ["", "x" * 61, "93.05.18-223.61"],
    "isco": ["", "93211", "abcd", "٣٢١١"],
    "seats": [0, 1000, -3, "veel"],
    "shifts": ["", "Mo 25:00", "off", "Mo 08:00-08:15", "24/7", " | ".join(["Mo 08:00-16:00"] * 4)],
    "hours_per_week": [0.5, 61, -1, "veel", "NaN"],
    "dutch_speaking": ["C9"],
    "skills": [["FLYING"]],
    "licences": [["Z"]],
    "strains": [["BOREDOM"]],
    "measures": [["ALL"]],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, each) for name, values in FAULTS.items() for each in values]
)
def test_a_text_that_the_form_would_refuse_is_refused(name, value):
    text = json.dumps(json.loads(in_text(new_job())) | {name: value})

    with pytest.raises(ChangeError, match=r"niet leesbaar\. Vul de job opnieuw in"):
        from_text(text)


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", "null", "[" * 1500, '{"title":1}'])
def test_a_text_that_is_no_job_is_refused(text):
    with pytest.raises(ChangeError, match="niet leesbaar"):
        from_text(text)


# ---- scenarios ----------------------------------------------------------------------------------


def test_a_scenario_keeps_its_new_jobs_whole(crowd):
    answer = answer_to(crowd, new_job(), **{crowd.bikes: 14})

    with acting(system("test")):
        keep_scenario("Vouwers", crowd.run, answer, by=UserFactory(role=Role.DIRECTOR), at=NOON)

    kept = Scenario.objects.get()
    assert kept.changes == {crowd.bikes: 14}
    assert from_json(kept.answer, Answer) == answer
    assert answer.new_jobs == (Tried(new_job(), "Heusden", answer.new_jobs[0].coming),)


def test_a_scenario_of_before_new_jobs_still_reads(crowd):
    answer = answer_to(crowd, **{crowd.bikes: 14})
    with acting(system("test")):
        made = keep_scenario("Oud", crowd.run, answer, by=UserFactory(), at=NOON)

    assert from_json({k: v for k, v in made.answer.items() if k != "new_jobs"}, Answer) == answer


def test_a_new_job_can_be_tried_again_on_a_later_plan(crowd, guide):
    with acting(system("test")):
        make_bikes(30)
    later = plan()

    answer = board(later).answer((), (new_job(),))

    assert answer.changes == (Changed("nieuw-1", "NEW_JOB", "Vouwer in Heusden", 0, 10),)
