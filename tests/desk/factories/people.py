"""People and what hangs on them. All of it is invented, and visibly so."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from desk.factories.accounts import NOON, UserFactory
from koempel.desk.accounts.models import DataClass
from koempel.desk.partners.models import Municipality, Village
from koempel.desk.people.case_numbers import LENGTH, SIGNS
from koempel.desk.people.enums import CaseStatus, EntryKind
from koempel.desk.people.models import (
    Child,
    ConfidentialNote,
    Person,
    PersonObstacle,
    SupportRight,
    TimelineEntry,
)

TODAY = date(2026, 11, 23)
_FIRST = 15 * len(SIGNS) ** 3


def case_number(place: int) -> str:
    """A case number of its own for each place: drawn ones meet once in a few hundred people."""
    signs, rest = "", _FIRST + place
    for _ in range(LENGTH):
        rest, sign = divmod(rest, len(SIGNS))
        signs = SIGNS[sign] + signs
    return f"K-{signs}"


class VillageFactory(DjangoModelFactory):
    class Meta:
        model = Village
        django_get_or_create = ("code",)

    code = "kolenberg"
    name = "Kolenberg"
    municipality = factory.LazyFunction(
        lambda: Municipality.objects.get_or_create(
            nis="79999", defaults={"name": "Schachtdorp", "lon": 5.28, "lat": 51.04}
        )[0]
    )
    postcode = "3999"
    lon = 5.2801
    lat = 51.0366


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    class Params:
        without_transport = factory.Trait(modes=[])
        shielded = factory.Trait(address_shield=True)
        due = factory.Trait(next_step="Bel over de fiets", next_step_on=TODAY)
        placed = factory.Trait(status=CaseStatus.PLACED)
        closed = factory.Trait(status=CaseStatus.CLOSED)

    case_number = factory.Sequence(case_number)
    first_name = "Yara"
    last_name = factory.Sequence(lambda number: f"Lampenier-{number}")
    phone = factory.Sequence(lambda number: f"0470 00 {number // 100 % 100:02} {number % 100:02}")
    email = factory.Sequence(lambda number: f"yara{number}@koempel.invalid")
    caseworker = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("caseworker.organisation")
    village = factory.SubFactory(VillageFactory)
    lon = 5.28
    lat = 51.035
    registered_on = date(2026, 6, 4)
    available_from = date(2027, 1, 4)
    modes = factory.LazyFunction(lambda: ["BIKE"])
    max_travel_min = 40
    dutch_listening = "A2"
    dutch_speaking = "A2"
    dutch_reading = "A2"
    dutch_writing = "A1"
    skills = factory.LazyFunction(lambda: ["ORDER_PICKING"])
    licences = factory.LazyFunction(list)
    wants = factory.LazyFunction(lambda: ["9333"])
    needs = factory.LazyFunction(lambda: ["NO_HEAVY_LIFTING"])
    away = "Mo-Fr 06:00-19:00"
    hours_min = 30
    hours_max = 38
    status_since = date(2026, 6, 4)
    last_contact_on = date(2026, 11, 18)
    changed_at = NOON


class ChildFactory(DjangoModelFactory):
    class Meta:
        model = Child

    class Params:
        in_care = factory.Trait(
            care="CHILDCARE", care_lon=5.28, care_lat=51.035, care_hours="Mo-Fr 07:00-18:00"
        )

    person = factory.SubFactory(PersonFactory)
    first_name = "Lio"
    birth_month = date(2025, 9, 1)
    care = "NONE"


class SupportRightFactory(DjangoModelFactory):
    class Meta:
        model = SupportRight

    person = factory.SubFactory(PersonFactory)
    measure = "COLLECTIVE_MAATWERK"
    granted_by = "VDAB"
    granted_on = date(2026, 5, 12)
    valid_until = date(2029, 5, 12)
    state = "GRANTED"


class PersonObstacleFactory(DjangoModelFactory):
    class Meta:
        model = PersonObstacle

    class Params:
        sensitive = factory.Trait(kind="HOUSING_OR_DEBT", evidence="Vraagt een ander huis.")
        gone = factory.Trait(removed_on=TODAY, removed_by="Een elektrische fiets")

    person = factory.SubFactory(PersonFactory)
    kind = "MOBILITY_DISTANCE"
    evidence = "De rit duurt 46 minuten."
    since = date(2026, 11, 3)


class TimelineEntryFactory(DjangoModelFactory):
    class Meta:
        model = TimelineEntry

    person = factory.SubFactory(PersonFactory)
    at = NOON
    kind = EntryKind.NOTE
    data_class = DataClass.K6.value
    title = "Gesprek over vroege uren"
    by = factory.SelfAttribute("person.caseworker")


class ConfidentialNoteFactory(DjangoModelFactory):
    class Meta:
        model = ConfidentialNote

    person = factory.SubFactory(PersonFactory)
    at = NOON
    by = factory.SelfAttribute("person.caseworker")
    text = "Iets dat alleen de begeleider mag lezen."
