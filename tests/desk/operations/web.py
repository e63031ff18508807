"""A web server of an office, and a visitor who is signed in there for as long as it runs."""

import html
import http.cookiejar
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence

from desk.operations.office import free_port
from koempel.desk.operations.serve import web_command

PATIENCE_S = 90
DIRECTOR = """
from django.utils import timezone
from koempel.desk.accounts.models import Organisation, OrganisationKind, User
home = Organisation.objects.create(name="De Derde Laag", kind=OrganisationKind.PARTNERSHIP)
user = User.objects.create_user("gust@koempel.invalid", "", name="Gust Schrijver",
    organisation=home, role="DIRECTOR", is_demo=True, created_on=timezone.now())
print(home.pk, user.pk)
"""


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **rest):
        return None


class Web:
    """`before` is a command that runs the server, such as one that gives it a small disk."""

    def __init__(self, office, before: Sequence[str] = ()):
        office.environment["KOEMPEL_DEMO"] = "1"
        self.office, self.port, self.is_kept = office, free_port(), bool(before)
        self.partner, self.user = office.python(DIRECTOR).split()
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), Stay
        )
        self.process = subprocess.Popen(
            [*before, *web_command("127.0.0.1", self.port)],
            env=office.desk_environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def sign_in(self):
        """Wait until it is open, and sign in."""
        end = time.monotonic() + PATIENCE_S
        while self.try_get("/aanmelden/wachtwoord/") != 200:
            assert time.monotonic() < end, "the server did not open"
            assert self.process.poll() is None, "the server ended"
            time.sleep(0.2)
        assert self.post("/aanmelden/als/", user=self.user)[0] == 302

    def try_get(self, path):
        try:
            return self.get(path)[0]
        except OSError:
            return None

    def look_at_health(self) -> tuple[int, str]:
        """The health page, as who watches over the machine asks it: without signing in."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/gezondheid/")
        return _answer(urllib.request.build_opener(), request)

    def get(self, path) -> tuple[int, str]:
        """Status and heading of a page."""
        return self._ask(path, None)

    def post(self, path, **data) -> tuple[int, str]:
        """Send a form; gives the status and the heading of what comes back."""
        token = next(each.value for each in self.cookies if each.name == "koempel-csrf")
        form = {**data, "csrfmiddlewaretoken": token}
        return self._ask(path, urllib.parse.urlencode(form).encode())

    def note(self, text) -> tuple[int, str]:
        """Write a note on the partner."""
        return self.post(f"/partners/{self.partner}/notitie/", text=text)

    def _ask(self, path, data):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data)
        return _answer(self.opener, request)

    def stop(self):
        """End the server, or what keeps it, which ends with its commands."""
        if not self.is_kept:
            self.process.terminate()
        self.process.communicate("", timeout=PATIENCE_S)


def _answer(opener, request) -> tuple[int, str]:
    try:
        answer = opener.open(request, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        heading = re.search("<h1[^>]*>(.*?)</h1>", answer.read().decode(), re.DOTALL)
    return answer.status, html.unescape(heading[1].strip()) if heading else ""
