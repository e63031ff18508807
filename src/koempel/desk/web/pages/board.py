"""The board: what waits, a few figures that lead to their lists, drawings with their tables."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from koempel.desk.web.context import Door
from koempel.desk.web.pages import drawings
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Figure, Link, Section, Waiting
from koempel.errors import KoempelError

MOST_FIGURES = 6


class TooManyFiguresError(KoempelError):
    """A board with more figures than a reader can hold."""


class BoardPage(View):
    """What to see at a glance. A page of a part fills in the methods it needs.

    `figures` stand loose; `whole` are figures that add up, over one bar.
    """

    title: ClassVar[str]
    door: ClassVar[Door | None] = None
    template: ClassVar[str] = "web/board.html"

    def heading(self, request: DeskRequest) -> str:
        """The title on the page, where it says more than the one of the window."""
        return self.title

    def kicker(self, request: DeskRequest) -> str:
        """The quiet line above the title: the day, how fresh the figures are."""
        return ""

    def crumbs(self, request: DeskRequest) -> Sequence[Link]:
        """The way here, when it is no first page."""
        return ()

    def waiting(self, request: DeskRequest) -> Sequence[Waiting]:
        """What waits for the reader, the most urgent first."""
        return ()

    def whole(self, request: DeskRequest) -> Sequence[Figure]:
        """Figures that add up to all there is."""
        return ()

    def figures(self, request: DeskRequest) -> Sequence[Figure]:
        """Loose figures."""
        return ()

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """What stands below; ``web/parts/plot.html`` shows a `drawings.Plot`."""
        return ()

    def more(self, request: DeskRequest) -> dict[str, Any]:
        """What a template of its own needs."""
        return {}

    def get(self, request: DeskRequest, *args: Any, **keys: Any) -> HttpResponse:
        """The page."""
        whole, figures = self.whole(request), self.figures(request)
        if len(whole) + len(figures) > MOST_FIGURES:
            raise TooManyFiguresError(
                f"«{self.title}» has {len(whole) + len(figures)} figures; at most {MOST_FIGURES} "
                "are read at once. Move the others to their list."
            )
        content = {
            "title": self.title,
            "heading": self.heading(request),
            "kicker": self.kicker(request),
            "crumbs": self.crumbs(request),
            "waiting": self.waiting(request),
            "whole": drawings.over_bar(whole),
            "bar": drawings.whole(whole),
            "figures": figures,
            "sections": self.sections(request),
            **self.more(request),
        }
        return render(request, self.template, content)
