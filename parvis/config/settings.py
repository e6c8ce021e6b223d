"""Settings, read from the environment, safe when nothing is set.

`PARVIS_HOME` (default `./var`) holds everything that is ours on disk: the embedded database, the secret key, the mail
of the demonstration. `DATABASE_URL` names PostgreSQL in production. See `docs/reglages.md` for each variable.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from csp.constants import NONE, SELF

from parvis.config.environment import (
    Environment,
    all_or_none,
    checked_address,
    checked_choice,
    checked_host,
    checked_sender,
    checked_site,
    meaning,
    refused,
)

env = Environment()

BASE_DIR = Path(__file__).resolve().parents[2]
PARVIS_HOME = Path(env.str("PARVIS_HOME", default="var")).resolve()
PARVIS_DEMO = env.bool("PARVIS_DEMO", default=False)
DEBUG = env.bool("PARVIS_DEBUG", default=False)


def _secret_key() -> str:
    """The key of the environment, else one made once and kept, readable by its owner only."""
    given: str = env.str("PARVIS_SECRET_KEY", default="")
    if given:
        return given
    try:
        return _kept_key(PARVIS_HOME / "secret-key")
    except OSError:
        raise refused("PARVIS_HOME", f"« {PARVIS_HOME} » n'est pas un dossier où l'on peut écrire") from None


def _kept_key(path: Path) -> str:
    if not path.exists():
        PARVIS_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile("w", dir=PARVIS_HOME, encoding="ascii") as fresh:
            fresh.write(secrets.token_urlsafe(50))
            fresh.flush()
            with contextlib.suppress(FileExistsError):  # another process was first: its key is ours too
                os.link(fresh.name, path)
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = _secret_key()
PUBLIC_URL, PUBLIC_HOST = checked_site(
    "PARVIS_URL", env.str("PARVIS_URL", default="http://localhost:8000"),
    "écrivez l'adresse du site, comme https://parvis.exemple.fr",
)  # fmt: skip
ALLOWED_HOSTS = [
    *(
        checked_host("PARVIS_HOSTS", name)
        for name in env.list("PARVIS_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
    ),
    PUBLIC_HOST,
]
"""The site always answers to the name of its own address."""
HTTPS = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
if HTTPS:  # browsers take these from this very host only, and no other may write them
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "parvis.web.public.views.errors.csrf_failure"

INSTALLED_APPS = [
    "parvis.core",
    "parvis.territories",
    "parvis.people",
    "parvis.consultations",
    "parvis.publishing",
    "parvis.sheets",
    "parvis.meetings",
    "parvis.web.components",
    "parvis.web.public",
    "parvis.web.partners",
    "parvis.web.room",
    "parvis.web.api",
    "parvis.web.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
]

MIDDLEWARE = [
    "parvis.web.public.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "parvis.web.public.middleware.OutageMiddleware",
    "parvis.web.public.kept_pages.KeptPagesMiddleware",
    "parvis.core.guards.ReadOnlyGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "parvis.core.guards.DeniedByDefaultMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "parvis.web.public.heavy_files.HeavyFileMiddleware",
    "parvis.web.desk.my_access.middleware.RequiredSecondFactorMiddleware",
    "parvis.web.desk.saved_drafts.SavedDraftsMiddleware",
]

ROOT_URLCONF = "parvis.config.urls"
WSGI_APPLICATION = "parvis.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["parvis.web.components.template_loader.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "parvis.web.components.templatetags.parvis_ui",
                "parvis.web.components.templatetags.written_dates",
            ],
        },
    }
]


def _embedded() -> dict[str, object]:
    """The embedded SQLite of `PARVIS_HOME` (docs/decisions/0021).

    IMMEDIATE transactions, because deferred ones fail under concurrent writers (0002); each waits for its turn (0011).
    The write-ahead log is used only where SQLite is free of its known corruption.
    """
    from parvis.core.embedded.driver import WAL_IS_SAFE

    return {
        "ENGINE": "parvis.core.embedded",
        "NAME": str(PARVIS_HOME / "parvis.sqlite3"),
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": ":memory:"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": f"PRAGMA journal_mode={'WAL' if WAL_IS_SAFE else 'TRUNCATE'};PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON;PRAGMA legacy_alter_table=OFF;PRAGMA mmap_size=0;PRAGMA secure_delete=ON;",
        },
    }


def _database() -> dict[str, object]:
    """PostgreSQL when `DATABASE_URL` says so, else the embedded one."""
    if not env.str("DATABASE_URL", default=""):
        return _embedded()
    wanted = "écrivez postgres://utilisateur:secret@machine:5432/base, ou rien pour la base embarquée"
    checked_address("DATABASE_URL", env.str("DATABASE_URL"), ("postgres", "postgresql", "pgsql"), wanted)
    with meaning("DATABASE_URL", wanted):
        parsed: dict[str, object] = env.db("DATABASE_URL")
        if not parsed["NAME"]:
            raise ValueError
    if parsed["ENGINE"] == "django.db.backends.postgresql":
        parsed["ENGINE"] = "parvis.core.postgresql"
    parsed.setdefault("CONN_MAX_AGE", 60)
    return parsed | {"CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}
EMBEDDED_DATABASE = _embedded()
"""Where `parvis move-to-postgresql` comes from, when `DATABASE_URL` says where it goes."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_cache_url = env.str("PARVIS_CACHE_URL", default="")
if _cache_url:
    checked_address(
        "PARVIS_CACHE_URL", _cache_url, ("redis", "rediss", "unix"), "écrivez redis://machine:6379/0, ou rien"
    )
