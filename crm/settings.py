"""Settings of the office. What may be changed from outside is read in `crm.env` and listed in the README."""

import hashlib

from django.utils.translation import gettext_lazy as _

from crm.env import (
    BASE_DIR,
    VAR,
    address,
    choice,
    database,
    env,
    flag,
    hosts,
    mail,
    origins,
    read,
    secret_key,
    sender,
    storage,
    time_zone,
)

DEBUG = flag("DEBUG", "Write 1 on a developer's machine, else leave it out.")
DEMO = flag("DEMO", "Write 1 only for a demo office.")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = hosts()
CSRF_TRUSTED_ORIGINS = origins()
HTTPS = flag("HTTPS", "Write 1 when the office is reached by https.")
#: How many proxies of ours stand before the office; only so many entries of X-Forwarded-For are believed.
PROXIES = read("PROXIES", 0, "int", "Write how many proxies stand before the office: 0, 1, …")
OFFICE_NAME = env.str("OFFICE_NAME", default="Desk")
OFFICE_COUNTRY = env.str("OFFICE_COUNTRY", default="BG")

INSTALLED_APPS = [
    "crm.apps.CrmConfig",
    "desk",
    "trail",
    "staff",
    "files",
    "characteristics",
    "counterparties",
    "rights",
    "exchange",
    "portal",
    "crm.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "crispy_forms",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "desk.pages.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "desk.pages.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "desk.pages.no_store.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "staff.pages.language.LanguageMiddleware",
    "desk.pages.requests.AddressMiddleware",
    "desk.pages.requests.MethodMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "trail.pages.middleware.TrailMiddleware",
    "rights.pages.middleware.RightsMiddleware",
    "rights.pages.middleware.LookingMiddleware",
    "portal.pages.gate.GateMiddleware",
]

ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"

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
                "django.template.context_processors.i18n",
                "desk.pages.shell.context",
            ],
            "builtins": ["desk.templatetags.desk", "crispy_forms.templatetags.crispy_forms_filters"],
        },
    }
]
FORM_RENDERER = "desk.pages.renderer.Renderer"

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["staff.domain.entering.NameOrEmail"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "staff.pages.account.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Wrong passwords are counted by staff.domain.tries, which can say when to try again.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
SESSION_COOKIE_AGE = 14 * 24 * 3600

LANGUAGE_CODE = choice("LANGUAGE_CODE", "en", ["en", "bg", "ru"])
LANGUAGES = [("en", _("English")), ("bg", _("Bulgarian")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["formats"]
TIME_ZONE = time_zone()
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR / "media"))
STORAGES = {
    "default": storage(),
    "staticfiles": {"BACKEND": "crm.static.Storage"},
}
WHITENOISE_MAX_AGE = 31536000 if not DEBUG else 0
MAX_UPLOAD_MB = read("MAX_UPLOAD_MB", 20, "int", "Write a whole number of megabytes, for example 20.")
#: A sheet of more rows is made while nobody waits for it.
LARGE_SHEET_ROWS = read("LARGE_SHEET_ROWS", 10_000, "int", "Write a whole number of rows, for example 10000.")
#: For so many days the file of a job can be fetched.
KEEP_JOB_FILES_DAYS = read("KEEP_JOB_FILES_DAYS", 7, "int", "Write a whole number of days, for example 7.")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o640

CACHES = {
    "default": read(
        "CACHE_URL", f"filecache://{VAR / 'cache'}", "cache_url", "Write redis://host:6379/0 or filecache:///path."
    )
}
if isinstance(CACHES["default"], str):
    CACHES["default"] = env.cache_url_config(CACHES["default"])
# Two offices that share a cache must never read each other's counts, nor count each other's tries to log in.
OFFICE = "{HOST}:{PORT}/{NAME}".format(**{"HOST": "", "PORT": "", **DATABASES["default"]})
CACHES["default"].setdefault("KEY_PREFIX", hashlib.sha256(OFFICE.encode()).hexdigest()[:12])
SENDS_MAIL, EMAIL = mail()
vars().update(EMAIL)
#: What letters lead to, and whom they come from.
OFFICE_URL = address(SENDS_MAIL)
DEFAULT_FROM_EMAIL = sender(OFFICE_NAME, OFFICE_URL)

CRISPY_TEMPLATE_PACK = "desk"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("desk",)
CRISPY_FAIL_SILENTLY = False
# Rows of history are asked for by their record or their operation, never by their moment alone.
SIMPLE_HISTORY_DATE_INDEX = False
SIMPLE_HISTORY_ENABLED = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "desk.pages.errors.csrf_failed"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if PROXIES > 0:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"about": {"()": "desk.pages.log.AboutRequest"}},
    "formatters": {
        "line": {
            "()": "desk.pages.log.OneLine",
            "format": "%(asctime)s %(levelname)s %(name)s [%(number)s user=%(user)s %(address)s] %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["about"]}},
    "root": {"handlers": ["stderr"], "level": "INFO" if DEBUG else "WARNING"},
    # Django's own handlers would write the same lines a second time, and mail traces about.
    "loggers": {"django": {"handlers": [], "level": "INFO"}, "django.server": {"handlers": [], "propagate": True}},
}
