"""Forms of accounts. Those of allauth get our words; what they check stays theirs."""

from collections.abc import Mapping
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django import forms

from koempel.desk.accounts.models import BreakGlass, Organisation, User
from koempel.desk.accounts.queries import open_accounts
from koempel.desk.common.inputs import NumberField
from koempel.desk.common.roles import Role
from koempel.desk.common.validators import validate_enterprise_number, validate_no_national_number

GIVEN_ROLES = [choice for choice in Role.choices if choice[0] != Role.ANONYMOUS]
CODE_HELP = "De zes cijfers die je app nu toont, of een van je herstelcodes."
LONG_ENOUGH = (
    "Minstens 15 tekens. Een zin die alleen jij kent, werkt het best. "
    "Plakken uit een wachtwoordkluis mag."
)
TYPED_AGAIN = {"password2": ("Nog eens je nieuwe wachtwoord", "")}


class WordsMixin:
    """Our labels and help in a form of allauth, and no placeholders."""

    words: Mapping[str, tuple[str, str]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, field in self.fields.items():
            field.label, field.help_text = self.words.get(name, (field.label, ""))
            field.widget.attrs.pop("placeholder", None)


class SignInForm(WordsMixin, account.LoginForm):  # type: ignore[misc] # allauth ships no types
    """E-mail and password."""

    words = {"login": ("E-mailadres", ""), "password": ("Wachtwoord", "")}


class PasswordAgainForm(WordsMixin, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    words = {"password": ("Je wachtwoord", "")}


class ChangePasswordForm(WordsMixin, account.ChangePasswordForm):  # type: ignore[misc]
    """From an old password to a new one."""

    words = {
        "oldpassword": ("Je wachtwoord van nu", ""),
        "password1": ("Je nieuwe wachtwoord", LONG_ENOUGH),
        **TYPED_AGAIN,
    }


class SetPasswordForm(WordsMixin, account.SetPasswordForm):  # type: ignore[misc]
    """A first password for who signs in elsewhere."""

    words = {"password1": ("Je wachtwoord", LONG_ENOUGH), **TYPED_AGAIN}


class NewPasswordForm(WordsMixin, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after a link in a mail."""

    words = {"password1": ("Je nieuwe wachtwoord", LONG_ENOUGH), **TYPED_AGAIN}


class ResetPasswordForm(WordsMixin, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""

    words = {"email": ("E-mailadres", "")}


class CodeForm(WordsMixin, second_factor.AuthenticateForm):  # type: ignore[misc]
    """A code of the app, while signing in."""

    words = {"code": ("Code", CODE_HELP)}


class CodeAgainForm(WordsMixin, second_factor.ReauthenticateForm):  # type: ignore[misc]
    """A code of the app, once more."""

    words = {"code": ("Code", CODE_HELP)}


class AppForm(WordsMixin, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    words = {"code": ("Code", "De zes cijfers die je app nu toont.")}


class AddKeyForm(WordsMixin, keys.AddWebAuthnForm):  # type: ignore[misc]
    """A new security key."""

    words = {"name": ("Naam van de sleutel", "Zo herken je hem later.")}


class RenameKeyForm(WordsMixin, keys.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a key."""

    words = {"name": ("Naam van de sleutel", "")}


class DemoForm(forms.Form):
    """Who to be in the demonstration."""

    user = forms.ModelChoiceField(open_accounts().filter(is_demo=True))


class NewcomerForm(forms.Form):
    """Who gets an account."""

    name = forms.CharField(label="Naam", max_length=150, validators=[validate_no_national_number])
    email = forms.EmailField(
        label="E-mailadres", help_text="De uitnodiging gaat naar dit adres.", max_length=254
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(is_active=True), label="Organisatie", empty_label="Kies"
    )
    role = forms.ChoiceField(label="Rol", choices=[("", "Kies"), *GIVEN_ROLES])

    def clean_email(self) -> str:
        """An address that nobody has yet."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("Er is al een account met dit e-mailadres.")
        return email


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = forms.ChoiceField(label="Nieuwe rol", choices=GIVEN_ROLES)


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg] # at run time it takes none
    """What we keep of an organisation."""

    name = forms.CharField(label="Naam", max_length=200, validators=[validate_no_national_number])
    org_code = NumberField(
        label="KBO-nummer",
        help_text=(
            "Tien cijfers, zoals 0403.019.261. Nodig om aan te melden via Aanmelden Vlaanderen."
        ),
        validators=[validate_enterprise_number],
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "org_code", "nis", "is_active")
        help_texts = {
            "nis": "Vijf cijfers, alleen voor een gemeente of OCMW.",
            "is_active": "Wie niet meer meewerkt, kan niet meer aanmelden en verliest alle inzage.",
        }


class VerdictForm(forms.Form):
    """What the reviewer thinks of an emergency access."""

    verdict = forms.CharField(
        label="Je oordeel",
        help_text="Was dit nodig? Wat volgt eruit? Schrijf geen namen.",
        max_length=500,
        validators=[validate_no_national_number],
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, of: BreakGlass) -> None:
        super().__init__(data, initial={"verdict": of.verdict})
