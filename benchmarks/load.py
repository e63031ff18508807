"""A load of many sessions on the desk: how long answers take, and how many there are per second.

    koempel demo FOLDER                       # fills the folder; stop it with Ctrl-C
    python benchmarks/load.py FOLDER          # 200 sessions that each do something every 10 seconds
    python benchmarks/load.py FOLDER --pause 0 --deeds 3000         # as fast as they can
    python benchmarks/load.py FOLDER --with-plan                    # while the worker makes a plan

An empty folder is filled first. On PostgreSQL, in a cluster of its own:

    KOEMPEL_DATABASE=postgresql KOEMPEL_DATABASE_NAME=postgres \\
        pg_virtualenv -t python benchmarks/load.py EMPTY_FOLDER

It starts `koempel serve`, with its worker, and signs in sessions over all who work in the desk. Of
the deeds 70 % read, 20 % search, 8 % write, and 2 % concern a plan: a decision on a proposal, taken
back so that the next run finds the same desk, or a what-if. The same seed draws the same deeds.
Afterwards the audit trail must hold, each page about a person must have left its row, and no answer
may have been a fault of the server: else the exit status is 1. Notes, steps and plans stay in the
folder. Nothing fails on time: look at the load of the machine that is printed with the figures. The
visitors run on the same machine; CPU per answer is what a busy one does not change much.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

MIX = {"read": 70, "search": 20, "write": 8, "decide": 1, "what-if": 1}
WORDS = ("schoonmaak", "magazijn", "groen", "zorg", "Zolder", "Beringen", "el", "ma", "winkel")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
REFUSED = (422, 429)
"""Answers that say no to what was asked: somebody else was first, or it was asked too often."""

TRACED = {"people:file", "people:note", "people:next-step", "proposals:file"}
"""Addresses of which each page shows a person, whatever else stands on it."""

Form = dict[str, str]


@dataclass(frozen=True)
class Room:
    """The pages that a role walks through, and its lists that can be searched."""

    pages: tuple[str, ...]
    lists: tuple[str, ...] = ()


_GUIDE = Room(("/wacht/", "/hefbomen/"), ("/mensen/", "/voorstellen/", "/toeleiding/", "/jobs/"))
_PARTNER = Room(("/wacht/", "/vandaag/"))
ROOMS = {
    "DIRECTOR": Room(
        ("/overzicht/", "/plan/", "/plan/wat-als/", "/hefbomen/"),
        ("/mensen/zonder-naam/", "/jobs/", "/partners/"),
    ),
    "CASEWORKER": _GUIDE,
    "SOCIAL_WORKER": _GUIDE,
    "MEDIATOR": Room(("/wacht/", "/hefbomen/"), ("/mensen/", "/toeleiding/", "/jobs/")),
    "SOCIAL_ENTERPRISE": Room(("/wacht/", "/hefbomen/", "/bonnen/"), ("/toeleiding/", "/jobs/")),
    "EMPLOYER": Room(("/wacht/",), ("/toeleiding/", "/jobs/")),
    "CHILDCARE": _PARTNER,
    "REUSE_SHOP": _PARTNER,
    "TRAINING": _PARTNER,
    "TRANSPORT": _PARTNER,
    "DPO": Room(("/wacht/", "/plan/"), ("/toezicht/auditspoor/", "/toezicht/noodtoegang/")),
    "OPERATOR": Room(("/wacht/", "/beheer/taken/"), ("/beheer/gebruikers/",)),
}


@dataclass
class Visitor:
    """A session: who it is, whom they guide, and what there is to decide or to ask."""

    user: int
    role: str
    cookies: dict[str, str]
    cases: Sequence[str] = ()
    proposed: Sequence[str] = ()
    levers: Sequence[tuple[str, int]] = ()

    @property
    def room(self) -> Room:
        """Where this role walks."""
        return ROOMS[self.role]

    def can(self, kind: str) -> bool:
        """Whether there is a deed of this kind for them."""
        guides = self.room is _GUIDE
        return {
            "read": True,
            "search": bool(self.room.lists),
            "write": guides and bool(self.cases),
            "decide": guides and bool(self.proposed),
            "what-if": bool(self.levers),
        }[kind]


@dataclass(frozen=True)
class Answer:
    """What came back on one request; status 0 when nothing did."""

    kind: str
    name: str
    status: int
    seconds: float
    text: str = field(repr=False)

    @property
    def is_fault(self) -> bool:
        """Whether it is not what a visitor should ever see."""
        return self.status not in (200, 302, *REFUSED)


class Desk:
    """The desk as its visitors meet it; keeps every answer."""

    def __init__(self, port: int) -> None:
        self._host = f"localhost:{port}"
        self._port = port
        self.answers: list[Answer] = []  # appending is safe between threads

    def get(self, visitor: Visitor, kind: str, name: str, path: str, *, part: bool = False) -> Form:
        """Open a page, or the part that htmx asks; gives the hidden fields on it."""
        headers = {"HX-Request": "true"} if part else {}
        return dict(HIDDEN.findall(self._ask(visitor, kind, name, "GET", path, headers).text))

    def send(self, visitor: Visitor, kind: str, name: str, path: str, form: Form) -> Answer:
        """Send a form; where it leads is not opened."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self._host}",
        }
        return self._ask(visitor, kind, name, "POST", path, headers, urlencode(form))

    def _ask(
        self,
        visitor: Visitor,
        kind: str,
        name: str,
        method: str,
        path: str,
        headers: Form,
        body: str | None = None,
    ) -> Answer:
        cookies = "; ".join(f"{key}={value}" for key, value in list(visitor.cookies.items()))
        headers |= {"Host": self._host, "Cookie": cookies}
        begun = time.perf_counter()
        try:
            status, text, given = self._exchange(method, path, body, headers)
        except (OSError, HTTPException) as error:
            status, text, given = 0, repr(error), []
        answer = Answer(kind, name, status, time.perf_counter() - begun, text)
        self.answers.append(answer)
        for cookie in given:
            key, _, value = cookie.partition(";")[0].partition("=")
            visitor.cookies[key] = value
        return answer

    def _exchange(
        self, method: str, path: str, body: str | None, headers: Form
    ) -> tuple[int, str, list[str]]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=120)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            return answer.status, text, answer.headers.get_all("Set-Cookie") or []
        finally:
            connection.close()


