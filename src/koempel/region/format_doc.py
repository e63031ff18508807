"""`docs/region-format.md`, made from the columns and keys that the reader itself uses.

Run ``python -m koempel.region.format_doc > docs/region-format.md`` after a change.
"""

import sys
from collections.abc import Iterable, Iterator

from koempel.region.checks import OUTLINES_FILE
from koempel.region.parameters import PolicyParameter
from koempel.region.region_toml import FLOOR_KEYS, KEYS, Key
from koempel.region.rows import OPTIONAL_TABLES, TABLES, Column, columns_of

OPENING = f"""\
# The format of a region

Made from the code by `python -m koempel.region.format_doc`; change it there.

A region is a folder with `region.toml` and one CSV file per table. `koempel check DIR` reads all
of it and reports every fault with file, line and column; it writes nothing.

- Text is UTF-8, with or without a byte order mark.
- Cells are parted by `;` or `,`, as the first line shows. A cell with that sign or a quotation
  mark in it stands between quotation marks (`"De ""Lamp""; hal 3"`). A cell is one line.
- The first line names the columns. Their order is free; none may lack or be unknown. Empty lines
  are skipped.
- Numbers have a decimal comma or point and no sign for thousands.
- A cell that may be empty says so below, with what that means. Lists are parted by spaces.
- A national number (INSZ) is refused wherever it stands: Koempel has no field for one.
- `{OUTLINES_FILE}` is optional: a GeoJSON FeatureCollection with the areas of the municipalities,
  for the map of the report.
- A CSV file with another name is reported; other files are left alone.
"""

WINDOWS = """\
## Weekly windows

Hours are written in [OpenStreetMap's notation](https://wiki.openstreetmap.org/wiki/Key:opening_hours),
as far as it is the same every week.

| Text | Meaning |
|---|---|
| `Mo-Fr 06:00-14:00` | every working day |
| `Mo,We 08:00-12:00,13:00-17:00` | two days, with a break |
| `Mo-Fr 07:00-18:00, Sa 09:00-12:00` | rules after each other add up |
| `Su 22:00-06:00` | until Monday morning |
| `Sa 10:00-34:00` | until ten the next day; 24 hours |
| `24/7` | always |
| `off` | never; only as a week of a rotation, or for care that is not there |

Windows that touch become one. Refused, with the reason: holidays (`PH`, `SH`), months, weeks and
years, the sun, open ends (`+`), `unknown` and comments, a window that ends where it starts, and a
night together with a semicolon (the rule after a semicolon replaces the whole day, and the tail of
the night before would vanish: put a comma).

The weeks of a rotation are parted by ` | `: `Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00`. A shift lasts
at most 16 hours.
"""

HEAD_EXAMPLE = """\
format = 1
name = "Klein Kolenland"
date = 2027-01-04
invented = true
credit = ""

[[parameters]]
key = "childcare.settling_days"
value = 14
unit = "days"
valid_from = 2026-01-01
source = "agreement of the partners"
status = "DRAFT"

[[floors]]
of = "71070"
at_least = 1
"""

EXAMPLES = {
    "municipalities": "71070;Heusden-Zolder;5,2890;51,0290",
    "villages": "zolder;Zolder;71070;3550;5,3098;51,0246",
    "people": "P-0041;zolder;5,31;51,02;2026-03-02;2027-01-11;;BIKE;YES;45;B1;A2;A2;A1;"
    "FORKLIFT WELDING;B;NO_NIGHT;Mo-Fr 07:00-17:30;19;38;9333 93",
    "rights": "P-0041;LDE;VDAB;2026-01-10;2031-01-09;GRANTED",
    "children": "C-0007;P-0041;2024-09;CHILDCARE;5,29;51,03;Mo-Fr 07:00-18:00;2027-08-31",
    "employers": "E-12;De Kolenvink;SOCIAL;",
    "jobs": "J-003;E-12;Inpakker;9321;zolder;5,32;51,03;2;2027-01-18;2027-03-01;"
    "Mo-Fr 06:00-14:00 | Mo-Fr 14:00-22:00;38;INDEFINITE;A2;A2;;;;;STANDING;LDE",
    "bikes": "F-1;Fietspunt Lampenist;BIKE;71070;12;3;85,5",
    "childcare": "O-1;Het Mijnlampje;FLEX;5,29;51,04;Mo-Fr 05:00-22:00;0;36;2;6;6;2;14;"
    "2027-12-31;300",
    "childcare_days": "O-1;We Fr;2;4;4;0",
    "courses": "T-1;Nederlands A2;DUTCH_COURSE;A2;A1;15;2027-02-01;12;120",
    "shuttle_lines": "L-1;Mijnpendel;5,28;51,04;5,33;51,02;15;7;90",
    "shuttle_runs": "R-1;L-1;TO_WORK;05:45;Mo Tu We Th Fr;8",
    "traits": "P-0041;F;1990",
}
"""One row per table; together with `HEAD_EXAMPLE` a small region without faults."""

