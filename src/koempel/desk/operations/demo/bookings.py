"""A living present for the levers of the demonstration: asked, kept, given, refused, run out.

Everything goes through the actions of the desk, day by day, so that books, timelines and trail are
those of a real office. What bikes, courses and rides give away is counted in first: what stays
free is what the region says.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate, chain
from operator import itemgetter

from django.db.models import QuerySet
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.roles import Role
from koempel.desk.levers import actions
from koempel.desk.levers.enums import BookingState
from koempel.desk.levers.models import Lever, LeverBooking, LeverPart
from koempel.desk.levers.terms import last_day
from koempel.desk.operations.demo.crowd import placed_person
from koempel.desk.operations.demo.deciding import before
from koempel.desk.operations.demo.names import Draws
from koempel.desk.operations.demo.partners import Partners
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Child, Person
from koempel.region.outcome import LeverKind
from koempel.region.rows import Day
from koempel.region.tables import Region

ADDED = "erbij gekomen in de voorbije maanden"
_WORKING_DAYS = tuple(day.value for day in Day)[:5]


def _codes(*parts: str, days: Sequence[str] = _WORKING_DAYS) -> tuple[str, ...]:
    return tuple(f"{day}/{part}" for day in days for part in parts)


EARLY = _codes("early", "morning")
DAYTIME = _codes("morning", "afternoon")
LATE = _codes("afternoon", "evening")
TWO_DAYS = _codes("morning", "afternoon", days=("Tu", "Th"))
TWO_AFTERNOONS = _codes("afternoon", days=("Mo", "We"))
EARLY_THURSDAY = _codes("early", days=("Th",))
THERE_AND_BACK = ("R1", "R5")
LATE_SHIFT = ("R2", "R6")
ALL = ("",)


@dataclass(frozen=True, slots=True)
class Story:
    """What became of one question; days count from today, those before it are negative.

    Attributes
    ----------
    end : BookingState
        Where it stands now.
    asked, answered, done : int
        Days of the question, of the answer of the partner, and of the last step.
    starts, ends : int
        First and last day of the lever.
    regular : tuple of int
        For a child, between which days a regular place is expected.
    reason : str
        Why the partner says no, or has nothing that suits.
    """

    end: BookingState
    asked: int
    starts: int
    answered: int = 0
    done: int = 0
    ends: int | None = None
    codes: Sequence[str] = ALL
    size: str = ""
    regular: tuple[int, int] | None = None
    reason: str = ""


_ASKED, _HELD = BookingState.REQUESTED, BookingState.HELD
_GIVEN, _BACK = BookingState.HANDED_OVER, BookingState.RETURNED
_NO, _OVER = BookingState.RELEASED, BookingState.EXPIRED

CHILDREN = (
    Story(_GIVEN, -130, -115, -128, -115, ends=66, codes=EARLY, regular=(82, 102)),
    Story(_ASKED, -4, 40, codes=TWO_AFTERNOONS),
    Story(_HELD, -9, 40, -7, codes=DAYTIME),
    Story(_NO, -8, 20, -6, codes=EARLY, reason="geen plaats op die uren"),
    Story(_GIVEN, -100, -88, -97, -88, ends=93, codes=EARLY, regular=(75, 150)),
    Story(_GIVEN, -80, -60, -78, -60, ends=121, codes=EARLY, regular=(100, 115)),
    Story(_GIVEN, -60, -45, -58, -45, ends=136, codes=EARLY),
    Story(_GIVEN, -95, -80, -93, -80, ends=101, codes=DAYTIME, regular=(60, 90)),
    Story(_GIVEN, -55, -40, -54, -40, ends=141, codes=DAYTIME, regular=(150, 160)),
    Story(_GIVEN, -70, -50, -66, -50, ends=131, codes=LATE),
    Story(_GIVEN, -45, -30, -43, -30, ends=151, codes=TWO_DAYS),
    Story(_GIVEN, -40, -26, -38, -26, ends=155, codes=TWO_DAYS),
    Story(_ASKED, -2, 6, codes=EARLY_THURSDAY),
    Story(_HELD, -6, 12, -4, codes=TWO_DAYS),
)
"""At the first childcare partner: all early places are taken, and two children may fall between."""

BIKES = (
    Story(_GIVEN, -95, -90, -94, -86, size="M"),
    Story(_GIVEN, -60, -55, -58, -49, size="L"),
    Story(_GIVEN, -33, -30, -32, -24, size="M"),
    Story(_GIVEN, -20, -15, -19, -12, size="S"),
    Story(_GIVEN, -15, -10, -14, -8, size="M"),
    Story(_GIVEN, -12, -8, -11, -3, size="L"),
    Story(_GIVEN, -9, -4, -8, 0, size="M"),
    Story(_HELD, -12, -9, -11, size="M"),
    Story(_HELD, -5, -2, -4, size="S", done=-1, reason="geen fiets in deze maat"),
    Story(_HELD, -2, 1, -1, size="L"),
    Story(_ASKED, -3, 2, size="M"),
    Story(_ASKED, -1, 5, size="L"),
    Story(_OVER, -30, -24, -28, -6, size="M"),
    Story(_NO, -7, 1, -5, size="S", reason="geen fiets in deze maat"),
)
LESSONS = (
    Story(_HELD, -20, 7, -18),
    Story(_HELD, -15, 7, -14),
    Story(_HELD, -9, 7, -8),
    Story(_ASKED, -5, 7),
    Story(_ASKED, -2, 7),
    Story(_NO, -10, 7, -9, reason="het niveau past niet bij deze groep"),
)
RIDES = (
    Story(_GIVEN, -70, -60, -68, -60, codes=THERE_AND_BACK),
    Story(_GIVEN, -40, -30, -39, -30, codes=THERE_AND_BACK),
    Story(_GIVEN, -25, -20, -24, -20, codes=LATE_SHIFT),
    Story(_HELD, -6, 5, -5, codes=THERE_AND_BACK),
    Story(_ASKED, -3, 12, codes=LATE_SHIFT),
    Story(_ASKED, -1, 8, codes=THERE_AND_BACK),
)

PAST_CHILDREN = tuple(
    Story(_BACK, start - 20, start, start - 18, start + 120, ends=start + 120, codes=DAYTIME)
    for start in (-300, -290, -260, -240, -215, -200, -180)
)
PAST_BIKES = tuple(
    Story(_GIVEN, start - 12, start - 5, start - 10, start, size="M")
    for start in (-290, -270, -240, -210, -190, -170, -150, -130, -120)
)
PAST_RIDES = (Story(_GIVEN, -220, -200, -215, -200, codes=THERE_AND_BACK),) * 3
LONGEST = timedelta(days=130)
"""The first question of today's stories; whoever asked was there already."""
COURSE_LEVEL = "A1"
WORKS_AFTER = 30
"""Days after the first day of a lever on which those of the past began to work."""


