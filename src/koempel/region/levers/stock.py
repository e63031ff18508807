"""Scarce things, the levers that take them, and bundles of levers.

A *resource* is one countable thing with a capacity: a seat of a job, a bike of a depot, a
childcare place on Monday morning. An *item* is one lever as one person would get it: it takes
amounts of resources, is ready on a day and costs something. A *bundle* is a set of items. All
three are interned: the same thing is stored once and has one number.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from koempel.region.outcome import LeverKind

FOREVER = 10**6
"""A day that never comes, as an ordinal (in the year 2738)."""


Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Resource:
    """One scarce thing. `id` is unique; `lever` is the row it belongs to."""

    id: str
    kind: str
    lever: str
    name: str
    part: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Item:
    """One lever as one person would get it.

    Attributes
    ----------
    usage : tuple of (resource, amount)
        Numbers of the resources that it takes.
    ready : int
        First day of work that it allows, as an ordinal.
    ends : int
        Last day on which it helps, as an ordinal; `FOREVER` when it stays.
    temporary : bool
        Whether it ends by its nature, so that something else must follow.
    """

    kind: LeverKind
    lever: str
    name: str
    usage: tuple[tuple[int, int], ...]
    ready: int
    cost_eur: float
    part: str = ""
    ends: int = FOREVER
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class BundleColumns:
    """Facts of all bundles, one array per fact; bundle 0 is the empty one."""

    cost_eur: npt.NDArray[np.float64]
    n_items: npt.NDArray[np.int64]
    temporary: npt.NDArray[np.bool_]
    usage: csr_array
    """Shape (n_bundles, n_resources)."""


@dataclass(slots=True)
class Stock:
    """Register of resources, items and bundles."""

    resources: list[Resource] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    bundles: list[tuple[int, ...]] = field(default_factory=lambda: [()])
    _item_number: dict[Item, int] = field(default_factory=dict)
    _bundle_number: dict[tuple[int, ...], int] = field(default_factory=lambda: {(): 0})
    _ready: list[int] = field(default_factory=lambda: [0])
    _ends: list[int] = field(default_factory=lambda: [FOREVER])
    _wider: dict[tuple[int, ...], dict[int, int]] = field(default_factory=dict)

    def add_resource(self, resource: Resource) -> int:
        """Register a resource; return its number."""
        self.resources.append(resource)
        return len(self.resources) - 1

    def item(self, item: Item) -> int:
        """Number of an item; the same item always has the same number."""
        number = self._item_number.setdefault(item, len(self.items))
        if number == len(self.items):
            self.items.append(item)
        return number

    def bundle(self, items: tuple[int, ...]) -> int:
        """Number of a bundle; the order of its items does not matter."""
        key = tuple(sorted(items))
        number = self._bundle_number.setdefault(key, len(self.bundles))
        if number == len(self.bundles):
            self.bundles.append(key)
            rows = self.items_of(number)
            self._ready.append(max(item.ready for item in rows))
            self._ends.append(min(item.ends for item in rows))
        return number

    def extended(self, bundles: list[int], items: tuple[int, ...]) -> list[int]:
        """Numbers of some bundles with some items added."""
        wider = self._wider.setdefault(items, {})
        for bundle in bundles:
            if bundle not in wider:
                wider[bundle] = self.bundle(self.bundles[bundle] + items)
        return [wider[bundle] for bundle in bundles]

    def terms(self, bundles: Numbers) -> tuple[Numbers, Numbers]:
        """First day on which some bundles are ready and the last on which they help."""
        numbers = bundles.tolist()
        return (
            np.array([self._ready[bundle] for bundle in numbers], np.int32),
            np.array([self._ends[bundle] for bundle in numbers], np.int32),
        )

    def items_of(self, bundle: int) -> tuple[Item, ...]:
        """Items of a bundle."""
        return tuple(self.items[number] for number in self.bundles[bundle])

    def columns(self) -> BundleColumns:
        """Lay all bundles out in arrays."""
        rows = [self.items_of(bundle) for bundle in range(len(self.bundles))]
        return BundleColumns(
            cost_eur=np.array([sum(i.cost_eur for i in row) for row in rows], float),
            n_items=np.array([len(row) for row in rows], np.int64),
            temporary=np.array([any(i.temporary for i in row) for row in rows], bool),
            usage=self._usage(rows),
        )

    def _usage(self, rows: list[tuple[Item, ...]]) -> csr_array:
        entries = [
            (bundle, resource, amount)
            for bundle, row in enumerate(rows)
            for item in row
            for resource, amount in item.usage
        ]
        table = np.array(entries, np.int64).reshape(-1, 3)
        shape = (len(rows), len(self.resources))
        # Entries of one bundle on one resource add up, as they should.
        return csr_array((table[:, 2], (table[:, 0], table[:, 1])), shape=shape)
