"""Django's settings. Business values never stand here: they are dated rows with a source."""

from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF

from zhifa.config import logs
from zhifa.config.env import Env
from zhifa.config.place import ROOT, VAR

django_stubs_ext.monkeypatch()

ENV = Env.read()
DEBUG = False
SECRET_KEY = ENV.secret_key
ZHIFA_MASTER_KEY = bytes.fromhex(ENV.master_key)
ZHIFA_MODE = ENV.mode
SECOND_FACTOR_REQUIRED = ENV.second_factor  # of whom: registry.policies
OIDC = ENV.oidc  # accounts.oidc: the city's identity provider, empty where there is none
ALLOWED_HOSTS = list(ENV.hosts)
CSRF_FAILURE_VIEW = "zhifa.faces.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = list(ENV.origins)

ROOMS = [
    "zhifa.kernel",
    "zhifa.accounts",
    "zhifa.registry",
    "zhifa.procedure",
    "zhifa.records",
    "zhifa.cases",
    "zhifa.review",
    "zhifa.publicity",
    "zhifa.supervision",
    "zhifa.notifier",
    "zhifa.faces",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "django_filters",
    "axes",
    "csp",
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "zhifa.faces.middleware.SecondProof",
    "zhifa.faces.middleware.LargeType",
    "zhifa.faces.middleware.FreshLists",
    "zhifa.faces.middleware.Refusals",
]
ROOT_URLCONF = "zhifa.faces.urls"
ASGI_APPLICATION = "zhifa.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def _database(role: str, pool: int) -> dict[str, Any]:
    """The same database through one of its four roles (search path and read-only: roles.sql)."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": ENV.database,
        "HOST": ENV.host,
        "PORT": ENV.port,
        "USER": f"zhifa_{role}",
        "PASSWORD": ENV.password[role],
        "OPTIONS": {
            "prepare_threshold": 3,  # kernel.statements
            **({"pool": {"min_size": 1, "max_size": pool, "timeout": 10}} if pool else {}),
        },
    }


DATABASES = {
    "default": _database(ENV.role, ENV.pool),
    "portal": _database("portal", ENV.pool),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = True  # an idle limit, not an absolute one
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENV.https
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.https
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = logs.configure()

LANGUAGE_CODE = "zh-hans"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [("vendor", VAR / "front")] if (VAR / "front").exists() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
VAULT_DIR = VAR / "vault"
KEY_DIR = VAR / "keys"  # seals and their authority
ICON_DIR = VAR / "icons"  # one SVG each, for pages to stand inline
FONT_DIRS = list(ENV.fonts)
DOCS_DIR = ROOT / "docs"
NOTIFY_SINK = ENV.notify
NOTIFY_DIR = VAR / "outbox"
NOTIFY_QUIET = ENV.notify_quiet
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
