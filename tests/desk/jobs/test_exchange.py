"""Vacancies go to other software and come back: nothing is lost, nothing half-written."""

import json
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.factories.jobs import TODAY, VacancyFactory
from desk.factories.partners import EstablishmentFactory
from desk.jobs.conftest import context_of
from desk.jobs.test_imports import HEADER, NOON, ROW, changed
from koempel.desk.common.context import acting, system
from koempel.desk.common.sheet_plans import Outcome, mapped_by_name
from koempel.desk.common.sheets import SheetError
from koempel.desk.jobs.actions import VacancyError
from koempel.desk.jobs.enums import LEVELS, LICENCES, MEASURE_WORDS, SKILL_WORDS, STRAINS
from koempel.desk.jobs.enums import VacancyState as State
from koempel.desk.jobs.exchange import vdab
from koempel.desk.jobs.exchange.files import WRITERS, read_vacancies
from koempel.desk.jobs.exchange.jobposting import listed, posting_of
from koempel.desk.jobs.exchange.rows import ALSO, COLUMNS, TITLES, said
from koempel.desk.jobs.imports import apply_import, plan_import, undo_import
from koempel.desk.jobs.models import Vacancy, VacancyEvent
from koempel.desk.jobs.terms import terms
from koempel.region.national_number import looks_like_insz
from koempel.region.rows import Contract

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
SAMPLE = HERE / "vdab_invented.json"
LATER = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def oven(baker):
    return EstablishmentFactory(
        organisation=baker.organisation, name="Ovenhuis", number="2147812701"
    )


def plan_of(user, sheet, **rest):
    mapping = mapped_by_name(sheet.header, TITLES, ALSO)
    employer = user.organisation
    return plan_import(sheet, mapping=mapping, employer=employer, today=TODAY, **rest)


def read(content, name="vacatures.json"):
    return read_vacancies(BytesIO(content), name)


def read_json(data):
    return read(json.dumps(data).encode())


def written(kind):
    file = BytesIO()
    rows = Vacancy.objects.select_related("employer", "occupation", "establishment__village")
    WRITERS[kind].write(file, rows.order_by("pk"))
    return file.getvalue()


def apply(user, plan, at=NOON):
    with acting(context_of(user)):
        return apply_import(plan, employer=user.organisation, by=user, at=at, parameters=terms())


def forget_all():
    with acting(system("test")):
        Vacancy.objects.all().delete()


def table(*rows):
    text = "\n".join(";".join(row) for row in (HEADER, *rows))
    return read(text.encode(), "vacatures.csv")


# ---- a round trip ------------------------------------------------------------------------------


def some(choices):
    return st.lists(st.sampled_from([code for code, _ in choices]), unique=True, max_size=3)


def words(most):
    sound = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=most)
    return sound.map(str.strip).filter(lambda text: not looks_like_insz(text))


