"""Print `docs/parameters.md`: every dated parameter that Koempel brings, with its source.

Run ``python tools/parameters_doc.py > docs/parameters.md`` after a change of parameters.toml.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from koempel.region.parameters import Parameters, PolicyParameter

OPENING = """\
# Parameters

Made from `src/koempel/region/parameters.toml` by `python tools/parameters_doc.py`; change it there.

Nothing that a decree, a partner or a yearly table can change stands in code. A parameter has a
value from a day on, and a plan takes the value of its region's day. A region puts its own value
before these with a row `[[parameters]]` in its `region.toml` ([format](region-format.md)); the
record of a run (`run.json`) keeps the value and version of each.

`CONFIRMED` means measured or checked by a person. `DRAFT` means a working guess or a figure that
nobody confirmed yet: it must be confirmed before real use, and a plan that leans on one says so.
"""
CHAPTERS = {
    "travel": "Travel",
    "childcare": "Childcare",
    "work": "Work",
    "value": "Worth of a placement",
    "floor": "Floors",
}
HEADS = ("Key", "Value", "Unit", "From", "Source", "Status")


def document(rows: Iterable[PolicyParameter]) -> str:
    """The whole document."""
    chapters = groupby(rows, key=lambda row: row.key.split(".")[0])
    return "\n".join([OPENING, *(_chapter(name, list(group)) for name, group in chapters)])


def _chapter(name: str, rows: list[PolicyParameter]) -> str:
    lines = (HEADS, ("---",) * len(HEADS), *(tuple(_cells(row)) for row in rows))
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"## {CHAPTERS[name]}\n\n{table}"


def _cells(row: PolicyParameter) -> Iterator[str]:
    yield f"`{row.key}`"
    yield _value(row.value)
    yield row.unit
    yield row.valid_from.isoformat()
    yield row.source
    yield row.status.value


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_value(part)}" for name, part in value.items())
    return str(value)


if __name__ == "__main__":
    sys.stdout.write(document(Parameters.read([]).rows))
