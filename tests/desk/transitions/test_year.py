"""Two years of doorstroom, day by day: what is told to wait, and from when until when.

Three people, each with a story of dates. What each list must show is written out beside it, worked
out by hand with a calendar: terms that end, a suspension that moves them, talks, and the questions
after three, six and twelve months of regular work.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from desk.factories.jobs import VacancyFactory
from desk.factories.people import PersonFactory
from desk.transitions.agreed import signed, written
from koempel.desk.common.context import acting, current, system
from koempel.desk.mail.models import Mail
from koempel.desk.placements import actions as work
from koempel.desk.placements.enums import Answer
from koempel.desk.placements.enums import Party as Side
from koempel.desk.placements.models import FollowUp
from koempel.desk.placements.queries import late_follow_ups, visible_follow_ups, waiting_follow_ups
from koempel.desk.transitions import actions
from koempel.desk.transitions.enums import OPEN, PauseReason
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.queries import due_transitions, late_transitions, talks_due
from koempel.desk.transitions.rules import NOTHING, Pause, Told

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 1, 5), date(2027, 12, 20)
ON_TIME, LATE, MOVES_ON = "on time", "late", "moves on"
SINCE = {
    ON_TIME: date(2025, 6, 10), LATE: date(2025, 4, 15), MOVES_ON: date(2025, 3, 10),
}  # fmt: skip
PAUSE = Pause(PauseReason.LEAVE, date(2026, 6, 8), date(2026, 6, 28))
"""Twenty days: on the 28th it goes on."""

ACTS = {
    "2026-03-02": (MOVES_ON, "ready"),
    "2026-04-06": (MOVES_ON, "begin"),
    "2026-05-04": (MOVES_ON, "match"),
    "2026-05-05": (LATE, "renew_same"),
    "2026-06-01": (MOVES_ON, "suspend"),
    "2026-06-02": (ON_TIME, "renew_same"),
    "2026-08-31": (MOVES_ON, "intern"),
    "2026-11-16": (MOVES_ON, "contract"),
    "2026-12-02": (MOVES_ON, "talk"),
    "2026-12-23": (MOVES_ON, "talk"),
    "2027-02-23": (MOVES_ON, "talk"),
    "2027-02-24": (MOVES_ON, "finish"),
    "2027-03-01": (MOVES_ON, "answer"),
    "2027-11-25": (MOVES_ON, "answer"),
}

NEVER_AGAIN = str(LAST)
EXPECTED = {
    "late": {
        ON_TIME: [("2027-06-03", NEVER_AGAIN)],
        LATE: [("2026-04-16", "2026-05-04"), ("2027-05-06", NEVER_AGAIN)],
        MOVES_ON: [
            ("2026-04-02", "2026-04-05"),  # ready on 2 March, and 30 days to begin
            ("2026-08-25", "2026-08-30"),  # a place to be found by 4 August, twenty days later
            ("2027-02-17", "2027-02-23"),  # aftercare until 16 February
        ],
    },
    # Thirty days before a term at most.
    "due": {
        ON_TIME: [("2026-05-11", "2026-06-01"), ("2027-05-03", NEVER_AGAIN)],
        LATE: [("2026-03-16", "2026-05-04"), ("2027-04-05", NEVER_AGAIN)],
        MOVES_ON: [
            ("2026-02-08", "2026-05-03"),
            ("2026-07-25", "2026-08-30"),
            ("2026-10-31", "2026-11-15"),
            ("2027-01-17", "2027-02-23"),
        ],
    },
    # 7, 30 and 91 days after 23 November.
    "talks": {
        MOVES_ON: [
            ("2026-11-30", "2026-12-01"),
            ("2027-02-22", "2027-02-22"),
        ]
    },
    "asked": {MOVES_ON: [("2027-02-23", "2027-02-28"), ("2027-05-23", "2027-11-24")]},
    # After six months nobody said anything; the question after twelve takes its place.
    "asked, late": {MOVES_ON: [("2027-06-14", "2027-11-22")]},
}


class Years:
    """Three people in one social enterprise, a regular vacancy, and what each list showed when."""

    def __init__(self, works) -> None:
        self.works = works
        self.vacancy = VacancyFactory(
            publish_from=FIRST, publish_to=LAST, start_from=FIRST, start_to=LAST
        )
        self.names = {}
        for name, since in SINCE.items():
            works.person = PersonFactory(caseworker=works.guide, status="PLACED")
            works.follow(at=noon(FIRST), since=since)
            self.names[works.person.pk] = name
        self.shown = defaultdict(lambda: defaultdict(list))

    def act(self, name: str, what: str, day: date) -> None:
        at = noon(day)
        number = next(key for key, each in self.names.items() if each == name)
        if what == "answer":
            asked = waiting_follow_ups(visible_follow_ups(current()), day).get()
            told = work.Told(Answer.YES, Side.PERSON, goes_well=True)
            work.answer_follow_up(asked.pk, told, teller=work.Teller(self.works.guide), at=at)
            return
        row = Transition.objects.get(case_number=number, state__in=OPEN)
        if what == "talk":
            number_of = next(at for at, (_, done) in enumerate(row.talks) if done is None)
            actions.mark_talk(row.pk, number_of, is_done=True, by=self.works.guide, at=at)
            return
        if what == "intern":
            written(row, by=self.works.guide, at=at)
            signed(row, by=self.works.guide, at=at)
        by = self.works.mediator if what in ("ready", "renew_same") else self.works.guide
        actions.take_step(row.pk, what, self.told(what, day), by=by, at=at)

    def told(self, what: str, day: date) -> Told:
        return {
            "ready": Told(day=day, explanation="Werkt zelfstandig."),
            "renew_same": Told(day=day, explanation="Nog een jaar."),
            "begin": Told(coach="Cora Coach"),
            "suspend": Told(pause=PAUSE),
            "contract": Told(day=date(2026, 11, 23), vacancy=self.vacancy.pk),
        }.get(what, NOTHING)

    def look(self, day: date) -> None:
        """Write down who stands on which list today."""
        context = current()
        rounds = {
            "late": late_transitions(context, day),
            "due": due_transitions(context, day),
            "talks": talks_due(context, day),
        }
        asked = {
            "asked": waiting_follow_ups(visible_follow_ups(context), day),
            "asked, late": late_follow_ups(context, day),
        }
        for title, rows in rounds.items():
            self.note(title, rows.values_list("case_number", flat=True), day)
        for title, rows in asked.items():
            self.note(title, rows.values_list("placement__case_number", flat=True), day)

    def note(self, title: str, numbers, day: date) -> None:
        for each in numbers:
            self.shown[title][self.names[each]].append(day)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def stretches(days: list[date]) -> list[tuple[str, str]]:
    """Days that follow each other as their first and last one."""
    found: list[list[date]] = []
    for day in days:
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return [(str(each[0]), str(each[-1])) for each in found]


def test_two_years_show_what_waits_on_the_days_that_the_calendar_says(works):
    with acting(system("test")):
        years, day = Years(works), FIRST
        while day <= LAST:
            if str(day) in ACTS:
                years.act(*ACTS[str(day)], day)
            years.look(day)
            day += timedelta(days=1)

    shown = {
        title: {name: stretches(days) for name, days in people.items()}
        for title, people in years.shown.items()
    }
    assert shown == EXPECTED
    assert Transition.objects.get(state="REGULAR_CONTRACT").starts_on == date(2026, 11, 23)
    answers = FollowUp.objects.order_by("months").values_list("months", "answer")
    assert list(answers) == [(3, "YES"), (6, ""), (12, "YES")]
    assert not Mail.objects.exists(), "nothing leaves without somebody who sends it"