WEEKS = (
    "Mo-Fr 06:00-14:00",
    "Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00",
    "Tu,Th 08:30-12:00,13:00-17:15",
    "Mo-Fr 22:00-06:00",
    "Sa-Su 07:00-19:00",
)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
LEVEL = st.sampled_from([level for level, _ in LEVELS])
FACTS = st.fixed_dictionaries(
    {
        "title": words(120).filter(lambda text: said(text) != ""),
        "description": words(400),
        "wage": words(120),
        "occupation_id": st.sampled_from(["9321", "9112", "5223"]),
        "seats": st.integers(1, 10_000),
        "span": st.tuples(DAYS, DAYS).map(sorted),
        "shifts": st.sampled_from(WEEKS),
        "hours_per_week": st.decimals(1, 60, places=2),
        "contract": st.sampled_from(Contract),
        "skills": some(SKILL_WORDS),
        "licences": some(LICENCES),
        "strains": some(STRAINS),
        "measures": some(MEASURE_WORDS),
        **{f"dutch_{skill}": LEVEL for skill in ("listening", "speaking", "reading", "writing")},
    }
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(facts=FACTS, source=st.sampled_from([("", ""), ("bestand", "17"), ("VDAB", "64-a.1")]))
def test_what_goes_out_comes_back_and_changes_nothing(baker, oven, facts, source):
    first, last = facts.pop("span")
    forget_all()
    VacancyFactory(
        employer=baker.organisation, establishment=oven, start_from=first, start_to=last,
        source=source[0], source_id=source[1], **facts,
    )  # fmt: skip
    for kind, writer in WRITERS.items():
        (row,) = plan_of(baker, read(written(kind), writer.file_name)).rows
        assert (kind, row.problems, row.outcome) == (kind, {}, Outcome.SAME)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_vacancy_without_its_number_comes_in_as_the_same_facts(baker, oven, kind):
    VacancyFactory(
        employer=baker.organisation, establishment=oven, source="elders", source_id="1",
        title="=Inpakker", description="Je stapelt <dozen>.\r\nJe telt & lacht.", wage="€ 15,20",
        shifts=WEEKS[1], hours_per_week=Decimal("36.5"), measures=["LDE"], licences=["B"],
        skills=["FORKLIFT"], strains=["NOISE"], dutch_reading="A2", contract="REPLACEMENT",
        draft=True,
    )  # fmt: skip
    content = written(kind)
    before = Vacancy.objects.values().get()
    forget_all()
    apply(baker, plan_of(baker, read(content, WRITERS[kind].file_name)))
    after = Vacancy.objects.values().get()
    other = {name for name in before if before[name] != after[name]}
    assert after["description"] == "Je stapelt <dozen>.\nJe telt & lacht."
    assert other == {"id", "number", "search", "changed_at", "description"}


def test_an_ended_establishment_stays_the_one_of_its_vacancy(baker):
    place = EstablishmentFactory(organisation=baker.organisation, ended=True, number="")
    VacancyFactory(employer=baker.organisation, establishment=place)
    (row,) = plan_of(baker, read(written("jsonld"))).rows
    assert (row.problems, row.outcome) == ({}, Outcome.SAME)


# ---- schema.org --------------------------------------------------------------------------------

TYPES = json.loads((HERE / "schema_org.json").read_text("utf-8"))["types"]
DATA_TYPES = {
    "Text": lambda value: isinstance(value, str),
    "URL": lambda value: isinstance(value, str) and value.startswith("https://"),
    "Date": lambda value: isinstance(value, str) and bool(date.fromisoformat(value)),
    "DateTime": lambda value: isinstance(value, str) and bool(datetime.fromisoformat(value)),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
}


def lineage(name):
    return {name}.union(*map(lineage, TYPES[name]["parents"])) if name in TYPES else {name}


def properties_of(name):
    found = dict(TYPES[name]["properties"])
    for parent in TYPES[name]["parents"]:
        found |= properties_of(parent)
    return found


def faults(node, where="$"):
    """What schema.org does not know in a node, with its place."""
    known = properties_of(node["@type"])
    for name, values in node.items():
        if name.startswith("@"):
            continue
        if name not in known:
            yield f"{where}.{name}: no property of {node['@type']}"
            continue
        for value in values if isinstance(values, list) else [values]:
            yield from _faults_of(value, known[name], f"{where}.{name}")


def _faults_of(value, expected, where):
    if isinstance(value, dict):
        # ListItem takes any Thing.
        if lineage(value["@type"]).isdisjoint(expected):
            yield f"{where}: {value['@type']} is none of {expected}"
        yield from faults(value, where)
    elif not any(_is(value, each) for each in expected if each in DATA_TYPES):
        yield f"{where}: {value!r} is none of {expected}"


def _is(value, data_type):
    try:
        return DATA_TYPES[data_type](value)
    except ValueError:
        return False


def test_the_judge_of_schema_org_sees_what_is_wrong():
    wrong = {
        "@type": "JobPosting", "additionalProperty": "x", "totalJobOpenings": "3",
        "jobLocation": {"@type": "Organization", "adress": "x"}, "datePosted": "gisteren",
    }  # fmt: skip
    assert [fault.partition(": ")[0] for fault in faults(wrong)] == [
        "$.additionalProperty", "$.totalJobOpenings", "$.jobLocation", "$.jobLocation.adress",
        "$.datePosted",
    ]  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(facts=FACTS)
def test_a_posting_has_only_what_schema_org_knows(baker, oven, facts):
    first, last = facts.pop("span")
    made = VacancyFactory(
        employer=baker.organisation, establishment=oven, start_from=first, start_to=last, **facts
    )
    assert list(faults(listed([posting_of(made)]))) == []


def test_a_posting_names_no_person(baker, oven):
    text = json.dumps(posting_of(VacancyFactory(employer=baker.organisation, establishment=oven)))
    assert baker.name not in text
    assert baker.email not in text


# ---- what others write -------------------------------------------------------------------------


def posting(**cells):
    return {
        "@context": "https://schema.org", "@type": "JobPosting", "identifier": "17",
        "title": "Inpakker", "occupationalCategory": "9321", "workHours": "Mo-Fr 06:00-14:00",
        "jobLocation": {"@type": "Place", "name": "Ovenhuis"},
        "jobStartDate": "2026-12-01/2027-02-01",
    } | cells  # fmt: skip


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, one]},
        lambda one: {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": one}]},
        lambda one: one | {"@type": ["Thing", "https://schema.org/JobPosting"]},
    ],
)
def test_a_posting_is_found_however_it_is_wrapped(baker, wrap):
    (row,) = plan_of(baker, read_json(wrap(posting()))).rows
    assert (row.problems, row.facts["source"], row.facts["source_id"]) == ({}, "JobPosting", "17")


