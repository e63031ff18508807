"""Requests at random, and all that comes of them searched for what the asker may not know.

A request looks like one of a curious user: real addresses with real and invented keys, what a
list can be asked, forms filled in well and badly. Each walk of some requests is taken back, so
that the next one finds the world as it was; a seed gives the same walks.
"""

import logging
import zipfile
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from random import Random
from urllib.parse import unquote

from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from desk.access.asking import signed_in
from desk.access.knowing import Asker, Facts
from desk.access.world import Secret, World
from desk.doors import DOORS, Door, view_class
from koempel.desk.accounts.access import access_table
from koempel.desk.common.models import AuditEvent
from koempel.desk.common.roles import Role
from koempel.desk.mail.models import Mail
from koempel.desk.referrals.mailing import SLOTS, TALK
from koempel.desk.referrals.models import Referral
from koempel.desk.web.pages.listing import ListPage

A_WALK = 25
_ODD = (
    "", "0", "-1", "999999", "geen", "ja", "nee", "2027-01-04", "2031-13-45", "K-2222", "%", "_",
    "é", "<b>", "'; --", "x" * 300, "=1+1", "Mo-Fr 06:00-14:00", "ma-vr 6-14", "85.07.30-033.28",
)  # fmt: skip
LISTS = [view for door in DOORS if issubclass(view := view_class(door), ListPage)]
_ASKED = sorted(
    {"zoek", "sorteer", "blad", "dossier", "code", "next"}
    | {each.name for page in LISTS for each in page.filters}
)
_COLUMNS = sorted(
    {f"{way}{each.name}" for page in LISTS for each in page.columns for way in ("", "-")}
)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked, to say it in a failure."""

    asker: str
    method: str
    url: str

    def __str__(self) -> str:
        return f"{self.asker} {self.method} {self.url}"


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret in the wrong place."""

    request: Request
    where: str
    secret: Secret

    def __str__(self) -> str:
        told = f"{self.secret.what} ({self.secret.kind}) of {self.secret.about or 'an office'}"
        return f"{self.request}: {told} in {self.where}"