# What visitors do


def read(desk: Desk, visitor: Visitor, random: Random) -> None:
    """Mostly a case or its proposal for who has cases; else a page or a list."""
    if visitor.cases and random.random() < 0.7:
        case = random.choice(visitor.cases)
        if visitor.room is _GUIDE and random.random() < 0.3:
            desk.get(visitor, "read", "proposals:file", f"/mensen/{case}/voorstel/")
        else:
            desk.get(visitor, "read", "people:file", f"/mensen/{case}/")
    else:
        path = random.choice([*visitor.room.pages, *visitor.room.lists])
        desk.get(visitor, "read", path, path)


def search(desk: Desk, visitor: Visitor, random: Random) -> None:
    """Look for a word in a list, as a browser does while one types."""
    path = random.choice(visitor.room.lists)
    query = urlencode({"zoek": random.choice(WORDS)})
    desk.get(visitor, "search", f"{path}?zoek", f"{path}?{query}", part=True)


def write(desk: Desk, visitor: Visitor, random: Random) -> None:
    """Open the form of a note or a next step, and send it."""
    base, number = f"/mensen/{random.choice(visitor.cases)}/", random.randrange(10_000)
    if random.random() < 0.7:
        name, path = "people:note", f"{base}notitie/"
        said = {"title": f"Belde over de uren ({number})", "text": "Belt morgen terug."}
    else:
        name, path = "people:next-step", f"{base}stap/"
        due = date.today() + timedelta(days=random.randrange(1, 30))  # noqa: DTZ011 - any day does
        said = {"what": f"Bel over de uren ({number})", "due": due.isoformat()}
    form = desk.get(visitor, "form", name, path)
    desk.send(visitor, "write", f"{name} sent", path, form | said)


def decide(desk: Desk, visitor: Visitor, random: Random) -> None:
    """Accept a proposal, and take that back."""
    path = f"/mensen/{random.choice(visitor.proposed)}/voorstel/"
    form = desk.get(visitor, "form", "proposals:file", path)
    said = {"what": "ACCEPT", "reason": "FITS", "motivation": "", "disagrees": ""}
    if desk.send(visitor, "decide", "proposals:file sent", path, form | said).status == 302:
        desk.send(visitor, "decide", "proposals:take-back", f"{path}terug/", form)


def what_if(desk: Desk, visitor: Visitor, random: Random) -> None:
    """Ask what more of a lever would bring."""
    lever, amount = random.choice(visitor.levers)
    path = f"/plan/wat-als/?{urlencode({lever: amount + random.randrange(1, 20)})}"
    desk.get(visitor, "what-if", "plan:what-if", path, part=True)


DEEDS: dict[str, Callable[[Desk, Visitor, Random], None]] = {
    "read": read,
    "search": search,
    "write": write,
    "decide": decide,
    "what-if": what_if,
}

Deed = Callable[[Desk], None]