@pytest.mark.parametrize(
    ("cells", "column", "said_"),
    [
        ({"title": ["a", "b"]}, "title", "Schrijf één tekst"),
        ({"title": {"@type": "Thing"}}, "title", "Schrijf één tekst"),
        ({"@type": None}, "title", "geen vacature"),
        ({"title": True}, "title", "Schrijf één tekst"),
        ({"title": "\ud800"}, "title", "leeg"),
        ({"identifier": None}, "source_id", "leeg"),
        ({"workHours": "soms"}, "shifts", "soms"),
        ({"workHours": ["Mo 08:00-12:00", "Tu 08:00-12:00"]}, "shifts", "meer dan één keer"),
        ({"jobStartDate": "2026-12-01"}, "start_to", "leeg"),
        ({"jobLocation": [{}, {}]}, "establishment", "per vestiging"),
        ({"jobLocation": {"name": "Nergens"}}, "establishment", "kennen we niet"),
        ({"skills": "teamspirit"}, "skills", "«teamspirit»"),
        ({"qualifications": "ingenieur"}, "licences", "«ingenieur»"),
        ({"physicalRequirement": "sterk"}, "strains", "«sterk»"),
        ({"eligibilityToWorkRequirement": "visum"}, "measures", "«visum»"),
        ({"employmentType": ["FIXED", "REPLACEMENT"]}, "contract", "Kies er één"),
        ({"totalJobOpenings": 0}, "seats", "minstens één"),
        ({"totalJobOpenings": 1e400}, "seats", "geen geheel getal"),
    ],
)
def test_every_fault_of_a_posting_is_told_in_its_place(baker, cells, column, said_):
    (row,) = plan_of(baker, read_json(posting(**cells))).rows
    assert row.outcome is Outcome.REFUSED
    assert said_ in row.problems[column]


def test_html_of_others_becomes_text(baker):
    html = "<p>Je bakt.</p><script>x</script><ul><li>Brood</li></ul>&euro; 5"
    (row,) = plan_of(baker, read_json(posting(description=html))).rows
    assert row.facts["description"] == "Je bakt.\nxBrood\n\n€ 5"


def test_a_file_that_is_nothing_of_ours_says_so():
    for content, told in [
        (b"{", "geen goede JSON. Het gaat mis op regel 1"),
        (b"[" * 100_000, "geen goede JSON"),
        (b'{"a": "\xff"}', "geen UTF-8"),
        (b'{"@type": "Recipe"}', "geen vacature"),
        (b'{"vacatures": []}', "geen vacature"),
    ]:
        with pytest.raises(SheetError, match=told):
            read(content)


def test_the_invented_sample_of_vdab_comes_in(baker):
    sheet = read(SAMPLE.read_bytes())
    first, second = plan_of(baker, sheet).rows
    assert (first.problems, first.facts["source"]) == ({}, "VDAB")
    assert (first.facts["title"], first.facts["licences"]) == ("Inpakker", ["B"])
    assert list(second.problems) == ["title", "start_to"]


def test_the_names_of_vdab_stand_in_one_module():
    names = {"urenPerWeek", "uurrooster", "iscoCode", "aantalPlaatsen"}
    source = Path(vdab.__file__).parents[2]
    found = {path for path in source.rglob("*.py") if names & set(path.read_text().split('"'))}
    assert found == {Path(vdab.__file__)}


# ---- what is gone from a file that has everything ----------------------------------------------


def states():
    return dict(Vacancy.objects.values_list("source_id", "state"))


@pytest.fixture
def delivered(baker):
    """Three vacancies of one source, the first of them online."""
    apply(baker, plan_of(baker, table(ROW, changed(number="18"), changed(number="19"))))
    Vacancy.objects.filter(source_id="17").update(
        state=State.PUBLISHED, publish_from=TODAY, publish_to=TODAY + timedelta(days=30)
    )


