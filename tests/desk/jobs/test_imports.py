from datetime import UTC, datetime
from io import BytesIO
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from desk.factories.jobs import TODAY
from desk.factories.partners import EstablishmentFactory
from desk.jobs.conftest import context_of
from koempel.desk.common.context import acting
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.sheet_plans import Outcome, mapped_by_name, wrong_rows
from koempel.desk.common.sheets import Sheet
from koempel.desk.jobs.actions import VacancyError
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.exchange.rows import ALSO, TITLES
from koempel.desk.jobs.imports import apply_import, plan_import
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.terms import terms

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
HEADER = ["Nummer", "Titel", "Beroep", "Vestiging", "Uren", "Start vanaf", "Start tot"]
ROW = ["17", "Inpakker", "9321", "Ovenhuis", "Mo-Fr 06:00-14:00", "2026-12-01", "2027-02-01"]


@pytest.fixture(autouse=True)
def oven(baker):
    """Where the bakery works."""
    return EstablishmentFactory(
        organisation=baker.organisation, name="Ovenhuis", number="2147812701"
    )


def changed(**cells):
    names = ["number", "title", "occupation", "place", "shifts", "start_from", "start_to"]
    return [cells.get(name, cell) for name, cell in zip(names, ROW, strict=True)]


def plan_of(user, *rows, header=HEADER):
    sheet = Sheet(header, list(enumerate(rows, 2)))
    mapping = mapped_by_name(header, TITLES, ALSO)
    return plan_import(sheet, mapping=mapping, employer=user.organisation, today=TODAY)


def apply(user, *rows):
    with acting(context_of(user)):
        plan = plan_of(user, *rows)
        done = apply_import(plan, employer=user.organisation, by=user, at=NOON, parameters=terms())
        return list(done.numbers)


def test_a_row_becomes_a_draft_of_the_own_organisation(baker, oven):
    (number,) = apply(baker, ROW)
    vacancy = Vacancy.objects.get(number=number)
    assert (vacancy.employer, vacancy.state) == (baker.organisation, VacancyState.DRAFT)
    assert (vacancy.shifts, float(vacancy.hours_per_week)) == ("Mo-Fr 06:00-14:00", 40.0)
    assert vacancy.establishment == oven
    assert vacancy.shift_kinds == "EARLY"
    assert vacancy.events.get().text == "uit een bestand"
    assert AuditEvent.objects.get().objects_seen == [number]


def test_the_same_file_twice_changes_nothing(baker):
    apply(baker, ROW)
    assert [row.outcome for row in plan_of(baker, ROW).rows] == [Outcome.SAME]
    assert apply(baker, ROW) == []
    assert AuditEvent.objects.count() == 1


def test_a_changed_row_changes_its_vacancy(baker):
    (number,) = apply(baker, ROW)
    assert apply(baker, changed(title="Inpakster")) == [number]
    vacancy = Vacancy.objects.get()
    assert (vacancy.title, "inpakster" in vacancy.search) == ("Inpakster", True)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"number": ""}, "source_id", "Is leeg"),
        ({"title": "x" * 121}, "title", "langer dan 120"),
        ({"title": "Bel 93.05.18-223.61"}, "title", "rijksregisternummer"),
        ({"occupation": "zwartkijker"}, "occupation", "Dit beroep kennen we niet"),
        ({"place": "Nergenshuis"}, "establishment", "kennen we niet. Je hebt Ovenhuis. Schrijf"),
        ({"place": "2.147.812.897"}, "establishment", "kennen we niet"),
        ({"shifts": "soms"}, "shifts", "soms"),
        ({"shifts": "Mo 08:00-08:30"}, "shifts", "0.5 uren"),
        ({"start_from": "31-02-2027"}, "start_from", "31-02-2027"),
        ({"start_to": "2026-01-01"}, "start_to", "vóór"),
    ],
)
def test_every_fault_is_told_in_its_place(baker, cells, column, said):
    (row,) = plan_of(baker, changed(**cells)).rows
    assert row.outcome is Outcome.REFUSED
    assert list(row.problems) == [column]
    assert said in row.problems[column]


@pytest.mark.parametrize(
    "cell", ["ovenhuis", "2147812701", "2.147.812.701", "Heusden", "71070-heusden"]
)
@pytest.mark.parametrize("column", ["Vestiging", "Dorp"])
def test_an_establishment_is_found_by_number_name_or_its_village(baker, oven, column, cell):
    header = [column if title == "Vestiging" else title for title in HEADER]
    (row,) = plan_of(baker, changed(place=cell), header=header).rows
    assert (row.problems, row.facts["establishment"]) == ({}, oven)


