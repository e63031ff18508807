"""The list page: search, filters, sorting, pages, bulk actions, files."""

import csv
import io
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desk.web.demo import frame
from desk.web.demo.models import Place, Rider
from koempel.desk.web.pages.exports import EXPORTERS, harmless

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
HTMX = {"HX-Request": "true"}
# Control characters have no place in a workbook; the database refuses them earlier.
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from(
    "=+-@\t\r\n ＝"
)


def codes(response) -> list[str]:
    return [line.key for line in response.context["list"].lines]


def counted(response) -> str:
    listing = response.context["list"]
    return ", ".join(part for part in (listing.count, listing.hidden_by) if part)


def test_list_shows_rows_in_their_natural_order(client, riders):
    riders(3)

    response = client.get("/mensen/")

    assert codes(response) == ["K-0000", "K-0001", "K-0002"]
    assert counted(response) == "3 mensen"


@pytest.mark.parametrize(
    ("query", "found", "words"),
    [
        ("zoek=k-0002", ["K-0002"], "één mens, 3 verborgen door het zoekwoord"),
        ("zoek=rijder+0003", ["K-0003"], "één mens, 3 verborgen door het zoekwoord"),
        ("gemeente=71004", ["K-0000", "K-0002"], "2 mensen, 2 verborgen door de filter"),
        ("fiets=ja", ["K-0003"], "één mens, 3 verborgen door de filter"),
        ("fiets=nee&gemeente=71070", ["K-0001"], "één mens, 3 verborgen door de filters"),
        ("vanaf=2027-03-01", ["K-0002"], "één mens, 3 verborgen door de filter"),
        (
            "zoek=0002&fiets=nee",
            ["K-0002"],
            "één mens, 3 verborgen door zoekwoord en filters",
        ),
        ("zoek=%25", [], "0 mensen, 4 verborgen door het zoekwoord"),
    ],
)
def test_search_and_filters_narrow_and_say_so(client, riders, query, found, words):
    riders(4)

    response = client.get(f"/mensen/?{query}")

    assert codes(response) == found
    assert counted(response) == words


@pytest.mark.parametrize(
    "query",
    ["gemeente=99999", "fiets=misschien", "vanaf=gisteren", "blad=-1", "blad=9999999999",
     "sorteer=has_bike", "sorteer=--naam", f"zoek={'x' * 81}", "zoek=%00", "blad=abc"],
)  # fmt: skip
def test_values_that_cannot_be_right_are_left_out(client, riders, query):
    riders(2)

    response = client.get(f"/mensen/?{query}")

    assert response.status_code == 200
    assert codes(response) == ["K-0000", "K-0001"]


def test_faulty_filter_says_so_beside_its_field(client):
    page = client.get("/mensen/?vanaf=gisteren").content.decode()

    field = page.partition('id="id_vanaf"')
    assert 'aria-invalid="true"' in field[0][-200:]
    assert '<ul class="errorlist" id="id_vanaf_error">' in field[2][:200]


def test_list_sorts_both_ways_and_ties_by_key(client, riders):
    riders(4, minutes=5)

    up = client.get("/mensen/?sorteer=gemeente")
    down = client.get("/mensen/?sorteer=-gemeente")

    assert codes(up) == ["K-0000", "K-0002", "K-0001", "K-0003"]
    assert codes(down) == ["K-0001", "K-0003", "K-0000", "K-0002"]
    heading = list(down.context["list"].headings)[1]
    assert (heading.direction, heading.url) == ("descending", "/mensen/?sorteer=gemeente")


def test_pages_hold_thirty_and_keep_what_was_asked(client, riders):
    riders(70, place=Place.BERINGEN)

    second = client.get("/mensen/?gemeente=71004&blad=2&sorteer=naam")
    beyond = client.get("/mensen/?blad=99")

    assert codes(second) == [f"K-{number:04}" for number in range(30, 60)]
    assert second.context["list"].next_url == "/mensen/?gemeente=71004&sorteer=naam&blad=3"
    assert codes(beyond) == [f"K-{number:04}" for number in range(60, 70)]


def test_htmx_gets_the_rows_alone_and_a_clean_address(client, riders):
    riders(2)

    part = client.get("/mensen/?zoek=0001&gemeente=&fiets=", headers=HTMX)
    back = client.get("/mensen/", headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert part.content.decode().strip().startswith('<div id="rows">')
    assert part["HX-Replace-Url"] == "/mensen/?zoek=0001"
    assert 'hx-swap-oob="innerHTML:#count"' in part.content.decode()
    assert "HX-Request" in part["Vary"]
    assert back.content.decode().startswith("<!doctype html>")


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("query", "queries"), [("", 2), ("?fiets=nee&zoek=rijder", 3)])
def test_queries_do_not_grow_with_rows(
    client, riders, django_assert_num_queries, rows, query, queries
):
    riders(rows, has_bike=False)

    with django_assert_num_queries(queries):
        client.get(f"/mensen/{query}")


