"""Making plans of the tables and keeping them."""

from datetime import timedelta
from hashlib import sha256

import pytest

from desk.factories.accounts import NOON
from desk.factories.jobs import TODAY, VacancyFactory
from desk.factories.people import ChildFactory, SupportRightFactory
from desk.planning.world import (
    FIT,
    UNWANTED,
    as_guide,
    far_vacancy,
    make_bikes,
    plan,
    proposal_of,
    seeker,
    states,
)
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.planning import actions
from koempel.desk.planning.enums import FileKind
from koempel.desk.planning.models import LeftOutPerson, PlanFile, PlanRun
from koempel.desk.planning.queries import standing_plan
from koempel.region.outcome import LeverKind
from koempel.region.packing import unpack_region
from koempel.region.plan import make_plan
from koempel.region.standing import to_bytes

pytestmark = pytest.mark.django_db


def test_a_plan_becomes_a_run_with_proposals_and_those_left_out(guide):
    with acting(system("test")):
        near = seeker(guide)
        far = seeker(guide, lon=4.4, modes=[])
        VacancyFactory(title="Inpakker")

    run = plan()

    assert (run.people, run.jobs, run.proposals, run.gained) == (2, 1, 1, 1)
    assert states() == [("Inpakker", "OPEN")]
    assert proposal_of(near).content.person == near.case_number
    with acting(system("test")):
        assert [row.person for row in LeftOutPerson.objects.all()] == [far]


def test_the_same_plan_again_keeps_the_proposals_that_wait(guide):
    with acting(system("test")):
        person = seeker(guide)
        VacancyFactory()
    plan()
    before = proposal_of(person)

    again = plan(at=NOON + timedelta(days=1))

    after = proposal_of(person)
    assert (after.pk, after.made_at, after.decide_by) == (
        before.pk, before.made_at, before.decide_by,
    )  # fmt: skip
    assert after.run == again
    assert (again.kept, again.gained, again.moved, again.lost) == (1, 0, 0, 0)


def test_who_accepted_is_no_longer_planned_and_holds_the_seat(guide):
    with acting(system("test")):
        person = seeker(guide)
        other = seeker(guide)
        VacancyFactory(seats=1)
    plan()
    (mine,) = [each for each in (proposal_of(person), proposal_of(other)) if each]
    with as_guide(guide):
        actions.accept_proposal(mine.pk, FIT, by=guide, at=NOON)

    again = plan()

    assert (again.people, again.seats, again.proposals) == (1, 0, 0)
    assert [state for _, state in states()] == ["ACCEPTED"]


def test_what_was_refused_is_never_proposed_again(guide):
    with acting(system("test")):
        person = seeker(guide)
        VacancyFactory(title="Inpakker", seats=5)
    plan()
    with as_guide(guide):
        actions.refuse_proposal(proposal_of(person).pk, UNWANTED, by=guide, at=NOON)

    plan()
    plan()
    assert states() == [("Inpakker", "REFUSED")]

    with as_guide(guide):
        actions.allow_again(proposal_of(person).pk, by=guide, at=NOON)
    plan()
    assert states() == [("Inpakker", "REFUSED"), ("Inpakker", "OPEN")]


def test_who_loses_the_job_gets_another_and_the_run_says_so(guide):
    with acting(system("test")):
        seeker(guide)
        VacancyFactory(title="Inpakker")
    plan()
    with acting(system("test")):
        Vacancy.objects.update(state="CLOSED")
        VacancyFactory(title="Plukker")

    run = plan()

    assert states() == [("Inpakker", "REPLACED"), ("Plukker", "OPEN")]
    assert (run.kept, run.gained, run.moved, run.lost) == (0, 0, 1, 0)


def test_a_bike_that_makes_the_way_stands_in_the_proposal(guide):
    with acting(system("test")):
        person = seeker(guide, modes=[])
        far_vacancy()
        make_bikes(1)

    plan()

    content = proposal_of(person).content
    assert [each.kind for each in content.levers] == [LeverKind.BIKE]
    assert len(content.takes) == 2


def test_a_floor_asks_for_placements_in_a_municipality(guide):
    with acting(system("test")):
        seeker(guide)

    run = plan(floors={"71070": 2})

    assert run.floors["71070"] == 2
    (short,) = [each for each in run.floor_results if each.group == "71070"]
    assert (short.at_least, short.shortfall) == (2, 2)


def test_a_run_can_be_made_again_to_the_same_bytes(guide):
    with acting(system("test")):
        for _ in range(4):
            person = seeker(guide, modes=[])
            ChildFactory(person=person)
            SupportRightFactory(person=person)
        VacancyFactory(seats=2)
        far_vacancy(seats=2)
        make_bikes(1)
    plan()
    run = plan(at=NOON + timedelta(days=1))

    with acting(system("test")):
        region = unpack_region(bytes(PlanFile.objects.get(run=run, kind=FileKind.INPUTS).content))
        again = make_plan(
            region,
            seed=run.seed,
            barred=[(person, job) for person, job in run.barred],
            earlier=standing_plan(run.earlier),
        )
    assert region.digest == run.inputs_digest
    assert sha256(to_bytes(again.standing)).hexdigest() == run.state_digest


def test_files_of_runs_open_for_nobody(guide):
    run = plan()

    with as_guide(guide):
        assert PlanFile.objects.filter(run=run).count() == 0


def test_files_go_after_the_term_and_the_latest_stay(guide):
    plan(at=NOON - timedelta(days=400))
    plan(at=NOON - timedelta(days=300))
    last = plan(at=NOON - timedelta(days=200))

    assert actions.drop_old_files(TODAY, at=NOON) == 4
    with acting(system("test")):
        assert {each.run for each in PlanFile.objects.all()} == {last}
    assert PlanRun.objects.count() == 3


def test_erasing_somebody_removes_the_inputs_of_the_runs_they_stand_in(guide):
    alone = plan(at=NOON)
    with acting(system("test")):
        person = seeker(guide)
    together = plan(at=NOON + timedelta(days=1))

    assert actions.forget_inputs_with(person.case_number) == 1
    with acting(system("test")):
        kept = {(each.run, each.kind) for each in PlanFile.objects.all()}
    assert kept == {(alone, "INPUTS"), (alone, "STATE"), (together, "STATE")}
