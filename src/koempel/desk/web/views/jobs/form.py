"""The form of a vacancy, with the count of who could come while it is typed."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.jobs.actions import save_vacancy
from koempel.desk.jobs.forms import VacancyForm
from koempel.desk.jobs.models import Occupation, Vacancy
from koempel.desk.jobs.queries import may_change
from koempel.desk.jobs.summaries import Summary, summary_of
from koempel.desk.jobs.terms import LEAST_REST_HOURS, terms
from koempel.desk.jobs.weeks import Grid, grid_of
from koempel.desk.jobs.widgets import REFILL
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.jobs.file import the_vacancy
from koempel.desk.web.views.jobs.listing import file_url
from koempel.desk.web.views.jobs.reach import counted
from koempel.region import dutch
from koempel.region.windows import parse_rotation


class NewJob(View):
    """A new vacancy."""

    title = "Nieuwe vacature"

    def vacancy(self, request: DeskRequest, **keys: Any) -> Vacancy:
        """An empty vacancy of the own organisation."""
        return Vacancy(employer=user_of(request).organisation)

    def get(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """The form."""
        vacancy = self.vacancy(request, **keys)
        return self._page(request, _form_of(vacancy))

    def post(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """Fill the week anew, or store the vacancy."""
        vacancy = self.vacancy(request, **keys)
        if REFILL in request.POST:
            widget = VacancyForm.base_fields["shifts"].widget
            data = widget.refilled(request.POST, "shifts", request.POST[REFILL])
            form = _form_of(vacancy, data)
            response = self._page(request, form, _count(request, form), is_checked=False)
            # The count beside the form listens for it.
            response["HX-Trigger-After-Settle"] = "week-filled"
            return response
        form = _form_of(vacancy, request.POST)
        if not form.is_valid():
            return self._page(request, form, _count(request, form), status=422)
        labels = [str(form.fields[name].label).lower() for name in form.changed_data]
        save_vacancy(form.instance, by=user_of(request), at=timezone.now(), changed=labels)
        notices.say(request, Done("De vacature is bewaard."))
        return HttpResponseRedirect(file_url(form.instance))

    def _page(
        self,
        request: DeskRequest,
        form: VacancyForm,
        count: dict[str, Any] | None = None,
        *,
        is_checked: bool = True,
        status: int = 200,
    ) -> HttpResponse:
        number = form.instance.number if form.instance.pk else ""
        if not is_checked:
            # Nothing was sent in yet: what is still empty is no mistake.
            form.errors.clear()
            form.place.errors.clear()
        content = {
            "form": form,
            "title": self.title,
            "crumbs": [Link("Jobs", "/jobs/"), Link(number or "nieuw", "")],
            "count": count or {"waits": True},
            "week": _in_words(form),
            "occupations": Occupation.objects.all(),
        }
        return render(request, "web/jobs/form.html", content, status=status)


class EditJob(NewJob):
    """A vacancy that stands already."""

    title = "Vacature aanpassen"

    def vacancy(self, request: DeskRequest, **keys: Any) -> Vacancy:
        """The vacancy, when the reader may change it."""
        found = the_vacancy(keys["number"])
        if not may_change(current(), found):
            raise Http404
        return found


class CountPage(View):
    """The count for a vacancy that is being typed; stores nothing."""

    def post(self, request: DeskRequest) -> HttpResponse:
        """The count, or what is still needed for it."""
        form = _form_of(Vacancy(employer=user_of(request).organisation), request.POST)
        count = _count(request, form)
        status = 429 if "too_often" in count else 200
        content = {"count": count, "week": _in_words(form)}
        return render(request, "web/jobs/count_live.html", content, status=status)


def _form_of(vacancy: Vacancy, data: QueryDict | None = None) -> VacancyForm:
    today = timezone.localdate()
    return VacancyForm(data, instance=vacancy, employer=vacancy.employer, today=today)


def _count(request: DeskRequest, form: VacancyForm) -> dict[str, Any]:
    today = timezone.localdate()
    job = form.draft_job(today)
    content: dict[str, Any] = {}
    if job is None:
        return content | {"missing": dutch.joined(form.missing_to_count)}
    reach = counted(job, user_of(request))
    return content | ({"too_often": True} if reach is None else {"reach": reach})


def _in_words(form: VacancyForm) -> Summary | None:
    least = float(terms().value(LEAST_REST_HOURS, timezone.localdate()))
    return summary_of(_grid(form), least_rest_hours=least)


def _grid(form: VacancyForm) -> Grid:
    value = form["shifts"].value()
    return grid_of(parse_rotation(value)) if isinstance(value, str) and value else value or {}
