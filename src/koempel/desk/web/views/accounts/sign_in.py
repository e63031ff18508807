"""Signing in: the roles of the demonstration, or the way to the form of the real desk."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_POST

from koempel.desk.accounts.forms import DemoForm
from koempel.desk.accounts.models import User
from koempel.desk.accounts.queries import demo_users
from koempel.desk.accounts.signals import SIGN_IN, context_of
from koempel.desk.common import audit
from koempel.desk.common.context import acting, system
from koempel.desk.common.roles import Role
from koempel.desk.web.views.waiting.roles import word_for
from koempel.region import dutch

ICONS = {
    Role.DIRECTOR: "map",
    Role.CASEWORKER: "people",
    Role.SOCIAL_WORKER: "people",
    Role.MEDIATOR: "silent",
    Role.SOCIAL_ENTERPRISE: "work",
    Role.EMPLOYER: "shift",
    Role.CHILDCARE: "care",
    Role.REUSE_SHOP: "bike",
    Role.TRAINING: "lang",
    Role.TRANSPORT: "bus",
    Role.PERSON: "home",
    Role.DPO: "search",
    Role.OPERATOR: "digital",
}
DOES = {
    Role.DIRECTOR: "ziet cijfers, geen namen",
    Role.CASEWORKER: "volgt mensen naar een job",
    Role.SOCIAL_WORKER: "volgt mensen van het OCMW",
    Role.MEDIATOR: "verwijst en volgt op",
    Role.SOCIAL_ENTERPRISE: "antwoordt op kandidaten",
    Role.EMPLOYER: "zet jobs en shifts",
    Role.CHILDCARE: "plant plaatsen",
    Role.REUSE_SHOP: "geeft fietsen mee",
    Role.TRAINING: "geeft plaatsen in lessen",
    Role.TRANSPORT: "plant ritten",
    Role.PERSON: "ziet eigen stappen en steun",
    Role.DPO: "kijkt na wie wat zag",
    Role.OPERATOR: "beheert accounts, ziet geen mensen",
}
AFTER_THE_NAME = {
    Role.SOCIAL_ENTERPRISE: ", sociale economie",
    Role.EMPLOYER: ", gewone werkgever",
    Role.CHILDCARE: "",
    Role.REUSE_SHOP: "",
    Role.TRAINING: "",
    Role.TRANSPORT: "",
}
"""Roles of which the name of the organisation says more than the name of the role."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody whom one can be in the demonstration."""

    user: int
    icon: str
    title: str
    line: str
    waits: str


@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The roles of the demonstration, or else the form with e-mail and password."""
    after = next_address(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(after or "/")
    if not settings.DEMO:
        query = f"?{urlencode({'next': after})}" if after else ""
        return HttpResponseRedirect(f"{redirect('account_login').url}{query}")
    now = timezone.now()
    with acting(system("demo")):
        seats = [seat_of(user, now) for user in demo_users()]
    return render(request, "web/accounts/demo.html", {"seats": seats, "next": after})


@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """Become one of the invented users, with one click; the real desk has none."""
    form = DemoForm(request.POST)
    if not settings.DEMO or not form.is_valid():
        raise Http404
    user: User = form.cleaned_data["user"]
    login(request, user)
    UserSession.objects.create_from_request(request)
    audit.record(SIGN_IN, kind="user", objects=[str(user.pk)], context=context_of(user))
    return HttpResponseRedirect(next_address(request) or "/")


def seat_of(user: User, moment: datetime) -> Seat:
    """How somebody stands in the list of roles."""
    role = Role(user.role)
    return Seat(
        user=user.pk,
        icon=ICONS[role],
        title=_seat_title(user, role),
        line=f"{user.name} {DOES[role]}",
        waits=word_for(user, moment),
    )


def _seat_title(user: User, role: Role) -> str:
    if role in AFTER_THE_NAME:
        return f"{user.organisation}{AFTER_THE_NAME[role]}"
    label = dutch.capital(role.label)
    if role in (Role.DIRECTOR, Role.PERSON, Role.DPO, Role.OPERATOR):
        return label
    return f"{label}, {user.organisation}"


def next_address(request: HttpRequest) -> str:
    """Where to go after signing in, when it is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if allowed else ""
