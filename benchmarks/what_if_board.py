"""Seconds from asking a what-if to the page, at full size: cold and warm, part by part.

    python benchmarks/what_if_board.py /path/to/data-folder

The folder is one that `koempel demo` filled and in which a plan was made. Cold is the first answer
of a process that did not warm up; warm is what a visitor meets. Every answer has changes of its
own, so that none comes from memory. Wall and CPU seconds: on a busy machine only the second says
something.
"""

import argparse
import os
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

CHANGES = {
    "one more of a lever": 1,
    "three more": 3,
    "twelve more": 12,
    "none left": None,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    os.environ["KOEMPEL_DATA"] = parser.parse_args().folder
    os.environ |= {"KOEMPEL_DEMO": "1", "KOEMPEL_HTTPS": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "koempel.desk.config.settings"
    import django  # the settings read the folder

    django.setup()
    _measure()


def _measure() -> None:
    # After `django.setup`: models cannot be read before.
    from django.test import Client
    from django.test.utils import override_settings

    from koempel.desk.accounts.models import User
    from koempel.desk.common.roles import Role
    from koempel.desk.planning.queries import latest_run
    from koempel.desk.planning.what_ifs import board_of, warm_up

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    client, run = Client(HTTP_HOST="localhost"), latest_run()
    client.force_login(User.objects.filter(role=Role.DIRECTOR).first())
    first, *others = [each for each in run.levers if each.capacity]
    print(f"{run.people} people, {run.jobs} jobs, {run.options} options\n")
    print("| | wall s | CPU s |\n|---|---:|---:|")
    with override_settings(STORAGES=plain):
        _told("cold: one more of a lever", lambda: _page(client, first.id, first.capacity + 1))
        _told("warming up again", warm_up)
        for (name, more), lever in zip(CHANGES.items(), others, strict=False):
            amount = 0 if more is None else lever.capacity + more
            _told(name, lambda lever=lever, amount=amount: _page(client, lever.id, amount))
        _told("the same again", lambda: _page(client, lever.id, amount))
        board = board_of(run)
        changes = board.changes({first.id: first.capacity + 5})
        _told("the curve of a lever", lambda: board.curve(first.id, changes, top=40))


def _page(client: Any, lever: str, amount: int) -> None:
    answer = client.get(f"/plan/wat-als/?{lever}={amount}", headers={"HX-Request": "true"})
    if answer.status_code != 200:
        raise SystemExit(f"status {answer.status_code}")


def _told(name: str, work: Callable[[], Any]) -> None:
    wall, cpu = perf_counter(), process_time()
    work()
    print(f"| {name} | {perf_counter() - wall:.2f} | {process_time() - cpu:.2f} |", flush=True)


if __name__ == "__main__":
    main()
