"""A small world in which every secret can be told from every other.

Each protected text holds a word that stands nowhere else, such as ``Zqaaebpqz``; days, hours and
places are as unlike. Whoever finds one knows of whom it tells and how secret it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from desk.factories.accounts import (
    AccessGrantFactory,
    BreakGlassFactory,
    OrganisationFactory,
    UserFactory,
)
from desk.factories.jobs import VacancyFactory
from desk.factories.levers import (
    ChildcareFactory,
    CourseFactory,
    LeverFactory,
    ShuttleFactory,
    booked,
    requested,
)
from desk.factories.partners import (
    ContactFactory,
    EstablishmentFactory,
    OfferFactory,
    PartnerFactory,
)
from desk.factories.people import (
    ChildFactory,
    ConfidentialNoteFactory,
    PersonFactory,
    PersonObstacleFactory,
    SupportRightFactory,
    TimelineEntryFactory,
)
from desk.factories.placements import FollowUpFactory, PlacementFactory
from desk.factories.planning import DecisionFactory, ProposalFactory
from desk.factories.referrals import ReferralFactory
from desk.factories.transitions import TransitionFactory
from desk.transitions.agreed import written
from koempel.desk.accounts.models import BreakGlass, Organisation, OrganisationKind, User
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.jobs.enums import VacancyState
from koempel.desk.jobs.models import Vacancy
from koempel.desk.levers.actions import release_booking
from koempel.desk.levers.models import Lever, LeverBooking
from koempel.desk.partners.enums import PartnerEventKind
from koempel.desk.partners.models import (
    Contact,
    Establishment,
    Municipality,
    Offer,
    PartnerEvent,
    Village,
)
from koempel.desk.people.case_numbers import PATTERN
from koempel.desk.people.enums import CaseStatus, EntryKind
from koempel.desk.people.models import Person
from koempel.desk.people.queries import obstacle_class
from koempel.desk.placements.enums import Party as FollowUpParty
from koempel.desk.placements.links import make_follow_up_link
from koempel.desk.placements.models import FollowUp, Placement
from koempel.desk.planning.enums import ProposalState
from koempel.desk.planning.models import PlanRun, Proposal
from koempel.desk.planning.sheets import make_sheet_link
from koempel.desk.referrals.links import make_answer_link, make_choice_link
from koempel.desk.referrals.models import Referral
from koempel.desk.transitions.enums import Party
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.queries import text_digest
from koempel.desk.transitions.signing import make_sign_link, sign
from koempel.region import dutch

NAMED = (
    User,
    PlanRun,
    Organisation,
    BreakGlass,
    Lever,
    LeverBooking,
    Referral,
    Placement,
    FollowUp,
    Transition,
    Establishment,
    Contact,
    Offer,
)
TOKEN = re.compile(r"zq[a-p]{5}qz", re.IGNORECASE)
_CASE_NUMBER = re.compile(PATTERN)
_LETTERS = "abcdefghijklmnop"
ALL = ("K2", "K3", "K4", "K5", "K6")
CONFIDENTIAL = "confidential"
SHARING = "sharing"
BOOKING = "booking"
VOUCHER = "voucher"
PLACE = "place"
PARTNER = "partner"
DRAFT = "draft"
EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that not everybody may know.

    Attributes
    ----------
    kind : str
        Its class of data, or what else decides on who may know it.
    what : str
        The table and field it stands in.
    about : str
        Case number of the person it tells of.
    owner : int
        Organisation that it belongs to, when it tells of no person.
    """

    kind: str
    what: str
    about: str = ""
    owner: int = 0


