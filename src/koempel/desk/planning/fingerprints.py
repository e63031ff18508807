"""What a proposal leans on, as a fingerprint: another one means that its facts have changed.

How many of a thing are free is left out: that changes every hour and is looked at when somebody
accepts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from koempel.region.outcome import Proposal
from koempel.region.tables import Region

GONE = ""
"""The fingerprint of a proposal whose person, job or lever is no longer there."""

_STOCK: tuple[tuple[str, dict[str, int]], ...] = (
    ("bikes", {"capacity": 0}),
    ("childcare", {"early": 0, "morning": 0, "afternoon": 0, "evening": 0}),
    ("courses", {"capacity": 0}),
    ("shuttle_lines", {}),
)


class Fingerprints:
    """Takes fingerprints from the rows of a region."""

    def __init__(self, region: Region) -> None:
        self._people = {row.id: row for row in region.people}
        self._jobs = {row.id: row for row in region.jobs}
        self._about = _per_person((*region.rights, *region.children))
        self._levers: dict[str, Any] = {
            row.id: replace(row, **without)
            for table, without in _STOCK
            for row in getattr(region, table)
        }
        runs = [replace(row, seats=0) for row in region.shuttle_runs]
        self._runs = {f"{row.line}/{row.id}": row for row in runs}

    def of(self, proposal: Proposal) -> str:
        """SHA-256 of the rows that a proposal leans on, or `GONE`."""
        job = self._jobs.get(proposal.job)
        rows: list[Any] = [self._people.get(proposal.person), job and replace(job, seats=0)]
        rows += [self._levers.get(each.lever) for each in proposal.levers]
        if any(row is None for row in rows):
            return GONE
        rows += [self._runs.get(thing) for thing, _ in proposal.takes]
        rows += self._about[proposal.person]
        return sha256(repr(rows).encode()).hexdigest()


def _per_person(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person].append(row)
    return found
