"""Settings of the desk. Everything that an office may change comes through `env`."""

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from koempel.desk.config.env import Env, SettingError

env = Env()

DATA_DIR = env.folder("DATA", "koempel-data", "Map voor de database, bestanden en back-ups.")
DEBUG = env.flag("DEBUG", False, "Toon technische fouten. Nooit in een kantoor.")
DEMO = env.flag("DEMO", False, "Verzonnen gegevens; aanmelden met één klik per rol.")
HTTPS = env.flag("HTTPS", not (DEBUG or DEMO), "De site staat achter https.")
BACKUPS_KEPT = env.whole(
    "BACKUPS", 0 if DEMO else 7, "Aantal dagelijkse back-ups dat blijft; 0 maakt er geen."
)
NIGHTLY_PLAN = env.flag("NIGHTLY_PLAN", not DEMO, "Maak elke nacht een plan.")
BACKUP_FOLDER = DATA_DIR / env.text(
    "BACKUP_FOLDER", "backups", "Map voor de dagelijkse back-ups, in KOEMPEL_DATA of daarbuiten."
)
AUDIT_HEADS = DATA_DIR / env.text(
    "AUDIT_HEADS",
    "audit-heads.jsonl",
    "Bestand met het einde van elke auditketen; liefst op een andere machine.",
)
TERMS_AGREED = env.flag(
    "TERMS_AGREED",
    False,
    "Wis ook volgens bewaartermijnen die nog DRAFT zijn. Zet dit aan als het partnerschap ze "
    "goedkeurt.",
)
ALLOWED_HOSTS = env.words(
    "HOSTS", "localhost,127.0.0.1,[::1]", "Namen waaronder de site bekend is."
)

SITE = env.text(
    "SITE",
    "",
    "Adres van de site, voor links in mail; leeg neemt de eerste uit KOEMPEL_HOSTS.",
)
SITE = SITE.rstrip("/") or f"{'https' if HTTPS else 'http'}://{next(iter(ALLOWED_HOSTS), '')}"


def _kept_secret(folder: Path) -> str:
    """A key of its own for an office that gave none, kept beside its database."""
    file = folder / "secret-key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64), "utf-8")
    return file.read_text("utf-8")


SECRET_KEY = env.secret("SECRET_KEY", "Geheime sleutel; leeg maakt er zelf een.") or _kept_secret(
    DATA_DIR
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "template_partials",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "koempel.desk.common",
    "koempel.desk.accounts",
    "koempel.desk.work",
    "koempel.desk.mail",
    "koempel.desk.partners",
    "koempel.desk.levers",
    "koempel.desk.jobs",
    "koempel.desk.people",
    "koempel.desk.planning",
    "koempel.desk.placements",
    "koempel.desk.referrals",
    "koempel.desk.transitions",
    "koempel.desk.operations",
    "koempel.desk.web",
    # After our own pages, which take the place of its templates.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    # First, so that also what the next ones answer has it: the way to https, a file, a refusal.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "koempel.desk.common.headers.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "koempel.desk.accounts.session.SessionTermsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "koempel.desk.accounts.session.SecondFactorMiddleware",
    "koempel.desk.accounts.middleware.AccessMiddleware",
]

ROOT_URLCONF = "koempel.desk.config.urls"
WSGI_APPLICATION = "koempel.desk.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["koempel.desk.web.templatetags.parts"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "koempel.desk.web.context.page",
            ],
        },
    }
]

# SQLite needs IMMEDIATE: without it two writers at once lose to "database is locked".
_SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
    # What is deleted is overwritten: erased people stand in no free page.
    "PRAGMA secure_delete=ON;"
)


def _database(kind: str) -> dict[str, Any]:
    if kind == "postgresql":
        # Host, port, user and password come from PostgreSQL's own PG* variables.
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": env.text("DATABASE_NAME", "koempel", "Naam van de PostgreSQL-database."),
            "ATOMIC_REQUESTS": True,
            # Each thread keeps its own. A pool refuses the first visitors after an outage that
            # nobody saw: it tries its broken connections one by one, with pauses between them.
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "koempel.sqlite3",
        # Kept open: the last one to close removes the files beside the database, and on a full
        # disk nobody could make them again, not even to read.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_START,
        },
    }


DATABASES = {
    "default": _database(
        env.one_of("DATABASE", "sqlite", ("sqlite", "postgresql"), "sqlite of postgresql.")
    )
}
# Attempts to sign in count for all processes together; past this many keys the oldest go.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "koempel_cache",
        "KEY_FUNCTION": "koempel.desk.common.cache.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "koempel.desk.accounts.passwords.OwnWordsValidator"},
]