def test_what_a_full_file_no_longer_names_closes_and_what_it_names_again_opens(baker, delivered):
    VacancyFactory(employer=baker.organisation)
    plan = plan_of(baker, table(changed(number="19")), holds_all=True)
    assert sorted(each.source_id for each in plan.vanished) == ["17", "18"]
    apply(baker, plan)
    assert states() == {
        "17": State.CLOSED,
        "18": State.CLOSED,
        "19": State.DRAFT,
        "": State.PUBLISHED,
    }
    again = plan_of(baker, table(ROW, changed(number="18"), changed(number="19")), holds_all=True)
    assert len(again.back) == 2
    apply(baker, again, at=LATER)
    assert states() == {
        "17": State.PUBLISHED,
        "18": State.DRAFT,
        "19": State.DRAFT,
        "": State.PUBLISHED,
    }


def test_nothing_vanishes_unless_somebody_says_that_the_file_has_all(baker, delivered):
    plan = plan_of(baker, table(changed(number="19")))
    assert (plan.vanished, apply(baker, plan).numbers) == ((), ())


def test_nothing_vanishes_while_a_number_cannot_be_read(baker, delivered):
    plan = plan_of(baker, table(changed(number="19"), changed(number="?")), holds_all=True)
    assert plan.vanished == []


def test_another_source_and_another_employer_stay_as_they_are(baker, delivered):
    stranger = VacancyFactory(source="bestand", source_id="90")
    other = VacancyFactory(employer=baker.organisation, source="VDAB", source_id="91")
    gone = plan_of(baker, table(ROW), holds_all=True).vanished
    assert {stranger, other}.isdisjoint(gone)


def test_what_somebody_closed_by_hand_does_not_open_again(baker, delivered):
    Vacancy.objects.filter(source_id="17").update(state=State.CLOSED)
    assert plan_of(baker, table(ROW), holds_all=True).back == frozenset()


# ---- undo --------------------------------------------------------------------------------------


def snapshot():
    hidden = ("changed_at",)
    rows = Vacancy.objects.order_by("pk").values()
    return [{name: row[name] for name in row if name not in hidden} for row in rows]


def undo(user, done, at=LATER):
    taken = json.loads(json.dumps(done.taken, default=str))
    with acting(context_of(user)):
        return undo_import(taken, by=user, at=at)


def test_a_file_is_taken_back_whole(baker, delivered):
    before = snapshot()
    rows = table(changed(title="Bakker", number="18"), changed(number="20"), changed(number="19"))
    done = apply(baker, plan_of(baker, rows, holds_all=True), at=LATER)
    assert snapshot() != before
    assert undo(baker, done) == 0
    assert snapshot() == before


def test_what_was_touched_since_stays_and_is_counted(baker):
    done = apply(baker, plan_of(baker, table(ROW, changed(number="18"))))
    touched = Vacancy.objects.get(source_id="17")
    VacancyEvent.objects.create(vacancy=touched, at=LATER, kind="CHANGED")
    assert undo(baker, done) == 1
    assert Vacancy.objects.get() == touched


def test_nobody_takes_the_file_of_another_organisation_back(baker, lamp_maker):
    done = apply(baker, plan_of(baker, table(ROW)))
    with pytest.raises(VacancyError, match="eigen organisatie"):
        undo(lamp_maker, done)


def test_two_who_bring_the_same_file_at_once_do_not_both_win(baker):
    first, second = plan_of(baker, table(ROW)), plan_of(baker, table(ROW))
    apply(baker, first)
    with pytest.raises(VacancyError, match="net dezelfde"):
        apply(baker, second)
    assert Vacancy.objects.count() == 1


# ---- ten thousand broken rows ------------------------------------------------------------------

BREAKERS = {
    "source": "x" * 41,
    "source_id": "geen nummer",
    "title": "x" * 121,
    "occupation": "zwartkijker",
    "establishment": "Nergens",
    "shifts": "soms",
    "start_from": "31/02/2027",
    "start_to": "morgen",
    "seats": "0",
    "hours_per_week": "99",
    "contract": "voor altijd",
    "dutch_listening": "goed",
    "dutch_speaking": "goed",
    "dutch_reading": "goed",
    "dutch_writing": "goed",
    "skills": "kan alles",
    "licences": "groot rijbewijs",
    "strains": "ZWAAR",
    "measures": "IEDEREEN",
    "description": "x" * 2_001,
    "wage": "x" * 121,
}
"""One value per column that can never be right."""

MUTATED = 10_000