@dataclass
class World:
    """All secrets, and everybody who asks."""

    askers: dict[str, object] = field(default_factory=dict)
    tokens: dict[str, Secret] = field(default_factory=dict)
    literals: dict[str, Secret] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    vacancies: list[str] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    """Keys of what hangs on a person."""
    links: list[str] = field(default_factory=list)
    """What stands in the personal links of some people."""
    keys: list[int] = field(default_factory=list)
    """Keys of everything else that an address can name."""
    public_place: str = ""
    """A token of a village where nobody lives: a page that shows it lists all villages."""

    def mint(self, kind: str, what: str, about: str = "", owner: int = 0) -> str:
        """A new word for a secret."""
        rest, letters = len(self.tokens), ""
        for _ in range(5):
            rest, place = divmod(rest, len(_LETTERS))
            letters = _LETTERS[place] + letters
        token = f"zq{letters}qz"
        self.tokens[token] = Secret(kind, what, about, owner)
        self.people |= {about} - {""}
        return token.capitalize()

    def plain(self, secret: Secret, *looks: str) -> None:
        """Keep how a value that is no text looks where it is shown."""
        self.literals.update(dict.fromkeys(looks, secret))

    def found_in(self, text: str) -> dict[str, Secret]:
        """The secrets that a text gives away."""
        words = {word.lower() for word in TOKEN.findall(text)}
        found = {word: self.tokens[word] for word in words if word in self.tokens}
        if self.public_place in words:
            found = {word: each for word, each in found.items() if not _is_place(each)}
        found |= {look: each for look, each in self.literals.items() if look in text}
        numbers = set(_CASE_NUMBER.findall(text)) & self.people
        return found | {number: Secret("K2", "case_number", number) for number in numbers}


def _is_place(secret: Secret) -> bool:
    return secret.what in ("village", "municipality")


def make_world() -> World:
    """Fifteen people in three offices, everybody who asks, and what they may not tell."""
    world = World()
    with acting(system("proef")):
        _make_askers(world)
        _make_people(world)
        _make_partners(world)
    world.keys = sorted(
        {key for each in NAMED for key in each.objects.values_list("pk", flat=True)}
    )
    return world


def _make_askers(world: World) -> None:
    askers = {role.value: UserFactory(role=role) for role in Role if role is not Role.ANONYMOUS}
    town = askers["CASEWORKER"].organisation
    askers["COLLEAGUE"] = UserFactory(role=Role.CASEWORKER, organisation=town)
    askers["STRANGER"] = UserFactory(role=Role.MEDIATOR)
    other_firm = OrganisationFactory(kind=OrganisationKind.EMPLOYER)
    askers["OTHER_EMPLOYER"] = UserFactory(role=Role.EMPLOYER, organisation=other_firm)
    world.askers = askers


def _make_people(world: World) -> None:
    control = world.mint(PLACE, "village")
    world.public_place = control.lower()
    _village(control, control)
    guide, social = world.askers["CASEWORKER"], world.askers["SOCIAL_WORKER"]
    people = People(world)
    people.make(guide)
    people.make(guide, address_shield=True)
    people.make(guide, status=CaseStatus.CLOSED)
    opened = people.make(world.askers["COLLEAGUE"])
    people.make(world.askers["COLLEAGUE"])
    people.make(social)
    for classes in (("K2",), *(("K2", each) for each in ALL[1:]), ALL):
        people.make(social, classes)
    people.make(social, ALL, address_shield=True)
    people.make(social, ALL, days=-1)
    people.make(social, ALL, withdrawn_at=timezone.now() - timedelta(hours=1))
    BreakGlassFactory(
        person=opened,
        user=guide,
        reason=world.mint(EMERGENCY, "reason"),
        opened_at=timezone.now() - timedelta(minutes=1),
    )


def _village(name: str, town: str) -> Village:
    number = Village.objects.count()
    municipality = Municipality.objects.create(nis=f"9{number:04}"[-5:], name=town, lon=5, lat=51)
    return Village.objects.create(
        code=f"dorp-{number}", name=name, municipality=municipality, postcode="3999", lon=5, lat=51
    )


