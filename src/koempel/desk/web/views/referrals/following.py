"""Who could be referred next, when an employer stays silent or says no."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from koempel.desk.jobs.enums import VacancyState
from koempel.desk.referrals import actions
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.forms import ReferForm
from koempel.desk.referrals.queries import ReferralSeen
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Link, Section
from koempel.desk.web.views.jobs.file import the_vacancy
from koempel.desk.web.views.referrals.candidates import CandidateLine, seat_of
from koempel.desk.web.views.referrals.mails import has_address
from koempel.desk.web.views.referrals.words import file_url
from koempel.errors import KoempelError

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


class NextButton(View):
    """Refers one of the next candidates."""

    http_method_names = ("post",)

    def post(self, request: DeskRequest, number: str) -> HttpResponse:
        """Refer, then the new referral; when it cannot be, everybody who could."""
        vacancy = the_vacancy(number)
        form = ReferForm(request.POST, who=seat_of(request, vacancy).choices)
        try:
            if not form.is_valid():
                raise KoempelError("Die persoon kan je nu niet verwijzen. Kies iemand anders.")
            (made,) = actions.refer(
                vacancy,
                form.cleaned_data["who"][:1],
                message=form.cleaned_data["message"],
                by_mail=form.by_mail,
                by=user_of(request),
                at=timezone.now(),
            )
        except KoempelError as error:
            notices.warn(request, str(error))
            return HttpResponseRedirect(
                reverse("referrals:candidates", kwargs={"number": vacancy.number})
            )
        undo = reverse("referrals:undo", kwargs={"pk": made.pk})
        notices.say(request, Done(f"Verwezen naar {vacancy}.", undo))
        return HttpResponseRedirect(file_url(made.pk))
