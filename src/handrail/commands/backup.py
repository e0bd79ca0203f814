"""``handrail backup``: a safe copy of the installation, with a manifest that tells if it is ever changed."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from handrail.commands.installation import ONLY_OWNER, make_folder, read_bytes, sync_folder, sync_tree
from handrail.commands.starting import insist_installed, now, start_django
from handrail.exchange import backup_set, sealed_file, sealed_folder
from handrail.exchange.backup_set import Manifest
from handrail.exchange.sealed_folder import ENDING

# Besides the database. Not the statistician's block sizes: whoever holds them can guess ahead.
FILES = ("protocol.toml", "crisis.toml", "office.toml", "statistician-key.txt", "SYNTHETIC.txt")
UNFINISHED = ".unfinished"
STAGE = ".being-backed-up-"
ABANDONED_SECONDS = 6 * 60 * 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="where to put it: a folder for backups"
    )
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="put the master key in too: whoever has such a backup can read everything in it",
    )
    parser.add_argument(
        "--to",
        metavar="KEY",
        help="seal the whole backup, in one file, to this public key (age1…, or a file that holds it)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Make one backup, whole or not at all, and say where it is: 1 when the ledger in it was changed.

    Raises:
        BadFile: when the copy proves damaged, or there is nothing to back up.
    """
    start_django()
    insist_installed()
    from django.conf import settings

    at = now()
    place = (arguments.folder or settings.BACKUP_FOLDER).absolute()
    make_folder(place)
    _clear_away(place, at)
    name = f"handrail-{at:%Y-%m-%dT%H%M%SZ}"
    keys = arguments.with_keys
    if arguments.to:
        recipient = _recipient(arguments.to)
        finished, (manifest, is_whole) = _sealed(place / f"{name}{ENDING}", recipient, with_keys=keys, at=at)
    else:
        finished, (manifest, is_whole) = _plain(place / name, with_keys=keys, at=at)
    _tell(finished, manifest, is_sealed=bool(arguments.to))
    if not is_whole:
        print("The copy is kept as evidence, but the ledger was changed: `handrail restore` will refuse it.")
    return 0 if is_whole else 1


def _plain(finished: Path, *, with_keys: bool, at: datetime) -> tuple[Path, tuple[Manifest, bool]]:
    """A folder, which takes its name when it is whole."""
    stage = finished.with_name(finished.name + UNFINISHED)
    stage.mkdir(mode=ONLY_OWNER)
    try:
        filled = _fill(stage, with_keys=with_keys, at=at)
        sync_tree(stage)
        stage.rename(finished)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    return finished, filled


def _sealed(
    finished: Path, recipient: str, *, with_keys: bool, at: datetime
) -> tuple[Path, tuple[Manifest, bool]]:
    """One file; what is not sealed yet lies in the installation's own folder, never where the backup goes."""
    from django.conf import settings

    unfinished = finished.with_name(finished.name + UNFINISHED)
    with tempfile.TemporaryDirectory(prefix=STAGE, dir=settings.PLACE) as folder:
        stage = Path(folder) / "backup"
        stage.mkdir(mode=ONLY_OWNER)
        filled = _fill(stage, with_keys=with_keys, at=at)
        try:
            sealed_folder.seal(stage, unfinished, recipient=recipient)
            unfinished.rename(finished)
        finally:
            unfinished.unlink(missing_ok=True)
    sync_folder(finished.parent)
    return finished, filled


def _recipient(given: str) -> str:
    """The public key, given itself or in a file. Raises: BadFile, before anything is copied."""
    text = (
        given if given.startswith(sealed_file.PREFIX) else read_bytes(Path(given)).decode("utf-8", "replace")
    )
    sealed_file.reader_of(text)
    return text


def _clear_away(place: Path, at: datetime) -> None:
    """What a backup that was killed left behind; not what another may be writing at this moment."""
    from django.conf import settings

    for left in (*place.glob(f"handrail-*{UNFINISHED}"), *settings.PLACE.glob(f"{STAGE}*")):
        if at.timestamp() - left.stat().st_mtime <= ABANDONED_SECONDS:
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _fill(stage: Path, *, with_keys: bool, at: datetime) -> tuple[Manifest, bool]:
    """Everything into the folder; gives the manifest, and whether the ledger is whole."""
    from django.conf import settings

    from handrail.commands import database_copy
    from handrail.records import encryption
    from handrail.records.accounts import facts as accounts
    from handrail.records.audit import anchor

    anchor.keep_head(settings.ANCHOR_FOLDER, at=at)
    _copy_files(settings.PLACE, settings.ANCHOR_FOLDER, stage)  # kept heads first: none is ahead of the copy
    copied = database_copy.copy_into(stage, anchor.kept_heads(stage / "anchor"))
    for fault in copied.ledger.faults:
        print(f"ledger: {fault}", file=sys.stderr)
    if with_keys:
        (stage / "keys").mkdir(mode=ONLY_OWNER)
        shutil.copy2(settings.MASTER_KEY_FILE, stage / "keys" / "master.key")
    manifest = Manifest(
        form=backup_set.FORM,
        handrail=version("handrail"),
        made_at=at.isoformat(timespec="seconds"),
        database=copied.kind,
        is_synthetic=accounts.is_synthetic(),
        has_keys=with_keys,
        files=backup_set.hashes_of(stage),
        row_counts=copied.row_counts,
        line_count=copied.ledger.line_count,
        head_hash=copied.ledger.head_hash,
    )
    backup_set.write(stage, manifest, key=encryption.keys().ledger)
    return manifest, not copied.ledger.faults


def _copy_files(home: Path, anchors: Path, stage: Path) -> None:
    """What the installation has besides its database."""
    for name in FILES:
        if (home / name).is_file():
            shutil.copy2(home / name, stage / name)
    for folder, name in ((anchors, "anchor"), (home / "locks", "locks")):
        if folder.is_dir():
            shutil.copytree(folder, stage / name, symlinks=True)


def _tell(finished: Path, manifest: Manifest, *, is_sealed: bool) -> None:
    rows = sum(manifest.row_counts.values())
    print(f"backup: {finished}")
    print(f"  {len(manifest.files)} files, {len(manifest.row_counts)} tables, {rows} rows")
    print(f"  ledger: {manifest.line_count} lines, head {manifest.head_hash}")
    if is_sealed:
        print(
            "  Sealed: it opens with the secret half of that key and nothing else. Restore with --identity."
        )
    if not manifest.has_keys:
        print("  The master key is not in it: keep keys/master.key in another place, once, or nobody can")
        print("  read names, words or the list in it, you included.")
    if is_sealed:
        return
    if manifest.has_keys:
        print("  The master key is in it. Whoever has this folder can read everything: keep it locked away.")
    else:
        print("  Who was supported, and who had post, stands in it in the clear: keep this folder from")
        print("  everybody who is masked, or seal it with --to.")
