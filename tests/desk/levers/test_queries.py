"""What boards and weeks show."""

from datetime import date

import pytest

from desk.factories.accounts import NOON, OrganisationFactory
from desk.factories.levers import (
    ChildcareFactory,
    LeverFactory,
    ShuttleFactory,
    booked,
)
from koempel.desk.common.context import Context, Relation, acting, system
from koempel.desk.common.roles import Role
from koempel.desk.levers.parts import care_codes
from koempel.desk.levers.queries import (
    bookings_seen,
    parts_in_words,
    stale_levers,
    visible_bookings,
    visible_levers,
    weeks_of,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def somebody():
    with acting(system("tests")) as context:
        yield context


def test_place_is_taken_only_between_its_days():
    site = ChildcareFactory(stock=1)
    first, last = date(2026, 11, 24), date(2026, 12, 1)
    booked(site, codes=["Mo/early", "Tu/early"], starts_on=first, ends_on=last)

    early = weeks_of([site], TODAY)[site.pk]["early"]

    assert [cell.day for cell in early if cell.taken] == [first, date(2026, 11, 30), last]


def test_full_place_is_full_and_an_empty_one_is_not():
    site = ChildcareFactory(stock=2)
    for number in ("K-7F3Q", "K-2M8D"):
        booked(site, case_number=number, codes=["Mo/early"], starts_on=TODAY)

    monday, tuesday = weeks_of([site], TODAY)[site.pk]["early"][:2]

    assert (monday.is_full, monday.tenths, tuesday.is_full, tuesday.tenths) == (True, 10, False, 0)


def test_site_has_parts_for_its_open_hours_alone():
    codes = care_codes("Mo-Tu 06:00-12:30, Sa 13:00-19:00", on=TODAY)

    assert codes == [
        *("Mo/early", "Mo/morning", "Tu/early", "Tu/morning"),
        *("Sa/afternoon", "Sa/evening"),
    ]


def test_run_is_named_by_direction_and_hour():
    line = ShuttleFactory()

    words = parts_in_words(line.family, line.parts.all())

    assert words == "naar het werk 5.45, naar huis 14.15"


def test_stale_levers_come_longest_first():
    never = LeverFactory(name="Nooit")
    old = LeverFactory(name="Lang geleden", confirmed_on=date(2026, 9, 1))
    late = LeverFactory(name="Net te lang", confirmed_on=date(2026, 11, 1))
    fresh = LeverFactory(confirmed=True)

    assert stale_levers([fresh, late, old, never], TODAY) == [never, old, late]


def test_partner_sees_only_the_own_levers_and_bookings():
    own, other = LeverFactory(), LeverFactory(organisation=OrganisationFactory())
    mine, _ = booked(own), booked(other, case_number="K-2M8D")
    jef = Context(Role.REUSE_SHOP, "tests", organisation=own.organisation_id, relation=Relation.OWN)

    assert list(visible_levers(jef)) == [own]
    assert list(visible_bookings(jef)) == [mine]


def test_shown_bookings_are_noted_for_the_trail(somebody):
    booking = booked(LeverFactory())

    bookings_seen([booking])

    assert somebody.disclosed == {"K2": {"K-7F3Q"}}
