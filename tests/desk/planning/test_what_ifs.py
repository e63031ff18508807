"""What-ifs on the latest plan: the figures of the engine, and nothing about one person."""

from datetime import timedelta

import pytest

from desk.factories.accounts import NOON, UserFactory
from desk.factories.jobs import VacancyFactory
from desk.planning.town import HOME, make_crowd, make_town
from koempel.desk.common.context import Context, acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.planning import what_ifs
from koempel.desk.planning.actions import WHAT_IFS_A_MINUTE, keep_scenario, note_what_if
from koempel.desk.planning.errors import PlanningError, TooOftenError
from koempel.desk.planning.facts import from_json
from koempel.desk.planning.models import PlanFile, Scenario
from koempel.desk.planning.queries import standing_plan
from koempel.desk.planning.what_ifs import Answer, Board, Changed, Compared, board_of, warm_up
from koempel.region.what_if import Change, ChangeError, ask, what_if

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(guide):
    made = make_town(guide)
    return made.run, made.bikes


def board(run) -> Board:
    found = board_of(run)
    assert found is not None
    return found


def answer_to(run, wanted: dict[str, int]) -> Answer:
    made = board(run)
    return made.answer(made.changes(wanted))


def test_an_answer_has_the_figures_of_the_engine(town):
    run, bikes = town
    standing = standing_plan(run)

    answer = answer_to(run, {bikes: 5})

    told = what_if(standing, ask(standing, [Change(bikes, 3, relative=True)]))
    assert answer.proposals == Compared(told.before.proposals, told.after.proposals)
    assert (answer.proposals.before, answer.proposals.after) == (4, 7)
    assert answer.value == Compared(told.before.value, told.after.value)
    assert (answer.gained, answer.moved, answer.lost) == (3, len(told.moved), 0)
    assert answer.open_seats == Compared(7, 4)
    assert answer.changes == (Changed(bikes, "BIKE", answer.changes[0].name, 2, 5),)


def test_the_number_of_now_is_no_change(town):
    run, bikes = town
    made = board(run)

    assert made.changes({bikes: 2, HOME: 0}) == ()
    assert made.answer(()).proposals == Compared(4, 4)


def test_a_job_that_stops_takes_its_seats_and_its_placements_away(town):
    run, _ = town
    (job,) = board(run).find_jobs("inpakker")

    answer = answer_to(run, {job.number: 0})

    assert (job.seats, answer.changes[0].name) == (2, f"Inpakker bij {job.employer}")
    assert answer.proposals == Compared(4, 2)
    assert answer.lost == 2


def test_more_seats_place_more_people(town):
    run, _ = town
    (job,) = board(run).find_jobs("inpakker")

    assert answer_to(run, {job.number: 6}).proposals == Compared(4, 8)


def test_a_floor_for_a_municipality_tells_how_far_it_falls_short(town):
    run, _ = town

    answer = answer_to(run, {HOME: 10})

    assert answer.shortfall == Compared(0, 10)  # 6 short, rounded up


@pytest.mark.parametrize("asked", [1, 6, 14])
def test_a_floor_that_would_count_out_a_few_people_is_refused(town, asked):
    run, _ = town

    with pytest.raises(ChangeError, match="Vraag per gemeente een veelvoud van 5"):
        answer_to(run, {HOME: asked})


def test_what_is_not_in_the_plan_is_refused(town):
    run, _ = town
    VacancyFactory(title="Van na het plan")

    assert board(run).find_jobs("na het plan") == []
    with pytest.raises(ChangeError, match="«J-222222» staat niet in het laatste plan"):
        board(run).changes({"J-222222": 3})


def test_fewer_of_a_lever_takes_each_part_down_to_nothing_at_most(town):
    run, bikes = town

    answer = answer_to(run, {bikes: 0})

    assert answer.proposals == Compared(4, 2)


def test_the_curve_meets_the_answers_and_never_falls(town):
    run, bikes = town
    made = board(run)

    curve = made.curve(bikes, made.changes({bikes: 3}), top=10)

    assert curve == [(0, 2), (2, 4), (3, 5), (4, 6), (6, 8), (8, 8), (10, 8)]


def test_a_curve_stops_when_its_asker_asks_something_else(town):
    run, bikes = town
    made = board(run)
    mine, looked = made.next_turn(1), []

    def is_wanted():
        looked.append(mine())
        if len(looked) == 1:
            made.next_turn(2)  # somebody else's question leaves it alone
        if len(looked) == 2:
            made.next_turn(1)
        return mine()

    assert made.curve(bikes, made.changes({bikes: 3}), top=10, is_wanted=is_wanted) is None
    assert looked == [True, True]


