"""A small world to plan: An guides people, a firm has seats, a shop has bikes. All invented."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from desk.factories.accounts import NOON, UserFactory
from desk.factories.jobs import TODAY, VacancyFactory
from desk.factories.levers import LeverFactory
from desk.factories.people import PersonFactory
from koempel.desk.accounts.models import User
from koempel.desk.common.context import Context, Relation, Show, acting, system
from koempel.desk.common.roles import Role
from koempel.desk.planning.models import PlanRun, Proposal
from koempel.desk.planning.rules import Words
from koempel.desk.planning.runs import keep, make, read_inputs
from koempel.region.outcome import LeverKind

FIT = Words(reason="FITS")
UNWANTED = Words(reason="UNWANTED", motivation="Je wil liever geen lampen inpakken.")


def as_guide(user: User):
    """Act as somebody who guides people, on the page of proposals."""
    return acting(
        Context(
            role=Role(user.role),
            purpose="begeleiding",
            user=user.pk,
            organisation=user.organisation_id,
            relation=Relation.ASSIGNED,
            show=Show.FULL,
        )
    )


def seeker(guide: User, **facts):
    """Somebody who cycles, lives at the door of the firm and wants what it offers."""
    return PersonFactory(
        caseworker=guide,
        **{
            "village_id": "71070-heusden",
            "lon": 5.2801,
            "lat": 51.0366,
            "wants": ["9321"],
            "needs": [],
            "available_from": TODAY,
            "hours_min": 0,
            "hours_max": 40,
            "away": "24/7",
            **facts,
        },
    )


def far_vacancy(**facts):
    """A job at half an hour by bike, which nobody without one reaches on foot."""
    return VacancyFactory(establishment__lon=5.3801, **facts)


def make_bikes(stock: int = 1):
    """Bikes for everybody, at once."""
    return LeverFactory(
        stock=stock, wait_days=0, kind=LeverKind.BIKE, confirmed_on=timezone.localdate()
    )


def open_now() -> dict[str, object]:
    """Days of a vacancy that is open on the day of the test: a page asks the real clock."""
    today = timezone.localdate()
    return {
        "publish_from": today - timedelta(days=5),
        "publish_to": today + timedelta(days=85),
        "start_from": today + timedelta(days=7),
        "start_to": today + timedelta(days=60),
    }


def plan_now() -> PlanRun:
    """Make a plan of the day of the test."""
    return plan(at=timezone.now(), today=timezone.localdate())


def plan(by: User | None = None, *, at: datetime = NOON, today: date = TODAY, **inputs) -> PlanRun:
    """Make a plan of a day and keep it."""
    inputs = {"floors": {}} | inputs
    with acting(system("test")):
        made = make(read_inputs(today, **inputs))
        return keep(made, by=by or UserFactory(role=Role.DIRECTOR), asked_at=at, at=at)


def proposal_of(person) -> Proposal | None:
    """The proposal of somebody that was made last."""
    with acting(system("test")):
        return Proposal.objects.filter(person=person).order_by("-pk").first()


def states() -> list[tuple[str, str]]:
    """Every proposal as its job and its state, in the order of making."""
    with acting(system("test")):
        rows = Proposal.objects.order_by("pk").values_list("vacancy__title", "state")
        return list(rows)
