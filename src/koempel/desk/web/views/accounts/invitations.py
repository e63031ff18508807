"""The mail with the link by which somebody new chooses a password."""

from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from koempel.desk.accounts.models import User

SUBJECT = "Je account in Koempel"


def send_invitation(request: HttpRequest, user: User) -> None:
    """Send it once the account is kept; the link works once, for three days.

    A mail server that is away does not undo the account: the failure is logged, and the operator
    can send the invitation again.
    """
    content = {
        "name": user.name,
        "role": user.get_role_display(),
        "organisation": user.organisation,
        "url": invitation_url(request, user),
    }
    text = render_to_string("web/accounts/invitation.txt", content)
    transaction.on_commit(partial(send_mail, SUBJECT, text, None, [user.email]), robust=True)


def invitation_url(request: HttpRequest, user: User) -> str:
    """The address that lets somebody choose a password."""
    keys = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    return request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=keys))
