"""Writing and checking the audit trail.

Each event carries the hash of the one before it in its chain, so that a changed, removed or
swapped row is noticed. A chain is one organisation on one day: two offices never wait for each
other.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from koempel import __version__
from koempel.desk.common.context import Context, current
from koempel.desk.common.models import AuditEvent, AuditHead

DONE, DENIED, FAILED = "done", "denied", "failed"


def record(
    verb: str,
    *,
    kind: str = "",
    objects: Iterable[str] = (),
    classes: Iterable[str] = (),
    outcome: str = DONE,
    context: Context | None = None,
    at: datetime | None = None,
) -> AuditEvent:
    """Add one event, in the transaction of the caller.

    Parameters
    ----------
    verb : str
        What was done, from the server's own rule (such as an address name), never from a client.
    kind : str
        What the objects are.
    objects : iterable of str
        Their pseudonyms, such as case numbers.
    classes : iterable of str
        Classes of data that were shown or changed.
    """
    who = context or current()
    moment = at or timezone.now()
    with transaction.atomic():
        head = _locked_head(f"{who.organisation or 0}/{moment:%Y-%m-%d}")
        event = AuditEvent(
            at=moment,
            chain=head.chain,
            number=head.length + 1,
            actor=who.user,
            organisation=who.organisation,
            role=who.role,
            purpose=who.purpose,
            verb=verb,
            kind=kind,
            objects_seen=sorted(objects),
            classes=sorted(classes),
            outcome=outcome,
            request_id=who.request_id,
            version=__version__,
            previous_hash=head.hash,
        )
        event.hash = hash_of(event)
        event.save(force_insert=True)
        AuditHead.objects.filter(pk=head.pk).update(length=event.number, hash=event.hash)
    return event


def _locked_head(chain: str) -> AuditHead:
    AuditHead.objects.get_or_create(chain=chain)
    return AuditHead.objects.select_for_update().get(chain=chain)


_HASHED = (
    "chain", "number", "actor", "organisation", "role", "purpose", "verb", "kind",
    "objects_seen", "classes", "outcome", "request_id", "version", "previous_hash",
)  # fmt: skip


def hash_of(event: AuditEvent) -> str:
    """SHA-256 over everything that an event says, and the hash of the one before."""
    facts: dict[str, Any] = {name: getattr(event, name) for name in _HASHED}
    facts["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    facts["role"] = str(event.role)
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold."""

    chain: str
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain, as it stands in the database or in an exported file."""

    chain: str
    length: int
    hash: str


def heads() -> list[Head]:
    """The end of every chain as it stands now."""
    rows = AuditHead.objects.order_by("chain").values_list("chain", "length", "hash")
    return [Head(*row) for row in rows.iterator()]


def verify(exported: Iterable[Head] = ()) -> Iterator[Break]:
    """Walk every chain and report where it does not hold; nothing means all is well.

    Parameters
    ----------
    exported : iterable of Head, optional
        Ends that were written outside the database: they give away who cut a chain and its end
        together, or wrote a chain anew.
    """
    events = AuditEvent.objects.order_by("chain", "number").iterator()
    return breaks(events, heads(), exported)


def breaks(
    events: Iterable[AuditEvent], ends: Iterable[Head], exported: Iterable[Head] = ()
) -> Iterator[Break]:
    """Where chains do not hold; `events` come by chain and number."""
    promised: dict[str, dict[int, str]] = {}
    for head in exported:
        promised.setdefault(head.chain, {})[head.length] = head.hash
    seen: dict[str, tuple[int, str]] = {}
    for event in events:
        yield from _broken_link(event, *seen.get(event.chain, (0, "")))
        seen[event.chain] = (event.number, event.hash)
        if promised.get(event.chain, {}).pop(event.number, event.hash) != event.hash:
            yield Break(event.chain, event.number, "de rij is anders dan bij de bewaarde kop")
    yield from _wrong_ends({head.chain: head for head in ends}, seen)
    for chain, left in promised.items():
        for number in left:
            yield Break(chain, number, "de rij van een bewaarde kop ontbreekt")


def _broken_link(event: AuditEvent, number: int, previous: str) -> Iterator[Break]:
    if event.number != number + 1:
        yield Break(event.chain, event.number, "een rij ervoor ontbreekt")
    elif event.previous_hash != previous:
        yield Break(event.chain, event.number, "de rij ervoor is een andere")
    if hash_of(event) != event.hash:
        yield Break(event.chain, event.number, "de rij is veranderd")


def _wrong_ends(ends: dict[str, Head], seen: dict[str, tuple[int, str]]) -> Iterator[Break]:
    for chain, head in ends.items():
        if (head.length, head.hash) != seen.get(chain, (0, "")):
            yield Break(chain, head.length, "het einde ontbreekt of is veranderd")
    for chain in sorted(set(seen) - set(ends)):
        yield Break(chain, 0, "de kop van de keten ontbreekt")