KINDS = {
    "id": "own code",
    "ref": "code",
    "text": "text",
    "code": "code in capitals",
    "number": "number",
    "whole": "whole number",
    "date": "date, `YYYY-MM-DD`",
    "month": "month, `YYYY-MM`",
    "time": "time, `HH:MM`",
    "windows": "weekly windows",
    "rotation": "weekly windows, by week",
    "lon": "degrees east",
    "lat": "degrees north",
    "nis": "5 digits",
    "postcode": "4 digits",
    "isco": "ISCO code",
    "enterprise": "10 digits",
    "enum": "word",
}

PARAMETER_MEANINGS = {
    "key": "Which parameter; see `docs/parameters.md`.",
    "value": "Its value, of the same form as Koempel's own.",
    "unit": "Unit of the value.",
    "valid_from": "First day on which it holds.",
    "valid_to": "Last day; may lack. Two values of a key may not hold on the same day.",
    "source": "Where it comes from.",
    "status": "`DRAFT`, or `CONFIRMED` once a person checked it.",
    "checked_on": "When it was checked; may lack.",
    "checked_by": "Who checked it; may lack.",
}


def region_format() -> str:
    """The whole document."""
    parts = [OPENING, *_head_parts(), WINDOWS, *(_table_part(table) for table in TABLES)]
    return "\n".join(parts)


def _head_parts() -> Iterator[str]:
    yield "## region.toml\n\n" + _rows(("Key", "Kind", "May lack", "Meaning"), _key_rows(KEYS))
    yield "### [[parameters]]\n"
    yield (
        "Koempel brings its own dated parameters; a row here comes before them. Without a value\n"
        "for the day of the plan the calculation stops.\n"
    )
    yield _rows(("Key", "Meaning"), ((f"`{name}`", PARAMETER_MEANINGS[name]) for name in _fields()))
    yield "### [[floors]]\n"
    yield _rows(("Key", "Kind", "May lack", "Meaning"), _key_rows(FLOOR_KEYS))
    yield f"```toml\n{HEAD_EXAMPLE}```\n"


def _fields() -> list[str]:
    return [name for name in PolicyParameter.__dataclass_fields__ if name != "origin"]


def _key_rows(keys: dict[str, Key]) -> Iterator[tuple[str, ...]]:
    for name, key in keys.items():
        yield f"`{name}`", key.kind, "" if key.required else "yes", key.meaning


def _table_part(table: str) -> str:
    row_type = TABLES[table]
    lack = " The file may lack." if table in OPTIONAL_TABLES else ""
    columns = columns_of(row_type)
    rows = (
        (f"`{name}`", _kind(column), _when_empty(column), column.meaning)
        for name, column in columns.items()
    )
    return (
        f"## {table}.csv\n\n{row_type.__doc__}{lack}\n\n"
        + _rows(("Column", "Kind", "When empty", "Meaning"), rows)
        + f"\n```\n{';'.join(columns)}\n{EXAMPLES[table]}\n```\n"
    )


def _kind(column: Column) -> str:
    if column.choices is not None:
        words = ", ".join(f"`{each}`" for each in column.choices)
        return f"list of {words}" if column.many else words
    kind = f"list of {KINDS[column.kind]}" if column.many else KINDS[column.kind]
    if column.table:
        return f"{kind} from {column.table}.csv"
    if column.kind in ("number", "whole") and column.high is not None:
        return f"{kind}, {column.low:g} to {column.high:.0f}"
    return kind


def _when_empty(column: Column) -> str:
    if column.required:
        return "refused"
    if column.many:
        return "none"
    return "nothing" if column.default is None else f"`{column.default}`"


def _rows(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(_escaped(cell) for cell in line)} |\n" for line in lines)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(region_format())
