"""Our rules in allauth: no open sign-up, Dutch words, secrets encrypted, partners by claim."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from koempel.desk.accounts.claims import ClaimError, identity_of, welcome
from koempel.desk.accounts.models import User
from koempel.desk.accounts.session import has_second_factor

WRONG = "Dit e-mailadres en wachtwoord horen niet bij elkaar."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Accounts come from an operator, never from a form that is open to all."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": "Te veel pogingen. Wacht vijf minuten en probeer opnieuw.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe.",
    }

    def pre_login(self, request: HttpRequest, user: User, **rest: Any) -> Any:
        """Keep out whose organisation stopped, in the way of an account that is closed."""
        if not user.organisation.is_active:
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **rest)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone."""
        return False

    def is_reauthentication_required(self, *, app: str, **rest: Any) -> bool:
        """A first second factor follows straight after signing in; all else asks again."""
        user = self.request.user
        is_first = app == "allauth.mfa" and isinstance(user, User) and not has_second_factor(user)
        return not is_first

    def add_message(self, *args: Any, **rest: Any) -> None:
        """Our pages say themselves what happened."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth ships no types
    """Secrets of second factors are useless to whoever reads the database alone."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet. Wacht op de volgende en probeer opnieuw.",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt with a key that does not stand in the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows."""
        return "Koempel"


def _cipher() -> Fernet:
    key = sha256(b"koempel second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))


class PartnerAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Signing in through an identity provider: its claims say for whom and in which role."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the user of these claims, or say in plain words why not."""
        account = sociallogin.account
        claims = account.extra_data.get("id_token", {})
        # Claims may hold more of a person than we need: nothing of them stays.
        account.extra_data = {}
        try:
            known = sociallogin.user if sociallogin.is_existing else None
            user = welcome(identity_of(claims, on=timezone.localdate()), known=known)
        except ClaimError as error:
            page = render(request, "web/accounts/no_place.html", {"why": error}, status=403)
            raise ImmediateHttpResponse(page) from error
        if known is None:
            sociallogin.connect(request, user)
        else:
            account.save(update_fields=["extra_data"])

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whoever has no place after the claims were read, has none."""
        return False

    def send_notification_mail(self, *args: Any, **rest: Any) -> None:
        """No mail for each first sign-in: it says nothing new."""
