"""What a page says when it could not be made: the database away, the disk full, or our fault."""

import errno
import sqlite3
import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

RETRY_AFTER_S = "60"
_DISK_FULL_IN_POSTGRESQL = "53100"


def server_failed(request: HttpRequest) -> HttpResponse:
    """Answer to an error that no view caught; Django calls it while the error is in force."""
    status = status_of(sys.exception())
    # Without the request: the frame would ask the database who is signed in.
    page = loader.render_to_string(f"{status}.html")
    headers = {} if status == 500 else {"Retry-After": RETRY_AFTER_S}
    return HttpResponse(page, status=status, headers=headers)


def status_of(error: BaseException | None) -> int:
    """Status of the answer to an error.

    Examples
    --------
    >>> status_of(OSError(errno.ENOSPC, "No space left on device"))
    507
    >>> status_of(OperationalError("connection refused"))
    503
    >>> status_of(ValueError())
    500
    """
    if error is None:
        return 500
    if is_disk_full(error):
        return 507
    return 503 if isinstance(error, OperationalError | InterfaceError) else 500


def is_disk_full(error: BaseException) -> bool:
    """Whether an error says that nothing more fits on the disk."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    if not isinstance(error, DatabaseError):
        return False
    cause = error.__cause__
    return (
        getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(cause, "sqlstate", None) == _DISK_FULL_IN_POSTGRESQL
    )
