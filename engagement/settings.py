"""Settings, in one file. Everything that differs between installations comes from the environment.

The table of variables is in README.md; a test keeps the table and this file together.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from engagement.core.storage.address import storage_of

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)


def _required(name: str, demo: str) -> str:
    """The variable's value; a demonstration has a stand-in, any other installation must set it."""
    value = env.str(name, default="").strip() or (demo if DEMO else "")
    if not value:
        raise SystemExit(
            f"{name} is not set: set it in the environment (the table is in README.md), "
            "or set DEMO=1 for a demonstration with stand-in secrets."
        )
    return value


# --- Who may reach the site ---------------------------------------------------------------------------

SECRET_KEY = _required("SECRET_KEY", demo="for-demonstrations-only-never-on-a-real-site-0123456789")
ALLOWED_HOSTS = [host.strip() for host in _required("ALLOWED_HOSTS", demo="localhost,127.0.0.1,[::1]").split(",")]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SECURE_HTTPS = env.bool("SECURE_HTTPS", default=not (DEMO or DEBUG))
SECURE_SSL_REDIRECT = SECURE_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # a load balancer asks over plain HTTP
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HTTPS
SESSION_COOKIE_SECURE = SECURE_HTTPS
CSRF_COOKIE_SECURE = SECURE_HTTPS
TRUSTED_PROXY = env.bool("TRUSTED_PROXY", default=False)
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Preloading binds every site of the body's whole domain, so it is not for this one to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
    }
}

# --- What it is made of -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "engagement.core",
    "engagement.accounts",
    "engagement.topics",
    "organizations",
    "meetings",
    "engagement.followups",
    "engagement.minutes",
    "engagement.search",
    "engagement.imports",
    "engagement.reminders",
    "engagement.returns",
    "engagement.privacy",
    "engagement.samples",
    "engagement.backup",
    "simple_history",
    "django_filters",
    "django_htmx",
    "django_countries",
    "django_tasks",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

# Long files are read by a worker (`manage.py db_worker`) where there is one, else while whoever sent them waits.
BACKGROUND_WORKER = env.bool("BACKGROUND_WORKER", default=False)
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if BACKGROUND_WORKER:
    INSTALLED_APPS.append("django_tasks_db")
    TASKS["default"]["BACKEND"] = "django_tasks_db.DatabaseBackend"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "engagement.core.input_cleaning.CleanInput",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "engagement.core.unavailable.ServiceUnavailable",
    "engagement.core.page_cache.PageCacheMiddleware",
    "engagement.accounts.sessions.IdleSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "engagement.core.not_allowed.NotAllowedPage",
    "engagement.core.once.SentOnce",
]

ROOT_URLCONF = "engagement.urls"
WSGI_APPLICATION = "engagement.wsgi.application"

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "engagement.context.site",
            ]
        },
    }
]

# --- Where the records are ----------------------------------------------------------------------------


