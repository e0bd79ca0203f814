"""What follows from the site's own address: cookies, strict transport, hosts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.operating import surroundings

ASK = """
import json
from handrail.config import web
names = ["ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME",
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", "ALLAUTH_TRUSTED_PROXY_COUNT", "ANSWERS_AT_THE_DOOR"]
print(json.dumps({name: getattr(web, name) for name in names}))
"""


def settings_at(address: str, home: Path) -> subprocess.CompletedProcess[str]:
    """The site's settings in a process of its own."""
    words = [sys.executable, "-c", ASK]
    around = surroundings(home, {"HANDRAIL_ADDRESS": address})
    return subprocess.run(words, env=around, capture_output=True, text=True, check=False)


def test_at_a_real_address_cookies_and_transport_are_strict(tmp_path: Path) -> None:
    found = json.loads(settings_at("https://trial.example.nhs.uk", tmp_path).stdout)
    assert found == {
        "ALLOWED_HOSTS": ["trial.example.nhs.uk"],
        "CSRF_TRUSTED_ORIGINS": ["https://trial.example.nhs.uk"],
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_SSL_REDIRECT": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "ANSWERS_AT_THE_DOOR": True,
    }


def test_on_this_machine_it_is_localhost_by_name_because_passkeys_need_one(tmp_path: Path) -> None:
    found = json.loads(settings_at("", tmp_path).stdout)
    assert found["CSRF_TRUSTED_ORIGINS"] == ["http://localhost:8000"]
    assert found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is True
    assert found["SESSION_COOKIE_NAME"] == "session"


@pytest.mark.parametrize(
    "address", ["http://trial.example.nhs.uk", "trial.example.nhs.uk", "https://x.nhs.uk/path"]
)
def test_an_odd_address_stops_with_advice(tmp_path: Path, address: str) -> None:
    done = settings_at(address, tmp_path)
    assert done.returncode != 0
    assert "HANDRAIL_ADDRESS" in done.stderr
    assert "https://trial.example.nhs.uk" in done.stderr
