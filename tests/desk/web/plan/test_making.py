"""Asking for a plan and following it; making one again."""

import pytest
from django.urls import reverse

from desk.factories.accounts import UserFactory
from desk.web.plan.conftest import signed_in
from desk.worker import work_off
from koempel.desk.common.roles import Role
from koempel.desk.planning import actions
from koempel.desk.planning.models import PlannerSwitch, PlanRun
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work

pytestmark = pytest.mark.django_db


def test_a_plan_is_asked_followed_and_found(desk, director, crowd):
    asked = desk.post(reverse("plan:new"), {"71070": "20"})
    waiting = desk.get(asked.url).content.decode()
    work_off()
    done = desk.get(asked.url)

    run = PlanRun.objects.first()
    assert "Dit wacht op zijn beurt." in waiting
    assert done.url == reverse("plan:run", kwargs={"pk": run.pk})
    assert (run.asked_by, run.floors["71070"], run.earlier) == (director, 20, crowd.run)


def test_the_form_begins_with_what_was_asked_last_time(desk, crowd):
    PlanRun.objects.update(floors={"71070": 20})

    page = desk.get(reverse("plan:new")).content.decode()

    assert 'name="71070" value="20"' in page


def test_a_wrong_number_is_refused_beside_its_field(desk, crowd):
    answer = desk.post(reverse("plan:new"), {"71070": "-3"})

    assert answer.status_code == 422
    assert not Work.objects.exists()


def test_nobody_else_sees_the_progress(desk, crowd):
    asked = desk.post(reverse("plan:new"))
    other = signed_in(UserFactory(role=Role.DIRECTOR))

    assert other.get(asked.url).status_code == 404
    assert other.post(asked.url).status_code == 404


def test_it_can_be_stopped_and_leaves_nothing(desk, crowd):
    asked = desk.post(reverse("plan:new"))
    desk.post(asked.url)
    work_off()

    page = desk.get(asked.url).content.decode()
    assert "Dit is gestopt. Er is niets veranderd." in page
    assert PlanRun.objects.get() == crowd.run


def test_two_plans_at_once_are_one_too_many(desk, director, crowd):
    desk.post(reverse("plan:new"))

    other = signed_in(UserFactory(role=Role.DIRECTOR)).post(reverse("plan:new"))

    assert other.status_code == 422
    assert f"{director.name} vroeg al een plan." in other.content.decode()


def test_a_paused_planner_makes_no_plan(desk, director, crowd):
    PlannerSwitch.objects.create(is_paused=True, by=director, at=crowd.run.made_at, reason="Even.")

    answer = desk.post(reverse("plan:new"))

    assert "De planner is gepauzeerd." in answer.content.decode()
    assert not Work.objects.exists()


def test_what_failed_is_told_with_its_reason(desk, watch, director, crowd):
    desk.post(reverse("plan:new"))
    PlannerSwitch.objects.create(is_paused=True, by=director, at=crowd.run.made_at, reason="Even.")
    work_off()

    page = watch.get(reverse("plan:failed")).content.decode()

    assert Work.objects.get().state == State.FAILED
    assert "Een plan maken" in page
    assert "De planner is gepauzeerd. Vraag wie hem pauzeerde, waarom." in page
    assert director.name in page


def test_who_watches_has_a_plan_made_again_and_reads_that_it_is_the_same(watch, crowd):
    asked = watch.post(reverse("plan:replay", kwargs={"pk": crowd.run.pk}))
    work_off()

    done = watch.get(asked.url)
    page = watch.get(done.url).content.decode()
    assert done.url == reverse("plan:run", kwargs={"pk": crowd.run.pk})
    assert "Byte voor byte hetzelfde." in page


def test_a_plan_without_its_inputs_offers_no_replay(watch, crowd):
    url = reverse("plan:run", kwargs={"pk": crowd.run.pk})
    before = watch.get(url).content.decode()
    actions.forget_inputs_with(crowd.people[0].case_number)

    after = watch.get(url).content.decode()
    asked = watch.post(reverse("plan:replay", kwargs={"pk": crowd.run.pk}))
    work_off()

    button = "Maak het opnieuw en vergelijk"
    assert (button in before, button in after) == (True, False)
    assert "de gegevens worden niet meer bewaard" in after
    assert (
        f"De gegevens van plan {crowd.run.pk} zijn verwijderd"
        in watch.get(asked.url).content.decode()
    )


def test_a_director_sees_no_button_to_make_a_plan_again(desk, crowd):
    page = desk.get(reverse("plan:run", kwargs={"pk": crowd.run.pk})).content.decode()

    assert "Maak het opnieuw en vergelijk" not in page
    assert desk.post(reverse("plan:replay", kwargs={"pk": crowd.run.pk})).status_code == 403
