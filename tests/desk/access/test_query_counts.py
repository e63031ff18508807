"""A page asks the database as much for thirty rows as for one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.access.asking import signed_in
from desk.doors import DOORS, view_class
from desk.examples import Stand
from desk.factories.accounts import (
    AccessGrantFactory,
    BreakGlassFactory,
    OrganisationFactory,
    UserFactory,
)
from desk.factories.jobs import VacancyFactory
from desk.factories.levers import ChildcareFactory, LeverFactory, ShuttleFactory, booked, requested
from desk.factories.mail import MailFactory
from desk.factories.partners import (
    ContactFactory,
    EstablishmentFactory,
    OfferFactory,
    PartnerFactory,
)
from desk.factories.people import (
    ChildFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
)
from desk.factories.placements import PlacementFactory
from desk.factories.planning import PlanRunFactory, ProposalFactory
from desk.factories.referrals import ReferralFactory
from desk.factories.transitions import TransitionFactory
from desk.people.examples import person_of
from desk.planning.world import open_now, plan
from desk.work.examples import work_of
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.operations.models import DutyRun, Outcome
from koempel.desk.people.models import Person
from koempel.desk.planning.facts import as_json
from koempel.desk.planning.models import PlanRun, Scenario
from koempel.desk.planning.tasks import run_plan
from koempel.desk.planning.what_ifs import board_of
from koempel.desk.web.pages.listing import ListExport, ListPage
from koempel.desk.work.enums import State

pytestmark = pytest.mark.django_db

ROWS = 30


def person(asker, stand=Stand.OWN):
    found = person_of(asker, stand, next_step="Bel", next_step_on=date(2026, 11, 20))
    with acting(system("proef")):
        PersonObstacleFactory(person=found)
        PersonObstacleFactory(person=found, sensitive=True)
        ChildFactory(person=found)
        SupportRightFactory(person=found)


def granted(asker):
    person(asker, Stand.GRANTED)


def going(asker):
    """Somebody whose case goes within the month."""
    person_of(asker, Stand.OWN, last_contact_on=date(2020, 1, 1))


def unguided(asker):
    """A case of the office whose guide left."""
    gone = UserFactory(organisation=asker.organisation, second_factor=False, is_active=False)
    with acting(system("proef")):
        PersonFactory(caseworker=gone)


def proposal(asker):
    with acting(system("proef")):
        ProposalFactory(person=person_of(asker, Stand.OWN))


def referred(asker):
    ReferralFactory(case_number=person_of(asker, Stand.OWN).pk)


def candidate(asker):
    """Somebody who is referred to the one vacancy of an employer."""
    found = asker.organisation.vacancies.first() or VacancyFactory(employer=asker.organisation)
    ReferralFactory(case_number=person_of(asker, Stand.FOREIGN).pk, vacancy=found)


def placed(asker):
    PlacementFactory(case_number=person_of(asker, Stand.OWN).pk)


def worker(asker):
    """Somebody who works at the one vacancy of an employer."""
    found = asker.organisation.vacancies.first() or VacancyFactory(employer=asker.organisation)
    PlacementFactory(case_number=person_of(asker, Stand.FOREIGN).pk, vacancy=found)


def quiet(asker):
    """Somebody with whom nothing moves."""
    long_ago = timezone.localdate() - timedelta(days=90)
    found = person_of(asker, Stand.OWN, status_since=long_ago, last_contact_on=long_ago)
    with acting(system("proef")):
        PersonObstacleFactory(person=found)
        ProposalFactory(person=found)


def moving_on(asker):
    TransitionFactory(case_number=person_of(asker, Stand.OWN).pk)


def employee(asker):
    """Somebody who works at a social enterprise."""
    number = person_of(asker, Stand.FOREIGN).pk
    TransitionFactory(case_number=number, employer=asker.organisation)


def hired(asker):
    """Somebody whom a social enterprise hired and nobody follows."""
    ReferralFactory(
        case_number=person_of(asker, Stand.FOREIGN).pk,
        vacancy=VacancyFactory(employer=asker.organisation),
        state="HIRED",
        due_on=None,
        starts_on=timezone.localdate(),
    )


def able(asker):
    """Somebody who could be referred."""
    person_of(asker, Stand.OWN)


def the_seat(asker):
    """Keys of the one vacancy."""
    return {"number": (Vacancy.objects.first() or VacancyFactory(**open_now())).number}


def plan_run(asker):
    PlanRunFactory()


def failed_plan(asker):
    now = timezone.now()
    work_of(asker, Stand.OWN, run_plan, "plan:new", state=State.FAILED, ended_at=now)


def scenario(asker):
    run = PlanRun.objects.first() or plan(by=asker)
    answer = as_json(board_of(run).answer(()))
    Scenario.objects.create(
        name="Zoals nu", run=run, answer=answer, made_by=asker, made_at=timezone.now()
    )


def duty(asker):
    DutyRun.objects.create(
        name=f"taak-{DutyRun.objects.count()}",
        began_at=timezone.now(),
        outcome=Outcome.DONE,
    )


def mail(asker):
    MailFactory(failed=True)


def vacancy(asker):
    VacancyFactory(employer=asker.organisation)


def partner(asker):
    organisation = PartnerFactory()
    for factory in (ContactFactory, EstablishmentFactory, OfferFactory, LeverFactory):
        factory(organisation=organisation)


def user(asker):
    UserFactory(second_factor=False)


def organisation(asker):
    OrganisationFactory()


def break_glass(asker):
    BreakGlassFactory(user=UserFactory(second_factor=False))


def event(asker):
    someone = UserFactory(second_factor=False)
    with acting(system("proef")):
        audit.record("user-closed", kind="user", objects=[str(someone.pk)])


def lever(asker):
    requested(LeverFactory(organisation=OrganisationFactory(), stale=True))


def booking_of(factory):
    """A booking more, always of the same lever."""

    def make(asker):
        found = _own_lever(asker) or factory(organisation=asker.organisation, stock=90)
        number = person_of(asker, Stand.FOREIGN).pk
        booked(found, case_number=number)
        requested(found, case_number=number, key=f"r{number}")

    return make


def _own_lever(asker):
    return asker.organisation.levers.first()


def grant(asker):
    AccessGrantFactory(
        person=own_case(asker)["case"],
        to_organisation=OrganisationFactory(),
        valid_until=timezone.now() + timedelta(days=9),
    )


def look(asker):
    with acting(system("proef")):
        audit.record("people:file", kind="person", objects=[own_case(asker)["case"]])


def own_case(asker):
    """Keys of the one case of the asker."""
    with acting(system("proef")):
        found = Person.objects.filter(caseworker=asker).first()
    return {"case": (found or person_of(asker, Stand.OWN)).pk}


@dataclass(frozen=True, slots=True)
class Row:
    """A page, who opens it, and what makes one more row on it."""

    name: str
    role: Role
    make: Callable[[Any], None]
    keys: Callable[[Any], dict[str, object]] = lambda asker: {}

    def __str__(self) -> str:
        return f"{self.name}-{self.role}-{getattr(self.make, '__name__', '')}"


def family(name):
    return lambda asker: {"family": name}


PAGES = [
    Row("people:list", Role.CASEWORKER, person),
    Row("people:list", Role.MEDIATOR, granted),
    Row("people:pseudonyms", Role.DIRECTOR, person),
    Row("people:retention", Role.CASEWORKER, going),
    Row("people:grants", Role.CASEWORKER, grant, own_case),
    Row("people:access-log", Role.CASEWORKER, look, own_case),
    Row("people:without-guide", Role.CASEWORKER, unguided),
    Row("proposals:list", Role.CASEWORKER, proposal),
    Row("referrals:list", Role.CASEWORKER, referred),
    Row("referrals:list", Role.DIRECTOR, referred),
    Row("referrals:list", Role.EMPLOYER, candidate),
    Row("placements:list", Role.CASEWORKER, placed),
    Row("placements:list", Role.DIRECTOR, placed),
    Row("placements:list", Role.EMPLOYER, worker),
    Row("referrals:stalled", Role.CASEWORKER, quiet),
    Row("figures:rows", Role.DIRECTOR, referred),
    Row("referrals:candidates", Role.CASEWORKER, able, the_seat),
    Row("transitions:list", Role.CASEWORKER, moving_on),
    Row("transitions:list", Role.DIRECTOR, moving_on),
    Row("transitions:list", Role.SOCIAL_ENTERPRISE, employee),
    Row("transitions:new", Role.SOCIAL_ENTERPRISE, hired),
    Row("plan:register", Role.DPO, plan_run),
    Row("plan:failed", Role.DPO, failed_plan),
    Row("plan:scenarios", Role.DIRECTOR, scenario),
    Row("jobs:list", Role.EMPLOYER, vacancy),
    Row("jobs:list", Role.CASEWORKER, vacancy),
    Row("partners:list", Role.DIRECTOR, partner),
    Row("duties", Role.OPERATOR, duty),
    Row("post", Role.OPERATOR, mail),
    Row("accounts:users", Role.OPERATOR, user),
    Row("accounts:organisations", Role.OPERATOR, organisation),
    Row("accounts:break-glasses", Role.DPO, break_glass),
    Row("accounts:audit", Role.DPO, event),
    Row("levers:board", Role.DIRECTOR, lever),
    Row("levers:family", Role.DIRECTOR, lever, family("fietsen")),
    Row("levers:family", Role.REUSE_SHOP, booking_of(LeverFactory), family("fietsen")),
    Row("levers:family", Role.CHILDCARE, booking_of(ChildcareFactory), family("kinderopvang")),
    Row("levers:family", Role.TRANSPORT, booking_of(ShuttleFactory), family("vervoer")),
    Row(
        "levers:file",
        Role.REUSE_SHOP,
        booking_of(LeverFactory),
        lambda asker: {"pk": _own_lever(asker).pk},
    ),
]
FILES = [
    Row(f"{row.name}-export", row.role, row.make, lambda asker, suffix="csv": {"suffix": suffix})
    for row in PAGES
    if f"{row.name}-export" in {door.name for door in DOORS}
]


def test_every_list_has_a_row():
    lists = {door.name for door in DOORS if issubclass(view_class(door), ListPage | ListExport)}
    assert lists - {row.name for row in (*PAGES, *FILES)} == set(), "add one to PAGES"


@pytest.mark.parametrize("row", [*PAGES, *FILES], ids=str)
def test_page_asks_as_much_for_thirty_rows_as_for_one(row):
    asker = UserFactory(role=row.role)
    client = signed_in(asker)
    row.make(asker)
    url = reverse(row.name, kwargs=row.keys(asker))
    few = _asked(client, url)
    for _ in range(ROWS - 1):
        row.make(asker)
    assert _asked(client, url) == few


def _asked(client, url) -> list[str]:
    """The questions to the database, as far as the table; the first look warms up what is kept."""
    cache.clear()
    client.get(url).getvalue()
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
        answered = answer.status_code, bool(answer.getvalue())
    assert answered == (200, True)
    return [_table(each["sql"]) for each in seen]


def _table(sql: str) -> str:
    verb, _, rest = sql.partition(" ")
    return f"{verb} {rest.partition('FROM ')[2].partition(' ')[0]}" if verb == "SELECT" else verb
