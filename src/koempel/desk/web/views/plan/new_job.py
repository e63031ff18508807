"""A job that is only tried out on the board of what-ifs; it goes along in the address."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from koempel.desk.jobs.models import Occupation
from koempel.desk.jobs.widgets import REFILL
from koempel.desk.planning.queries import latest_run
from koempel.desk.planning.what_ifs import board_of
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.plan.forms import NewJobForm
from koempel.desk.web.views.plan.what_if import Asked, which
from koempel.region.what_if import ChangeError

WHICH = "welke"
"""Name of the buttons that change a new job; their value says which one, from 1."""


class NewJobPage(FormPage):
    """The form of a new job; the rest of the board waits in the address."""

    button = "Reken uit"
    intro = (
        "Vul een job in die er nog niet is. Je ziet dan wie hem zou krijgen en met welke hefbomen. "
        "Er komt geen vacature bij."
    )
    template = "web/plan/new_job.html"

    def subject(self, request: DeskRequest, **keys: Any) -> Asked:
        """What is asked on the board of the latest plan."""
        run = latest_run()
        board = board_of(run) if run else None
        if board is None:
            raise Http404
        return Asked(request, board)

    def title(self, subject: Asked) -> str:
        """What is done here."""
        return "Wat als er een job bij komt?"

    def crumbs(self, request: DeskRequest, subject: Asked) -> Sequence[Link]:
        """Back to the board, as it was."""
        back = f"{reverse('plan:what-if')}?{subject.query}"
        return Link("Plan", reverse("plan:latest")), Link("Wat als?", back), Link("Nieuwe job", "")

    def form(self, request: DeskRequest, subject: Asked, data: Any) -> NewJobForm:
        """The form: empty, or of the job that is changed."""
        try:
            ground = subject.board.ground()
        except ChangeError as error:
            raise Http404 from error
        at = which(request, WHICH)
        tried = dict(enumerate(subject.tried))
        initial = NewJobForm.filled_in(tried[at], ground) if at in tried else {"seats": 1}
        return NewJobForm(data, initial=initial, ground=ground)

    def more(self, request: DeskRequest, subject: Asked, form: NewJobForm) -> dict[str, Any]:
        """What the fields suggest while one types."""
        return {"occupations": Occupation.objects.all(), "workplaces": form.ground.workplaces}

    def post(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """Fill the week anew, or go on to the board with the job."""
        if REFILL not in request.POST:
            return super().post(request, **keys)
        subject = self.subject(request, **keys)
        widget = NewJobForm.base_fields["shifts"].widget
        data = widget.refilled(request.POST, "shifts", request.POST[REFILL])
        form = self.form(request, subject, data)
        # Nothing was sent in yet: what is still empty is no mistake.
        form.errors.clear()
        return self._page(request, subject, form)

    def save(self, request: DeskRequest, subject: Asked, form: NewJobForm) -> tuple[Done, str]:
        """Nothing is kept: the job stands in the address of the board."""
        job = form.job()
        return Done(f"«{job.title}» staat op het bord."), subject.with_job(
            job, which(request, WHICH)
        )
