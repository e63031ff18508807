"""Doorstroom in the demonstration: who was hired by a social enterprise, and how it goes on.

Everything is made by the actions themselves, each on its own day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle

from django.db.models import QuerySet
from django.utils import timezone

from koempel.desk.accounts.models import AccessGrant, OrganisationKind, User
from koempel.desk.common.roles import Role
from koempel.desk.operations.demo import deciding
from koempel.desk.operations.demo.crowd import grant_to, placed_person
from koempel.desk.operations.demo.names import Draws
from koempel.desk.operations.demo.partners import Partners
from koempel.desk.people.enums import CaseStatus
from koempel.desk.people.models import Person
from koempel.desk.planning.rules import DECIDERS
from koempel.desk.referrals.enums import ReferralState
from koempel.desk.referrals.models import Referral
from koempel.desk.transitions.actions import follow, follow_hired, take_step
from koempel.desk.transitions.enums import Party, PauseReason, Reason, View
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.queries import hosts, text_digest
from koempel.desk.transitions.rules import NOTHING, Pause, Told
from koempel.desk.transitions.signing import Terms, sign, write_agreement
from koempel.region.tables import Region

_BOSS = Role.SOCIAL_ENTERPRISE
_COACHES = ("Cora Houweel, Traject De Lift", "Jef Mijnwagen, Traject De Lift")


@dataclass(frozen=True, slots=True)
class _Story:
    """What happened since somebody was hired: how many days ago, each step."""

    steps: Sequence[tuple[int, str]] = ()

    def fits(self, days: int, *, is_own: bool) -> bool:
        """Whether it can be told of who began so many days ago, where nobody can be entered."""
        begins = max((days_ago for days_ago, _ in self.steps), default=0)
        needs_boss = any(step == "view" for _, step in self.steps)
        return begins < days and (is_own or not needs_boss)


_AGREE = "agree"
"""An agreement is written down, and not all have signed it yet."""

_TRAJECTORY = ((0, "ready"), (-9, "begin"), (-33, "match"), (-100, "intern"), (-175, "contract"))
"""A whole trajectory, in days since the visit of VDAB."""


def _until(step: str, days_ago: int, *more: tuple[int, str]) -> _Story:
    """A trajectory up to a step that was taken so many days ago, and what came after."""
    keys = [key for _, key in _TRAJECTORY]
    way = _TRAJECTORY[: keys.index(step) + 1]
    return _Story((*((days_ago + day - way[-1][0], key) for day, key in way), *more))


_STORIES = (
    _until("contract", 24, (20, "hours")),
    _until("match", 70, (40, "hours"), (12, "hours"), (4, _AGREE)),
    _Story(((3, "view"),)),
    _until("begin", 25, (6, "hours")),
    _until("intern", 40, (30, "hours"), (10, "hours")),
    _Story(((19, "ready"),)),
    _until("match", 60, (14, "suspend")),
    _Story(((30, "renew_same"),)),
    _Story(),
    _until("begin", 40),
    _until("match", 50, (5, "stop")),
    _until("begin", 12, (3, "refuse")),
    _until("intern", 80, (8, "return")),
)


_LONG_AT_WORK = ((395, 395), (760, 350))
"""Days since somebody began and since the last evaluation, or the first day: one is late by now,
one is due soon.
"""


def load_transitions(region: Region, partners: Partners, draws: Draws, *, at: datetime) -> None:
    """Follow those whom social enterprises hired, each with a story that fits the time."""
    _hand_over(partners)
    stories = list(_STORIES)
    coaches = cycle(_COACHES)
    for referral in _hired(partners):
        since = referral.starts_on or timezone.localdate(at)
        days = (timezone.localdate(at) - since).days
        is_own = referral.vacancy.employer_id == partners.staff[_BOSS].organisation_id
        fits = next((each for each in stories if each.fits(days, is_own=is_own)), None)
        if days < 0 or fits is None:
            continue
        stories.remove(fits)
        stories = stories or list(_STORIES)
        _tell(referral, fits, next(coaches), partners, at)
    guide = partners.staff[Role.CASEWORKER]
    for began, evaluated in _LONG_AT_WORK:
        since, looked_at = (
            deciding.before(at, timedelta(days=each)) for each in (began, evaluated)
        )
        person = placed_person(region, guide, draws, since=timezone.localdate(since), at=at)
        _follow_since(person, partners, since=timezone.localdate(since), evaluated_at=looked_at)
    _share(partners, at)


def _follow_since(
    person: Person, partners: Partners, *, since: date, evaluated_at: datetime
) -> None:
    """Follow somebody at the enterprise that one can be."""
    guide, boss = partners.staff[Role.CASEWORKER], partners.staff[_BOSS]
    person.last_contact_on = timezone.localdate(evaluated_at)
    person.save()
    with deciding.acting_as(guide):
        follow(
            person.pk,
            boss.organisation,
            since=since,
            evaluated_on=person.last_contact_on,
            by=guide,
            at=evaluated_at,
        )


def _hand_over(partners: Partners) -> None:
    """Let whom one can be guide those of the own organisation who work in the social economy."""
    for role in DECIDERS:
        guide = partners.staff[role]
        hired = Person.objects.filter(pk__in=_referrals().values("case_number"))
        hired.filter(organisation=guide.organisation).update(caseworker=guide)


def _referrals() -> QuerySet[Referral]:
    return Referral.objects.filter(
        state=ReferralState.HIRED,
        vacancy__employer__kind=OrganisationKind.SOCIAL_ENTERPRISE,
        case_number__in=Person.objects.filter(status=CaseStatus.PLACED).values("pk"),
    ).select_related("vacancy__employer")


def _hired(partners: Partners) -> Iterator[Referral]:
    """Those at the enterprise that one can be first, then of the guides that one can be."""
    own = partners.staff[_BOSS].organisation_id
    mine = {user.pk for user in partners.staff.values()}
    guides = _guides()
    yield from sorted(
        _referrals(),
        key=lambda row: (
            guides[row.case_number].pk not in mine,
            row.vacancy.employer_id != own,
            row.pk,
        ),
    )


def _guides() -> dict[str, User]:
    people = Person.objects.filter(pk__in=_referrals().values("case_number"))
    rows = people.select_related("caseworker")
    return {each.pk: each.caseworker for each in rows if each.caseworker is not None}


def _tell(referral: Referral, story: _Story, coach: str, partners: Partners, at: datetime) -> None:
    guide = _guides()[referral.case_number]
    with deciding.acting_as(guide):
        row = follow_hired(referral, by=guide, at=referral.changed_at)
    for days_ago, step in story.steps:
        by, moment = _who(step, guide, partners), deciding.before(at, timedelta(days=days_ago))
        with deciding.acting_as(by):
            if step == _AGREE:
                _agree(row, Party.PERSON, Party.ENTERPRISE, by=by, at=moment, begins_in=10)
                continue
            if step == "intern":
                _agree(row, *Party, by=by, at=moment - timedelta(days=6), begins_in=6)
            take_step(row.pk, step, _told(step, moment, coach), by=by, at=moment)


def _agree(row: Transition, *parties: Party, by: User, at: datetime, begins_in: int) -> None:
    """Write an agreement with some regular employer, and let some parties sign it."""
    first = timezone.localdate(at) + timedelta(days=begins_in)
    places = list(hosts(first))
    terms = Terms(
        host=places[row.pk % len(places)],
        vacancy=None,
        first_on=first,
        last_on=first + timedelta(days=80),
        shifts="Mo-Fr 08:30-12:30",
        host_pays=row.pk % 2 == 0,
        goals="Zelfstandig bestellingen klaarzetten. Op tijd hulp vragen.",
    )
    agreement = write_agreement(row.pk, terms, by=by, at=at)
    names = {Party.PERSON: _name(row), Party.COACH: _COACHES[0].split(",")[0]}
    for party in parties:
        name = names.get(party, f"Ploegbaas {row.pk}")
        sign(row.pk, party, name=name, read=text_digest(agreement), by=None, at=at)


def _name(row: Transition) -> str:
    return Person.objects.get(pk=row.case_number).name


def _who(step: str, guide: User, partners: Partners) -> User:
    if step == "view":
        return partners.staff[_BOSS]
    is_of_vdab = step in ("ready", "renew_same", "renew_changed")
    return partners.staff[Role.MEDIATOR] if is_of_vdab else guide


def _told(step: str, moment: datetime, coach: str) -> Told:
    day = timezone.localdate(moment)
    pause = Pause(PauseReason.HOST, day, day + timedelta(days=28))
    words = {
        "view": Told(view=View.READY, explanation="Neemt zelf het voortouw in de ploeg."),
        "ready": Told(day=day, explanation="Werkt zelfstandig en komt altijd op tijd."),
        "renew_same": Told(day=day, explanation="De begeleiding past nog."),
        "begin": Told(coach=coach),
        "contract": Told(day=day + timedelta(days=4)),
        "hours": Told(hours=Decimal("2.5"), explanation="Samen naar de werkgever geweest."),
        "suspend": Told(pause=pause),
        "stop": Told(reason=Reason.NO_PLACE),
        "refuse": Told(reason=Reason.UNWANTED, explanation="Wil nog een jaar in de ploeg blijven."),
        "return": Told(reason=Reason.HOST_STOPPED, explanation="De opdracht liep af."),
    }
    return words.get(step, NOTHING)


def _share(partners: Partners, at: datetime) -> None:
    """Give VDAB inspection of those about whom it decides."""
    mediator = partners.staff[Role.MEDIATOR]
    numbers = Transition.objects.values("case_number").distinct()
    people = Person.objects.filter(pk__in=numbers).select_related("organisation", "caseworker")
    known = AccessGrant.objects.filter(to_organisation=mediator.organisation).values("person")
    AccessGrant.objects.bulk_create(
        grant_to(person, mediator, ["K2", "K3", "K4"], at)
        for person in people.exclude(pk__in=known)
    )
