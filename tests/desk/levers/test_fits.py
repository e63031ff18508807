"""Whether a question fits: free in each part, from when, and why not."""

from datetime import date

import pytest

from desk.factories.accounts import NOON
from desk.factories.levers import ChildcareFactory, CourseFactory, LeverFactory, booked
from koempel.desk.common.context import acting, system
from koempel.desk.levers.fits import Asked, Fit, Never, fits

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
JANUARY = date(2027, 1, 4)


@pytest.fixture(autouse=True)
def somebody():
    with acting(system("tests")):
        yield


def parts(lever, *codes):
    return list(lever.parts.filter(code__in=codes))


def fit(lever, *codes, starts_on=JANUARY, birth_month=None):
    return fits([Asked(lever, parts(lever, *codes), starts_on, birth_month)], TODAY)[0]


def test_what_is_free_fits_from_the_day_that_is_asked():
    assert fit(LeverFactory(stock=1), "") == Fit(first_day=JANUARY)


def test_what_takes_a_week_to_make_ready_fits_a_week_later():
    lever = LeverFactory(wait_days=7)

    assert fit(lever, "", starts_on=TODAY) == Fit(first_day=date(2026, 11, 30))


def test_course_fits_from_its_first_lesson():
    assert fit(CourseFactory(), "", starts_on=TODAY).first_day == date(2027, 1, 11)


def test_full_parts_are_named_with_the_day_on_which_all_are_free_again():
    site = ChildcareFactory(stock=1)
    booked(site, case_number="K-2M8D", codes=["Mo/early"], ends_on=date(2027, 1, 31))
    booked(site, case_number="K-9XXQ", codes=["Tu/early"], ends_on=date(2027, 2, 14))

    found = fit(site, "Mo/early", "Tu/early", "We/early")

    full = tuple(parts(site, "Mo/early", "Tu/early"))
    assert found == Fit(first_day=JANUARY, full=full, free_on=date(2027, 2, 15))
    assert not found.is_free


def test_nobody_knows_when_a_part_without_an_end_is_free_again():
    site = ChildcareFactory(stock=1)
    booked(site, case_number="K-2M8D", codes=["Mo/early"], ends_on=date(2027, 1, 31))
    booked(site, case_number="K-9XXQ", codes=["Tu/early"])

    assert fit(site, "Mo/early", "Tu/early").free_on is None


@pytest.mark.parametrize(
    ("born", "never"),
    [
        (date(2024, 2, 1), None),
        (date(2024, 1, 1), Never.TOO_OLD),
        (date(2027, 2, 1), Never.TOO_YOUNG),
    ],
)
def test_child_must_have_the_age_of_the_site_on_its_first_day(born, never):
    assert fit(ChildcareFactory(), "Mo/early", birth_month=born).never is never


def test_lever_that_ends_before_it_could_begin_never_fits():
    lever = LeverFactory(valid_until=date(2026, 12, 31))

    assert fit(lever, "").never is Never.ENDS


def test_many_questions_take_one_look(django_assert_num_queries):
    site = ChildcareFactory(stock=0)
    asked = [Asked(site, [part], JANUARY) for part in site.parts.all()]

    with django_assert_num_queries(1):
        fits(asked, TODAY)
