"""Toeleiding in the demonstration: a referral in each of its states, some of them silent.

Whoever began in the year behind was referred first: those rows are written as the actions write
them. What is going on now is made by the actions themselves.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.db.models import F
from django.utils import timezone

from koempel.desk.accounts.models import User
from koempel.desk.common.context import acting, system
from koempel.desk.jobs.models import Vacancy
from koempel.desk.jobs.queries import open_vacancies
from koempel.desk.jobs.rules import KEEPERS
from koempel.desk.mail.enums import MailState
from koempel.desk.mail.models import Mail
from koempel.desk.operations.demo import deciding
from koempel.desk.operations.demo.partners import Partners
from koempel.desk.partners.queries import mail_address_of
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person
from koempel.desk.planning.enums import ProposalState, Verdict
from koempel.desk.planning.models import Decision
from koempel.desk.planning.rules import DECIDERS
from koempel.desk.referrals.actions import MADE, refer, take_step
from koempel.desk.referrals.candidates import candidates_for
from koempel.desk.referrals.enums import Reason, ReferralState
from koempel.desk.referrals.following import give_up_waiting, remind_employers
from koempel.desk.referrals.models import Referral, ReferralEvent
from koempel.desk.referrals.rules import NOTHING, Words
from koempel.region.rows import Level

_VACANCIES, _OTHERS, _MOST = 4, 3, 2
"""Vacancies of each employer whom one can be that somebody is referred to, vacancies of others, and
people of each guide for each."""

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
    _Story(1, ((0.5, "offer"),)),
    _Story(8, ((6, "invite"), (1, "interview"))),
    _Story(7, ((5, "decline"),)),
    _Story(12, ((10, "invite"), (6, "no_show"))),
    _Story(3.2),
    _Story(6, ((5, "offer"),)),
    _Story(7.5),
)


_STEPS = (
    (0.0, MADE, ReferralState.REFERRED),
    (0.3, "invite", ReferralState.INVITED),
    (0.6, "interview", ReferralState.INTERVIEWED),
    (0.8, "hire", ReferralState.HIRED),
)
"""How somebody who began was hired: which part of the time between the decision and the first day
had passed."""


def load_past_referrals() -> None:
    """Write how those who found work in the past were hired."""
    found = _of_the_placed()
    made = Referral.objects.bulk_create(_hired(each) for each in found)
    by_case = {each.case_number: each for each in made}
    ReferralEvent.objects.bulk_create(
        event for each in found for event in hired_events(by_case[each.proposal.person_id], each.at)
    )


def _of_the_placed() -> list[Decision]:
    rows = Decision.objects.filter(
        verdict=Verdict.ACCEPT,
        proposal__state=ProposalState.ACCEPTED,
        proposal__person__status=CaseStatus.PLACED,
    )
    related = ("proposal__person", "proposal__vacancy__establishment", "by")
    return list(rows.select_related(*related).order_by("at", "pk"))


_WHY = (
    Reason.NO_TRANSPORT,
    Reason.DUTCH,
    Reason.NO_CHILDCARE,
    Reason.SOMEBODY_ELSE,
    Reason.HOURS,
    Reason.NO_TRANSPORT,
)
"""Why employers said no, the most usual more often."""


def _refused(decision: Decision, other: Decision, reason: Reason) -> Referral:
    """Who found work heard no before, from an employer who took somebody else."""
    return Referral(
        case_number=decision.proposal.person_id,
        vacancy=other.proposal.vacancy,
        state=ReferralState.NOT_HIRED,
        reason=reason,
        made_by=decision.by,
        made_at=decision.at - timedelta(days=20),
        changed_by=decision.by,
        changed_at=decision.at - timedelta(days=14),
    )


def load_past_refusals() -> None:
    """Write why it did not work out at first for those who found work in the past."""
    found = _of_the_placed()
    others = [*found[len(found) // 2 :], *found[: len(found) // 2]]
    made = Referral.objects.bulk_create(map(_refused, found, others, cycle(_WHY)))
    ReferralEvent.objects.bulk_create(
        ReferralEvent(
            referral=each, step=step, to_state=state, at=moment, by=each.made_by,
        )
        for each in made
        for step, state, moment in (
            (MADE, ReferralState.REFERRED, each.made_at),
            ("decline", ReferralState.NOT_HIRED, each.changed_at),
        )
    )  # fmt: skip


def _hired(decision: Decision) -> Referral:
    proposal, first = decision.proposal, decision.proposal.content.start_on
    return Referral(
        case_number=proposal.person_id,
        vacancy=proposal.vacancy,
        state=ReferralState.HIRED,
        talk_at=_between(decision.at, first, 0.5),
        talk_place=proposal.vacancy.establishment.name,
        starts_on=first,
        made_by=decision.by,
        made_at=decision.at,
        changed_by=decision.by,
        changed_at=_between(decision.at, first, 0.8),
    )


def hired_events(referral: Referral, at: datetime) -> Iterator[ReferralEvent]:
    """The steps of somebody who was referred at a moment and hired."""
    for share, step, state in _STEPS:
        yield ReferralEvent(
            referral=referral,
            step=step,
            to_state=state,
            at=_between(at, referral.starts_on or timezone.localdate(at), share),
            by=referral.made_by,
        )


def _between(at: datetime, first: date, share: float) -> datetime:
    days = max(0, (first - timezone.localdate(at)).days)
    return at + timedelta(days=round(share * days))


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
    bosses = {partners.staff[role].organisation_id: partners.staff[role] for role in KEEPERS}
    for vacancy in _vacancies(bosses, at):
        boss = bosses.get(vacancy.employer_id)
        for guide, number in _candidates(vacancy, with_work, at):
            with_work[guide].remove(number)
            # Who is no user of Koempel answers by phone.
            _tell(next(stories), vacancy, number, next(messages), guide, boss or guide, at)
    with acting(system("demonstratie")):
        remind_employers(at - timedelta(hours=1))
        give_up_waiting(at - timedelta(hours=1))
    _let_mail_leave(at)
    _fail_one_mail(at)


def _let_mail_leave(at: datetime) -> None:
    """Note what would have left by now, as the worker does; nothing is sent to the past."""
    due = Mail.objects.filter(state=MailState.WAITING, not_before__lte=at)
    due.update(state=MailState.SENT, ended_at=F("not_before"), attempts=1, link="")


def _fail_one_mail(at: datetime) -> None:
    """One employer has an address that does not exist."""
    last = Mail.objects.filter(state=MailState.SENT).order_by("-made_at", "-pk").first()
    if last is not None:
        last.state, last.attempts, last.last_error = MailState.FAILED, 8, "SMTPRecipientsRefused"
        last.ended_at = at
        last.save()


def _vacancies(bosses: Collection[int], at: datetime) -> Iterator[Vacancy]:
    """Some that were online when the first story began: of whom one can be, and of others."""
    today = timezone.localdate(at)
    begun = open_vacancies(today).filter(publish_from__lte=today - timedelta(days=15))
    rows = begun.select_related("employer", "establishment").order_by("pk")
    yield from rows.filter(employer__in=bosses)[: _VACANCIES * len(bosses)]
    yield from rows.exclude(employer__in=bosses)[:_OTHERS]


def _candidates(
    vacancy: Vacancy, people: dict[User, list[str]], at: datetime
) -> Iterator[tuple[User, str]]:
    """Those to whom a seat is nearest, of each guide in turn; not all of them can reach it yet."""
    for guide, numbers in people.items():
        found = candidates_for(vacancy, numbers, today=timezone.localdate(at))
        able = [each.case_number for each in found if not each.lacks_right]
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
            vacancy,
            [number],
            message=message,
            by_mail=bool(mail_address_of(vacancy.employer_id)),
            by=guide,
            at=deciding.before(at, timedelta(days=story.days_ago)),
        )
    for days_ago, step in story.steps:
        moment = deciding.before(at, timedelta(days=days_ago))
        words = _words(step, moment, vacancy, number)
        _let_mail_leave(moment)
        with deciding.acting_as(boss):
            take_step(referral.pk, step, words, by=boss, at=moment)
    vacancy.refresh_from_db()


def _words(step: str, moment: datetime, vacancy: Vacancy, number: str) -> Words:
    if step == "invite":
        talk = datetime.combine(_soon(moment), time(10, 30))
        return Words(
            talk_at=timezone.make_aware(talk), talk_place=vacancy.establishment.name, by_mail=True
        )
    if step == "offer":
        first = timezone.make_aware(datetime.combine(_soon(moment), time(9)))
        slots = (first, first + timedelta(hours=2), first + timedelta(hours=5))
        return Words(talk_place=vacancy.establishment.name, slots=slots, by_mail=True)
    if step == "decline":
        return _why_not(vacancy, number)
    return NOTHING


def _soon(moment: datetime) -> date:
    """Three days later, or the Friday before where that is a weekend."""
    day = timezone.localdate(moment) + timedelta(days=3)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _why_not(vacancy: Vacancy, number: str) -> Words:
    """What an employer could well say of this person and this work."""
    person = Person.objects.get(pk=number)
    levels = list(Level)
    if levels.index(Level(person.dutch_speaking)) < levels.index(Level(vacancy.dutch_speaking)):
        return Words(reason=Reason.DUTCH, explanation="De instructies gaan nog te snel.")
    if person.children.exists():
        return Words(reason=Reason.NO_CHILDCARE, explanation="Er is nog geen opvang op die uren.")
    bus = "De eerste bus komt na het begin van de shift."
    return Words(reason=Reason.NO_TRANSPORT, explanation=bus)
