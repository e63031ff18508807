"""Copying a database as it stands at one moment, while others write, and putting it back.

Two kinds, one protocol. `copy` writes one file; `rows_in` counts what is in such a copy, for a
look afterwards; `put_back` is what only PostgreSQL needs.
"""

import os
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction

from koempel.desk.operations.archive import BackupError

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SQLITE_NAME, DUMP_NAME = "koempel.sqlite3", "koempel.dump"


def kind() -> str:
    """Which database the desk has."""
    return SQLITE if connection.vendor == SQLITE else POSTGRESQL


def copy_sqlite(source: Path, target: Path) -> dict[str, int]:
    """Copy a database in one step, as it stands after the last transaction that was done.

    Raises
    ------
    BackupError
        When there is no database.
    """
    if not source.exists():
        raise BackupError(f"Er is geen databank in {source.parent}. Kijk KOEMPEL_DATA na.")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        # The copy is one file, also where the original keeps its last pages beside it.
        new.execute("PRAGMA journal_mode=DELETE")
    return check_sqlite(target)


def check_sqlite(file: Path) -> dict[str, int]:
    """Rows per table of a copy that is whole.

    Raises
    ------
    BackupError
        When the database itself says that it is damaged.
    """
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        try:
            faults = [row[0] for row in database.execute("PRAGMA integrity_check(1)")]
            loose = database.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise BackupError(f"De databank in de back-up is beschadigd: {error}.") from error
        if faults != ["ok"] or loose:
            raise BackupError(f"De databank in de back-up is beschadigd: {faults[0]}, {loose}.")
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return _counts(database.cursor(), (name for (name,) in names))


def _counts(cursor: Any, tables: Iterable[str]) -> dict[str, int]:
    return {table: _count(cursor, table) for table in sorted(tables)}


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
    return int(cursor.fetchone()[0])


def dump_postgresql(target: Path) -> dict[str, int]:
    """Dump the database and count its rows, both as they stand at one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        name = str(settings.DATABASES["default"]["NAME"])
        _run(
            *("pg_dump", "--format=custom", "--no-owner", "--no-privileges"),
            *(f"--snapshot={snapshot}", f"--file={target}", name),
        )
        return _counts(cursor, connection.introspection.table_names(cursor))


def restore_postgresql(dump: Path, name: str) -> dict[str, int]:
    """Fill a new database from a dump, and count its rows."""
    # Imported here: an office on SQLite does not install it.
    import psycopg

    _run("createdb", name)
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}", dump)
    with psycopg.connect(dbname=name) as new, new.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return _counts(cursor, [row[0] for row in cursor.fetchall()])


def drop_postgresql(name: str) -> None:
    """Remove a database that was not filled to the end."""
    _run("dropdb", "--if-exists", name)


def is_filled() -> bool:
    """Whether the desk's own database has tables; one that is not there has none."""
    try:
        return bool(connection.introspection.table_names())
    except OperationalError:
        return False


def take_place(new: str, name: str, aside: str) -> None:
    """Give a new database the name of the old one, and the old one another, in one step.

    Raises
    ------
    BackupError
        When somebody else is at work in the old one.
    """
    import psycopg  # an extra, as above

    connection.close()
    try:
        with psycopg.connect(dbname="postgres") as server:
            found = "SELECT 1 FROM pg_database WHERE datname = %s"
            if server.execute(found, [name]).fetchone():
                server.execute(_rename(name, aside))
            server.execute(_rename(new, name))
    except psycopg.errors.ObjectInUse as error:
        raise BackupError(
            f"De databank {name} is nog in gebruik. Stop Koempel en wat er nog mee verbonden is."
        ) from error


def _rename(old: str, new: str) -> Any:
    from psycopg import sql  # an extra, as above

    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
        sql.Identifier(old), sql.Identifier(new)
    )


def _run(*command: str | os.PathLike[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise BackupError(
            f"Het programma {command[0]} ontbreekt. Installeer het pakket postgresql-client."
        ) from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{command[0]} mislukte: {error.stderr.strip()}") from error
