import pytest

from koempel.desk.jobs.refills import PRESETS, refilled
from koempel.desk.jobs.weeks import rotation_of
from koempel.region.rows import Day
from koempel.region.windows import parse_rotation

DAILY = ("9:00", "12:00")


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_preset_replaces_everything(preset):
    grid = refilled({("C", Day.SU, 0): ("9:00", "10:00")}, preset.key)
    weeks = [str(week) for week in rotation_of(grid)] if grid else ["off"]
    assert weeks == [str(week) for week in parse_rotation(preset.notation)]


def test_copying_a_day_leaves_the_weekend_and_other_weeks():
    grid = {
        ("A", Day.WE, 0): ("9:00", "12:00"),
        ("A", Day.WE, 1): ("13:00", "17:00"),
        ("A", Day.SA, 0): ("9:00", "11:00"),
        ("B", Day.MO, 0): ("7:00", "8:00"),
    }
    weeks = [str(week) for week in rotation_of(refilled(grid, "kopie-A"))]
    assert weeks == ["Mo-Fr 09:00-12:00,13:00-17:00, Sa 09:00-11:00", "Mo 07:00-08:00"]


def test_an_unknown_button_changes_nothing():
    grid = {("A", Day.MO, 0): DAILY}
    for button in ("kopie-B", "iets", "dag-A-Mo", "dag-A-Xx", "dag-", "week-A", "week-", "week-Z"):
        assert refilled(grid, button) == grid


def test_a_day_becomes_like_the_one_before_it():
    grid = {
        ("A", Day.MO, 0): DAILY,
        ("A", Day.MO, 1): ("13:00", "17:00"),
        ("A", Day.TU, 0): ("7:00", "8:00"),
        ("B", Day.TU, 0): ("7:00", "8:00"),
    }
    weeks = [str(week) for week in rotation_of(refilled(grid, "dag-A-Tu"))]
    assert weeks == ["Mo-Tu 09:00-12:00,13:00-17:00", "Tu 07:00-08:00"]
    assert refilled(grid, "dag-A-Th") == grid


def test_a_week_becomes_like_the_one_before_it():
    grid = {("A", Day.MO, 0): DAILY, ("B", Day.SU, 0): DAILY, ("C", Day.SA, 0): DAILY}
    weeks = [str(week) for week in rotation_of(refilled(grid, "week-B"))]
    assert weeks == ["Mo 09:00-12:00", "Mo 09:00-12:00", "Sa 09:00-12:00"]