def test_one_more_brings_a_placement_while_bikes_lack_and_nothing_when_some_are_left(town):
    run, bikes = town

    (few,) = answer_to(run, {bikes: 4}).next_ones
    (many,) = answer_to(run, {bikes: 9}).next_ones

    assert (few.lever.capacity, few.lever.used) == (4, 4)
    assert few.before == pytest.approx(few.lever.placements)
    assert few.lever.placements > 0.5
    assert (many.lever.capacity, many.lever.used, many.lever.placements) == (9, 6, 0.0)


def test_the_same_changes_are_worked_out_once(town):
    run, bikes = town

    assert answer_to(run, {bikes: 5}) is answer_to(run, {bikes: 5, HOME: 0})


def test_a_plan_that_is_no_longer_kept_has_no_board(town):
    run, _ = town
    with acting(system("test")):
        PlanFile.objects.all().delete()
    what_ifs._boards.clear()

    assert board_of(run) is None


def test_warming_up_reads_the_latest_plan(town):
    run, _ = town
    what_ifs._boards.clear()

    warm_up()

    assert what_ifs._boards == [board(run)]


# ---- small numbers ------------------------------------------------------------------------------


def test_shares_of_a_municipality_with_few_people_stay_hidden(town):
    run, bikes = town

    (heusden_zolder,) = [each for each in answer_to(run, {bikes: 9}).towns if each.before.people]

    assert (heusden_zolder.before.share, heusden_zolder.after.share) == (None, None)


@pytest.fixture
def crowd(guide):
    made = make_crowd(guide)
    return made.run, made.bikes


def test_shares_are_of_counts_in_fives(crowd):
    run, bikes = crowd

    (here,) = answer_to(run, {bikes: 18}).towns

    assert (here.before.count, here.before.share) == (10, 10 / 40)
    assert (here.after.count, here.after.share) == (20, 20 / 40)
    assert here.after.low < 0.45 < here.after.high


def test_where_a_few_people_win_cannot_be_read(crowd):
    run, bikes = crowd

    answer = answer_to(run, {bikes: 15})

    assert answer.gained == 3
    assert [(each.before.share, each.after.share) for each in answer.towns] == [(0.25, None)]


# ---- scenarios ----------------------------------------------------------------------------------


def test_a_scenario_keeps_what_was_changed_and_what_came_of_it(town):
    run, bikes = town
    director = UserFactory(role=Role.DIRECTOR)
    answer = answer_to(run, {bikes: 5})

    with acting(system("test")):
        made = keep_scenario("Meer fietsen", run, answer, by=director, at=NOON)

    kept = Scenario.objects.get(pk=made.pk)
    assert (kept.name, kept.run, kept.changes) == ("Meer fietsen", run, {bikes: 5})
    assert from_json(kept.answer, Answer) == answer
    assert AuditEvent.objects.filter(verb="planning.scenario").count() == 1


def test_nothing_changed_is_no_scenario(town):
    run, _ = town

    with pytest.raises(PlanningError, match="Verander eerst iets"):
        keep_scenario("Niets", run, answer_to(run, {}), by=UserFactory(), at=NOON)


def test_an_answer_names_nobody(town):
    run, bikes = town
    standing = standing_plan(run)

    text = repr(answer_to(run, {bikes: 5}))

    assert len(standing.ids.people) == 8
    assert [each for each in standing.ids.people if each in text] == []


# ---- too many -----------------------------------------------------------------------------------


def test_who_asks_too_many_what_ifs_is_refused_and_may_go_on_after_a_minute(db):
    director, other = UserFactory(role=Role.DIRECTOR), UserFactory(role=Role.DIRECTOR)

    with asking(director):
        for _ in range(WHAT_IFS_A_MINUTE):
            note_what_if(at=NOON)
        with pytest.raises(TooOftenError, match="Wacht een minuut"):
            note_what_if(at=NOON + timedelta(seconds=59))
        note_what_if(at=NOON + timedelta(seconds=61))
    with asking(other):
        note_what_if(at=NOON + timedelta(seconds=59))

    event = AuditEvent.objects.filter(verb="planning.what-if").first()
    assert (event.actor, event.kind, event.objects_seen) == (director.pk, "plan", [])


def asking(user):
    return acting(Context(Role(user.role), "wat-als", user.pk, user.organisation_id))
