"""Every answer is shut the same way: pages, refusals, errors, files for the browser."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from desk.accounts.test_doors import DOORS
from desk.examples import Stand, keys_for, load_examples
from desk.factories.accounts import PASSWORD, UserFactory
from koempel.desk.accounts.access import access_table
from koempel.desk.common.roles import Role
from koempel.desk.config import settings as project

load_examples()

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
    "base-uri 'none'", "object-src 'none'",
}  # fmt: skip
SHUT = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
LENT = dict.fromkeys(("feed:json", "feed:atom"), "public, max-age=900")
"""Addresses whose answers may be kept: what a director made public."""

OF_HTTPS = ("SECURE_", "SESSION_COOKIE", "CSRF_COOKIE")


@pytest.fixture(autouse=True)
def behind_https(settings, monkeypatch):
    """The settings as an office with https has them."""
    monkeypatch.setitem(os.environ, "KOEMPEL_HTTPS", "1")
    monkeypatch.setitem(os.environ, "KOEMPEL_DEMO", "0")
    spec = importlib.util.spec_from_file_location("office_with_https", project.__file__)
    office = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(office)
    for name in dir(office):
        if name.startswith(OF_HTTPS):
            setattr(settings, name, getattr(office, name))
    settings.DEMO = False
    cache.clear()


def ajar(answer, *, wanted=SHUT | {"Cache-Control": "no-store"}) -> dict[str, object]:
    """The headers that are not as they must be."""
    answer.getvalue()  # a file closes at its end; close() would take the connection along
    found = {name: header(answer, name) for name in wanted}
    return {name: found[name] for name in wanted if found[name] != wanted[name]}


def header(answer, name: str) -> str | set[str]:
    """A header; the parts of the policy stand in no order."""
    text = answer.get(name, "")
    return set(text.split("; ")) if name == "Content-Security-Policy" else text


def opener(name: str) -> Role:
    """A role for which an address opens, when there is one."""
    rule = access_table()[name]
    return next((role for role in Role if rule.for_role(role, "GET")), Role.ANONYMOUS)


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_page_is_shut_for_whom_it_opens_and_for_visitors():
    clients = {role: Client(raise_request_exception=False) for role in Role}
    for role in set(Role) - {Role.ANONYMOUS}:
        clients[role].force_login(UserFactory(role=role))
    found, owner = {}, UserFactory()
    # Whoever signs out is nobody from there on.
    for door in sorted(DOORS, key=lambda door: door.name == "logout"):
        address = reverse(door.name, kwargs=keys_for(door.name, door.converters, owner, Stand.OWN))
        wanted = SHUT | {"Cache-Control": LENT.get(door.name, "no-store")}
        for role in {opener(door.name), Role.ANONYMOUS}:
            answer = clients[role].get(address, secure=True)
            assert answer.status_code != 500, address
            wrong = ajar(answer, wanted=wanted)
            found |= {(address, role): wrong} if wrong else {}
    assert found == {}


def fail(request, status):
    if status == 503:
        raise OperationalError("gone")
    if status == 507:
        raise OSError(28, "No space left on device")
    raise ValueError("of our own")


def lend(request):
    return HttpResponse("van iedereen", headers={"Cache-Control": "public, max-age=3600"})


# Names of addresses that the access table opens to everybody.
urlpatterns = [
    path("fout/<int:status>/", fail, name="health"),
    path("te-leen/", lend, name="login"),
    path("", include("koempel.desk.web.urls")),
    path("", include("koempel.desk.web.urls.sign_in")),
]
handler500 = "koempel.desk.web.views.failures.server_failed"


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("status", [500, 503, 507])
def test_error_of_ours_is_shut(status):
    answer = Client(raise_request_exception=False).get(f"/fout/{status}/", secure=True)
    assert (answer.status_code, ajar(answer)) == (status, {})


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_no_view_lends_its_answer_to_a_cache():
    assert ajar(Client().get("/te-leen/", secure=True)) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "method", "address", "host"),
    [
        (400, "get", "/gezondheid/", "elders.invalid"),
        (403, "post", "/aanmelden/wachtwoord/", "testserver"),
        (404, "get", "/bestaat-niet/", "testserver"),
    ],
)
def test_refusal_is_shut(status, method, address, host):
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)(address, secure=True, headers={"host": host})
    assert (answer.status_code, ajar(answer)) == (status, {})


@pytest.mark.django_db
def test_refusal_to_a_role_is_shut():
    client = Client()
    client.force_login(UserFactory(role=Role.CASEWORKER))
    answer = client.get("/beheer/gebruikers/", secure=True)
    assert (answer.status_code, ajar(answer)) == (403, {})


def test_way_to_https_holds_no_script_and_no_frame():
    answer = Client().get("/mensen/")
    assert (answer.status_code, answer.url) == (301, "https://testserver/mensen/")
    assert header(answer, "Content-Security-Policy") == POLICY


@pytest.mark.django_db
@pytest.mark.parametrize("file", ["koempel/koempel.css", "mfa/js/webauthn.js"])
def test_file_for_the_browser_is_shut_and_may_be_kept(file):
    answer = Client().get(f"/static/{file}", secure=True)
    assert (answer.status_code, ajar(answer, wanted=SHUT)) == (200, {})
    assert "max-age" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.django_db
def test_cookies_are_tied_to_this_host_and_to_https():
    user = UserFactory(role=Role.PERSON, second_factor=False)
    client = Client()
    sent = {"login": user.email, "password": PASSWORD}
    client.post("/aanmelden/wachtwoord/", sent, secure=True)
    client.get("/wachtwoord/wijzigen/", secure=True)
    client.post("/thema/", {"theme": "dark"}, secure=True)
    found = {
        name: (cookie["secure"], cookie["httponly"], cookie["domain"], cookie["path"])
        for name, cookie in client.cookies.items()
    }
    assert found == {
        "__Host-koempel": (True, True, "", "/"),
        "__Host-koempel-csrf": (True, True, "", "/"),
        "__Host-koempel-seen": (True, True, "", "/"),
        # Of the browser and not of a person; a script reads it before the page is drawn.
        "koempel-theme": (True, "", "", "/"),
    }


def test_office_has_no_warning_of_the_deployment_check(tmp_path):
    source = str(Path(project.__file__).parents[3])
    known = {
        name: text
        for name, text in os.environ.items()
        if "KOEMPEL" not in name and name != "DJANGO_ALLOW_ASYNC_UNSAFE"
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            **known,
            "KOEMPEL_DATA": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "koempel.desk.config.settings",
            "PYTHONPATH": source,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr
