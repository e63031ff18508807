"""A region: everything that a plan is made from, read from a folder and written to one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from koempel.errors import KoempelError
from koempel.region.cells import writer_of
from koempel.region.checks import OUTLINES_FILE, Inspection, Issue
from koempel.region.folders import replaced
from koempel.region.parameters import Parameters
from koempel.region.region_toml import FILE as HEAD_FILE
from koempel.region.region_toml import Floor, Head, write_head
from koempel.region.rows import (
    TABLES,
    Bike,
    Child,
    Childcare,
    ChildcareDay,
    Course,
    Employer,
    Job,
    Municipality,
    Person,
    Right,
    ShuttleLine,
    ShuttleRun,
    Trait,
    Village,
    columns_of,
)

FILES = (HEAD_FILE, *(f"{table}.csv" for table in TABLES), OUTLINES_FILE)
"""Every file that a region can have."""

_FIRST_ISSUES = 20


class RegionError(KoempelError):
    """A folder that cannot be read as a region, or may not be written over.

    Attributes
    ----------
    issues : tuple of Issue
        The first faults.
    n_issues : int
        How many there are in all.
    """

    def __init__(self, message: str, issues: tuple[Issue, ...] = (), n_issues: int = 0) -> None:
        self.issues = issues
        self.n_issues = n_issues
        super().__init__(message, issues, n_issues)

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Region:
    """Everything that a plan is made from.

    Attributes
    ----------
    name : str
        Name of the region.
    date : date
        Day for which is planned.
    invented : bool
        Whether its people are invented.
    credit : str
        Where the geography comes from.
    parameters : Parameters
        Dated parameters, the region's own before those of Koempel.
    floors : tuple of Floor
        Least numbers of placements.
    outlines : dict or None
        GeoJSON of the municipalities, for the map.
    digest : str
        SHA-256 of the files that it was read from; empty when it was not read. Two regions
        with the same content are equal, whatever their files looked like.

    The other attributes are the tables of `koempel.region.rows`, in the order of the files.
    """

    name: str
    date: date
    invented: bool
    credit: str
    municipalities: tuple[Municipality, ...]
    villages: tuple[Village, ...]
    people: tuple[Person, ...]
    employers: tuple[Employer, ...]
    jobs: tuple[Job, ...]
    rights: tuple[Right, ...] = ()
    children: tuple[Child, ...] = ()
    bikes: tuple[Bike, ...] = ()
    childcare: tuple[Childcare, ...] = ()
    childcare_days: tuple[ChildcareDay, ...] = ()
    courses: tuple[Course, ...] = ()
    shuttle_lines: tuple[ShuttleLine, ...] = ()
    shuttle_runs: tuple[ShuttleRun, ...] = ()
    traits: tuple[Trait, ...] = ()
    parameters: Parameters = field(default_factory=lambda: Parameters.read([]))
    floors: tuple[Floor, ...] = ()
    outlines: dict[str, Any] | None = None
    digest: str = field(default="", compare=False)


def read_region(folder: Path) -> Region:
    """Read a region, or refuse it with its faults.

    Parameters
    ----------
    folder : Path
        The folder with `region.toml` and the tables.

    Raises
    ------
    RegionError
        When anything is wrong; holds the first faults and their number.
    """
    inspection = Inspection(folder, keep=True)
    issues = inspection.issues()
    first = tuple(islice(issues, _FIRST_ISSUES))
    if first:
        raise _faulty(folder, first, len(first) + sum(1 for _ in issues))
    head = inspection.head
    return Region(
        name=head.name,
        date=head.date,
        invented=head.invented,
        credit=head.credit,
        parameters=head.parameters,
        floors=head.floors,
        outlines=inspection.outlines,
        digest=region_digest(folder),
        **{table: tuple(rows) for table, rows in inspection.rows.items()},
    )


def _faulty(folder: Path, first: tuple[Issue, ...], n_issues: int) -> RegionError:
    lines = [f"De map {folder} is niet te gebruiken. Aantal fouten: {n_issues}.", *first]
    if n_issues > len(first):
        lines.append(f"En nog {n_issues - len(first)} andere. Zie koempel check.")
    return RegionError("\n".join(map(str, lines)), first, n_issues)


def region_digest(folder: Path) -> str:
    """SHA-256 of the names and bytes of all files of a region."""
    digest = sha256()
    for name in sorted(FILES):
        path = folder / name
        if path.exists():
            data = path.read_bytes()
            digest.update(f"{name} {len(data)}\n".encode())
            digest.update(data)
    return digest.hexdigest()


def write_region(region: Region, folder: Path, *, replace_any: bool = False) -> None:
    """Write a region to a folder, whole or not at all.

    An earlier region in the folder is replaced.

    Parameters
    ----------
    region : Region
        What is written; the same region always gives the same bytes.
    folder : Path
        Made if need be.
    replace_any : bool
        Replace the folder whatever is in it.

    Raises
    ------
    RegionError
        When the folder holds anything else than a region.
    """
    if not replace_any:
        _refuse_other_content(folder)
    with replaced(folder.resolve()) as new:
        (new / HEAD_FILE).write_bytes(write_head(_head(region)))
        for table in TABLES:
            with (new / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(_lines(table, getattr(region, table)))
        if region.outlines is not None:
            text = json.dumps(region.outlines, ensure_ascii=False, separators=(",", ":"))
            (new / OUTLINES_FILE).write_text(text + "\n", "utf-8")


def _refuse_other_content(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise RegionError(f"{folder} is een bestand. Kies een andere naam.")
    other = sorted(path.name for path in folder.iterdir() if path.name not in FILES)
    if other:
        raise RegionError(
            f"De map {folder} bevat iets anders dan een regio, zoals {other[0]}. "
            "Kies een andere map of maak deze leeg."
        )


def _head(region: Region) -> Head:
    return Head(**{each.name: getattr(region, each.name) for each in fields(Head)})


def _lines(table: str, rows: tuple[Any, ...]) -> Iterator[str]:
    columns = columns_of(TABLES[table])
    writers = [(name, writer_of(column)) for name, column in columns.items()]
    yield ";".join(columns) + "\n"
    for row in rows:
        yield ";".join(_cell(write(getattr(row, name))) for name, write in writers) + "\n"


def _cell(text: str) -> str:
    if ";" not in text and '"' not in text:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
