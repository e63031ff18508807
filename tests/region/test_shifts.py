"""Slacks: how much room hours leave around the shifts of a pattern."""

import pytest

from koempel.region.shifts import CLOSED, Patterns
from koempel.region.windows import WEEK_MIN, parse_rotation, parse_windows


def room(hours: str, shifts: str) -> tuple[int, int]:
    slack = Patterns([parse_rotation(shifts)]).slack(parse_windows(hours))
    return int(slack.before[0]), int(slack.after[0])


@pytest.mark.parametrize(
    ("hours", "shifts", "expected"),
    [
        ("Mo 06:00-18:00", "Mo 08:00-16:00", (120, 120)),
        ("Mo 08:00-16:00", "Mo 08:00-16:00", (0, 0)),
        ("Mo 08:01-16:00", "Mo 08:00-16:00", (CLOSED, CLOSED)),
        ("Mo 08:00-12:00,13:00-18:00", "Mo 08:00-16:00", (CLOSED, CLOSED)),
        ("24/7", "Mo 08:00-16:00", (WEEK_MIN, WEEK_MIN)),
        ("Mo-Su 20:00-08:00", "Su 22:00-06:00", (120, 120)),
        ("Mo-Sa 20:00-08:00", "Su 22:00-06:00", (CLOSED, CLOSED)),
        ("Mo 06:00-18:00, Tu 07:00-17:00", "Mo,Tu 08:00-16:00", (60, 60)),
        ("Mo 05:00-20:00", "Mo 06:00-12:00 | Mo 14:00-19:30", (60, 30)),
    ],
)
def test_room_is_the_least_over_all_shifts(hours: str, shifts: str, expected: tuple[int, int]):
    assert room(hours, shifts) == expected


def test_jobs_with_the_same_rotation_share_a_pattern():
    early, late = parse_rotation("Mo 06:00-14:00"), parse_rotation("Mo 14:00-22:00")

    patterns = Patterns([early, late, early])
    assert patterns.of_job.tolist() == [0, 1, 0]
    assert patterns.shifts == (((360, 480),), ((840, 480),))


def test_a_pattern_touches_hours_when_a_minute_overlaps():
    patterns = Patterns([parse_rotation("Mo 14:00-22:00"), parse_rotation("Mo 14:00-22:01")])

    assert patterns.touching(parse_windows("Mo-Su 22:00-06:00")).tolist() == [False, True]
