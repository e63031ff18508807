"""Who was erased, in a list beside the backups, so that an old backup brings nobody back.

One JSON line per case: its number and the day, as in the table of erased cases, and no more. The
list goes where the backups go. At each start of Koempel whoever is in the list and not among the
erased is erased again: then the database is older than the list.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from koempel.desk.common.context import acting, system
from koempel.desk.operations.archive import BackupError, flush
from koempel.desk.people.actions import erase_person
from koempel.desk.people.models import Person, Tombstone

ERASED = "erased.jsonl"
PURPOSE = "opnieuw wissen na een herstel"


def note_erased() -> int:
    """Add to the list who was erased since the last time; gives how many."""
    return _append(dict(Tombstone.objects.values_list("case_number", "erased_on")))


def bring_along(backup: Path) -> int:
    """Take over the list that lies beside a backup; gives how many were new."""
    return _append(_read(backup.absolute().with_name(ERASED)))


def erase_again() -> int:
    """Erase whom an older database brought back; gives how many."""
    listed = _read(_own())
    missing = listed.keys() - set(Tombstone.objects.values_list("case_number", flat=True))
    if not missing:
        return 0
    with acting(system(PURPOSE)), transaction.atomic():
        people = Person.objects.filter(pk__in=missing).order_by("pk")
        back = list(people.values_list("pk", flat=True))
        for number in back:
            erase_person(number, on=listed[number])
        # Who came and went after the backup: the number is nobody's again.
        Tombstone.objects.bulk_create(
            Tombstone(case_number=number, erased_on=listed[number])
            for number in sorted(missing.difference(back))
        )
    return len(back)


def _own() -> Path:
    return Path(settings.BACKUP_FOLDER) / ERASED


def _read(file: Path) -> dict[str, date]:
    if not file.exists():
        return {}
    found = {}
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        try:
            facts = json.loads(line)
            found[str(facts["case_number"])] = date.fromisoformat(facts["on"])
        except (ValueError, KeyError, TypeError) as error:
            raise BackupError(
                f"{file}, regel {number}: dit is geen gewist dossier. "
                "Zet de laatste goede versie van de lijst terug."
            ) from error
    return found


def _append(erased: Mapping[str, date]) -> int:
    known, file = _read(_own()), _own()
    fresh = erased.keys() - known.keys()
    if not fresh:
        return 0
    whole = {**erased, **known}
    lines = [json.dumps({"case_number": key, "on": f"{whole[key]}"}) for key in sorted(whole)]
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Beside it and then in its place: half a line would stop the next start.
    beside = file.with_suffix(".new")
    beside.write_text("\n".join([*lines, ""]), "utf-8")
    flush(beside)
    beside.replace(file)
    flush(file.parent)
    return len(fresh)
