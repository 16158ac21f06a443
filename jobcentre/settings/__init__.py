"""Settings of the site. What comes from outside is read through `environment`, once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from jobcentre.settings import services, strength
from jobcentre.settings.environment import BASE_DIR, Environment

env = Environment()
VAR = BASE_DIR / "var"
if not env.is_production:
    # WhiteNoise warns of a missing folder; only production fills it.
    (VAR / "static").mkdir(parents=True, exist_ok=True)

APP_MODE = env.mode
DEMO_MODE = env.mode == "demo"

# --- secrets and hosts ---------------------------------------------------------------------------
SECRET_KEY = env.read("SECRET_KEY") or "only-for-tests-" + "q7w3e9r1t5y2u8i4o6p0" * 3
if env.is_production:
    strength.check_secret(SECRET_KEY)
ALLOWED_HOSTS = env.read_list("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]", "testserver"]
if env.is_production:
    strength.check_hosts(ALLOWED_HOSTS)
DEBUG = env.read_flag("DEBUG_ERRORS")
if env.is_production and DEBUG:
    raise ImproperlyConfigured("DEBUG_ERRORS must be off in production.")
BASE_URL = env.read("BASE_URL").rstrip("/")
if env.is_production and not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("BASE_URL must start with https:// in production.")

# --- the municipality ----------------------------------------------------------------------------
MUNICIPALITY_NAME = env.read("MUNICIPALITY_NAME")
MUNICIPALITY_ACCENT = env.read("MUNICIPALITY_ACCENT")
strength.check_accent(MUNICIPALITY_ACCENT)

# --- retention -----------------------------------------------------------------------------------
# Days until a visit that belongs to no case loses its names.
VISIT_NAME_DAYS = env.read_number("VISIT_NAME_DAYS")
# Days during which a merge of two registrations can be undone; then the former values go.
MERGE_UNDO_DAYS = env.read_number("MERGE_UNDO_DAYS")

# --- the first day -------------------------------------------------------------------------------
# Cases that began before the application was used are not asked for their first day: what was done
# then stands elsewhere. The demo tells the first days of its last four months.
DEMO_FIRST_DAYS = 120
FIRST_DAY_SINCE = env.read_day("FIRST_DAY_SINCE")
if FIRST_DAY_SINCE is None and APP_MODE == "demo":
    FIRST_DAY_SINCE = datetime.now(UTC).date() - timedelta(days=DEMO_FIRST_DAYS)

# --- applications --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "jobcentre.ui",
    "jobcentre.audit",
    "jobcentre.accounts",
    "jobcentre.notices",
    "jobcentre.casework",
    "intake",
    "activityplans",
    "employers",
    "referrals",
    "reporting",
    "jobcentre.demo",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jobcentre.audit.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jobcentre.accounts.middleware.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jobcentre.casework.middleware.AccessMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "jobcentre.urls"
WSGI_APPLICATION = "jobcentre.wsgi.application"

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
                "csp.context_processors.nonce",
                "jobcentre.shell.shell",
            ],
            "builtins": ["jobcentre.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    },
]
FORM_RENDERER = "jobcentre.ui.renderers.PlainFirst"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
INSTALLED_APPS.insert(0, "django.forms")

# --- database, cache, sessions -------------------------------------------------------------------
DATABASES = {"default": services.database(env.read("DATABASE_URL"), VAR)}
IS_POSTGRESQL = DATABASES["default"]["ENGINE"].endswith("postgresql")
if env.is_production and not IS_POSTGRESQL:
    raise ImproperlyConfigured("DATABASE_URL must be a PostgreSQL address in production.")
REDIS_URL = env.read("REDIS_URL")
if env.is_production:
    strength.check_address("DATABASE_URL", env.read("DATABASE_URL"), ("postgresql", "postgres"))
    strength.check_address("REDIS_URL", REDIS_URL, ("redis", "rediss"))
    strength.check_placeholders("EMAIL_URL", env.read("EMAIL_URL"))
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
SESSION_ENGINE = (
    "django.contrib.sessions.backends.cached_db"
    if REDIS_URL
    else "django.contrib.sessions.backends.db"
)
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 30 * 60
CSRF_FAILURE_VIEW = "jobcentre.ui.views.csrf_failure"

# --- accounts ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "jobcentre.accounts.backends.MembershipBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if APP_MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "accounts:login"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# What the login form calls the address; by default axes looks for "email", finds nothing, counts
# everybody as one and lets the right password through however often a wrong one was tried.
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_ENABLED = APP_MODE != "test"

# --- language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
FORMAT_MODULE_PATH = ["jobcentre.ui.locale_formats"]

# --- files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if env.is_production
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not env.is_production
MEDIA_ROOT = Path(env.read("MEDIA_ROOT") or VAR / "media")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DOCUMENT_MAX_BYTES = 10 * 1024 * 1024

# --- the tablet at the door ----------------------------------------------------------------------
# No answer comes sooner, so that its speed does not tell whether the visitor is known.
CHECK_IN_SECONDS = 0.0 if APP_MODE == "test" else 0.8

# --- security ------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.is_production:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [BASE_URL]
TRUSTED_PROXIES = env.read_number("TRUSTED_PROXIES")
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- mail and tasks ------------------------------------------------------------------------------
globals().update(services.mail(env.read("EMAIL_URL"), VAR))
DEFAULT_FROM_EMAIL = env.read("EMAIL_FROM")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
globals().update(services.broker(REDIS_URL, VAR))
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
# Each meeting once; hourly for what is booked the same day, and never at night.
REMINDING_HOURS = "9-20"
CELERY_BEAT_SCHEDULE = {
    "round-of-outreach": {
        "task": "intake.youth.tasks.round_of_outreach",
        "schedule": crontab(hour=4, minute=50),
    },
    "remove-old-outreach": {
        "task": "intake.youth.tasks.remove_old_entries",
        "schedule": crontab(hour=3, minute=40),
    },
    "run-waiting-extracts": {
        "task": "intake.youth.tasks.run_waiting_extracts",
        "schedule": 20.0,
    },
    "send-outbox": {"task": "jobcentre.notices.tasks.send_outbox", "schedule": 20.0},
    "follow-districts": {
        "task": "jobcentre.casework.tasks.follow_districts",
        "schedule": crontab(hour=4, minute=45),
    },
    "recount-recent-clocks": {
        "task": "jobcentre.casework.tasks.recount_recent_clocks",
        "schedule": crontab(hour=4, minute=55),
    },
    "round-of-clocks": {
        "task": "jobcentre.casework.tasks.round_of_clocks",
        "schedule": crontab(hour=5, minute=10),
    },
    "end-visits-left-over": {
        "task": "intake.tasks.end_visits_left_over",
        "schedule": crontab(hour=0, minute=20),
    },
    "make-visits-nameless": {
        "task": "intake.tasks.make_visits_nameless",
        "schedule": crontab(hour=1, minute=20),
    },
    "remove-old-drafts": {
        "task": "jobcentre.casework.tasks.remove_old_drafts",
        "schedule": crontab(hour=4, minute=40),
    },
    "warn-of-late-referrals": {
        "task": "intake.tasks.warn_of_late_referrals",
        "schedule": crontab(hour=5, minute=30),
    },
    "remind-of-first-days": {
        "task": "intake.tasks.remind_of_first_days",
        "schedule": crontab(hour=5, minute=40),
    },
    "remind-of-meetings": {
        "task": "jobcentre.casework.tasks.remind_of_meetings",
        "schedule": crontab(hour=REMINDING_HOURS, minute=0),
    },
    "tell-of-loans": {
        "task": "jobcentre.casework.tasks.tell_of_loans",
        "schedule": crontab(hour=5, minute=50),
    },
    "follow-all-schedules": {
        "task": "activityplans.tasks.follow_all_schedules",
        "schedule": crontab(hour=4, minute=20),
    },
    "remind-of-group-meetings": {
        "task": "intake.tasks.remind_of_group_meetings",
        "schedule": crontab(hour=REMINDING_HOURS, minute=10),
    },
    "settle-old-merges": {
        "task": "jobcentre.casework.tasks.settle_old_merges",
        "schedule": crontab(hour=4, minute=50),
    },
    "run-lists": {"task": "intake.lists.tasks.run_waiting_lists", "schedule": 20.0},
    "forget-old-lists": {
        "task": "intake.lists.tasks.forget_old_lists",
        "schedule": crontab(hour=1, minute=40),
    },
    "tell-of-agreements": {
        "task": "referrals.tasks.tell_of_agreements",
        "schedule": crontab(hour=5, minute=20),
    },
    "tell-of-unmanned-providers": {
        "task": "referrals.tasks.tell_of_unmanned",
        "schedule": crontab(hour=5, minute=25),
    },
    "remind-of-attendance": {
        "task": "referrals.tasks.remind_of_attendance",
        "schedule": crontab(hour=5, minute=30),
    },
    "keep-ledger": {"task": "referrals.tasks.keep_ledger", "schedule": crontab(hour=5, minute=40)},
    "run-report-jobs": {"task": "reporting.tasks.run_waiting_jobs", "schedule": 20.0},
}

# --- logging: never values of persons ------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso"),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["console"],
        "level": env.read_choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "ERROR"},
    },
}
if APP_MODE == "test":
    LOGGING["root"]["level"] = "ERROR"
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    MEDIA_ROOT = VAR / "test-media"
SILENCED_SYSTEM_CHECKS = []
# The password of the made-up users of a demo; they exist only there.
DEMO_PASSWORD = "prova-en-ingang" if DEMO_MODE else ""
