"""Settings of the desk. Everything that an office may change comes through `env`."""

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from koempel.desk.config.env import Env

env = Env()

DATA_DIR = env.folder("DATA", "koempel-data", "Map voor de database, bestanden en back-ups.")
DEBUG = env.flag("DEBUG", False, "Toon technische fouten. Nooit in een kantoor.")
DEMO = env.flag("DEMO", False, "Verzonnen gegevens; aanmelden met één klik per rol.")
HTTPS = env.flag("HTTPS", not (DEBUG or DEMO), "De site staat achter https.")
ALLOWED_HOSTS = env.words("HOSTS", "localhost,127.0.0.1,[::1]", "Namen waaronder de site bekend is.")


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
    "koempel.desk.common",
    "koempel.desk.accounts",
    "koempel.desk.partners",
    "koempel.desk.people",
    "koempel.desk.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
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
)


def _database(kind: str) -> dict[str, Any]:
    if kind == "postgresql":
        # Host, port, user and password come from PostgreSQL's own PG* variables.
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": env.text("DATABASE_NAME", "koempel", "Naam van de PostgreSQL-database."),
            "ATOMIC_REQUESTS": True,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": True},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "koempel.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_START,
        },
    }


DATABASES = {"default": _database(env.text("DATABASE", "sqlite", "sqlite of postgresql."))}
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
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-koempel" if HTTPS else "koempel"
CSRF_COOKIE_NAME = "__Host-koempel-csrf" if HTTPS else "koempel-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
