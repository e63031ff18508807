"""Levers of invented partners, each with its stock in the ledger."""

from datetime import date
from itertools import product

import factory

from desk.factories.accounts import NOON, OrganisationFactory, UserFactory
from koempel.desk.accounts.models import OrganisationKind
from koempel.desk.common.context import acting, system
from koempel.desk.levers.actions import Wish, book_lever, request_lever, set_capacity
from koempel.desk.levers.models import (
    ChildcareSite,
    Course,
    Lever,
    LeverPart,
    ShuttleLine,
    ShuttleRun,
)
from koempel.region.outcome import LeverKind
from koempel.region.rows import Day
from koempel.region.rules import PARTS


class LeverFactory(factory.django.DjangoModelFactory):
    """Bikes of a depot; `stock` is how many there are."""

    class Meta:
        model = Lever
        skip_postgeneration_save = True

    class Params:
        confirmed = factory.Trait(confirmed_on=NOON.date())
        stale = factory.Trait(confirmed_on=date(2026, 9, 1))

    kind = LeverKind.BIKE
    organisation = factory.SubFactory(
        OrganisationFactory, kind=OrganisationKind.REUSE_SHOP, name="De Tweede Schacht"
    )
    name = "De Tweede Schacht"
    wait_days = 7
    cost_eur = 40

    @factory.post_generation
    def stock(self: Lever, create: bool, extracted: int | None, **rest: object) -> None:
        if create:
            stock(self, "", 3 if extracted is None else extracted)


class ChildcareFactory(LeverFactory):
    """A site that is open on working days; each part of each day has `stock` places."""

    kind = LeverKind.FLEX_CHILDCARE
    organisation = factory.SubFactory(
        OrganisationFactory, kind=OrganisationKind.CHILDCARE, name="Het Mijnlampje"
    )
    name = "Het Mijnlampje"

    @factory.post_generation
    def stock(self: Lever, create: bool, extracted: int | None, **rest: object) -> None:
        days = [day.value for day in Day][:5]
        for place, (day, part) in enumerate(product(days, PARTS)):
            stock(self, f"{day}/{part}", 2 if extracted is None else extracted, place)
        ChildcareSite.objects.create(
            lever=self, lon=5.3, lat=51.03, hours="Mo-Fr 05:30-20:00", age_from=0, age_to=36
        )


class CourseFactory(LeverFactory):
    kind = LeverKind.DUTCH_COURSE
    organisation = factory.SubFactory(
        OrganisationFactory, kind=OrganisationKind.TRAINING, name="Taalhuis De Woordenmijn"
    )
    name = "Nederlands op de werkvloer"

    @factory.post_generation
    def stock(self: Lever, create: bool, extracted: int | None, **rest: object) -> None:
        stock(self, "", 12 if extracted is None else extracted)
        Course.objects.create(
            lever=self, teaches="A2", from_level="A1", starts_on=date(2027, 1, 11), weeks=12
        )


class ShuttleFactory(LeverFactory):
    kind = LeverKind.SHUTTLE_SEAT
    organisation = factory.SubFactory(
        OrganisationFactory, kind=OrganisationKind.TRANSPORT, name="Vervoer De Kolenbus"
    )
    name = "Lijn Mijnspoor"

    @factory.post_generation
    def stock(self: Lever, create: bool, extracted: int | None, **rest: object) -> None:
        days = [day.value for day in Day][:5]
        for place, (direction, minute) in enumerate((("TO_WORK", 345), ("HOME", 855))):
            part = stock(self, f"R{place + 1}", 8 if extracted is None else extracted, place)
            ShuttleRun.objects.create(part=part, direction=direction, minute=minute, days=days)
        ShuttleLine.objects.create(
            lever=self,
            from_name="Station Beringen",
            from_lon=5.22,
            from_lat=51.05,
            to_name="Industrieterrein Nergens",
            to_lon=5.3,
            to_lat=51.02,
            ride_min=25,
        )


def stock(lever: Lever, code: str, capacity: int, place: int = 0) -> LeverPart:
    """A part with so many, put in through the ledger."""
    part = LeverPart.objects.create(lever=lever, code=code, place=place)
    with acting(system("tests")):
        return set_capacity(part, capacity, by=UserFactory(second_factor=False), at=NOON)


def wish(lever, case_number="K-7F3Q", key="", codes=None, **rest):
    """A wish for a lever: all its parts, or those with some codes."""
    parts = lever.parts.all() if codes is None else lever.parts.filter(code__in=codes)
    rest.setdefault("starts_on", date(2027, 1, 4))
    return Wish(case_number, list(parts), key=key or f"{lever.pk}/{case_number}", **rest)


def booked(lever, by=None, **rest):
    """A booking that is held."""
    with acting(system("tests")):
        return book_lever(wish(lever, **rest), by=by or UserFactory(second_factor=False), at=NOON)


def requested(lever, by=None, **rest):
    """A booking that waits for the answer of the partner."""
    with acting(system("tests")):
        by = by or UserFactory(second_factor=False)
        return request_lever(wish(lever, **rest), by=by, at=NOON)
