"""The ends of the audit chains in a file outside the database.

One JSON line per chain that grew. Whoever can rewrite the database cannot rewrite this file when
it stands elsewhere, so a cut or a chain written anew is noticed.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from koempel.desk.common.audit import Head
from koempel.errors import KoempelError


class HeadsFileError(KoempelError):
    """The file with exported ends cannot be read."""


def read_heads(file: Path) -> Iterator[Head]:
    """Every end that was ever exported; no file is no ends.

    Raises
    ------
    HeadsFileError
        When a line is not one of ours; names it.
    """
    if not file.exists():
        return
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        try:
            facts = json.loads(line)
            yield Head(str(facts["chain"]), int(facts["length"]), str(facts["hash"]))
        except (ValueError, KeyError, TypeError) as error:
            raise HeadsFileError(
                f"{file}, regel {number}: dit is geen kop van een keten. "
                "Zet de laatste goede versie van het bestand terug."
            ) from error


def append_heads(file: Path, heads: Iterable[Head], *, on: datetime) -> int:
    """Write the ends that are not yet in the file, and say how many."""
    known = set(read_heads(file))
    fresh = [head for head in heads if head not in known]
    with file.open("a", encoding="utf-8") as out:
        for head in fresh:
            out.write(json.dumps({"at": on.isoformat(), **asdict(head)}) + "\n")
        out.flush()
        os.fsync(out.fileno())
    return len(fresh)
