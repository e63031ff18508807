"""No row about people reaches a template where the table shows less than a whole case.

Templates print whatever they are handed: what is not there cannot be printed by mistake.
"""

import dataclasses
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

import pytest
from django.core.paginator import Page, Paginator
from django.db.models import Manager, Model, QuerySet
from django.forms import BaseForm, BoundField, Field, Widget
from django.shortcuts import render
from django.test.signals import template_rendered
from django.urls import reverse

from desk.access.asking import signed_in
from desk.access.planted import Planted, addresses_with
from desk.access.world import make_world
from desk.doors import DOORS
from koempel.desk.accounts.access import access_table
from koempel.desk.common.context import Show, acting, system
from koempel.desk.levers.models import LeverBooking
from koempel.desk.people.models import (
    Child,
    ConfidentialNote,
    HandOver,
    Person,
    PersonObstacle,
    SupportRight,
    TimelineEntry,
)
from koempel.desk.placements.models import Placement
from koempel.desk.planning.models import Decision, LeftOutPerson, Proposal, SheetLink
from koempel.desk.referrals.models import Referral
from koempel.desk.transitions.models import Transition

pytestmark = pytest.mark.django_db

PROTECTED = (
    Person,
    Child,
    SupportRight,
    PersonObstacle,
    TimelineEntry,
    ConfidentialNote,
    HandOver,
    LeverBooking,
    Placement,
    Referral,
    Transition,
    Proposal,
    Decision,
    LeftOutPerson,
    SheetLink,
)
ASKERS = (
    "DIRECTOR", "CASEWORKER", "MEDIATOR", "SOCIAL_ENTERPRISE", "EMPLOYER", "CHILDCARE",
    "REUSE_SHOP", "TRAINING", "TRANSPORT", "DPO", "OPERATOR",
)  # fmt: skip
_HOLDERS = (BaseForm, BoundField, Field, Widget, Page, Paginator)


def protected_in(contexts: Iterable[dict[str, object]]) -> Iterator[str]:
    """Where protected rows stand in what templates were handed, however deep."""
    # The request came before the view: what a view shows it hands over.
    rest = deque(
        (name, value)
        for context in contexts
        for name, value in context.items()
        if name != "request"
    )
    known: dict[int, object] = {}
    while rest:
        way, value = rest.popleft()
        if id(value) in known:
            continue
        known[id(value)] = value
        model = value.model if isinstance(value, QuerySet | Manager) else type(value)
        if isinstance(model, type) and issubclass(model, PROTECTED):
            yield f"{way}: {model.__name__}"
            continue
        rest.extend((f"{way}.{name}", inner) for name, inner in _parts(value))


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        yield from ((str(key), inner) for key, inner in value.items())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from ((str(place), inner) for place, inner in enumerate(value))
    elif isinstance(value, QuerySet):
        yield "rows", value._result_cache
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from ((each.name, getattr(value, each.name)) for each in dataclasses.fields(value))
    elif isinstance(value, (Model, *_HOLDERS)) or type(value).__module__.startswith("koempel."):
        yield from vars(value).items() if hasattr(value, "__dict__") else ()


@pytest.fixture
def rendered():
    """What every template was handed since the last look, flattened."""
    seen = []

    def keep(sender, template, context, **rest):
        seen.append(context.flatten())

    template_rendered.connect(keep)
    yield seen
    template_rendered.disconnect(keep)


@pytest.fixture
def world():
    return make_world()


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_protected_row_reaches_a_template(world, rendered):
    found, inspected = set(), dict.fromkeys(ASKERS, 0)
    for name in ASKERS:
        client = signed_in(world.askers[name])
        for url in _urls(world, world.askers[name].role):
            rendered.clear()
            client.get(url)
            inspected[name] += len(rendered)
            found |= {f"{name}, {url}: {place}" for place in protected_in(rendered)}
    assert sorted(found) == []
    assert [name for name, contexts in inspected.items() if not contexts] == []


def _urls(world, role) -> Iterator[str]:
    for door in DOORS:
        if _shows_less(door.name, role):
            for keys in _keys(world, door.converters):
                yield reverse(door.name, kwargs=keys)


def _shows_less(name: str, role: str) -> bool:
    allowed = access_table()[name].for_role(role, "GET")
    return allowed is not None and allowed.show is not Show.FULL


def _keys(world, converters) -> Iterator[dict[str, object]]:
    if not converters:
        yield {}
    elif converters.keys() == {"family"}:
        yield from ({"family": each} for each in ("fietsen", "kinderopvang", "vervoer"))
    elif converters.keys() == {"pk"}:
        yield from ({"pk": key} for key in world.keys[::6])
    elif converters.keys() == {"number"}:
        yield from ({"number": each} for each in world.vacancies[:3])


def row_in_template(request, **keys):
    with acting(system("proef")):
        person = Person.objects.first()
    return render(request, "404.html", {"deep": [{"within": (person,)}]})


def test_inspection_notices_a_row(world, rendered, settings):
    planted = Planted(row_in_template, "people:pseudonyms", "DIRECTOR", "", "")
    settings.ROOT_URLCONF = addresses_with(planted)
    signed_in(world.askers["DIRECTOR"]).get(reverse("people:pseudonyms"))
    assert set(protected_in(rendered)) == {"deep.0.within.0: Person"}
