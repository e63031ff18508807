"""The board of what-ifs: change numbers, see at once what comes of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views import View

from koempel.desk.planning.actions import note_what_if
from koempel.desk.planning.errors import TooOftenError
from koempel.desk.planning.models import PlanRun
from koempel.desk.planning.new_jobs import MOST_NEW_JOBS, NewJob, NewJobs, from_text, id_of, in_text
from koempel.desk.planning.queries import latest_run
from koempel.desk.planning.what_ifs import Board, Changes, Job, Place, board_of
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of, wants_part
from koempel.desk.web.views.plan.answers import told
from koempel.desk.web.views.plan.drawings import Marks, Points, curve
from koempel.desk.web.views.plan.forms import WhatIfForm
from koempel.desk.web.views.plan.words import changes_in_words
from koempel.region import dutch
from koempel.region.outcome import LeverSummary
from koempel.region.vocabulary import LEVERS, Kind
from koempel.region.what_if import ChangeError

LEVERS_FIRST = 6
"""Levers that stand on the page; the others unfold, unless they are changed."""

NEW = "nieuw"
"""Name in the address of each new job."""

AWAY = "weg"
"""Name of the buttons that take a new job away; their value says which one, from 1."""

FOUND = "found"
"""The part of the page with the jobs that were found."""


@dataclass(frozen=True, slots=True)
class LeverField:
    """A lever with its slider and its number."""

    lever: LeverSummary
    kind: Kind
    units: str
    note: str
    value: object
    top: int
    more: str

    @property
    def is_changed(self) -> bool:
        """Whether it is not as now."""
        return bool(self.more)


@dataclass(frozen=True, slots=True)
class JobField:
    """A job with its number of seats."""

    job: Job
    value: object
    is_changed: bool


@dataclass(frozen=True, slots=True)
class NewJobField:
    """A job that is only tried out, with its number of seats; `text` is the whole of it."""

    number: int
    name: str
    job: NewJob
    text: str
    value: object


@dataclass(frozen=True, slots=True)
class PlaceField:
    """A municipality with its number."""

    place: Place
    value: object
    is_changed: bool


class Asked:
    """What was asked on the board: the form, the changes, and their address."""

    def __init__(self, request: HttpRequest, board: Board) -> None:
        self.board = board
        self.error = ""
        self.changes: Changes = ()
        self.tried: NewJobs = tuple(self._read(request.GET.getlist(NEW)))
        self.form = WhatIfForm(request.GET, board, self.tried)
        if self.form.is_valid():
            self.tried = self.form.new_jobs()
            self._ask()
        else:
            least = " Een nieuwe job heeft minstens één plaats." if self.tried else ""
            self.error = f"Kijk de getallen na. Vul hele getallen vanaf 0 in.{least}"

    def _read(self, texts: Iterable[str]) -> Iterator[NewJob]:
        """The new jobs that an address tells; of one that is unreadable only the error stays."""
        for text in texts:
            try:
                yield from_text(text)
            except ChangeError as error:
                self.error = str(error)

    def _ask(self) -> None:
        try:
            self.changes = self.board.changes(self.form.wanted())
            self.board.places_of(self.tried)
        except ChangeError as error:
            self.error = str(error)

    @property
    def query(self) -> str:
        """What is changed, as it stands in an address."""
        return self._query(self.tried)

    def _query(self, jobs: Iterable[NewJob]) -> str:
        asked = [(what, str(n)) for what, n in self.changes]
        asked += [(NEW, in_text(job)) for job in jobs]
        return urlencode([*asked, ("van", self.lever)] if self.lever else asked)

    def with_job(self, job: NewJob | None, at: int | None) -> str:
        """The address of the board with one more new job, another one, or one fewer.

        Parameters
        ----------
        job : NewJob, optional
            None takes the one away that stands there.
        at : int, optional
            Which one, from 0; a job that stands nowhere comes last.
        """
        jobs: list[NewJob | None] = [*self.tried]
        if at is None or not 0 <= at < len(jobs):
            jobs.append(job)
        else:
            jobs[at] = job
        query = self._query(filter(None, jobs))
        return f"{reverse('plan:what-if')}?{query}" if query else reverse("plan:what-if")

    @property
    def lever(self) -> str:
        """The lever whose curve is drawn: the one that was changed last, or the first."""
        changed = [what for what, _ in self.changes if what in self.board.levers]
        last = self.form.cleaned_data.get("van") if self.form.is_valid() else ""
        return last if last in changed else next(iter(changed), "")

    def levers(self) -> list[LeverField]:
        """Every lever, the highest gain first."""
        return [self._lever(each) for each in self.board.levers.values()]

    def _lever(self, lever: LeverSummary) -> LeverField:
        wanted = dict(self.changes).get(lever.id, lever.capacity)
        words = LEVERS[lever.kind]
        return LeverField(
            lever,
            words.kind,
            words.units,
            self.board.notes.get(lever.id, ""),
            self.form[lever.id].value() or wanted if self.error else wanted,
            top_of(lever.capacity, wanted),
            signed(wanted - lever.capacity),
        )

    def jobs(self) -> list[JobField]:
        """Jobs that are changed, and those that were found."""
        words = self.form.cleaned_data.get("zoek", "") if self.form.is_valid() else ""
        seats = dict(self.changes)
        changed = [self.board.jobs[what] for what in seats if what in self.board.jobs]
        found = [job for job in self.board.find_jobs(words) if job not in changed]
        return [
            JobField(job, seats.get(job.number, job.seats), job in changed)
            for job in (*changed, *found)
        ]

    def new_jobs(self) -> list[NewJobField]:
        """The jobs that are only tried out."""
        return [
            NewJobField(
                number + 1,
                id_of(number),
                job,
                in_text(job),
                self.form[id_of(number)].value() or job.seats if self.error else job.seats,
            )
            for number, job in enumerate(self.tried)
        ]

    @property
    def may_add(self) -> bool:
        """Whether one more new job can be tried."""
        return len(self.tried) < MOST_NEW_JOBS

    def places(self) -> list[PlaceField]:
        """Municipalities that take part."""
        wanted = dict(self.changes)
        return [
            PlaceField(place, wanted.get(nis, place.at_least), nis in wanted)
            for nis, place in self.board.towns.items()
        ]


def top_of(capacity: int, wanted: int) -> int:
    """Where the slider ends: about twice of what there is, in tens.

    Examples
    --------
    >>> top_of(18, 18), top_of(0, 0), top_of(18, 75)
    (40, 10, 80)
    """
    return max(10, 10 * -(-max(2 * capacity, wanted) // 10))


def signed(more: int) -> str:
    """A difference with its sign; nothing when there is none."""
    return f"{'+' if more > 0 else '−'}{dutch.number(abs(more))}" if more else ""


class WhatIf(View):
    """The board."""

    def get(self, request: DeskRequest) -> HttpResponse:
        """The page, its answer, or the jobs that were found."""
        run = latest_run()
        board = board_of(run) if run else None
        if run is None or board is None:
            return render(request, "web/plan/no_board.html", {"run": run})
        asked = Asked(request, board)
        if AWAY in request.GET:
            return HttpResponseRedirect(asked.with_job(None, which(request, AWAY)))
        if wants_part(request) and request.htmx.target == FOUND:
            return render(request, "web/plan/what_if.html#found", {"asked": asked})
        try:
            content = _content(request, run, asked)
        except TooOftenError as error:
            return _too_often(request, str(error))
        is_part = wants_part(request)
        template = "web/plan/what_if.html#part" if is_part else "web/plan/what_if.html"
        response = render(request, template, content)
        if is_part:
            response["HX-Replace-Url"] = _address(request.path, asked)
        return response


def which(request: HttpRequest, name: str) -> int | None:
    """Which new job a button means, from 0."""
    value = request.GET.get(name, "")
    return int(value) - 1 if value.isascii() and value.isdigit() and len(value) < 3 else None


def _content(request: DeskRequest, run: PlanRun, asked: Asked) -> dict[str, Any]:
    asked.board.next_turn(user_of(request).pk)
    if asked.changes or asked.tried:
        note_what_if(at=timezone.now())
    answer = None if asked.error else told(asked.board.answer(asked.changes, asked.tried))
    levers = asked.levers()
    first = [field for at, field in enumerate(levers) if at < LEVERS_FIRST or field.is_changed]
    return {
        "run": run,
        "asked": asked,
        "told": answer,
        "intro": changes_in_words(answer_changes(asked)),
        "n_changed": len(asked.changes) + len(asked.tried),
        "levers": first,
        "other_levers": [field for field in levers if field not in first],
        "curve_url": _address(reverse("plan:curve"), asked) if asked.lever else "",
        "curve_units": LEVERS[asked.board.levers[asked.lever].kind].units if asked.lever else "",
        "keep_url": open_address(request, "plan:scenario-new"),
        "new_job_url": open_address(request, "plan:what-if-job"),
    }


def answer_changes(asked: Asked) -> Sequence[Any]:
    """The changes with their names."""
    return () if asked.error else asked.board.answer(asked.changes, asked.tried).changes


def _address(path: str, asked: Asked) -> str:
    return f"{path}?{asked.query}" if asked.query else path


def _too_often(request: DeskRequest, text: str) -> HttpResponse:
    if wants_part(request):
        return render(request, "web/plan/too_often.html", {"text": text}, status=429)
    return render(request, "429.html", status=429)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The curve of a lever with its table."""

    title: str
    about: str
    drawing: SafeString
    points: Points
    units: str
    text: str


