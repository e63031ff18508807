"""The internship agreement as a file: what it says, who gets it, and that it fetches nothing."""

import shutil
import subprocess

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.transitions.agreed import NAMES, signed, written
from koempel.desk.common.context import acting, system
from koempel.desk.transitions.enums import Party
from koempel.desk.transitions.signing import make_sign_link
from koempel.desk.web.pages.pdf import makes_pdf, pdf_response

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not makes_pdf(), reason="the extra `pdf` is not installed"),
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed"),
]

NOW = timezone.now()


@pytest.fixture
def row(works, row):
    written(row, by=works.guide, at=NOW)
    return row


def text_of(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return output_of("pdftotext", "-layout", "-", "-", given=answer.content)


def output_of(*command, given):
    done = subprocess.run(command, input=given, capture_output=True, check=True)
    return done.stdout.decode()


def test_file_has_the_whole_text_and_who_signed(works, row, client):
    signed(row, Party.HOST, by=None, at=NOW)
    client.force_login(works.guide)

    text = text_of(client.get(reverse("transitions:agreement-pdf", args=[row.pk])))

    assert "Yara Stutvinder" in text
    assert "Zelf een bestelling klaarzetten." in text
    assert f"Getekend: {NAMES[Party.HOST]}" in text
    assert text.count("Nog niet getekend") == 3
    assert works.person.pk not in text


def test_party_gets_the_file_by_its_link_and_by_no_other(works, row, client):
    with acting(system("test")):
        token = make_sign_link(row.pk, Party.COACH, by=works.guide, at=NOW)

    own = client.get(reverse("transition-sign-pdf", kwargs={"token": token}))
    other = client.get(reverse("transition-sign-pdf", kwargs={"token": token.swapcase()}))

    assert "Yara Stutvinder" in text_of(own)
    assert other.status_code == 404


def test_sheet_can_be_read_aloud(works, row, client):
    client.force_login(works.guide)

    content = client.get(reverse("transitions:agreement-pdf", args=[row.pk])).content

    told = output_of("pdfinfo", "-", given=content)
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    assert facts["Tagged"].strip() == "yes"
    assert facts["Title"].strip() == "Stageovereenkomst: Yara Stutvinder"


def test_sheet_fetches_nothing(settings, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    (tmp_path / "sheet.html").write_text(
        f'<html lang="nl"><title>x</title><body>{{{{ text }}}}'
        f'<object data="file://{secret}"></object><img alt="" src="file://{secret}">'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    answer = pdf_response("sheet.html", {"text": "<b>niet vet</b>"}, name="blad")

    text = text_of(answer)
    assert "<b>niet vet</b>" in text
    assert "geheim" not in text
