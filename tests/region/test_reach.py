"""Reach against its slow twin, on hundreds of tiny random regions.

What the engine leaves out on purpose, and the twin with it:

- Children that a lever brings to a site are brought there and fetched there, even when they are
  at school in between; their school hours count as care and take no place at the site.
- All those children go to one site: either exactly the children whose present care does not hold
  the shifts, or all of them. The first of these two that fits is the day that is planned.
- Only the `childcare.nearest_sites` sites nearest to home are looked at.
- One way of travel serves all shifts of a job, and one order of stops, the same out and back.
- One shuttle line a bundle, each time the run with the least wait; its longest wait over all
  shifts counts for every shift.
- One Dutch course, and one course for each missing skill and licence.
- A bundle is put together for the first possible day of work. When a wait makes it start after
  present care that it counts on has ended, it is refused; no site is added to repair it.
"""

import numpy as np
import pytest

from koempel.region.reach import Explorer
from koempel.region.setting import Setting
from region import cases
from region.random_regions import tiny_region
from region.slow_reach import SlowReach

BATCHES = 14
SEEDS_A_BATCH = 50


@pytest.mark.parametrize("batch", range(BATCHES))
def test_minimal_bundles_equal_those_of_the_slow_twin(batch: int):
    for seed in range(batch * SEEDS_A_BATCH, (batch + 1) * SEEDS_A_BATCH):
        whole = tiny_region(seed)
        explorer, twin = Explorer(Setting(whole)), SlowReach(whole)
        for number, who in enumerate(whole.people):
            reach = explorer.reach(number)
            for at, what in enumerate(whole.jobs):
                pair = cases.Pair(explorer, reach, at)
                assert pair.bundles == twin.bundles(who, what), (seed, who.id, what.id)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_obstacles_and_ties_agree_with_the_bundles(batch: int):
    for seed in range(batch * SEEDS_A_BATCH, (batch + 1) * SEEDS_A_BATCH):
        explorer = Explorer(Setting(tiny_region(seed)))
        for reach in explorer.everybody():
            today = np.isin(np.arange(len(reach.own)), reach.ways.job[reach.ways.bundle == 0])
            reached = np.isin(np.arange(len(reach.own)), reach.ways.job)
            assert (reach.own == 0).tolist() == today.tolist(), (seed, reach.seeker.row.id)
            assert (reach.ties != 0).tolist() == (~reached).tolist(), (seed, reach.seeker.row.id)


def test_everybody_gives_the_same_as_one_by_one():
    explorer = Explorer(Setting(tiny_region(3)))

    for number, reach in enumerate(explorer.everybody(chunk=2)):
        alone = explorer.reach(number)
        assert reach.own.tolist() == alone.own.tolist()
        assert reach.ways.bundle.tolist() == alone.ways.bundle.tolist()
