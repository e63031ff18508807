"""What waits in toeleiding: for the employer, for who guides, and for who directs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.people.models import Person
from koempel.desk.people.queries import people_in_reach
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.models import Referral
from koempel.desk.referrals.queries import referrals_seen, silent_referrals, waiting_for_employer
from koempel.desk.referrals.stalled import stalled, stalled_rows
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Status, Tone, Waiting
from koempel.desk.web.views.referrals.words import file_url
from koempel.desk.web.views.waiting.heaps import Heap, due_status, heap_of
from koempel.region import dutch

_LATE = {
    ReferralState.OFFERED: "nog geen uur gekozen. Bel, en kies samen",
    ReferralState.REFERRED: "geen antwoord. Bel, of verwijs de volgende kandidaat",
    ReferralState.INVITED: "hoe was het gesprek?",
    ReferralState.INTERVIEWED: "de werkgever koos nog niet",
}

_ASKS = {
    ReferralState.OFFERED: "de kandidaat kiest een uur",
    ReferralState.REFERRED: "nodig uit, of zeg waarom niet",
    ReferralState.INVITED: "hoe was het gesprek?",
    ReferralState.INTERVIEWED: "werf je aan?",
}


def candidates(moment: datetime) -> Heap:
    """Candidates about whom an employer has something to say."""
    return heap_of(
        waiting_for_employer(current()),
        _shown(moment, _ASKS),
        title="Kandidaten die op jullie wachten",
        noun=("kandidaat wacht", "kandidaten wachten"),
        rest="referrals:list",
        query="?wacht=ja",
    )


def late(moment: datetime) -> Heap:
    """Referrals whose term ran out without a word."""
    return heap_of(
        silent_referrals(current(), timezone.localdate(moment)),
        _shown(moment, _LATE),
        title="Verwijzingen zonder antwoord",
        noun=("verwijzing zonder antwoord", "verwijzingen zonder antwoord"),
        rest="referrals:list",
        query="?wacht=laat",
    )


def stalled_people(moment: datetime) -> Heap:
    """People with whom nothing moves for weeks."""
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[Person]) -> Sequence[Waiting]:
        return [
            Waiting(
                each.row.name,
                open_address(request, "people:file", keys={"case": each.row.case_number}),
                "silent",
                f"Er beweegt niets sinds {dutch.day(each.since)}.",
                Status("stilgevallen", Tone.NEEDS_YOU),
            )
            for each in stalled_rows(found, at=moment)
        ]

    return heap_of(
        stalled(people_in_reach(), today).order_by("last_contact_on", "case_number"),
        show,
        title="Bij wie niets beweegt",
        noun=("stilgevallen mens", "stilgevallen mensen"),
        rest="referrals:stalled",
        is_duty=False,
    )


def _shown(
    moment: datetime, asks: Mapping[ReferralState, str]
) -> Callable[[DeskRequest, Sequence[Referral]], Sequence[Waiting]]:
    today = timezone.localdate(moment)

    def show(request: DeskRequest, found: Sequence[Referral]) -> Sequence[Waiting]:
        return [
            Waiting(
                each.label,
                file_url(each.pk),
                "arrow",
                f"{each.vacancy.title}: {asks[each.state]}",
                due_status(each.due_on or today, today),
            )
            for each in referrals_seen(found)
        ]

    return show


def silent_count(moment: datetime) -> tuple[int, str]:
    """How many referrals are silent, and at how many employers, for who directs."""
    rows = waiting_for_employer(current()).filter(due_on__lt=timezone.localdate(moment)).order_by()
    found = list(rows.values_list("vacancy__employer", flat=True))
    return len(found), dutch.count(len(set(found)), "werkgever", "werkgevers")
