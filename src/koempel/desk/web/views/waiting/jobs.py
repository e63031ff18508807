"""What waits about vacancies: for who offers work, and for who looks for seats."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import current
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import leaving_soon, open_vacancies, vacancies_for
from koempel.desk.planning.queries import jobs_out_of_reach, latest_run
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Status, Tone, Waiting
from koempel.desk.web.views.waiting.heaps import Heap, days_left, heap_of
from koempel.region import dutch

LEAVES_WITHIN = timedelta(days=14)


def leaving(moment: datetime) -> Heap:
    """Own vacancies that go offline soon."""
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[Vacancy]) -> Sequence[Waiting]:
        return [
            _line(
                request,
                each,
                f"Staat online tot en met {dutch.day(each.publish_to or today)}.",
                days_left(each.publish_to or today, today),
            )
            for each in found
        ]

    return heap_of(
        leaving_soon(vacancies_for(current()), today, today + LEAVES_WITHIN),
        show,
        title="Vacatures die verlopen",
        noun=("vacature verloopt", "vacatures verlopen"),
        rest="jobs:list",
        query="?stand=PUBLISHED",
    )


def drafts(moment: datetime) -> Heap:
    """Own vacancies that were written and never put online."""

    def show(request: DeskRequest, found: Sequence[Vacancy]) -> Sequence[Waiting]:
        text = "Nog niet online: zo vindt niemand deze job."
        status = Status(VacancyState.DRAFT.label, Tone.NEEDS_YOU)
        return [_line(request, each, text, status) for each in found]

    return heap_of(
        vacancies_for(current()).filter(state=VacancyState.DRAFT).order_by("-changed_at", "pk"),
        show,
        title="Ontwerpen",
        noun=("ontwerp", "ontwerpen"),
        rest="jobs:list",
        query="?stand=DRAFT",
    )


def out_of_reach(moment: datetime) -> Heap:
    """Own vacancies that nobody reaches in the latest plan, not even with levers."""
    run = latest_run()
    numbers = jobs_out_of_reach(run) if run is not None else frozenset()
    rows = open_vacancies(timezone.localdate(moment)).select_related(
        "employer", "establishment__village"
    )

    def show(request: DeskRequest, found: Sequence[Vacancy]) -> Sequence[Waiting]:
        text = "Niemand raakt er nu, ook niet met hulp. Kijk naar de uren en wat je vraagt."
        status = Status("onbereikbaar", Tone.BAD)
        return [_line(request, each, text, status) for each in found]

    return heap_of(
        rows.filter(employer=current().organisation, number__in=numbers).order_by("title", "pk"),
        show,
        title="Jobs die niemand bereikt",
        noun=("job onbereikbaar", "jobs onbereikbaar"),
        rest="jobs:list",
        query="?stand=PUBLISHED",
    )


def social_seats(moment: datetime) -> Heap:
    """Open seats in the social economy, the newest first."""
    rows = open_vacancies(timezone.localdate(moment)).select_related(
        "employer", "establishment__village"
    )

    def show(request: DeskRequest, found: Sequence[Vacancy]) -> Sequence[Waiting]:
        return [
            _line(
                request,
                each,
                f"{each.employer}, {each.establishment.village}",
                Status(dutch.count(each.seats, "plaats", "plaatsen")),
            )
            for each in found
        ]

    return heap_of(
        rows.filter(employer__kind=OrganisationKind.SOCIAL_ENTERPRISE).order_by(
            "-publish_from", "pk"
        ),
        show,
        title="Open plaatsen in de sociale economie",
        noun=("job in de sociale economie", "jobs in de sociale economie"),
        rest="jobs:list",
        query="?stand=PUBLISHED&werkgever=SOCIAL_ENTERPRISE",
        is_duty=False,
    )


def _line(request: DeskRequest, vacancy: Vacancy, text: str, status: Status) -> Waiting:
    url = open_address(request, "jobs:file", keys={"number": vacancy.number})
    return Waiting(vacancy.title, url, "work", text, status)
