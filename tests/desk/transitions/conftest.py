"""A guide, a mediator with a grant, and a social enterprise with somebody in it. All invented."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from desk.factories.accounts import AccessGrantFactory, UserFactory
from desk.factories.jobs import EmployerFactory
from desk.factories.people import PersonFactory
from desk.transitions.agreed import signed, written
from koempel.desk.accounts.models import Organisation, User
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.people.models import Person, TimelineEntry
from koempel.desk.transitions import actions
from koempel.desk.transitions.models import Transition
from koempel.desk.transitions.rules import NOTHING, Told

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def days(number):
    return TODAY + timedelta(days=number)


@dataclass
class Works:
    """Who is in it."""

    guide: User
    mediator: User
    boss: User
    enterprise: Organisation
    person: Person

    def follow(self, *, at, since=None, evaluated_on=None, by=None):
        """Write down that the person works in the enterprise."""
        with acting(system("test")):
            return actions.follow(
                self.person.pk,
                self.enterprise,
                since=since or days(-300),
                evaluated_on=evaluated_on,
                by=by or self.guide,
                at=at,
            )

    def step(self, row: Transition, key: str, told: Told = NOTHING, *, at, by=None):
        """Take a step, as the guide unless somebody else is said.

        Before an internship all parties sign.
        """
        if key == "intern":
            written(row, by=self.guide, at=at)
            signed(row, by=self.guide, at=at)
        with acting(system("test")):
            return actions.take_step(row.pk, key, told, by=by or self.guide, at=at)

    def back(self, row: Transition, *, at, by=None):
        """Take the last step back."""
        with acting(system("test")):
            return actions.take_back(row.pk, by=by or self.guide, at=at)

    def lines(self):
        """What the timeline says of doorstroom."""
        with acting(system("test")):
            rows = TimelineEntry.objects.filter(person=self.person, kind="TRANSITION")
            return [(row.title, row.text) for row in rows.order_by("pk")]

    def status(self):
        """Of the case."""
        with acting(system("test")):
            return Person.objects.get(pk=self.person.pk).status


@pytest.fixture
def works(db) -> Works:
    with acting(system("test")):
        guide = UserFactory(role=Role.CASEWORKER, name="An Lampenman")
        mediator = UserFactory(role=Role.MEDIATOR, name="Vera Bemiddel")
        enterprise = EmployerFactory(social=True, name="Maatwerk De Kooi")
        boss = UserFactory(role=Role.SOCIAL_ENTERPRISE, organisation=enterprise, name="Bas Ploeg")
        person = PersonFactory(
            caseworker=guide, first_name="Yara", last_name="Stutvinder", status="PLACED"
        )
    now = timezone.now()
    AccessGrantFactory(
        person=person.pk,
        to_organisation=mediator.organisation,
        given_by=guide,
        classes=["K2", "K3", "K4"],
        valid_from=now - timedelta(days=1),
        valid_until=now + timedelta(days=90),
    )
    return Works(guide, mediator, boss, enterprise, person)


@pytest.fixture
def row(works: Works) -> Transition:
    """A round in which a place is looked for."""
    row = works.follow(at=NOW)
    works.step(row, "ready", Told(day=TODAY), at=NOW, by=works.mediator)
    works.step(row, "begin", Told(coach="Cora Coach"), at=NOW)
    return works.step(row, "match", at=NOW)
