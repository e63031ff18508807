import pytest

from koempel.desk.jobs.models import Occupation
from koempel.desk.jobs.occupations import fill_occupations, matching, shipped

pytestmark = pytest.mark.django_db


def test_every_code_is_an_own_unit_group():
    codes = [row["isco"] for row in shipped()]
    assert codes == sorted(set(codes))
    assert all(code.isdigit() and len(code) == 4 for code in codes)


def test_the_table_is_there_after_migrating():
    assert Occupation.objects.count() == len(shipped())


def test_filling_again_mends_what_differs_and_adds_nothing():
    Occupation.objects.filter(pk="9112").update(title="Iets anders")
    fill_occupations()
    assert Occupation.objects.get(pk="9112").title == "Schoonmaker"
    assert Occupation.objects.count() == len(shipped())


@pytest.mark.parametrize(
    ("words", "isco"),
    [("creche", "5311"), ("CONCIERGE", "5153"), ("8344", "8344"), ("poets  kantoor", "9112")],
)
def test_search_knows_synonyms_without_diacritics(words, isco):
    assert isco in [each.isco for each in matching(words)]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("poetsvrouw", "Schoonmaker"),
        ("kuisvrouw", "Huishoudhulp"),
        ("heftruck", "Heftruckchauffeur"),
        ("clark", "Heftruckchauffeur"),
        ("magazijn", "Magazijnbediende"),
        ("magazijnier", "Magazijnbediende"),
        ("orderpicker", "Magazijnbediende"),
        ("vuilnisman", "Ophaler van afval"),
        ("hovenier", "Tuinier"),
        ("kassierster", "Kassamedewerker"),
        ("caissiere", "Kassamedewerker"),
        ("opdienster", "Kelner"),
        ("velomaker", "Fietshersteller"),
        ("bandwerk", "Productiemedewerker"),
        ("kinderverzorgster", "Kinderbegeleider"),
    ],
)
def test_search_knows_the_words_that_people_type(typed, title):
    assert title in [each.title for each in matching(typed)]


def test_search_wants_every_word():
    assert not matching("poetsen vrachtwagen").exists()
