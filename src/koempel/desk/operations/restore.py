"""Putting a backup back: looked at as a whole first, then in place in one step."""

import json
import secrets
import shutil
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from koempel.desk.common import audit
from koempel.desk.common.context import system
from koempel.desk.operations import databases, holds
from koempel.desk.operations.archive import BackupError, Manifest, flush
from koempel.desk.operations.backup import SECRET, UPLOADS, refuse_other_rows, verify_backup
from koempel.desk.operations.erased import bring_along, note_erased
from koempel.region.folders import exchange

RESTORED = "restored.json"
"""In a data folder that was put back, until the database that came with it knows it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and the folder that keeps what was there."""

    manifest: Manifest
    kept: Path | None


def restore_backup(file: Path, *, replace: bool, at: datetime) -> Restored:
    """Put a backup in place of the data folder; what was there stays aside.

    Raises
    ------
    BackupError
        When the backup cannot be trusted, is for another kind of database or a newer Koempel, or
        when there are data already and `replace` is off.
    HeldError
        When Koempel is at work in the folder.
    """
    folder = Path(settings.DATA_DIR)
    in_use = has_data(folder)
    if in_use and not replace:
        raise BackupError(
            f"In {folder} staan al gegevens. Met --replace komt de back-up in hun plaats; "
            "wat er nu staat, blijft ernaast bewaard."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = folder.with_name(f".{folder.name}.new-{secrets.token_hex(6)}")
    with holds.hold(folder, holds.SERVER) if folder.exists() else nullcontext():
        if in_use:
            _list_erased_until_now()
        try:
            manifest = verify_backup(file, staging)
            _refuse_strange(manifest)
            aside = f"-voor-{at:%Y-%m-%d-%H%M%S}"
            connections.close_all()
            if manifest.database == databases.POSTGRESQL:
                _restore_server(staging, manifest, aside)
            _keep_secret(folder, staging)
            (staging / RESTORED).write_text(
                json.dumps({"made_at": manifest.made_at, "at": at.isoformat()}), "utf-8"
            )
            is_kept = in_use or any((folder / name).exists() for name in _lasting(folder))
            kept = folder.with_name(folder.name + aside) if is_kept else None
            _put_in_place(staging, folder, kept)
            bring_along(file)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return Restored(manifest, kept)


def _list_erased_until_now() -> None:
    # The database that goes may be broken or of another version: then the list of the last hour
    # has to do.
    with suppress(DatabaseError):
        note_erased()


def note_restore() -> None:
    """Write in the trail of a database that was put back that it was; called once it is ready."""
    file = Path(settings.DATA_DIR) / RESTORED
    if not file.exists():
        return
    facts = json.loads(file.read_text("utf-8"))
    audit.record(
        "restored",
        kind="backup",
        objects=[facts["made_at"]],
        context=system("een back-up terugzetten"),
        at=datetime.fromisoformat(facts["at"]),
    )
    file.unlink()


def has_data(folder: Path) -> bool:
    """Whether there is something that somebody would miss."""
    if databases.kind() == databases.POSTGRESQL and databases.is_filled():
        return True
    return (folder / databases.SQLITE_NAME).exists() or any((folder / UPLOADS).glob("*"))


def _refuse_strange(manifest: Manifest) -> None:
    if manifest.database != databases.kind():
        raise BackupError(
            f"Deze back-up is van {manifest.database}, maar Koempel staat op {databases.kind()}. "
            "Zet KOEMPEL_DATABASE gelijk."
        )
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    strange = sorted(set(manifest.migrations) - known)
    if strange:
        raise BackupError(
            f"Deze back-up is van Koempel {manifest.version}, en dat kent tabellen die deze versie "
            f"niet kent ({strange[0]}). Installeer eerst die versie."
        )


def _keep_secret(folder: Path, staging: Path) -> None:
    # A backup of an office that gives its key from outside holds none.
    if (folder / SECRET).exists() and not (staging / SECRET).exists():
        shutil.copy2(folder / SECRET, staging / SECRET)


def _put_in_place(staging: Path, folder: Path, kept: Path | None) -> None:
    for path in (*staging.rglob("*"), staging):
        flush(path)
    if not folder.exists():
        staging.rename(folder)
    else:
        _swap(staging, folder)
        if kept is not None:
            staging.rename(kept)
            _carry_over(kept, folder)
    flush(folder.parent)


def _lasting(folder: Path) -> list[Path]:
    """What lies in the data folder and is in no backup: the backups, the ends of the trail."""
    places = (settings.BACKUP_FOLDER, settings.AUDIT_HEADS)
    return [place.relative_to(folder) for place in places if place.is_relative_to(folder)]


def _carry_over(kept: Path, folder: Path) -> None:
    for name in _lasting(folder):
        if (kept / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (kept / name).rename(folder / name)


def _swap(staging: Path, folder: Path) -> None:
    try:
        exchange(staging, folder)
    except OSError:
        # A file system without this step: a kill in between leaves the old folder as `.old`.
        old = staging.with_suffix(".old")
        folder.rename(old)
        staging.rename(folder)
        old.rename(staging)


def _restore_server(staging: Path, manifest: Manifest, aside: str) -> None:
    name = str(settings.DATABASES["default"]["NAME"])
    new = f"{name}-new-{secrets.token_hex(6)}"
    dump = staging / databases.DUMP_NAME
    try:
        refuse_other_rows(databases.restore_postgresql(dump, new), manifest.rows)
        databases.take_place(new, name, name + aside)
    except BaseException:
        databases.drop_postgresql(new)
        raise
    dump.unlink()
