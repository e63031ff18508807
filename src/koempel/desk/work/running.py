"""What the worker wraps around every piece of work: its context, its reports, its end."""

import logging
import traceback
from collections.abc import Callable
from time import monotonic

from django.utils import timezone

from koempel.desk.common.context import acting
from koempel.desk.work import actions
from koempel.desk.work.askers import context_of
from koempel.desk.work.enums import State
from koempel.desk.work.errors import StoppedError, WorkError
from koempel.desk.work.models import Work
from koempel.errors import KoempelError

UNEXPECTED = (
    "Er ging iets mis in Koempel zelf. Er is niets bewaard. Probeer het nog eens. Gebeurt het "
    "opnieuw, zeg het dan aan je beheerder."
)
_REPORT_EVERY_S = 0.25
_log = logging.getLogger(__name__)

Tell = Callable[[int, int, str], None]
"""Says how far it is: so many done of so many, and with what it is busy.

Raises `StoppedError` when the work must stop. Never called within a transaction.
"""


class UnexpectedError(WorkError):
    """A fault in Koempel itself; what it was stands in the log."""


def carry_out(key: str, do: Callable[[Work, Tell], None]) -> None:
    """Do a piece of work as its asker, and keep how it ended.

    Parameters
    ----------
    do : callable
        Does it. It tells how far it is, and calls `actions.finish` in the transaction that keeps
        what it made.
    """
    work = actions.begin_work(key, at=timezone.now())
    if work is None:
        return
    try:
        with acting(context_of(work)):
            do(work, _teller(work))
        if work.state != State.DONE:
            raise UnexpectedError(f"{work.kind} ended without finishing")
    except StoppedError:
        actions.stop(work, at=timezone.now())
    except UnexpectedError:
        actions.fail(work, UNEXPECTED, at=timezone.now())
        raise
    except KoempelError as error:
        actions.fail(work, str(error), at=timezone.now())
    except Exception as error:
        actions.fail(work, UNEXPECTED, at=timezone.now())
        # The message of a database error can quote a row; the queue would keep it for good.
        place = "".join(traceback.format_tb(error.__traceback__))
        _log.error("%s failed with %s\n%s", work.kind, type(error).__qualname__, place)
        raise UnexpectedError(type(error).__qualname__) from None


def _teller(work: Work) -> Tell:
    told_at = float("-inf")

    def tell(done: int, total: int, text: str) -> None:
        nonlocal told_at
        if done < total and monotonic() - told_at < _REPORT_EVERY_S:
            return
        told_at = monotonic()
        if actions.report(work, done, total, text, at=timezone.now()):
            raise StoppedError("Dit werk is gestopt.")

    return tell
