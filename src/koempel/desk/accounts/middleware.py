"""The door: no answer without a row in the access table, and no disclosure without a trace."""

import uuid
from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from koempel.desk.accounts.access import access_table, may_open
from koempel.desk.accounts.models import User
from koempel.desk.common import audit
from koempel.desk.common.context import Context, acting
from koempel.desk.common.roles import Role

Answer = Callable[[HttpRequest], HttpResponse]


class Access:
    """What the user of a request may open; templates ask it for navigation and buttons."""

    def __init__(self, role: str) -> None:
        self.role = role

    def may_open(self, name: str, method: str = "GET") -> bool:
        """Whether an address is open to the user's role."""
        return may_open(self.role, name, method)


class AccessMiddleware:
    """Looks the address up, refuses what is not allowed, sets the context, writes the trail.

    Refusals happen before any view code runs. What a view shows of people it notes in
    ``context.disclosed``; the event is written before the first byte leaves, and when that fails
    nothing is shown.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or answer within a context and write the trail."""
        context = self._context(request)
        if isinstance(context, HttpResponse):
            return context
        with acting(context):
            response = self._get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
            return self._traced(request, response, context)

    def _context(self, request: HttpRequest) -> Context | HttpResponse:
        user = request.user if isinstance(request.user, User) else None
        role = Role(user.role) if user else Role.ANONYMOUS
        request.access = Access(role)  # type: ignore[attr-defined]
        try:
            name = resolve(request.path_info).view_name
        except Resolver404:
            # Foreign and absent addresses answer alike; Django's own 404 follows.
            return _nobody(role, user)
        rule = access_table().get(name)
        allowed = rule.for_role(role, request.method or "") if rule else None
        if rule is None or allowed is None:
            return self._refused(request, name, role, user)
        return Context(
            role=role,
            purpose=rule.purpose,
            user=user.pk if user else None,
            organisation=user.organisation_id if user else None,
            relation=allowed.relation,
            show=allowed.show,
            request_id=str(uuid.uuid4()),
        )

    def _refused(
        self, request: HttpRequest, name: str, role: Role, user: User | None
    ) -> HttpResponse:
        if user is None:
            return redirect_to_login(request.get_full_path())
        audit.record(name, outcome=audit.DENIED, context=_nobody(role, user))
        return render(request, "403.html", status=403)

    def _traced(
        self, request: HttpRequest, response: HttpResponse, context: Context
    ) -> HttpResponse:
        if not context.disclosed:
            return response
        people = sorted(set().union(*context.disclosed.values()))
        name = request.resolver_match.view_name if request.resolver_match else ""
        try:
            audit.record(name, kind="person", objects=people, classes=context.disclosed)
        except DatabaseError:
            return render(request, "503.html", status=503)
        return response


def _nobody(role: Role, user: User | None) -> Context:
    return Context(
        role=role,
        purpose="geweigerd",
        user=user.pk if user else None,
        organisation=user.organisation_id if user else None,
    )
