"""What the timeline of a case says about a lever."""

from koempel.desk.levers.enums import BookingState, state_word
from koempel.desk.levers.models import LeverBooking
from koempel.region import dutch


def told(booking: LeverBooking) -> tuple[str, str]:
    """The last step of a booking as a title and a line below it."""
    lever = booking.lever
    kind = lever.shown_kind.title
    title = f"{_word(booking)}: {kind[:1].lower()}{kind[1:]}, {lever.name}"
    return title, _more(booking)


def _word(booking: LeverBooking) -> str:
    if booking.is_refused:
        return "Niet mogelijk"
    return dutch.capital(state_word(BookingState(booking.state), booking.lever.family))


def _more(booking: LeverBooking) -> str:
    if booking.state == BookingState.REQUESTED:
        return f"Vanaf {dutch.day(booking.starts_on)}, de partner antwoordt"
    if booking.hold_until and booking.state == BookingState.HELD:
        return f"Tot en met {dutch.day(booking.hold_until)}"
    if booking.hold_until and booking.state == BookingState.EXPIRED:
        return f"De afgesproken dag was {dutch.day(booking.hold_until)}"
    return booking.reason
