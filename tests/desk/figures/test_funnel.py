"""Figures equal counts by other code; every one of them opens its rows."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.factories.accounts import UserFactory
from desk.factories.jobs import EmployerFactory, VacancyFactory
from desk.factories.people import PersonFactory, VillageFactory
from desk.factories.placements import FollowUpFactory, PlacementFactory
from desk.factories.referrals import ReferralFactory
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.figures.funnel import GROUPINGS, counts_per, funnel, step_names, ways
from koempel.desk.figures.work import ends, rounded, stalled_per_town
from koempel.desk.placements.queries import Lasting
from koempel.desk.referrals.models import ReferralEvent
from koempel.region import dutch

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
MADE = NOW - timedelta(days=430)
YEAR = timezone.localdate(MADE).year
N_STEPS = 7
PATH = ("REFERRED", "INVITED", "INTERVIEWED", "HIRED")


@pytest.fixture
def region(db):
    """Two employers and thirty people who came as far as their number says; two are erased."""
    with acting(system("test")):
        guide = UserFactory()
        firms = [
            VacancyFactory(employer=EmployerFactory(social=True), measures=["COLLECTIVE_MAATWERK"]),
            VacancyFactory(),
        ]
        for number in range(30):
            person = PersonFactory(
                caseworker=guide, village=VillageFactory(), address_shield=number % 10 == 0
            )
            case = "gewist" if number in (7, 14) else person.pk
            come(case, firms[number % 2], number % N_STEPS)
    return firms


def come(case, vacancy, far):
    """Somebody who took so many steps after being referred."""
    began = TODAY - timedelta(days=400)
    state = PATH[min(far, 3)]
    referral = ReferralFactory(
        case_number=case,
        vacancy=vacancy,
        made_at=MADE,
        state=state,
        talk_at=NOW,
        starts_on=began if state == "HIRED" else None,
        due_on=None if state == "HIRED" else TODAY,
    )
    for each in PATH[: far + 1]:
        ReferralEvent.objects.create(referral=referral, step="x", to_state=each, at=NOW)
    if state != "HIRED":
        return
    work = PlacementFactory(case_number=case, vacancy=vacancy, started_on=began)
    for at, months in enumerate((3, 6, 12), 4):
        said = {"answer": "YES", "told_by": "EMPLOYER", "answered_at": NOW} if far >= at else {}
        due = TODAY - timedelta(days=400 - 30 * months)
        FollowUpFactory(placement=work, months=months, due_on=due, **said)


def expected(test):
    """How many took each step, counted from the numbers that they were made with."""
    far = Counter(number % N_STEPS for number in range(30) if test(number))
    return [sum(n for each, n in far.items() if each >= at) for at in range(N_STEPS)]


def test_each_step_is_counted_as_it_was_made(region):
    with acting(system("test")):
        found = ways(YEAR, today=TODAY)
    per = {each.key: counts_per(found, each, N_STEPS) for each in GROUPINGS}

    assert per["partner"] == {
        region[0].employer.name: expected(lambda n: n % 2 == 0),
        region[1].employer.name: expected(lambda n: n % 2),
    }
    hidden = {*range(0, 30, 10), 7, 14}
    assert per["gemeente"] == {
        "Schachtdorp": expected(lambda n: n not in hidden),
        "Afgeschermd of gewist": expected(lambda n: n in hidden),
    }
    assert set(per["maatregel"]) == {"Collectief maatwerk", "Zonder maatregel"}
    assert [sum(column) for column in zip(*per["gemeente"].values(), strict=True)] == expected(
        lambda n: True
    )


def test_what_is_shown_is_the_count_and_totals_agree_in_all_tables(region):
    with acting(system("test")):
        found = ways(YEAR, today=TODAY)
        seen = funnel(YEAR, today=TODAY)

    total = expected(lambda n: True)
    assert all(cell in (None, count) for cell, count in zip(seen.totals, total, strict=True))
    assert seen.totals[0] == 30
    for grouping, lines in seen.tables:
        counts = counts_per(found, grouping, N_STEPS)
        for line in lines:
            pairs = zip(line.cells, counts[line.name], strict=True)
            assert all(cell in (None, count) and cell not in (1, 2, 3, 4) for cell, count in pairs)


def test_months_that_cannot_have_passed_for_anybody_have_no_column(region):
    """Of this year nobody can be at work twelve months yet: a hidden total would puzzle."""
    days = date(YEAR, 3, 31), date(YEAR, 4, 1), date(YEAR, 12, 31), date(YEAR + 1, 1, 1)
    with acting(system("test")):
        found = [funnel(YEAR, today=day) for day in days]

    assert [len(each.steps) for each in found] == [4, 5, 6, 7]
    assert all(len(each.totals) == len(each.steps) for each in found)


def test_years_share_no_referral(region):
    with acting(system("test")):
        assert funnel(YEAR - 1, today=TODAY).totals == (None,) * len(step_names((3, 6, 12)))


def read(client, address):
    client.force_login(UserFactory(role=Role.DIRECTOR))
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_figure_opens_its_rows_without_names(client, region):
    page = read(client, reverse("figures:board"))
    address = f"{reverse('figures:rows')}?jaar={YEAR}&stap=2"
    assert address.replace("&", "&amp;") in page

    rows = read(client, address)

    assert f"{expected(lambda n: True)[1]} verwijzingen" in rows
    assert "Lampenier" not in page + rows


@pytest.mark.parametrize("name", ["gemeente", "partner", "maatregel"])
def test_group_opens_its_rows(client, region, name):
    group = {
        "gemeente": "Schachtdorp",
        "partner": region[0].employer.name,
        "maatregel": "Zonder maatregel",
    }[name]

    rows = read(client, f"{reverse('figures:rows')}?{name}={group}&stap=1")

    hidden = {*range(0, 30, 10), 7, 14}
    count = {"gemeente": 30 - len(hidden), "partner": 15, "maatregel": 15}[name]
    assert f"{count} verwijzingen" in rows


def test_file_hides_what_the_page_hides(client, region):
    client.force_login(UserFactory(role=Role.DIRECTOR))
    answer = client.get(reverse("figures:board-export", kwargs={"suffix": "csv"}))
    text = answer.getvalue().decode("utf-8-sig")

    assert "Allemaal samen;30" in text
    assert "Schachtdorp" in text
    assert "Lampenier" not in text


def test_empty_desk_says_what_will_come(client, db):
    page = read(client, reverse("figures:board"))

    assert "Nog geen verwijzingen" in page
    assert "Nog te weinig mensen" in page


def test_durable_work_stands_on_the_first_page_of_the_director(client, db):
    for _ in range(12):
        FollowUpFactory(months=12, answer="YES", told_by="PERSON", answered_at=NOW)
    for _ in range(8):
        FollowUpFactory(months=12)

    page = read(client, reverse("overview:board"))

    assert dutch.percent(0.6) in page
    assert "van ongeveer 20 plaatsingen" in page
    assert reverse("figures:board") in page


@pytest.mark.parametrize(
    ("counts", "is_told"),
    [((12, 8, 5), True), ((3, 20, 0), False), ((20, 3, 0), False), ((0, 0, 0), False)],
)
def test_share_of_few_is_not_told(counts, is_told):
    assert (rounded(Lasting(*counts)).share is not None) is is_told


def test_few_reasons_and_few_stalled_people_stay_hidden(db):
    long_ago = TODAY - timedelta(days=90)
    with acting(system("test")):
        for reason, many in (("TRANSPORT", 7), ("MOVED", 2), ("HOURS", 6)):
            for _ in range(many):
                PlacementFactory(ended=True, end_reason=reason)
        for _ in range(6):
            PersonFactory(status_since=long_ago, last_contact_on=long_ago)

        reasons = {each.name: each.count for each in ends()}
        towns = [(each.name, each.count) for each in stalled_per_town(TODAY)]

    assert reasons == {
        "Het vervoer viel weg": 7,
        "De uren pasten niet": None,
        "Verhuisd": None,
    }
    assert towns == [("Schachtdorp", 6)]
