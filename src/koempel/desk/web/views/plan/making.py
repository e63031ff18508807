"""Asking for a plan, following it, and pausing the planner."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django_tasks.base import Task

from koempel.desk.planning import actions, tasks
from koempel.desk.planning.errors import PausedError, PlanningError
from koempel.desk.planning.queries import latest_run, paused
from koempel.desk.planning.snapshot import partner_municipalities
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.progress import Progress, ProgressPage
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.plan.file import the_run
from koempel.desk.web.views.plan.forms import FloorsForm, PauseForm
from koempel.desk.work.actions import ask_stop, start_work
from koempel.desk.work.enums import State
from koempel.desk.work.models import Work
from koempel.desk.work.queries import find_work, going_on, is_silent


class NewPlan(FormPage):
    """Asks for a plan of today."""

    button = "Maak het plan"
    intro = (
        "Koempel zoekt opnieuw voor iedereen die werk zoekt. Wie een open voorstel heeft, houdt "
        "het, tenzij een ander plan beter is. Wat iemand aanvaardde, blijft."
    )

    def title(self, subject: Any) -> str:
        """What is done here."""
        return "Maak een nieuw plan"

    def crumbs(self, request: DeskRequest, subject: Any) -> Sequence[Link]:
        """From the plan."""
        return (Link("Plan", reverse("plan:latest")), Link("Nieuw", ""))

    def form(self, request: DeskRequest, subject: Any, data: Any) -> FloorsForm:
        """What each municipality gets at least: what it got last time."""
        run = latest_run()
        return FloorsForm(data, towns=partner_municipalities(), now=run.floors if run else {})

    def save(self, request: DeskRequest, subject: Any, form: FloorsForm) -> tuple[Done, str]:
        """Put it in the queue."""
        _refuse_now()
        now = timezone.now()
        work = start_work(
            tasks.run_plan,
            by=user_of(request),
            address="plan:new",
            facts={"floors": form.floors()},
            at=now,
        )
        return Done("Je vraag is genoteerd."), reverse("plan:progress", kwargs={"key": work.key})


def _refuse_now() -> None:
    if paused() is not None:
        raise PausedError("De planner is gepauzeerd. Zet hem eerst weer aan.")
    other = going_on(tasks.run_plan.name, timezone.now())
    if other is not None:
        raise PlanningError(f"{other.owner.name} vroeg al een plan. Wacht tot dat klaar is.")


class Following(ProgressPage):
    """The progress of work on a plan, for who asked it."""

    task: ClassVar["Task[[str], None]"]
    stop_button = "Stop"

    def find(self, request: DeskRequest, key: str) -> Work:
        """The work, when the reader asked it."""
        work = find_work(key, kind=self.task.name, owner=user_of(request).pk)
        if work is None:
            raise Http404
        return work

    def progress(self, request: DeskRequest, **keys: Any) -> Progress:
        """How far it is, and at the end the page of the plan."""
        work = self.find(request, keys["key"])
        if work.state == State.DONE:
            url = reverse("plan:run", kwargs={"pk": work.result["run"]})
            return Progress(work.total, work.total, "", url=url)
        return Progress(work.done, work.total or 100, _busy_with(work), failed=_failed(work))

    def stop(self, request: DeskRequest, **keys: Any) -> None:
        """Ask the worker to stop."""
        ask_stop(self.find(request, keys["key"]), at=timezone.now())


def _busy_with(work: Work) -> str:
    if is_silent(work, timezone.now()):
        return "De werker van Koempel antwoordt niet. Vraag aan je beheerder of hij aan staat."
    return work.text or "Dit wacht op zijn beurt."


def _failed(work: Work) -> str:
    stopped = "Dit is gestopt. Er is niets veranderd." if work.state == State.STOPPED else ""
    return work.error or stopped


class PlanProgress(Following):
    """How far a new plan is."""

    title = "Een nieuw plan"
    task = tasks.run_plan


class ReplayProgress(Following):
    """How far making a plan again is."""

    title = "Een plan opnieuw maken"
    task = tasks.replay_run


class Replay(View):
    """Asks to make a plan again and to compare."""

    def post(self, request: DeskRequest, pk: int) -> HttpResponse:
        """Put it in the queue."""
        run = the_run(pk)
        work = start_work(
            tasks.replay_run,
            by=user_of(request),
            address="plan:replay",
            facts={"run": run.pk},
            at=timezone.now(),
        )
        return HttpResponseRedirect(reverse("plan:replay-progress", kwargs={"key": work.key}))


class Pause(FormPage):
    """Stops the planner, with a reason."""

    button = "Pauzeer de planner"
    intro = (
        "Er komt dan geen nieuw plan, en niemand kan nog een voorstel aanvaarden. Wat aanvaard is, "
        "blijft. Jij of een collega zet de planner weer aan."
    )

    def title(self, subject: Any) -> str:
        """What is done here."""
        return "Pauzeer de planner"

    def crumbs(self, request: DeskRequest, subject: Any) -> Sequence[Link]:
        """From the plan."""
        return (Link("Plan", reverse("plan:latest")), Link("Pauze", ""))

    def form(self, request: DeskRequest, subject: Any, data: Any) -> PauseForm:
        """The reason."""
        return PauseForm(data)

    def save(self, request: DeskRequest, subject: Any, form: PauseForm) -> tuple[Done, str]:
        """Pause."""
        actions.pause_planner(form.cleaned_data["reason"], by=user_of(request), at=timezone.now())
        return Done("De planner is gepauzeerd."), reverse("plan:latest")


class Resume(View):
    """Lets the planner run again."""

    def post(self, request: DeskRequest) -> HttpResponse:
        """Resume, then the plan again."""
        try:
            actions.resume_planner(by=user_of(request), at=timezone.now())
        except PlanningError as error:
            notices.warn(request, str(error))
        else:
            notices.say(request, Done("De planner staat weer aan."))
        return HttpResponseRedirect(reverse("plan:latest"))