def test_a_village_with_two_establishments_is_not_enough(baker):
    EstablishmentFactory(organisation=baker.organisation)
    (row,) = plan_of(baker, changed(place="Heusden")).rows
    assert row.problems == {"establishment": "Dit kan meer dan één zijn. Schrijf het nummer."}


def test_a_file_leaves_the_seats_that_are_taken(baker):
    apply(baker, ROW)
    Vacancy.objects.update(seats=3, taken=2)
    (row,) = plan_of(baker, [*ROW, "1"], header=[*HEADER, "Plaatsen"]).rows
    assert (row.outcome, row.problems) == (
        Outcome.REFUSED, {"seats": "Er zijn al 2 plaatsen ingevuld."},
    )  # fmt: skip


def test_neither_a_foreign_nor_an_ended_establishment_is_found(baker):
    EstablishmentFactory(name="Overkant")
    EstablishmentFactory(organisation=baker.organisation, name="Vroeger", ended=True)
    rows = plan_of(baker, changed(place="Overkant"), changed(number="18", place="Vroeger")).rows
    assert [list(row.problems) for row in rows] == [["establishment"], ["establishment"]]


def test_sound_rows_go_in_and_only_the_wrong_ones_come_back(baker):
    plan = plan_of(baker, ROW, changed(number="18", place="Nergens"), changed(title="Weer 17"))
    assert [row.outcome for row in plan.rows] == [Outcome.NEW, Outcome.REFUSED, Outcome.REFUSED]
    wrong = wrong_rows(plan, TITLES)
    assert wrong.header == [*HEADER, "wat is er mis"]
    assert [(line, cells[-1].partition(":")[0]) for line, cells in wrong.rows] == [
        (3, "vestiging"),
        (4, "nummer"),
    ]


def test_a_missing_column_stops_the_file(baker):
    plan = plan_of(baker, ROW[:-1], header=HEADER[:-1])
    assert plan.problem == "Deze kolommen ontbreken: start tot."
    with acting(context_of(baker)), pytest.raises(VacancyError, match="start tot"):
        apply_import(plan, employer=baker.organisation, by=baker, at=NOON, parameters=terms())


def test_nobody_reads_in_for_another_organisation(baker, lamp_maker):
    plan = plan_of(lamp_maker, ROW)
    with acting(context_of(baker)), pytest.raises(VacancyError, match="eigen organisatie"):
        apply_import(plan, employer=lamp_maker.organisation, by=baker, at=NOON, parameters=terms())
    assert not Vacancy.objects.exists()


def test_numbers_that_are_drawn_twice_are_drawn_again(baker, monkeypatch):
    draw = Random(7)
    monkeypatch.setattr("koempel.desk.jobs.models.secrets.choice", lambda _: draw.choice("23"))

    first = apply(baker, *(changed(number=str(at)) for at in range(20)))
    others = apply(baker, *(changed(number=str(at)) for at in range(20, 40)))

    assert len({*first, *others}) == Vacancy.objects.count() == 40, "of sixty-four that there are"


def test_a_thousand_rows_are_written_many_at_a_time(baker, django_assert_max_num_queries):
    rows = [changed(number=str(number)) for number in range(1000)]
    with django_assert_max_num_queries(64):
        assert len(apply(baker, *rows)) == 1000


# ---- the three pages --------------------------------------------------------------------------


def csv_file(*rows):
    text = "\n".join(";".join(row) for row in (HEADER, *rows))
    return SimpleUploadedFile("vacatures.csv", text.encode())


def xlsx_file(*rows):
    book, file = Workbook(), BytesIO()
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("vacatures.xlsx", file.getvalue())


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_a_file_goes_through_its_three_pages(client, baker, make):
    client.force_login(baker)
    file = make(ROW, changed(number="18", place="Nergens"))
    check = client.post(reverse("jobs:import"), {"file": file}).headers["Location"]
    preview = client.get(check).content.decode()
    assert "Lees één vacature in" in preview
    assert "kennen we niet" in preview
    assert not Vacancy.objects.exists()
    done = client.post(check, follow=True).content.decode()
    assert "Eén vacature ingelezen." in done
    wrong = next(part for part in done.split('"') if part.endswith("/fout.csv"))
    assert b"Nergens" in b"".join(client.get(wrong).streaming_content)


def test_drafts_go_online_together(client, baker):
    client.force_login(baker)
    number, _ = apply(
        baker,
        changed(start_to="2099-01-01"),
        changed(number="18", start_from="2026-01-01", start_to="2026-01-02"),
    )
    numbers = [vacancy.number for vacancy in Vacancy.objects.all()]
    answer = client.post(reverse("jobs:list"), {"doe": "publish", "kies": numbers}, follow=True)
    assert "Eén vacature staat nu online. 1 niet" in answer.content.decode()
    assert Vacancy.objects.get(state=VacancyState.PUBLISHED).number == number