CACHES = {
    "default": {
        "BACKEND": "parvis.core.shared_cache.ForgivingRedisCache"
        if _cache_url
        else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": _cache_url or "parvis",
    }
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "parvis.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
# Ours are counted in the database (core.limits), never by IP address: a room shares one.
ACCOUNT_RATE_LIMITS = {"request_login_code": None, "login": None, "login_failed": None}
# Attempts at the second factor are counted in its own row (people.operations.second_factor).
MFA_ADAPTER = "parvis.people.second_factor.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
REQUIRE_SECOND_FACTOR = env.list("PARVIS_REQUIRE_SECOND_FACTOR", default=[])

_issuer, _client, _secret = all_or_none(
    {
        "PARVIS_OIDC_ISSUER": env.str("PARVIS_OIDC_ISSUER", default=""),
        "PARVIS_OIDC_CLIENT_ID": env.str("PARVIS_OIDC_CLIENT_ID", default=""),
        "PARVIS_OIDC_SECRET": env.str("PARVIS_OIDC_SECRET", default=""),
    },
    "donnez ce que le fournisseur d'identité vous a remis, ou retirez les autres",
)
if _issuer:
    checked_site("PARVIS_OIDC_ISSUER", _issuer, "écrivez l'adresse du fournisseur d'identité, telle qu'il signe")
OIDC = {
    "issuer": _issuer,
    "client_id": _client,
    "secret": _secret,
    "label": env.str("PARVIS_OIDC_LABEL", default="ProConnect"),
    "scopes": env.str("PARVIS_OIDC_SCOPES", default="openid email"),
    "second_factor": tuple(env.list("PARVIS_OIDC_SECOND_FACTOR", default=[])),
    "vouches_for_addresses": env.bool("PARVIS_OIDC_TRUST_ADDRESSES", default=False),
}

with meaning("PARVIS_MAIL_URL", "écrivez smtp+tls://utilisateur:secret@machine:587, ou rien"):
    EMAIL_CONFIG = env.email_url("PARVIS_MAIL_URL", default="consolemail://")
_mail_options = EMAIL_CONFIG.pop("OPTIONS", {})
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("PARVIS_MAIL_TIMEOUT", default=_mail_options.get("TIMEOUT", 20))
"""Seconds to connect, then to wait for each answer: a server that hangs never holds its lane for longer."""
DEFAULT_FROM_EMAIL = checked_sender(
    "PARVIS_MAIL_FROM", env.str("PARVIS_MAIL_FROM", default="Parvis <ne-pas-repondre@parvis.invalid>")
)
if PARVIS_DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(PARVIS_HOME / "courrier")

LEGAL_HOST = env.str("PARVIS_LEGAL_HOST", default="").strip()
LEGAL_DIRECTOR = env.str("PARVIS_LEGAL_DIRECTOR", default="").strip()

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = PARVIS_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = PARVIS_HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024  # what a view may be sent is said by its `access`, before it is read
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

_log_level = checked_choice(
    "PARVIS_LOG", env.str("PARVIS_LOG", default="WARNING"), ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "token_free": {"()": "parvis.core.logs.TokenFreeFormatter", "format": "%(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "token_free"}},
    "root": {"handlers": ["console"], "level": _log_level},
}
