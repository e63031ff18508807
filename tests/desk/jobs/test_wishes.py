"""Wanted work by its Dutch name."""

import pytest
from django.forms import Form, ValidationError
from django.http import QueryDict

from koempel.desk.jobs.occupations import shipped
from koempel.desk.jobs.wishes import GROUPS, MOST, WantedWorkField, title_of, wish_of

pytestmark = pytest.mark.django_db


class WishForm(Form):
    wants = WantedWorkField(required=False)


def filled(*texts):
    data = QueryDict(mutable=True)
    data.setlist("wants", list(texts))
    return WishForm(data)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Schoonmaker", "9112"),
        ("schoonmaker", "9112"),
        ("crèche", "5311"),
        ("9333", "9333"),
        ("932", "932"),
        ("Zorg: alle beroepen", "53"),
        ("zorg", "53"),
        ("  Productie  en inpakken ", "932"),
    ],
)
def test_a_name_a_synonym_or_a_code_is_understood(text, code):
    assert wish_of(text) == code


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("zwartkijker", "We kennen geen beroep «zwartkijker»"),
        ("medewerker", "kan meer dan één beroep zijn"),
        ("0110", "We kennen geen beroep «0110»"),
        ("93331", "We kennen geen beroep «93331»"),
    ],
)
def test_what_nobody_or_everybody_is_called_is_told(text, told):
    with pytest.raises(ValidationError, match=told):
        wish_of(text)


def test_every_group_has_an_occupation_and_every_occupation_a_group():
    codes = [row["isco"] for row in shipped()]
    assert [group for group in GROUPS if not any(code.startswith(group) for code in codes)] == []
    assert {code[:2] for code in codes} <= set(GROUPS)


def test_every_name_leads_back_to_its_code():
    codes = [*GROUPS, *(row["isco"] for row in shipped())]
    assert [wish_of(title_of(code)) for code in codes] == codes


def test_several_wishes_become_a_list_each_once():
    form = filled("Schoonmaker", "", "zorg", " schoonmaker ")
    assert (form.is_valid(), form.cleaned_data) == (True, {"wants": ["9112", "53"]})


@pytest.mark.parametrize("texts", [[], ["", " "]])
def test_nobody_has_to_have_a_wish(texts):
    form = filled(*texts)
    assert (form.is_valid(), form.cleaned_data) == (True, {"wants": []})


def test_each_faulty_line_is_told_and_all_stay():
    form = filled("zwartkijker", "Kok", "regenmaker")
    assert len(form.errors["wants"]) == 2
    html = str(form["wants"])
    assert all(f'value="{text}"' in html for text in ("zwartkijker", "Kok", "regenmaker"))


def test_too_many_wishes_are_refused():
    codes = [row["isco"] for row in shipped()][: MOST + 1]
    assert filled(*codes).errors == {"wants": [f"Kies er hoogstens {MOST}."]}


@pytest.mark.parametrize(("count", "lines"), [(0, 3), (1, 3), (2, 4), (7, MOST), (MOST, MOST)])
def test_there_are_empty_lines_to_fill_without_a_script(count, lines):
    codes = [row["isco"] for row in shipped()][:count]
    html = str(WishForm(initial={"wants": codes})["wants"])
    assert html.count('name="wants"') == lines
    assert [title_of(code) in html for code in codes] == [True] * count


@pytest.mark.parametrize(
    ("texts", "is_other"),
    [(["Schoonmaker", "Zorg: alle beroepen"], False), (["Schoonmaker"], True), ([], True)],
)
def test_change_is_noticed_by_name(texts, is_other):
    field = WantedWorkField()
    assert field.has_changed(["9112", "53"], texts) is is_other
