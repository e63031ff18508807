"""The door leaves one line per disclosure, before the first byte."""

import pytest
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import include, path

from desk.factories.accounts import UserFactory
from koempel.desk.common.context import NoContextError, current
from koempel.desk.common.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def show(request, *people):
    found = {"K3": {"K-7F3Q", "K-9ZZZ"}, "K4": {"K-7F3Q"}}
    for name, numbers in found.items():
        current().disclosed.setdefault(name, set()).update(numbers)
    return HttpResponse("Yara Lampenier")


def show_nothing(request):
    return HttpResponseRedirect("/elders/")


# Names of addresses that the access table opens to everybody.
urlpatterns = [
    path("people/", show, name="health"),
    path("nobody/", show_nothing, name="login"),
    path("", include("koempel.desk.web.urls")),
]


@pytest.fixture
def user(client):
    found = UserFactory()
    client.force_login(found)
    return found


def test_fifty_people_on_a_page_are_one_event_with_their_numbers(client, user):
    answer = client.get("/people/")
    event = AuditEvent.objects.get()
    assert (event.verb, event.kind, event.objects_seen, event.classes) == (
        "health", "person", ["K-7F3Q", "K-9ZZZ"], ["K3", "K4"],
    )  # fmt: skip
    assert (event.actor, event.organisation, event.role) == (
        user.pk, user.organisation_id, user.role,
    )  # fmt: skip
    assert answer["Cache-Control"] == "no-store"


def test_page_without_people_leaves_no_event(client, user):
    client.get("/nobody/")
    assert not AuditEvent.objects.exists()


FULL = {
    "sqlite": [
        """CREATE TRIGGER full BEFORE INSERT ON common_auditevent
        BEGIN SELECT RAISE(ABORT, 'full'); END"""
    ],
    "postgresql": [
        """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'full'; END $$""",
        """CREATE TRIGGER full_disk BEFORE INSERT ON common_auditevent
        FOR EACH ROW EXECUTE FUNCTION full_disk()""",
    ],
}


def test_nothing_is_shown_when_the_trail_cannot_be_written(client, user):
    with connection.cursor() as cursor:
        for statement in FULL[connection.vendor]:
            cursor.execute(statement)
    answer = client.get("/people/")
    assert (answer.status_code, b"Yara" in answer.content) == (503, False)


def test_context_is_gone_after_the_answer(client, user):
    client.get("/people/")
    with pytest.raises(NoContextError):
        current()
