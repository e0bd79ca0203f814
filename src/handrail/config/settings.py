"""Settings: the only place that reads the environment. Missing or odd values stop with advice."""

from __future__ import annotations

import os
from pathlib import Path

from handrail.config import databases
from handrail.config.keys import KeyPlace
from handrail.config.web import *  # noqa: F403  (the site's own settings)
from handrail.config.web import SITE_APPS
from handrail.exchange import protocol_file
from handrail.exchange.environment import Environment

ROOT = Path(__file__).resolve().parents[3]
_environment = Environment(os.environ)
PLACE = _environment.folder("HANDRAIL_HOME", ROOT / "var")  # database, keys, files of this installation
IS_TESTING = _environment.flag("HANDRAIL_TESTING")  # keys that are good for nothing but tests

# The protocol in force: named, or this installation's own, or the CORE trial's that ships with the package.
_OWN_PROTOCOL = PLACE / "protocol.toml"
SHIPPED_PROTOCOL = Path(__file__).resolve().parents[1] / "protocols" / "core.toml"
PROTOCOL_FILE = _environment.file(
    "HANDRAIL_PROTOCOL", _OWN_PROTOCOL if _OWN_PROTOCOL.exists() else SHIPPED_PROTOCOL
)

# Keys, outside the database. The ledger's heads may be kept on another disk; so may backups.
MASTER_KEY_FILE = _environment.file("HANDRAIL_MASTER_KEY_FILE", PLACE / "keys" / "master.key")
ANCHOR_FOLDER = _environment.folder("HANDRAIL_ANCHORS", PLACE / "anchor")
BACKUP_FOLDER = _environment.folder("HANDRAIL_BACKUPS", PLACE / "backups")
STATISTICIAN_KEY_FILE = PLACE / "statistician-key.txt"  # the public half: whom a lock's arms are sealed to
_server = _environment.postgresql(
    "HANDRAIL_DATABASE_URL", password=_environment.secret("HANDRAIL_DATABASE_PASSWORD_FILE")
)
_environment.finish()

PROTOCOL = protocol_file.load(PROTOCOL_FILE)
KEYS = KeyPlace(MASTER_KEY_FILE, is_testing=IS_TESTING)
SECRET_KEY = KEYS.secret_key()
DATABASES = {
    "default": databases.postgresql(_server) if _server else databases.sqlite(PLACE / "handrail.sqlite3")
}
DEBUG = False
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
    "visit",
    "supervision",
    "sharing",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    *SITE_APPS,
    *[f"handrail.records.{room}" for room in ROOMS],
    "handrail.commands",  # for its management commands
    "handrail.config",
]
