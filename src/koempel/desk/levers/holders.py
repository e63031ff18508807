"""Who asks or has a lever, as far as the reader may know.

A director sees the case number, a guide the name. A partner gets what the family of the lever
needs, and a name only while something is kept or given: never the case number, never a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from koempel.desk.accounts.models import DataClass
from koempel.desk.common.context import Relation, Show, current
from koempel.desk.levers.enums import Family
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
        """In a word or two: the child, the name, or the number of the case."""
        return (self.child.first_name if self.child else "") or self.name or self.case_number


def holders_of(bookings: Sequence[LeverBooking]) -> dict[int, Holder]:
    """Who is behind some bookings, by booking; notes what is disclosed."""
    numbers = {booking.case_number for booking in bookings}
    note_shown(numbers, (DataClass.K2,))
    context = current()
    if context.relation is Relation.OWN:
        return _for_partner(bookings)
    known = {} if context.show is Show.PSEUDONYM else cases_in_reach(numbers)
    return {each.pk: _for_guide(each.case_number, known) for each in bookings}


def _for_guide(case_number: str, known: Mapping[str, CaseSeen]) -> Holder:
    case = known.get(case_number)
    if case is None:
        return Holder(case_number=case_number)
    return Holder(name=case.name, case_number=case_number, knows_why=case.is_shared)


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
    if not booking.takes_stock:
        return _NOBODY
    if booking.lever.family is Family.BIKES:
        return Contact(first.get(booking.case_number, ""), "")
    return whole.get(booking.case_number, _NOBODY)


def _numbers(bookings: Iterable[LeverBooking]) -> set[str]:
    return {each.case_number for each in bookings}
