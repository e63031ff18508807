"""The tour of the demonstration: its steps as a list, which a script can walk through."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.web.context import open_doors
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.tours import Step, tour_of


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with what it points at: a part of the first page, or the way to `url`."""

    title: str
    text: str
    part: str
    url: str

    @property
    def selector(self) -> str:
        """Where that stands: the way to a page hangs in the navigation, and on a phone below."""
        if self.part:
            return f"[data-tour='{self.part}']"
        return f".nav-k a[href='{self.url}'], .tabs a[href='{self.url}']"


class TourPage(View):
    """Five steps for the role of the reader; only the demonstration has a tour."""

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The steps."""
        steps = tour_of(current().role)
        doors = open_doors(request)
        if not settings.DEMO or not steps or not doors:
            raise Http404
        first = doors[0].url
        content = {"steps": [_shown(request, step, first) for step in steps], "first": first}
        return render(request, "web/tour.html", content)


def _shown(request: DeskRequest, step: Step, first: str) -> ShownStep:
    url = open_address(request, step.door) if step.door else first
    return ShownStep(step.title, step.text, step.part, url)
