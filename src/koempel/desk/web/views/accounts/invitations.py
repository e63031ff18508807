"""The mail with the link by which somebody new chooses a password."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from koempel.desk.accounts.models import User


def send_invitation(request: HttpRequest, user: User) -> None:
    """Send it once the account is kept; the link works once, for three days."""
    content = {
        "name": user.name,
        "role": user.get_role_display(),
        "organisation": user.organisation,
        "url": invitation_url(request, user),
    }
    mail = get_adapter(request).send_mail
    transaction.on_commit(lambda: mail("account/email/invitation", user.email, content))


def invitation_url(request: HttpRequest, user: User) -> str:
    """The address that lets somebody choose a password."""
    keys = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    return request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=keys))
