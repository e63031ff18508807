"""A year behind the demonstration: a small group, with which the partnership learned to work.

Every month some people came in, a plan was made for those who were then looking, guides decided,
levers went along and people began. The plans are real, made and kept by the actions of the desk on
the tables of that month; people and vacancies are written as the actions write them. Whoever is of
the past has found work or is closed when the year is over: the present begins with the region.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from django.utils import timezone

from koempel.desk.accounts.models import DataClass, User
from koempel.desk.common.roles import Role
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import EventKind, Vacancy, VacancyEvent
from koempel.desk.levers.actions import expire_holds, hand_over, return_lever
from koempel.desk.levers.models import LeverBooking
from koempel.desk.operations.demo import deciding
from koempel.desk.operations.demo.crowd import invented_case, write_cases
from koempel.desk.operations.demo.names import Draws
from koempel.desk.operations.demo.partners import Kind, Partners
from koempel.desk.operations.demo.vacancies import VacancyMaker, write_vacancies
from koempel.desk.people.enums import CaseStatus, EntryKind, status_line
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.planning.actions import (
    bury_dead_proposals,
    drop_old_files,
    pause_planner,
    resume_planner,
)
from koempel.desk.planning.bookings import bookings_of
from koempel.desk.planning.enums import ProposalState, Verdict
from koempel.desk.planning.models import Decision, Proposal
from koempel.desk.planning.runs import keep, make, read_inputs
from koempel.region import rows
from koempel.region.outcome import LeverKind
from koempel.region.tables import Region

BEGUN = timedelta(days=400)
"""How long ago the partners began; the first month comes after it."""

MONTHS = 12
_EVERY = timedelta(days=30)
_LAST = timedelta(days=33)
"""How long before the present the last plan of the past was made."""

_ONE_IN, _FEWEST = 70, 8
"""One in so many of the region joins in a month."""

_SOME = 7
"""Among so many jobs each of them is looked for."""

_LOOKS_FOR = timedelta(days=85)
_DAYS_TO_DECIDE = (0, 1, 1, 2, 3, 3, 4, 5, 6, 8)
_ACCEPTED, _CHANGED, _REFUSED = 0.76, 0.80, 0.95
"""Shares of decisions, one after the other; the rest waits for the next plan."""

_PAUSES = 0.08
_FETCHED, _TOO_LATE = 0.93, timedelta(days=17)
_COMES_BACK = (LeverKind.EBIKE_LOAN, LeverKind.FLEX_CHILDCARE, LeverKind.URGENT_CHILDCARE)
_BROUGHT_BACK = 0.7
_AFTERCARE = timedelta(days=15)
_AFTERCARE_TALKS = ("Gebeld na twee weken werk", "Op bezoek op de werkvloer", "Alles loopt goed")
_PAUSED_AGO, _PAUSE_LASTS = timedelta(days=75), timedelta(hours=25)
_PAUSED_BECAUSE = "De openingsuren van een opvang stonden fout. We kijken ze eerst na."
_FILLED, _CLOSED = VacancyState.FILLED, VacancyState.CLOSED

Decide = Callable[..., Decision | None]


class Agenda:
    """What happens when; whoever does something may plan more for later."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Callable[[datetime], object]]] = []
        self._turn = count()

    def add(self, at: datetime, do: Callable[[datetime], object]) -> None:
        """Plan something."""
        heapq.heappush(self._heap, (at, next(self._turn), do))

    def run(self, until: datetime) -> None:
        """Do everything before a moment, in the order of time; the rest never happens."""
        while self._heap and self._heap[0][0] < until:
            at, _, do = heapq.heappop(self._heap)
            do(at)


def load_history(region: Region, partners: Partners, draws: Draws, *, at: datetime) -> None:
    """Live through the year that ends before a moment."""
    year = _Year(region, partners, draws)
    last = timezone.localdate(at - _LAST)
    for month in reversed(range(MONTHS)):
        morning = datetime.combine(last - _EVERY * month, deciding.MORNING)
        year.agenda.add(morning, year.month)
    paused = deciding.at_work(timezone.localdate(at - _PAUSED_AGO), draws.random)
    year.agenda.add(paused, year.pause)
    year.agenda.add(paused + _PAUSE_LASTS, year.resume)
    year.agenda.run(at - timedelta(days=1))
    year.end(at)


