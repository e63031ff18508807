"""Objects behind the addresses of accounts, and who an object belongs to."""

from allauth.mfa.models import Authenticator

from desk.examples import IN_THE_OFFICE, OF_NOBODY, example
from desk.factories.accounts import BreakGlassFactory, OrganisationFactory, UserFactory


def organisation_of(asker, stand, **facts):
    """The organisation that an object belongs to."""
    if stand in IN_THE_OFFICE:
        return asker.organisation
    return OrganisationFactory(**{"kind": asker.organisation.kind} | facts)


@example("accounts:user", "accounts:user-role")
def user(asker, stand):
    return {"pk": UserFactory(organisation=organisation_of(asker, stand), second_factor=False).pk}


@example("accounts:organisation")
def organisation(asker, stand):
    return {"pk": organisation_of(asker, stand).pk}


@example("accounts:break-glass")
def break_glass(asker, stand):
    opener = UserFactory(organisation=organisation_of(asker, stand), second_factor=False)
    return {"pk": BreakGlassFactory(user=opener).pk}


@example("mfa_remove_webauthn", "mfa_edit_webauthn")
def security_key(asker, stand):
    """A security key is of one account: a colleague's is as foreign as any other."""
    owner = asker if stand in IN_THE_OFFICE else UserFactory(second_factor=False)
    data = {"name": "sleutel van de kast", "credential": {}}
    return {
        "pk": Authenticator.objects.create(
            user=owner, type=Authenticator.Type.WEBAUTHN, data=data
        ).pk
    }


@example("account_reset_password_from_key", stands=OF_NOBODY)
def link_from_mail(asker, stand):
    return {"uidb36": "1", "key": "geen"}
