"""Each forbidden thing, planted in a copy of the checkout, is caught by the check that stands against it.

The same check finds nothing in the copy before the fault is planted, so it cannot be caught by accident.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from tests.house import (
    test_clock_and_dice,
    test_imports,
    test_ledger,
    test_names,
    test_shipped_files,
    test_sizes,
    test_templates,
    test_tests,
)
from tests.house.test_contracts import broken_contracts
from tests.house.tree import PACKAGE, ROOT, Tree

pytestmark = pytest.mark.slow

FIELD = "\n    planted = models.ForeignKey({to}, on_delete=models.PROTECT, {more})\n"
CLASSED = (
    '\n    planted = models.CharField(max_length=9)\n    classes = {"planted": {FieldClass.IDENTIFYING}}\n'
)
MODEL = "\n\nclass Planted(models.Model):\n"
REVEALING = CLASSED.replace("IDENTIFYING", "ARM_REVEALING")
ALL_TRIAL = '    classes = {"id": {FieldClass.TRIAL}, "planted": {FieldClass.TRIAL}}\n'
Check = Callable[[Path], list[str]]


@dataclass(frozen=True)
class Plant:
    """A forbidden thing: what is added to which file, which check must catch it, and what it must say."""

    title: str
    place: str
    text: str
    check: Check
    says: str


@lru_cache
def live(name: str) -> Check:
    """A check that asks a running Django, in a process whose package is the copy."""

    def ask(root: Path) -> list[str]:
        path = os.pathsep.join([str(root / "src"), str(ROOT)])
        known = {**os.environ, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "handrail.config.settings"}
        words = [sys.executable, "-m", "tests.house.live", name]
        asked = subprocess.run(words, cwd=root, env=known, capture_output=True, text=True, check=False)
        assert "Traceback" not in asked.stderr, asked.stderr
        return asked.stdout.splitlines()

    return ask


@lru_cache
def made(name: str) -> Check:
    """A check of what is made from the code, in a process whose package is the copy."""

    def ask(root: Path) -> list[str]:
        known = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(ROOT)])}
        words = [sys.executable, "-m", f"tools.{name}"]
        asked = subprocess.run(words, cwd=root, env=known, capture_output=True, text=True, check=False)
        assert "Traceback" not in asked.stderr, asked.stderr
        return asked.stdout.splitlines()

    return ask


@lru_cache
def contract(id_: str) -> Check:
    """A check by one import contract."""
    return lambda root: broken_contracts(root, id_).splitlines()


@lru_cache
def static(faults: Callable[[Tree], list[str]]) -> Check:
    """A check that reads the files."""
    return lambda root: faults(Tree(root))


ROOM = f"{PACKAGE}/records"
PLANTS = (
    Plant(
        "a string foreign key into the sealed wing",
        f"{ROOM}/followup/models.py",
        MODEL + FIELD.format(to='"allocation.Draw"', more='related_name="+"') + ALL_TRIAL,
        live("models"),
        "followup.Planted.planted: a relation uphill, to allocation",
    ),
    Plant(
        "a field that nobody classified",
        f"{ROOM}/referral/models.py",
        MODEL + '    classes = {"id": {FieldClass.TRIAL}}\n    planted = models.CharField(max_length=9)\n',
        live("models"),
        "referral.Planted.planted: unclassified",
    ),
    Plant(
        "an identifying field outside people",
        f"{ROOM}/conduct/models.py",
        MODEL + CLASSED,
        live("models"),
        "conduct.Planted.planted: identifying, outside people and workbook",
    ),
    Plant(
        "an arm-revealing field outside the sealed wing",
        f"{ROOM}/followup/models.py",
        MODEL + REVEALING,
        live("models"),
        "followup.Planted.planted: arm-revealing, outside the sealed wing",
    ),
    Plant(
        "a reverse relation out of a sealed room",
        f"{ROOM}/support/models.py",
        MODEL + FIELD.format(to='"enrolment.TrialEntry"', more='related_name="plants"') + ALL_TRIAL,
        live("models"),
        "support.Planted.planted: a back door into a sealed room",
    ),
    Plant(
        "a page without an audience",
        f"{PACKAGE}/config/urls.py",
        "\n\nfrom django.urls import path\nurlpatterns = [*urlpatterns, path('planted', print)]\n",
        live("pages"),
        "planted: no audience",
    ),
    Plant(
        "a clock in a rule",
        f"{PACKAGE}/domain/planted.py",
        "from datetime import date\n\n\ndef due() -> date:\n    return date.today()\n",
        static(test_clock_and_dice.reads),
        "domain/planted.py line 5: today",
    ),
    Plant(
        "dice in the analysis",
        f"{PACKAGE}/analysis/planted.py",
        "import numpy as np\n\nDICE = np.random.default_rng()\n",
        static(test_clock_and_dice.reads),
        "analysis/planted.py line 3: random",
    ),
    Plant(
        "a model imported by a page",
        f"{PACKAGE}/web/shared/planted.py",
        "from handrail.records.people.models import Person\n\nPEOPLE = Person\n",
        contract("models-behind-the-door"),
        "handrail.web.shared.planted",
    ),
    Plant(
        "a masked page that reaches the sealed wing through the shared layout",
        f"{PACKAGE}/web/assessor/planted.py",
        "from handrail.web.shared import planted_layout\n\nLAYOUT = planted_layout\n",
        contract("masking"),
        "handrail.web.shared.planted_layout -> handrail.journey.enrol",
    ),
    Plant(
        "an import of the sealed wing hidden in a function of a masked journey",
        f"{PACKAGE}/journey/follow.py",
        "\n\ndef planted():\n    from handrail.records.support import facts\n\n    return facts\n",
        contract("masking"),
        "handrail.journey.follow -> handrail.records.support",
    ),
    Plant(
        "a room that looks up",
        f"{ROOM}/people/facts.py",
        "\n\ndef planted():\n    from handrail.records.consent import facts as later\n\n    return later\n",
        contract("rooms"),
        "handrail.records.people",
    ),
    Plant(
        "an installed package in a rule",
        f"{PACKAGE}/domain/planted.py",
        "import pydantic\n\nMODEL = pydantic\n",
        static(test_imports.foreign_imports),
        "domain/planted.py: pydantic",
    ),
    Plant(
        "Django in the reports",
        f"{PACKAGE}/reports/planted.py",
        "from django.utils import html\n\nHTML = html\n",
        contract("pure"),
        "handrail.reports.planted",
    ),
    Plant(
        "a heavy library on the way of a page",
        f"{PACKAGE}/web/shared/planted.py",
        "import scipy\n\nHEAVY = scipy\n",
        contract("light-web"),
        "handrail.web.shared.planted -> scipy",
    ),
    Plant(
        "code in a data folder",
        f"{PACKAGE}/protocols/planted.py",
        "ARM = 1\n",
        static(test_shipped_files.code_among_data),
        "protocols/planted.py",
    ),
    Plant(
        "a re-export in a package's opening",
        f"{PACKAGE}/journey/__init__.py",
        "from handrail.journey import enrol\n",
        static(test_names.full_package_openings),
        "journey/__init__.py",
    ),
    Plant(
        "an arm's name in code",
        f"{PACKAGE}/journey/planted.py",
        'ARM = "peer_supported"\n',
        static(test_shipped_files.arm_names_in_code),
        "journey/planted.py: peer_supported",
    ),
    Plant(
        "a key of the protocol file that nobody explains",
        f"{PACKAGE}/exchange/protocol_file.py",
        "\n\n_read = _outcome\n\n\ndef _outcome(section):\n"
        "    section.text('planted')\n    return _read(section)\n",
        made("protocol_reference"),
        "outcome.planted: read from a protocol file, and not explained",
    ),
    Plant(
        "an address in a lock file",
        "requirements.txt",
        "\nplanted @ https://example.org/planted.whl --hash=sha256:00\n",
        static(test_shipped_files.requirement_faults),
        "requirements.txt: holds an address",
    ),
    Plant(
        "a requirement without a hash",
        "requirements.txt",
        "\nplanted==1.0\n",
        static(test_shipped_files.requirement_faults),
        "planted==1.0 has no hash",
    ),
    Plant(
        "a stray module beside the floors",
        f"{PACKAGE}/planted.py",
        "WORD = 1\n",
        contract("floors"),
        "handrail.planted",
    ),
    Plant(
        "a file called helpers",
        f"{PACKAGE}/domain/helpers.py",
        "WORD = 1\n",
        static(test_names.bad_names),
        "domain/helpers.py",
    ),
    Plant(
        "a model looked up by name",
        f"{PACKAGE}/journey/follow.py",
        '\n\ndef planted(apps):\n    return apps.get_model("allocation", "Draw")\n',
        static(test_imports.lookups_by_name),
        "journey/follow.py: get_model",
    ),
    Plant(
        "a signal",
        f"{ROOM}/people/planted.py",
        "from django.db.models.signals import post_save\n\nHOOK = post_save\n",
        static(test_imports.hooks),
        "people/planted.py: post_save",
    ),
    Plant(
        "an action without a ledger line",
        f"{ROOM}/people/actions.py",
        "\n\n@transaction.atomic\ndef planted(*, by: UUID, at: datetime) -> None:\n    Person()\n",
        static(test_ledger.silent_actions),
        "people/actions.py: planted",
    ),
    Plant(
        "the arm in a ledger line",
        f"{ROOM}/people/actions.py",
        "\n\ndef planted(arm, at):\n    audit.note(Event.RANDOMISED, about=None, at=at, reason=arm)\n",
        static(test_ledger.arms_told),
        "people/actions.py line",
    ),
    Plant(
        "a test that asserts nothing",
        "tests/rules/test_planted.py",
        "def test_planted() -> None:\n    print(1)\n",
        static(test_tests.toothless),
        "test_planted.py: test_planted",
    ),
    Plant(
        "a test that compares a call with itself",
        "tests/rules/test_planted.py",
        "def test_planted() -> None:\n    assert str(1) == str(1)\n",
        static(test_tests.compared_with_itself),
        "str(1) == str(1)",
    ),
    Plant(
        "a script written into a page",
        f"{PACKAGE}/web/templates/planted.html",
        "<script>planted()</script>\n",
        static(test_templates.loud_pages),
        "planted.html: an inline script",
    ),
    Plant(
        "a file that has grown too long",
        f"{PACKAGE}/domain/planted.py",
        "WORD = 1\n" * 301,
        static(lambda tree: list(test_sizes.oversizes(tree))),
        "domain/planted.py",
    ),
)

# What a plant leans on, written beside it.
BESIDE = {
    f"{PACKAGE}/web/assessor/planted.py": (
        f"{PACKAGE}/web/shared/planted_layout.py",
        "from handrail.journey import enrol\n\nDRAW = enrol\n",
    )
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with nothing planted."""
    return _copy(tmp_path_factory.mktemp("clean") / "house")


