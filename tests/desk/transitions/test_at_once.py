"""Of twelve who act at once on a referral, a round or a placement one wins, on both databases."""

from pathlib import Path

import pytest

from desk.levers.test_race import ON_POSTGRESQL, race
from desk.operations.office import in_a_cluster, needs_postgresql

AT_ONCE = Path(__file__).with_name("at_once.py")
CROSSING = Path(__file__).with_name("crossing.py")
ONE_WINS = {"won": 1, "refused": 11}
FAIR = {
    "refer_one": {**ONE_WINS, "rows": 1},
    "answer_one_link": {**ONE_WINS, "steps": 1},
    "decline_or_withdraw": {**ONE_WINS, "steps": 1},
    "choose_an_hour": {**ONE_WINS, "steps": 1},
    "hire_on_one_seat": {**ONE_WINS, "taken": 1, "placements": 1},
    "sign_for_one_party": {**ONE_WINS, "signatures": 1},
    "sign_while_it_changes": {},
    "match_one_round": {**ONE_WINS, "steps": 1},
    "contract_on_one_seat": {**ONE_WINS, "taken": 1, "placements": 1},
    "note_hours": {"won": 12, "hours": 12},
    "answer_one_question": {**ONE_WINS, "said": 1, "in_trail": 1},
    "end_once": {**ONE_WINS, "ended": 1},
}

ADDS_UP = {
    "answer_or_withdraw": {**ONE_WINS, "steps": 1},
    "same_hour_for_two": {**ONE_WINS, "invited": 1},
    "withdraw_all_or_write": {"steps": 6},
    "refer_all_or_write": {"referred": 6},
    "hire_or_give_the_bike_back": {"taken": 1, "at_work": 1},
    "ask_or_answer": {"said": 1, "ended": 1},
    "hired_and_taken_back": ONE_WINS,
    "begin_suspend_or_return": {"ended": 1},
    "return_or_end": {"works_again": 1, "at_work": 1},
}


def fair(times, races=FAIR):
    return {
        name: {what: count * times for what, count in each.items()} for name, each in races.items()
    }


@pytest.mark.slow
def test_one_of_all_wins_on_sqlite(data_folder):
    assert race(data_folder, 1, program=AT_ONCE) == fair(1)


@pytest.mark.slow
@needs_postgresql
def test_one_of_all_wins_on_postgresql(tmp_path):
    assert race(tmp_path, 2, *in_a_cluster(), program=AT_ONCE, **ON_POSTGRESQL) == fair(2)


@pytest.mark.slow
def test_what_different_people_do_at_once_adds_up_on_sqlite(data_folder):
    assert race(data_folder, 1, program=CROSSING) == fair(1, ADDS_UP)


@pytest.mark.slow
@needs_postgresql
def test_what_different_people_do_at_once_adds_up_on_postgresql(tmp_path):
    found = race(tmp_path, 2, *in_a_cluster(), program=CROSSING, **ON_POSTGRESQL)
    assert found == fair(2, ADDS_UP)