def _database() -> dict[str, Any]:
    """The database that DATABASE_URL names, tuned for several people writing at the same time."""
    name = "demo.sqlite3" if DEMO else "db.sqlite3"
    database: dict[str, Any] = {"ENGINE": "engagement.core.databases.sqlite3", "NAME": BASE_DIR / name}
    if env.str("DATABASE_URL", default=""):
        database = env.db_url("DATABASE_URL")
        database["ENGINE"] = database["ENGINE"].replace("django.db.backends.", "engagement.core.databases.")
    options = database.setdefault("OPTIONS", {})
    seconds = env.int("DATABASE_TIMEOUT", default=0)
    if database["ENGINE"].endswith("sqlite3"):
        options.setdefault("timeout", seconds or 20)
        options["transaction_mode"] = "IMMEDIATE"
        options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    else:
        database["CONN_HEALTH_CHECKS"] = True
        options.setdefault("connect_timeout", seconds or 2)
        for name, value in {"keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}.items():
            options.setdefault(name, value)
        # Compiling our many short queries takes longer than running them; what is streamed should begin at once; and
        # in 4 MB the beginning of a common word is found only by page, whose rows are then read and thrown away.
        options.setdefault("options", "-c jit=off -c cursor_tuple_fraction=0.001 -c work_mem=32MB")
        pool = env.int("DATABASE_POOL", default=8)
        if pool:
            options["pool"] = {
                "min_size": 1,
                "max_size": pool,
                "timeout": seconds or 2,
                "reconnect_timeout": seconds or 2,
            }
    return database


DATABASES = {"default": _database()}
# How long a page waits for a row that somebody else is writing; a command waits as long as it takes.
DATABASE_LOCK_TIMEOUT = env.float("DATABASE_LOCK_TIMEOUT", default=5.0)
AUTHENTICATION_BACKENDS = ["engagement.accounts.backends.RoleBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Forgets at a restart, and each process has its own, unless a database or Redis is named.
CACHES: dict[str, Any] = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if not CACHES["default"]["BACKEND"].endswith("RedisCache"):  # which has limits of its own
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)

# Pages kept for visitors, and bodies of pages for the secretariat, about 6 kB each; in the same place, or in the
# process, where the oldest make room.
CACHES["pages"] = {**CACHES["default"], "KEY_PREFIX": "pages"}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    CACHES["pages"] |= {"LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1_000}}

# Uploaded files: a folder, or a bucket where one is named; see engagement/core/storage/.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
DOCUMENT_STORAGE = env.str("DOCUMENT_STORAGE", default="").strip()
# Numbers left out at random between two references, so that a gap tells nothing; docs/decisions/reference-numbers.md.
REFERENCE_GAPS = max(0, env.int("REFERENCE_GAPS", default=0))
# From which seniority of a post on names may be published where a participant's rule says so: head, senior or other.
NAMES_PUBLIC_FROM = env.str("NAMES_PUBLIC_FROM", default="senior").strip().lower()
if NAMES_PUBLIC_FROM not in ("head", "senior", "other"):
    raise SystemExit("NAMES_PUBLIC_FROM is none of head, senior and other: correct it in the environment.")
# For how many months each kind of data is kept, where not as in docs/retention.md: "people=60,exports=12".
RETENTION = env.dict("RETENTION", default={})
if wrong := [f"{name}={months}" for name, months in RETENTION.items() if not str(months).lstrip("-").isdecimal()]:
    raise SystemExit(f"RETENTION has {', '.join(wrong)}, which is no number of months: correct it in the environment.")
# Papers of meetings: how large, and of which kinds; see meetings/uploads.py.
DOCUMENT_MAX_MB = env.int("DOCUMENT_MAX_MB", default=25)
_KINDS = "pdf docx xlsx pptx odt ods odp txt csv png jpg jpeg"
DOCUMENT_KINDS = {kind.strip().lower() for kind in env.list("DOCUMENT_KINDS", default=_KINDS.split())}
# Of a file that is sent so much is kept while it is looked at: a document, or a file to import, which may have 50 MB.
UPLOAD_MOST_BYTES = max(DOCUMENT_MAX_MB, 50) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "engagement.core.upload_handlers.BoundedUploadHandler",
]
# One meeting form carries its discussions, positions, parties and participants in one save.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# "example.org" in a web address field means https; Django 6 assumes so by itself, and then this line goes.
FORMS_URLFIELD_ASSUME_HTTPS = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": storage_of(DOCUMENT_STORAGE),
    "staticfiles": {"BACKEND": "engagement.core.css_bundle.SiteStorage"},
}

# --- Who signs in -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Failed attempts to sign in, and how long they count; see engagement/accounts/throttle.py.
SIGN_IN_FAILURES = env.int("SIGN_IN_FAILURES", default=10)
SIGN_IN_MINUTES = env.int("SIGN_IN_MINUTES", default=15)
# A session of staff ends after some hours without use; every other, and the longest, two weeks after signing in.
SESSION_ENGINE = "engagement.accounts.sessions"
SESSION_IDLE_SECONDS = int(env.float("SESSION_IDLE_HOURS", default=12.0) * 3600)
SESSION_COOKIE_AGE = max(14 * 24 * 3600, SESSION_IDLE_SECONDS)
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# --- How it speaks ------------------------------------------------------------------------------------

SITE_NAME = env.str("SITE_NAME", default="Stakeholder engagement")
BODY_NAME = env.str("BODY_NAME", default="Agency for Sample Products" if DEMO else "")
# What the body wears in place of our own mark and green; see engagement/core/branding/.
SITE_LOGO = env.str("SITE_LOGO", default="").strip()
SITE_COLOUR = env.str("SITE_COLOUR", default="").strip()

# Where security researchers turn to; without it there is no /.well-known/security.txt.
# Whom readers may write to, and where the body says what it does with their data: an address for mail or of a page.
CONTACT = env.str("CONTACT", default="secretariat@sample-products.example" if DEMO else "").strip()
PRIVACY_NOTICE = env.str("PRIVACY_NOTICE", default="").strip()
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="").strip()

# --- What it mails -----------------------------------------------------------------------------------

# Where links in e-mails lead.
_HOST = ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
_PORT = env.str("PORT", default="8000") if DEMO else ""
_SITE = f"{'https' if SECURE_HTTPS else 'http'}://{_HOST}{_PORT and f':{_PORT}'}"
SITE_URL = (env.str("SITE_URL", default="").strip() or _SITE).rstrip("/")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="").strip() or f"noreply@{_HOST}"
# "smtp+tls://user:password@host:587". A demonstration keeps what others would send; its people have no mailboxes.
_MAIL = env.email_url("EMAIL_URL", default="dummymail://")
EMAIL_BACKEND = "engagement.reminders.backends.KeptMailBackend" if DEMO else _MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _MAIL["EMAIL_HOST"] or "localhost", _MAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_USER"] or "", _MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_TLS", False), _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _MAIL["EMAIL_FILE_PATH"] or None
EMAIL_TIMEOUT = 30

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Brussels")
# With one language there is nothing to look up, which took an eighth of every page.
USE_I18N = len(LANGUAGES) > 1
USE_TZ = True
FORMAT_MODULE_PATH = "engagement.core.formats"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "engagement.logs.Formatter", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Replaces the handlers of Django's own, which outside DEBUG would mail and not print, or print addresses whole.
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}},
}
