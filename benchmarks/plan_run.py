"""Seconds from asking for a plan to the first proposal that a caseworker sees, part by part.

    python benchmarks/plan_run.py /path/to/data-folder

The folder is one that `koempel demo` filled; it is copied, so every time begins alike. The worker
runs as `koempel serve` starts it, in a process of its own, with a stopwatch around the steps. The
first plan meets a worker that just started; the second goes on from the first. Wall and CPU
seconds of the worker: on a busy machine only the second says something.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep
from typing import Any

PARTS = {
    "dead proposals end": ("koempel.desk.planning.tasks", ["bury_dead_proposals"]),
    "read the tables": ("koempel.desk.planning.runs", ["region_to_plan"]),
    "pack them": ("koempel.desk.planning.runs", ["pack_region"]),
    "the earlier plan": ("koempel.desk.planning.runs", ["standing_plan"]),
    "lay out the region": ("koempel.region.plan", ["Setting", "Explorer"]),
    "reach and options": ("koempel.region.plan", ["survey", "without"]),
    "make the arrays": ("koempel.region.plan", ["problem_of", "carried_over"]),
    "solve": ("koempel.region.plan", ["solve"]),
    "verify": ("koempel.region.plan", ["verify"]),
    "reasons, prices, fairness": ("koempel.region.plan", ["_outcome"]),
    "pack the plan": ("koempel.desk.planning.runs", ["to_bytes"]),
    "compare with what waits": ("koempel.desk.planning.runs", ["_renewal"]),
    "store proposals": ("koempel.desk.planning.runs", ["_write_kept", "_write_new"]),
    "store who is left out": ("koempel.desk.planning.runs", ["_write_left_out"]),
}
"""What is timed of a run, in its order: no part lies within another."""

WHOLE = "the worker in all"
LOOK_EVERY_S = 0.02
WITHIN_S = 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        _open_desk(asked.folder)
        _work(asked.worker)
        return
    with TemporaryDirectory() as there:
        folder = Path(shutil.copytree(asked.folder, Path(there) / "data"))
        _open_desk(folder)
        _measure(folder, Path(there) / "laps")


def _open_desk(folder: Path) -> None:
    os.environ |= {"KOEMPEL_DATA": str(folder), "KOEMPEL_DEMO": "1", "KOEMPEL_HTTPS": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "koempel.desk.config.settings"
    import django  # the settings read the folder

    django.setup()


# ---- the worker -------------------------------------------------------------------------------


def _work(laps: Path) -> None:
    from django.core.management import call_command

    for part, (module, names) in PARTS.items():
        for name in names:
            _time(import_module(module), name, part, laps)
    _time(import_module("koempel.desk.planning.tasks"), "carry_out", WHOLE, laps)
    call_command("work")


def _time(module: Any, name: str, part: str, laps: Path) -> None:
    """Put a stopwatch around a function where it is called."""
    work = getattr(module, name)

    def timed(*args: Any, **named: Any) -> Any:
        wall, cpu = perf_counter(), process_time()
        try:
            return work(*args, **named)
        finally:
            lap = part, perf_counter() - wall, process_time() - cpu
            with laps.open("a") as stream:
                stream.write(json.dumps(lap) + "\n")

    setattr(module, name, timed)


@contextmanager
def _worker(folder: Path, laps: Path) -> Iterator[None]:
    command = [sys.executable, __file__, str(folder), "--worker", str(laps)]
    with subprocess.Popen(command) as worker:
        try:
            _until(_has_looked)
            yield
        finally:
            worker.terminate()


def _has_looked() -> bool:
    """Whether the first look at the duties is over: it is no part of a plan."""
    from koempel.desk.operations.duties import duties
    from koempel.desk.operations.models import DutyRun, Outcome

    return DutyRun.objects.exclude(outcome=Outcome.RUNNING).count() >= len(duties())


# ---- who asks and who reads -------------------------------------------------------------------


def _measure(folder: Path, laps: Path) -> None:
    # After `django.setup`: models cannot be read before.
    from django.test import Client
    from django.test.utils import override_settings

    from koempel.desk.accounts.models import User
    from koempel.desk.common.roles import Role

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    clients = []
    for role in (Role.DIRECTOR, Role.CASEWORKER):
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.filter(role=role, is_demo=True).first())
        clients.append(client)
    with override_settings(STORAGES=plain), _worker(folder, laps):
        # The director has the form before the eyes, and the web server has answered before.
        clients[0].get("/plan/nieuw/")
        clients[1].get("/voorstellen/")
        for title in ("A worker that just started", "Again, on from that plan"):
            laps.write_text("")
            wall = _asked_and_seen(*clients)
            _tell(title, wall, laps)


def _asked_and_seen(director: Any, caseworker: Any) -> dict[str, float]:
    """Ask for a plan and look until the list shows it; seconds since the click."""
    from django_tasks_db.models import DBTaskResult

    from koempel.desk.work.models import Work

    clicked = perf_counter()
    answer = director.post("/plan/nieuw/", {})
    if not answer["Location"].startswith("/plan/bezig/"):
        raise SystemExit(f"led to {answer['Location']}")
    noted = perf_counter() - clicked
    key = Work.objects.latest("asked_at").key
    _until(lambda: Work.objects.get(pk=key).ended_at is not None)
    ended = perf_counter() - clicked
    work = Work.objects.get(pk=key)
    if "run" not in work.result:
        raise SystemExit(f"{work.state}: {work.error}")
    shown = _shown(caseworker, work.result["run"])
    seen = perf_counter() - clicked
    queued = DBTaskResult.objects.latest("enqueued_at")
    waited = (queued.started_at - queued.enqueued_at).total_seconds()
    print(f"\nThe caseworker sees {shown}.", end=" ")
    return {"noted": noted, "waited": waited, "ended": ended, "seen": seen}


def _shown(caseworker: Any, run: int) -> str:
    from koempel.desk.common.context import acting, system
    from koempel.desk.planning.models import Proposal

    page = caseworker.get("/voorstellen/").content.decode()
    listed = set(re.findall(r"/mensen/([^/]+)/voorstel/", page))
    with acting(system("benchmark")):
        new = Proposal.objects.filter(run=run, person__in=listed).count()
    if not new:
        raise SystemExit("The list shows nothing of the new plan.")
    return f"{new} of its proposals on the first page"


def _until(is_so: Callable[[], bool]) -> None:
    end = perf_counter() + WITHIN_S
    while not is_so():
        if perf_counter() > end:
            raise SystemExit(f"not within {WITHIN_S} seconds")
        sleep(LOOK_EVERY_S)


# ---- the table --------------------------------------------------------------------------------


def _tell(title: str, wall: dict[str, float], laps: Path) -> None:
    from koempel.desk.planning.queries import latest_run

    run = latest_run()
    print(
        f"{run.people} people, {run.jobs} jobs, {run.options} options, {run.proposals} proposals,"
    )
    print(
        f"value {run.value}, bound {run.bound}, gap {run.gap:.4%}; load {os.getloadavg()[0]:.1f}."
    )
    print(f"\n| {title} | wall s | CPU s |\n|---|---:|---:|")
    _row("the page that asks", wall["noted"])
    _row("until the worker notices", wall["waited"])
    spent = _spent(laps)
    whole = spent.pop(WHOLE)
    for part in PARTS:
        _row(part, *spent.get(part, (0.0, 0.0)))
    rest = [
        all_of - sum(each)
        for all_of, each in zip(whole, zip(*spent.values(), strict=True), strict=True)
    ]
    _row("all else", *rest)
    _row(WHOLE, *whole)
    _row("from the click to the end of the run", wall["ended"])
    _row("from the click to the caseworker's list", wall["seen"])


def _spent(laps: Path) -> dict[str, tuple[float, float]]:
    spent: dict[str, tuple[float, float]] = {}
    for line in laps.read_text().splitlines():
        part, wall, cpu = json.loads(line)
        before = spent.get(part, (0.0, 0.0))
        spent[part] = before[0] + wall, before[1] + cpu
    return spent


def _row(name: str, wall: float, cpu: float | None = None) -> None:
    print(f"| {name} | {wall:.2f} | {'' if cpu is None else f'{cpu:.2f}'} |", flush=True)


if __name__ == "__main__":
    main()
