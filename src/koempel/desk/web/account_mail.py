"""Mail about an account: the invitation of somebody new, and the link for a new password.

It goes through the outbox as all mail does: a mail server that is away delays it, and loses
nothing.
"""

from typing import Any
from uuid import uuid4

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from koempel.desk.accounts.adapters import AccountAdapter
from koempel.desk.accounts.models import User
from koempel.desk.mail.actions import drop_mail, queue_mail
from koempel.desk.mail.models import LINK
from koempel.desk.web.pages.request import DeskRequest, user_of

SUBJECT = "Je account in Koempel"


@transaction.atomic
def send_invitation(request: DeskRequest, user: User) -> None:
    """Invite with a link that works once, for three days; one that still waits is dropped."""
    at, mails = timezone.now(), f"account/{user.pk}/uitnodiging/"
    content = {
        "name": user.name,
        "role": user.get_role_display(),
        "organisation": user.organisation,
        "url": LINK,
    }
    drop_mail(mails, at=at)
    queue_mail(
        key=mails + uuid4().hex,
        to=user.email,
        subject=SUBJECT,
        text=render_to_string("web/accounts/invitation.txt", content),
        link=invitation_url(request, user),
        by=user_of(request),
        at=at,
    )


def invitation_url(request: HttpRequest, user: User) -> str:
    """The address that lets somebody choose a password."""
    keys = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    return request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=keys))


class MailingAdapter(AccountAdapter):
    """Our rules in allauth, with its mail in our outbox."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail that a visitor asked for, with an account or without one."""
        link = context.get("password_reset_url", "")
        mail = self.render_mail(template_prefix, email, {**context, "password_reset_url": LINK})
        queue_mail(
            # Nobody's number: an operator reads it, and need not know who forgot a password.
            key=f"account/wachtwoord/{uuid4().hex}",
            to=email,
            subject=mail.subject,
            text=mail.body,
            link=link,
            by=None,
            at=timezone.now(),
        )
