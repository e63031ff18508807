from datetime import timedelta

import pytest

from desk.factories.accounts import OrganisationFactory
from desk.factories.jobs import TODAY, VacancyFactory
from desk.factories.levers import (
    ChildcareFactory,
    CourseFactory,
    LeverFactory,
    ShuttleFactory,
    booked,
)
from desk.factories.people import ChildFactory, PersonFactory, SupportRightFactory
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.queries import job_of
from koempel.desk.partners.models import Village
from koempel.desk.planning.snapshot import region_on
from koempel.region.rows import ChildcareDay, ChildcareMode, Day, EmployerKind, Level, Mode
from koempel.region.tables import read_region, write_region
from koempel.region.windows import parse_windows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_system():
    with acting(system("test")):
        yield


def test_a_person_becomes_a_row_without_a_name():
    person = PersonFactory(max_travel_min=None)
    (row,) = region_on(TODAY).people
    assert (row.id, row.village, row.lon) == (person.case_number, "kolenberg", 5.28)
    assert (row.modes, row.dutch_writing, row.max_travel_min) == ((Mode.BIKE,), Level.A1, None)
    assert row.away == parse_windows("Mo-Fr 06:00-19:00")
    assert not any(secret in repr(row) for secret in (person.first_name, person.last_name))


def test_a_shielded_home_is_the_middle_of_its_village():
    PersonFactory(shielded=True)
    (row,) = region_on(TODAY).people
    assert (row.lon, row.lat) == (5.2801, 51.0366)


def test_only_who_looks_for_work_comes_along():
    PersonFactory(placed=True)
    gone = PersonFactory(closed=True)
    ChildFactory(person=gone)
    SupportRightFactory(person=gone)
    region = region_on(TODAY)
    assert (region.people, region.children, region.rights) == ((), (), ())


def test_children_and_rights_come_with_their_person():
    person = PersonFactory()
    ChildFactory(person=person)
    SupportRightFactory(person=person)
    region = region_on(TODAY)
    assert [each.person for each in (*region.children, *region.rights)] == [person.pk] * 2


def test_open_vacancies_come_with_their_employer_and_village():
    vacancy = VacancyFactory(social=True)
    VacancyFactory(closed=True)
    region = region_on(TODAY)
    assert region.jobs == (job_of(vacancy),)
    assert [each.kind for each in region.employers] == [EmployerKind.SOCIAL]
    assert [each.id for each in region.villages] == ["71070-heusden"]
    assert [each.nis for each in region.municipalities] == ["71070"]


def test_municipalities_that_take_part_bring_all_their_villages():
    OrganisationFactory(kind=OrganisationKind.MUNICIPALITY, nis="71004")
    region = region_on(TODAY)
    assert {each.municipality for each in region.villages} == {"71004"}
    assert len(region.villages) > 1


def test_every_kind_of_lever_becomes_a_row():
    LeverFactory(stock=3, confirmed=True)
    ChildcareFactory(stock=2, confirmed=True)
    CourseFactory(stock=12, confirmed=True)
    ShuttleFactory(stock=8, confirmed=True)
    region = region_on(TODAY)
    assert [each.capacity for each in region.bikes] == [3]
    (site,) = region.childcare
    assert (site.mode, site.early, site.evening) == (ChildcareMode.FLEX, 2, 2)
    assert [each.capacity for each in region.courses] == [12]
    (line,) = region.shuttle_lines
    assert [(run.line, run.seats) for run in region.shuttle_runs] == [(line.id, 8)] * 2


def test_childcare_keeps_the_days_on_which_it_has_other_places():
    site = ChildcareFactory(stock=2, confirmed=True)
    for number, code in (("K-7F3Q", "Mo/early"), ("K-2M8D", "Fr/evening")):
        booked(site, case_number=number, codes=[code])

    region = region_on(TODAY)

    (row,) = region.childcare
    assert (row.early, row.morning, row.afternoon, row.evening) == (2, 2, 2, 2)
    assert set(region.childcare_days) == {
        ChildcareDay(row.id, (Day.MO,), early=1, morning=2, afternoon=2, evening=2),
        ChildcareDay(row.id, (Day.FR,), early=2, morning=2, afternoon=2, evening=1),
    }


def test_plan_counts_on_half_of_a_stock_that_nobody_confirmed():
    makers = (LeverFactory, ChildcareFactory, CourseFactory, ShuttleFactory)
    for make in makers:
        make(stock=5, stale=True)

    region = region_on(TODAY)

    (bikes,), (site,), (course,) = region.bikes, region.childcare, region.courses
    assert (bikes.capacity, site.early, course.capacity) == (2, 2, 2)
    assert [run.seats for run in region.shuttle_runs] == [2, 2]


def test_levers_that_stopped_or_ended_stay_behind():
    LeverFactory(is_active=False)
    LeverFactory(valid_until=TODAY - timedelta(days=1))
    assert region_on(TODAY).bikes == ()


@pytest.mark.parametrize("change", ["person", "new", "gone"])
def test_what_is_kept_of_people_follows_every_change(change):
    person = PersonFactory()
    region_on(TODAY)
    if change == "person":
        person.modes, person.changed_at = ["CAR"], person.changed_at + timedelta(seconds=1)
        person.save()
    elif change == "new":
        PersonFactory()
    else:
        person.delete()
    modes = {"person": [("CAR",)], "new": [("BIKE",)] * 2, "gone": []}[change]
    assert [row.modes for row in region_on(TODAY).people] == modes


@pytest.mark.parametrize("people", [1, 30])
def test_a_snapshot_takes_the_same_queries_for_one_and_for_many(people, django_assert_num_queries):
    LeverFactory()
    for _ in range(people):
        ChildFactory(person=PersonFactory())
        VacancyFactory()
    with django_assert_num_queries(15):
        region_on(TODAY)
    with django_assert_num_queries(12):
        region_on(TODAY)


def test_a_snapshot_can_be_written_and_checked_as_a_region(tmp_path):
    OrganisationFactory(kind=OrganisationKind.MUNICIPALITY, nis="71070")
    ChildFactory(person=PersonFactory(village=Village.objects.get(pk="71070-heusden")))
    for make in (LeverFactory, ChildcareFactory, CourseFactory, ShuttleFactory, VacancyFactory):
        make()
    region = region_on(TODAY)
    write_region(region, tmp_path / "region")
    assert read_region(tmp_path / "region") == region
