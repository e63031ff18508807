import codecs
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koempel.region.cells import reader_of, writer_of
from koempel.region.folders import replaced
from koempel.region.parameters import Parameters
from koempel.region.rows import (
    TABLES,
    CareKind,
    Child,
    Column,
    Cycling,
    Employer,
    EmployerKind,
    Level,
    Mode,
    Need,
    Person,
    ShuttleRun,
    columns_of,
)
from koempel.region.tables import FILES, Floor, Region, RegionError, read_region, write_region
from koempel.region.windows import ALWAYS, Windows, parse_windows

ChangeCells = Callable[..., None]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_read_region_makes_typed_rows(small_region_folder: Path) -> None:
    region = read_region(small_region_folder)
    assert (region.name, region.date, region.invented) == (
        "Klein Kolenland",
        date(2027, 1, 4),
        True,
    )
    assert region.floors == (Floor("71070", 1),)
    assert region.people[0] == Person(
        id="P1",
        village="heusden",
        lon=5.28,
        lat=51.04,
        registered_on=date(2026, 3, 2),
        available_from=date(2027, 1, 11),
        permit_until=None,
        modes=(Mode.BIKE, Mode.CAR),
        cycling=Cycling.YES,
        max_travel_min=45,
        dutch_listening=Level.B1,
        dutch_speaking=Level.A2,
        dutch_reading=Level.A2,
        dutch_writing=Level.A1,
        skills=("FORKLIFT", "WELDING"),
        licences=("B",),
        needs=(Need.NO_NIGHT,),
        away=parse_windows("Mo-Fr 07:00-17:30"),
        hours_min=19.0,
        hours_max=38.0,
        wants=("9333", "93"),
    )
    assert region.jobs[0].shifts == (
        parse_windows("Mo-Fr 06:00-14:00"),
        parse_windows("Mo-Fr 14:00-22:00"),
    )
    assert region.children[1] == Child(
        "C2", "P1", date(2025, 11, 1), CareKind.NONE, None, None, Windows(()), None
    )
    assert region.employers == (Employer("E1", "De Kolenvink", EmployerKind.SOCIAL, "0403019261"),)


def test_read_region_takes_absent_optional_tables_as_empty(small_region_folder: Path) -> None:
    full = read_region(small_region_folder)
    for table in ("bikes", "traits"):
        (small_region_folder / f"{table}.csv").unlink()
    assert read_region(small_region_folder) == replace(full, bikes=(), traits=())


def test_read_region_accepts_what_spreadsheets_make(small_region_folder: Path) -> None:
    expected = read_region(small_region_folder)
    for path in small_region_folder.glob("*.csv"):
        text = path.read_text("utf-8").replace(",", ".").replace(";", ",")
        text = text.replace("Mo-Fr 07:00-17:30", '" Mo-Fr 07:00-17:30"').replace("\n", "\r\n")
        path.write_bytes(codecs.BOM_UTF8 + text.encode() + b",,,\r\n\r\n")
    assert read_region(small_region_folder) == expected


def test_read_region_takes_columns_in_any_order(small_region_folder: Path) -> None:
    expected = read_region(small_region_folder)
    path = small_region_folder / "traits.csv"
    rows = [line.split(";") for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(";".join(reversed(cells)) + "\n" for cells in rows), "utf-8")
    assert read_region(small_region_folder) == expected


def test_read_region_raises_with_the_first_faults_and_their_number(
    small_region_folder: Path,
) -> None:
    with (small_region_folder / "traits.csv").open("a") as stream:
        stream.writelines(f"Q{number};F;1990\n" for number in range(30))
    with pytest.raises(RegionError) as refused:
        read_region(small_region_folder)
    error = refused.value
    assert (len(error.issues), error.n_issues) == (20, 30)
    lines = str(error).splitlines()
    assert lines[0] == f"De map {small_region_folder} is niet te gebruiken. Aantal fouten: 30."
    assert lines[1:21] == [str(issue) for issue in error.issues]
    assert lines[21:] == ["En nog 10 andere. Zie koempel check."]


def test_digest_follows_the_bytes_of_every_file(small_region_folder: Path) -> None:
    first = read_region(small_region_folder).digest
    (small_region_folder / "notes.txt").write_text("geen invoer")
    assert read_region(small_region_folder).digest == first
    with (small_region_folder / "traits.csv").open("a") as stream:
        stream.write("\n")
    assert read_region(small_region_folder).digest != first


OUTLINES: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "71070",
            "properties": {"name": "Zolder é"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[5.2, 51.0], [5.3, 51.1], [5.2, 51.0]]],
            },
        }
    ],
}
OWN_WALK = {
    "key": "travel.walk",
    "unit": "minuten",
    "valid_from": date(2026, 1, 1),
    "valid_to": date(2027, 12, 31),
    "source": "eigen meting",
    "checked_on": date(2026, 11, 1),
    "checked_by": "An",
    "status": "CONFIRMED",
}


def slower_walk() -> dict[str, object]:
    shipped = Parameters.read([]).value("travel.walk", date(2027, 1, 4))
    return {name: float(number) + 1 for name, number in shipped.items()}


def full_region(folder: Path) -> Region:
    own = Parameters.read([{**OWN_WALK, "value": slower_walk()}])
    floors = (Floor("71070", 3, 2.5), Floor("zolder", 1))
    return replace(read_region(folder), outlines=OUTLINES, parameters=own, floors=floors)


def test_write_region_reads_back_equal(small_region_folder: Path, tmp_path: Path) -> None:
    region = full_region(small_region_folder)
    write_region(region, tmp_path / "copy")
    assert read_region(tmp_path / "copy") == region


