"""The clock of the worker: looks at the duties each half minute, beside the long work."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.utils import timezone

from koempel.desk.operations.duties import duties
from koempel.desk.operations.schedule import run_due

LOOK_EVERY_S = 30
logger = logging.getLogger(__name__)


@contextmanager
def duties_in_background() -> Iterator[None]:
    """Run duties in a thread of their own; at the end, wait for the one that runs."""
    is_over = threading.Event()
    thread = threading.Thread(target=_keep_looking, args=[is_over], name="duties")
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _keep_looking(is_over: threading.Event) -> None:
    while not is_over.is_set():
        try:
            run_due(duties(), at=timezone.now())
        except Exception:
            # The database may be away: the next look finds out.
            logger.exception("The duties could not be looked at")
        finally:
            connections.close_all()
        is_over.wait(LOOK_EVERY_S)
