"""The trail notices every change, removal, swap and cut."""

import json
import random
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from desk.factories.accounts import NOON
from koempel.desk.common import audit
from koempel.desk.common.context import Context
from koempel.desk.common.heads import HeadsFileError, append_heads, read_heads
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role

pytestmark = pytest.mark.django_db

FIELDS = (
    "actor", "organisation", "role", "purpose", "verb", "kind", "objects_seen", "classes",
    "outcome", "request_id", "version", "at", "previous_hash", "hash", "number",
)  # fmt: skip


def write(count, *, organisation=1, days=2):
    context = Context(Role.CASEWORKER, "toeleiding", user=7, organisation=organisation)
    for number in range(count):
        at = NOON + timedelta(days=number * days // count)
        audit.record(
            "people:file", objects=[f"K-{organisation}{number:03}"], context=context, at=at
        )


@pytest.fixture
def trail():
    write(12)
    write(12, organisation=2)
    return list(AuditEvent.objects.order_by("chain", "number")), audit.heads()


def found(events, heads, exported=()):
    return list(audit.breaks(events, heads, exported))


def test_untouched_trail_holds(trail):
    assert found(*trail) == []
    assert list(audit.verify(trail[1])) == []


def copies(events):
    return [
        AuditEvent(**{f.attname: getattr(e, f.attname) for f in e._meta.fields}) for e in events
    ]


def edit(chance, events, heads):
    event, name = chance.choice(events), chance.choice(FIELDS)
    old = getattr(event, name)
    changed = {"at": timedelta(microseconds=1), "objects_seen": ["x"], "classes": ["x"]}.get(name)
    changed = changed or (1 if isinstance(old, int) else "x")
    setattr(event, name, old + changed)
    return events, heads


def delete(chance, events, heads):
    events.pop(chance.randrange(len(events)))
    return events, heads


def swap(chance, events, heads):
    one, other = chance.sample(events, 2)
    for name in ("objects_seen", "actor"):
        mine, theirs = getattr(one, name), getattr(other, name)
        setattr(one, name, theirs)
        setattr(other, name, mine)
    one.at, other.at = other.at, one.at
    return events, heads


def cut(chance, events, heads):
    chain = chance.choice(heads).chain
    own = [event for event in events if event.chain == chain]
    gone = own[chance.randrange(len(own)) :]
    return [event for event in events if event not in gone], heads


def cut_with_head(chance, events, heads):
    """Whoever owns the database also mends the end of the chain."""
    left, _ = cut(chance, events, heads)
    ends = {event.chain: audit.Head(event.chain, event.number, event.hash) for event in left}
    return left, list(ends.values())


def rewrite(chance, events, heads):
    """A whole chain written anew, each hash right."""
    chain = chance.choice(heads).chain
    own = [event for event in events if event.chain == chain]
    own[chance.randrange(len(own))].actor = 8
    previous = ""
    for event in own:
        event.previous_hash = previous
        previous = event.hash = audit.hash_of(event)
    others = [head for head in heads if head.chain != chain]
    return events, [*others, audit.Head(chain, len(own), previous)]


def test_a_thousand_tamperings_are_all_noticed(trail):
    events, heads = trail
    chance = random.Random(7)
    ways = (edit, delete, swap, cut, cut_with_head, rewrite)
    missed = []
    for attempt in range(1_000):
        way = ways[attempt % len(ways)]
        touched, ends = way(chance, copies(events), list(heads))
        if not found(touched, ends, exported=heads):
            missed.append((attempt, way.__name__))
    assert missed == []


@pytest.mark.parametrize("change", ["update", "delete"])
def test_database_refuses_to_change_an_event(trail, change):
    events = AuditEvent.objects.all()
    with pytest.raises(DatabaseError, match="verandert nooit"), transaction.atomic():
        events.update(verb="x") if change == "update" else events._raw_delete(events.db)


def test_two_offices_have_chains_of_their_own(trail):
    assert [head.chain for head in trail[1]] == [
        "1/2026-11-23", "1/2026-11-24", "2/2026-11-23", "2/2026-11-24",
    ]  # fmt: skip


# commands


def run(name, *arguments):
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_verify_is_silent_on_a_whole_trail(trail, tmp_path):
    file = tmp_path / "heads.jsonl"
    append_heads(file, trail[1], on=NOON)
    assert run("audit_verify", "--heads", str(file)) == ""


def test_verify_ends_with_status_1_and_names_each_break(trail, tmp_path):
    file = tmp_path / "heads.jsonl"
    lost = {"chain": "3/2026-11-23", "length": 4, "hash": "0"}
    file.write_text(json.dumps(lost) + "\n", "utf-8")
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("audit_verify", "--heads", str(file), stdout=out, stderr=StringIO())
    assert end.value.code == 1
    assert out.getvalue() == "3/2026-11-23\t4\tde rij van een bewaarde kop ontbreekt\n"


def test_heads_are_written_once(trail, tmp_path):
    file = tmp_path / "heads.jsonl"
    assert [append_heads(file, trail[1], on=NOON) for _ in range(2)] == [4, 0]
    assert list(read_heads(file)) == trail[1]


def test_faulty_line_of_heads_is_named(tmp_path):
    file = tmp_path / "heads.jsonl"
    file.write_text("geen regel van ons\n", "utf-8")
    with pytest.raises(HeadsFileError, match="regel 1"):
        list(read_heads(file))
