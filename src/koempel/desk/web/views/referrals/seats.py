"""From a person: the vacancies within reach, and a referral to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import vacancies_for
from koempel.desk.people.disclosures import cases_in_reach
from koempel.desk.people.models import Person
from koempel.desk.people.queries import ALL_CLASSES, note_shown
from koempel.desk.planning.choices import ways_now
from koempel.desk.referrals import actions
from koempel.desk.referrals.enums import OPEN
from koempel.desk.referrals.forms import SeatForm
from koempel.desk.referrals.queries import referrals_of
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, user_of
from koempel.desk.web.pages.values import Link
from koempel.desk.web.views.people.found import find, way_to
from koempel.desk.web.views.referrals.mails import refer_buttons
from koempel.desk.web.views.referrals.words import file_url
from koempel.region import dutch
from koempel.region.outcome import Proposal
from koempel.region.vocabulary import LEVERS, MODES, Kind

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A vacancy within reach: which, how far, and which support it takes."""

    vacancy: Vacancy
    way: str
    kinds: Sequence[Kind]


@dataclass(frozen=True, slots=True)
class Reach:
    """A person with the vacancies within reach, the best first."""

    person: Person
    name: str
    lines: Sequence[SeatLine]
    n_ways: int
    is_known: bool = True


class SeatsPage(FormPage):
    """To which vacancy somebody can be referred."""

    template = "web/referrals/seats.html"
    button = ""

    def subject(self, request: DeskRequest, **keys: Any) -> Reach:
        """A person within reach; of whom too little is shared nothing is worked out."""
        person = find(keys["case"])
        case = cases_in_reach([person.case_number])[person.case_number]
        name = case.name or person.case_number
        if not case.knows_all:
            return Reach(person, name, (), 0, is_known=False)
        note_shown([person.case_number], ALL_CLASSES)
        return _reach(person, name)

    def title(self, subject: Reach) -> str:
        """For whom."""
        return f"Vacatures voor {subject.name}"

    def crumbs(self, request: DeskRequest, subject: Reach) -> Sequence[Link]:
        """From the case."""
        return way_to(subject.person.case_number, "Vacatures")

    def form(self, request: DeskRequest, subject: Reach, data: Any) -> BaseForm:
        """Which vacancy."""
        choices = [(line.vacancy.number, line.vacancy.title) for line in subject.lines]
        return SeatForm(data, vacancies=choices)

    def more(self, request: DeskRequest, subject: Reach, form: Any) -> dict[str, Any]:
        """The lines; what is chosen stays so."""
        buttons = refer_buttons(has_address=True)
        return {"reach": subject, "chosen": form["vacancy"].value(), **buttons}

    def save(self, request: DeskRequest, subject: Reach, form: Any) -> tuple[Done, str]:
        """Refer the person."""
        told = form.cleaned_data
        line = next(each for each in subject.lines if each.vacancy.number == told["vacancy"])
        (made,) = actions.refer(
            line.vacancy,
            [subject.person.case_number],
            message=told["message"],
            by_mail=form.by_mail,
            by=user_of(request),
            at=timezone.now(),
        )
        undo = reverse("referrals:undo", kwargs={"pk": made.pk})
        return Done(f"{subject.name} is verwezen naar {line.vacancy}.", undo), file_url(made.pk)


def _reach(person: Person, name: str) -> Reach:
    found = ways_now(person.case_number, today=timezone.localdate())
    open_ones = referrals_of(current(), person.case_number).filter(state__in=OPEN)
    referred = set(open_ones.values_list("vacancy__number", flat=True))
    free = [way for way in (found.ways if found else ()) if way.job not in referred]
    shown = free[:MOST_SHOWN]
    vacancies = vacancies_for(current()).filter(number__in=[way.job for way in shown])
    rows = {row.number: row for row in vacancies}
    lines = [seat_line(rows[way.job], way) for way in shown if way.job in rows]
    return Reach(person, name, lines, len(free))


def seat_line(vacancy: Vacancy, way: Proposal) -> SeatLine:
    """A vacancy with the way to it."""
    minutes = f"{dutch.number(way.trip.out_min)} minuten {MODES[way.trip.mode]}"
    return SeatLine(vacancy, minutes, [LEVERS[each.kind].kind for each in way.levers])