def test_write_region_gives_the_same_bytes_for_the_same_region(
    small_region_folder: Path, tmp_path: Path
) -> None:
    region = full_region(small_region_folder)
    write_region(region, tmp_path / "one")
    write_region(read_region(tmp_path / "one"), tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one").keys() == set(FILES)


def test_write_region_uses_semicolons_decimal_commas_and_quotes(
    small_region_folder: Path, tmp_path: Path
) -> None:
    region = read_region(small_region_folder)
    bike = replace(region.bikes[0], name='Fietspunt "Lampenist"; hal 3, achter')
    write_region(replace(region, bikes=(bike,)), tmp_path / "copy")
    assert (tmp_path / "copy" / "bikes.csv").read_bytes().decode() == (
        "id;name;kind;serves;capacity;wait_days;cost_eur\n"
        'F1;"Fietspunt ""Lampenist""; hal 3, achter";BIKE;71070;12;3;85,5\n'
    )


def test_write_region_replaces_an_earlier_region(small_region_folder: Path, tmp_path: Path) -> None:
    region = replace(read_region(small_region_folder), name="Nieuw Kolenland", traits=())
    write_region(region, small_region_folder)
    assert read_region(small_region_folder) == region
    assert [path.name for path in tmp_path.iterdir()] == ["kolenland"]


def test_write_region_refuses_a_folder_with_other_files(small_region_folder: Path) -> None:
    region = read_region(small_region_folder)
    (small_region_folder / "brief.odt").write_text("van An")
    before = contents(small_region_folder)
    with pytest.raises(RegionError, match=r"bevat iets anders dan een regio, zoals brief\.odt"):
        write_region(region, small_region_folder)
    assert contents(small_region_folder) == before


def test_write_region_replaces_any_folder_when_told(small_region_folder: Path) -> None:
    region = read_region(small_region_folder)
    (small_region_folder / "brief.odt").write_text("van An")
    write_region(region, small_region_folder, replace_any=True)
    assert "brief.odt" not in contents(small_region_folder)


def test_write_region_refuses_a_file_in_its_place(
    small_region_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "copy").write_text("een bestand")
    with pytest.raises(RegionError, match="copy is een bestand"):
        write_region(read_region(small_region_folder), tmp_path / "copy")


def test_write_region_leaves_the_old_one_whole_when_it_fails(
    small_region_folder: Path, tmp_path: Path
) -> None:
    region = read_region(small_region_folder)
    before = contents(small_region_folder)
    with pytest.raises(TypeError):
        write_region(replace(region, outlines={"features": object()}), small_region_folder)
    assert contents(small_region_folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["kolenland"]


def test_replaced_folder_appears_only_at_the_end(tmp_path: Path) -> None:
    with replaced(tmp_path / "deep" / "new") as folder:
        (folder / "a.txt").write_text("a")
        assert not (tmp_path / "deep" / "new").exists()
    assert contents(tmp_path / "deep" / "new") == {"a.txt": b"a"}


codes = st.from_regex(r"[A-Z][A-Z0-9_]{0,8}", fullmatch=True)
texts = st.text(st.characters(categories=["L", "Nd", "P", "S"]), min_size=1, max_size=30).filter(
    lambda text: sum(sign.isdigit() for sign in text) < 11
)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
spans = st.tuples(st.integers(0, 10_079), st.integers(1, 960))
week = st.lists(spans, max_size=4).map(lambda found: Windows(tuple(found)))
VALUES: dict[str, Callable[[Column], st.SearchStrategy[Any]]] = {
    "id": lambda column: codes,
    "ref": lambda column: codes,
    "text": lambda column: texts,
    "code": lambda column: codes,
    "number": lambda column: st.floats(column.low, column.high),
    "whole": lambda column: st.integers(int(column.low or 0), int(column.high or 0)),
    "date": lambda column: days,
    "month": lambda column: days.map(lambda day: day.replace(day=1)),
    "time": lambda column: st.integers(0, 1439),
    "windows": lambda column: week.filter(lambda found: bool(found.spans)) | st.just(ALWAYS),
    "rotation": lambda column: st.just((parse_windows("Mo 22:00-06:00"), Windows(()))),
    "lon": lambda column: st.floats(2.3, 6.6),
    "lat": lambda column: st.floats(49.3, 51.7),
    "nis": lambda column: st.from_regex("[0-9]{5}", fullmatch=True),
    "postcode": lambda column: st.from_regex("[0-9]{4}", fullmatch=True),
    "isco": lambda column: st.from_regex("[0-9]{4}", fullmatch=True),
    "enterprise": lambda column: st.just("0428759497"),
    "enum": lambda column: st.sampled_from(list(column.choices or [])),
}


def values_of(column: Column) -> st.SearchStrategy[Any]:
    value = VALUES[column.kind](column)
    if column.many:
        return st.lists(value, unique=True, max_size=4).map(tuple)
    return value if column.required else value | st.just(column.default)


@pytest.mark.parametrize(
    ("table", "name"), [(table, name) for table in TABLES for name in columns_of(TABLES[table])]
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_cell_reads_back_as_it_was_written(
    table: str, name: str, data: st.DataObject
) -> None:
    column = columns_of(TABLES[table])[name]
    value = data.draw(values_of(column))
    assert reader_of(column)(writer_of(column)(value)) == value


def test_time_is_written_as_a_clock(small_region_folder: Path, tmp_path: Path) -> None:
    region = read_region(small_region_folder)
    run: ShuttleRun = region.shuttle_runs[0]
    assert run.time == 5 * 60 + 45
    write_region(region, tmp_path / "copy")
    assert ";05:45;" in (tmp_path / "copy" / "shuttle_runs.csv").read_text("utf-8")
