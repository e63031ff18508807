from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate, localtime

from desk.factories.accounts import NOON
from koempel.desk.accounts import watch
from koempel.desk.accounts.models import AccessGrant, User
from koempel.desk.accounts.queries import demo_users
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.enums import TAKES_STOCK, Family
from koempel.desk.levers.ledger import parts_out_of_balance
from koempel.desk.levers.models import Lever, LeverBooking, LeverEntry, LeverPart
from koempel.desk.levers.queries import handed_over_per_month, n_placed
from koempel.desk.operations.demo import load_region
from koempel.desk.operations.demo.crowd import N_OF_DEMO_GUIDE
from koempel.desk.operations.demo.deciding import before
from koempel.desk.operations.demo.history import MONTHS
from koempel.desk.operations.demo.present import HANDED_OVER
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Child, Person, PersonObstacle, SupportRight, TimelineEntry
from koempel.desk.people.queries import placed_per_month
from koempel.desk.placements.models import Placement
from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.models import Decision, PlannerSwitch, PlanRun, Proposal
from koempel.desk.planning.queries import days_to_decide
from koempel.desk.planning.snapshot import region_on
from koempel.desk.transitions.enums import OPEN
from koempel.desk.transitions.models import Transition
from koempel.region.rows import BikeKind
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
    care = ("care", "care_lon", "care_lat", "care_hours", "care_until")
    without = ("id", "person", *care)
    assert facts(found.children, *without) == facts(loaded.children, *without)
    assert facts(found.rights, "person") == facts(loaded.rights, "person")
    # Who moved on to regular work made a seat free, which nobody invented.
    freed = Transition.objects.filter(seat_given=True).values_list("vacancy__number", flat=True)
    jobs = [each for each in found.jobs if each.id not in set(freed)]
    assert facts(jobs, "id", "employer") == facts(loaded.jobs, "id", "employer")
    for table in ("bikes", "courses"):
        rows = (getattr(found, table), getattr(loaded, table))
        assert facts(rows[0], "id", "capacity") == facts(rows[1], "id", "capacity")
    assert facts(found.shuttle_lines, "id") == facts(loaded.shuttle_lines, "id")
    runs = ("id", "line", "seats")
    assert facts(found.shuttle_runs, *runs) == facts(loaded.shuttle_runs, *runs)
    assert {each.nis for each in found.municipalities} == {"71004", "71070", "72039"}


def test_every_row_of_a_person_passes_its_own_checks(loaded):
    for model in PROTECTED:
        for row in model.objects.all()[:80]:
            row.full_clean(validate_unique=False, validate_constraints=False)


def test_everybody_is_told_apart(loaded):
    names = {(each.first_name, each.last_name) for each in Person.objects.all()}
    staff = set(User.objects.values_list("name", flat=True))
    assert len(names) == Person.objects.count() > len(loaded.people)
    assert len(staff) == User.objects.count()
    assert not staff & {" ".join(name) for name in names}


def test_every_staff_role_can_be_entered_in_one_click(loaded):
    roles = {user.role for user in demo_users()}
    assert roles == set(Role.values) - {Role.PERSON, Role.ANONYMOUS}


def test_demo_caseworker_guides_a_list_that_one_can_know(loaded):
    guide = next(user for user in demo_users() if user.role == Role.CASEWORKER)
    mine = Person.objects.filter(caseworker=guide, status=CaseStatus.ACTIVE)
    assert N_OF_DEMO_GUIDE < mine.count() <= N_OF_DEMO_GUIDE + HANDED_OVER
    assert {each.organisation_id for each in mine} == {guide.organisation_id}
    assert mine.exclude(next_step="").exists()


def test_demo_caseworker_weighs_a_proposal_with_a_lever(loaded):
    waiting = Proposal.objects.filter(state="OPEN", person__caseworker__in=demo_users())
    assert any(each.content.levers for each in waiting)


def test_demo_enterprise_has_an_evaluation_that_is_late_and_one_that_is_due_soon(loaded):
    boss = next(user for user in demo_users() if user.role == Role.SOCIAL_ENTERPRISE)
    rows = Transition.objects.filter(employer=boss.organisation, state="EVALUATION_DUE")
    days = [(each - localdate(NOON)).days for each in rows.values_list("due_on", flat=True)]
    assert any(each < 0 for each in days)
    assert any(0 <= each < 30 for each in days)


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


def test_what_is_free_of_a_lever_is_what_the_region_has_less_what_the_last_days_took(loaded):
    kept = LeverBooking.objects.filter(made_at__gt=NOON - timedelta(days=11), state__in=TAKES_STOCK)
    taken = Counter(kept.values_list("parts", flat=True))
    free = {part.pk: part.free + taken[part.pk] for part in LeverPart.objects.all()}
    # Whom one can enter has a story of its own (`bookings`), and stock enough for it.
    entered = {user.organisation_id for user in demo_users()}
    others = Lever.objects.filter(kind__in=list(BikeKind)).exclude(organisation__in=entered)
    bikes = {(each.name, each.kind): free[each.parts.get().pk] for each in others}
    there = {(each.name, each.kind.value): each.capacity for each in loaded.bikes}
    assert bikes
    assert bikes == {key: there[key] for key in bikes}


