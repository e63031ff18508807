"""Getting a web server ready beside its first visitors.

The first what-if would wait for the kernels of the planner and for the latest plan to be read.
"""

import logging
from threading import Thread

from django.db import DatabaseError, connection

from koempel.desk.planning.what_ifs import warm_up

_log = logging.getLogger(__name__)


def start_warming() -> Thread:
    """Warm up in a thread of its own; the server answers in the meantime."""
    thread = Thread(target=_warm, name="warm-up", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    try:
        warm_up()
    except DatabaseError as error:
        # Whoever asks first reads it then; the database may come back in a moment.
        _log.warning("the latest plan could not be read ahead: %s", type(error).__qualname__)
    finally:
        connection.close()
