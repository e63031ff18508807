"""What erasing leaves behind in files: the log that SQLite writes ahead, and files that wait.

SQLite overwrites what is deleted with zeros (`secure_delete` in the settings), but until its log
is written back the old pages still stand in it. A file that waits to be read in may name whoever
was just erased, and nobody can tell without reading it: all of them go.
"""

import logging

from django.db import connection, transaction

from koempel.desk.common.uploads import store

_WAIT_MS = 2_000
_log = logging.getLogger(__name__)


def wipe_traces() -> None:
    """Wipe them once the transaction at hand is kept; what fails is tried again by the next."""
    # Files now as well: one that is being read in must not bring back who is just erased.
    store().clear()
    transaction.on_commit(_wipe, robust=True)


def _wipe() -> None:
    store().clear()
    if connection.vendor == "sqlite":
        _write_log_back()


def _write_log_back() -> None:
    """Write the log of SQLite back and empty it, unless somebody reads for longer than we wait."""
    waits_ms = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
        is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={waits_ms}")
    if is_busy:
        _log.warning("The log of SQLite was in use and keeps what was erased until the next time.")
