"""What levers keep about a person: told to the person, and let go when the case is erased."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from koempel.desk.levers.actions import forget_bookings
from koempel.desk.levers.enums import BookingState, state_word
from koempel.desk.levers.models import LeverBooking
from koempel.desk.people.keepers import Known, Part, register
from koempel.region import dutch


class Bookings:
    """The bookings of a person."""

    def known(self, case_number: str) -> Part:
        """Every lever that was asked or kept; no names of employees."""
        rows = LeverBooking.objects.filter(case_number=case_number).select_related("lever")
        return Part("Ondersteuning", "LeverBooking", [tuple(_known(row)) for row in rows])

    def erase(self, case_number: str, *, on: date) -> None:
        """End what is open, and take the person out of what stays."""
        forget_bookings(case_number, at=timezone.now())


register(Bookings())


def _known(row: LeverBooking) -> Iterator[Known]:
    yield Known("lever", "Wat", row.lever.name, f"{row.lever.shown_kind.title}, {row.lever}")
    word = state_word(BookingState(row.state), row.lever.family)
    yield Known("state", "Stand", row.state, word)
    for name, label in (("made_at", "Gevraagd op"), ("changed_at", "Laatst veranderd")):
        moment: datetime = getattr(row, name)
        yield Known(name, label, moment.isoformat(), dutch.day(timezone.localdate(moment)))
    for name, label in (
        ("starts_on", "Vanaf"),
        ("ends_on", "Tot en met"),
        ("hold_until", "Vastgehouden tot en met"),
    ):
        day: date | None = getattr(row, name)
        yield Known(name, label, day and day.isoformat(), dutch.day(day) if day else "–")
    for name, label in (("voucher", "Bon"), ("reason", "Waarom")):
        yield Known(name, label, getattr(row, name), getattr(row, name) or "–")
