"""The fairness table tells nothing about a few people."""

from dataclasses import replace

from koempel.region.outcome import FairnessRow, Share
from koempel.region.report.groups import groups_to_show


def _share(people: int, count: int) -> Share:
    if people < 30:
        return Share("", "", people, count, None, None, None)
    return Share("", "", people, count, count / people, count / people, count / people)


def _group(group: str, people: int, proposed: int) -> FairnessRow:
    share = _share(people, proposed)
    ratio = None if people < 30 else 0.98765
    return FairnessRow("sex", group, group, people, share, share, share, share, ratio, ratio, ratio)


def test_large_groups_are_shown_as_they_are() -> None:
    women, men = _group("F", 1234, 617), _group("M", 1111, 500)

    assert [each.row for each in groups_to_show([women, men])] == [women, men]


def test_hidden_groups_of_thirty_together_need_no_cover() -> None:
    rows = [_group("-25", 18, 3), _group("25-54", 700, 350), _group("55+", 14, 2)]

    assert [each.row for each in groups_to_show(rows)] == [None, rows[1], None]


def test_others_are_rounded_when_the_total_would_give_a_few_away() -> None:
    rows = [_group("F", 1234, 617), _group("M", 1111, 500), _group("X", 3, 1)]

    women, men, other = groups_to_show(rows)

    assert women.row is not None
    assert men.row is not None
    assert (women.row.people, women.row.proposed.count) == (1230, 615)
    assert (men.row.people, men.row.proposed.share, men.row.proposed.count) == (1110, 0.45, 500)
    assert men.row.ratio == 0.99
    assert (other.row, other.too_few) == (None, True)


def test_smallest_other_is_hidden_where_rounding_is_no_cover() -> None:
    rows = [_group("F", 60, 31), _group("M", 50, 20), _group("X", 3, 1)]

    women, men, _ = groups_to_show(rows)

    assert women.row is not None
    assert (men.row, men.too_few) == (None, False)


def test_traits_do_not_cover_each_other() -> None:
    town = replace(_group("71004", 113, 52), trait="municipality")
    rows = [_group("F", 60, 31), _group("M", 50, 20), _group("X", 3, 1), town]

    assert groups_to_show(rows)[-1].row == town
