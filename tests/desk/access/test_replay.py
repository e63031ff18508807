"""Nobody reads what is not for them, whatever they ask."""

import os
from itertools import product

import pytest
from django.urls import reverse

from desk.access.asking import signed_in
from desk.access.planted import LEAKS, addresses_with
from desk.access.replay import Replay, body_of, headers_of
from desk.access.world import PARTNER, TOKEN, free_texts, make_world
from desk.doors import DOORS
from koempel.desk.accounts.access import access_table
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.people import models

pytestmark = pytest.mark.django_db

WALKS = 4
REQUESTS = int(os.environ.get("KOEMPEL_REPLAY", "3000")) // WALKS
NO_SECRET = {
    # The key of a name is made of the name; hours and classes are of a fixed form.
    "Person.name_key", "Person.away", "Child.care_hours", "TimelineEntry.data_class",
}  # fmt: skip


@pytest.fixture
def world():
    return make_world()


def test_every_free_text_about_people_holds_a_secret(world):
    tables = (models.Person, models.Child, models.PersonObstacle)
    with acting(system("proef")):
        rows = [row for table in tables for row in table.objects.all()]
        # What became of a lever, a proposal and the like is said in words of the desk itself.
        by_desk = ("SUPPORT", "PROPOSAL", "REFERRAL", "TRANSITION")
        rows += models.TimelineEntry.objects.exclude(kind__in=by_desk)
        rows += models.ConfidentialNote.objects.all()
        bare = {
            name
            for name, text in free_texts(rows)
            if text and name not in NO_SECRET and not TOKEN.search(text)
        }
        filled = {name for name, text in free_texts(rows) if text}
    assert bare == set()
    assert filled == {name for name, _ in free_texts(rows)}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("seed", range(WALKS))
def test_no_secret_reaches_who_may_not_know_it(world, seed):
    replay = Replay(world, seed)
    replay.walk(REQUESTS)
    assert sorted({str(leak) for leak in replay.leaks}) == []
    assert replay.broken == []
    assert {kind for _, kind in replay.seen} >= {"K2", "K3", "K4", "K5", "K6"}


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_replay_notices_every_planted_leak(world, settings):
    missed = []
    for planted in LEAKS:
        settings.ROOT_URLCONF = addresses_with(planted)
        doors = [door for door in DOORS if door.name == planted.name]
        replay = Replay(world, 0, doors, (planted.asker,))
        replay.walk(20)
        noticed = {(leak.secret.what, leak.where) for leak in replay.leaks}
        if (planted.what, planted.where) not in noticed:
            missed.append(planted)
    assert missed == []


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_director_reads_no_name_on_any_page(world):
    client = signed_in(world.askers["DIRECTOR"])
    told = {}
    for door in DOORS:
        if access_table()[door.name].for_role(Role.DIRECTOR, "GET"):
            for url in _some_addresses(world, door):
                answer = client.get(url)
                text = f"{headers_of(answer)} {body_of(answer)}"
                told[url] = {each.kind for each in world.found_in(text).values()}
    of_people = {url: kinds - {"K2", PARTNER} for url, kinds in told.items()}
    assert {url: kinds for url, kinds in of_people.items() if kinds} == {}
    assert {kind for kinds in told.values() for kind in kinds} == {"K2", PARTNER}


def _some_addresses(world, door):
    keys = {
        "suffix": ("csv", "xlsx"),
        "family": ("fietsen", "kinderopvang", "opleiding", "vervoer"),
        "number": world.vacancies[:3],
        "pk": world.keys[::6],
        "partner": world.keys[::6],
    }
    found = [keys.get(name, ("geen",)) for name in door.converters]
    for values in product(*found):
        yield reverse(door.name, kwargs=dict(zip(door.converters, values, strict=True)))
