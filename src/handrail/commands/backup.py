"""``handrail backup``: a safe copy of the installation, with a manifest that tells if it is ever changed."""

from __future__ import annotations

import argparse
import shutil
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from handrail.commands.installation import ONLY_OWNER, make_folder, sync_tree
from handrail.commands.starting import insist_installed, now, start_django
from handrail.exchange import backup_set
from handrail.exchange.backup_set import Manifest

# Besides the database. Not the statistician's block sizes: whoever holds them can guess ahead.
FILES = ("protocol.toml", "crisis.toml", "statistician-key.txt", "SYNTHETIC.txt")
UNFINISHED = ".unfinished"
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
    finished = place / f"handrail-{at:%Y-%m-%dT%H%M%SZ}"
    stage = finished.with_name(finished.name + UNFINISHED)
    _clear_away(place, at)
    stage.mkdir(mode=ONLY_OWNER)
    try:
        manifest, is_whole = _fill(stage, with_keys=arguments.with_keys, at=at)
        sync_tree(stage)
        stage.rename(finished)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    _tell(finished, manifest)
    if not is_whole:
        print("The copy is kept as evidence, but the ledger was changed: `handrail restore` will refuse it.")
    return 0 if is_whole else 1


def _clear_away(place: Path, at: datetime) -> None:
    """What a backup that was killed left behind; not what another may be writing at this moment."""
    for left in place.glob(f"handrail-*{UNFINISHED}"):
        if at.timestamp() - left.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


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


def _tell(finished: Path, manifest: Manifest) -> None:
    rows = sum(manifest.row_counts.values())
    print(f"backup: {finished}")
    print(f"  {len(manifest.files)} files, {len(manifest.row_counts)} tables, {rows} rows")
    print(f"  ledger: {manifest.line_count} lines, head {manifest.head_hash}")
    if manifest.has_keys:
        print("  The master key is in it. Whoever has this folder can read everything: keep it locked away.")
    else:
        print("  The master key is not in it: without the key nobody can read names, words or the list,")
        print("  you included; keep keys/master.key in another place, once. Who was supported, and who had")
        print("  post, stands in it in the clear: keep this folder from everybody who is masked.")
