"""Settings: the only place that reads the environment. Missing or odd values stop with advice."""

from __future__ import annotations

import os
from pathlib import Path

from handrail.exchange import protocol_file

ROOT = Path(__file__).resolve().parents[3]
PLACE = Path(os.environ.get("HANDRAIL_HOME", str(ROOT / "var")))  # database, keys, files of this installation

# The protocol in force: named, or this installation's own, or the CORE trial's that ships with the package.
_OWN_PROTOCOL = PLACE / "protocol.toml"
_SHIPPED_PROTOCOL = Path(__file__).resolve().parents[1] / "protocols" / "core.toml"
PROTOCOL_FILE = Path(
    os.environ.get("HANDRAIL_PROTOCOL") or (_OWN_PROTOCOL if _OWN_PROTOCOL.exists() else _SHIPPED_PROTOCOL)
)
PROTOCOL = protocol_file.load(PROTOCOL_FILE)

SECRET_KEY = os.environ.get("HANDRAIL_SECRET_KEY", "for-tests-only")
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
ROOT_URLCONF = "handrail.config.urls"
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "audit",
    "accounts",
    "people",
    "referral",
    "consent",
    "enrolment",
    "followup",
    "acutecare",
    "safety",
    "conduct",
    "messages",
    "allocation",
    "support",
    "workbook",
    "post",
    "concern",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    *[f"handrail.records.{room}" for room in ROOMS],
    "handrail.config",
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(PLACE / "handrail.sqlite3"),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; "
                "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON"
            ),
        },
    }
}