class People:
    """Makes people of whom every field is a secret of its own."""

    def __init__(self, world: World) -> None:
        self._world = world
        askers = world.askers
        self._levers = [
            LeverFactory(organisation=askers["REUSE_SHOP"].organisation, stock=60),
            ChildcareFactory(organisation=askers["CHILDCARE"].organisation, stock=60),
            CourseFactory(organisation=askers["TRAINING"].organisation, stock=60),
            ShuttleFactory(organisation=askers["TRANSPORT"].organisation, stock=60),
            LeverFactory(organisation=askers["SOCIAL_ENTERPRISE"].organisation, stock=60),
        ]
        self._vacancies = [
            VacancyFactory(employer=askers[name].organisation, seats=90)
            for name in ("EMPLOYER", "SOCIAL_ENTERPRISE")
        ]
        self._by = UserFactory(second_factor=False)
        self._place = 0

    def make(self, guide, classes=(), *, days=1, withdrawn_at=None, **facts) -> str:
        """A person; the mediator's organisation gets these classes for so many days."""
        self._place += 1
        number = PersonFactory.build(caseworker=guide).case_number
        is_shielded = facts.get("address_shield", False)
        person = self._person(number, guide, is_shielded, facts)
        self._around(number, person)
        self._bookings(number)
        self._proposals(number, person)
        self._referrals(number)
        self._placements(number)
        self._transitions(number)
        sets = (
            person.children, person.rights, person.obstacles, person.timeline, person.proposals,
        )  # fmt: skip
        self._world.rows[number] = [row.pk for each in sets for row in each.all()]
        if classes:
            now = timezone.now()
            AccessGrantFactory(
                person=number,
                to_organisation=self._world.askers["MEDIATOR"].organisation,
                given_by=guide,
                classes=list(classes),
                purpose=self._mint(number, SHARING, "purpose"),
                evidence=self._mint(number, SHARING, "evidence"),
                valid_from=now - timedelta(days=9),
                valid_until=now + timedelta(days=days),
                withdrawn_at=withdrawn_at,
            )
        return number

    def _mint(self, number: str, kind: str, what: str) -> str:
        return self._world.mint(kind, what, number)

    def _day(self, number: str, kind: str, what: str, year: int, month: int) -> date:
        # From the tenth on: "9 mei" stands in "19 mei".
        day = date(year, month, 10 + self._place)
        looks = (str(day), dutch.day(day))
        self._world.plain(Secret(kind, what, number), *looks)
        return day

    def _degrees(self, number: str, kind: str, what: str, whole: int) -> float:
        digits = f"{283000 + 97 * self._place + whole}"
        self._world.plain(Secret(kind, what, number), digits)
        return float(f"{whole}.{digits}")

    def _hours(self, number: str, kind: str, what: str, hour: int) -> str:
        first, last = f"{hour:02}:{10 + self._place}", f"19:{30 + self._place}"
        words = f"{hour}.{10 + self._place} tot 19.{30 + self._place}"
        self._world.plain(Secret(kind, what, number), f"{first}-{last}", words)
        return f"Mo-Fr {first}-{last}"

    def _person(self, number: str, guide, is_shielded: bool, facts) -> Person:
        mint, day = partial(self._mint, number), partial(self._day, number)
        home, town = (PLACE, PLACE) if is_shielded else ("K3", "K2")
        is_closed = facts.get("status") == CaseStatus.CLOSED
        return PersonFactory(
            case_number=number,
            caseworker=guide,
            source=mint("K4", "source"),
            source_id=mint("K3", "source_id"),
            first_name=mint("K3", "first_name"),
            last_name=mint("K3", "last_name"),
            phone=mint("K3", "phone"),
            email=f"{mint('K3', 'email')}@koempel.invalid",
            village=_village(mint(home, "village"), mint(town, "municipality")),
            lon=self._degrees(number, home, "lon", 5),
            lat=self._degrees(number, home, "lat", 51),
            registered_on=day("K2", "registered_on", 2025, 9),
            available_from=day("K2", "available_from", 2031, 8),
            permit_until=day("K6", "permit_until", 2031, 1),
            modes=[] if self._place % 2 else ["BIKE"],
            skills=[mint("K4", "skills").upper()],
            licences=[mint("K4", "licences").upper()],
            away=self._hours(number, "K2", "away", 6),
            status_since=day("K2", "status_since", 2025, 10),
            next_step="" if is_closed else mint("K4", "next_step"),
            next_step_on=None if is_closed else day("K4", "next_step_on", 2031, 3),
            last_contact_on=day("K4", "last_contact_on", 2025, 6),
            **facts,
        )

    def _around(self, number: str, person: Person) -> None:
        mint, day = partial(self._mint, number), partial(self._day, number)
        ChildFactory(
            person=person,
            first_name=mint("K5", "child.first_name"),
            care="CHILDCARE",
            care_lon=self._degrees(number, "K5", "child.care_lon", 4),
            care_lat=self._degrees(number, "K5", "child.care_lat", 50),
            care_hours=self._hours(number, "K5", "child.care_hours", 7),
            care_until=day("K5", "child.care_until", 2031, 5),
        )
        SupportRightFactory(
            person=person,
            granted_on=day("K4", "right.granted_on", 2025, 3),
            valid_until=day("K4", "right.valid_until", 2032, 4),
        )
        kinds = (("LANGUAGE", False), ("SKILL", True), ("HOUSING_OR_DEBT", False))
        for year, (kind, is_gone) in enumerate(kinds, 2022):
            data_class = obstacle_class(kind)
            PersonObstacleFactory(
                person=person,
                kind=kind,
                evidence=mint(data_class, f"obstacle.evidence {kind}"),
                since=day(data_class, "obstacle.since", year, 7),
                removed_by=mint(data_class, "obstacle.removed_by") if is_gone else "",
                removed_on=day("K4", "obstacle.removed_on", 2025, 8) if is_gone else None,
            )
        for data_class, kind in zip(ALL, EntryKind, strict=False):
            TimelineEntryFactory(
                person=person,
                kind=kind,
                data_class=data_class,
                title=mint(data_class, "timeline.title"),
                text=mint(data_class, "timeline.text"),
            )
        ConfidentialNoteFactory(person=person, text=mint(CONFIDENTIAL, "confidential.text"))

    def _bookings(self, number: str) -> None:
        """Of every lever one that is kept; of one also a question, and one that was let go."""
        mint, by = partial(self._mint, number), self._by
        for lever in self._levers:
            held = booked(lever, case_number=number, key=f"h{lever.pk}{number}", by=by)
            if held.voucher:
                voucher = mint(VOUCHER, "voucher").upper()
                LeverBooking.objects.filter(pk=held.pk).update(voucher=voucher)
        lever = self._levers[self._place % len(self._levers)]
        requested(lever, case_number=number, key=f"r{number}", by=by)
        let_go = booked(lever, case_number=number, key=f"b{number}", by=by)
        reason = mint(BOOKING, "booking.reason")
        release_booking(let_go, by=by, at=timezone.now(), reason=reason)

    def _referrals(self, number: str) -> None:
        """One that waits and one that is over, at two employers in turn."""
        mint = partial(self._mint, number, BOOKING)
        waits_at, over_at = self._vacancies[:: 1 if self._place % 2 else -1]
        ReferralFactory(
            invited=True,
            case_number=number,
            vacancy=waits_at,
            message=mint("referral.message"),
            talk_place=mint("referral.talk_place"),
            made_by=self._by,
        )
        asked = ReferralFactory(
            case_number=number,
            vacancy=VacancyFactory(employer=waits_at.employer),
            message=mint("referral.message"),
            made_by=self._by,
        )
        link = make_answer_link(asked.pk, by=self._by, at=timezone.now())
        self._world.links.append(link)
        chooses = ReferralFactory(
            offered=True,
            case_number=number,
            vacancy=VacancyFactory(employer=over_at.employer),
            message=mint("referral.message"),
            talk_place=mint("referral.talk_place"),
            made_by=self._by,
        )
        self._world.links.append(make_choice_link(chooses.pk, by=self._by, at=timezone.now()))
        ReferralFactory(
            declined=True,
            case_number=number,
            vacancy=over_at,
            message=mint("referral.message"),
            explanation=mint("referral.explanation"),
            made_by=self._by,
        )

    def _placements(self, number: str) -> None:
        """Work that goes on and work that is over, at two employers in turn."""
        works_at, worked_at = self._vacancies[:: 1 if self._place % 2 else -1]
        works = PlacementFactory(case_number=number, vacancy=works_at, made_by=self._by)
        asked = FollowUpFactory(placement=works)
        FollowUpFactory(
            placement=works,
            months=1,
            answer="YES",
            told_by="PERSON",
            answered_at=timezone.now(),
            answered_name=self._mint(number, BOOKING, "follow_up.answered_name"),
            needs=self._mint(number, BOOKING, "follow_up.needs"),
        )
        for party in FollowUpParty:
            link = make_follow_up_link(asked.pk, party, by=self._by, at=timezone.now())
            self._world.links.append(link)
        PlacementFactory(
            ended=True,
            case_number=number,
            vacancy=worked_at,
            explanation=self._mint(number, BOOKING, "placement.explanation"),
            made_by=self._by,
        )

    def _transitions(self, number: str) -> None:
        """A round that is over and one in a trajectory, at the asker's enterprise or another."""
        mint = partial(self._mint, number, BOOKING)
        own = self._vacancies[1].employer
        facts = {"employer": own} if self._place % 2 else {}
        for trait in ("stopped", "matching"):
            made = TransitionFactory(
                case_number=number,
                view="READY",
                view_text=mint("transition.view_text"),
                explanation=mint("transition.explanation"),
                made_by=self._by,
                **facts,
                **{trait: True, "coach": mint("transition.coach")},
            )
            facts = {"employer": made.employer}
        at = timezone.now()
        written(made, by=self._by, at=at, goals=mint("agreement.goals"))
        link = make_sign_link(made.pk, Party.HOST, by=self._by, at=at)
        self._world.links.append(link)
        sign(
            made.pk,
            Party.COACH,
            name=mint("signature.name"),
            read=text_digest(made.agreement),
            by=None,
            at=at,
        )

    def _proposals(self, number: str, person: Person) -> None:
        """One that was decided against, one that waits, and a link to read it by."""
        mint = partial(self._mint, number)
        refused = ProposalFactory(person=person, state=ProposalState.REFUSED)
        DecisionFactory(
            proposal=refused,
            motivation=mint("K4", "decision.motivation"),
            disagrees=mint("K4", "decision.disagrees"),
        )
        waits = ProposalFactory(person=person)
        obstacle = {
            "kind": "MOBILITY_DISTANCE",
            "has": mint("K4", "proposal.has"),
            "needs": "",
            "about": "",
        }
        facts = waits.facts | {"obstacles": [obstacle]}
        Proposal.objects.filter(pk=waits.pk).update(facts=facts)
        link = make_sheet_link(person, by=person.caseworker, at=timezone.now())
        self._world.links.append(link)


