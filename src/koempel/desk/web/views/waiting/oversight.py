"""What waits for who watches over the desk: the data protection officer and the operator."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from koempel.desk.accounts import watch
from koempel.desk.accounts.models import BreakGlass, RoleRequest
from koempel.desk.accounts.queries import break_glasses, open_role_requests
from koempel.desk.accounts.rules import review_due
from koempel.desk.operations import health
from koempel.desk.people.watch import namesakes
from koempel.desk.planning.queries import paused
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Status, Tone, Waiting
from koempel.desk.web.views.waiting.heaps import MOST_SHOWN, Heap, ago, due_status, heap_of
from koempel.region import dutch


def reviews(moment: datetime) -> Heap:
    """Emergency access that nobody reviewed, the oldest first."""
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[BreakGlass]) -> Sequence[Waiting]:
        return [
            Waiting(
                f"{each.user}, {each.user.organisation}",
                open_address(request, "accounts:break-glass", keys={"pk": each.pk}),
                "warn",
                f"Opende een dossier, {ago(each.opened_at, moment)}.",
                due_status(timezone.localdate(review_due(each.opened_at)), today),
            )
            for each in found
        ]

    return heap_of(
        break_glasses().filter(reviewed_at__isnull=True),
        show,
        title="Noodtoegang om na te kijken",
        noun=("noodtoegang na te kijken", "noodtoegangen na te kijken"),
        rest="accounts:break-glasses",
        query="?open=ja",
    )


_SIGNALS = {
    watch.Rule.MANY: "Zag op één dag {people}.",
    watch.Rule.NIGHT: "Zag 's nachts {people}.",
    watch.Rule.TAKEN_ALONG: "Nam op één dag {people} mee in bestanden.",
    watch.Rule.NAMESAKE: "Zag {people} met dezelfde familienaam. Dat kan toeval zijn.",
}


def signals(moment: datetime) -> Heap:
    """What the watch rules noticed in the last days."""
    looks = watch.looks(moment)
    seen = watch.busy(looks, timezone.localdate(moment)) | namesakes(looks)
    found = watch.signals(seen)

    def first(request: DeskRequest) -> Sequence[Waiting]:
        return [
            Waiting(
                each.user,
                _audit_of(request, each),
                "search",
                _SIGNALS[each.rule].format(people=dutch.count(each.people, "mens", "mensen")),
                Status(dutch.day(each.day), Tone.NEEDS_YOU),
            )
            for each in found[:MOST_SHOWN]
        ]

    noun = ("signaal", "signalen")
    return Heap(
        "Opvallend in het auditspoor", noun, len(found), len(found), first, "accounts:audit"
    )


def _audit_of(request: DeskRequest, signal: watch.Signal) -> str:
    url = open_address(request, "accounts:audit")
    return f"{url}?vanaf={signal.day:%Y-%m-%d}&tot={signal.day:%Y-%m-%d}" if url else ""


def pause(moment: datetime) -> Heap:
    """The planner, when somebody paused it."""
    act = paused()

    def first(request: DeskRequest) -> Sequence[Waiting]:
        if act is None:
            return []
        text = f"Door {act.by}, {ago(act.at, moment)}: {act.reason}"
        status = Status("gepauzeerd", Tone.NEEDS_YOU)
        return [Waiting("De planner staat stil", "", "clock", text, status)]

    count = int(act is not None)
    return Heap("Planner", ("gepauzeerde planner", "planner"), count, count, first)


def role_requests(moment: datetime) -> Heap:
    """Roles that wait for a second operator."""

    def show(request: DeskRequest, found: Sequence[RoleRequest]) -> Sequence[Waiting]:
        return [
            Waiting(
                f"{each.user}, {each.user.organisation}",
                open_address(request, "accounts:user", keys={"pk": each.user_id}),
                "people",
                f"{each.asked_by} vraagt de rol {each.get_role_display()}.",
                Status(ago(each.asked_at, moment), Tone.NEEDS_YOU),
            )
            for each in found
        ]

    return heap_of(
        open_role_requests().order_by("asked_at", "pk"),
        show,
        title="Rollen om te bevestigen",
        noun=("rol te bevestigen", "rollen te bevestigen"),
        rest="accounts:users",
    )


_REMEDIES = {health.Part.MAIL: "post", health.Part.DUTY: "duties"}
"""Where an operator does something about a part that is not well."""


def ills(moment: datetime) -> Heap:
    """Parts of the desk that are not well."""
    found = [each for each in health.look() if not each.is_well]

    def first(request: DeskRequest) -> Sequence[Waiting]:
        return [
            Waiting(
                f"De {each.part}",
                open_address(request, _REMEDIES.get(each.part, "health")),
                "warn",
                f"{dutch.capital(each.words)}.",
                Status("stuk", Tone.BAD),
            )
            for each in found[:MOST_SHOWN]
        ]

    noun = ("deel werkt niet", "delen werken niet")
    return Heap("Werking", noun, len(found), len(found), first, "health")
