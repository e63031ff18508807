"""What waits for who directs: one line per kind, with counts and without anybody in it."""

from datetime import datetime, timedelta

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.jobs.queries import leaving_soon, vacancies_for
from koempel.desk.levers.due import silent_requests, stale_stock
from koempel.desk.levers.terms import answer_days
from koempel.desk.planning.queries import latest_run, waiting_proposals
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Status, Tone, Waiting
from koempel.desk.web.views.waiting import placements, transitions
from koempel.desk.web.views.waiting.heaps import Heap, ago
from koempel.desk.web.views.waiting.jobs import LEAVES_WITHIN
from koempel.desk.web.views.waiting.referrals import silent_count
from koempel.region import dutch

PLAN_IS_OLD_AFTER = timedelta(days=7)


def late_proposals(moment: datetime) -> Heap:
    """Proposals that should have been decided."""
    late = waiting_proposals().filter(decide_by__lt=timezone.localdate(moment)).count()
    noun = ("voorstel te laat", "voorstellen te laat")
    text = "Een begeleider moest hierover al beslissen."
    return _line(
        late, noun, "people", text, Status("niet beslist", Tone.BAD), "proposals:list", True
    )


def silent(moment: datetime) -> Heap:
    """Requests that partners leave without an answer."""
    rows = silent_requests(current(), moment)
    found = rows.values_list("lever__organisation", flat=True)
    partners = len(set(found))
    days = dutch.count(answer_days(timezone.localdate(moment)), "dag", "dagen")
    text = f"Langer dan {days}, bij {dutch.count(partners, 'partner', 'partners')}"
    noun = ("vraag zonder antwoord", "vragen zonder antwoord")
    status = Status("stil", Tone.BAD)
    return _line(len(found), noun, "silent", text, status, "levers:board", True)


def silent_referrals(moment: datetime) -> Heap:
    """Referrals that employers leave without a word."""
    count, employers = silent_count(moment)
    noun = ("verwijzing zonder antwoord", "verwijzingen zonder antwoord")
    status = Status("stil", Tone.BAD)
    text = f"De termijn is voorbij, bij {employers}."
    return _line(count, noun, "silent", text, status, "referrals:list", True)


def silent_work(moment: datetime) -> Heap:
    """Work of which nobody said for long whether it goes on."""
    count, employers = placements.late_count(moment)
    noun = ("plaatsing zonder opvolging", "plaatsingen zonder opvolging")
    status = Status("stil", Tone.BAD)
    text = f"Niemand zei of het werk nog duurt, bij {employers}."
    return _line(count, noun, "silent", text, status, "placements:list", True)


def late_transitions(moment: datetime) -> Heap:
    """Evaluations and phases of which the term is over."""
    count, employers = transitions.late_count(moment)
    noun = ("doorstroom te laat", "doorstromen te laat")
    status = Status("te laat", Tone.BAD)
    text = f"Een evaluatie of een fase is over haar termijn, bij {employers}."
    return _line(count, noun, "up", text, status, "transitions:list", True)


def stock(moment: datetime) -> Heap:
    """Stock that partners did not confirm in time."""
    found = stale_stock(current(), timezone.localdate(moment))
    noun = ("voorraad niet bevestigd", "voorraden niet bevestigd")
    partners = dutch.count(len({each.organisation_id for each in found}), "partner", "partners")
    text = f"Bij {partners}. Het plan telt er minder op."
    return _line(len(found), noun, "doc", text, Status("verouderd", Tone.NEEDS_YOU), "levers:board")


def leaving(moment: datetime) -> Heap:
    """Vacancies that go offline soon."""
    today = timezone.localdate(moment)
    count = leaving_soon(vacancies_for(current()), today, today + LEAVES_WITHIN).count()
    noun = ("vacature verloopt", "vacatures verlopen")
    text = "Vraag de werkgever of de plaats nog open is."
    status = Status(f"binnen {LEAVES_WITHIN.days} dagen", Tone.NEEDS_YOU)
    return _line(count, noun, "work", text, status, "jobs:list")


def old_plan(moment: datetime) -> Heap:
    """The plan, when nobody made one for a while."""
    run = latest_run()
    is_old = run is None or moment - run.made_at > PLAN_IS_OLD_AFTER
    text = f"Het laatste is van {ago(run.made_at, moment)}." if run else "Er is er nog geen."
    status = Status("verouderd", Tone.NEEDS_YOU)
    return _line(int(is_old), ("nieuw plan", "nieuw plan"), "map", text, status, "")


def _line(
    count: int,
    noun: tuple[str, str],
    icon: str,
    text: str,
    status: Status,
    rest: str,
    hides_few: bool = False,
) -> Heap:
    def first(request: DeskRequest) -> list[Waiting]:
        url = open_address(request, rest) if rest else ""
        return [Waiting(heap.word, url, icon, text, status)]

    heap = Heap("", noun, count, min(count, 1), first, hides_few=hides_few)
    return heap
