import pytest
from hypothesis import given
from hypothesis import strategies as st

from koempel.desk.jobs.enums import ShiftKind
from koempel.desk.jobs.weeks import (
    DAYS,
    WeekError,
    grid_of,
    hours_per_week,
    later,
    rotation_of,
    shift_kinds,
    shifts_of,
    short_rests,
)
from koempel.region.rows import Day
from koempel.region.windows import parse_rotation


@pytest.mark.parametrize(
    ("times", "message"),
    [
        (("", "14:00"), "Vul ook het beginuur in (maandag, week A)."),
        (("6:00", ""), "Vul ook het einduur in (maandag, week A)."),
        (("6:00", "6:00"), "Begin en einde zijn gelijk (maandag, week A)."),
        (
            ("4:00", "20:30"),
            "Van 04:00 tot 20:30 is 16,5 uur. Een stuk werk duurt hoogstens 16 uur "
            "(maandag, week A).",
        ),
        (("zes", "14:00"), "«zes» is geen uur, zoals 6:00 of 14:30 (maandag, week A)."),
        (("25:00", "14:00"), "«25:00» is geen uur, zoals 6:00 of 14:30 (maandag, week A)."),
    ],
)
def test_faulty_times_are_told_with_their_day(times, message):
    with pytest.raises(WeekError) as caught:
        rotation_of({("A", Day.MO, 0): times})
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["6:30", "6.30", "6u30", "630", "0630", " 06:30 "])
def test_times_are_read_as_people_type_them(text):
    (week,) = rotation_of({("A", Day.MO, 0): (text, "14")})
    assert str(week) == "Mo 06:30-14:00"


def test_an_empty_editor_asks_for_a_day():
    with pytest.raises(WeekError, match="minstens één dag"):
        rotation_of({})


def test_stretches_of_a_day_may_touch_but_not_overlap():
    touching = {("A", Day.MO, 0): ("8:00", "12:00"), ("A", Day.MO, 1): ("12:00", "16:00")}
    assert [str(week) for week in rotation_of(touching)] == ["Mo 08:00-16:00"]
    with pytest.raises(WeekError, match="overlappen"):
        rotation_of(touching | {("A", Day.MO, 1): ("11:59", "16:00")})


def test_a_night_into_the_next_morning_overlaps_that_morning():
    grid = {("A", Day.MO, 0): ("22:00", "06:00"), ("A", Day.TU, 0): ("05:00", "09:00")}
    with pytest.raises(WeekError) as caught:
        rotation_of(grid)
    assert caught.value.messages == (
        "In week A overlappen maandag 22:00–06:00 en dinsdag 05:00–09:00.",
    )


def test_a_sunday_night_overlaps_the_monday_of_its_week():
    early = ("5", "9")
    grid = {("B", Day.SU, 0): ("22", "6"), ("B", Day.MO, 0): early, ("A", Day.MO, 0): early}
    with pytest.raises(WeekError) as caught:
        rotation_of(grid)
    assert caught.value.messages == (
        "In week B overlappen zondag 22:00–06:00 en maandag 05:00–09:00.",
    )


def test_everything_that_is_wrong_is_told_at_once():
    grid = {
        ("B", Day.TU, 0): ("", "9"),
        ("A", Day.FR, 0): ("9", "9"),
        ("A", Day.MO, 1): ("11", "15"),
        ("A", Day.MO, 0): ("8", "12"),
    }
    with pytest.raises(WeekError) as caught:
        rotation_of(grid)
    assert caught.value.messages == (
        "Begin en einde zijn gelijk (vrijdag, week A).",
        "In week A overlappen maandag 08:00–12:00 en maandag 11:00–15:00.",
        "Vul ook het beginuur in (dinsdag, week B).",
    )


@pytest.mark.parametrize(
    ("grid", "rests"),
    [
        ({("A", Day.MO, 0): ("14", "22"), ("A", Day.TU, 0): ("9", "17")}, []),
        ({("A", Day.MO, 0): ("14", "22"), ("A", Day.TU, 0): ("8:30", "17")}, [10.5]),
        # Two stretches of one day have no rest between them.
        ({("A", Day.MO, 0): ("8", "12"), ("A", Day.MO, 1): ("13", "17")}, []),
        # The last week is followed by the first.
        ({("A", Day.MO, 0): ("6", "14"), ("B", Day.SU, 0): ("14", "22")}, [8.0]),
        ({("A", Day.SU, 0): ("14", "22"), ("B", Day.MO, 0): ("6", "14")}, [8.0]),
        ({("A", Day.MO, 0): ("22", "6"), ("A", Day.TU, 0): ("22", "6")}, []),
        ({("A", Day.SU, 0): ("22", "6")}, []),
    ],
)
def test_rest_between_two_days_is_looked_at_all_round(grid, rests):
    assert [rest.hours for rest in short_rests(shifts_of(grid), 11)] == rests


def test_empty_weeks_between_are_left_out():
    grid = {("A", Day.MO, 0): ("6:00", "14:00"), ("C", Day.MO, 0): ("14.00", "22.00")}
    assert [str(week) for week in rotation_of(grid)] == ["Mo 06:00-14:00", "Mo 14:00-22:00"]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("AB"), st.sampled_from(DAYS), st.just(0)),
        st.tuples(st.integers(0, 95), st.integers(1, 32)),
        min_size=1,
    )
)
def test_the_editor_shows_again_what_was_stored(quarters):
    grid = {key: (_clock(start), _clock(start + long)) for key, (start, long) in quarters.items()}
    try:
        rotation = rotation_of(grid)
    except WeekError:
        return
    assert rotation_of(grid_of(rotation)) == rotation


def _clock(quarter: int) -> str:
    return f"{quarter % 96 // 4:02}:{quarter % 4 * 15:02}"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Mo-Fr 08:00-16:30", [ShiftKind.DAY]),
        ("Mo-Fr 06:00-14:00", [ShiftKind.EARLY]),
        ("Mo-Fr 14:00-22:00", [ShiftKind.LATE]),
        ("Mo-Fr 22:00-06:00", [ShiftKind.NIGHT]),
        ("Sa,Su 08:00-16:00", [ShiftKind.WEEKEND]),
        (
            "Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00",
            [ShiftKind.ROTATION, ShiftKind.EARLY, ShiftKind.LATE],
        ),
    ],
)
def test_shifts_have_kinds(text, kinds):
    assert shift_kinds(parse_rotation(text)) == kinds


def test_hours_are_the_average_of_the_weeks():
    assert hours_per_week(parse_rotation("Mo-Fr 06:00-14:00 | Mo-Th 14:00-22:00")) == 36


def test_half_an_hour_later_passes_the_end_of_the_week():
    moved = later(parse_rotation("Su 23:45-24:00"), 30)
    assert [str(week) for week in moved] == ["Mo 00:15-00:30"]
