"""The latest plan, its record and the register: figures, and nobody's name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.factories.accounts import NOON
from desk.planning.town import HOME
from desk.planning.world import UNWANTED, as_guide, plan, proposal_of
from koempel.desk.accounts.access import access_table
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.planning import actions
from koempel.desk.planning.models import PlannerSwitch, PlanRun
from koempel.desk.planning.rules import Words
from koempel.desk.web.views.plan.words import warnings_of

pytestmark = pytest.mark.django_db


def text_of(client, name, **keys) -> str:
    answer = client.get(reverse(f"plan:{name}", kwargs=keys))
    assert answer.status_code == 200
    return answer.content.decode().replace("\u202f", " ")


def n_queries(client, name, **keys) -> int:
    with CaptureQueriesContext(connection) as seen:
        text_of(client, name, **keys)
    return len(seen)


def decide(guide, people, *, seconds, refused=0):
    with as_guide(guide):
        for person in people[:refused]:
            actions.refuse_proposal(proposal_of(person).pk, UNWANTED, by=guide, at=NOON)
        for person in people[refused:]:
            words = Words(reason="FITS", seconds_looked=seconds)
            actions.accept_proposal(proposal_of(person).pk, words, by=guide, at=NOON)


def with_proposal(crowd) -> list:
    return [person for person in crowd.people if proposal_of(person)]


# ---- the latest plan ----------------------------------------------------------------------------


def test_without_a_plan_the_first_step_is_offered_to_who_may_take_it(desk, watch):
    page, look = text_of(desk, "latest"), text_of(watch, "latest")

    assert "Er is nog geen plan" in page
    assert f'<a class="btn-k" href="{reverse("plan:new")}">Maak een nieuw plan</a>' in page
    assert reverse("plan:new") not in look


def test_the_latest_plan_says_how_many_how_good_and_where_it_pinches(desk, crowd):
    page = text_of(desk, "latest")

    assert "12 voorstellen</h1>" in page
    assert "bewezen het best mogelijke" in page
    assert '<div class="fig num">40</div>' in page
    assert '<b class="num">12</b> van 12' in page
    assert "Eén fiets meer bij" in page
    assert f'href="{reverse("plan:what-if")}?{crowd.bikes}=13"' in page
    assert "40 mensen, vooral in Heusden" in page


def test_people_are_one_bar_of_three_figures_that_add_up(desk, crowd):
    PlanRun.objects.update(reach_today=10, reach_with_levers=25, no_way=5, one_step_away=5)

    page = text_of(desk, "latest")

    assert 'class="dr bigbar"' in page
    assert [f'<div class="fig num">{n}</div>' in page for n in (10, 25, 5)] == [True] * 3
    assert "Voor 5 van hen scheelt het één drempel" in page


def test_a_few_people_are_not_shown_nor_told_by_the_rest(desk, crowd):
    PlanRun.objects.update(reach_today=13, reach_with_levers=24, no_way=3)

    page = text_of(desk, "latest")

    assert 'class="dr bigbar"' not in page
    assert "Er zijn te weinig mensen om alle cijfers te tonen" in page
    assert [f'<div class="fig num">{n}</div>' in page for n in (13, 24, 3)] == [False] * 3


def test_what_is_different_from_the_plan_before_is_counted(desk, crowd):
    assert "Wat is er anders dan in het vorige plan?" not in text_of(desk, "latest")
    plan(at=NOON + timedelta(days=1))

    page = text_of(desk, "latest")

    assert "<dt>Houden hun voorstel</dt><dd>12</dd>" in page
    assert "<dt>Verliezen hun voorstel</dt><dd>0</dd>" in page


def test_few_decisions_stay_hidden_with_the_number_that_gives_them_away(desk, guide, crowd):
    decide(guide, with_proposal(crowd)[:2], seconds=60)

    page = text_of(desk, "latest")

    assert "<dt>Aanvaard</dt><dd>te klein om te tonen</dd>" in page
    assert "<dt>Wacht op een beslissing</dt><dd>te klein om te tonen</dd>" in page
    assert "wachten op een beslissing" not in page


def test_enough_decisions_are_shown(desk, guide, crowd):
    decide(guide, with_proposal(crowd)[:6], seconds=60)

    page = text_of(desk, "latest")

    assert "<dt>Aanvaard</dt><dd>6</dd>" in page
    assert '<div class="fig num">6</div><div class="lbl">voorstellen wachten' in page


def test_fairness_has_margins(desk, crowd):
    page = text_of(desk, "latest")

    assert "30 %<div" in page  # 12 of 40
    assert "18–45" in page
    assert 'class="dr plot"' in page


def test_a_small_municipality_is_told_to_be_too_small(desk, town):
    page = text_of(desk, "latest")

    assert "te weinig" in page
    assert 'class="dr plot"' not in page


# ---- the record ---------------------------------------------------------------------------------


def test_the_record_says_what_a_plan_was_made_from_and_how_good_it_is(watch, crowd):
    run = crowd.run
    page = text_of(watch, "run", pk=run.pk)

    assert run.inputs_digest[:12] in page
    assert run.state_digest[-4:] in page
    assert "<dt>Onder het beste</dt><dd>niets</dd>" in page
    assert "travel.ebike" in page
    assert page.count('<span class="st lamp">voorlopig</span>') == len(
        [row for row in run.parameters.values() if row["version"].endswith("DRAFT")]
    )
    assert "parameters zijn nog een voorlopige waarde" in page


def test_the_record_tells_decisions_against_the_plan_by_their_reason(watch, guide, crowd):
    decide(guide, with_proposal(crowd), seconds=60, refused=6)

    page = text_of(watch, "run", pk=crowd.run.pk)

    assert "<dt>Geweigerd</dt><dd>6</dd>" in page
    assert "<dt>Volgt het plan</dt><dd>50 %</dd>" in page
    assert "<dt>Bekeken, in het midden</dt><dd>60 seconden</dd>" in page
    assert "De persoon wil deze job niet</th>" in page
    assert "Te snel aanvaard" not in page


def test_accepting_all_at_once_is_shown_to_who_watches(watch, guide, crowd):
    decide(guide, with_proposal(crowd), seconds=2)

    assert "te snel aanvaard" in text_of(watch, "run", pk=crowd.run.pk)
    assert "Te snel aanvaard" in text_of(watch, "register")


def test_an_older_plan_is_told_to_be_replaced(desk, crowd):
    plan(at=NOON + timedelta(days=1))

    assert "Vervangen door een nieuwer" in text_of(desk, "run", pk=crowd.run.pk)


def test_an_absent_plan_is_a_404(desk):
    assert desk.get(reverse("plan:run", kwargs={"pk": 999})).status_code == 404


def test_warnings_say_a_floor_that_is_not_reached_an_early_stop_and_a_wide_gap(guide, crowd):
    run = plan(floors={HOME: 30})
    run.status, run.gap = "stopped", 0.034

    assert warnings_of(run)[:3] == [
        "Heusden-Zolder: 18 onder het gevraagde aantal van 30.",
        "De planner is vroeger gestopt. Een beter plan is mogelijk.",
        "Er is meer dan 1 procent ruimte: vroeger gestopt, hoogstens 3,4\u202f% onder het best "
        "mogelijke.",
    ]


# ---- the register -------------------------------------------------------------------------------


def test_the_register_has_every_plan_with_what_people_did(watch, guide, crowd):
    decide(guide, with_proposal(crowd), seconds=60, refused=6)
    plan(at=NOON + timedelta(days=1))

    page = text_of(watch, "register")

    assert "<b>2 plannen</b>" in page
    assert crowd.run.inputs_digest[:12] in page
    assert "volgt het plan: 50 %" in page


def test_the_register_as_a_file_says_all(watch, guide, crowd):
    decide(guide, with_proposal(crowd), seconds=60, refused=6)

    answer = watch.get(reverse("plan:register-export", kwargs={"suffix": "csv"}))

    head, line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert head.split(";")[6:8] == ["Vingerafdruk gegevens", "Vingerafdruk uitkomst"]
    assert crowd.run.inputs_digest in line
    assert crowd.run.state_digest in line
    assert "De persoon wil deze job niet: 6" in line
    assert "travel.ebike = " in line


@pytest.mark.parametrize("name", ["latest", "register"])
def test_the_number_of_questions_does_not_grow(desk, crowd, name):
    plan(at=NOON + timedelta(days=1))
    text_of(desk, name)
    before = n_queries(desk, name)
    for day in range(2, 5):
        plan(at=NOON + timedelta(days=day))

    assert n_queries(desk, name) == before


# ---- pause --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["desk", "watch"])
def test_the_planner_is_paused_with_a_reason_and_goes_on(request, crowd, who):
    client = request.getfixturevalue(who)

    faulty = client.post(reverse("plan:pause"), {"reason": " "})
    client.post(reverse("plan:pause"), {"reason": "De uren van de opvang kloppen niet."})
    page = text_of(client, "latest")
    again = client.post(reverse("plan:pause"), {"reason": "Nog eens."})
    client.post(reverse("plan:resume"))

    assert faulty.status_code == 422
    assert "De planner is gepauzeerd" in page
    assert "«De uren van de opvang kloppen niet.»" in page
    assert "De planner is al gepauzeerd." in again.content.decode()
    assert "De planner staat weer aan." in text_of(client, "latest")
    assert [each.is_paused for each in PlannerSwitch.objects.order_by("pk")] == [True, False]


def test_a_planner_that_runs_cannot_be_resumed(desk, crowd):
    answer = desk.post(reverse("plan:resume"), follow=True)

    assert "De planner is niet gepauzeerd." in answer.content.decode()


# ---- nobody's name ------------------------------------------------------------------------------

PAGES = (
    ("latest", {}), ("register", {}), ("failed", {}), ("pause", {}), ("what-if", {}),
    ("scenarios", {}),
)  # fmt: skip
FILES = ("register-export", "failed-export", "scenarios-export")
OTHERS = ("run", "curve", "scenario", "scenario-new", "what-if-job")
NOBODY_IN_IT = {"progress", "replay-progress"}
"""How far long work is: no figure, and the same page for each kind of work."""


def test_every_page_about_plans_is_looked_at_for_names():
    looked_at = {*(name for name, _ in PAGES), *FILES, *OTHERS}
    offered = {
        name.removeprefix("plan:")
        for name, rule in access_table().items()
        if name.startswith("plan:")
        and any(rule.for_role(role, "GET") for role in (Role.DIRECTOR, Role.DPO))
    }
    assert looked_at | {"new"} == offered - NOBODY_IN_IT


@pytest.mark.parametrize("who", ["desk", "watch"])
def test_no_page_says_who(request, guide, crowd, kept, who):
    client = request.getfixturevalue(who)
    decide(guide, with_proposal(crowd), seconds=60, refused=6)
    query = f"?{crowd.bikes}=18&zoek=plukker"
    urls = [reverse(f"plan:{name}", kwargs=keys) for name, keys in PAGES]
    urls += [reverse("plan:run", kwargs={"pk": crowd.run.pk})]
    urls += [reverse("plan:scenario", kwargs={"pk": kept.pk})]
    if who == "desk":
        urls += [reverse("plan:new"), reverse("plan:scenario-new") + query]
        urls += [reverse("plan:what-if-job") + query]
    urls += [reverse("plan:what-if") + query, reverse("plan:curve") + query]
    urls += [reverse(f"plan:{name}", kwargs={"suffix": "csv"}) for name in FILES]
    with acting(system("test")):
        words = {each.case_number for each in crowd.people} | {each.name for each in crowd.people}

    found = {url: client.get(url) for url in urls}

    assert {answer.status_code for answer in found.values()} == {200}
    assert len(words) == 80
    texts = {url: answer.getvalue().decode() for url, answer in found.items()}
    assert [(url, word) for url, text in texts.items() for word in words if word in text] == []
