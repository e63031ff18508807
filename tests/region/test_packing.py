"""A region in one piece."""

from dataclasses import replace
from pathlib import Path

import pytest

from koempel.region.packing import pack_region, unpack_region
from koempel.region.synthetic import synthetic_region
from koempel.region.tables import Region, region_digest, write_region
from region.cases import TODAY


@pytest.fixture(scope="module")
def town() -> Region:
    return synthetic_region(people=60, jobs=20, seed=3, today=TODAY)


def test_a_packed_region_reads_back_equal(town: Region):
    assert unpack_region(pack_region(town)[0]) == town


def test_the_same_region_packs_to_the_same_bytes(town: Region):
    again = synthetic_region(people=60, jobs=20, seed=3, today=TODAY)

    assert pack_region(again) == pack_region(town)


def test_the_digest_is_that_of_the_files(town: Region, tmp_path: Path):
    write_region(town, tmp_path / "region")

    assert pack_region(town)[1] == region_digest(tmp_path / "region")
    assert pack_region(replace(town, people=town.people[1:]))[1] != pack_region(town)[1]