def drawn(visitors: Sequence[Visitor], count: int, seed: int) -> list[Deed]:
    """Deeds of the mix, each by a session that can."""
    random = Random(seed)
    able = {kind: [each for each in visitors if each.can(kind)] for kind in MIX}
    kinds = random.choices(list(MIX), weights=list(MIX.values()), k=count)
    return [
        partial(DEEDS[kind], visitor=random.choice(able[kind]), random=Random(f"{seed}/{number}"))
        for number, kind in enumerate(kinds)
    ]


def run(desk: Desk, deeds: Sequence[Deed], options: argparse.Namespace) -> float:
    """Do all of them, each at its moment whatever the answers take; gives the seconds."""
    random, at = Random(options.seed), 0.0
    begun, doing = time.perf_counter(), list[Future[None]]()
    with ThreadPoolExecutor(options.sessions) as pool:
        for deed in deeds:
            if options.pause:
                at += random.expovariate(options.sessions / options.pause)
                time.sleep(max(0.0, begun + at - time.perf_counter()))
            doing.append(pool.submit(deed, desk))
        for each in doing:
            each.result()
    return time.perf_counter() - begun


# The desk from inside: who is signed in, and what was left in the trail. Models are imported in the
# functions, since they cannot be read before `django.setup`, nor that before the folder is known.


def sign_in(count: int, seed: int) -> list[Visitor]:
    """Sessions of all who work in the desk; half of them guide people."""
    from koempel.desk.accounts.models import User
    from koempel.desk.common.roles import Role

    random = Random(seed)
    users = list(User.objects.filter(is_active=True).exclude(role=Role.PERSON).order_by("pk"))
    guides = [user for user in users if ROOMS[user.role] is _GUIDE]
    others = [user for user in users if ROOMS[user.role] is not _GUIDE]
    return [_visitor(random.choice(guides if number % 2 else others)) for number in range(count)]


def _visitor(user: Any) -> Visitor:
    from django.test import Client

    from koempel.desk.accounts.access import access_table
    from koempel.desk.common.context import Context, acting
    from koempel.desk.common.roles import Role
    from koempel.desk.people.models import Person
    from koempel.desk.planning.enums import ProposalState
    from koempel.desk.planning.models import Proposal
    from koempel.desk.planning.queries import latest_run

    client, role = Client(HTTP_HOST="localhost"), Role(user.role)
    client.force_login(user)
    found = Visitor(user.pk, role, {name: each.value for name, each in client.cookies.items()})
    allowed = access_table()["people:file"].for_role(role, "GET")
    if allowed is not None:
        context = Context(
            role, "meten", user=user.pk, organisation=user.organisation_id,
            relation=allowed.relation,
        )  # fmt: skip
        with acting(context):
            found.cases = list(Person.objects.order_by("pk").values_list("pk", flat=True))
            waiting = Proposal.objects.filter(state=ProposalState.OPEN).order_by("pk")
            found.proposed = list(waiting.values_list("person", flat=True))
    plan = latest_run()
    if role == Role.DIRECTOR and plan is not None:
        found.levers = [(each.id, each.capacity) for each in plan.levers]
    return found


def rows_due(answers: Sequence[Answer]) -> Counter[str]:
    """How many rows about people these answers owe: one for each page, one for what was written."""
    pages = [each.name for each in answers if each.status in (200, 422)]
    written = [each.name for each in answers if each.kind == "write" and each.status == 302]
    return Counter(name.removesuffix(" sent") for name in (*pages, *written))


def in_the_trail(visitors: Sequence[Visitor], begun: Any) -> Counter[str]:
    """How many rows about people the visitors left, by address."""
    from koempel.desk.common.audit import DONE
    from koempel.desk.common.models import AuditEvent

    rows = AuditEvent.objects.filter(at__gte=begun, kind="person", outcome=DONE)
    mine = rows.filter(actor__in={each.user for each in visitors}, verb__in=TRACED)
    return Counter(mine.values_list("verb", flat=True))


def wrongs(desk: Desk, visitors: Sequence[Visitor], begun: Any) -> list[str]:
    """All that may not be."""
    from koempel.desk.common import audit

    faults = Counter((each.name, each.status) for each in desk.answers if each.is_fault)
    due, traced = rows_due(desk.answers), in_the_trail(visitors, begun)
    return [
        *(f"{name} answered {status}, {n} times" for (name, status), n in faults.items()),
        *(f"the trail is broken: {each}" for each in audit.verify()),
        *(
            f"{name}: {due[name]} rows are due, {traced[name]} are in the trail"
            for name in sorted(TRACED)
            if due[name] != traced[name]
        ),
    ]


# Around it


