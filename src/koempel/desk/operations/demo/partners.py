"""Partners of the demonstration, and who works there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from koempel.desk.accounts.models import Organisation, OrganisationKind, RoleRequest, User
from koempel.desk.common.roles import Role
from koempel.desk.levers.models import Lever
from koempel.desk.operations.demo.names import Names, mail_of
from koempel.desk.partners.enums import OfferKind, OfferSide, PartnerEventKind
from koempel.desk.partners.models import Contact, Establishment, Offer, PartnerEvent
from koempel.region.rows import CourseKind, EmployerKind
from koempel.region.tables import Region

CASES_PER_WORKER = 60

ENTERPRISES, ESTABLISHMENTS = 1_000_000, 80_000_000
"""First eight digits of numbers that nobody has: true ones begin with 02 and with 2."""

HOME_TOWN = "71070"
"""Where those live whom one meets first: Heusden-Zolder."""

PARTNERSHIP, VDAB = "Samenwerkingsverband De Drie Schachten", "VDAB Mijnstreek"
SCHOOL_OF_COURSE = {
    CourseKind.DUTCH_COURSE: "Taalhuis De Woordenmijn",
    CourseKind.SKILL_COURSE: "Opleidingscentrum De Houweel",
    CourseKind.DRIVING_LICENCE: "Rijschool De Ophaler",
}
TRANSPORT = "Vervoer De Kolenbus"

Kind = OrganisationKind
CASE_HOMES = ((Kind.MUNICIPALITY, Role.CASEWORKER), (Kind.OCMW, Role.SOCIAL_WORKER))
"""Where cases are kept, and who guides them there."""

DEMO_STAFF: tuple[tuple[Role, Kind], ...] = (
    (Role.DIRECTOR, Kind.PARTNERSHIP),
    (Role.CASEWORKER, Kind.MUNICIPALITY),
    (Role.SOCIAL_WORKER, Kind.OCMW),
    (Role.MEDIATOR, Kind.VDAB),
    (Role.SOCIAL_ENTERPRISE, Kind.SOCIAL_ENTERPRISE),
    (Role.EMPLOYER, Kind.EMPLOYER),
    (Role.CHILDCARE, Kind.CHILDCARE),
    (Role.REUSE_SHOP, Kind.REUSE_SHOP),
    (Role.TRAINING, Kind.TRAINING),
    (Role.TRANSPORT, Kind.TRANSPORT),
    (Role.DPO, Kind.PARTNERSHIP),
    (Role.OPERATOR, Kind.PARTNERSHIP),
)
"""Whom one can be with one click, and where that role works."""

OFFERS: dict[Kind, tuple[tuple[OfferSide, OfferKind, str], ...]] = {
    Kind.SOCIAL_ENTERPRISE: (
        (OfferSide.OFFERS, OfferKind.GUIDANCE, "Jobcoach op de werkvloer"),
        (OfferSide.SEEKS, OfferKind.INTERNSHIPS, "Stageplaatsen voor wie kan doorstromen"),
    ),
    Kind.EMPLOYER: (
        (OfferSide.OFFERS, OfferKind.VISITS, "Bedrijfsbezoek op vraag"),
        (OfferSide.SEEKS, OfferKind.TALENT, "Mensen die in ploegen kunnen werken"),
    ),
    Kind.CHILDCARE: ((OfferSide.OFFERS, OfferKind.CHILDCARE, "Plaatsen voor wie start met werk"),),
    Kind.REUSE_SHOP: ((OfferSide.OFFERS, OfferKind.BIKES, "Nagekeken fietsen met een slot"),),
    Kind.TRAINING: ((OfferSide.OFFERS, OfferKind.COURSES, "Lessen die elke maand starten"),),
    Kind.TRANSPORT: ((OfferSide.OFFERS, OfferKind.TRANSPORT, "Pendelbus op de uren van ploegen"),),
    Kind.MUNICIPALITY: ((OfferSide.OFFERS, OfferKind.PREMISES, "Een lokaal voor jobdagen"),),
}


@dataclass(frozen=True, slots=True)
class Partners:
    """Organisations and users that the rest hangs on.

    Attributes
    ----------
    by_name : dict
        Every organisation.
    firms : dict
        Employers by their code in the region.
    guides : dict
        Who guides people, per organisation; the first one can be entered with one click.
    staff : dict
        Whom one can be, by role.
    """

    by_name: dict[str, Organisation]
    firms: dict[str, Organisation]
    guides: dict[int, list[User]] = field(default_factory=dict)
    staff: dict[Role, User] = field(default_factory=dict)

    def of_town(self, kind: Kind, nis: str) -> Organisation:
        """The municipality or the OCMW of a town."""
        found = (each for each in self.by_name.values() if (each.kind, each.nis) == (kind, nis))
        return next(found)

    def keeper_of(self, lever: Lever, *, else_: User) -> User:
        """Who of the partner hands a lever over; somebody else where nobody can be entered."""
        keepers = {user.organisation_id: user for user in self.staff.values()}
        return keepers.get(lever.organisation_id, else_)


def load_partners(region: Region, names: Names, random: Random, *, at: datetime) -> Partners:
    """Write organisations with their users, places, contacts, offers and first event."""
    rows = [*_public(region), *_firms(region), *_of_levers(region)]
    for place, each in enumerate(rows, 1):
        each.created_on = begun_on(at)
        each.org_code = invented_number(ENTERPRISES, place)
    made = Organisation.objects.bulk_create(rows)
    by_name = {each.name: each for each in made}
    firms = {each.id: by_name[each.name] for each in region.employers}
    partners = Partners(by_name, firms)
    _write_staff(region, partners, names, at)
    _write_surroundings(region, partners, names, random, at)
    return partners


def begun_on(at: datetime) -> datetime:
    """When the partnership of the demonstration began: a good year ago, in the morning."""
    return (at - timedelta(days=400)).replace(hour=8, minute=0, second=0, microsecond=0)


def _public(region: Region) -> Iterable[Organisation]:
    yield Organisation(kind=Kind.PARTNERSHIP, name=PARTNERSHIP)
    yield Organisation(kind=Kind.VDAB, name=VDAB)
    for town in region.municipalities:
        yield Organisation(kind=Kind.MUNICIPALITY, name=f"Gemeente {town.name}", nis=town.nis)
        yield Organisation(kind=Kind.OCMW, name=f"OCMW {town.name}", nis=town.nis)


def _firms(region: Region) -> Iterable[Organisation]:
    town_of = {village.id: village.municipality for village in region.villages}
    towns = {job.employer: town_of[job.village] for job in reversed(region.jobs)}
    for firm in region.employers:
        is_social = firm.kind is EmployerKind.SOCIAL
        kind = Kind.SOCIAL_ENTERPRISE if is_social else Kind.EMPLOYER
        yield Organisation(kind=kind, name=firm.name, nis=towns.get(firm.id, ""))


def _of_levers(region: Region) -> Iterable[Organisation]:
    kinds = dict.fromkeys((house_of(each.name) for each in region.bikes), Kind.REUSE_SHOP)
    kinds |= dict.fromkeys((house_of(each.name) for each in region.childcare), Kind.CHILDCARE)
    kinds |= dict.fromkeys(SCHOOL_OF_COURSE.values(), Kind.TRAINING)
    kinds[TRANSPORT] = Kind.TRANSPORT
    towns = _towns_of_houses(region)
    return [
        Organisation(kind=kind, name=name, nis=towns.get(name, "")) for name, kind in kinds.items()
    ]


def _towns_of_houses(region: Region) -> dict[str, str]:
    """The municipality of who runs bikes or childcare: of the place in the name of the first."""
    named = {village.name: village.municipality for village in region.villages}
    named |= {town.name: town.nis for town in region.municipalities}
    names = [each.name for each in region.bikes] + [each.name for each in region.childcare]
    return {house_of(name): named.get(name.rpartition(", ")[2], "") for name in reversed(names)}


def house_of(name: str) -> str:
    """Who runs a lever: its name without the place.

    Examples
    --------
    >>> house_of("Kringwinkel De Kettingbaan, Beringen")
    'Kringwinkel De Kettingbaan'
    """
    return name.partition(",")[0]


def _write_staff(region: Region, partners: Partners, names: Names, at: datetime) -> None:
    """Users whom one can be, their colleagues, who has left, and one that waits for a role."""
    since = begun_on(at)
    demo = [
        _user(next(names), _home_of(kind, partners), role, since, is_demo=True)
        for role, kind in DEMO_STAFF
    ]
    town_of = {village.id: village.municipality for village in region.villages}
    towns = [town_of[person.village] for person in region.people]
    colleagues = [
        _user(next(names), partners.of_town(kind, town.nis), role, since)
        for town in region.municipalities
        for kind, role in CASE_HOMES
        for _ in range(max(1, ceil(towns.count(town.nis) / 2 / CASES_PER_WORKER)))
    ]
    left = [
        _user(next(names), partners.of_town(kind, HOME_TOWN), role, since, is_active=False)
        for kind, role in CASE_HOMES
    ]
    home = partners.by_name[PARTNERSHIP]
    operator = _user(next(names), home, Role.OPERATOR, since)
    newcomer = _user(next(names), home, Role.DIRECTOR, at, is_active=False)
    made = User.objects.bulk_create([*demo, *colleagues, *left, operator, newcomer])
    partners.staff.update({Role(user.role): user for user in made if user.is_demo})
    for user in made:
        if user.role in (Role.CASEWORKER, Role.SOCIAL_WORKER):
            partners.guides.setdefault(user.organisation_id, []).append(user)
    RoleRequest.objects.create(
        user=newcomer, role=Role.DIRECTOR, asked_by=operator, asked_at=at - timedelta(days=1)
    )


def _home_of(kind: Kind, partners: Partners) -> Organisation:
    if kind in (Kind.MUNICIPALITY, Kind.OCMW):
        return partners.of_town(kind, HOME_TOWN)
    return next(each for each in partners.by_name.values() if each.kind == kind)


def _user(
    name: tuple[str, str], organisation: Organisation, role: Role, since: datetime, **rest: bool
) -> User:
    return User(
        name=" ".join(name),
        email=mail_of(*name),
        organisation=organisation,
        role=role,
        created_on=since,
        password=make_password(None),
        **rest,
    )


def _write_surroundings(
    region: Region, partners: Partners, names: Names, random: Random, at: datetime
) -> None:
    """Where partners work, whom to call, what they offer, and since when they take part."""
    begun = begun_on(at)
    made = list(partners.by_name.values())
    contacts, offers = [], []
    for each in made:
        first, last = next(names)
        contacts.append(
            Contact(
                organisation=each,
                name=f"{first} {last}",
                function="onthaal",
                email=mail_of(first, last),
                phone=invented_phone(random),
                is_main=True,
                agreed_on=None if random.random() < 0.2 else timezone.localdate(begun),
                last_contact_on=timezone.localdate(at) - timedelta(days=random.randint(1, 300)),
            )
        )
        offers += [
            Offer(
                organisation=each,
                side=side,
                kind=what,
                text=text,
                confirmed_on=timezone.localdate(at) - timedelta(days=random.randint(1, 240)),
            )
            for side, what, text in OFFERS.get(Kind(each.kind), ())
        ]
    Contact.objects.bulk_create(contacts)
    Offer.objects.bulk_create(offers)
    Establishment.objects.bulk_create(_establishments(region, partners, random, begun))
    by = partners.staff[Role.DIRECTOR]
    PartnerEvent.objects.bulk_create(
        PartnerEvent(organisation=each, at=begun, by=by, kind=PartnerEventKind.REGISTERED)
        for each in made
    )


def _establishments(
    region: Region, partners: Partners, random: Random, begun: datetime
) -> Iterable[Establishment]:
    """One for each place where a firm has work; the first bears the name of the firm alone."""
    villages = {village.id: village.name for village in region.villages}
    places = {(job.employer, job.lon, job.lat): job.village for job in region.jobs}
    named: set[str] = set()
    for number, ((code, lon, lat), village) in enumerate(sorted(places.items()), 1):
        firm = partners.firms[code]
        yield Establishment(
            organisation=firm,
            name=f"{firm.name}, {villages[village]}" if code in named else firm.name,
            number=invented_number(ESTABLISHMENTS, number),
            address=invented_street(random),
            village_id=village,
            lon=lon,
            lat=lat,
            valid_from=begun.date(),
        )
        named.add(code)


def invented_number(first: int, number: int) -> str:
    """An invented number of ten digits with its check."""
    stem = first + number
    return f"{stem:08}{97 - stem % 97:02}"


def invented_street(random: Random) -> str:
    """A street and number that only exist here."""
    streets = ("Lampistenpad", "Kolenkarweg", "Schachtboklaan", "Stutmuurstraat", "Losvloerplein")
    return f"{random.choice(streets)} {random.randint(1, 180)}"


def invented_phone(random: Random) -> str:
    """A phone number that no operator gives out: 0400."""
    return f"0400 {random.randint(0, 99):02} {random.randint(0, 99):02} {random.randint(0, 99):02}"
