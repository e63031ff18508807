"""Toeleiding in the demonstration: a referral in each of its states, some of them silent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.roles import Role
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.operations.demo import deciding
from koempel.desk.operations.demo.partners import Partners
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person
from koempel.desk.planning.rules import DECIDERS
from koempel.desk.referrals.actions import refer, take_step
from koempel.desk.referrals.candidates import candidates_for
from koempel.desk.referrals.enums import Reason
from koempel.desk.referrals.rules import NOTHING, Words

_KEPT_BY = (Role.SOCIAL_ENTERPRISE, Role.EMPLOYER)
_VACANCIES, _MOST = 4, 3
"""Vacancies of each employer that somebody is referred to, and people for each."""

_MESSAGES = (
    "Kan starten zodra jullie willen. Komt graag eerst kijken.",
    "Werkte vroeger in een magazijn. Is stipt en werkt graag samen.",
    "Zoekt vast werk in de buurt. Bel gerust in de voormiddag.",
)


@dataclass(frozen=True, slots=True)
class _Story:
    """What happened: how many days ago somebody was referred, and each step since."""

    days_ago: float
    steps: Sequence[tuple[float, str]] = ()


_STORIES = (
    _Story(9),
    _Story(4, ((2, "invite"),)),
    _Story(0.2),
    _Story(8, ((6, "invite"), (1, "interview"))),
    _Story(7, ((5, "decline"),)),
    _Story(12, ((10, "invite"), (6, "no_show"))),
    _Story(14, ((12, "invite"), (8, "interview"), (3, "hire"))),
)


def load_referrals(partners: Partners, *, at: datetime) -> None:
    """Refer people of those whom one can be, and let the employers answer."""
    stories = cycle(_STORIES)
    guides = [partners.staff[role] for role in DECIDERS]
    with_work = {
        guide: [
            *Person.objects.filter(caseworker=guide, status=CaseStatus.ACTIVE)
            .order_by("pk")
            .values_list("pk", flat=True)
        ]
        for guide in guides
    }
    messages = cycle(_MESSAGES)
    for role in _KEPT_BY:
        boss = partners.staff[role]
        for vacancy in _vacancies(boss, at):
            for guide, number in _candidates(vacancy, with_work, at):
                with_work[guide].remove(number)
                _tell(next(stories), vacancy, number, next(messages), guide, boss, at)


def _vacancies(boss: User, at: datetime) -> list[Vacancy]:
    """Vacancies that were online when the first story began."""
    begun = timezone.localdate(at) - timedelta(days=15)
    mine = open_vacancies(timezone.localdate(at)).filter(
        employer=boss.organisation, publish_from__lte=begun
    )
    return list(mine.select_related("employer").order_by("pk")[:_VACANCIES])


def _candidates(
    vacancy: Vacancy, people: dict[User, list[str]], at: datetime
) -> Iterator[tuple[User, str]]:
    """Some who can take a seat, of each guide in turn."""
    for guide, numbers in people.items():
        found = candidates_for(vacancy, numbers, today=timezone.localdate(at))
        able = [each.case_number for each in found if each.can_start and not each.lacks_right]
        for number in able[:_MOST]:
            yield guide, number


def _tell(
    story: _Story,
    vacancy: Vacancy,
    number: str,
    message: str,
    guide: User,
    boss: User,
    at: datetime,
) -> None:
    if vacancy.seats_left < 1:
        return
    with deciding.acting_as(guide):
        (referral,) = refer(
            vacancy, [number], message=message, by=guide, at=at - timedelta(days=story.days_ago)
        )
    for days_ago, step in story.steps:
        moment = at - timedelta(days=days_ago)
        with deciding.acting_as(boss):
            take_step(referral.pk, step, _words(step, moment, vacancy), by=boss, at=moment)
    vacancy.refresh_from_db()


def _words(step: str, moment: datetime, vacancy: Vacancy) -> Words:
    if step == "invite":
        talk = (moment + timedelta(days=3)).replace(minute=30, second=0, microsecond=0)
        return Words(talk_at=talk, talk_place=vacancy.establishment.name)
    if step == "hire":
        return Words(starts_on=timezone.localdate(moment) + timedelta(days=7))
    if step == "decline":
        return Words(
            reason=Reason.NO_TRANSPORT, explanation="De eerste bus komt na het begin van de shift."
        )
    return NOTHING
