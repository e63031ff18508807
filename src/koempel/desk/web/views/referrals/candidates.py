"""From a seat: who could take it, and who is referred."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils import timezone

from koempel.desk.common.context import current
from koempel.desk.jobs.enums import MEASURE_WORDS, VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.people.disclosures import cases_in_reach
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person
from koempel.desk.people.queries import ALL_CLASSES, note_shown
from koempel.desk.referrals import actions
from koempel.desk.referrals.candidates import Candidate, candidates_for
from koempel.desk.referrals.enums import OPEN
from koempel.desk.referrals.forms import ReferForm
from koempel.desk.referrals.queries import visible_referrals
from koempel.desk.web.pages.form import FormPage
from koempel.desk.web.pages.notices import Done
from koempel.desk.web.pages.request import DeskRequest, open_address, user_of
from koempel.desk.web.pages.values import Fact, Link
from koempel.desk.web.views.jobs.file import the_vacancy
from koempel.desk.web.views.jobs.listing import file_url as job_url
from koempel.desk.web.views.referrals.batch import undo_url
from koempel.desk.web.views.referrals.mails import has_address, refer_buttons
from koempel.desk.web.views.referrals.words import file_url
from koempel.region import dutch
from koempel.region.vocabulary import LEVERS, OBSTACLES, Kind

MOST_FAR = 30
"""People who cannot come that are shown; the others are counted."""


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """Somebody who could be referred: what stands between, and what one lever would do."""

    key: str
    name: str
    url: str
    kinds: Sequence[Kind]
    helps: str
    lacks_right: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A vacancy with everybody within reach, by how they stand to it.

    Of `n_unknown` people too little is shared to say: how they stand would tell what is not.
    """

    vacancy: Vacancy
    today: Sequence[CandidateLine]
    with_levers: Sequence[CandidateLine]
    others: Sequence[CandidateLine]
    n_unknown: int = 0

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Whom one can refer: all but who lacks the right that the vacancy asks."""
        lines = (*self.today, *self.with_levers, *self.others)
        return [(line.key, line.name) for line in lines if not line.lacks_right]


class CandidatesPage(FormPage):
    """Who could take a seat."""

    button = ""
    template = "web/referrals/candidates.html"

    def subject(self, request: DeskRequest, **keys: Any) -> Seat:
        """A vacancy that is online, with the people whom the reader guides."""
        vacancy = the_vacancy(keys["number"])
        if vacancy.state != VacancyState.PUBLISHED:
            return Seat(vacancy, (), (), ())
        return seat_of(request, vacancy)

    def title(self, subject: Seat) -> str:
        """Of which vacancy."""
        return f"Kandidaten voor {subject.vacancy.title}"

    def crumbs(self, request: DeskRequest, subject: Seat) -> Sequence[Link]:
        """From the vacancy."""
        return [
            Link("Jobs", reverse("jobs:list")),
            Link(subject.vacancy.title, job_url(subject.vacancy)),
            Link("Kandidaten", ""),
        ]

    def facts(self, request: DeskRequest, subject: Seat) -> Sequence[Fact]:
        """Whose, where, how many seats, and for whom alone."""
        vacancy = subject.vacancy
        measures = [dict(MEASURE_WORDS)[each] for each in vacancy.measures]
        facts = [
            Fact("Werkgever", vacancy.employer),
            Fact("Waar", vacancy.village),
            Fact("Vrije plaatsen", vacancy.seats_left),
        ]
        if measures:
            facts.append(Fact("Alleen met een recht op", dutch.joined(measures)))
        return facts

    def form(self, request: DeskRequest, subject: Seat, data: Any) -> BaseForm:
        """Whom to refer."""
        return ReferForm(data, who=subject.choices)

    def more(self, request: DeskRequest, subject: Seat, form: Any) -> dict[str, Any]:
        """The three groups; who is ticked stays so."""
        return {
            "seat": subject,
            "groups": (
                ("Kunnen zo beginnen", subject.today, "Zij raken er met eigen vervoer en opvang."),
                (
                    "Kunnen beginnen met ondersteuning",
                    subject.with_levers,
                    "Ondersteuning neemt weg wat er tussen staat.",
                ),
            ),
            "others": subject.others[:MOST_FAR],
            "n_others": len(subject.others),
            "ticked": set(form["who"].value() or ()),
            **refer_buttons(has_address=has_address(subject.vacancy.employer_id)),
        }

    def save(self, request: DeskRequest, subject: Seat, form: Any) -> tuple[Done, str]:
        """Refer them."""
        told = form.cleaned_data
        made = actions.refer(
            subject.vacancy,
            told["who"],
            message=told["message"],
            by_mail=form.by_mail,
            by=user_of(request),
            at=timezone.now(),
        )
        people = dutch.count(len(made), "mens", "mensen")
        text = f"{dutch.capital(people)} verwezen naar {subject.vacancy}."
        if len(made) > 1:
            return Done(text, undo_url(each.pk for each in made)), reverse("referrals:list")
        undo = reverse("referrals:undo", kwargs={"pk": made[0].pk})
        return Done(text, undo), file_url(made[0].pk)


def seat_of(request: DeskRequest, vacancy: Vacancy) -> Seat:
    """A vacancy with whom the reader could refer to it."""
    people = Person.objects.filter(status=CaseStatus.ACTIVE).order_by()
    referred = visible_referrals(current()).filter(vacancy=vacancy, state__in=OPEN)
    numbers = people.exclude(case_number__in=referred.values("case_number"))
    cases = cases_in_reach(list(numbers.values_list("case_number", flat=True)))
    known = {number: case.name for number, case in cases.items() if case.knows_all}
    note_shown(known, ALL_CLASSES)
    found = candidates_for(vacancy, list(known), today=timezone.localdate())
    lines = [(each, _line(request, each, known[each.case_number])) for each in found]
    return Seat(
        vacancy,
        [line for each, line in lines if not each.obstacles],
        [line for each, line in lines if each.obstacles and each.with_levers],
        [line for each, line in lines if not each.can_start],
        n_unknown=len(cases) - len(known),
    )


def _line(request: DeskRequest, candidate: Candidate, name: str) -> CandidateLine:
    levers = [LEVERS[kind].kind.title.lower() for kind in candidate.levers]
    return CandidateLine(
        key=candidate.case_number,
        name=name,
        url=open_address(request, "people:file", keys={"case": candidate.case_number}),
        kinds=[OBSTACLES[kind] for kind in candidate.obstacles],
        helps=f"Eén hefboom is genoeg: {dutch.joined(levers)}." if levers else "",
        lacks_right=candidate.lacks_right,
    )