class Logbook(logging.Handler):
    """Keeps every line that is logged, with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))


class Replay:
    """Walks through a world; `leaks` and `broken` are what it found."""

    def __init__(
        self, world: World, seed: int, doors: list[Door] = DOORS, askers: tuple[str, ...] = ()
    ) -> None:
        self._world = world
        self._random = Random(seed)
        self._doors = doors
        self._people = [*sorted(world.people), "K-2222"]
        self._askers = askers or (*world.askers, Role.ANONYMOUS.value)
        self._clients = {name: signed_in(user) for name, user in world.askers.items()}
        self._clients[Role.ANONYMOUS.value] = Client(raise_request_exception=False)
        self._cookies = {name: copy(each.cookies) for name, each in self._clients.items()}
        self._log = Logbook()
        self.leaks: list[Leak] = []
        self.broken: list[str] = []
        self.seen: set[tuple[str, str]] = set()
        """Secrets that were rightly shown, by role: a walk that sees nothing proves nothing."""

    def walk(self, requests: int) -> None:
        """So many requests, taken back after every `A_WALK`."""
        root = logging.getLogger()
        root.addHandler(self._log)
        try:
            for done in range(0, requests, A_WALK):
                with transaction.atomic():
                    for _ in range(min(A_WALK, requests - done)):
                        self._ask()
                    transaction.set_rollback(True)
                self._as_it_was()
        finally:
            root.removeHandler(self._log)

    def _as_it_was(self) -> None:
        cache.clear()
        for name, client in self._clients.items():
            client.cookies = copy(self._cookies[name])

    def _ask(self) -> None:
        name = self._random.choice(self._askers)
        client = self._clients[name]
        asker, facts = Asker.of(client), Facts()
        door = self._door(asker.role)
        url = self._url(door, facts.guided_by(asker))
        if url is None:
            return
        method, data = self._method(door, asker.role), {}
        if method == "POST":
            data = self._form(client, url)
        elif self._random.random() < 0.6:
            data = self._query()
        sent = set(self._world.found_in(f"{unquote(url)} {_as_text(data)}"))
        headers = {"HX-Request": "true"} if self._random.random() < 0.25 else {}
        send = client.post if method == "POST" else _sender(client, method)
        self._log.lines.clear()
        mail.outbox.clear()
        answer = send(url, data, headers=headers)
        request = Request(name, method, url)
        self._look(request, answer, door.name, (asker, facts), sent)
        if answer.status_code in (301, 302) and answer.url.startswith("/"):
            self._follow(client, request, answer.url, (asker, facts), sent)

    def _follow(self, client, request, url, who, sent) -> None:
        try:
            name = resolve(url.partition("?")[0]).view_name
        except Resolver404:
            name = ""
        answer = client.get(url)
        self._look(Request(f"{request} ->", "GET", url), answer, name, who, sent)

    def _door(self, role: str) -> Door:
        if self._random.random() < 0.85:
            rows = access_table()
            fits = [
                door
                for door in self._doors
                if any(rows[door.name].for_role(role, method) for method in ("GET", "POST"))
            ]
            if fits:
                return self._random.choice(fits)
        return self._random.choice(self._doors)

    def _method(self, door: Door, role: str) -> str:
        rule = access_table()[door.name]
        fits = [method for method in ("GET", "POST") if rule.for_role(role, method)]
        if fits and self._random.random() < 0.95:
            return self._random.choice([*fits, "GET"] if "GET" in fits else fits)
        return self._random.choice(("GET", "POST", "HEAD", "PUT", "DELETE"))

    def _url(self, door: Door, own: list[str]) -> str | None:
        case = self._random.choice(own if own and self._random.random() < 0.7 else self._people)
        keys = {name: self._key(name, case) for name in door.converters}
        try:
            return reverse(door.name, kwargs=keys)
        except NoReverseMatch:
            return None  # an invented key that this address does not take

    def _key(self, name: str, case: str) -> object:
        known = {
            "case": (case,),
            "key": (*self._world.rows.get(case, ()), 999_999),
            "suffix": ("csv", "xlsx", "ods"),
            "family": ("fietsen", "kinderopvang", "opleiding", "vervoer", "wonen"),
            "number": self._world.vacancies,
            "pk": self._world.keys,
            "token": (*self._world.links, "x" * 32),
            "partner": self._world.keys,
        }
        return self._random.choice(known.get(name, ("geen", "vo", "1", "x" * 32)))

    def _query(self) -> dict[str, str]:
        return {
            self._random.choice(_ASKED): self._value() for _ in range(self._random.randint(1, 3))
        }

    def _value(self) -> str:
        choose = self._random.choice
        pool = (sorted(self._world.tokens), sorted(self._world.people), _ODD, _COLUMNS)
        return choose(choose(pool))

    def _form(self, client, url: str) -> dict[str, object]:
        """What the form of a page may be sent: mostly well, partly anything."""
        page = client.get(url)
        form = _in_context(page, "form")
        found: dict[str, object] = {}
        for field in form or ():
            value = self._filled(field)
            if value not in (None, "", []):
                found[field.html_name] = value
        if (changes := _in_context(page, "changes")) and self._random.random() < 0.8:
            found["doe"] = self._random.choice(changes).name
        if not found or self._random.random() < 0.2:
            found |= {
                "doe": self._random.choice(("publish", "stop", "sluit", "CLOSED")),
                "step": self._random.choice(("HELD", "HANDED_OVER", "RELEASED", "LOST")),
                "reason": self._value(),
                "kies": self._random.choice(self._world.vacancies),
            }
        return found

    def _filled(self, field) -> object:
        luck = self._random.random()
        if field.html_name == "file":
            lines = f"voornaam;achternaam\n{self._value()};{self._value()}\n"
            return SimpleUploadedFile("lijst.csv", lines.encode())
        choices = [str(key) for key, _ in getattr(field.field, "choices", ()) if key]
        if choices and luck < 0.8:
            return self._random.choice(choices)
        if luck < 0.6:
            known = field.value()
            return known if isinstance(known, str | int | float | list) else str(known or "")
        return self._value()

    def _look(self, request: Request, answer, name: str, who, sent) -> None:
        if answer.status_code >= 500 and name != "health":  # which says so when nobody works
            self.broken.append(f"{request}: {answer.status_code}")
        asker, facts = who
        method, path = answer.request["REQUEST_METHOD"], answer.request["PATH_INFO"]
        shown = {"headers": headers_of(answer), "body": body_of(answer)}
        for where, text in shown.items():
            for word, secret in self._world.found_in(text).items():
                if word in sent:
                    continue
                if facts.may_know(asker, name, method, secret, _behind_link(facts, path)):
                    self.seen.add((asker.role, secret.kind))
                else:
                    self.leaks.append(Leak(request, where, secret))
        self._look_behind(request)

    def _look_behind(self, request: Request) -> None:
        """What is sent and kept besides the answer: no secret may stand there at all."""
        behind = {
            "the log": "\n".join(self._log.lines),
            "a mail": "\n".join(str(each.message()) for each in mail.outbox),
            "the trail": "\n".join(
                f"{each.verb} {each.purpose} {each.kind} {each.classes} {each.objects_seen}"
                for each in AuditEvent.objects.order_by("-pk")[:3]
            ),
        }
        self._log.lines.clear()
        mail.outbox.clear()
        for text, owner in _mails_of_the_desk():
            self.leaks += [
                Leak(request, "a mail of the desk", secret)
                for secret in self._world.found_in(text).values()
                if not owner or secret.about != owner
            ]
        for where, text in behind.items():
            found = self._world.found_in(text)
            self.leaks += [
                Leak(request, where, secret)
                for secret in found.values()
                # A path in the log names a case by its number, which says nothing of anybody.
                if secret.what != "case_number"
            ]


def _mails_of_the_desk() -> Iterator[tuple[str, str]]:
    """What waits in the outbox, as its words and the case number of who gets it, if a person."""
    people = dict(Referral.objects.values_list("pk", "case_number"))
    for each in Mail.objects.exclude(text=""):
        _, referral, what, *_ = each.key.split("/")
        owner = people.get(int(referral), "") if what in (TALK, SLOTS) else ""
        yield f"{each.subject} {each.text} {each.link} {each.attachments}", owner
    Mail.objects.all().delete()


def _behind_link(facts: Facts, path: str) -> str:
    """Whom a link in a path tells of."""
    return next(filter(None, map(facts.behind, path.split("/"))), "")


def _sender(client, method: str):
    def send(url, data, headers):
        if method in ("GET", "HEAD"):
            return getattr(client, method.lower())(url, data, headers=headers)
        return client.generic(method, url, headers=headers)

    return send


def _in_context(page, name: str):
    context = getattr(page, "context", None)
    return context[name] if context is not None and name in context else None


def _as_text(data: dict[str, object]) -> str:
    files = (each for each in data.values() if isinstance(each, SimpleUploadedFile))
    told = " ".join(each.read().decode() for each in files)
    for each in data.values():
        if isinstance(each, SimpleUploadedFile):
            each.seek(0)
    return f"{data} {told}"


def headers_of(answer) -> str:
    """The headers as text."""
    return unquote("\n".join(f"{name}: {value}" for name, value in answer.headers.items()))


def body_of(answer) -> str:
    """The body as text; a workbook is opened first."""
    content = answer.getvalue()
    if content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return content.decode("utf-8", "replace")
