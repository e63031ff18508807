"""Who could be referred next, when an employer stays silent or says no."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.referrals import actions
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.errors import ReferralError
from koempel.desk.referrals.forms import ReferForm
from koempel.desk.referrals.queries import ReferralSeen
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address
from koempel.desk.web.pages.values import Link, Section
from koempel.desk.web.views.jobs.file import the_vacancy
from koempel.desk.web.views.referrals.candidates import CandidateLine, seat_of
from koempel.desk.web.views.referrals.mails import has_address
from koempel.desk.web.views.referrals.words import file_url

MOST_SHOWN = 3
_ENDED = (ReferralState.NOT_HIRED, ReferralState.NO_SHOW, ReferralState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class NextOnes:
    """The next candidates for a seat, each with a button that refers."""

    why: str
    lines: Sequence[CandidateLine]
    url: str
    can_mail: bool


def next_section(request: DeskRequest, seen: ReferralSeen) -> Section | None:
    """Who could take the seat now, for who may refer; nothing while the employer has time."""
    vacancy = seen.vacancy
    url = open_address(request, "referrals:next", method="POST", keys={"number": vacancy.number})
    why = _why(seen)
    if not url or not why or vacancy.state != VacancyState.PUBLISHED or vacancy.seats_left < 1:
        return None
    seat = seat_of(request, vacancy)
    lines = [*seat.today, *seat.with_levers][:MOST_SHOWN]
    more = open_address(request, "referrals:candidates", keys={"number": vacancy.number})
    return Section(
        "De volgende kandidaat",
        template="web/referrals/next.html",
        data=NextOnes(why, lines, url, has_address(vacancy.employer_id)),
        more=Link("Bekijk iedereen", more) if more else None,
    )


def _why(seen: ReferralSeen) -> str:
    today = timezone.localdate()
    if seen.state == ReferralState.REFERRED and seen.due_on and seen.due_on < today:
        return "De werkgever antwoordde niet op tijd. Bel, of verwijs ook iemand anders."
    return "De plaats is nog vrij." if seen.state in _ENDED else ""


class NextButton(ButtonView):
    """Refers one of the next candidates."""

    def subject(self, request: DeskRequest, **keys: Any) -> Vacancy:
        """The vacancy with this number."""
        return the_vacancy(keys["number"])

    def press(
        self, request: DeskRequest, subject: Vacancy, *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Refer, then the new referral."""
        form = ReferForm(request.POST, who=seat_of(request, subject).choices)
        if not form.is_valid():
            raise ReferralError("Die persoon kan je nu niet verwijzen. Kies iemand anders.")
        (made,) = actions.refer(
            subject,
            form.cleaned_data["who"][:1],
            message=form.cleaned_data["message"],
            by_mail=form.by_mail,
            by=by,
            at=at,
        )
        undo = reverse("referrals:undo", kwargs={"pk": made.pk})
        return Done(f"Verwezen naar {subject}.", undo), file_url(made.pk)

    def back(self, subject: Vacancy) -> str:
        """To everybody who could."""
        return reverse("referrals:candidates", kwargs={"number": subject.number})
