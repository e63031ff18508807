"""A form that is sent twice does its work once.

Each form carries a key that its page drew. What was sent, by whom, from where and with which key
make a stamp; the first to write a stamp does the work, in the same transaction. Somebody who goes
back in the browser, changes the form and sends it again sends something else, and that is done.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from koempel.desk.common.models import SentForm

REMEMBERED_FOR = timedelta(days=2)


def stamp_of(key: str, *, user: int | None, path: str, sent: Mapping[str, Sequence[str]]) -> str:
    """What makes two forms the same one, as a digest: nothing of what was sent can be read in it.

    Parameters
    ----------
    key : str
        What the page drew; random, so that nobody can guess at what was sent.
    sent : mapping
        Every field with its values.
    """
    text = json.dumps([key, user, path, sorted((name, [*values]) for name, values in sent.items())])
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def once(stamp: str, *, at: datetime, do: Callable[[], str]) -> tuple[str, bool]:
    """Do something unless it was done; gives the address it leads to, and whether it was done now.

    Of two at the same moment the second waits for the first. What raises an error was not done,
    and can be sent again.
    """
    sent, is_first = SentForm.objects.get_or_create(stamp=stamp, defaults={"at": at})
    if not is_first:
        return sent.url, False
    sent.url = do()
    sent.save(update_fields=["url"])
    return sent.url, True


def forget_sent_forms(now: datetime) -> int:
    """Remove the stamps of forms that nobody sends again; gives how many."""
    return SentForm.objects.filter(at__lt=now - REMEMBERED_FOR).delete()[0]