class _Year:
    """The tables of the past, as they come to be."""

    def __init__(self, region: Region, partners: Partners, draws: Draws) -> None:
        self.agenda = Agenda()
        self._region, self._partners, self._draws = region, partners, draws
        self._random = draws.random
        self._director = partners.staff[Role.DIRECTOR]
        self._town_of = {village.id: village.municipality for village in region.villages}
        self._maker = VacancyMaker(region, partners, draws)

    # ---- what comes back every month ------------------------------------------------------------

    def month(self, at: datetime) -> None:
        """Somebody comes in, work is offered, a plan is made; then guides decide."""
        today = timezone.localdate(at)
        self._close_vacancies(at)
        self._close_cases(today - _LOOKS_FOR, at)
        self._offer_work(self._join(today, at), today, at)
        expire_holds(today, at=at)
        bury_dead_proposals(today, at=at)
        with deciding.acting_as(self._director):
            made = make(read_inputs(today, floors={}))
            keep(made, by=self._director, asked_at=at, at=at)
        for proposal in _waiting():
            self._plan_decision(proposal, today)

    def _join(self, today: date, at: datetime) -> list[rows.Person]:
        """Some more people, with facts as others of the region have them."""
        chosen = self._random.sample(
            self._region.people, max(_FEWEST, len(self._region.people) // _ONE_IN)
        )
        joined = [self._as_of(row, today) for row in chosen]
        cases = [invented_case(row, self._guide_of(row), self._draws, at=at) for row in joined]
        write_cases(_families_of(self._region, joined, today), cases, self._random, at=at)
        return joined

    def _as_of(self, row: rows.Person, today: date) -> rows.Person:
        since = today - timedelta(days=self._random.randint(3, 60))
        return replace(row, registered_on=since, available_from=today)

    def _guide_of(self, row: rows.Person) -> User:
        kind = self._random.choice((Kind.MUNICIPALITY, Kind.MUNICIPALITY, Kind.OCMW))
        office = self._partners.of_town(kind, self._town_of[row.village])
        return self._random.choice(self._partners.guides[office.pk])

    def _offer_work(self, joined: list[rows.Person], today: date, at: datetime) -> None:
        """Work of the kind that the newcomers look for; others may want it as well."""
        jobs = [job for row in joined if (job := self._job_near(row)) is not None]
        write_vacancies(
            [
                self._maker.make(
                    replace(
                        job,
                        seats=self._random.choice((1, 1, 2)),
                        start_from=today + timedelta(days=9),
                        start_to=today + timedelta(days=28),
                    ),
                    VacancyState.PUBLISHED,
                    online=today - timedelta(days=self._random.randint(1, 12)),
                    at=at,
                )
                for job in jobs
            ],
            at=at,
        )

    def _job_near(self, row: rows.Person) -> rows.Job | None:
        """Wanted work that lies neither next door nor out of the region."""
        wanted = [job for job in self._region.jobs if job.isco.startswith(row.wants)]
        some = self._random.sample(wanted, min(_SOME, len(wanted)))
        some.sort(key=lambda job: (job.lon - row.lon) ** 2 + (job.lat - row.lat) ** 2)
        return some[len(some) // 2] if some else None

    def _close_vacancies(self, at: datetime) -> None:
        """Offers of the month before: filled when every seat was taken, else closed."""
        taken = Counter(
            Proposal.objects.filter(state=ProposalState.ACCEPTED).values_list("vacancy", flat=True)
        )
        events = []
        for each in Vacancy.objects.filter(state=VacancyState.PUBLISHED):
            is_filled = taken[each.pk] >= each.seats
            before, each.state = each.state, _FILLED if is_filled else _CLOSED
            each.changed_at = at
            each.save()
            events.append(
                VacancyEvent(
                    vacancy=each,
                    at=at,
                    kind=EventKind.STATE,
                    step="fill" if is_filled else "close",
                    from_state=before,
                    to_state=each.state,
                )
            )
        VacancyEvent.objects.bulk_create(events)

    # ---- what people do -------------------------------------------------------------------------

    def _plan_decision(self, proposal: Proposal, today: date) -> None:
        day = today + timedelta(days=self._random.choice(_DAYS_TO_DECIDE))
        turn, moment = self._random.random(), deciding.at_work(day, self._random)
        if turn < _ACCEPTED:
            self.agenda.add(moment, lambda at: self._go_on(deciding.accept, proposal, at))
        elif turn < _CHANGED:
            self.agenda.add(moment, lambda at: self._go_on(deciding.change, proposal, at))
        elif turn < _REFUSED:
            self.agenda.add(moment, lambda at: self._go_on(deciding.refuse, proposal, at))

    def _go_on(self, decide: Decide, proposal: Proposal, at: datetime) -> None:
        """Decide; whoever accepts fetches the levers and begins."""
        decision = decide(proposal, self._random, at=at)
        if decision is None or decision.verdict != Verdict.ACCEPT:
            return
        accepted = decision.proposal
        bookings = list(bookings_of(decision))
        if bookings and self._random.random() > _FETCHED:
            self.agenda.add(
                at + _TOO_LATE, lambda at: deciding.withdraw(accepted, self._random, at=at)
            )
            return
        for booking in bookings:
            self._plan_hand_over(booking, at)
        first = datetime.combine(accepted.content.start_on, time(7), UTC)
        self.agenda.add(first, lambda at: _begin(accepted.person, at))
        self.agenda.add(first + _AFTERCARE, lambda at: self._talk(accepted.person, at))

    def _plan_hand_over(self, booking: LeverBooking, at: datetime) -> None:
        day = timezone.localdate(at) + timedelta(days=self._random.randint(1, 6))
        fetched = deciding.at_work(day, self._random)
        by = self._partners.keeper_of(booking.lever, else_=booking.made_by)
        self.agenda.add(fetched, lambda at: hand_over(booking, by=by, at=at))
        if booking.lever.kind in _COMES_BACK and self._random.random() < _BROUGHT_BACK:
            back = fetched + timedelta(days=self._random.randint(70, 160))
            self.agenda.add(back, lambda at: return_lever(booking, by=by, at=at))

    def _talk(self, person: Person, at: datetime) -> None:
        TimelineEntry.objects.create(
            person=person,
            at=at,
            kind=EntryKind.CONTACT,
            data_class=DataClass.K4,
            title=self._random.choice(_AFTERCARE_TALKS),
            by=person.caseworker,
        )
        Person.objects.filter(pk=person.pk).update(
            last_contact_on=timezone.localdate(at), changed_at=at
        )

    # ---- the planner, and the end of the year ----------------------------------------------------

    def pause(self, at: datetime) -> None:
        """Somebody stops the planner for a day."""
        with deciding.acting_as(self._director):
            pause_planner(_PAUSED_BECAUSE, by=self._director, at=at)

    def resume(self, at: datetime) -> None:
        """And lets it go on."""
        with deciding.acting_as(self._director):
            resume_planner(by=self._director, at=at)

    def end(self, at: datetime) -> None:
        """Close what is still open, so that the present begins with the region."""
        today, night = timezone.localdate(at), at - timedelta(days=1)
        self._close_vacancies(night)
        self._close_cases(today, night)
        expire_holds(today, at=night)
        bury_dead_proposals(today, at=night)
        drop_old_files(today, at=night)

    def _close_cases(self, joined_before: date, at: datetime) -> None:
        """Close those who look too long, and did not accept anything."""
        settled = Proposal.objects.filter(state=ProposalState.ACCEPTED).values("person")
        found = Person.objects.filter(status=CaseStatus.ACTIVE, registered_on__lt=joined_before)
        for person in found.exclude(pk__in=settled).select_related("caseworker"):
            to = CaseStatus.PAUSED if self._random.random() < _PAUSES else CaseStatus.CLOSED
            move_case(person, to, at)


def _waiting() -> list[Proposal]:
    found = Proposal.objects.filter(state=ProposalState.OPEN).order_by("pk")
    return list(found.select_related("person__caseworker", "vacancy"))


def _begin(person: Person, at: datetime) -> None:
    """Somebody goes to work, unless it was called off."""
    if Proposal.objects.filter(person=person, state=ProposalState.ACCEPTED).exists():
        move_case(person, CaseStatus.PLACED, at)


def move_case(person: Person, to: CaseStatus, at: datetime) -> None:
    """Bring a case into a status, as the action of the desk writes it."""
    today = timezone.localdate(at)
    Person.objects.filter(pk=person.pk).update(
        status=to,
        status_since=today,
        next_step="",
        next_step_on=None,
        last_contact_on=today,
        changed_at=at,
    )
    TimelineEntry.objects.create(
        person=person,
        at=at,
        kind=EntryKind.STATUS,
        data_class=DataClass.K2,
        title=status_line(to),
        by=person.caseworker,
    )


def _families_of(region: Region, joined: list[rows.Person], today: date) -> Region:
    """The children and rights of those who joined, as they were on a day."""
    who = {row.id for row in joined}
    return replace(
        region,
        people=tuple(joined),
        children=tuple(
            replace(each, care_until=None)
            for each in region.children
            if each.person in who and each.birth_month < today
        ),
        rights=tuple(
            replace(each, granted_on=min(each.granted_on, today))
            for each in region.rights
            if each.person in who
        ),
    )
