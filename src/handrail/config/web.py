"""Settings of the site: who may speak to it, how long sessions last, what browsers are told.

Imported into :mod:`handrail.config.settings`. The one thing read from the environment is the site's own
address; everything that depends on it (hosts, cookies, strict transport) follows from that.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from handrail.domain import ladder
from handrail.domain.messages import Channel
from handrail.domain.refusal import BadFile, Fault
from handrail.exchange import crisis_file as crisis
from handrail.exchange import ladder_file, trial_office
from handrail.exchange.environment import Environment
from handrail.exchange.messages import FolderSender, MailSender, Sender
from handrail.exchange.notify import NotifySender

SERVICE_NAME = "Handrail"  # neutral: it shows on a phone's screen
HERE = Path(__file__).resolve().parent
WEB = HERE.parent / "web"
CHECKOUT = HERE.parents[2]
_environment = Environment(os.environ)
_PLACE = _environment.folder("HANDRAIL_HOME", CHECKOUT / "var")

# Passkeys need a name, so this machine is "localhost", never 127.0.0.1.
ADDRESS = _environment.text("HANDRAIL_ADDRESS").rstrip("/")
ADDRESS = ADDRESS or f"http://localhost:{_environment.text('HANDRAIL_PORT', '8000')}"
LEAVE_TO = _environment.text("HANDRAIL_LEAVE_TO", "https://www.bbc.co.uk/weather")  # a harmless page
MAIL_SERVER = _environment.text("HANDRAIL_MAIL")
_mail_from = _environment.text("HANDRAIL_MAIL_FROM")
_mail_user = _environment.text("HANDRAIL_MAIL_USER")
_mail_password = _environment.secret("HANDRAIL_MAIL_PASSWORD_FILE")
_notify_key = _environment.notify_key("HANDRAIL_NOTIFY_KEY_FILE")
_notify_templates = {
    Channel.TEXT: _environment.text("HANDRAIL_NOTIFY_TEXT_TEMPLATE"),
    Channel.EMAIL: _environment.text("HANDRAIL_NOTIFY_EMAIL_TEMPLATE"),
}
_environment.finish()
_PARTS = urlsplit(ADDRESS)
IS_HTTPS = _PARTS.scheme == "https"
_is_here = (_PARTS.scheme, _PARTS.hostname) == ("http", "localhost")
if not _PARTS.hostname or _PARTS.path or not (IS_HTTPS or _is_here):
    _mend = "Write it like https://trial.example.nhs.uk (http:// is only for localhost)"
    _problem = f"must be the site's address; found {ADDRESS!r}"
    raise BadFile((Fault("environment", 0, "HANDRAIL_ADDRESS", _problem, _mend),))
if not LEAVE_TO.startswith("https://"):
    _problem = f"must be a harmless page of another site; found {LEAVE_TO!r}"
    raise BadFile((Fault("environment", 0, "HANDRAIL_LEAVE_TO", _problem, "Write it with https://"),))

ALLOWED_HOSTS = [_PARTS.hostname, *(["127.0.0.1", "testserver"] if _PARTS.hostname == "localhost" else [])]
CSRF_TRUSTED_ORIGINS = [ADDRESS]
APPEND_SLASH = False  # a redirect would tell which pages exist

SITE_APPS = [
    "handrail.config.apps.SiteNotices",  # django.contrib.messages, by a label that no room has
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

# Access stands before the check of forms: a hidden page answers a bad form as a page that is not there.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "handrail.web.shared.headers.Headers",
    "handrail.web.shared.clock.OneAnswer",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "handrail.web.shared.leaving.Leaving",
    "handrail.web.shared.sessions.SessionLimits",
    "handrail.web.shared.access.ViewerMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "handrail.web.shared.errors.DomainErrors",
    "handrail.web.shared.once.Once",
    "handrail.web.duty.alarm.Alarms",
    "handrail.web.peer.watching.Overdue",
]

FOLDERS = [WEB / name / "templates" for name in ("shared", "entrance", "accounts", "person", "peer")]
FOLDERS += [WEB / name / "templates" for name in ("assessor", "team", "duty", "office", "recipient")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "ours",
        "DIRS": FOLDERS,
        "OPTIONS": {
            "environment": "handrail.web.shared.jinja.environment",
            "context_processors": ["handrail.web.shared.layout.layout"],
        },
    },
    {  # for the sign-in library's own messages only; its pages are replaced by ours
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "library",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "shared" / "static", *([p] if (p := CHECKOUT / "web" / "build").is_dir() else [])]
WHITENOISE_USE_FINDERS = True  # served from where they lie: nothing to collect
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365  # addresses carry the file's hash

# Sessions: seconds idle, seconds in all. People on a phone that others may pick up have the shorter ones: ten
# minutes is part of what makes up for their missing second factor. On a device that they say is their own,
# its lock stands in for that (decision 0059). A late form gives its words back (web/shared/unsent.py).
STAFF_LIMITS = (15 * 60, 12 * 60 * 60)
PERSON_LIMITS = (10 * 60, 2 * 60 * 60)
OWN_DEVICE_LIMITS = (20 * 60 * 60, 7 * 24 * 60 * 60)
SESSION_COOKIE_AGE = OWN_DEVICE_LIMITS[1]  # for every row alike: a row must not tell whose device it was
FRESH_SECONDS = 10 * 60  # since somebody signed in, before all that they wrote is handed out or deleted
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
DEVICE_COOKIE_NAME = "__Host-device" if IS_HTTPS else "device"
CSRF_FAILURE_VIEW = "handrail.web.shared.errors.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health$"]  # asked on this machine, without the proxy
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the browsers' preload list is a decision for a whole domain
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_HTTPS else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        **({"upgrade-insecure-requests": True} if IS_HTTPS else {}),
    }
}

# Rate limits must be shared by every worker, so they live in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "entrance:front"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "handrail.web.entrance.passwords.NotOurWords"},
]
ACCOUNT_ADAPTER = "handrail.web.entrance.adapter.StaffDoor"
MFA_ADAPTER = "handrail.web.entrance.second_factor.SecondFactor"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "handrail.web.entrance.adapter.shown_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; the library insists on the form's shape
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # a new password never skips the second factor
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_FORMS = {
    "login": "handrail.web.entrance.staff_forms.SignIn",
    "reset_password_from_key": "handrail.web.entrance.staff_forms.ChoosePassword",
    "change_password": "handrail.web.entrance.staff_forms.ChangePassword",
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "person_code_asked": "10/m/ip,5/10m/key",
    "person_code_tried": "20/m/ip,10/10m/key",
    "shown_code_tried": "20/m/ip,10/10m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # http://localhost in the demonstration
MFA_TOTP_ISSUER = SERVICE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "handrail.web.entrance.staff_forms.GiveCode",
    "reauthenticate": "handrail.web.entrance.staff_forms.GiveCodeAgain",
    "activate_totp": "handrail.web.entrance.staff_forms.AddApp",
    "add_webauthn": "handrail.web.entrance.staff_forms.AddPasskey",
}

# Who asked at the door is answered by a thread beside the page; in tests, only when a test says so.
ANSWERS_AT_THE_DOOR = not _environment.flag("HANDRAIL_TESTING")

# How messages leave, by channel: by mail once an installation names a mail server
# (HANDRAIL_MAIL=smtp.example.nhs.uk:587, the user in HANDRAIL_MAIL_USER, the password in a file).
# By GOV.UK Notify, each channel that has a template there (HANDRAIL_NOTIFY_KEY_FILE, …_TEXT_TEMPLATE,
# …_EMAIL_TEMPLATE). A demonstration writes to the outbox what has no sender.
_MAIL = urlsplit(f"//{MAIL_SERVER}")
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024**2  # a picture that somebody sends is never written to a disk here
OUTBOX = FolderSender(_PLACE / "outbox")
SENDERS: dict[str, Sender] = {}
if _MAIL.hostname:
    SENDERS["email"] = MailSender(
        _MAIL.hostname,
        _MAIL.port or 587,
        _mail_from or f"no-reply@{_PARTS.hostname}",
        _mail_user,
        _mail_password,
    )

if _notify_key:
    SENDERS |= {
        channel.value: NotifySender(channel, _notify_key, template)
        for channel, template in _notify_templates.items()
        if template
    }

CRISIS_FILE = _PLACE / "crisis.toml" if (_PLACE / "crisis.toml").exists() else HERE / "crisis.toml"
CRISIS_LINES = crisis.read(CRISIS_FILE)

# How soon a worry that nobody has taken up rings on; an installation may say so itself.
_LADDER_FILE = _PLACE / "ladder.toml"
LADDER = ladder_file.read(_LADDER_FILE) if _LADDER_FILE.exists() else ladder.LADDER

# Whom people ask about the trial: the installation's own office, or in a demonstration an invented one.
_OFFICE_FILE = _PLACE / "office.toml"
TRIAL_OFFICE = trial_office.read(_OFFICE_FILE) if _OFFICE_FILE.exists() else None
EXAMPLE_OFFICE = trial_office.read(HERE / "office.toml")

# One line for each thing that happened, never a value: no addresses of people, no forms, no messages of
# exceptions (they quote what was typed).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "handrail.config.logs.WithoutValues"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "handrail": {"level": "INFO"},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
