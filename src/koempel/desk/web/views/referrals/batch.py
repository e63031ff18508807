"""Several referrals at once: withdraw them for one reason, and take back what was done together."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.context import current
from koempel.desk.referrals import actions
from koempel.desk.referrals.enums import REASONS
from koempel.desk.referrals.forms import ReasonForm
from koempel.desk.referrals.queries import (
    ReferralSeen,
    open_referrals,
    referrals_seen,
    visible_referrals,
)
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.button import ButtonView
from koempel.desk.web.pages.filters import Rows
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.region import dutch

KEYS = "verwijzing"
_NOUN = ("verwijzing", "verwijzingen")


def ask_why(request: DeskRequest, rows: Rows) -> str:
    """Where one says why these are withdrawn."""
    return _with_keys("referrals:withdraw", (row.pk for row in rows))


def undo_url(keys: Iterable[int]) -> str:
    """Where what was done to these together is taken back."""
    return _with_keys("referrals:undo-many", keys)


def _with_keys(name: str, keys: Iterable[int]) -> str:
    return f"{reverse(name)}?{urlencode([(KEYS, key) for key in keys])}"


def _chosen(request: DeskRequest, rows: Rows) -> Rows:
    keys = [int(key) for key in request.GET.getlist(KEYS) if key.isdecimal() and len(key) < 18]
    return rows.filter(pk__in=keys).order_by("pk")


class WithdrawPage(FormPage):
    """One reason for several referrals."""

    button = "Trek ze in"
    template = "web/referrals/withdraw.html"
    intro = (
        "De werkgever ziet dat de kandidaat er niet meer is. Wie hierover al een mail kreeg, "
        "krijgt er nog een."
    )

    def get(self, request: DeskRequest, **keys: Any) -> HttpResponse:
        """Ask why; who comes without a choice goes to the list to make one."""
        if KEYS not in request.GET:
            notices.warn(request, "Kies eerst in de lijst wie je wil intrekken.")
            return HttpResponseRedirect(reverse("referrals:list"))
        return super().get(request, **keys)

    def subject(self, request: DeskRequest, **keys: Any) -> list[ReferralSeen]:
        """Those of the address that are still open."""
        found = referrals_seen(_chosen(request, open_referrals(current())))
        if not found:
            raise Http404
        return found

    def title(self, subject: list[ReferralSeen]) -> str:
        """How many."""
        return f"Trek {dutch.count(len(subject), *_NOUN)} in"

    def crumbs(self, request: DeskRequest, subject: list[ReferralSeen]) -> Sequence[Link]:
        """From the list."""
        return [Link("Toeleiding", reverse("referrals:list")), Link("Intrekken", "")]

    def form(self, request: DeskRequest, subject: list[ReferralSeen], data: Any) -> BaseForm:
        """Why."""
        return ReasonForm(data, reasons=REASONS["withdraw"])

    def more(self, request: DeskRequest, subject: list[ReferralSeen], form: Any) -> dict[str, Any]:
        """Which ones."""
        return {"rows": subject}

    def save(
        self, request: DeskRequest, subject: list[ReferralSeen], form: Any
    ) -> tuple[Done, str]:
        """Withdraw them, with a way back."""
        keys = [seen.pk for seen in subject]
        actions.withdraw_many(keys, form.words(), by=user_of(request), at=timezone.now())
        text = f"{dutch.capital(dutch.count(len(keys), *_NOUN))} ingetrokken."
        return Done(text, undo_url(keys)), reverse("referrals:list")


class UndoMany(ButtonView):
    """Takes back what was done to several at once."""

    def subject(self, request: DeskRequest, **keys: Any) -> list[int]:
        """Those of the address that the reader may see."""
        rows = _chosen(request, visible_referrals(current()))
        return list(rows.values_list("pk", flat=True))

    def press(
        self, request: DeskRequest, subject: list[int], *, by: User, at: datetime
    ) -> tuple[Done, str]:
        """Undo all of it, or nothing; then the list."""
        count = actions.take_back_many(subject, by=by, at=at)
        text = f"{dutch.capital(dutch.count(count, *_NOUN))}: teruggenomen."
        return Done(text), self.back(subject)

    def back(self, subject: list[int]) -> str:
        """To the list."""
        return reverse("referrals:list")
