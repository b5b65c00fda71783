"""Settings. What differs between deployments comes from the environment (see `.env.example`)."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.utils.csp import CSP
from whitenoise.compress import Compressor

from factcheck.environment import BASE_DIR, DEBUG, SITE_NAME, env, required
from factcheck.logs import configuration
from factcheck.signing_in import *  # noqa: F403

VAR = Path(env.str("VAR", "") or BASE_DIR / "var")

SECRET_KEY = (
    env.str("SECRET_KEY", "for development, known to everybody")
    if DEBUG
    else required("SECRET_KEY", "the secret that signs sessions")
)
# Keys before it: what was signed or sealed with one of them is still read.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])

# Where readers find the site: links in feeds and citations start with it, and https turns on all
# that goes with https.
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
# Under what terms others may use what the desk writes. Words of others stay theirs.
LICENCE_NAME = env.str("LICENCE_NAME", "CC BY 4.0")
LICENCE_URL = env.str("LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [_site.hostname or "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SECURE = _site.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 3600) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without TLS
if env.bool("TRUST_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A browser maker's preload list is for a whole domain, and its owner's decision.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

SECURE_REFERRER_POLICY = "same-origin"  # with `no-referrer` browsers send `Origin: null`
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

INSTALLED_APPS = [
    "factcheck",
    "claims.editions",
    "claims.partners",
    "claims.intake",
    "claims.webhooks",
    "claims.exports",
    "claims",
    "sources",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_ox",
    "django_structlog",
    "claims.admin.apps.DeskConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "factcheck.logs.RequestLog",
    "factcheck.gate.Gate",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "factcheck.compression.Compression",
    "factcheck.shortcut.Shortcut",  # the API goes no further
    "claims.web.languages.LanguageInAddress",
    "claims.admin.sessions.DeskSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "claims.admin.language.DeskLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "claims.admin.sessions.TimeOut",
]
SHORTCUT_PATHS = ["/api/v1/", "/api/fetch/", "/v1alpha1/"]
# How many readers of the changes each server process lets wait for news at once. Each holds one of
# its threads: the server needs so many more than it answers with (factcheck/serve.py).
WAITING_PLACES = env.int("WAITING_PLACES", 24)
X_FRAME_OPTIONS = "DENY"

# A claim with hundreds of pieces of evidence is one form; refusing it would lose what was typed.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# `default` is the role the site and its worker run as: it owns nothing. `owner` is there for
# `migrate` alone, and only where DATABASE_OWNER_URL is set: servers need not know it.
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(required("DATABASE_URL", "the application's database")),
}
if _connections := env.int("DATABASE_POOL", 8):
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": _connections, "timeout": 10},
        "prepare_threshold": 5,  # for the cursors that ask the same again and again (the API's)
    }
if _owner := env.str("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = dj_database_url.parse(_owner)
# How often a server looks whether the database still holds the record's guards; 0 is never.
CATALOGUE_INTERVAL = 15

TASKS = {
    "default": {
        "BACKEND": env.str("TASKS_BACKEND", "django_ox.backend.OxBackend"),
        "OPTIONS": {
            "SCHEDULES": {
                "verify the record": {
                    "task": "claims.editions.tasks.verify_record",
                    "cron": "17 3 * * *",
                },
                "forget how to reach who wrote to us": {
                    "task": "claims.intake.tasks.forget_contacts",
                    "cron": "31 3 * * *",
                },
                "send messages to partners": {
                    "task": "claims.webhooks.tasks.send_due",
                    "cron": "* * * * *",
                },
                "forget what was sent long ago": {
                    "task": "claims.webhooks.tasks.forget_deliveries",
                    "cron": "37 3 * * *",
                },
                "make the exports": {
                    "task": "claims.exports.tasks.make_exports",
                    "cron": "40 1 * * *",
                },
                "forget how much was asked": {
                    "task": "claims.partners.tasks.forget_use",
                    "cron": "23 3 * * *",
                },
                "remind of what is due": {
                    "task": "claims.review.reminders.remind",
                    "cron": "45 4 * * *",
                },
                "send the messages of the day": {
                    "task": "claims.review.mail.send_digests",
                    "cron": "0 5 * * *",
                },
            }
        },
    }
}

# --- The letterbox --------------------------------------------------------------------------

# For how many days after a letter was closed it is known how to reach whoever wrote it.
LETTER_CONTACT_DAYS = env.int("LETTER_CONTACT_DAYS", 30)
# How many letters may come from one address in an hour; a newsroom or a school shares one.
LETTERS_AN_HOUR = env.int("LETTERS_AN_HOUR", 8)
# How many proposals of one partner may wait for the desk at a time.
OPEN_PROPOSALS = env.int("OPEN_PROPOSALS", 500)

# --- Messages to partners -------------------------------------------------------------------

# For how many hours an endpoint may take no message before nothing is sent to it any more.
WEBHOOK_PATIENCE_HOURS = env.int("WEBHOOK_PATIENCE_HOURS", 72)
# For how many days it is kept what was sent and what came back.
WEBHOOK_LOG_DAYS = env.int("WEBHOOK_LOG_DAYS", 30)
WEBHOOKS_PER_PARTNER = env.int("WEBHOOKS_PER_PARTNER", 10)

# --- Messages to partners -------------------------------------------------------------------

# For how many hours an endpoint may take no message before nothing is sent to it any more.
WEBHOOK_PATIENCE_HOURS = env.int("WEBHOOK_PATIENCE_HOURS", 72)
# For how many days it is kept what was sent and what came back.
WEBHOOK_LOG_DAYS = env.int("WEBHOOK_LOG_DAYS", 30)
WEBHOOKS_PER_PARTNER = env.int("WEBHOOKS_PER_PARTNER", 10)

# --- Asking others ----------------------------------------------------------------------------

# Whether this machine itself may be asked (sources/fetching.py): for developers who try out a
# receiver of messages, and for tests. Never where the site is public.
FETCH_LOOPBACK = DEBUG

# --- Exports --------------------------------------------------------------------------------

# Where the files stand that the worker makes of the whole record; the servers read them there.
EXPORTS_FOLDER = VAR / "exports"
# How many of each kind are kept; the files of older ones are removed.
EXPORTS_KEPT = max(env.int("EXPORTS_KEPT", 3), 1)
# How many downloads and streams of the record one server process sends at once, of its threads.
EXPORTS_AT_ONCE = max(env.int("EXPORTS_AT_ONCE", 2), 1)

# One memory for all server processes: limits and used one-time codes are kept there.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "claims_remembered",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Share images and PDFs of editions, some 50 kB each. They can all be drawn again.
    "drawn": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "drawn",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

MAILERS: dict[str, Any] = {
    "default": (
        {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env.str("SMTP_HOST"),
                "port": env.int("SMTP_PORT", 587),
                "username": env.str("SMTP_USER", ""),
                "password": env.str("SMTP_PASSWORD", ""),
                "use_tls": True,
            },
        }
        if env.str("SMTP_HOST", "")
        else {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    )
}
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", f"desk@{_site.hostname}")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "factcheck.formats"
# Where the desk is: its pages are in the language of whoever works there; public pages in that of
# their address or of the reader's browser (claims/web/languages.py); the API in ours.
DESK_PATHS = ("/admin/",)
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Beside what is compressed already: source maps, which only developers open.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

LOGGING = configuration(level=env.str("LOG_LEVEL", "INFO").upper(), readable=DEBUG)
LOGGING_CONFIG = "factcheck.logs.configure"
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False


if DEBUG and env.bool("TOOLBAR", False):
    INSTALLED_APPS.append("debug_toolbar")
    MIDDLEWARE.insert(2, "debug_toolbar.middleware.DebugToolbarMiddleware")
    INTERNAL_IPS = ["127.0.0.1"]

# --- The API ---------------------------------------------------------------------------------

# How many requests are answered in a window of this many seconds: to an address without a key, and
# to a key, for each scope by itself.
API_WINDOW = env.int("API_WINDOW", 60)
API_LIMITS = {
    "anonymous": env.int("API_ANONYMOUS_LIMIT", 120),
    "read": env.int("API_READ_LIMIT", 1200),
    "bulk": env.int("API_BULK_LIMIT", 120),
    "webhooks": env.int("API_WEBHOOKS_LIMIT", 120),
    "intake": env.int("API_INTAKE_LIMIT", 60),
}

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_PAGINATION_CLASS": "factcheck.paging.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": ["factcheck.rest.StrictFilterBackend"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "factcheck.rest.JSONOnly",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "factcheck.rest.explain",
    "DEFAULT_SCHEMA_CLASS": "claims.api.access.Described",
    # The record is open to everybody, at a lower rate; a key says which partner asks.
    "DEFAULT_AUTHENTICATION_CLASSES": ["claims.api.asking.BearerKey"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "FORMAT_SUFFIX_KWARG": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": f"{SITE_NAME}: the public record",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]+",
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "SORT_OPERATIONS": False,
    "POSTPROCESSING_HOOKS": [
        "claims.api.schema.complete",
        "claims.api.webhooks_described.complete",
        "claims.api.me_described.complete",
        "claims.api.access_described.add_access",
    ],
}