@dataclass(frozen=True, slots=True)
class _Asks:
    """One question: the story, of which lever, for whom."""

    story: Story
    lever: Lever
    person: Person
    child: Child | None = None


def load_bookings(region: Region, partners: Partners, draws: Draws, *, at: datetime) -> None:
    """Write what was asked of the partners whom one can be, and what became of it."""
    today = timezone.localdate(at)
    asked = [*_of_today(partners, today)]
    asked += _of_the_past(partners, region, draws, at=at)
    _make_room(asked, by=partners.staff[Role.OPERATOR], at=at)
    teller = _Teller(partners, at)
    steps = chain.from_iterable(teller.steps(number, each) for number, each in enumerate(asked))
    for _, step in sorted(steps, key=itemgetter(0)):
        step()


def _of_today(partners: Partners, today: date) -> Iterator[_Asks]:
    children = _children(today)
    site, depot, course, line = _levers(partners)
    for story, child in zip(CHILDREN, children, strict=False):
        yield _Asks(story, site, child.person, child)
    level = course.course.from_level
    learners = _people(today).filter(dutch_speaking=level)
    people = iter(_people(today).exclude(dutch_speaking=level).exclude(cycling="NO"))
    for lever, stories, those in (
        (depot, BIKES, people),
        (course, LESSONS, iter(learners)),
        (line, RIDES, people),
    ):
        for story, person in zip(stories, those, strict=False):
            yield _Asks(story, lever, person)


