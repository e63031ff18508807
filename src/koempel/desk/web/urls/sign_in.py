"""Addresses of signing in; their names are the ones that allauth asks for."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as elsewhere
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path

from koempel.desk.web.views.accounts import security, sessions, sign_in

urlpatterns = [
    path("aanmelden/", sign_in.sign_in, name="login"),
    path("aanmelden/als/", sign_in.enter_demo, name="demo-enter"),
    path("aanmelden/wachtwoord/", account.login, name="account_login"),
    path("aanmelden/nieuw/", account.signup, name="account_signup"),
    path("aanmelden/gesloten/", account.account_inactive, name="account_inactive"),
    path("aanmelden/bevestig/", account.reauthenticate, name="account_reauthenticate"),
    path("aanmelden/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("aanmelden/bevestig/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path(
        "aanmelden/bevestig/sleutel/",
        keys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("afmelden/", account.logout, name="logout"),
    path("wachtwoord/wijzigen/", account.password_change, name="account_change_password"),
    path("wachtwoord/kiezen/", account.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path(
        "wachtwoord/vergeten/verstuurd/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "wachtwoord/nieuw/<str:uidb36>/<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("beveiliging/", security.SecurityPage.as_view(), name="mfa_index"),
    path("beveiliging/toestellen/", sessions.SessionsPage.as_view(), name="usersessions_list"),
    path("beveiliging/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("beveiliging/app/weg/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("beveiliging/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "beveiliging/codes/nieuw/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "beveiliging/codes/bestand/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("beveiliging/sleutels/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("beveiliging/sleutels/nieuw/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("beveiliging/sleutels/<int:pk>/weg/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("beveiliging/sleutels/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("aanmelden/elders/mislukt/", elsewhere.login_error, name="socialaccount_login_error"),
    path(
        "aanmelden/elders/gestopt/",
        elsewhere.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path("aanmelden/elders/nieuw/", elsewhere.signup, name="socialaccount_signup"),
    path("aanmelden/elders/<str:provider_id>/", openid.login, name="openid_connect_login"),
    path(
        "aanmelden/elders/<str:provider_id>/terug/",
        openid.callback,
        name="openid_connect_callback",
    ),
]
