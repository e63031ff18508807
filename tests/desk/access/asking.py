"""Whoever asks in the tests of access: signed in under the real rules, and just confirmed."""

import re

from allauth.account.internal.flows.login import record_authentication
from django.test import Client, RequestFactory

_TOKENS = re.compile(rb'(name="(csrfmiddlewaretoken|sleutel)" value=|"X-CSRFToken": )"[^"]*"')


def signed_in(user) -> Client:
    """A browser of a user who confirmed a moment ago who it is, so that no page asks again."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, method="password", reauthenticated=True)
    request.session.save()
    return client


def likeness(answer, *hidden: str):
    """All that tells one answer from another: not the address that was asked, nor tokens."""
    headers = {
        name: value for name, value in answer.headers.items() if name != "Content-Length"
    } | {"cookies": sorted(answer.cookies)}
    body = _TOKENS.sub(b"", answer.getvalue())
    for each in hidden:
        body = body.replace(each.encode(), b"")
    return answer.status_code, headers, body
