"""The figures of the overview equal independent counts, and nobody is in them."""

import re
from collections import Counter, defaultdict
from datetime import timedelta
from statistics import median

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from desk.factories.accounts import UserFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.operations.demo import load_region
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.planning.models import Decision, PlanRun
from koempel.desk.web.views.overview.trends import FEW
from koempel.region.synthetic import synthetic_region

pytestmark = pytest.mark.django_db


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """A region large enough that most of its villages may be shown; read only."""
    now = timezone.now()
    region = synthetic_region(people=600, jobs=150, seed=7, today=timezone.localdate(now))
    with django_db_blocker.unblock(), acting(system("tests")), transaction.atomic():
        load_region(region, at=now)
        yield region
        transaction.set_rollback(True)


@pytest.fixture
def noor(loaded):
    return client_of(UserFactory(role=Role.DIRECTOR))


def table(page):
    """Rows of the list beside the map: kind of row, name and three numbers."""
    body = page.split('class="t tight places"')[1].split("</table>")[0]
    row = r"<tr class=\"(.*?)\"><th scope=\"row\">(.*?)</th>" + r"<td class=\"n\">\+?(.*?)</td>" * 3
    return [
        (kind, name, *(int(re.sub(r"\D", "", each)) for each in rest))
        for kind, name, *rest in re.findall(row, body)
    ]


def test_figures_equal_a_recount_of_the_tables(noor, loaded):
    answer = noor.get("/overzicht/")

    looking = Person.objects.filter(status=CaseStatus.ACTIVE).count()
    run = PlanRun.objects.first()
    shown = [(figure.value, figure.key) for figure in answer.context["whole"]]
    assert sum(value for value, _ in shown) == run.people <= looking
    assert shown == [
        (run.reach_today, "pine"),
        (run.reach_with_levers, "lamp"),
        (run.no_way, "sunk"),
    ]


def test_villages_add_up_to_municipalities_and_these_to_the_region(noor, loaded):
    rows = table(noor.get("/overzicht/").content.decode())

    verdicts = Decision.objects.filter(verdict="ACCEPT")
    accepted = set(verdicts.values_list("proposal__person", flat=True))
    looking = Person.objects.filter(status=CaseStatus.ACTIVE).exclude(pk__in=accepted)
    lives_in = Counter(person.village.municipality.name for person in looking)
    towns = {name: looking for kind, name, looking, *_ in rows if kind == "grp"}
    run = PlanRun.objects.first()
    assert towns == lives_in
    assert sum(towns.values()) == run.people
    assert sum(looking for kind, _, looking, *_ in rows if kind == "sub") == run.people


def test_choice_of_a_municipality_shows_part_of_the_same_rows(noor, loaded):
    whole = table(noor.get("/overzicht/").content.decode())
    parts = []
    for nis in ("71004", "71070", "72039"):
        answer = noor.get("/overzicht/", {"gemeente": nis})
        part = table(answer.content.decode())
        assert sum(figure.value for figure in answer.context["whole"]) == part[0][2]
        parts += part

    assert sorted(parts) == sorted(whole)


def test_choice_that_cannot_be_is_the_whole_region(noor, loaded):
    assert noor.get("/overzicht/?gemeente=niks").context["heading"].startswith("De regio vandaag")


def test_no_figure_of_people_is_one_to_four(noor, loaded):
    for query in ("", "?gemeente=71070"):
        for _, name, looking, today, extra in table(
            noor.get(f"/overzicht/{query}").content.decode()
        ):
            hidden = [
                each for each in (looking, today, extra, looking - today - extra) if 0 < each < 5
            ]
            assert not hidden, name


def test_trends_equal_a_recount_in_plain_python(noor, loaded):
    sections = noor.get("/overzicht/").context["sections"]
    (section,) = (each.data for each in sections if each.template == "web/overview/trends.html")

    placed, decided = Counter(), defaultdict(list)
    for line in TimelineEntry.objects.filter(kind="STATUS"):
        if line.title == "Status: aan het werk":
            placed[timezone.localdate(line.at).replace(day=1)] += 1
    for each in Decision.objects.filter(verdict__in=("ACCEPT", "CHANGE", "REFUSE")):
        if each.proposal.changes_id is None:
            days = (each.at - each.proposal.made_at).days
            decided[timezone.localdate(each.at).replace(day=1)].append(days)
    today = timezone.localdate()
    months = [today.replace(day=1)]
    while len(months) < 12:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    assert [cells[:2] for _, cells in section.rows] == [
        [told(placed[month]), told(len(decided[month]))] for month in months
    ]
    assert [cells[2] for _, cells in section.rows] == [
        told_median(decided[month]) for month in months
    ]


def told(count):
    return "te weinig" if 0 < count < FEW else str(count)


def told_median(days):
    if len(days) < FEW:
        return "te weinig"
    middle = median(days)
    return f"{middle:g}".replace(".", ",") if middle % 1 else str(int(middle))


def test_nobody_stands_on_the_page_by_name_or_number(noor, loaded):
    people = Person.objects.values_list("first_name", "last_name", "pk")
    page = noor.get("/overzicht/").content.decode()

    words = set(re.findall(r"[\w-]+", page))
    assert not [last for _, last, _ in people if last in words]
    assert not [pk for *_, pk in people if pk in page]
    assert not AuditEvent.objects.filter(verb="overview:board").exists()


def test_levers_stand_with_their_price_the_highest_first(noor, loaded):
    section = next(
        each for each in noor.get("/overzicht/").context["sections"]
        if each.title == "Waar knelt het?"
    )  # fmt: skip

    run = PlanRun.objects.first()
    best = max(run.levers, key=lambda lever: lever.placements)
    assert section.data.first[0].name == best.name
    assert len(section.data.first) + len(section.data.rest) == len(run.levers)
    assert section.data.what_if_url == "/plan/wat-als/"
