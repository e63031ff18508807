"""How long a session lasts, and the second factor that comes before everything else."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from koempel.desk.accounts.models import User
from koempel.desk.common.roles import Role

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]

IDLE_S = 30 * 60
ABSOLUTE_S = 12 * 3600
SIGNED_IN_AT, SECOND_FACTOR_MISSING = "signed_in_at", "second_factor_missing"
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "login",
        "logout",
        "theme",
        "health",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    }
)


class SessionTermsMiddleware:
    """Signs out after half an hour without a request, and twelve hours after signing in.

    When the browser was last seen stands in a signed cookie tied to the session, so that reading
    a page writes nothing to the database.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out when a term is past, answer, and note that the browser was here."""
        if request.user.is_authenticated and has_ended(request, now=time.time()):
            logout(request)
            messages.info(request, "Je was een tijd weg. Meld je opnieuw aan.")
        response = self._get_response(request)
        if request.user.is_authenticated and request.session.session_key:
            response.set_cookie(
                seen_cookie_name(),
                seen_cookie(request.session.session_key, at=time.time()),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def has_ended(request: HttpRequest, *, now: float) -> bool:
    """Whether the session is past one of its terms."""
    began: float = request.session.get(SIGNED_IN_AT, 0)
    last = max(began, _last_seen(request))
    return now - began >= ABSOLUTE_S or now - last >= IDLE_S


def seen_cookie_name() -> str:
    """The name of the cookie that says when the browser was last seen."""
    return f"{settings.SESSION_COOKIE_NAME}-seen"


def seen_cookie(session_key: str, *, at: float) -> str:
    """The moment, signed for one session; the key of the session does not stand in it."""
    return Signer(salt=f"seen:{session_key}").sign(str(int(at)))


def _last_seen(request: HttpRequest) -> float:
    cookie = request.COOKIES.get(seen_cookie_name(), "")
    try:
        return float(Signer(salt=f"seen:{request.session.session_key}").unsign(cookie))
    except BadSignature:
        return 0


class SecondFactorMiddleware:
    """Leads whoever has no second factor to where it is set up, before anything else."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the set-up."""
        if must_set_up(request) and not _is_open(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self._get_response(request)


def must_set_up(request: HttpRequest) -> bool:
    """Whether this session still owes a second factor.

    An identity provider outside answers for its own second factor; the demonstration has none.
    """
    if settings.DEMO or not request.session.get(SECOND_FACTOR_MISSING):
        return False
    user = request.user if isinstance(request.user, User) else None
    records = get_authentication_records(request, user)
    return all(record["method"] != "socialaccount" for record in records)


def has_second_factor(user: User) -> bool:
    """Whether somebody has an authenticator app or a security key."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


def note_second_factor(request: HttpRequest, user: User) -> None:
    """Keep in the session whether a second factor is still owed."""
    owes = user.role != Role.PERSON and not has_second_factor(user)
    request.session[SECOND_FACTOR_MISSING] = owes


def _is_open(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in OPEN_WITHOUT_SECOND_FACTOR
    except Resolver404:
        return False


def step_up(view: View) -> View:
    """Ask a password or second factor again, unless that was done in the last five minutes.

    For what must not happen from a screen that somebody left open: an export, an erasure, a role.
    What was sent is not kept: the user comes back to the page and presses the button again.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **keys: Any) -> HttpResponseBase:
        if settings.DEMO or did_recently_reauthenticate(request):
            return view(request, *args, **keys)
        methods = get_adapter(request).get_reauthentication_methods(request.user)
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{methods[0]['url']}?{query}")

    return answer
