"""Whether work lasted: every way in which it can go, on the one day that counts."""

from datetime import date, timedelta

import pytest

from koempel.desk.placements.enums import Answer, AtWork, EndReason
from koempel.desk.placements.rules import Asked, Course, at_work_after
from koempel.desk.placements.terms import TERMS, durable_months, follow_ups_of

BEGAN = date(2025, 8, 31)
DAYS = follow_ups_of(BEGAN)
LATER = DAYS[12] + timedelta(days=40)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def course(answers=None, ended_on=None, reason=EndReason.MOVED):
    said = answers or {}
    asked = [Asked(months, day, said.get(months, "")) for months, day in DAYS.items()]
    return Course(ended_on, reason if ended_on else "", asked)


def test_it_is_asked_after_three_six_and_twelve_months():
    assert {3: date(2025, 11, 30), 6: date(2026, 2, 28), 12: date(2026, 8, 31)} == DAYS
    assert durable_months(BEGAN) in DAYS
    assert {row.status for row in TERMS.rows} == {"DRAFT"}


ONE_DAY = timedelta(days=1)
CASES = {
    "said so": (course({12: YES}), AtWork.YES),
    "nobody said": (course(), AtWork.UNKNOWN),
    "said before only": (course({3: YES, 6: YES}), AtWork.UNKNOWN),
    "who was asked does not know": (course({12: UNKNOWN}), AtWork.UNKNOWN),
    "ended before": (course({6: YES}, DAYS[12] - ONE_DAY), AtWork.NO),
    "worked until the day": (course({}, DAYS[12]), AtWork.YES),
    "ended after": (course({}, DAYS[12] + ONE_DAY), AtWork.YES),
    "went on elsewhere, not asked": (course({}, DAYS[6], EndReason.OTHER_JOB), AtWork.UNKNOWN),
    "went on elsewhere, works": (course({12: YES}, DAYS[6], EndReason.OTHER_JOB), AtWork.YES),
    "went on elsewhere, stopped": (course({12: NO}, DAYS[6], EndReason.OTHER_JOB), AtWork.NO),
}


@pytest.mark.parametrize("name", CASES)
def test_one_day_counts_and_nobody_counts_without_a_word(name):
    how, expected = CASES[name]
    assert at_work_after(how, 12, today=LATER) is expected


def test_later_yes_tells_of_before():
    assert at_work_after(course({12: YES}), 3, today=LATER) is AtWork.YES


def test_what_has_still_to_come_is_neither():
    stopped = course({}, DAYS[3])
    assert at_work_after(stopped, 12, today=DAYS[12] - ONE_DAY) is AtWork.NOT_YET
    assert at_work_after(stopped, 6, today=DAYS[6]) is AtWork.NO