def _of_the_past(
    partners: Partners, region: Region, draws: Draws, *, at: datetime
) -> Iterator[_Asks]:
    """People beside those of the region, who found work with the help of a lever."""
    site, depot, _, line = _levers(partners)
    guide = next(user for users in partners.guides.values() for user in users if not user.is_demo)
    for lever, stories in ((site, PAST_CHILDREN), (depot, PAST_BIKES), (line, PAST_RIDES)):
        for story in stories:
            since = timezone.localdate(at) + timedelta(days=story.starts + WORKS_AFTER)
            person = placed_person(region, guide, draws, since=since, at=at)
            yield _Asks(story, lever, person)


N_PLACED = len(PAST_CHILDREN) + len(PAST_BIKES) + len(PAST_RIDES)


def _levers(partners: Partners) -> tuple[Lever, Lever, Lever, Lever]:
    """The levers of the partners whom one can be: childcare, bikes, a course, a line."""
    of_role = (
        (Role.CHILDCARE, LeverKind.FLEX_CHILDCARE),
        (Role.REUSE_SHOP, LeverKind.BIKE),
        (Role.TRAINING, LeverKind.DUTCH_COURSE),
        (Role.TRANSPORT, LeverKind.SHUTTLE_SEAT),
    )
    found = [
        Lever.objects.filter(organisation=partners.staff[role].organisation_id, kind=kind)
        .order_by("pk")
        .prefetch_related("parts")
        for role, kind in of_role
    ]
    site, depots, courses, lines = map(list, found)
    course = next(each for each in courses if each.course.from_level == COURSE_LEVEL)
    return site[0], depots[-1], course, lines[0]


def _people(today: date) -> QuerySet[Person]:
    """People who look for work and have no child, those of the guides one can be first."""
    long_ago = today - LONGEST
    rows = Person.objects.filter(status=CaseStatus.ACTIVE, registered_on__lte=long_ago)
    return (
        rows.select_related("caseworker")
        .exclude(pk__in=Child.objects.values("person"))
        .order_by("-caseworker__is_demo", "case_number")
    )


def _children(today: date) -> Iterator[Child]:
    """Children without care; the young ones first, of them those of the guides one can be."""
    rows = Child.objects.filter(birth_month__lte=today).exclude(care="SCHOOL")
    with_guide = list(rows.select_related("person__caseworker").order_by("person", "-birth_month"))
    return iter(sorted(with_guide, key=lambda child: _is_later(child, today)))


def _is_later(child: Child, today: date) -> tuple[bool, bool, bool]:
    is_new = child.person.registered_on > today - LONGEST
    is_big = child.birth_month < today - timedelta(days=900)
    return is_big, is_new, not _guide(child.person).is_demo


def _make_room(asked: Iterable[_Asks], *, by: User, at: datetime) -> None:
    """Count in what these stories keep and give, so that what is free stays what it was.

    Childcare gives from its own places, as many as it has: only a small site gets some more.
    """
    taken: dict[LeverPart, list[_Asks]] = {}
    for each in asked:
        for part in _parts(each):
            taken.setdefault(part, []).append(each)
    since = at - timedelta(days=330)
    for part, those in taken.items():
        is_place = part.lever.kind == LeverKind.FLEX_CHILDCARE
        left = sum(each.story.end in (_HELD, _GIVEN) for each in those)
        wanted = max(part.capacity, _peak(those)) if is_place else part.capacity + left
        actions.set_capacity(part, wanted, by=by, at=since, reason=ADDED)


