"""What follows from signing in and from a new or removed second factor."""

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in as signed_in_by_form
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
)
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from koempel.desk.accounts.models import User
from koempel.desk.accounts.session import SIGNED_IN_AT, note_second_factor
from koempel.desk.common import audit
from koempel.desk.common.context import Context
from koempel.desk.common.roles import Role

SIGN_IN = "sign-in"


@receiver(user_logged_in)
def begin_terms(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    """Start the clock of the session."""
    request.session[SIGNED_IN_AT] = time.time()
    note_second_factor(request, user)


@receiver(signed_in_by_form)
def record_sign_in(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    """Note in the audit trail who signed in."""
    audit.record(SIGN_IN, kind="user", objects=[str(user.pk)], context=context_of(user))


@receiver(user_login_failed)
def record_failure(sender: Any, **rest: Any) -> None:
    """Note a failed attempt, with no word on who it was for: that may be a password."""
    nobody = Context(role=Role.ANONYMOUS, purpose="aanmelden")
    audit.record(SIGN_IN, kind="user", outcome=audit.FAILED, context=nobody)


@receiver(authentication_failed)
def record_wrong_code(sender: Any, user: User, **rest: Any) -> None:
    """Note a wrong code or key: whoever sends one knows the password of this account."""
    audit.record(
        SIGN_IN,
        kind="user",
        objects=[str(user.pk)],
        outcome=audit.FAILED,
        context=context_of(user),
    )


@receiver([authenticator_added, authenticator_removed])
def renew_second_factor(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    """Look again whether a second factor is owed, and note the change."""
    note_second_factor(request, user)
    audit.record(
        "second-factor-changed", kind="user", objects=[str(user.pk)], context=context_of(user)
    )


@receiver(authenticator_added)
def count_as_proof(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    """A code or key that was just shown is as good as asking for it again."""
    record_authentication(request, user, method="mfa", reauthenticated=True)


def context_of(user: User) -> Context:
    """The context of somebody who signs in or changes the own account."""
    return Context(
        role=Role(user.role),
        purpose="aanmelden",
        user=user.pk,
        organisation=user.organisation_id,
    )
