"""Fifty threads on one part of a lever, on a database of their own; prints what came of it.

A program and no test: threads of one process need real connections, which a test's own
transaction does not give. `test_race.py` starts it on both databases.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import django

THREADS = 50
NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.db import connection  # noqa: E402

from koempel.desk.accounts.models import Organisation, User  # noqa: E402
from koempel.desk.common.context import acting, system  # noqa: E402
from koempel.desk.levers import actions  # noqa: E402
from koempel.desk.levers.ledger import NothingFreeError, parts_out_of_balance  # noqa: E402
from koempel.desk.levers.models import Lever, LeverBooking, LeverPart  # noqa: E402


def main(rounds: int) -> None:
    call_command("migrate", verbosity=0, skip_checks=True)
    owner = Organisation.objects.create(kind="REUSE_SHOP", name="Kringwinkel De Tweede Schacht")
    jef = User.objects.create(email="jef@koempel.invalid", name="Jef", organisation=owner)
    races = {"last_one": last_one, "one_form": one_form, "back_and_forth": back_and_forth}
    found = {name: Counter[str]() for name in races}
    for _ in range(rounds):
        for name, race in races.items():
            part = new_part(owner, jef, stock=3 if name == "back_and_forth" else 1)
            found[name].update(race(part, jef))
    found["books"] = Counter(wrong=len(parts_out_of_balance()))
    sys.stdout.write(f"{json.dumps(found)}\n")


def new_part(owner: Organisation, by: User, *, stock: int) -> LeverPart:
    lever = Lever.objects.create(kind="BIKE", organisation=owner, name="De Tweede Schacht")
    part = LeverPart.objects.create(lever=lever)
    with acting(system("tests")):
        return actions.set_capacity(part, stock, by=by, at=NOW)


def last_one(part: LeverPart, by: User) -> Counter[str]:
    """Everybody wants the last one."""

    def act(thread: int) -> str:
        book(part, by, key=f"{part.pk}/{thread}")
        return "got it"

    return run(act)


def one_form(part: LeverPart, by: User) -> Counter[str]:
    """One form is sent fifty times: all get the one booking."""
    found = run(lambda thread: str(book(part, by, key=f"{part.pk}/form").pk))
    return Counter({"bookings": len(found), "answers": found.total()})


def back_and_forth(part: LeverPart, by: User) -> Counter[str]:
    """Some book, hand over and bring back, while others set the stock and let holds expire."""

    def act(thread: int) -> str:
        if thread % 10 == 9:
            actions.set_capacity(part, 3 + thread % 2, by=by, at=NOW)
            return "set"
        booking = book(part, by, key=f"{part.pk}/{thread}")
        if thread % 3 == 0:
            actions.return_lever(actions.hand_over(booking, by=by, at=NOW), by=by, at=NOW)
        elif thread % 3 == 1:
            actions.release_booking(booking, by=by, at=NOW)
        return "moved"

    found = run(act)
    part.refresh_from_db()
    held = LeverBooking.objects.filter(parts=part, state="HELD").count()
    expected = {"moved", "full", "set"}
    odd = Counter({what: count for what, count in found.items() if what not in expected})
    return odd + Counter({"stock and bookings differ": int(part.held != held)})


def book(part: LeverPart, by: User, *, key: str, at: datetime = NOW) -> LeverBooking:
    wish = actions.Wish("K-7F3Q", [part], starts_on=date(2027, 1, 4), key=key)
    return actions.book_lever(wish, by=by, at=at)


def run(act: Callable[[int], str]) -> Counter[str]:
    """Let all threads go at once; count what each came to."""
    gate, found = Barrier(THREADS), Counter[str]()

    def one(thread: int) -> None:
        with acting(system("tests")):
            gate.wait()
            found.update([outcome(act, thread)])
        connection.close()

    threads = [Thread(target=one, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def outcome(act: Callable[[int], str], thread: int) -> str:
    try:
        return act(thread)
    except NothingFreeError:
        return "full"
    except Exception as error:  # whatever it is, the test must see it
        return repr(error)


if __name__ == "__main__":
    main(int(sys.argv[1]))