def test_nothing_yet_shows_the_first_step_and_nothing_found_shows_the_way_back(client, riders):
    empty = client.get("/mensen/").content.decode()
    riders(1)
    nothing = client.get("/mensen/?zoek=niemand").content.decode()

    assert "Hier is nog niets" in empty
    assert empty.count('href="/mensen/nieuw/"') == 2
    assert "Niets gevonden" in nothing
    assert '<a class="btn-l" href="/mensen/">Wis de filters</a>' in nothing


def test_bulk_action_changes_the_chosen_rows_and_offers_undo(client, riders):
    riders(3, has_bike=False)

    response = client.post("/mensen/?sorteer=naam", {"kies": ["K-0000", "K-0002"], "doe": "fiets"})
    after = client.get("/mensen/").content.decode()

    assert response.url == "/mensen/?sorteer=naam"
    assert list(Rider.objects.values_list("has_bike", flat=True)) == [True, False, True]
    assert "2 fietsen toegewezen." in after
    assert 'action="/mensen/terug/"' in after


@pytest.mark.parametrize(
    "data",
    [
        {"doe": "fiets"},
        {"kies": "K-0000", "doe": "wis"},
        {"kies": ["K-0000", "K-9999"], "doe": "fiets"},
    ],
)
def test_bulk_action_refuses_what_it_does_not_know(client, riders, data):
    riders(1, has_bike=False)

    response = client.post("/mensen/", data)

    assert not Rider.objects.get().has_bike
    assert [str(note) for note in get_messages(response.wsgi_request)] == [
        "Er is niets gedaan. Kies eerst minstens één mens."
    ]


@pytest.mark.parametrize(
    ("closed", "gone"),
    [
        (("people", "POST"), 'name="doe"'),
        (("people-export", "GET"), "bestand.csv"),
        (("person-new", "GET"), "/mensen/nieuw/"),
        (("people", "GET"), 'aria-current="page"'),
    ],
)
def test_what_the_role_may_not_open_is_not_offered(client, riders, closed, gone):
    riders(1)
    before = client.get("/mensen/").content.decode()

    frame.CLOSED.add(closed)
    after = client.get("/mensen/").content.decode()

    assert gone in before
    assert gone not in after


def test_csv_holds_the_rows_that_the_filters_leave(client, riders):
    riders(35, minutes=None, starts_on=date(2027, 1, 4), place=Place.BERINGEN, has_bike=False)
    Rider.objects.filter(code="K-0001").update(name='=HYPERLINK("x")', minutes=7)

    response = client.get("/mensen/bestand.csv?zoek=k-000&sorteer=naam&blad=2")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))

    assert len(rows) == 11
    assert rows[0] == [
        "Naam", "Gemeente", "Ondersteuning nodig", "Kan starten", "Minuten fietsen", "Stand",
    ]  # fmt: skip
    assert rows[1] == [
        "'=HYPERLINK(\"x\")", "Beringen", "Te ver, Flexibele opvang", "04/01/2027", "7",
        "In begeleiding",
    ]  # fmt: skip
    assert response["Content-Disposition"].startswith('attachment; filename="mensen-20')


def test_xlsx_keeps_numbers_and_days_and_runs_nothing(client, riders):
    riders(1, name="=1+1", minutes=7, starts_on=date(2027, 1, 4))

    response = client.get("/mensen/bestand.xlsx")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    cells = [cell.value for cell in book.active[2]]

    assert cells[0] == "'=1+1"
    assert cells[3].date() == date(2027, 1, 4)
    assert cells[4] == 7


def test_unknown_kind_of_file_is_not_there(client):
    assert client.get("/mensen/bestand.exe").status_code == 404


@pytest.mark.parametrize("suffix", sorted(EXPORTERS))
@given(
    text=st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
        | st.sampled_from("=+-@\t\r\n ＝")
    )
)
def test_no_cell_of_any_file_runs(suffix, text):
    file = io.BytesIO()
    EXPORTERS[suffix].write(file, ["Kop"], [[text]])
    file.seek(0)

    if suffix == "csv":
        content = io.StringIO(file.read().decode("utf-8-sig"), newline="")
        cell = list(csv.reader(content, delimiter=";"))[1:][0][0]
    else:
        found = load_workbook(file).active["A2"]
        assert found.data_type != "f"
        cell = found.value or ""
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_harmless_leaves_plain_text_alone():
    assert [harmless(text) for text in ("Yara", "", "a=b", "1-2")] == ["Yara", "", "a=b", "1-2"]


def test_address_holds_no_more_than_what_is_valid(client, riders):
    riders(1)

    response = client.get("/mensen/?zoek=+rijder+&fiets=misschien&onbekend=1")

    assert QueryDict(response.context["list"].here.partition("?")[2]).dict() == {"zoek": "rijder"}