AUTHENTICATION_BACKENDS = ["koempel.desk.accounts.backends.DeskBackend"]
ACCOUNT_FORMS = {
    "login": "koempel.desk.accounts.forms.SignInForm",
    "change_password": "koempel.desk.accounts.forms.ChangePasswordForm",
    "set_password": "koempel.desk.accounts.forms.SetPasswordForm",
    "reset_password": "koempel.desk.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "koempel.desk.accounts.forms.NewPasswordForm",
    "reauthenticate": "koempel.desk.accounts.forms.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "koempel.desk.accounts.forms.CodeForm",
    "reauthenticate": "koempel.desk.accounts.forms.CodeAgainForm",
    "activate_totp": "koempel.desk.accounts.forms.AppForm",
    "add_webauthn": "koempel.desk.accounts.forms.AddKeyForm",
    "edit_webauthn": "koempel.desk.accounts.forms.RenameKeyForm",
}
ACCOUNT_ADAPTER = "koempel.desk.web.account_mail.MailingAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# An operator gives the address, and the link in the invitation proves it.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "login"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Attempts are counted per address of a visitor, which a proxy tells in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole(
    "PROXIES", 1 if HTTPS else 0, "Aantal eigen proxy's tussen het internet en Koempel."
)
MAIL_HOST = env.text("MAIL_HOST", "", "Mailserver.")
MAIL = env.one_of(
    "MAIL",
    "smtp" if MAIL_HOST else "folder",
    ("smtp", "folder"),
    "Hoe mail vertrekt: smtp langs KOEMPEL_MAIL_HOST (de standaard als die er is), folder "
    "als bestand in de map mail van KOEMPEL_DATA.",
)
if MAIL == "smtp" and not MAIL_HOST:
    raise SettingError("KOEMPEL_MAIL is smtp zonder mailserver. Zet ook KOEMPEL_MAIL_HOST.")
MAIL_FOLDER = DATA_DIR / "mail"
EMAIL_HOST = MAIL_HOST
EMAIL_PORT = env.whole("MAIL_PORT", 587, "Poort van de mailserver.")
EMAIL_HOST_USER = env.text("MAIL_USER", "", "Gebruiker bij de mailserver.")
EMAIL_HOST_PASSWORD = env.secret("MAIL_PASSWORD", "Wachtwoord bij de mailserver.")
EMAIL_USE_TLS = env.flag("MAIL_TLS", True, "Versleutel de verbinding met de mailserver.")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "koempel@localhost", "Afzender van mail.")
# Links in mail: an invitation, a new password.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
MFA_ADAPTER = "koempel.desk.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1

OIDC_SERVER = env.text("OIDC_SERVER", "", "Adres van de aanmelddienst (ACM/IDM); leeg is zonder.")
OIDC_CLIENT = env.text("OIDC_CLIENT", "", "Naam van Koempel bij de aanmelddienst.")
OIDC_SECRET = env.secret("OIDC_SECRET", "Geheim van Koempel bij de aanmelddienst.")
OIDC_SCOPES = env.words("OIDC_SCOPES", "openid,profile,vo", "Wat Koempel de aanmelddienst vraagt.")
OIDC_ROLE_CLAIM = env.text("OIDC_ROLE_CLAIM", "koempel_rol_3d", "Claim met de rollen.")
SOCIALACCOUNT_ADAPTER = "koempel.desk.accounts.adapters.PartnerAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "vo",
                "name": "Aanmelden Vlaanderen",
                "client_id": OIDC_CLIENT,
                "secret": OIDC_SECRET,
                "settings": {
                    "server_url": OIDC_SERVER,
                    "uid_field": "vo_id",
                    "scope": OIDC_SCOPES,
                    # Somebody without a mail claim would be asked for an address.
                    "fetch_userinfo": False,
                },
            }
        ]
        if OIDC_SERVER
        else [],
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "uploads"
# A file with people stays in memory until it is kept: no copy in the folder for temporary files.
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Django's own default is silent about errors when DEBUG is off. Lines hold paths, never forms.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
            # With the offset: an hour in October happens twice.
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "koempel.desk.operations": {"level": "INFO"},
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The button of the identity provider is a form that ends there.
        "form-action": [SELF, *([OIDC_SERVER] if OIDC_SERVER else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
# Whoever watches over the machine asks it without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^gezondheid/$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-koempel" if HTTPS else "koempel"
CSRF_COOKIE_NAME = "__Host-koempel-csrf" if HTTPS else "koempel-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
