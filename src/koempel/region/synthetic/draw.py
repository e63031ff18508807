"""Seeded draws: every part of the region has a stream of its own.

So a change in one part leaves the others as they are, and no draw hangs on the clock or on the
order of a hash.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt

T = TypeVar("T")

Weighted = tuple[tuple[T, float], ...]
"""Things with their weights, in no unit."""

Progress = Callable[[float], None]
"""Called with the share of the work that is done, 0 to 1."""

Tick = Callable[[], None]
"""Called when one more piece of work is done."""

KM_PER_DEGREE = 111.2
"""Of latitude; a degree of longitude is 0.63 of it in Flanders."""

LON_PER_LAT = 0.63


def stream(seed: int, name: str) -> np.random.Generator:
    """The random stream of a named part."""
    return np.random.default_rng([seed, crc32(name.encode())])


def pick(rng: np.random.Generator, table: Sequence[tuple[T, float]], n: int) -> list[T]:
    """Draw `n` things by weight, with replacement."""
    weights = np.array([weight for _, weight in table], float)
    found = rng.choice(len(table), n, p=weights / weights.sum())
    return [table[index][0] for index in found]


def pick_one(rng: np.random.Generator, table: Sequence[tuple[T, float]]) -> T:
    """Draw one thing by weight; much quicker than `pick` for a short table."""
    left = rng.random() * sum(weight for _, weight in table)
    for thing, weight in table:
        left -= weight
        if left < 0:
            return thing
    return table[-1][0]


def chosen(rng: np.random.Generator, shares: Mapping[T, float]) -> tuple[T, ...]:
    """Each thing on its own, with its own chance."""
    draws = rng.random(len(shares))
    return tuple(
        thing for (thing, share), draw in zip(shares.items(), draws, strict=True) if draw < share
    )


def near(
    rng: np.random.Generator, points: npt.NDArray[np.float64], *, spread_km: float
) -> npt.NDArray[np.float64]:
    """Points scattered round others, at most twice the spread away in each direction.

    Parameters
    ----------
    points : ndarray of shape (n, 2), float64
        Longitude and latitude, degrees.
    spread_km : float
        Standard deviation in each direction, km.
    """
    steps = np.clip(rng.standard_normal(points.shape), -2, 2) * spread_km / KM_PER_DEGREE
    moved: npt.NDArray[np.float64] = points + steps / np.array([LON_PER_LAT, 1.0])
    return moved


def ticker(progress: Progress | None, total: int) -> Tick:
    """Count single pieces of work and tell of them a thousand at a time."""
    if progress is None:
        return lambda: None
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % 1000 == 0 or done == total:
            progress(done / total)

    return tick