def _peak(asked: Iterable[_Asks]) -> int:
    """How many have the same place at once, at most."""
    changes: Counter[int] = Counter()
    for story in (each.story for each in asked):
        if story.end in (_HELD, _GIVEN, _BACK):
            changes[story.answered] += 1
        if story.end is _BACK:
            changes[story.done + 1] -= 1
    return max(accumulate(change for _, change in sorted(changes.items())), default=0)


def _parts(each: _Asks) -> list[LeverPart]:
    return [part for part in each.lever.parts.all() if part.code in each.story.codes]


class _Teller:
    """Turns a story into steps with their days; the desk takes them one after the other."""

    def __init__(self, partners: Partners, at: datetime) -> None:
        self._at, self._today = at, timezone.localdate(at)
        self._staff = {user.organisation_id: user for user in partners.staff.values()}
        self._made: dict[int, LeverBooking] = {}

    def steps(self, number: int, each: _Asks) -> Iterator[tuple[int, Callable[[], object]]]:
        """What happens, and on which day."""
        story = each.story
        yield story.asked, lambda: self._ask(number, each)
        if story.end is _ASKED:
            return
        yield story.answered, lambda: self._answer(number, each)
        if story.end is _BACK:
            yield story.starts, lambda: self._hand_over(number, each, story.starts)
        if story.end is _GIVEN:
            yield story.done, lambda: self._hand_over(number, each, story.done)
        elif story.end in (_BACK, _OVER) or (story.end is _HELD and story.reason):
            yield story.done, lambda: self._finish(number, each)

    def _ask(self, number: int, each: _Asks) -> None:
        story, first = each.story, self._day(each.story.starts)
        if each.lever.kind == LeverKind.DUTCH_COURSE:
            first = each.lever.course.starts_on
        if each.child and story.regular:
            each.child.regular_from = first
            each.child.regular_earliest, each.child.regular_latest = map(self._day, story.regular)
            each.child.save()
        ends = None if story.ends is None else self._day(story.ends)
        wish = actions.Wish(
            each.person.case_number,
            _parts(each),
            starts_on=first,
            ends_on=ends or last_day(LeverKind(each.lever.kind), first),
            key=f"demo/{number}",
            child=each.child,
            size=story.size,
        )
        self._made[number] = actions.request_lever(
            wish, by=_guide(each.person), at=self._moment(story.asked)
        )

    def _answer(self, number: int, each: _Asks) -> None:
        story, by, when = each.story, self._partner(each), self._moment(each.story.answered)
        booking = self._made[number]
        if story.end is _NO:
            actions.release_booking(booking, by=by, at=when, reason=story.reason)
            return
        last = self._day(story.done - 1) if story.end is _OVER else None
        self._made[number] = actions.hold_booking(booking, by=by, at=when, hold_until=last)

    def _hand_over(self, number: int, each: _Asks, day: int) -> None:
        by, when = self._partner(each), self._moment(day)
        self._made[number] = actions.hand_over(self._made[number], by=by, at=when)

    def _finish(self, number: int, each: _Asks) -> None:
        story, by, when = each.story, self._partner(each), self._moment(each.story.done)
        if story.end is _BACK:
            actions.return_lever(self._made[number], by=by, at=when)
        elif story.end is _OVER:
            actions.expire_holds(self._day(story.done), at=when)
        else:
            actions.report_no_match(self._made[number], by=by, at=when, reason=story.reason)

    def _partner(self, each: _Asks) -> User:
        return self._staff[each.lever.organisation_id]

    def _day(self, number: int) -> date:
        return self._today + timedelta(days=number)

    def _moment(self, number: int) -> datetime:
        return before(self._at, timedelta(days=-number))


def _guide(person: Person) -> User:
    assert person.caseworker is not None, "everybody is guided by somebody"
    return person.caseworker
