"""Whether all is well: database, worker, duties, disk. Nothing about anybody."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from koempel.desk.mail.queries import failed_count
from koempel.desk.operations import holds
from koempel.desk.operations.duties import duties
from koempel.desk.operations.models import DutyRun
from koempel.desk.operations.schedule import is_well
from koempel.region import dutch

LEAST_FREE_BYTES = 100 * 1024 * 1024
"""Under this the disk counts as full: a day of work must still fit."""


class Part(StrEnum):
    """What is looked at; the value is what the screen calls it."""

    DATABASE = "databank"
    WORKER = "werker"
    DISK = "schijf"
    DUTY = "vaste taak"
    MAIL = "post"


STATUS_OF: dict[Part, int] = {
    Part.DISK: 507,
    Part.DATABASE: 503,
    Part.WORKER: 503,
    Part.DUTY: 503,
}
"""Status of the answer when a part is not well; the first one counts.

Mail that failed is no reason to start Koempel again: whoever keeps it going looks at the addresses.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is, in plain Dutch."""

    part: Part
    is_well: bool
    words: str


def look() -> list[Finding]:
    """Look at every part."""
    folder = Path(settings.DATA_DIR)
    database = _database()
    return [
        *(database, _worker(folder), _disk(folder)),
        *((*_ill_duties(timezone.now()), *_failed_mail()) if database.is_well else ()),
    ]


def status(findings: Iterable[Finding]) -> int:
    """Status of the answer: 200 when all is well.

    Examples
    --------
    >>> status([Finding(Part.WORKER, False, ""), Finding(Part.DISK, False, "")])
    507
    """
    ill = {each.part for each in findings if not each.is_well}
    return next((code for part, code in STATUS_OF.items() if part in ill), 200)


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
            is_well = bool(cursor.fetchone()[0])
    except DatabaseError:
        is_well = False
    return Finding(Part.DATABASE, is_well, "antwoordt" if is_well else "antwoordt niet")


def _ill_duties(at: datetime) -> list[Finding]:
    last = {each.name: each for each in DutyRun.objects.all()}
    ill = [duty for duty in duties() if not is_well(duty, last.get(duty.name), at)]
    return [
        Finding(Part.DUTY, False, f"«{each.title}» is niet gelukt. Kijk in het logboek")
        for each in ill
    ]


def _failed_mail() -> list[Finding]:
    count = failed_count()
    mails = dutch.count(count, "mail", "mails")
    words = f"kon {mails} niet versturen. Kijk bij «Post»"
    return [Finding(Part.MAIL, False, words)] if count else []


def _worker(folder: Path) -> Finding:
    try:
        is_well = holds.is_held(folder, holds.WORKER)
    except OSError:
        is_well = False
    return Finding(Part.WORKER, is_well, "werkt" if is_well else "is gestopt")


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    is_well = free >= LEAST_FREE_BYTES and os.access(folder, os.W_OK)
    return Finding(Part.DISK, is_well, "heeft plaats" if is_well else "is vol")
