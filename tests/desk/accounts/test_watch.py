"""What the watch rules notice in the audit trail."""

from datetime import timedelta

import pytest

from desk.doors import DOORS
from desk.factories.accounts import NOON, UserFactory
from koempel.desk.accounts import watch
from koempel.desk.accounts.watch import FILES, LOOKS_BACK, Rule, Signal
from koempel.desk.common import audit
from koempel.desk.common.context import Context
from koempel.desk.common.roles import Role

pytestmark = pytest.mark.django_db
LOCAL_22 = NOON.replace(hour=21)
"""Ten in the evening in Belgium, in winter."""


def signals(moment):
    return watch.signals(watch.busy(watch.looks(moment), moment.date()))


def looked(user, people, *, at=NOON, outcome=audit.DONE, verb="people:list"):
    context = Context(Role.CASEWORKER, "begeleiding", user.pk, user.organisation_id)
    numbers = [f"K-{number}" for number in people]
    audit.record(verb, kind="person", objects=numbers, context=context, at=at,
                 outcome=outcome)  # fmt: skip


def test_many_different_people_on_one_day_are_noticed():
    bram, ilse = UserFactory(name="Bram"), UserFactory(name="Ilse")
    for first in range(0, 150, 50):
        looked(bram, range(first, first + 50))
    for _ in range(4):
        looked(ilse, range(149))

    assert signals(NOON) == [Signal(Rule.MANY, NOON.date(), "Bram", 150)]


def test_two_days_are_not_added_up():
    bram = UserFactory()
    looked(bram, range(100), at=NOON - timedelta(days=1))
    looked(bram, range(100, 200))

    assert signals(NOON) == []


def test_looking_at_night_is_noticed_from_ten_until_six():
    early, late, day = (UserFactory(name=name) for name in ("Vroeg", "Laat", "Dag"))
    looked(early, [1], at=NOON.replace(hour=4, minute=59))
    looked(late, [1, 2], at=LOCAL_22 - timedelta(days=1))
    looked(day, [1], at=NOON.replace(hour=5))
    looked(day, [1], at=LOCAL_22 - timedelta(days=1, minutes=1))

    assert signals(NOON) == [
        Signal(Rule.NIGHT, NOON.date(), "Vroeg", 1),
        Signal(Rule.NIGHT, NOON.date() - timedelta(days=1), "Laat", 2),
    ]


def test_files_with_many_people_are_noticed():
    bram, ilse = UserFactory(name="Bram"), UserFactory(name="Ilse")
    looked(bram, range(30), verb="people:list-export")
    looked(bram, range(30, 50), verb="people:everything-file")
    looked(ilse, range(49), verb="people:list-export")
    looked(ilse, range(49, 90), verb="people:file")

    assert signals(NOON) == [Signal(Rule.TAKEN_ALONG, NOON.date(), "Bram", 50)]


def test_every_address_of_a_table_as_a_file_ends_as_the_rule_expects():
    files = [door.name for door in DOORS if "suffix" in door.converters]
    assert [name for name in files if not name.endswith(FILES)] == []
    assert "people:list-export" in files


def test_what_was_refused_or_is_old_is_no_signal():
    bram = UserFactory()
    night = NOON.replace(hour=3)
    looked(bram, [1], at=night, outcome=audit.DENIED)
    looked(bram, [1], at=night - LOOKS_BACK)

    assert signals(NOON) == []
