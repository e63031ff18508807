"""What a person reads about who looked."""

from datetime import timedelta

import pytest

from desk.factories.accounts import NOON, UserFactory
from koempel.desk.accounts.queries import AccessLine, access_log
from koempel.desk.common import audit
from koempel.desk.common.context import Context
from koempel.desk.common.roles import Role

pytestmark = pytest.mark.django_db


def look(user, *people, at=NOON, outcome=audit.DONE):
    context = Context(
        Role(user.role), "toeleiding", user=user.pk, organisation=user.organisation_id
    )
    audit.record(
        "people:file", kind="person", objects=people, classes=["K3", "K4"], at=at,
        outcome=outcome, context=context,
    )  # fmt: skip


def test_person_reads_organisation_role_purpose_and_classes_but_no_name():
    user = UserFactory(name="Bart Wegwijzer", role=Role.MEDIATOR)
    look(user, "K-7F3Q", "K-9ZZZ")
    assert access_log("K-7F3Q", until=NOON) == [
        AccessLine(NOON, user.organisation.name, "bemiddelaar", "toeleiding", ("K3", "K4"))
    ]


def test_person_reads_nothing_about_somebody_else():
    look(UserFactory(), "K-7F3Q2", "K-9ZZZ")
    assert access_log("K-7F3Q", until=NOON) == []


def test_log_holds_the_last_year_the_last_first():
    user = UserFactory()
    for days in (366, 364, 1):
        look(user, "K-7F3Q", at=NOON - timedelta(days=days))
    seen = [line.at for line in access_log("K-7F3Q", until=NOON)]
    assert seen == [NOON - timedelta(days=1), NOON - timedelta(days=364)]


def test_refused_look_is_no_look():
    look(UserFactory(), "K-7F3Q", outcome=audit.DENIED)
    assert access_log("K-7F3Q", until=NOON) == []


@pytest.mark.parametrize("looks", [1, 30])
def test_log_takes_two_queries(looks, django_assert_num_queries):
    user = UserFactory()
    for _ in range(looks):
        look(user, "K-7F3Q")
    with django_assert_num_queries(2):
        access_log("K-7F3Q", until=NOON)
