"""The board of what-ifs and the scenarios that are kept of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.factories.accounts import UserFactory
from desk.planning.town import HOME
from desk.planning.world import plan
from desk.web.plan.conftest import signed_in
from koempel.desk.common.context import acting, system
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.planning.actions import WHAT_IFS_A_MINUTE
from koempel.desk.planning.models import PlanFile, Scenario
from koempel.desk.planning.queries import standing_plan
from koempel.desk.planning.what_ifs import Board, Changed, _boards
from koempel.desk.web.views.plan.drawings import Marks, curve
from koempel.desk.web.views.plan.what_if import signed, top_of
from koempel.desk.web.views.plan.words import changes_in_words
from koempel.region.outcome import SEAT
from koempel.region.what_if import Change, ask, what_if

pytestmark = pytest.mark.django_db
PART = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "answer"}


def board_url(**numbers) -> str:
    query = "&".join(f"{what.replace('_', '-')}={n}" for what, n in numbers.items())
    return f"{reverse('plan:what-if')}?{query}"


def text_of(client, url, **headers) -> str:
    answer = client.get(url, **headers)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u202f", " ")


def figures(page) -> list[str]:
    """Before, after and difference of each row."""
    rows = re.findall(r'fig-m[^"]*">([\d ]+)</td>', page)
    return rows + re.findall(r'<td class="n"><span class="st [^"]*">([^<]+)</span>', page)


def what_ifs_noted() -> int:
    return AuditEvent.objects.filter(verb="planning.what-if").count()


# ---- the answer ---------------------------------------------------------------------------------


def test_the_page_has_the_figures_of_the_engine(desk, crowd):
    standing = standing_plan(crowd.run)
    told = what_if(standing, ask(standing, [Change(crowd.bikes, 8, relative=True)]))

    page = text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}=20")

    before, after = told.before.proposals, told.after.proposals
    assert (before, after) == (12, 20)
    assert figures(page) == [str(before), str(after), "18", "10", "+8", "−8"]
    assert "8 mensen meer met een voorstel" in page
    assert "Een kans die er nu niet is: 8. Verliest het voorstel: 0." in page
    assert "8 fietsen meer bij" in page


def test_without_changes_it_shows_what_is_now_and_asks_nothing(desk, crowd):
    page = text_of(desk, reverse("plan:what-if"))

    assert "Nu: 12 mensen met een voorstel" in page
    assert "Wat als</th>" not in page
    assert what_ifs_noted() == 0


def test_each_answer_is_noted_without_what_was_asked(desk, director, crowd):
    text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}=20")

    event = AuditEvent.objects.get(verb="planning.what-if")
    assert (event.actor, event.objects_seen, event.classes) == (director.pk, [], [])


def test_a_changed_lever_is_marked_and_says_by_how_much(desk, crowd):
    page = text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}=20")

    assert 'class="lv chg" data-lever data-now="12"' in page
    assert "<b data-more>+8</b>" in page
    assert f'name="{crowd.bikes}" value="20"' in page
    assert '<span class="mut" id="changed">1 veranderd</span>' in page


def test_a_job_is_found_and_can_be_stopped(desk, crowd):
    page = text_of(desk, f"{reverse('plan:what-if')}?zoek=plukker")
    (number,) = set(re.findall(r'name="(J-\w+)"', page))

    stopped = text_of(desk, f"{reverse('plan:what-if')}?{number}=0")

    assert "De job Plukker bij" in stopped
    assert figures(stopped) == ["12", "0", "18", "0", "−12", "−18"]
    assert f'name="{number}"' in stopped


def test_a_floor_says_how_far_it_falls_short(desk, crowd):
    page = text_of(desk, f"{reverse('plan:what-if')}?{HOME}=20")

    assert "Tekort in gemeenten, in vijven" in page
    assert "Minstens 20 voorstellen in Heusden-Zolder" in page
    assert figures(page)[4:6] == ["0", "10"]


def test_the_next_one_is_priced_in_words_with_what_it_is_now(desk, crowd):
    page = text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}=35")

    assert "<b>Meer fietsen helpen nu niet.</b> Er zijn nog 5 vrij." in page
    assert "Nu is dat" in page


def test_shares_have_margins_and_are_in_fives(desk, crowd):
    page = text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}=18")

    assert "25 % (14 tot 40)" in page  # 12 of 40, in fives: 10
    assert "50 % (35 tot 65)" in page  # 18 of 40, in fives: 20


def test_where_few_people_win_is_not_told(desk, crowd):
    page = text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}=14")

    assert "2 mensen meer met een voorstel" in page
    assert "Voor minder dan 5 mensen verandert er iets." in page
    assert "te weinig</td>" in page


def test_htmx_gets_the_answer_alone_with_its_address(desk, crowd):
    url = f"{reverse('plan:what-if')}?{crowd.bikes}=20&zoek=&van={crowd.bikes}&{HOME}=0"

    answer = desk.get(url, **PART)

    page = answer.content.decode()
    assert page.lstrip().startswith('<div id="answer"')
    assert 'id="changed" hx-swap-oob="true">1 veranderd' in page
    assert answer["HX-Replace-Url"] == board_url() + f"{crowd.bikes}=20&van={crowd.bikes}"


def test_the_search_gets_the_jobs_alone_and_asks_no_what_if(desk, crowd):
    url = f"{reverse('plan:what-if')}?{crowd.bikes}=20&zoek=plukker"

    page = text_of(desk, url, **(PART | {"HTTP_HX_TARGET": "found"}))

    assert "Plukker" in page
    assert "answer" not in page
    assert what_ifs_noted() == 0


@pytest.mark.parametrize("n", ["-1", "1000", "veel", "2.5"])
def test_a_number_that_cannot_be_is_refused_and_stays(desk, crowd, n):
    page = text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}={n}")

    assert "Vul hele getallen vanaf 0 in." in page
    assert f'name="{crowd.bikes}" value="{n}"' in page


def test_an_empty_number_is_as_it_is_now(desk, crowd):
    assert "Nu: 12 mensen" in text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}=")


def test_what_is_not_in_the_plan_is_passed_over(desk, crowd):
    assert "Nu: 12 mensen" in text_of(desk, f"{reverse('plan:what-if')}?L-999=3&J-222222=3&x=1")


def test_too_many_in_a_minute_are_refused_on_the_page_and_within_it(desk, crowd):
    url = f"{reverse('plan:what-if')}?{crowd.bikes}=20"
    for _ in range(WHAT_IFS_A_MINUTE):
        desk.get(url, **PART)

    part, whole = desk.get(url, **PART), desk.get(url)

    assert (part.status_code, whole.status_code) == (429, 429)
    assert "Wacht een minuut" in part.content.decode()
    assert desk.get(reverse("plan:what-if")).status_code == 200


def test_the_number_of_questions_is_that_of_the_frame_and_some(desk, crowd):
    url = f"{reverse('plan:what-if')}?{crowd.bikes}=20"
    desk.get(url)
    counts = []
    for query in (f"{crowd.bikes}=20", f"{crowd.bikes}=21&{HOME}=5&zoek=plukker"):
        with CaptureQueriesContext(connection) as seen:
            desk.get(f"{reverse('plan:what-if')}?{query}")
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_without_a_plan_it_says_so(desk):
    assert "Er is nog geen plan" in text_of(desk, reverse("plan:what-if"))


def test_a_plan_that_is_no_longer_kept_can_only_be_read(desk, crowd):
    with acting(system("test")):
        PlanFile.objects.all().delete()
    _boards.clear()

    assert "wordt niet meer bewaard" in text_of(desk, reverse("plan:what-if"))


# ---- the curve ----------------------------------------------------------------------------------


def curve_url(crowd, n) -> str:
    return f"{reverse('plan:curve')}?{crowd.bikes}={n}"


def test_the_curve_is_asked_by_the_answer_and_has_its_table(desk, crowd):
    board = text_of(desk, f"{reverse('plan:what-if')}?{crowd.bikes}=20")
    page = text_of(desk, curve_url(crowd, 20), **PART)

    assert f'hx-get="{reverse("plan:curve")}?{crowd.bikes}=20' in board
    assert "Hoeveel fietsen hebben zin?" in page
    assert re.findall(r'row">(\d+)</th><td class="n">(\d+)', page) == [
        (str(n), str(min(n, 30))) for n in (0, 6, 12, 18, 20, 24, 30)
    ]
    assert "Ook de laatste fietsen brengen nog iets op." in page


def test_the_curve_says_from_where_on_more_is_of_no_use(desk, crowd):
    page = text_of(desk, curve_url(crowd, 60))

    assert "Terug naar «Wat als?»" in page
    assert "<b>Vanaf 36 komt er bijna niets meer bij.</b>" in page


def test_the_curve_is_of_the_lever_that_was_changed_last(desk, guide, crowd):
    url = f"{reverse('plan:curve')}?{crowd.bikes}=20&van=L-999"

    assert "Hoeveel fietsen" in text_of(desk, url, **PART)
    assert desk.get(reverse("plan:curve")).status_code == 404


def test_a_curve_that_nobody_waits_for_answers_nothing(desk, crowd, monkeypatch):
    monkeypatch.setattr(Board, "curve", lambda *args, **rest: None)

    answer = desk.get(curve_url(crowd, 20), **PART)

    assert (answer.status_code, answer.content) == (204, b"")


def test_a_curve_is_drawn_between_its_lowest_and_highest_count():
    drawn = curve([(0, 290), (10, 309), (20, 312)], Marks(now=10, asked=20), unit="fietsen")

    assert [mark in drawn for mark in (">290<", ">300<", ">310<", ">320<")] == [True] * 4
    assert "nu 10" in drawn
    assert "wat als 20" in drawn
    assert 'points="46.0,204.0 ' in drawn


def test_the_slider_ends_at_about_twice_of_what_there_is():
    assert [top_of(18, 18), top_of(0, 0), top_of(18, 75)] == [40, 10, 80]
    assert [signed(3), signed(-3), signed(0)] == ["+3", "−3", ""]


# ---- words --------------------------------------------------------------------------------------


def test_changes_are_named_up_to_three():
    bikes = Changed("L-1", "BIKE", "Koolwiel", 18, 19)
    care = Changed("L-2", "FLEX_CHILDCARE", "Mijnlampje", 21, 16)
    job = Changed("J-1", SEAT, "Inpakker bij Lampist", 2, 0)
    more = Changed("J-2", SEAT, "Plukker bij Lampist", 2, 4)

    assert changes_in_words([bikes, care, job]) == (
        "Eén fiets meer bij Koolwiel, 5 plaatsen minder bij Mijnlampje en de job Inpakker bij "
        "Lampist stopt"
    )
    assert changes_in_words([more]) == "2 plaatsen meer als Plukker bij Lampist"
    assert changes_in_words([bikes, care, job, more]) == (
        "Eén fiets meer bij Koolwiel, 5 plaatsen minder bij Mijnlampje en 2 andere veranderingen"
    )


# ---- scenarios ----------------------------------------------------------------------------------


def test_a_what_if_is_kept_under_a_name_that_is_offered(desk, crowd, kept):
    page = text_of(desk, f"{reverse('plan:scenario-new')}?{crowd.bikes}=20")

    assert (kept.name, kept.changes) == ("Meer fietsen", {crowd.bikes: 20})
    assert 'name="name" value="8 fietsen meer bij ' in page


def test_a_scenario_shows_what_was_changed_and_what_came_of_it(watch, crowd, kept):
    page = text_of(watch, reverse("plan:scenario", kwargs={"pk": kept.pk}))

    assert "Meer fietsen</h1>" in page
    assert figures(page) == ["12", "20", "18", "10", "+8", "−8"]
    assert f"http://testserver{reverse('plan:scenario', kwargs={'pk': kept.pk})}" in page
    assert "Er is intussen een nieuwer plan." not in page


def test_a_scenario_on_an_older_plan_says_so_and_can_be_asked_again(desk, crowd, kept):
    plan()

    page = text_of(desk, reverse("plan:scenario", kwargs={"pk": kept.pk}))

    assert "Er is intussen een nieuwer plan. Deze cijfers zijn die van toen." in page
    assert f'href="{reverse("plan:what-if")}?{crowd.bikes}=20">Reken opnieuw' in page


def test_all_directors_find_it_in_the_list(crowd, kept):
    page = text_of(signed_in(UserFactory(role=Role.DIRECTOR)), reverse("plan:scenarios"))

    assert "Meer fietsen" in page
    assert "8 fietsen meer bij" in page
    assert "+8" in page


def test_nothing_changed_cannot_be_kept(desk, crowd):
    answer = desk.post(reverse("plan:scenario-new"), {"name": "Zoals nu", "changes": "{}"})

    assert answer.status_code == 422
    assert "Verander eerst iets." in answer.content.decode()


@pytest.mark.parametrize("changes", ["[1]", '{"L-1": -3}', '{"L-1": "veel"}', '{"L-1": true}', "x"])
def test_changes_that_are_none_are_refused(desk, crowd, changes):
    answer = desk.post(reverse("plan:scenario-new"), {"name": "Stuk", "changes": changes})

    assert answer.status_code == 422
    assert "Dit scenario is niet leesbaar." in answer.content.decode()
    assert not Scenario.objects.exists()


def test_who_watches_keeps_nothing(watch, crowd):
    assert "Bewaar als scenario" not in text_of(watch, reverse("plan:what-if"))
    assert watch.get(reverse("plan:scenario-new")).status_code == 403
