"""What every test stands on: a throwaway installation, a shut network, and Django only where it is wanted.

Set before Django loads: a temporary ``HANDRAIL_HOME``, keys that are good for nothing but tests, and, for
the PostgreSQL run, ``HANDRAIL_TEST_DATABASE_URL`` handed on to the settings. A run of ``tests/rules``
alone never loads Django at all.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import network

if TYPE_CHECKING:
    from tests.river import River

HERE = Path(__file__).resolve().parent
PURE = ("rules",)  # folders whose tests need no Django
WITH_A_BROWSER = ("browser",)
MADE_ONCE = ('scope="module"', "\n@cache")  # how a file says that its tests share what is dear to make
WITHOUT_A_DATABASE = ("rules", "analysis", "exchange", "reports", "house")

# Rubbish is looked for less often: tests make much and end soon. An eighth of the processor's time is saved.
gc.set_threshold(100_000, 50, 50)

if "PYTEST_XDIST_WORKER" in os.environ:  # a folder inside that of the process which started this one
    _home = tempfile.mkdtemp(dir=os.environ["HANDRAIL_HOME"])
else:
    _home = tempfile.mkdtemp(prefix="handrail-tests-")
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["HANDRAIL_HOME"] = _home
os.environ["HANDRAIL_SECRET_KEY"] = "for-tests-only-" + "0" * 40
os.environ["HANDRAIL_TESTING"] = "true"
os.environ.pop("HANDRAIL_DATABASE_URL", None)
if os.environ.get("HANDRAIL_TEST_DATABASE_URL"):
    os.environ["HANDRAIL_DATABASE_URL"] = os.environ["HANDRAIL_TEST_DATABASE_URL"]

network.shut()


def _is_pure(arguments: list[str]) -> bool:
    """Whether every path asked for lies in a folder that needs no Django."""
    paths = [Path(word.split("::")[0]).resolve() for word in arguments]
    return bool(paths) and all(any((HERE / name) in (path, *path.parents) for name in PURE) for path in paths)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Load Django's settings, as tests need them, before pytest-django sets Django up."""
    if _is_pure(config.args):
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite_in_turn"):
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"  # else a file each
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser by its folder, and leave out what this machine or database cannot show."""
    for item in items:
        folder = Path(item.path).relative_to(HERE).parts[0]
        if folder in WITHOUT_A_DATABASE:
            item.add_marker(pytest.mark.no_database)
        if folder in WITH_A_BROWSER:
            item.add_marker(pytest.mark.browser)
            if not (shutil.which("chromium") or shutil.which("chromium-headless-shell")):
                item.add_marker(pytest.mark.skip(reason="chromium is not on PATH"))
        if item.get_closest_marker("postgres") and not os.environ.get("HANDRAIL_TEST_DATABASE_URL"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: set HANDRAIL_TEST_DATABASE_URL"))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@cache
def _makes_something_once(file: str) -> bool:
    """Whether a file of tests says that it makes something once for all of them."""
    text = (HERE.parent / file).read_text(encoding="utf-8")
    return any(words in text for words in MADE_ONCE)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each test to whichever worker is free, but those that share what is dear to make to one worker.

    So all stories go to one browser, which judges no page twice, and a file to one worker where something
    is made once for the file. Marks of groups would say the same; with this pytest and this xdist they are
    not heard.
    """
    if config.getvalue("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class DearOnce(LoadScopeScheduling):  # type: ignore[misc]  # untyped
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::")[0]
            if file.startswith(tuple(f"tests/{folder}/" for folder in WITH_A_BROWSER)):
                return "the stories"  # the largest of all: so it is handed out first
            return file if _makes_something_once(file) else nodeid

    return DearOnce(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """While stories are told Playwright's event loop runs in this process, and would stop the ORM."""
    if item.get_closest_marker("browser"):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    else:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture(scope="session")
def installation() -> Path:
    """The folder of this run's throwaway installation."""
    return Path(_home)


@pytest.fixture
def noon() -> datetime:
    """A moment to act at: noon on a winter's day, when London and UTC agree."""
    return datetime(2026, 2, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def river(db: None) -> River:
    """A trial under way: a synthetic installation with its allocation list made, and short."""
    from tests.river import River, core, with_short_lists  # not before Django is set up

    made = River(with_short_lists(core()))
    made.set_up()
    made.make_list()
    return made
