"""The page on which somebody sees where the own account is signed in, and ends it elsewhere."""

from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator

from koempel.desk.accounts.session import step_up
from koempel.desk.common.days import moment
from koempel.desk.web.pages import notices
from koempel.desk.web.pages.notices import Done

# The first that fits: most browsers also name the ones that they are like.
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "een iPhone"), ("iPad", "een iPad"), ("Android", "Android"),
    ("Windows", "Windows"), ("Mac OS", "een Mac"), ("CrOS", "een Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One place where the account is signed in."""

    device: str
    since: str
    address: str


@method_decorator(step_up, name="dispatch")
class SessionsPage(ListUserSessionsView):  # type: ignore[misc] # allauth ships no types
    """Where somebody is signed in, and out everywhere else with one button."""

    template_name = "web/accounts/sessions.html"

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        """This device and the others, the last one first."""
        here = self.request.session.session_key
        rows = UserSession.objects.purge_and_list(self.request.user)
        others = [each for each in reversed(rows) if each.session_key != here]
        return {
            "here": device_of(self.request.headers.get("User-Agent", "")),
            "others": [_signed_in(each) for each in others],
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """End all others."""
        form.save(self.request)
        notices.say(self.request, Done("Je bent nu alleen nog hier aangemeld."))
        return HttpResponseRedirect(self.request.path)


def _signed_in(row: UserSession) -> SignedIn:
    return SignedIn(device_of(row.user_agent), moment(row.created_at), row.ip)


def device_of(user_agent: str) -> str:
    """A browser and what it runs on, in words that its user knows.

    Examples
    --------
    >>> device_of("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox op Windows'
    >>> device_of("")
    'Een onbekende browser'
    """
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if not browser:
        return "Een onbekende browser"
    return f"{browser} op {system}" if system else browser
