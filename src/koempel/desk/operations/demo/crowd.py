"""People of the demonstration, with their children, rights, obstacles and first lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from random import Random

from django.utils import timezone

from koempel.desk.accounts.actions import open_break_glass
from koempel.desk.accounts.models import AccessGrant, Basis, DataClass, User
from koempel.desk.common.days import midnight
from koempel.desk.common.roles import Role
from koempel.desk.operations.demo.deciding import acting_as
from koempel.desk.operations.demo.names import CHILDREN, Draws, mail_of
from koempel.desk.operations.demo.partners import HOME_TOWN, Kind, Partners, invented_phone
from koempel.desk.people.enums import CaseStatus, EntryKind, status_line
from koempel.desk.people.models import Child, Person, PersonObstacle, SupportRight, TimelineEntry
from koempel.desk.people.validators import name_key
from koempel.region import rows
from koempel.region.outcome import ObstacleKind
from koempel.region.tables import Region

N_OF_DEMO_GUIDE = 40
N_OF_LEFT_GUIDE = 4
"""Cases of somebody whom one can be: enough to fill a list, few enough to know."""

BATCH = 500
STEPS = (
    "Bel over de uren",
    "Vraag een proefrit aan",
    "Maak een afspraak met de opvang",
    "Kijk het cv samen na",
    "Vraag een taaltest aan",
    "Bezoek samen het bedrijf",
    "Bel na het eerste gesprek",
)
TALKS = (
    "Gesprek over de uren die lukken",
    "Samen vacatures bekeken",
    "Gebeld: wil graag dicht bij huis werken",
    "Bezoek aan een bedrijf besproken",
    "Cv aangevuld",
)
N_SHARED_WITH_ENTERPRISE = 12
GRANT_LASTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Case:
    """A person as written, beside the row it comes from."""

    person: Person
    row: rows.Person


def load_people(region: Region, partners: Partners, draws: Draws, *, at: datetime) -> None:
    """Write everybody, each guided by somebody of the own municipality or OCMW."""
    guides = _Guides(region, partners)
    cases = [invented_case(row, guides.next_for(row), draws, at=at) for row in region.people]
    write_cases(region, cases, draws.random, at=at)
    AccessGrant.objects.bulk_create(_grants(region, cases, partners, at), batch_size=BATCH)
    _write_break_glass(cases, partners, at)


def write_cases(region: Region, cases: list[Case], random: Random, *, at: datetime) -> None:
    """Write people with the children and rights that a region has of them."""
    case_of = {case.row.id: case.person for case in cases}
    Person.objects.bulk_create([case.person for case in cases], batch_size=BATCH)
    Child.objects.bulk_create(_children(region, case_of, random), batch_size=BATCH)
    SupportRight.objects.bulk_create(_rights(region, case_of), batch_size=BATCH)
    PersonObstacle.objects.bulk_create(_obstacles(region, cases, case_of), batch_size=BATCH)
    TimelineEntry.objects.bulk_create(_lines(cases, random, at), batch_size=BATCH)


def invented_case(row: rows.Person, guide: User, draws: Draws, *, at: datetime) -> Case:
    """Somebody with the facts of a row, and all else invented."""
    today, random = timezone.localdate(at), draws.random
    number = draws.case_number()
    first, last = next(draws.names)
    contact = today - timedelta(days=random.randint(0, 120))
    step, due = _next_step(random, today)
    person = Person(
        case_number=number,
        organisation_id=guide.organisation_id,
        caseworker=guide,
        first_name=first,
        last_name=last,
        name_key=name_key(first, last),
        phone=invented_phone(random),
        email=mail_of(first, last),
        status_since=row.registered_on,
        last_contact_on=max(contact, row.registered_on),
        next_step=step,
        next_step_on=due,
        changed_at=at,
        **_facts(row),
    )
    return Case(person, row)


def placed_person(
    region: Region, guide: User, draws: Draws, *, since: date, at: datetime
) -> Person:
    """Somebody beside the people of the region, who has worked since a day."""
    person = invented_case(draws.random.choice(region.people), guide, draws, at=at).person
    person.registered_on = since - timedelta(days=120)
    person.status, person.status_since, person.last_contact_on = CaseStatus.PLACED, since, since
    person.next_step, person.next_step_on = "", None
    person.save(force_insert=True)
    began = timezone.make_aware(datetime.combine(since, time(8)))
    TimelineEntry.objects.create(
        person=person,
        at=began,
        kind=EntryKind.STATUS,
        data_class=DataClass.K2,
        title=status_line(CaseStatus.PLACED),
        by=guide,
    )
    return person


def _facts(row: rows.Person) -> dict[str, object]:
    """What the planner knows of somebody, as the tables keep it."""
    return {
        "village_id": row.village,
        "lon": row.lon,
        "lat": row.lat,
        "registered_on": row.registered_on,
        "available_from": row.available_from,
        "permit_until": row.permit_until,
        "modes": [mode.value for mode in row.modes],
        "cycling": row.cycling.value,
        "max_travel_min": row.max_travel_min,
        "dutch_listening": row.dutch_listening.value,
        "dutch_speaking": row.dutch_speaking.value,
        "dutch_reading": row.dutch_reading.value,
        "dutch_writing": row.dutch_writing.value,
        "skills": list(row.skills),
        "licences": list(row.licences),
        "needs": [need.value for need in row.needs],
        "away": str(row.away),
        "hours_min": row.hours_min,
        "hours_max": row.hours_max,
        "wants": list(row.wants),
    }


def _next_step(random: Random, today: date) -> tuple[str, date | None]:
    if random.random() < 0.4:
        return "", None
    return random.choice(STEPS), today + timedelta(days=random.randint(-6, 20))


class _Guides:
    """Deals people out: by turns over the colleagues, and no more than some to the first ones."""

    def __init__(self, region: Region, partners: Partners) -> None:
        self._town_of = {village.id: village.municipality for village in region.villages}
        self._at_ocmw = {
            right.person for right in region.rights if right.granted_by is rows.Grantor.OCMW
        }
        self._turns: dict[tuple[Kind, str], Iterator[User]] = {}
        for town in region.municipalities:
            for kind in (Kind.MUNICIPALITY, Kind.OCMW):
                guides = partners.guides[partners.of_town(kind, town.nis).pk]
                self._turns[kind, town.nis] = _turns(guides)

    def next_for(self, row: rows.Person) -> User:
        """Who guides somebody."""
        kind = Kind.OCMW if row.id in self._at_ocmw else Kind.MUNICIPALITY
        return next(self._turns[kind, self._town_of[row.village]])


def _turns(guides: list[User]) -> Iterator[User]:
    others = [guide for guide in guides if guide.is_active and not guide.is_demo]
    for guide in guides:
        if guide.is_demo:
            yield from [guide] * N_OF_DEMO_GUIDE
        elif not guide.is_active:
            yield from [guide] * N_OF_LEFT_GUIDE
    yield from cycle(others)


def _children(region: Region, case_of: dict[str, Person], random: Random) -> Iterator[Child]:
    for row in region.children:
        yield Child(
            person=case_of[row.person],
            first_name=random.choice(CHILDREN),
            birth_month=row.birth_month,
            care=row.care.value,
            care_lon=row.care_lon,
            care_lat=row.care_lat,
            care_hours=str(row.care_hours) if row.care_hours.spans else "",
            care_until=row.care_until,
        )


def _rights(region: Region, case_of: dict[str, Person]) -> Iterator[SupportRight]:
    for row in region.rights:
        yield SupportRight(
            person=case_of[row.person],
            measure=row.measure.value,
            granted_by=row.granted_by.value,
            granted_on=row.granted_on,
            valid_until=row.valid_until,
            state=row.state.value,
        )


def _obstacles(
    region: Region, cases: list[Case], case_of: dict[str, Person]
) -> Iterator[PersonObstacle]:
    """What a guide would have written down from the facts themselves."""
    low = (rows.Level.ALPHA, rows.Level.A0, rows.Level.A1)
    for case in cases:
        if case.row.dutch_speaking in low:
            yield _obstacle(case.person, ObstacleKind.LANGUAGE, "taaltest bij de inschrijving")
        if case.row.cycling is rows.Cycling.LEARN:
            yield _obstacle(case.person, ObstacleKind.CANNOT_CYCLE, "zei het in een gesprek")
    without = {row.person for row in region.children if row.care is rows.CareKind.NONE}
    for code in sorted(without):
        yield _obstacle(case_of[code], ObstacleKind.CHILDCARE_PLACE, "staat op de wachtlijst")


def _obstacle(person: Person, kind: ObstacleKind, evidence: str) -> PersonObstacle:
    return PersonObstacle(
        person=person, kind=kind.value, evidence=evidence, since=person.registered_on
    )


def _lines(cases: list[Case], random: Random, at: datetime) -> Iterator[TimelineEntry]:
    """A first line for everybody; some talks for those of whom one can be the guide."""
    for case in cases:
        person = case.person
        begun = datetime.combine(person.registered_on, time(9), UTC)
        yield _line(person, EntryKind.REGISTERED, "Ingeschreven", begun)
        if person.caseworker is not None and person.caseworker.is_demo:
            days = max(1, (at - begun).days)
            for _ in range(random.randint(1, 3)):
                moment = begun + timedelta(days=random.randrange(days), hours=random.randint(0, 7))
                yield _line(person, EntryKind.CONTACT, random.choice(TALKS), min(moment, at))


def _line(person: Person, kind: EntryKind, title: str, at: datetime) -> TimelineEntry:
    return TimelineEntry(
        person=person,
        at=at,
        kind=kind,
        data_class=DataClass.K4,
        title=title,
        by=person.caseworker,
    )


def _grants(
    region: Region, cases: list[Case], partners: Partners, at: datetime
) -> Iterator[AccessGrant]:
    """VDAB sees those for whom it decided on a right; an enterprise those sent to it."""
    decided = {row.person for row in region.rights if row.granted_by is rows.Grantor.VDAB}
    town_of = {village.id: village.municipality for village in region.villages}
    near = [
        case for case in cases if case.row.id in decided and town_of[case.row.village] == HOME_TOWN
    ]
    vdab, enterprise = partners.staff[Role.MEDIATOR], partners.staff[Role.SOCIAL_ENTERPRISE]
    for case in near:
        yield grant_to(case.person, vdab, ["K2", "K3", "K4"], at)
    for case in near[:N_SHARED_WITH_ENTERPRISE]:
        yield grant_to(case.person, enterprise, ["K2", "K3"], at)


def grant_to(person: Person, to: User, classes: list[str], at: datetime) -> AccessGrant:
    """Inspection of a case for the organisation of somebody, since a month."""
    assert person.caseworker is not None, "everybody is guided by somebody"
    return AccessGrant(
        person=person.case_number,
        to_organisation_id=to.organisation_id,
        purpose="toeleiding",
        classes=classes,
        basis=Basis.PROTOCOL,
        evidence="Protocol 2026-01, verzonnen voor de demonstratie",
        valid_from=at - timedelta(days=30),
        valid_until=at - timedelta(days=30) + GRANT_LASTS,
        given_by=person.caseworker,
    )


def _write_break_glass(cases: list[Case], partners: Partners, at: datetime) -> None:
    """Emergency access of yesterday evening: it waits for its review, and asks for a look."""
    person, user = next(
        (case.person, colleague)
        for case in cases
        for colleague in partners.guides[case.person.organisation_id]
        if colleague != case.person.caseworker
    )
    with acting_as(user):
        open_break_glass(
            person.case_number,
            reason="De collega is ziek en de opvang belt over morgen.",
            by=user,
            on=midnight(timezone.localdate(at)) - timedelta(hours=1, minutes=40),
        )
