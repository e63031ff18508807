from datetime import date

import pytest
from django.db import transaction

from desk.factories.accounts import NOON
from koempel.desk.accounts.models import AccessGrant, User
from koempel.desk.accounts.queries import demo_users
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.enums import Family
from koempel.desk.levers.ledger import parts_out_of_balance
from koempel.desk.levers.models import Lever, LeverBooking
from koempel.desk.levers.queries import n_placed
from koempel.desk.operations.demo import load_region
from koempel.desk.operations.demo.bookings import N_PLACED
from koempel.desk.operations.demo.crowd import N_OF_DEMO_GUIDE
from koempel.desk.people.models import Child, Person, PersonObstacle, SupportRight, TimelineEntry
from koempel.desk.planning.snapshot import region_on
from koempel.region.synthetic import synthetic_region

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PROTECTED = (Person, Child, SupportRight, PersonObstacle, TimelineEntry)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once, since every test here only reads."""
    region = synthetic_region(people=150, jobs=40, seed=7, today=TODAY)
    with django_db_blocker.unblock(), acting(system("tests")), transaction.atomic():
        load_region(region, at=NOON)
        yield region
        transaction.set_rollback(True)


def facts(rows, *without):
    """Rows without their keys, which the desk gives out itself."""
    names = [name for name in rows[0].__dataclass_fields__ if name not in without]
    return sorted(repr([_plain(getattr(row, name)) for name in names]) for row in rows)


def _plain(value):
    """A level may come back as text, a whole number as a fraction."""
    if isinstance(value, str):
        return str(value)
    return float(value) if isinstance(value, int) else value


def test_plan_from_the_tables_has_the_region_that_was_loaded(loaded):
    # A plan counts less on what nobody confirmed; here all is known.
    Lever.objects.update(confirmed_on=TODAY)
    found = region_on(TODAY)
    assert facts(found.people, "id") == facts(loaded.people, "id")
    assert facts(found.children, "id", "person") == facts(loaded.children, "id", "person")
    assert facts(found.rights, "person") == facts(loaded.rights, "person")
    assert facts(found.jobs, "id", "employer") == facts(loaded.jobs, "id", "employer")
    for table in ("bikes", "courses", "shuttle_lines"):
        assert facts(getattr(found, table), "id") == facts(getattr(loaded, table), "id")
    assert facts(found.shuttle_runs, "id", "line") == facts(loaded.shuttle_runs, "id", "line")
    assert {each.nis for each in found.municipalities} == {"71004", "71070", "72039"}


def test_every_row_of_a_person_passes_its_own_checks(loaded):
    for model in PROTECTED:
        for row in model.objects.all()[:80]:
            row.full_clean(validate_unique=False, validate_constraints=False)


def test_everybody_is_told_apart(loaded):
    names = {(each.first_name, each.last_name) for each in Person.objects.all()}
    staff = set(User.objects.values_list("name", flat=True))
    assert len(names) == len(loaded.people) + N_PLACED
    assert len(staff) == User.objects.count()
    assert not staff & {" ".join(name) for name in names}


def test_every_staff_role_can_be_entered_in_one_click(loaded):
    roles = {user.role for user in demo_users()}
    assert roles == set(Role.values) - {Role.PERSON, Role.ANONYMOUS}


def test_demo_caseworker_guides_a_list_that_one_can_know(loaded):
    guide = next(user for user in demo_users() if user.role == Role.CASEWORKER)
    mine = Person.objects.filter(caseworker=guide)
    assert mine.count() == N_OF_DEMO_GUIDE
    assert {each.organisation_id for each in mine} == {guide.organisation_id}
    assert mine.exclude(next_step="").exists()


def test_demo_mediator_has_people_by_grants_that_hold(loaded):
    mediator = next(user for user in demo_users() if user.role == Role.MEDIATOR)
    grants = AccessGrant.objects.valid_at(NOON).filter(to_organisation=mediator.organisation)
    people = set(grants.values_list("person", flat=True))
    assert people
    assert people <= set(Person.objects.values_list("case_number", flat=True))


def test_no_demo_user_has_a_password(loaded):
    assert [user for user in User.objects.all() if user.has_usable_password()] == []


def test_books_of_the_levers_are_right_and_one_in_six_waits_for_confirmation(loaded):
    assert parts_out_of_balance() == []
    stale = [lever for lever in Lever.objects.all() if lever.is_stale(TODAY)]
    assert len(stale) == Lever.objects.count() // 6


@pytest.mark.parametrize(
    ("role", "states"),
    [
        (Role.CHILDCARE, {"REQUESTED", "HELD", "HANDED_OVER", "RETURNED", "RELEASED"}),
        (Role.REUSE_SHOP, {"REQUESTED", "HELD", "HANDED_OVER", "RELEASED", "EXPIRED"}),
        (Role.TRAINING, {"REQUESTED", "HELD", "RELEASED"}),
        (Role.TRANSPORT, {"REQUESTED", "HELD", "HANDED_OVER"}),
    ],
)
def test_partner_of_the_demo_has_everything_that_its_board_can_show(loaded, role, states):
    home = next(user for user in demo_users() if user.role == role).organisation
    bookings = LeverBooking.objects.filter(lever__organisation=home)
    assert states <= set(bookings.values_list("state", flat=True))


def test_demo_has_people_at_work_with_the_help_of_levers(loaded):
    new_year = date(TODAY.year, 1, 1)
    helped = {
        family: n_placed([each for each in Lever.objects.all() if each.family is family], new_year)
        for family in (Family.BIKES, Family.CHILDCARE, Family.TRANSPORT)
    }
    assert helped == {Family.BIKES: 9, Family.CHILDCARE: 7, Family.TRANSPORT: 3}


def test_vacancies_are_there_in_every_state(loaded):
    states = list(Vacancy.objects.values_list("state", flat=True))
    assert states.count("PUBLISHED") == len(loaded.jobs)
    assert set(states) == {"PUBLISHED", "DRAFT", "FILLED", "CLOSED", "EXPIRED"}