class Curve(View):
    """How many of a lever make sense, everything else as it is asked."""

    def get(self, request: DeskRequest) -> HttpResponse:
        """The drawing, within the page or as a page."""
        run = latest_run()
        board = board_of(run) if run else None
        if board is None:
            raise Http404
        asked = Asked(request, board)
        if asked.error or not asked.lever:
            raise Http404
        try:
            note_what_if(at=timezone.now())
        except TooOftenError as error:
            return _too_often(request, str(error))
        drawn = _drawn(board, asked, board.next_turn(user_of(request).pk))
        if drawn is None:
            # Something else was asked meanwhile: nobody waits for this any more.
            return HttpResponse(status=204)
        content = {
            "drawn": drawn,
            "back": _address(reverse("plan:what-if"), asked),
        }
        is_part = wants_part(request)
        template = "web/plan/curve_part.html" if is_part else "web/plan/curve.html"
        return render(request, template, content)


def _drawn(board: Board, asked: Asked, is_wanted: Callable[[], bool]) -> Drawn | None:
    lever = board.levers[asked.lever]
    wanted, units = dict(asked.changes)[lever.id], LEVERS[lever.kind].units
    top = top_of(lever.capacity, wanted)
    points = board.curve(lever.id, asked.changes, asked.tried, top=top, is_wanted=is_wanted)
    if points is None:
        return None
    rounded = " Met een nieuwe job tellen we per vijf." if asked.tried else ""
    return Drawn(
        f"Hoeveel {units} hebben zin?",
        f"{lever.name}. Al het andere zoals je het koos.{rounded}",
        curve(points, Marks(lever.capacity, wanted), unit=units),
        points,
        units,
        _enough(points, units),
    )


def _enough(points: Points, units: str) -> str:
    """From how many on nearly nothing is won."""
    most = max(count for _, count in points)
    enough = next(amount for amount, count in points if count >= most - 1)
    if enough == points[-1][0]:
        return f"Ook de laatste {units} brengen nog iets op."
    return f"Vanaf {dutch.number(enough)} komt er bijna niets meer bij."
