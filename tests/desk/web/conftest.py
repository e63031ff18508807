"""The demonstration pages under the real settings, without the doors of accounts."""

from datetime import date

import pytest
from django.conf import settings as project
from django.test import override_settings
from django.urls import clear_url_caches
from pytest_django.live_server_helper import LiveServer

from desk.web.demo import frame
from desk.web.demo.models import Place, Rider

# Collected for doctests it would be a second module with the same model.
collect_ignore = ["demo"]


def demo_settings() -> dict[str, object]:
    ours = [name for name in project.MIDDLEWARE if not name.startswith("koempel.desk.accounts")]
    place = ours.index("django.contrib.auth.middleware.AuthenticationMiddleware") + 1
    return {
        "ROOT_URLCONF": "desk.web.demo.urls",
        "MIDDLEWARE": [*ours[:place], "desk.web.demo.frame.reader", *ours[place:]],
    }


@pytest.fixture
def demo(settings):
    for name, value in demo_settings().items():
        setattr(settings, name, value)
    clear_url_caches()
    yield
    frame.CLOSED.clear()


def make_riders(count: int, **facts) -> list[Rider]:
    """Riders that differ in everything a list sorts and filters by."""
    first = Rider.objects.count()
    return Rider.objects.bulk_create(
        Rider(
            **{
                "code": f"K-{number:04}",
                "name": f"Rijder {number:04}",
                "place": Place.values[number % 2],
                "minutes": 90 - number,
                "starts_on": date(2027, 1 + number % 3, 4),
                "has_bike": number % 4 == 3,
                "is_waiting": number % 5 == 0,
            }
            | facts
        )
        for number in range(first, first + count)
    )


@pytest.fixture
def riders():
    return make_riders


@pytest.fixture(scope="session")
def demo_server(django_db_setup):
    # It reads its middleware once, at the start; it lives as long as the session, because a
    # browser keeps its connections and their threads share the database.
    with override_settings(**demo_settings()):
        server = LiveServer("localhost:0")
    yield server
    server.stop()


@pytest.fixture
def address(demo, demo_server, transactional_db):
    return demo_server.url
