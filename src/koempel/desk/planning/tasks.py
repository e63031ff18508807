"""What the worker does: make a plan for who asked it, or make one again."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from koempel.desk.planning.actions import bury_dead_proposals
from koempel.desk.planning.errors import PausedError
from koempel.desk.planning.models import PlanRun
from koempel.desk.planning.queries import paused
from koempel.desk.planning.replays import make_again
from koempel.desk.planning.runs import keep, make, read_inputs
from koempel.desk.work.actions import finish
from koempel.desk.work.models import Work
from koempel.desk.work.running import Tell, carry_out

STEPS = {
    "read": (0, 5, "De gegevens worden gelezen."),
    "reach": (5, 60, "Wie kan welke job bereiken?"),
    "prices": (60, 75, "Wat is schaars, en wat is het waard?"),
    "places": (75, 88, "Wie krijgt welk voorstel?"),
    "exact": (88, 90, "Kan het nog beter?"),
    "reasons": (90, 96, "De redenen worden opgeschreven."),
    "keep": (96, 100, "De voorstellen worden bewaard."),
}
"""Where each step begins and ends, in percent, and what it says."""


@task()
def run_plan(key: str) -> None:
    """Make a plan of today."""
    carry_out(key, _plan)


def _plan(work: Work, tell: Tell) -> None:
    told = _steps(tell)
    told("read", 0.0)
    now = timezone.now()
    today = timezone.localdate(now)
    if paused() is not None:
        raise PausedError("De planner is gepauzeerd. Vraag wie hem pauzeerde, waarom.")
    bury_dead_proposals(today, at=now)
    made = make(read_inputs(today, floors=work.facts["floors"]), progress=told)
    told("keep", 0.0)
    with transaction.atomic():
        run = keep(made, by=work.owner, asked_at=work.asked_at, at=timezone.now())
        finish(work, {"run": run.pk}, at=timezone.now())


@task()
def replay_run(key: str) -> None:
    """Make a plan again from what was kept of it, and say whether it is the same."""
    carry_out(key, _replay)


def _replay(work: Work, tell: Tell) -> None:
    run = PlanRun.objects.select_related("earlier").get(pk=work.facts["run"])
    replay = make_again(run, progress=_steps(tell))
    facts = {"run": run.pk, "same": replay.is_same, "versions": list(replay.other_versions)}
    finish(work, facts, at=timezone.now())


def _steps(tell: Tell) -> Callable[[str, float], Any]:
    """How far the whole is, from how far a step of the planner is.

    `tell` raises when somebody asked to stop, so the planner never has to be asked.
    """

    def told(step: str, done: float) -> None:
        first, last, text = STEPS[step]
        tell(round(first + (last - first) * done), 100, text)

    return told
