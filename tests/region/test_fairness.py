"""Shares of groups, with intervals that keep their word."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from koempel.region.fairness import FEWEST, Marks, fairness_rows, ratio_interval, wilson
from koempel.region.outcome import FairnessRow
from koempel.region.rows import Sex
from koempel.region.tables import Region
from region.cases import TOWNS, person, region, trait


def crowd(n_heusden: int, n_beringen: int) -> Region:
    """People of two towns; the first in each is a woman born in 2001, the others men of 1970."""
    homes = ["heusden"] * n_heusden + ["beringen"] * n_beringen
    people = [person(f"P{number}", village=home) for number, home in enumerate(homes)]
    traits = [
        trait(each.id, Sex.F if number in (0, n_heusden) else Sex.M, 2001 if number == 0 else 1970)
        for number, each in enumerate(people)
    ]
    return region(*people, *traits)


def marks(region: Region, proposed: int) -> Marks:
    """The first so many people get a proposal; half of them with a lever."""
    number = np.arange(len(region.people))
    return Marks(
        number < 2 * proposed, number < 3 * proposed, number < proposed, number * 2 < proposed
    )


def rows(region: Region, proposed: int) -> dict[tuple[str, str], FairnessRow]:
    return {(row.trait, row.group): row for row in fairness_rows(region, marks(region, proposed))}


def test_shares_of_a_town_are_counted():
    row = rows(crowd(40, 60), 10)["municipality", "71070"]

    shares = (row.today, row.with_levers, row.proposed, row.lever_given)
    assert [(each.people, each.count) for each in shares] == [(40, 20), (40, 30), (40, 10), (40, 5)]
    assert row.proposed.share == pytest.approx(0.25)
    assert (row.proposed.low, row.proposed.high) == pytest.approx(wilson(10, 40))


@pytest.mark.parametrize(("n_people", "shown"), [(FEWEST - 1, False), (FEWEST, True)])
def test_a_group_of_fewer_than_thirty_shows_no_share(n_people: int, shown: bool):
    row = rows(crowd(n_people, 60), 10)["municipality", "71070"]

    assert [row.proposed.share is not None, row.proposed.low is not None] == [shown, shown]


@pytest.mark.parametrize(("n_others", "shown"), [(FEWEST - 1, False), (FEWEST, True)])
def test_a_group_is_not_compared_with_fewer_than_thirty_others(n_others: int, shown: bool):
    row = rows(crowd(60, n_others), 65)["municipality", "71070"]

    assert (row.ratio is not None) is shown


def test_the_ratio_compares_a_town_with_all_others():
    row = rows(crowd(40, 60), 46)["municipality", "71004"]  # 40 of 40, and 6 of 60

    assert row.ratio == pytest.approx(0.1)
    assert row.ratio_low is not None
    assert row.ratio_high is not None
    assert row.ratio_low < 0.1 < row.ratio_high < 0.8


def test_no_ratio_without_a_proposal_on_one_side():
    assert ratio_interval(0, 40, 10, 60) is None
    assert ratio_interval(10, 40, 0, 60) is None


def test_sex_and_age_show_only_where_the_region_has_traits():
    whole = crowd(40, 60)

    assert {trait for trait, _ in rows(whole, 10)} == {"municipality", "sex", "age"}
    assert {trait for trait, _ in rows(replace(whole, traits=()), 10)} == {"municipality"}


@pytest.mark.parametrize(
    ("born", "group"), [(2002, "0-24"), (2001, "25-54"), (1972, "25-54"), (1971, "55-200")]
)
def test_age_is_what_somebody_becomes_this_year(born: int, group: str):
    whole = region(person("P"), trait("P", Sex.X, born), date=date(2026, 11, 23))

    found = rows(whole, 0)
    assert [key for key in found if key[0] == "age"] == [("age", group)]


def test_towns_without_people_are_left_out():
    assert [key[1] for key in rows(crowd(0, 40), 5) if key[0] == "municipality"] == [TOWNS[1].nis]


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("n_people", [100, 200, 1000])
def test_wilson_intervals_cover_the_truth_in_95_of_100(share: float, n_people: int):
    counts = np.random.default_rng(20261123).binomial(n_people, share, 4000)
    bounds = {int(count): wilson(int(count), n_people) for count in np.unique(counts)}

    covered = np.mean([bounds[int(n)][0] <= share <= bounds[int(n)][1] for n in counts])
    assert 0.93 <= covered <= 0.97


def test_ratio_intervals_cover_the_truth_in_95_of_100():
    random = np.random.default_rng(20261124)
    ours, others = random.binomial(200, 0.3, 4000), random.binomial(400, 0.4, 4000)

    found = [ratio_interval(int(a), 200, int(b), 400) for a, b in zip(ours, others, strict=True)]
    covered = np.mean([each is not None and each[1] <= 0.75 <= each[2] for each in found])
    assert 0.93 <= covered <= 0.97


def test_the_interval_of_nobody_and_of_everybody_stays_within_0_and_1():
    assert wilson(0, 30)[0] == 0
    assert wilson(30, 30)[1] == pytest.approx(1)
