"""Old rows on their way to the present tables, and back."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from desk.factories.jobs import EmployerFactory
from desk.factories.partners import EstablishmentFactory
from koempel.desk.jobs.models import Vacancy
from koempel.desk.partners.models import Establishment

BEFORE = [("jobs", "0001_vacancies")]
HEUSDEN, ZOLDER = "71070-heusden", "71070-zolder"


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.fixture
def before(transactional_db):
    """The tables as they were, and the present ones again after the test."""
    yield migrate(BEFORE)
    call_command("migrate", verbosity=0)


def old_vacancy(apps, employer, number, *, address="", village=HEUSDEN, lon=5.31):
    return apps.get_model("jobs", "Vacancy").objects.create(
        number=number, employer_id=employer.pk, title="Inpakker", occupation_id="9321",
        establishment=address, village_id=village, lon=lon, lat=51.02,
        start_from=date(2026, 12, 1), start_to=date(2027, 2, 1), shifts="Mo-Fr 08:00-16:00",
        shift_kinds="DAY", hours_per_week=38, publish_from=date(2026, 11, 1), search="",
    )  # fmt: skip


def test_each_vacancy_finds_its_establishment_or_gets_one(before):
    baker = EmployerFactory()
    oven = EstablishmentFactory(organisation=baker, address="Ovenstraat 3")
    EstablishmentFactory(address="Ovenstraat 3")  # of somebody else
    old_vacancy(before, baker, "J-SAME", address="ovenstraat 3 ")
    old_vacancy(before, baker, "J-ONLY")
    old_vacancy(before, baker, "J-OTHER", address="Bloemstraat 9")
    old_vacancy(before, baker, "J-AGAIN", address="Bloemstraat 9")
    old_vacancy(before, baker, "J-FAR", village=ZOLDER)

    vacancies = migrate([("jobs", "0004_address_of_the_establishment")]).get_model(
        "jobs", "Vacancy"
    )

    found = dict(vacancies.objects.values_list("number", "establishment"))
    assert found["J-SAME"] == found["J-ONLY"] == oven.pk
    assert found["J-OTHER"] == found["J-AGAIN"]
    made = Establishment.objects.filter(organisation=baker).exclude(pk=oven.pk).order_by("pk")
    assert list(made.values_list("name", "address", "village", "lon", "valid_from")) == [
        ("Bloemstraat 9", "Bloemstraat 9", HEUSDEN, 5.31, date(2026, 11, 1)),
        ("Zolder", "Zolder", ZOLDER, 5.31, date(2026, 11, 1)),
    ]


def test_what_is_filled_has_no_seat_left(before):
    old_vacancy(before, EmployerFactory(), "J-OPEN")
    vacancies = before.get_model("jobs", "Vacancy").objects
    vacancies.filter(number="J-OPEN").update(seats=4)
    old_vacancy(before, EmployerFactory(), "J-FULL")
    vacancies.filter(number="J-FULL").update(seats=3, state="FILLED")

    call_command("migrate", verbosity=0)

    found = dict(Vacancy.objects.values_list("number", "taken"))
    assert found == {"J-OPEN": 0, "J-FULL": 3}


def test_going_back_gives_each_vacancy_its_address_again(before):
    baker = EmployerFactory()
    old_vacancy(before, baker, "J-OTHER", address="Bloemstraat 9", lon=5.33)
    call_command("migrate", verbosity=0)

    vacancies = migrate(BEFORE).get_model("jobs", "Vacancy")

    row = vacancies.objects.values_list("establishment", "village", "lon", "lat").get()
    assert row == ("Bloemstraat 9", HEUSDEN, 5.33, 51.02)
