"""The pages about people, through the real doors."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from desk.cast import make_cast
from desk.factories.accounts import AccessGrantFactory, UserFactory
from desk.factories.people import (
    TODAY,
    ChildFactory,
    ConfidentialNoteFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
    VillageFactory,
)
from desk.people.test_imports import GOOD, HEADER, OTHER
from koempel.desk.accounts.models import AccessGrant, BreakGlass
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person, TimelineEntry, Tombstone

pytestmark = pytest.mark.django_db
ABSENT = "K-2222"


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(bram):
    return client_of(bram)


@pytest.fixture
def full(yara):
    with acting(system("proef")):
        ChildFactory(person=yara, in_care=True)
        SupportRightFactory(person=yara)
        PersonObstacleFactory(person=yara)
        TimelineEntryFactory(person=yara)
        ConfidentialNoteFactory(person=yara)
    return yara


def url(person, rest=""):
    return f"/mensen/{person.pk}/{rest}"


def text(answer):
    return answer.content.decode()


def test_an_bart_and_chris_before_the_case(full):
    cast = make_cast(full.pk)
    answers = [client_of(user).get(url(full)).status_code for user in (cast.an, cast.bart)]
    chris = client_of(cast.chris)
    foreign, absent = chris.get(url(full)), chris.get(f"/mensen/{ABSENT}/")
    assert answers == [403, 200]
    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)
    assert foreign.status_code == 404


@pytest.mark.parametrize(
    "rest",
    [
        "bewerken/", "stap/", "notitie/", "kind/", "recht/", "drempel/", "vertrouwelijk/",
        "inzage/", "wie-keek/", "alles/", "alles.json", "wissen/",
    ],
)  # fmt: skip
def test_pages_of_a_foreign_case_answer_like_an_absent_one(full, rest):
    colleague = client_of(UserFactory(role=Role.CASEWORKER, organisation=full.organisation))
    foreign, absent = colleague.get(url(full, rest)), colleague.get(f"/mensen/{ABSENT}/{rest}")
    assert (foreign.status_code, foreign.content) == (404, absent.content)


def test_caseworker_reads_the_case_and_leaves_one_event(client, full):
    page = text(client.get(url(full)))
    told = ("Yara Lampenier", "Lio, 14 maanden", "Collectief maatwerk", "De rit duurt 46 minuten.")
    assert [each for each in told if each not in page] == []
    event = AuditEvent.objects.get(verb="people:file")
    assert (event.objects_seen, event.classes) == ([full.pk], ["K2", "K3", "K4", "K5", "K6"])
    assert "Iets dat alleen" not in page


def test_director_gets_rows_without_any_name(full):
    an = make_cast().an
    page = text(client_of(an).get("/mensen/zonder-naam/"))
    secrets = ("Yara", "Lampenier", full.phone, full.email, "Lio", "46 minuten", "Kolenberg")
    assert [each for each in secrets if each in page] == []
    assert full.pk in page
    assert "Elektrische fiets" in page


@pytest.mark.parametrize("word", ["Yara", "lampenier", "0470"])
def test_director_cannot_search_by_what_is_hidden(full, word):
    page = text(client_of(make_cast().an).get(f"/mensen/zonder-naam/?zoek={word}"))
    assert full.pk not in page


@pytest.mark.parametrize("query", ["gemeente=79999", "zoek="])
def test_shielded_person_is_found_by_no_municipality(yara, query):
    with acting(system("proef")):
        shielded = PersonFactory(shielded=True)
    page = text(client_of(make_cast().an).get(f"/mensen/zonder-naam/?{query}"))
    assert (yara.pk in page, shielded.pk in page) == (True, query == "zoek=")


@pytest.fixture
def asks(django_assert_num_queries):
    """Counts questions; on PostgreSQL each request opens and closes a savepoint besides."""
    around = 2 * connection.settings_dict["ATOMIC_REQUESTS"]
    return lambda number: django_assert_num_queries(number + around)


def some_people(bram, number):
    with acting(system("proef")):
        for _ in range(number):
            person = PersonFactory(caseworker=bram, due=True)
            PersonObstacleFactory(person=person)


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("address", "queries"), [("/mensen/", 16), ("/mensen/bestand.csv", 14)])
def test_list_asks_a_fixed_number_of_questions(client, bram, asks, address, queries, number):
    some_people(bram, number)
    with asks(queries):
        client.get(address).close()


@pytest.mark.parametrize("number", [1, 30])
def test_rows_without_names_ask_a_fixed_number_of_questions(bram, asks, number):
    some_people(bram, number)
    client = client_of(make_cast().an)
    with asks(16):
        client.get("/mensen/zonder-naam/")


def test_child_gets_the_days_between_which_a_regular_place_is_expected(client, yara):
    form = {"first_name": "Lio", "birth_month": "2025-09", "care": "NONE"}
    days = {"regular_from": "2027-02-01", "regular_earliest": "2027-03-01"}
    new = url(yara, "kind/")

    refused = client.post(new, {**form, **days, "regular_latest": "2027-02-01"})
    half = client.post(new, {**form, **days})
    client.post(new, {**form, **days, "regular_latest": "2027-04-15"})

    page = client.get(url(yara)).content.decode()
    assert (refused.status_code, half.status_code) == (422, 422)
    assert "Gewone plaats verwacht tussen 1 maart 2027 en 15 april 2027" in page


@pytest.mark.parametrize("number", [1, 30])
def test_case_asks_a_fixed_number_of_questions(client, yara, asks, number):
    with acting(system("proef")):
        for _ in range(number):
            ChildFactory(person=yara)
            TimelineEntryFactory(person=yara)
    with asks(28):
        client.get(url(yara))


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("zoek=yara+lamp", True),
        ("zoek=milo", False),
        ("stap=nu", False),
        ("stap=geen", True),
        ("drempel=vervoer", False),
        ("drempel=MOBILITY_DISTANCE", True),
        ("gemeente=79999", True),
        ("status=CLOSED", False),
    ],
)
def test_list_filters(client, full, query, is_found):
    assert ("Yara Lampenier" in text(client.get(f"/mensen/?{query}"))) == is_found


def test_what_is_due_stands_on_top(client, bram, yara):
    with acting(system("proef")):
        PersonFactory(caseworker=bram, first_name="Milo", due=True)
    page = text(client.get("/mensen/"))
    assert page.index("Milo") < page.index("Yara")


def register(client, **other):
    VillageFactory()
    answers = {
        "first_name": "Yara", "last_name": "Lampenier", "village": "kolenberg",
        "cycling": "YES", "away": "ma-vr 6-19", "hours_min": 19, "hours_max": 38,
        "available_from": "2027-01-04", "registered_on": "2026-11-23",
        "wants": ["Lader en losser", "winkel en verkoop"],
        "dutch_listening": "A2", "dutch_speaking": "A2", "dutch_reading": "A1",
        "dutch_writing": "A1",
    }  # fmt: skip
    return client.post("/mensen/nieuw/", answers | other)


def test_registering_opens_the_case(client, bram):
    answer = register(client)
    with acting(system("proef")):
        person = Person.objects.get()
    assert (answer.status_code, answer.url) == (302, url(person))
    assert (person.away, person.wants, person.lon) == ("Mo-Fr 06:00-19:00", ["9333", "52"], 5.28)


def test_registering_warns_once_for_a_case_that_looks_the_same(client, yara):
    warned = register(client)
    assert (warned.status_code, yara.pk in text(warned)) == (422, True)
    assert register(client, is_another="on").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"away": "ooit"}, "Deze uren kunnen we niet lezen"),
        ({"hours_min": 40}, "Dit is minder dan het minste aantal uren"),
        ({"first_name": "85.07.30-033.28"}, "rijksregisternummer"),
        ({"wants": ["zwartkijker"]}, "We kennen geen beroep «zwartkijker»"),
        ({"village": ""}, "Maak een keuze."),
    ],
)
def test_registering_says_what_is_wrong_and_keeps_what_was_typed(client, bram, wrong, told):
    answer = register(client, **wrong)
    assert (answer.status_code, told in text(answer)) == (422, True)
    assert 'value="Lampenier"' in text(answer)


def test_typed_hours_are_said_in_words(client, bram):
    answer = client.get("/mensen/uren/", {"away": "ma-vr 6-14"})
    assert text(answer) == "maandag tot vrijdag van 6 tot 14 uur"


def test_editing_leaves_a_line_with_what_changed(client, yara):
    form = client.get(url(yara, "bewerken/")).context["form"]
    answers = {name: form[name].value() for name in form.fields}
    answers = {name: value for name, value in answers.items() if value not in (None, False)}
    answer = client.post(url(yara, "bewerken/"), answers | {"phone": "0470 99 99 99"})
    assert answer.status_code == 302
    with acting(system("proef")):
        assert TimelineEntry.objects.get().text == "telefoon"


def test_note_comes_with_a_button_that_takes_it_back(client, yara):
    client.post(url(yara, "notitie/"), {"title": "Gesprek"})
    with acting(system("proef")):
        undo = url(yara, f"notitie/{TimelineEntry.objects.get().pk}/terug/")
    assert undo in text(client.get(url(yara)))
    client.post(undo)
    with acting(system("proef")):
        assert not TimelineEntry.objects.exists()


def test_next_step_is_agreed_and_ticked_off(client, yara):
    client.post(url(yara, "stap/"), {"what": "Bel over de fiets", "due": TODAY.isoformat()})
    assert "Rond de stap af" in text(client.get(url(yara)))
    client.post(url(yara, "stap/klaar/"))
    assert "Kies een volgende stap" in text(client.get(url(yara)))


def test_status_changes_by_a_button_of_the_table(client, yara):
    client.post(url(yara), {"doe": "PAUSED"})
    client.post(url(yara), {"doe": "PLACED"})
    with acting(system("proef")):
        assert Person.objects.get().status == CaseStatus.PAUSED


@pytest.mark.parametrize(
    ("rest", "answers", "shown"),
    [
        ("kind/", {"birth_month": "2025-09", "care": "NONE"}, "Nog geen opvang"),
        (
            "recht/",
            {"measure": "ARTICLE_60", "granted_by": "OCMW", "granted_on": "2026-11-01",
             "state": "REQUESTED"},
            "aangevraagd",
        ),
        (
            "drempel/",
            {"kind": "LANGUAGE", "evidence": "Vroeg een tolk.", "since": "2026-11-01"},
            "Vroeg een tolk.",
        ),
    ],
)  # fmt: skip
def test_what_is_written_down_stands_in_the_case(client, yara, rest, answers, shown):
    assert client.post(url(yara, rest), answers).status_code == 302
    assert shown in text(client.get(url(yara)))


def test_same_obstacle_twice_is_refused_in_words(client, full):
    answers = {"kind": "MOBILITY_DISTANCE", "evidence": "Weer", "since": "2026-11-01"}
    answer = client.post(url(full, "drempel/"), answers)
    assert (answer.status_code, "Deze drempel staat er al." in text(answer)) == (422, True)


def test_child_in_care_needs_a_place(client, yara):
    answers = {"birth_month": "2025-09", "care": "CHILDCARE"}
    assert client.post(url(yara, "kind/"), answers).status_code == 422
    answers["care_place"] = "kolenberg"
    assert client.post(url(yara, "kind/"), answers).status_code == 302


def test_reading_the_confidential_part_stands_in_the_trail(client, full):
    assert "Iets dat alleen" in text(client.get(url(full, "vertrouwelijk/")))
    event = AuditEvent.objects.get(verb="people:confidential")
    assert (event.purpose, event.classes) == ("vertrouwelijk deel", ["K3", "K6"])


def test_grant_opens_the_case_until_it_is_withdrawn(client, full):
    bart = make_cast().bart
    partner = client_of(bart)
    answers = {
        "to": bart.organisation_id, "purpose": "toeleiding", "classes": ["K3"],
        "basis": "PROTOCOL", "evidence": "Protocol 1", "until": "2026-12-31",
    }  # fmt: skip
    assert client.post(url(full, "inzage/"), answers).status_code == 302
    assert partner.get(url(full)).status_code == 200
    client.post(url(full, f"inzage/{AccessGrant.objects.get().pk}/intrekken/"))
    assert partner.get(url(full)).status_code == 404


def test_grant_of_another_case_cannot_be_withdrawn_here(client, full):
    make_cast("K-3333")
    client.post(url(full, f"inzage/{AccessGrant.objects.get().pk}/intrekken/"))
    assert AccessGrant.objects.get().withdrawn_at is None


def test_emergency_access_opens_a_case_of_the_own_office_for_an_hour(full):
    colleague = UserFactory(role=Role.CASEWORKER, organisation=full.organisation)
    answers = {"case_number": full.pk[2:].lower(), "reason": "Crisisopvang belt."}
    answer = client_of(colleague).post("/mensen/noodtoegang/", answers)
    assert (answer.status_code, answer.url) == (302, url(full))
    assert client_of(colleague).get(url(full)).status_code == 200
    assert BreakGlass.objects.get().user == colleague


def test_emergency_access_refuses_a_national_number_in_the_reason(full):
    colleague = UserFactory(role=Role.CASEWORKER, organisation=full.organisation)
    answers = {"case_number": full.pk, "reason": "Het gaat om 85.07.30-033.28."}
    answer = client_of(colleague).post("/mensen/noodtoegang/", answers)
    assert (answer.status_code, BreakGlass.objects.exists()) == (422, False)


def test_emergency_access_tells_nothing_of_foreign_cases(full):
    stranger = client_of(UserFactory(role=Role.CASEWORKER))
    answers = [
        stranger.post("/mensen/noodtoegang/", {"case_number": number, "reason": "Ik zoek."})
        for number in (full.pk, ABSENT)
    ]
    said = [
        text(each).replace(number, "")
        for each, number in zip(answers, (full.pk, ABSENT), strict=True)
    ]
    assert said[0].count("Dit dossier is er niet") == said[1].count("Dit dossier is er niet") > 0
    assert not BreakGlass.objects.exists()


def test_access_log_names_organisations_and_no_employees(client, full):
    client.get(url(full))
    page = text(client.get(url(full, "wie-keek/")))
    table = page[page.index("<table") :]
    assert (str(full.organisation) in table, "Bram" in table) == (True, False)


def test_everything_comes_as_a_page_and_as_a_file(client, full):
    assert "Iets dat alleen" in text(client.get(url(full, "alles/")))
    data = json.loads(client.get(url(full, "alles.json")).content)
    assert (data["Person"][0]["last_name"], len(data["ConfidentialNote"])) == ("Lampenier", 1)


def test_export_asks_to_confirm_again_outside_the_demonstration(client, full, settings):
    settings.DEMO = False
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    for rest in ("alles/", "alles.json", "wissen/"):
        assert client.get(url(full, rest)).url.startswith("/aanmelden/bevestig/")


def test_erasing_needs_the_number_typed_over(client, full):
    assert client.post(url(full, "wissen/"), {"case_number": ABSENT}).status_code == 422
    assert client.post(url(full, "wissen/"), {"case_number": full.pk}).status_code == 302
    assert Tombstone.objects.get().pk == full.pk
    assert client.get(url(full)).status_code == 404


def hand_in(client, *lines):
    VillageFactory()
    content = "\n".join([HEADER, *lines]).encode()
    file = SimpleUploadedFile("mensen.csv", content)
    return client.post("/mensen/inlezen/", {"file": file}).url


def test_import_goes_in_three_steps(client, bram):
    check = hand_in(client, GOOD, OTHER.replace("kolenberg", "Nergens"))
    page = text(client.get(check))
    assert ("Dit dorp kennen we niet" in page, "Lees één mens in" in page) == (True, True)
    with acting(system("proef")):
        assert not Person.objects.exists()
    client.post(check)
    with acting(system("proef")):
        assert Person.objects.get().first_name == "Milo"
    done = client.get(check)
    wrong = done.context["links"][1].url
    lines = b"".join(client.get(wrong)).decode("utf-8-sig").splitlines()
    assert (len(lines), "Zohra" in lines[1], "Nergens" in lines[1]) == (2, True, True)


def test_wrong_rows_are_only_for_who_brought_them(client, bram):
    check = hand_in(client, OTHER.replace("kolenberg", "Nergens"), GOOD)
    client.post(check)
    wrong = client.get(check).context["links"][1].url
    other = client_of(UserFactory(role=Role.SOCIAL_WORKER, organisation=bram.organisation))
    assert other.get(wrong).status_code == 404


def test_file_that_is_no_longer_kept_leads_back_to_the_start(client, bram):
    answer = client.get(f"/mensen/inlezen/{'x' * 32}/")
    assert (answer.status_code, answer.url) == (302, "/mensen/inlezen/")


def test_file_that_cannot_be_read_in_says_so_again(client, bram):
    file = SimpleUploadedFile("mensen.csv", b"voornaam;achternaam\nYara;Lampenier\n")
    check = client.post("/mensen/inlezen/", {"file": file}).url
    said = text(client.post(check, follow=True))
    assert said.count("Deze kolommen ontbreken: nummer") == 2


def test_columns_with_other_names_can_be_pointed_out(client, bram):
    VillageFactory()
    content = "\n".join([HEADER.replace("voornaam", "roepnaam"), GOOD]).encode()
    file = SimpleUploadedFile("mensen.csv", content)
    check = client.post("/mensen/inlezen/", {"file": file}).url
    assert "Deze kolommen ontbreken: voornaam." in text(client.get(check))
    assert "Lees één mens in" in text(client.get(f"{check}?first_name=1"))


# ---- what the pages say -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "told"),
    [(-1, "Volgende stap te laat"), (0, "Volgende stap vandaag"), (3, "Volgende stap tegen ")],
)
def test_head_says_that_its_status_is_about_the_next_step(client, yara, days, told):
    due = timezone.localdate() + timedelta(days=days)
    with acting(system("proef")):
        Person.objects.update(next_step="Bel over de fiets", next_step_on=due)
    assert told in text(client.get(url(yara)))


def test_timeline_says_who_did_it_as_the_reader_knows_them(client, bram, yara):
    near = UserFactory(name="Mira Mijnlamp", organisation=bram.organisation)
    far = UserFactory(name="Bart Wegwijzer")
    with acting(system("proef")):
        for user in (bram, near, far):
            TimelineEntryFactory(person=yara, title="Gebeld", by=user)
    events = client.get(url(yara)).context["timeline"]
    assert [event.text for event in events] == [
        f"Door Bart Wegwijzer, {far.organisation}",
        "Door Mira Mijnlamp",
        "Door jou",
    ]


def test_who_may_look_is_told_with_what_they_see(client, bram, yara):
    AccessGrantFactory(
        person=yara.pk, given_by=bram, purpose="toeleiding", classes=["K2", "K3", "K5"],
        valid_until=timezone.make_aware(datetime(2099, 5, 12, 10)),  # noqa: DTZ001
    )  # fmt: skip
    (onlooker,) = client.get(url(yara)).context["shared"]
    assert onlooker.text == "naam en contact, gezin en kinderen, voor toeleiding, tot 12 mei 2099"


def test_evidence_is_a_sentence_of_its_own(client, yara):
    with acting(system("proef")):
        PersonObstacleFactory(person=yara, evidence="staat op de wachtlijst")
    assert "Staat op de wachtlijst. Sinds 3 november 2026." in text(client.get(url(yara)))


def test_log_counts_the_same_looks_of_a_day_together(client, yara):
    for _ in range(3):
        client.get(url(yara))
    lines = client.get(url(yara, "wie-keek/")).context["lines"]
    assert [(line.on, line.purpose, line.count) for line in lines] == [
        (timezone.localdate(), "begeleiding", "3 keer")
    ]


def test_everything_says_work_and_months_in_words(client, yara):
    with acting(system("proef")):
        ChildFactory(person=yara)
    page = text(client.get(url(yara, "alles/")))
    assert [word in page for word in ("Lader en losser", "september 2025", "9333")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("form", ["kind/", "recht/", "drempel/"])
def test_empty_choice_says_what_to_do(client, yara, form):
    page = text(client.get(url(yara, form)))
    assert ("---------" in page, ">Kies</option>" in page) == (False, True)


def test_preview_shows_the_columns_with_a_fault_beside_what_tells_rows_apart(client, bram):
    check = hand_in(client, GOOD.replace("Mo-Fr 06:00-19:00", "ooit"), OTHER)
    preview = client.get(check).context["preview"]
    assert preview.heads == ["Nummer", "Voornaam", "Achternaam", "Uren van huis"]
    assert [(row.line, row.is_faulty) for row in preview.rows] == [(2, True), (3, False)]


def test_preview_without_a_fault_shows_every_column(client, bram):
    preview = client.get(hand_in(client, GOOD)).context["preview"]
    assert (len(preview.heads), preview.must_choose) == (len(HEADER.split(";")), False)


def test_whole_hours_are_shown_without_a_decimal(client, yara):
    page = text(client.get(url(yara, "bewerken/")))
    assert ('value="30"' in page, 'value="38"' in page, "30.0" in page) == (True, True, False)


def test_who_looks_by_a_grant_is_not_told_that_nobody_else_looks(yara, client):
    told = "Alleen wie dit dossier begeleidt."
    assert told in text(client.get(url(yara)))
    cast = make_cast(yara.pk)
    page = text(client_of(cast.bart).get(url(yara)))
    assert (yara.pk in page, told in page, "Wie kan meekijken?" in page) == (True, False, False)


def test_who_can_learn_to_cycle_is_told_in_a_sentence(client, yara):
    with acting(system("proef")):
        Person.objects.update(cycling="LEARN", modes=[])
    told = "Geen eigen vervoer, kan leren fietsen, hoogstens 40 minuten"
    assert told in text(client.get(url(yara)))
