"""Where somebody is referred, in the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.referrals.queries import referrals_of, referrals_seen
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link, Section, Status
from koempel.desk.web.views.referrals.words import file_url, late_of, status_of

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral in one line."""

    title: str
    employer: str
    status: Status
    due: Status | None
    url: str


def referral_sections(request: DeskRequest, case_number: str) -> Sequence[Section]:
    """The referrals of somebody, the last first; nothing for who may not see them."""
    if not open_address(request, "referrals:list"):
        return ()
    found = referrals_seen(referrals_of(current(), case_number)[:MOST_SHOWN])
    today = timezone.localdate()
    lines = [
        ReferralLine(
            each.vacancy.title,
            str(each.vacancy.employer),
            status_of(each.state),
            late_of(each, today),
            file_url(each.pk),
        )
        for each in found
    ]
    url = open_address(request, "referrals:seats", keys={"case": case_number})
    more = Link("Zoek een vacature", url) if url else None
    return [Section("Toeleiding", template="web/referrals/lines.html", data=lines, more=more)]
