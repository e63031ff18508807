"""Nobody can be picked out of the list of places."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from koempel.region.names import Names
from koempel.region.outcome import PlaceCount
from koempel.region.report.places import OTHER_VILLAGES, PlaceRow, areas, fold, together


def _row(name: str, looking: int, today: int = 0, extra: int = 0, proposed: int = 0) -> PlaceRow:
    return PlaceRow(name, (name,), looking, today, extra, proposed)


def test_small_village_takes_the_smallest_other_along() -> None:
    heusden, zolder, viversel = _row("Heusden", 90), _row("Zolder", 40), _row("Viversel", 3)

    assert fold([heusden, zolder, viversel], OTHER_VILLAGES) == (
        heusden,
        PlaceRow(OTHER_VILLAGES, ("Viversel", "Zolder"), 43, 0, 0, 0),
    )


def test_two_small_villages_need_no_third() -> None:
    paal, stal, korspel = _row("Paal", 90), _row("Stal", 4), _row("Korspel", 3)

    rows = fold([paal, stal, korspel], OTHER_VILLAGES)

    assert [(each.name, each.looking) for each in rows] == [("Paal", 90), (OTHER_VILLAGES, 7)]


def test_what_remains_counts_as_a_figure_too() -> None:
    assert _row("Stal", looking=20, today=10, extra=7).has_small_figure  # three without a way
    assert _row("Stal", looking=20, proposed=18).has_small_figure  # two without a proposal
    assert not _row("Stal", looking=20, today=10, extra=5, proposed=15).has_small_figure


def test_rows_without_small_figures_stay_in_order_of_size() -> None:
    assert fold([_row("A", 10), _row("B", 30)], "rest") == (_row("B", 30), _row("A", 10))


def test_everything_small_leaves_no_rows() -> None:
    assert fold([_row("A", 3), _row("B", 1)], "rest") == ()


counts = st.integers(min_value=0, max_value=14)
rows_of_places = st.lists(
    st.builds(
        lambda today, extra, no_way, share: (today, extra, no_way, share),
        counts, counts, counts, st.floats(min_value=0, max_value=1),
    ),
    max_size=9,
).map(
    lambda drawn: [
        PlaceRow(f"V{at}", (f"V{at}",), t + e + n, t, e, round((t + e) * share))
        for at, (t, e, n, share) in enumerate(drawn)
    ]
)  # fmt: skip


@given(rows_of_places)
def test_shown_rows_add_up_and_hide_every_small_figure(rows: list[PlaceRow]) -> None:
    shown = fold(rows, OTHER_VILLAGES)

    if shown:
        total, expected = together(shown, ""), together(rows, "")
        assert (total.looking, total.today, total.extra, total.proposed) == (
            expected.looking, expected.today, expected.extra, expected.proposed
        )  # fmt: skip
    assert not any(each.has_small_figure for each in shown)
    # A folded row of one village would be that village under another name.
    assert all(len(each.villages) > 1 for each in shown if each.name == OTHER_VILLAGES)


def _names(villages: dict[str, str]) -> Names:
    region = SimpleNamespace(
        villages=[SimpleNamespace(id=v, name=v, municipality=m) for v, m in villages.items()],
        municipalities=[SimpleNamespace(nis=m, name=m) for m in dict.fromkeys(villages.values())],
    )
    return Names(region)  # type: ignore[arg-type]


def test_municipalities_go_together_when_one_is_small() -> None:
    names = _names({"Stal": "Beringen", "Zolder": "Heusden-Zolder", "Laak": "Houthalen"})
    places = [
        PlaceCount("Stal", 3, 0, 0, 0),
        PlaceCount("Zolder", 40, 0, 0, 0),
        PlaceCount("Laak", 90, 0, 0, 0),
    ]

    shown = areas(places, names)

    assert [(area.total.name, area.total.looking) for area in shown] == [
        ("Houthalen", 90),
        ("Andere gemeenten", 43),
    ]
    assert shown[1].rows == ()


def test_a_region_of_one_person_shows_no_places() -> None:
    assert areas([PlaceCount("Stal", 1, 1, 0, 1)], _names({"Stal": "Beringen"})) == ()
