"""Nobody reads what is not for them, whatever they ask."""

import os

import pytest

from desk.access.planted import LEAKS, addresses_with
from desk.access.replay import Replay
from desk.access.world import TOKEN, free_texts, make_world
from desk.doors import DOORS
from koempel.desk.common.context import acting, system
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
    tables = (models.Person, models.Child, models.PersonObstacle, models.TimelineEntry)
    with acting(system("proef")):
        rows = [row for table in tables for row in table.objects.all()]
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
