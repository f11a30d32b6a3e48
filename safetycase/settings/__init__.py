"""Settings of every process; SITE in the environment says which it is."""

from __future__ import annotations

import os
from pathlib import Path

from safetycase.home import home_folder, secret
from safetycase.settings.databases import databases
from safetycase.settings.given import given
from safetycase.settings.production import is_production, refuse_unless_complete
from safetycase.settings.sites import Site, site_settings

BASE_DIR = Path(__file__).resolve().parents[2]
HOME = home_folder()

_site = Site(os.environ.get("SITE") or Site.OWNER)
refuse_unless_complete(_site)
PRODUCTION = is_production()
_own = site_settings(_site)
SITE, SIDE, ROOT_URLCONF = _own["SITE"], _own["SIDE"], _own["ROOT_URLCONF"]
SESSION_ENGINE, SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    _own["SESSION_ENGINE"],
    _own["SESSION_COOKIE_NAME"],
    _own["CSRF_COOKIE_NAME"],
)
ALLOWED_HOSTS, OTHER_SITE_HOST, CACHES = _own["ALLOWED_HOSTS"], _own["OTHER_SITE_HOST"], _own["CACHES"]
DATABASES = databases(_site, HOME)

DEBUG = False
SECRET_KEY = given("SAFETYCASE_SECRET_KEY") or secret(HOME, f"key_{SIDE}")
DEMO = os.environ.get("SAFETYCASE_DEMO") == "1"  # set by the demo command alone, which listens on loopback alone
SWEEP_SECONDS = 30
STREAM_HEARTBEAT = float(os.environ.get("SAFETYCASE_STREAM_HEARTBEAT") or 15)  # seconds; below a proxy's patience
MIN_FREE_MB = int(os.environ.get("SAFETYCASE_MIN_FREE_MB") or 500)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "pgtrigger",
    "prose",
    "cases",
    "pathways",
    "evidence",
    "review",
    "safetycase",
]
MIDDLEWARE = [
    "safetycase.middleware.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "safetycase.middleware.StaticFilesMiddleware",
    "safetycase.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ASGI_APPLICATION = "safetycase.asgi.application"
WSGI_APPLICATION = "safetycase.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ, TIME_ZONE, USE_I18N, LANGUAGE_CODE = True, "UTC", False, "en"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = os.environ.get("SAFETYCASE_STATIC_ROOT") or None
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = False

# Accounts
AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = ["cases.accounts.backend.SideBackend"]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
LOGIN_URL, LOGIN_REDIRECT_URL = "/accounts/login/", "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"] = {"user_attributes": ("email", "name")}  # type: ignore[assignment]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
ACCOUNT_ADAPTER = "cases.accounts.adapter.SideAdapter"
ACCOUNT_FORMS = {
    "reset_password": "cases.accounts.forms.SideResetPasswordForm",
    "user_token": "cases.accounts.forms.SideUserTokenForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_EMAIL_VERIFICATION = "none"
# allauth's own would write into its table of addresses, which no site may.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL

# Cookies and transport
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would be sent to both sites
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 12 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_SSL_REDIRECT = False  # the proxy's work; HostMiddleware refuses what did not come over HTTPS
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SAFETYCASE_PROXIES") or 1) if PRODUCTION else 0
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer, browsers would send no Origin that the CSRF check accepts
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
# X-Frame-Options is HeadersMiddleware's; redirecting is the proxy's; other names of the same domain are not ours to speak for.
# guardian's backend would be a second way to ask who may.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W008", "security.W005", "security.W021", "guardian.W001"]

EMAIL_HOST = os.environ.get("SAFETYCASE_EMAIL_HOST") or "localhost"
EMAIL_BACKEND = os.environ.get("SAFETYCASE_EMAIL_BACKEND") or (
    f"django.core.mail.backends.{'smtp' if os.environ.get('SAFETYCASE_EMAIL_HOST') else 'console'}.EmailBackend"
)
EMAIL_PORT = int(os.environ.get("SAFETYCASE_EMAIL_PORT") or 587)
EMAIL_USE_TLS = os.environ.get("SAFETYCASE_EMAIL_STARTTLS") != "0"
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = os.environ.get("SAFETYCASE_EMAIL_USER", ""), given("SAFETYCASE_EMAIL_PASSWORD")
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = os.environ.get("SAFETYCASE_FROM_EMAIL") or "safetycase@localhost"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A document that is imported stays in memory: its words come to the database and nowhere else on the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = (21 if _site is Site.WORKSHOP else 1) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000 if _site is Site.WORKSHOP else 1000  # one choice for each part of a document

# Jobs: a message only wakes the worker, so the folder broker of a one-machine installation may lose one.
CELERY_BROKER_URL = given("REDIS_URL") or "filesystem://"
if CELERY_BROKER_URL == "filesystem://":
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(HOME / "broker" / "queue"),
        "data_folder_out": str(HOME / "broker" / "queue"),
        "processed_folder": str(HOME / "broker" / "done"),
        "control_folder": str(HOME / "broker" / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None  # there are none, so nothing is to be cleaned up daily
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "review.tasks.sweep_releases", "schedule": SWEEP_SECONDS}}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "review.api.negotiation.JsonOnly",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "review.api.answers.answer_to",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Safetycase",
    "DESCRIPTION": "The same cases and editions as on the pages, for programs. Sign in as for the pages; see docs/api.md.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api",
    "SCHEMA_PATH_PREFIX_INSERT": "",
    "PATH_CONVERTER_OVERRIDES": {"part": {"type": "string", "pattern": "^[a-z]+(/[A-Z]-[2-9A-HJ-NP-Z]{3,5})?$"}},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # what nobody found is nobody's business
}