def _make_partners(world: World) -> None:
    for name in ("SOCIAL_ENTERPRISE", "EMPLOYER", "OTHER_EMPLOYER", "CHILDCARE"):
        organisation = world.askers[name].organisation
        _about_partner(world, organisation)
    _about_partner(world, PartnerFactory())
    for name in ("SOCIAL_ENTERPRISE", "EMPLOYER", "OTHER_EMPLOYER"):
        employer = world.askers[name].organisation
        VacancyFactory(employer=employer)
        draft = partial(world.mint, DRAFT, owner=employer.pk)
        VacancyFactory(
            employer=employer,
            draft=True,
            title=draft("vacancy.title"),
            description=draft("vacancy.description"),
        )
        VacancyFactory(employer=employer, state=VacancyState.FILLED)
    world.vacancies = list(Vacancy.objects.values_list("number", flat=True))


def _about_partner(world: World, organisation) -> None:
    secret = partial(world.mint, PARTNER, owner=organisation.pk)
    ContactFactory(
        organisation=organisation,
        name=secret("contact.name"),
        function=secret("contact.function"),
        email=f"{secret('contact.email')}@koempel.invalid",
        phone=secret("contact.phone"),
    )
    EstablishmentFactory(organisation=organisation)
    OfferFactory(organisation=organisation)
    PartnerEvent.objects.create(
        organisation=organisation,
        at=timezone.now(),
        by=world.askers["DIRECTOR"],
        kind=PartnerEventKind.NOTE,
        text=secret("partner.note"),
    )


def free_texts(rows) -> Iterator[tuple[str, str]]:
    """The free text of rows, by table and field."""
    for row in rows:
        for each in row._meta.fields:
            is_text = each.get_internal_type() in ("CharField", "TextField", "EmailField")
            if is_text and not each.choices and not each.primary_key:
                yield f"{type(row).__name__}.{each.name}", getattr(row, each.name)
