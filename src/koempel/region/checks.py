"""Every fault in the tables of a region, found in one pass and told one by one.

Reading and checking are the same pass: `koempel.region.tables.read_region` keeps the rows that
this pass makes, `check_region` does not. Faults are told as they are found and never kept, so
that a file of any length fits in memory; only ids and places of other tables are remembered.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from koempel.region.cells import (
    CellError,
    Reader,
    quoted,
    reader_of,
    refuse_national_number,
    suggestion,
)
from koempel.region.csv_lines import NumberedCells, cells_of
from koempel.region.issues import Issue
from koempel.region.region_toml import FILE as HEAD_FILE
from koempel.region.region_toml import Head, read_head
from koempel.region.row_rules import Places, RowRule, rules_for
from koempel.region.rows import OPTIONAL_TABLES, TABLES, columns_of

__all__ = ["OUTLINES_FILE", "Inspection", "Issue", "check_region"]

OUTLINES_FILE = "outlines.geojson"

_KEYS = {"municipalities": "nis", "traits": "person"}
"""Column that no two rows may share, where it is not `id`."""


def check_region(folder: Path) -> Iterator[Issue]:
    """Find every fault in the files of a region.

    Parameters
    ----------
    folder : Path
        The folder with `region.toml` and the tables.

    Yields
    ------
    Issue
        Fault by fault, file by file; nothing when all is well.
    """
    return Inspection(folder, keep=False).issues()


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of one file stand, and how they are read."""

    table: str
    width: int
    readers: tuple[tuple[int, str, Reader], ...]
    references: tuple[tuple[str, str, bool], ...]
    rules: tuple[RowRule, ...]
    key: str
    is_complete: bool

    @classmethod
    def of(cls, table: str, header: list[str]) -> "_Layout":
        columns = columns_of(TABLES[table])
        names = [name.strip() for name in header]
        found = {name: column for name, column in columns.items() if name in names}
        key = _KEYS.get(table, "id")
        return cls(
            table=table,
            width=len(names),
            readers=tuple((names.index(name), name, reader_of(found[name])) for name in found),
            references=tuple(
                (name, column.table, column.many)
                for name, column in found.items()
                if column.kind == "ref"
            ),
            rules=rules_for(table),
            key=key if key in found else "",
            is_complete=found.keys() == columns.keys(),
        )

    @property
    def file(self) -> str:
        return f"{self.table}.csv"


