"""Who asks or has a lever, as far as the reader may know.

A director sees the case number, a guide the name. A partner gets what the family of the lever
needs, and a name only while something is kept or given: never the case number, never a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from koempel.desk.accounts.models import DataClass
from koempel.desk.common.context import Relation, Show, current
from koempel.desk.levers.enums import BookingState, Family
from koempel.desk.levers.models import LeverBooking
from koempel.desk.people.disclosures import (
    CaseSeen,
    ChildSeen,
    Contact,
    cases_in_reach,
    children_seen,
    contacts,
    first_names,
    levels_of_dutch,
)
from koempel.desk.people.queries import note_shown
from koempel.region.outcome import LeverKind


@dataclass(frozen=True, slots=True)
class Holder:
    """What a reader may know of who asks or has a lever; what is empty is not for them.

    `knows_why` tells whether the reader may read why something ended: the partner who wrote it,
    and who guides.
    """

    name: str = ""
    phone: str = ""
    child: ChildSeen | None = None
    level: str = ""
    case_number: str = ""
    knows_why: bool = False

    @property
    def label(self) -> str:
        """In a word or two: for a partner the child, for all others the name or the number."""
        is_partner = not self.case_number
        child = self.child.first_name if self.child and is_partner else ""
        return child or self.name or self.case_number


def holders_of(bookings: Sequence[LeverBooking]) -> dict[int, Holder]:
    """Who is behind some bookings, by booking; notes what is disclosed."""
    numbers = {booking.case_number for booking in bookings}
    note_shown(numbers, (DataClass.K2,))
    context = current()
    if context.relation is Relation.OWN:
        return _for_partner(bookings)
    known = {} if context.show is Show.PSEUDONYM else cases_in_reach(numbers)
    open_homes = {number for number, case in known.items() if case.knows_household}
    children = children_seen(
        {each.child_id for each in bookings if each.child_id and each.case_number in open_homes}
    )
    return {each.pk: _for_guide(each, known, children) for each in bookings}


def _for_guide(
    booking: LeverBooking, known: Mapping[str, CaseSeen], children: Mapping[int, ChildSeen]
) -> Holder:
    case = known.get(booking.case_number, CaseSeen())
    return Holder(
        name=case.name,
        case_number=booking.case_number,
        child=children.get(booking.child_id or 0) if case.knows_household else None,
        knows_why=case.knows_guidance,
    )


def _for_partner(bookings: Sequence[LeverBooking]) -> dict[int, Holder]:
    kept = [each for each in bookings if each.takes_stock]
    first = first_names(_numbers(each for each in kept if each.lever.family is Family.BIKES))
    whole = contacts(_numbers(each for each in kept if each.lever.family is not Family.BIKES))
    children = children_seen({each.child_id for each in bookings if each.child_id})
    lessons = (each for each in bookings if each.lever.kind == LeverKind.DUTCH_COURSE)
    levels = levels_of_dutch(_numbers(lessons))
    found = {}
    for each in bookings:
        contact = _contact(each, first, whole)
        is_lesson = each.lever.kind == LeverKind.DUTCH_COURSE
        found[each.pk] = Holder(
            name=contact.name,
            phone=contact.phone,
            child=children.get(each.child_id or 0),
            level=levels.get(each.case_number, "") if is_lesson else "",
            knows_why=True,
        )
    return found


_NOBODY = Contact("", "")


def _contact(
    booking: LeverBooking, first: Mapping[str, str], whole: Mapping[str, Contact]
) -> Contact:
    if not booking.takes_stock or _is_sold(booking):
        return _NOBODY
    if booking.lever.family is Family.BIKES:
        return Contact(first.get(booking.case_number, ""), "")
    return whole.get(booking.case_number, _NOBODY)


def _is_sold(booking: LeverBooking) -> bool:
    """A bike that went along is the person's own: the shop needs no name any more."""
    return booking.lever.kind == LeverKind.BIKE and booking.state == BookingState.HANDED_OVER


def _numbers(bookings: Iterable[LeverBooking]) -> set[str]:
    return {each.case_number for each in bookings}
