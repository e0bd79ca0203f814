"""A backup as a folder: its files, and a manifest that can tell whether they are exactly as they were made.

The manifest is sealed with the installation's own key, so whoever alters a file cannot also make the
manifest agree.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from handrail.domain.refusal import BadFile, Fault

MANIFEST = "manifest.json"
FORM = 1  # of the manifest; a later form is refused by an earlier program
MEND = "Take another backup: nothing is restored from one that was changed"
PIECE = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. ``files``: name → SHA-256; ``row_counts``: table → rows in the copy itself."""

    form: int
    handrail: str
    made_at: str
    database: str
    is_synthetic: bool
    has_keys: bool
    files: dict[str, str]
    row_counts: dict[str, int]
    line_count: int
    head_hash: str


def hashes_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in the folder, by name, except the manifest's own.

    Raises:
        BadFile: for a link or a device: a backup holds plain files only.
    """
    hashes, faults = {}, []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            faults.append(Fault(name, 0, "", "is not a plain file", MEND))
        elif path.is_file() and name != MANIFEST:
            hashes[name] = _hash_of(path)
    if faults:
        raise BadFile(tuple(faults))
    return hashes


def write(folder: Path, manifest: Manifest, *, key: bytes) -> None:
    """Put the manifest into the folder, with its seal."""
    text = json.dumps({**asdict(manifest), "seal": _seal(manifest, key)}, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def peek(folder: Path) -> Manifest:
    """What the manifest says, before anything is believed: enough to find the key by.

    Raises:
        BadFile: when there is no manifest, or it is not one.
    """
    return _read(folder)[0]


def read(folder: Path, *, key: bytes) -> Manifest:
    """The manifest of a backup that is exactly as it was made.

    Raises:
        BadFile: with every file that is missing, added or changed, and when the seal does not fit.
    """
    manifest, seal = _read(folder)
    faults = []
    if not hmac.compare_digest(seal, _seal(manifest, key)):
        problem = "its seal does not fit: it was changed, or the key is another installation's"
        faults.append(Fault(MANIFEST, 0, "seal", problem, MEND))
    faults += why_not_whole(folder, manifest)
    if faults:
        raise BadFile(tuple(faults))
    return manifest


def why_not_whole(folder: Path, manifest: Manifest) -> tuple[Fault, ...]:
    """Every file that is missing, added or changed, by what the manifest says: told without any key."""
    try:
        found = hashes_of(folder)
    except BadFile as bad:
        return bad.faults
    faults = []
    for name in sorted(found.keys() | manifest.files.keys()):
        if name not in found:
            faults.append(Fault(name, 0, "", "is missing from the backup", MEND))
        elif name not in manifest.files:
            faults.append(Fault(name, 0, "", "was added to the backup", MEND))
        elif found[name] != manifest.files[name]:
            faults.append(Fault(name, 0, "", "was changed after the backup was made", MEND))
    return tuple(faults)


def _read(folder: Path) -> tuple[Manifest, str]:
    try:
        said: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError:
        raise _bad(MANIFEST, "is missing, so this is not a backup", "Name the backup's own folder") from None
    except ValueError:
        raise _bad(MANIFEST, "is not JSON in UTF-8") from None
    wanted = Manifest.__dataclass_fields__
    if not isinstance(said, dict) or set(said) != {*wanted, "seal"}:
        raise _bad(MANIFEST, "does not hold what a manifest holds")
    if said["form"] != FORM:
        raise _bad(
            MANIFEST, f"has form {said['form']}; this program reads form {FORM}", "Use a newer Handrail"
        )
    is_right = (
        _is_map(said["files"], str)
        and _is_map(said["row_counts"], int)
        and isinstance(said["line_count"], int)
        and all(
            isinstance(said[name], str) for name in ("handrail", "made_at", "database", "head_hash", "seal")
        )
        and all(isinstance(said[name], bool) for name in ("is_synthetic", "has_keys"))
    )
    if not is_right:
        raise _bad(MANIFEST, "holds a value of the wrong kind")
    seal = said.pop("seal")
    return Manifest(**said), seal


def _is_map(value: object, kind: type) -> bool:
    return isinstance(value, dict) and all(isinstance(each, kind) for each in value.values())


def _seal(manifest: Manifest, key: bytes) -> str:
    text = json.dumps(asdict(manifest), sort_keys=True, separators=(",", ":"))
    return hmac.new(key, b"backup manifest\n" + text.encode(), hashlib.sha256).hexdigest()


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _bad(file: str, problem: str, mend: str = MEND) -> BadFile:
    return BadFile((Fault(file, 0, "", problem, mend),))
