"""A backup of everything, made while people work: the database, their files, the kept key."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from koempel import __version__
from koempel.desk.operations import databases, holds
from koempel.desk.operations.archive import (
    BackupError,
    Manifest,
    flush,
    opened,
    unpack,
    write_archive,
)

DAILY = "koempel-{day}.zip"
DAILY_PATTERN = DAILY.format(day="????-??-??")
SECRET = "secret-key"
UPLOADS = "uploads"
WORK, WORK_HOLD = ".koempel-backup-", "work"


def make_backup(file: Path, *, at: datetime) -> Manifest:
    """Write a backup, read it back, and only then give it its name.

    Raises
    ------
    BackupError
        When the file exists already, or what was written is not what was read.
    """
    file = file.absolute()
    if file.exists():
        raise BackupError(f"{file} bestaat al. Kies een andere naam.")
    file.parent.mkdir(parents=True, exist_ok=True)
    _sweep(file.parent)
    with tempfile.TemporaryDirectory(prefix=WORK, dir=file.parent) as name:
        work = Path(name)
        with holds.hold(work, WORK_HOLD):
            manifest = _write(work, work / "backup.zip", at)
            verify_backup(work / "backup.zip", work / "read-back")
            (work / "backup.zip").rename(file)
    flush(file.parent)
    return manifest


def daily_backup(folder: Path, *, keep: int, at: datetime) -> Path:
    """Make the backup of today when it is not there yet, and keep only the last ones.

    Raises
    ------
    BackupError
        When it cannot be made; older ones are then all still there.
    """
    file = folder / DAILY.format(day=timezone.localdate(at))
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_backup(file, at=at)
    for old in sorted(folder.glob(DAILY_PATTERN))[:-keep]:
        old.unlink()
    return file


def _sweep(folder: Path) -> None:
    """Remove what a killed run left behind: it holds people's data."""
    for left in folder.glob(f"{WORK}*"):
        if not holds.is_held(left, WORK_HOLD):
            shutil.rmtree(left)


def _write(work: Path, target: Path, at: datetime) -> Manifest:
    kind = databases.kind()
    if kind == databases.SQLITE:
        database = work / databases.SQLITE_NAME
        rows = databases.copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), database)
    else:
        database = work / databases.DUMP_NAME
        rows = databases.dump_postgresql(database)
    manifest = Manifest(
        made_at=at.isoformat(),
        version=__version__,
        database=kind,
        rows=rows,
        migrations=applied_migrations(),
    )
    # Files after the database: a row never points to a file that is not in the backup.
    write_archive(target, {database.name: database, **dict(_files(settings.DATA_DIR))}, manifest)
    return manifest


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    if (folder / SECRET).exists():
        yield SECRET, folder / SECRET
    for path in sorted((folder / UPLOADS).rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def applied_migrations() -> list[str]:
    """Migrations of the database, as ``app.name``."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def verify_backup(file: Path, folder: Path) -> Manifest:
    """Read a backup back into an empty folder and compare all of it.

    Raises
    ------
    BackupError
        When anything is other than the backup says.
    """
    folder.mkdir(mode=0o700)
    with opened(file) as (zipped, manifest):
        unpack(zipped, manifest, folder)
    if manifest.database == databases.SQLITE:
        found = databases.check_sqlite(folder / databases.SQLITE_NAME)
        refuse_other_rows(found, manifest.rows)
    return manifest


def refuse_other_rows(found: dict[str, int], promised: dict[str, int]) -> None:
    """Compare rows per table.

    Raises
    ------
    BackupError
        When a table has other rows than promised.
    """
    other = sorted(
        name for name in found.keys() | promised.keys() if found.get(name) != promised.get(name)
    )
    if other:
        raise BackupError(f"De back-up heeft andere aantallen rijen in: {', '.join(other)}.")