class Inspection:
    """One pass over the files of a region.

    Parameters
    ----------
    folder : Path
        The folder.
    keep : bool
        Whether sound rows are kept.

    Attributes
    ----------
    head : Head
        What `region.toml` says, as far as it could be read.
    rows : dict of str to list
        Sound rows per table; empty lists unless kept.
    outlines : dict or None
        The parsed outlines, if there are any.
    """

    def __init__(self, folder: Path, *, keep: bool) -> None:
        self.head = Head()
        self.rows: dict[str, list[Any]] = {table: [] for table in TABLES}
        self.outlines: dict[str, Any] | None = None
        self._folder = folder
        self._keep = keep
        self._lines_of: dict[str, dict[str, int]] = {}
        self._places = Places()

    def issues(self) -> Iterator[Issue]:
        """Read everything and report every fault; to be run once, to the end."""
        if not self._folder.is_dir():
            yield _about_file(
                str(self._folder),
                "is geen map",
                "een map met region.toml en tabellen",
                "kijk de naam van de map na",
            )
            return
        yield from self._unknown_files()
        yield from self._head()
        for table in TABLES:
            yield from self._table(table)
        yield from self._unknown_floors()
        yield from self._outlines()

    def _unknown_files(self) -> Iterator[Issue]:
        known = [f"{table}.csv" for table in TABLES]
        for path in sorted(self._folder.glob("*.csv")):
            if path.name not in known:
                yield _about_file(
                    str(self._folder),
                    f"het bestand {quoted(path.name)} is onbekend",
                    "alleen tabellen uit docs/region-format.md",
                    suggestion(path.name, known) or "haal het bestand weg",
                )

    def _head(self) -> Iterator[Issue]:
        try:
            data = (self._folder / HEAD_FILE).read_bytes()
        except FileNotFoundError:
            yield _missing(HEAD_FILE)
        except OSError:
            yield _closed(HEAD_FILE)
        else:
            yield from read_head(data, self.head)

    def _unknown_floors(self) -> Iterator[Issue]:
        if not {"municipalities", "villages"} <= self._lines_of.keys():
            return
        known = self._lines_of["municipalities"].keys() | self._lines_of["villages"].keys()
        for floor in self.head.floors:
            if floor.of not in known:
                error = CellError(
                    f"{quoted(floor.of)} is geen gemeente of dorp van deze regio",
                    expected="een NIS-code uit municipalities.csv of een code uit villages.csv",
                    remedy=suggestion(floor.of, known) or "verbeter de code of haal de rij weg",
                )
                yield Issue.of(error, HEAD_FILE, 0, "floors")

    def _outlines(self) -> Iterator[Issue]:
        path = self._folder / OUTLINES_FILE
        if not path.exists():
            return
        try:
            found = json.loads(path.read_bytes().decode("utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            yield _about_file(
                OUTLINES_FILE,
                "is niet te lezen als GeoJSON",
                "een FeatureCollection",
                "bewaar de kaart opnieuw of haal het bestand weg",
            )
            return
        if _is_collection_of_areas(found):
            self.outlines = found
        else:
            yield _about_file(
                OUTLINES_FILE,
                "bevat geen vlakken",
                "een FeatureCollection van Polygon of MultiPolygon",
                "bewaar de kaart opnieuw of haal het bestand weg",
            )

    def _table(self, table: str) -> Iterator[Issue]:
        file = f"{table}.csv"
        try:
            stream = (self._folder / file).open("rb")
        except FileNotFoundError:
            if table in OPTIONAL_TABLES:
                self._lines_of[table] = {}
            else:
                yield _missing(file)
        except OSError:
            yield _closed(file)
        else:
            with stream:
                yield from self._lines(table, cells_of(stream, file))

    def _lines(self, table: str, lines: Iterator[Issue | NumberedCells]) -> Iterator[Issue]:
        layout: _Layout | None = None
        for line in lines:
            if isinstance(line, Issue):
                yield line
            elif layout is None:
                yield from _header_faults(table, *line)
                layout = _Layout.of(table, line[1])
                if layout.key:
                    self._lines_of[table] = {}
            elif layout.readers:
                yield from self._row(layout, *line)
        if layout is None:
            yield _about_file(
                f"{table}.csv",
                "is leeg",
                "een kopregel met de namen van de kolommen",
                "zet de kopregel erin, ook als er geen rijen zijn",
            )

    def _row(self, layout: _Layout, line: int, cells: list[str]) -> Iterator[Issue]:
        if len(cells) != layout.width:
            yield _wrong_width(layout, line, cells)
            return
        values, faults = _read_cells(layout, line, cells)
        faults += self._faults_between(layout, line, values)
        self._places.remember(layout.table, values)
        yield from faults
        if self._keep and layout.is_complete and not faults:
            self.rows[layout.table].append(TABLES[layout.table](**values))

    def _faults_between(self, layout: _Layout, line: int, values: dict[str, Any]) -> list[Issue]:
        faults = [*self._unknown_references(layout, line, values)]
        if layout.key in values:
            value = values[layout.key]
            first = self._lines_of[layout.table].setdefault(value, line)
            if first != line:
                faults.append(_duplicate(layout, line, value, first))
        for rule in layout.rules:
            if all(name in values for name in rule.columns):
                faults += self._broken_rule(rule, layout.file, line, values)
        return faults

    def _broken_rule(
        self, rule: RowRule, file: str, line: int, values: dict[str, Any]
    ) -> Iterator[Issue]:
        try:
            rule.refuse(self._places, *(values[name] for name in rule.columns))
        except CellError as error:
            yield Issue.of(error, file, line, rule.columns[0])

    def _unknown_references(
        self, layout: _Layout, line: int, values: dict[str, Any]
    ) -> Iterator[Issue]:
        for name, table, is_list in layout.references:
            known = self._lines_of.get(table)
            if known is None or name not in values:
                continue
            for code in values[name] if is_list else (values[name],):
                if code not in known:
                    yield _unknown(layout.file, line, name, code, table)


def _about_file(file: str, problem: str, expected: str, remedy: str) -> Issue:
    return Issue(file, 0, "", problem, expected, remedy)


def _missing(file: str) -> Issue:
    return _about_file(file, "ontbreekt", "dit bestand; het is verplicht", "zet het in de map")


def _closed(file: str) -> Issue:
    return _about_file(
        file, "kan niet gelezen worden", "een leesbaar bestand", "kijk de rechten op het bestand na"
    )


def _header_faults(table: str, line: int, header: list[str]) -> Iterator[Issue]:
    file, known = f"{table}.csv", columns_of(TABLES[table])
    names = [name.strip() for name in header]
    if not set(names) & set(known):
        expected = "een kopregel met " + ", ".join(known)
        remedy = "zet de namen van de kolommen op de eerste regel, met ; ertussen"
        yield Issue(file, line, "", "er is geen bekende kolom", expected, remedy)
        return
    for name in sorted({name for name in names if name not in known}):
        expected, remedy = "een van " + ", ".join(known), suggestion(name, known)
        remedy = remedy or "haal de kolom weg"
        yield Issue(file, line, "", f"de kolom {quoted(name)} is onbekend", expected, remedy)
    for name in known:
        if name not in names:
            problem, remedy = f"de kolom {quoted(name)} ontbreekt", "zet de kolom erbij"
            yield Issue(file, line, name, problem, "elke kolom van de tabel", remedy)
        elif names.count(name) > 1:
            problem, remedy = f"de kolom {quoted(name)} staat er twee keer", "haal er een weg"
            yield Issue(file, line, name, problem, "elke kolom één keer", remedy)


def _wrong_width(layout: _Layout, line: int, cells: list[str]) -> Issue:
    return Issue(
        layout.file,
        line,
        "",
        f"de rij heeft {len(cells)} cellen en de kopregel {layout.width}",
        "evenveel cellen als kolommen",
        "kijk de scheidingstekens na; zet een cel met een ; of , erin tussen aanhalingstekens",
    )


def _read_cells(layout: _Layout, line: int, cells: list[str]) -> tuple[dict[str, Any], list[Issue]]:
    values: dict[str, Any] = {}
    faults: list[Issue] = []
    for index, name, read in layout.readers:
        try:
            values[name] = read(cells[index])
        except CellError as error:
            faults.append(_cell_fault(layout, line, name, cells[index], error))
    return values, faults


def _cell_fault(layout: _Layout, line: int, name: str, cell: str, error: CellError) -> Issue:
    try:
        refuse_national_number(cell)
    except CellError as found:
        error = found
    return Issue.of(error, layout.file, line, name)


def _duplicate(layout: _Layout, line: int, value: str, first: int) -> Issue:
    return Issue(
        layout.file,
        line,
        layout.key,
        f"{quoted(value)} staat ook op regel {first}",
        "elke code één keer",
        "haal een van de twee rijen weg of geef ze een andere code",
    )


def _unknown(file: str, line: int, name: str, code: str, table: str) -> Issue:
    return Issue(
        file,
        line,
        name,
        f"{quoted(code)} staat niet in {table}.csv",
        f"een code uit {table}.csv",
        "verbeter de code of zet de rij erbij in de andere tabel",
    )


def _is_collection_of_areas(found: Any) -> bool:
    features = found.get("features") if isinstance(found, dict) else None
    return isinstance(features, list) and all(_is_area(feature) for feature in features)


def _is_area(feature: Any) -> bool:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    return isinstance(geometry, dict) and geometry.get("type") in ("Polygon", "MultiPolygon")
