"""The file, the board, the steps, the progress page, the frame around them."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template.loader import render_to_string

from desk.web.demo import frame, pages
from desk.web.demo.models import Rider
from koempel.desk.web.pages.board import BoardPage, TooManyFiguresError
from koempel.desk.web.pages.progress import Progress
from koempel.desk.web.pages.values import Event, Figure, Status, Tone
from koempel.desk.web.templatetags import parts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def upload(text: str = "Yara\n\nLio\n", name: str = "mensen.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


# the file


def test_file_shows_status_next_step_facts_and_timeline(client, riders):
    riders(1, is_waiting=True)

    page = client.get("/mensen/K-0000/").content.decode()

    assert '<span class="st lamp">Voorstel wacht op jou</span>' in page
    assert '<a class="btn-k" href="#beslis">Beslis over het voorstel</a>' in page
    assert "<dt>Kind</dt><dd>–</dd>" in page
    assert page.count("<time datetime=") == 4
    assert '<li class="now"><time datetime="2026-11-23">23 november 2026</time>' in page


def test_file_makes_an_allowed_change_once(client, riders):
    riders(1, is_waiting=True)

    client.post("/mensen/K-0000/", {"doe": "decide"})
    after = client.get("/mensen/K-0000/").content.decode()
    again = client.post("/mensen/K-0000/", {"doe": "decide"}, follow=True).content.decode()

    assert not Rider.objects.get().is_waiting
    assert "Voorstel voor Rijder 0000 aangenomen." in after
    assert 'value="decide"' not in after
    assert "Die stap kan nu niet." in again


def test_file_offers_no_change_to_who_may_only_read(client, riders):
    riders(1, is_waiting=True)
    frame.CLOSED.add(("person", "POST"))

    assert 'value="decide"' not in client.get("/mensen/K-0000/").content.decode()


def test_absent_file_is_a_plain_404(client):
    response = client.get("/mensen/K-9999/")

    assert response.status_code == 404
    assert "Deze pagina is er niet" in response.content.decode()


# the board


def test_board_links_every_figure_to_its_list(client):
    page = client.get("/").content.decode()

    assert page.count('<div class="fig num">') == 4
    assert page.count('<a href="/mensen/"><div class="fig num">') == 4
    assert page.count('role="img" aria-label="P') == 2
    assert page.count('<table class="t tight">') == 2


class Count(forms.Form):
    how_many = forms.IntegerField(label="Hoeveel?", min_value=1, max_value=9)
    what = forms.ChoiceField(label="Soort", choices=[("a", "A")])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, ["Hoeveel? Vul dit in.", "Soort: Maak een keuze."]),
        ({"how_many": "0", "what": "a"}, ["Hoeveel? Vul 1 of meer in."]),
        ({"how_many": "10", "what": "a"}, ["Hoeveel? Vul hoogstens 9 in."]),
    ],
)
def test_form_says_what_to_do_about_a_fault(data, told):
    shown = render_to_string("web/parts/errors.html", {"form": Count(data)})

    assert re.findall(r'<a href="#[^"]+">([^<]+)</a>', shown) == told


def test_long_timeline_shows_the_latest_and_folds_the_rest():
    timeline = [Event(date(2026, 11, day), f"Feit {day}") for day in range(30, 0, -1)]

    short, long = (
        render_to_string("web/parts/timeline.html", {"timeline": part})
        for part in (timeline[:10], timeline)
    )

    assert ("<details" in short, short.count("<li")) == (False, 10)
    shown, _, folded = long.partition("<details")
    assert (shown.count("<li"), folded.count("<li")) == (8, 22)


def test_empty_board_says_so(rf):
    class Empty(BoardPage):
        title = "Leeg"

    page = Empty.as_view()(rf.get("/")).content.decode()

    assert "Hier is nog niets" in page


def test_board_refuses_a_seventh_figure(rf):
    class Crowded(BoardPage):
        title = "Te veel"

        def figures(self, request):
            return [Figure(1, "iets", "/")] * 7

    with pytest.raises(TooManyFiguresError, match="7 figures"):
        Crowded.as_view()(rf.get("/"))


# the steps


def test_steps_go_from_file_to_preview_to_done_with_undo(client):
    handed = client.post("/mensen/inlezen/", {"file": upload()})
    preview = client.get(handed.url).content.decode()
    done = client.post(handed.url, follow=True).content.decode()

    assert "Vul een naam in." in preview
    assert preview.count('<tr class="bad">') == 1
    assert "Lees 2 mensen in" in preview
    assert list(Rider.objects.values_list("name", flat=True)) == ["Lio", "Yara"]
    assert "De mensen zijn ingelezen." in done
    assert 'action="/mensen/terug/"' in done


def test_last_step_sent_twice_works_once(client):
    handed = client.post("/mensen/inlezen/", {"file": upload()})

    client.post(handed.url)
    again = client.post(handed.url, follow=True)

    assert Rider.objects.count() == 2
    assert "De mensen zijn ingelezen." in again.content.decode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "Kies een bestand."),
        (SimpleUploadedFile("leeg.csv", b""), "Dit bestand is leeg."),
        (SimpleUploadedFile("foto.exe", b"x"), "Dit bestand eindigt op «.exe»."),
    ],
)
def test_faulty_file_is_refused_beside_the_field_and_above(client, file, words):
    response = client.post("/mensen/inlezen/", {"file": file} if file else {})
    page = response.content.decode()

    assert response.status_code == 422
    assert page.count(words) == 2
    assert '<li><a href="#id_file">' in page
    assert 'aria-describedby="id_file_helptext id_file_error"' in page


def test_too_big_file_is_refused(client, monkeypatch):
    monkeypatch.setattr(pages.ImportPage, "most_bytes", 3)

    response = client.post("/mensen/inlezen/", {"file": upload()})

    assert "Verdeel het." in response.content.decode()


def test_kept_file_opens_for_its_owner_only(client, monkeypatch):
    handed = client.post("/mensen/inlezen/", {"file": upload()})

    monkeypatch.setattr(frame.Reader, "pk", 8)
    response = client.post(handed.url, follow=True)

    assert response.redirect_chain[0][0] == "/mensen/inlezen/"
    assert "Kies het opnieuw." in response.content.decode()
    assert not Rider.objects.exists()


# progress


def test_progress_asks_again_until_it_is_done(client, monkeypatch):
    page = client.get("/mensen/bezig/").content.decode()
    monkeypatch.setattr(pages.WorkPage, "at", Progress(40, 40, "Klaar.", url="/mensen/"))
    part = client.get("/mensen/bezig/", headers={"HX-Request": "true"})
    whole = client.get("/mensen/bezig/")

    assert 'hx-trigger="every 500ms"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert part["HX-Redirect"] == "/mensen/"
    assert whole.url == "/mensen/"


def test_failed_work_says_why_and_stops_asking(client, monkeypatch):
    failed = Progress(3, 40, "", failed="Het bestand is weg. Kies het opnieuw.")
    monkeypatch.setattr(pages.WorkPage, "at", failed)

    page = client.get("/mensen/bezig/").content.decode()
    part = client.get("/mensen/bezig/", headers={"HX-Request": "true"})

    assert "Het bestand is weg." in page
    assert "every 500ms" not in page
    assert part["HX-Refresh"] == "true"


def test_stop_reaches_the_work(client, monkeypatch):
    monkeypatch.setattr(pages.WorkPage, "stopped", False)

    client.post("/mensen/bezig/")

    assert pages.WorkPage.stopped


# the form


def test_faulty_form_names_every_fault_beside_its_field_and_above(client):
    response = client.post("/mensen/nieuw/", {"starts_on": "gisteren", "about": "tekst"})
    page = response.content.decode()

    assert response.status_code == 422
    assert '<a href="#id_name">Naam:' in page
    assert '<a href="#id_place">Gemeente:' in page
    assert 'aria-describedby="id_starts_on_helptext id_starts_on_error"' in page
    assert ">\ntekst</textarea>" in page


# the frame


def test_navigation_shows_open_doors_in_order_and_where_you_are(client, riders):
    riders(1)

    page = client.get("/mensen/K-0000/").context["page"]
    frame.CLOSED.add(("overview", "GET"))
    fewer = client.get("/mensen/").context["page"]

    assert [(door.title, door.is_current) for door in page.navigation] == [
        ("Overzicht", False),
        ("Mensen", True),
    ]
    assert [door.title for door in fewer.navigation] == ["Mensen"]
    assert page.search_url == "/zoeken/"
    assert page.sign_out_url == "/afmelden/"


@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("x", "light")])
def test_theme_is_kept_and_shown_before_any_script(client, chosen, kept):
    response = client.post("/thema/", {"theme": chosen, "next": "/mensen/?zoek=x"})
    page = client.get("/mensen/").content.decode()

    assert response.url == "/mensen/?zoek=x"
    assert f'<html lang="nl-BE" data-bs-theme="{kept}">' in page


@pytest.mark.parametrize(
    "target", ["https://elders.example/", "//elders.example", "", "javascript:x"]
)
def test_theme_goes_back_to_our_own_pages_only(client, target):
    assert client.post("/thema/", {"theme": "dark", "next": target}).url == "/"


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503, 507])
def test_error_page_says_what_happened_and_what_now(client, status):
    client.raise_request_exception = False

    response = client.get(f"/fout/{status}/")
    page = response.content.decode()

    assert response.status_code == status
    assert page == render_to_string(f"{status}.html")
    assert page.count("<p") >= 2


def test_day_tells_a_moment_in_local_time():
    moment = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert parts.day(moment) == "2 juli 2026, 0.30 uur"


def test_status_begins_with_a_capital_wherever_its_word_comes_from():
    assert parts.status(Status("wacht op jou", Tone.NEEDS_YOU)) == (
        '<span class="st lamp">Wacht op jou</span>'
    )


def test_choice_without_an_answer_asks_to_choose():
    class Form(forms.Form):
        place = forms.TypedChoiceField(choices=[*BLANK_CHOICE_DASH, ("71070", "Heusden")])

    shown = parts.widget(Form()["place"])

    assert re.findall(r">([^<>\n]+)<", shown) == ["Kies", "Heusden"]


def test_store_of_the_office_lies_in_its_data_folder(client, tmp_path):
    client.post("/mensen/inlezen/", {"file": upload()})

    assert len(list(Path(tmp_path, "uploads").iterdir())) == 1
