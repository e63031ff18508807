"""The form of a job that is only tried out, and what it brings to the board."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.planning.test_new_jobs import new_job
from desk.planning.world import plan
from desk.web.plan.test_what_if_board import PART, figures, text_of, what_ifs_noted
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.planning.enums import FileKind
from koempel.desk.planning.models import PlanFile, Scenario
from koempel.desk.planning.new_jobs import from_text, in_text

pytestmark = pytest.mark.django_db
DAYS = ("Mo", "Tu", "We", "Th", "Fr")


def sent(**facts) -> dict[str, object]:
    """The form of a job next door, filled in."""
    week = {
        f"shifts-A-{day}-0-{end}": hour for day in DAYS for end, hour in (("van", 8), ("tot", 16))
    }
    levels = {
        f"dutch_{skill}": "ALPHA" for skill in ("speaking", "listening", "reading", "writing")
    }
    return {
        "title": "Vouwer",
        "occupation": "9321",
        "where": "heusden",
        "seats": "10",
        **week,
        **levels,
        **facts,
    }


def form_url(*asked) -> str:
    return f"{reverse('plan:what-if-job')}?{urlencode(asked)}"


def board_with(*jobs, **asked) -> str:
    query = [*asked.items(), *(("nieuw", in_text(job)) for job in jobs)]
    return f"{reverse('plan:what-if')}?{urlencode(query)}"


def jobs_in(address: str):
    """The new jobs that an address of the board tells."""
    return [from_text(text) for name, text in parse_qsl(urlsplit(address).query) if name == "nieuw"]


def errors_of(answer) -> str:
    assert answer.status_code == 422
    return unescape(answer.content.decode())


# ---- the form -----------------------------------------------------------------------------------


def test_a_new_job_goes_to_the_board_beside_what_was_changed(desk, crowd):
    answer = desk.post(form_url((crowd.bikes, 14)), sent())

    assert answer.status_code == 302
    assert dict(parse_qsl(urlsplit(answer["Location"]).query))[crowd.bikes] == "14"
    assert jobs_in(answer["Location"]) == [new_job()]
    assert Vacancy.objects.count() == 1


def test_all_that_the_form_asks_comes_along(desk, crowd):
    facts = {
        "hours_per_week": "38",
        "dutch_speaking": "A2",
        "licences": ["B"],
        "skills": ["FORKLIFT"],
        "strains": ["NOISE"],
        "measures": ["LDE"],
    }

    (job,) = jobs_in(desk.post(form_url(), sent(**facts))["Location"])

    assert job == new_job(
        hours_per_week=38.0,
        dutch_speaking="A2",
        licences=("B",),
        skills=("FORKLIFT",),
        strains=("NOISE",),
        measures=("LDE",),
    )


def test_a_button_fills_the_week_and_keeps_what_was_typed(desk, crowd):
    answer = desk.post(form_url(), {"title": "Vouwer", "vul": "vroeg"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Vouwer"' in page
    assert len(re.findall(r'value="06:00"', page)) == 5
    assert "Vul een beroep in" not in page


WRONG = {
    "where": ("Parijs", "We kennen geen plaats «Parijs» in dit plan."),
    "occupation": ("tovenaar", "We kennen geen beroep «tovenaar»."),
    "seats": ("0", "gelijk"),
    "title": ("Voor 93.05.18-223.61", "rijksregisternummer"),
    "shifts-A-Mo-0-tot": ("25", "is geen uur"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_and_stays(desk, crowd, name):
    value, said = WRONG[name]

    page = errors_of(desk.post(form_url(), sent(**{name: value})))

    assert said in page
    assert f'value="{value}"' in page


def test_hours_that_make_no_week_are_refused_unless_paid_hours_are_given(desk, crowd):
    every_night = {
        f"shifts-A-{day}-0-{end}": hour
        for day in (*DAYS, "Sa", "Su")
        for end, hour in (("van", "8"), ("tot", "18"))
    }

    assert "Samen is dat 70 uren per week." in errors_of(desk.post(form_url(), sent(**every_night)))
    assert desk.post(form_url(), sent(**every_night, hours_per_week="38")).status_code == 302


def test_a_new_job_is_changed_in_its_place(desk, crowd):
    asked = [("nieuw", in_text(new_job(title=title))) for title in ("Eerste", "Tweede")]
    url = form_url(*asked, ("welke", 1))

    page = text_of(desk, url)
    changed = desk.post(url, sent(title="Anders"))["Location"]

    assert 'value="Eerste"' in page
    assert 'value="Heusden"' in page
    assert [job.title for job in jobs_in(changed)] == ["Anders", "Tweede"]


def test_who_watches_makes_up_no_job(watch, crowd):
    assert watch.get(form_url()).status_code == 403
    assert watch.post(form_url(), sent()).status_code == 403
    assert "Probeer een nieuwe job" not in text_of(watch, reverse("plan:what-if"))


def test_without_a_plan_or_its_people_there_is_no_form(desk, db):
    assert desk.get(form_url()).status_code == 404


# ---- the board ----------------------------------------------------------------------------------


def test_the_board_tells_who_comes_in_fives(desk, crowd):
    page = text_of(desk, board_with(new_job()))

    assert figures(page) == ["12", "22", "18", "18", "+10", "Gelijk"]
    assert "Ongeveer 10 mensen meer met een voorstel" in page
    assert "Geteld per vijf." in page
    assert "Vouwer in Heusden: 10 plaatsen" in page
    assert "Krijgt deze job: 10. Nu nog zonder voorstel: minder dan 5." in page
    assert '<th scope="row">Heusden-Zolder</th><td class="n">10</td>' in page
    assert "10 plaatsen in de nieuwe job Vouwer in Heusden" in page
    assert what_ifs_noted() == 1


def test_a_few_people_stay_hidden(desk, crowd):
    page = text_of(desk, board_with(new_job(seats=2)))

    assert "Ongeveer evenveel mensen met een voorstel" in page
    assert "Krijgt deze job: minder dan 5." in page
    assert "Met welke hefbomen" not in page
    assert "Voor bijna niemand verandert er iets." in page


def test_the_seats_on_the_board_go_before_those_of_the_form(desk, crowd):
    url = board_with(new_job(), new_job(title="Sorteerder"), **{"nieuw-1": 20})

    answer = desk.get(url, **PART)

    assert [job.seats for job in jobs_in(answer["HX-Replace-Url"])] == [20, 10]
    assert ">2 veranderd<" in answer.content.decode()


def test_a_new_job_is_taken_away(desk, crowd):
    url = board_with(new_job(), new_job(title="Sorteerder"), **{crowd.bikes: 14, "weg": 1})

    address = desk.get(url)["Location"]

    assert [job.title for job in jobs_in(address)] == ["Sorteerder"]
    assert f"{crowd.bikes}=14" in address
    assert "weg" not in address


@pytest.mark.parametrize("which", ["0", "3", "x", "²", "99999"])
def test_taking_away_what_is_not_there_changes_nothing(desk, crowd, which):
    assert jobs_in(desk.get(board_with(new_job(), weg=which))["Location"]) == [new_job()]


@pytest.mark.parametrize("n", ["0", "-1", "1000", "veel"])
def test_seats_that_cannot_be_are_refused_and_stay(desk, crowd, n):
    page = text_of(desk, board_with(new_job(), **{"nieuw-1": n}))

    assert "Een nieuwe job heeft minstens één plaats." in page
    assert f'name="nieuw-1" value="{n}"' in page


def test_a_text_that_is_no_job_is_refused_and_the_rest_stays(desk, crowd):
    page = text_of(desk, f"{reverse('plan:what-if')}?nieuw=x&{crowd.bikes}=14")

    assert "Een nieuwe job in dit adres is niet leesbaar." in page
    assert f'name="{crowd.bikes}" value="14"' in page


def test_a_place_that_a_newer_plan_does_not_know_can_be_changed(desk, crowd):
    gone = new_job(where="99999-nergens")

    page = text_of(desk, board_with(gone, **{crowd.bikes: 14}))

    assert "De plaats van de nieuwe job «Vouwer» staat niet in het laatste plan." in page
    assert 'name="welke" value="1"' in page
    assert (
        desk.get(f"{reverse('plan:curve')}?{urlsplit(board_with(gone)).query}").status_code == 404
    )
    form = text_of(desk, form_url(("nieuw", in_text(gone)), ("welke", 1)))
    assert 'value="Vouwer"' in form


def test_a_plan_whose_people_are_forgotten_says_so_and_still_answers(desk, crowd):
    with acting(system("test")):
        PlanFile.objects.filter(kind=FileKind.INPUTS).delete()

    assert "Maak eerst een nieuw plan." in text_of(desk, board_with(new_job()))
    assert "2 mensen meer" in text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}=14")
    assert desk.get(form_url()).status_code == 404


def test_five_new_jobs_ask_as_many_questions_as_one(desk, crowd):
    five = [new_job(title=f"Job {n}") for n in range(5)]
    text_of(desk, board_with(new_job()))
    counts = []
    for jobs in ([new_job(seats=11)], five):
        with CaptureQueriesContext(connection) as seen:
            text_of(desk, board_with(*jobs))
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_title_is_text_and_no_html(desk, crowd):
    page = text_of(desk, board_with(new_job(title="<script>alert(1)</script>")))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


# ---- scenarios ----------------------------------------------------------------------------------


@pytest.fixture
def kept(desk, crowd) -> Scenario:
    page = text_of(
        desk,
        board_with(new_job(), **{crowd.bikes: 14}).replace(
            reverse("plan:what-if"), reverse("plan:scenario-new")
        ),
    )
    hidden = dict(re.findall(r'name="(changes|new_jobs)" value="([^"]*)"', page))
    told = {name: unescape(value) for name, value in hidden.items()}
    answer = desk.post(reverse("plan:scenario-new"), {"name": "Vouwers", **told})
    assert answer.status_code == 302
    return Scenario.objects.get()


def test_a_scenario_shows_its_new_job_to_whoever_gets_the_link(watch, crowd, kept):
    page = text_of(watch, reverse("plan:scenario", kwargs={"pk": kept.pk}))

    assert "Vouwer in Heusden: 10 plaatsen" in page
    assert '<th scope="row">Vouwer in Heusden</th><td class="n">0</td>' in page


def test_a_scenario_with_a_new_job_is_asked_again_on_a_newer_plan(desk, crowd, kept):
    plan()

    page = text_of(desk, reverse("plan:scenario", kwargs={"pk": kept.pk}))
    again = unescape(re.search(r'href="([^"]*)">Reken opnieuw', page)[1])

    assert "Deze cijfers zijn die van toen." in page
    assert jobs_in(again) == [new_job()]
    assert "Vouwer in Heusden: 10 plaatsen" in text_of(desk, again)


@pytest.mark.parametrize("jobs", ["{}", "[3]", '["x"]', "x"])
def test_new_jobs_that_are_none_are_not_kept(desk, crowd, jobs):
    sent = {"name": "Stuk", "changes": "{}", "new_jobs": jobs}

    answer = desk.post(reverse("plan:scenario-new"), sent)

    assert answer.status_code == 422
    assert not Scenario.objects.exists()
