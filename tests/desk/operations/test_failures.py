import errno
import sqlite3

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError

from koempel.desk.web.views.failures import status_of


def full_sqlite():
    """What SQLite says when a table has reached the size it may have, as on a full disk."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE paper (text)")
    database.execute("PRAGMA max_page_count = 3")
    try:
        database.execute("INSERT INTO paper VALUES (zeroblob(100000))")
    except sqlite3.OperationalError as error:
        return error
    finally:
        database.close()


class DiskFullError(Exception):
    sqlstate = "53100"


def caused(error, by):
    error.__cause__ = by
    return error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (caused(OperationalError("database or disk is full"), full_sqlite()), 507),
        (caused(OperationalError("could not extend file"), DiskFullError()), 507),
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.ENOENT, "No such file"), 500),
        (OperationalError("database is locked"), 503),
        (InterfaceError("connection already closed"), 503),
        (IntegrityError("UNIQUE constraint failed"), 500),
        (DatabaseError("syntax"), 500),
        (KeyError("x"), 500),
    ],
)
def test_status_of_an_error(error, status):
    assert status_of(error) == status
