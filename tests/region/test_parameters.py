"""Dated parameters: a value for the day, the region's own first, and no guess."""

from datetime import date
from typing import Any

import pytest

from koempel.region.parameters import KEYS, ParameterError, ParameterMissingError, Parameters
from koempel.region.plan import make_plan
from koempel.region.rules import Rules
from region.cases import TODAY, job, person, region

ROW: dict[str, Any] = {
    "key": "travel.childcare_stop_min",
    "value": 5,
    "unit": "minutes",
    "valid_from": date(2026, 1, 1),
    "source": "afspraak van het samenwerkingsverband",
    "status": "CONFIRMED",
}


def test_every_shipped_parameter_has_a_value_today():
    known = Parameters.read([])

    assert sorted(known.versions_on(TODAY)) == sorted(KEYS)
    assert {row.status for row in known.rows} <= {"DRAFT", "CONFIRMED"}
    assert all(row.source and row.unit for row in known.rows)


def test_a_date_without_a_value_stops_with_a_dutch_message():
    before_any = date(2000, 1, 1)

    with pytest.raises(ParameterMissingError) as caught:
        Rules.on(Parameters.read([]), before_any)
    assert str(caught.value).startswith("Geen waarde voor «travel.")
    assert "op 2000-01-01" in str(caught.value)


def test_a_plan_for_such_a_date_stops_too():
    with pytest.raises(ParameterMissingError):
        make_plan(region(person(), job(), date=date(2000, 1, 1)))


def test_the_row_of_the_region_wins():
    rules = Rules.on(Parameters.read([ROW]), TODAY)

    assert (rules.stop_min, Rules.on(Parameters.read([]), TODAY).stop_min) == (5, 8)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 12, 31), 8), (date(2026, 1, 1), 5), (date(2026, 6, 30), 5), (date(2026, 7, 1), 8)],
)
def test_a_row_holds_from_its_first_day_through_its_last(day: date, expected: int):
    known = Parameters.read([ROW | {"valid_to": date(2026, 6, 30)}])

    assert known.value("travel.childcare_stop_min", day) == expected


def test_two_years_may_follow_one_another():
    first = ROW | {"valid_to": date(2026, 12, 31)}
    known = Parameters.read([first, ROW | {"value": 6, "valid_from": date(2027, 1, 1)}])

    values = [known.value("travel.childcare_stop_min", date(year, 12, 31)) for year in (2026, 2027)]
    assert values == [5, 6]


@pytest.mark.parametrize(
    ("rows", "index", "message"),
    [
        ([ROW, ROW], 1, "twee waarden van «travel.childcare_stop_min» gelden op dezelfde dag"),
        (
            [ROW | {"valid_to": date(2026, 6, 30)}, ROW | {"valid_from": date(2026, 6, 30)}],
            1,
            "twee waarden van «travel.childcare_stop_min» gelden op dezelfde dag",
        ),
        ([ROW | {"key": "travel.teleport"}], 0, "onbekende sleutel «travel.teleport»"),
        (
            [ROW | {"value": "8"}],
            0,
            "de waarde van «travel.childcare_stop_min» moet dezelfde vorm hebben als 8",
        ),
        (
            [ROW | {"key": "travel.shuttle", "value": {"max_walk_min": 20}}],
            0,
            "de waarde van «travel.shuttle» moet dezelfde vorm hebben als "
            "{'max_walk_min': 20, 'max_wait_min': 30}",
        ),
        ([ROW | {"remark": "x"}], 0, "onbekend veld «remark»"),
        ([ROW | {"status": "MAYBE"}], 0, "«status» moet DRAFT of CONFIRMED zijn"),
        ([ROW | {"valid_from": "2026"}], 0, "«valid_from» moet een datum zijn, zoals 2026-01-01"),
        ([{k: v for k, v in ROW.items() if k != "source"}], 0, "het veld «source» ontbreekt"),
        ([ROW | {"unit": 8}], 0, "«unit» moet tekst zijn"),
    ],
)
def test_a_faulty_row_is_refused(rows: list[dict[str, Any]], index: int, message: str):
    with pytest.raises(ParameterError) as caught:
        Parameters.read(rows)
    assert (caught.value.index, str(caught.value)) == (index, message)


def test_a_value_has_a_version_for_the_record():
    version = Parameters.read([ROW]).on("travel.childcare_stop_min", TODAY).version

    assert version == "2026-01-01 region.toml CONFIRMED"