@contextmanager
def served(port: int) -> Iterator[Callable[[], float]]:
    """The desk, open with its worker; tells how many CPU seconds both took."""
    command = [str(Path(sys.executable).with_name("koempel")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _await_health(port, server)
        yield lambda: cpu_seconds(server.pid)
    finally:
        server.terminate()
        server.wait()


def cpu_seconds(pid: int) -> float:
    """What a process and all that it started took, as Linux counts it."""
    ticks = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    own = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_seconds(int(child)) for child in children)


def _await_health(port: int, server: "subprocess.Popen[bytes]") -> None:
    desk, nobody = Desk(port), Visitor(0, "OPERATOR", {})
    for _ in range(600):
        desk.get(nobody, "health", "health", "/gezondheid/")
        if desk.answers[-1].status == 200:
            return
        if server.poll() is not None:
            break
        time.sleep(0.5)
    raise SystemExit(f"the desk does not open: {desk.answers[-1].text[:400]}")


def warm_up(port: int, visitors: Sequence[Visitor]) -> None:
    """Each session opens its first page once, which is not counted."""
    desk = Desk(port)
    for visitor in visitors:
        desk.get(visitor, "first", visitor.role, visitor.room.pages[0])
    for visitor in [each for each in visitors if each.levers][:1]:
        desk.get(visitor, "first", "what-if", "/plan/wat-als/")
    closed = [each for each in desk.answers if each.status != 200]
    if closed:
        raise SystemExit(f"a first page does not open: {closed[0]}")


def ask_plan(port: int, visitors: Sequence[Visitor]) -> None:
    """Put a plan in the queue of the worker."""
    desk, director = Desk(port), next(each for each in visitors if each.levers)
    form = desk.get(director, "plan", "plan:new", "/plan/nieuw/")
    if desk.send(director, "plan", "plan:new", "/plan/nieuw/", form).status != 302:
        raise SystemExit("no plan could be asked")


def table(title: str, groups: dict[str, list[Answer]]) -> None:
    """One line per group, as a table in Markdown."""
    print(f"\n| {title} | answers | p50 ms | p95 ms | p99 ms | refused | faults |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, answers in groups.items():
        cuts = _cuts([each.seconds * 1000 for each in answers])
        refused = sum(each.status in REFUSED for each in answers)
        faults = sum(each.is_fault for each in answers)
        print(f"| {name} | {len(answers)} | {cuts} | {refused} | {faults} |")


def _cuts(values: list[float]) -> str:
    cuts = statistics.quantiles(values, n=100, method="inclusive") if len(values) > 1 else values
    return " | ".join(f"{cuts[min(at, len(cuts) - 1)]:.0f}" for at in (49, 94, 98))


def grouped(answers: Sequence[Answer], key: Callable[[Answer], str]) -> dict[str, list[Answer]]:
    """Answers by kind or address, the most frequent first."""
    found = defaultdict[str, list[Answer]](list)
    for each in answers:
        found[key(each)].append(each)
    return dict(sorted(found.items(), key=lambda group: -len(group[1])))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--deeds", type=int, default=2000)
    parser.add_argument("--pause", type=float, default=10, help="seconds between two of a session")
    parser.add_argument("--with-plan", action="store_true", help="a plan is made meanwhile")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def main() -> None:
    """Fill what is empty, open the desk, let everybody in, and tell."""
    options = _options()
    os.environ["KOEMPEL_DATA"] = options.folder
    os.environ |= {"KOEMPEL_DEMO": "1", "KOEMPEL_HTTPS": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "koempel.desk.config.settings"
    import django

    django.setup()
    from django.db import connections
    from django.utils import timezone

    from koempel.desk.operations.demo import load_demo
    from koempel.desk.operations.prepare import prepare_database

    prepare_database()
    load_demo(at=timezone.now())
    visitors = sign_in(options.sessions, options.seed)
    connections.close_all()
    desk = Desk(options.port)
    with served(options.port) as cpu:
        warm_up(options.port, visitors)
        if options.with_plan:
            ask_plan(options.port, visitors)
        load, spent, begun = os.getloadavg()[0], cpu(), timezone.now()
        seconds = run(desk, drawn(visitors, options.deeds, options.seed), options)
        spent, count = cpu() - spent, len(desk.answers)
    vendor = connections["default"].vendor
    print(f"{vendor}, {options.sessions} sessions, pause {options.pause:g} s", end="; ")
    print(f"load of the machine {load:.1f} before, {os.getloadavg()[0]:.1f} after")
    print(f"{count} answers in {seconds:.0f} s: {count / seconds:.1f}/s", end="; ")
    print(f"{spent / count * 1000:.0f} ms of CPU per answer, web and worker together")
    table("what", grouped(desk.answers, lambda each: each.kind))
    table("address", grouped(desk.answers, lambda each: each.name))
    found = wrongs(desk, visitors, begun)
    print(*(["", *found] if found else ["\nThe trail holds and is whole; no faults."]), sep="\n")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