@pytest.fixture(scope="module")
def clean_answers() -> dict[Check, list[str]]:
    """What each check said of the clean copy, asked once."""
    return {}


def _copy(to: Path) -> Path:
    shutil.copytree(ROOT / "src", to / "src", ignore=shutil.ignore_patterns("*.egg-info"))
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copy2(ROOT / name, to / name)
    (to / "tests/rules").mkdir(parents=True)
    return to


def _plant(root: Path, plant: Plant) -> None:
    for place, text in [(plant.place, plant.text), BESIDE.get(plant.place, ("", ""))]:
        if place:
            path = root / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if place.startswith(PACKAGE) and path.suffix == ".py":
                (path.parent / "__init__.py").touch()
            before = path.read_text("utf-8") if path.exists() else ""
            path.write_text(before + text, encoding="utf-8")


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.title.replace(" ", "-"))
def test_each_forbidden_thing_is_caught(
    plant: Plant, clean: Path, clean_answers: dict[Check, list[str]], tmp_path: Path
) -> None:
    if plant.check not in clean_answers:
        clean_answers[plant.check] = plant.check(clean)
    assert [line for line in clean_answers[plant.check] if plant.says in line] == []
    spoilt = _copy(tmp_path / "house")
    _plant(spoilt, plant)
    assert [line for line in plant.check(spoilt) if plant.says in line] != []