def test_past_is_a_year_of_real_plans_and_decisions(loaded):
    runs = list(PlanRun.objects.order_by("made_at"))
    assert len(runs) == MONTHS + 3
    assert timedelta(days=360) < NOON - runs[0].made_at < timedelta(days=400)
    assert all(run.bound >= run.value and run.inputs_digest for run in runs)
    past = Decision.objects.filter(at__lt=NOON - timedelta(days=12))
    assert past.filter(verdict="ACCEPT").exists()
    assert {decision.by.role for decision in past} <= {Role.CASEWORKER, Role.SOCIAL_WORKER}


def test_trends_count_the_rows_of_the_past(loaded):
    first = NOON - timedelta(days=800)
    lines = TimelineEntry.objects.filter(kind="STATUS", title="Status: aan het werk")
    placed = Counter(localdate(line.at).replace(day=1) for line in lines)
    given = Counter(
        localdate(entry.at).replace(day=1)
        for entry in {
            e.booking_id: e for e in LeverEntry.objects.filter(kind="HANDED_OVER")
        }.values()
    )
    days = {}
    for each in Decision.objects.filter(verdict__in=("ACCEPT", "CHANGE", "REFUSE")).order_by("at"):
        if each.proposal.changes_id is None:
            month = localdate(each.at).replace(day=1)
            days.setdefault(month, []).append((each.at - each.proposal.made_at).days)
    assert placed_per_month(first) == placed
    assert handed_over_per_month(first) == given
    assert days_to_decide(first) == days
    over = Placement.objects.filter(state="ENDED").exclude(case_number="gewist")
    stopped = over.exclude(end_reason="OTHER_JOB").count()
    at_work = Person.objects.filter(status=CaseStatus.PLACED).count()
    assert sum(placed.values()) == at_work + stopped > at_work > 0


def test_nobody_of_the_past_waits_any_more(loaded):
    old = Person.objects.exclude(status=CaseStatus.ACTIVE)
    assert not Proposal.objects.filter(person__in=old, state=ProposalState.OPEN).exists()
    assert Person.objects.filter(status=CaseStatus.ACTIVE).count() == len(loaded.people)


def test_planner_was_paused_and_runs_again(loaded):
    acts = PlannerSwitch.objects.order_by("at").values_list("is_paused", flat=True)
    assert list(acts) == [True, False]


def test_present_has_something_for_whoever_guides(loaded):
    guide = next(user for user in demo_users() if user.role == Role.CASEWORKER)
    waiting = Proposal.objects.filter(person__caseworker=guide, state=ProposalState.OPEN)
    mine = set(Person.objects.filter(caseworker=guide).values_list("pk", flat=True))
    bookings = LeverBooking.objects.filter(case_number__in=mine)
    ending = Child.objects.filter(person__caseworker=guide, care_until__gt=TODAY)
    assert waiting.exists()
    assert {"REQUESTED", "EXPIRED"} <= set(bookings.values_list("state", flat=True))
    assert ending.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PERSON, Role.ANONYMOUS}))
def test_every_step_of_the_tour_points_at_what_the_first_page_has(loaded, role):
    client = Client()
    client.force_login(next(user for user in demo_users() if user.role == role))

    first = client.get("/", follow=True)
    steps = client.get("/rondleiding/").context["steps"]

    text = first.content.decode()
    marks = [f'data-tour="{each.part}"' if each.part else f'href="{each.url}"' for each in steps]
    assert len(steps) == 5
    assert [mark for mark in marks if mark not in text] == []


def test_in_the_evening_somebody_used_emergency_access_and_nobody_else_was_at_work(loaded):
    events = AuditEvent.objects.filter(actor__isnull=False).values_list("at", "verb")
    late = [verb for at, verb in events if not 7 <= localtime(at).hour < 19]
    assert late == ["break-glass"]
    (signal,) = watch.signals(watch.busy(watch.looks(NOON), TODAY))
    assert (signal.rule, signal.people) == (watch.Rule.NIGHT, 1)


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_whenever_the_demo_is_opened_its_past_is_in_office_hours_and_in_order(hour):
    at = NOON.replace(hour=hour)
    steps = [timedelta(hours=hours) for hours in range(300, 0, -5)]
    past = [localtime(before(at, ago)) for ago in steps]
    assert past == sorted(past)
    assert all(8 <= each.hour < 17 or each == at for each in past)
    assert [each.date() for each in past] == [localdate(at - ago) for ago in steps]


def test_audit_trail_of_the_past_holds(loaded):
    assert list(audit.verify()) == []


def test_vdab_may_look_at_everybody_in_doorstroom(loaded):
    mediator = next(user for user in demo_users() if user.role == Role.MEDIATOR)
    grants = AccessGrant.objects.valid_at(NOON).filter(to_organisation=mediator.organisation)
    followed = set(Transition.objects.filter(state__in=OPEN).values_list("case_number", flat=True))

    assert followed
    assert followed <= set(grants.values_list("person", flat=True))