def mutated_rows(draw):
    """Rows of which every second one has one broken cell, with the column that is broken."""
    assert BREAKERS.keys() == COLUMNS.keys()
    sound = dict(zip(("source_id", "title", "occupation", "establishment", "shifts", "start_from",
                      "start_to"), ROW, strict=True))  # fmt: skip
    for number in range(MUTATED):
        row = sound | {"source_id": f"m{number}"}
        column = draw.choice([*BREAKERS]) if number % 2 else ""
        if column:
            row[column] = BREAKERS[column]
        yield row, column


def test_of_ten_thousand_rows_each_broken_one_is_told_and_nothing_is_half_written(
    baker, monkeypatch
):
    rows = list(mutated_rows(random.Random(4)))
    lines = [
        [TITLES[name] for name in COLUMNS],
        *([row.get(name, "") for name in COLUMNS] for row, _ in rows),
    ]
    plan = plan_of(baker, read("\n".join(map(";".join, lines)).encode(), "vacatures.csv"))
    told = [(row.outcome is Outcome.REFUSED, *row.problems) for row in plan.rows]
    assert told == [(True, column) if column else (False,) for _, column in rows]

    def fail(*args, **rest):
        raise OSError("de schijf is vol")

    with monkeypatch.context() as patch:
        patch.setattr("koempel.desk.jobs.imports.audit.record", fail)
        with pytest.raises(OSError, match="vol"):
            apply(baker, plan)
    assert (Vacancy.objects.count(), VacancyEvent.objects.count()) == (0, 0)
    assert len(apply(baker, plan).numbers) == MUTATED // 2
    assert set(states()) == {row["source_id"] for row, column in rows if not column}


def _only(wrapped):
    return wrapped[0] if isinstance(wrapped, list) else wrapped


SIGNS = '{}[]",:;|\\ \n\r\t\0=<>⏎é0a'


def test_ten_thousand_postings_with_any_value_anywhere_are_told_or_sound(baker):
    draw = random.Random(5)
    odd = (None, True, -1, 1e400, "", "x" * 3_000, [], {}, [[]], {"@value": 3}, "\ud800", "\0")
    postings = []
    for number in range(MUTATED):
        one = posting(identifier=f"p{number}")
        name = draw.choice([*one, "skills", "qualifications", "baseSalary", "description"])
        one[name] = draw.choice((*odd, "".join(draw.choices(SIGNS, k=5))))
        postings.append(one if draw.random() < 0.9 else [one])
    rows = plan_of(baker, read_json(postings)).rows
    refused = [row for row in rows if row.outcome is Outcome.REFUSED]
    # Another "@type" is another thing than a vacancy.
    others = [one for one in map(_only, postings) if isinstance(one["@type"], str)]
    assert len(rows) == MUTATED - sum(one["@type"] != "JobPosting" for one in others)
    assert all(row.problems for row in refused)
    done = apply(baker, plan_of(baker, read_json(postings)))
    assert len(done.numbers) == len(rows) - len(refused)


# ---- the pages ---------------------------------------------------------------------------------


def test_a_full_file_goes_through_its_pages_and_back(client, baker, delivered):
    client.force_login(baker)
    data = json.dumps(posting(identifier={"name": "bestand", "value": "19"})).encode()
    file = SimpleUploadedFile("alles.jsonld", data)
    check = client.post(reverse("jobs:import"), {"file": file}).headers["Location"]
    assert "Sluit" not in client.get(check).content.decode()
    page = client.get(f"{check}?alles=on").content.decode()
    assert "Sluit 2 vacatures" in page
    done = client.post(f"{check}?alles=on", follow=True).content.decode()
    assert "gesloten" in done
    undo_url = next(part for part in done.split('"') if part.endswith("/terug/"))
    answer = client.post(undo_url, follow=True).content.decode()
    assert "Het bestand is teruggenomen." in answer
    assert set(states().values()) == {State.PUBLISHED, State.DRAFT}


def test_each_kind_of_file_can_be_had_with_the_own_vacancies_only(client, baker, oven):
    VacancyFactory(employer=baker.organisation, establishment=oven, title="Eigen werk")
    VacancyFactory(title="Werk van een ander")
    client.force_login(baker)
    page = client.get(reverse("jobs:export")).content.decode()
    for kind in WRITERS:
        url = reverse("jobs:export-file", kwargs={"suffix": kind})
        content = client.get(url).getvalue().decode()
        assert (url in page, "Eigen werk" in content, "van een ander" in content) == (
            True, True, False,
        )  # fmt: skip
    assert client.get(reverse("jobs:export-file", kwargs={"suffix": "doc"})).status_code == 404
