"""Vacancies of the own organisation as a file for other software."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.http import FileResponse, Http404
from django.urls import reverse
from django.views import View

from koempel.desk.common.context import current
from koempel.desk.jobs.exchange.files import WRITERS, Writer
from koempel.desk.jobs.queries import vacancies_for
from koempel.desk.web.pages.board import BoardPage
from koempel.desk.web.pages.request import DeskRequest
from koempel.desk.web.pages.values import Link, Section


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of file, and where it is."""

    writer: Writer
    url: str


class ExportPage(BoardPage):
    """Which kinds of files there are."""

    title = "Haal je vacatures op"

    def crumbs(self, request: DeskRequest) -> Sequence[Link]:
        """From the list."""
        return [Link("Jobs", reverse("jobs:list")), Link("Haal op", "")]

    def sections(self, request: DeskRequest) -> Sequence[Section]:
        """One line per kind."""
        found = [
            Choice(writer, reverse("jobs:export-file", kwargs={"suffix": suffix}))
            for suffix, writer in WRITERS.items()
        ]
        return [Section("In welke vorm?", template="web/jobs/export.html", data=found)]


class ExportFile(View):
    """All vacancies of the own organisation in one kind of file."""

    def get(self, request: DeskRequest, suffix: str) -> FileResponse:
        """The file, whole before its first byte leaves."""
        writer = WRITERS.get(suffix)
        if writer is None:
            raise Http404
        file = BytesIO()
        writer.write(file, vacancies_for(current()).order_by("pk"))
        file.seek(0)
        return FileResponse(
            file,
            as_attachment=True,
            filename=writer.file_name,
            content_type=writer.content_type,
        )
