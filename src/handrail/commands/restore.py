"""``handrail restore``: bring a backup back into an empty place, and verify it before it takes its place."""

from __future__ import annotations

import argparse
import shutil
from functools import partial
from pathlib import Path

from handrail.commands import moving_in
from handrail.commands.every_fault import EveryFault
from handrail.commands.installation import ONLY_OWNER, make_folder, make_folders, read_bytes, sync_tree
from handrail.commands.moving_in import STAGE
from handrail.commands.starting import start_django
from handrail.domain.refusal import BadFile, Fault, Reason, Refused
from handrail.domain.words import Because
from handrail.exchange import backup_set, sealed_file, sealed_folder
from handrail.exchange.backup_set import Manifest

OPENED = ".being-opened"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument(
        "backup", type=Path, metavar="BACKUP", help="the backup's own folder, or the one sealed file"
    )
    parser.add_argument(
        "--identity", type=Path, metavar="FILE", help="the secret key that opens a sealed backup"
    )
    parser.add_argument(
        "--key-file", type=Path, metavar="FILE", help="the master key, when it is not in the backup"
    )


def run(arguments: argparse.Namespace) -> int:
    """Verify the backup, build the installation beside its place, verify that, and put it in its place.

    Raises:
        BadFile: when anything in the backup is not exactly as it was made, or there is no key; nothing was
            written.
        Refused: when the place is not empty.
    """
    start_django()
    from django.conf import settings

    home: Path = settings.PLACE
    opened = home / OPENED
    _clear_away(home)
    if home.exists() and any(home.iterdir()):
        raise Refused((Reason(Because.HOME_NOT_EMPTY, str(home)),))
    try:
        _restore(*_checked(arguments, opened), home)
    finally:
        shutil.rmtree(opened, ignore_errors=True)
        moving_in.forget(home)
    return 0


def _clear_away(home: Path) -> None:
    """Take away what a restore that was cut off has left, in its place, on a server and beside."""
    if moving_in.is_cut_off(home):
        _take_back(home)
    shutil.rmtree(home / OPENED, ignore_errors=True)
    moving_in.forget(home)


def _server() -> str:
    """The database server in use, without its password; empty where the database is a file."""
    from django.db import connection

    wanted = connection.settings_dict
    is_file = connection.vendor == "sqlite"
    return "" if is_file else f"{wanted['USER']}@{wanted['HOST']}:{wanted['PORT']}/{wanted['NAME']}"


def _opened(arguments: argparse.Namespace, folder: Path) -> Path:
    """The backup as a folder: itself, or what the one file holds. Raises: BadFile."""
    backup: Path = arguments.backup
    if backup.is_dir() or not backup.name.endswith(sealed_folder.ENDING):
        return backup
    every = EveryFault()
    every.of(lambda: sealed_folder.insist_readable(backup))
    identity = every.of(lambda: _identity(arguments.identity, backup))
    every.insist()
    assert identity is not None
    make_folder(folder)
    sealed_folder.unseal(backup, folder, identity=identity)
    return folder


def _identity(path: Path | None, backup: Path) -> str:
    """The text of the secret key that opens a sealed backup. Raises: BadFile."""
    if path is None:
        mend = "Give the secret key's file by --identity"
        raise BadFile((Fault(backup.name, 0, "", "is sealed, and there is no key to open it", mend),))
    return sealed_file.secret_in(read_bytes(path, word="--identity"), path.name, word="--identity")


def _checked(arguments: argparse.Namespace, opened: Path) -> tuple[Path, Path, Manifest]:
    """The backup as a folder, the file of its master key, and its manifest, all as they should be.

    Raises:
        BadFile: with every fault of the words, the backup and the keys.
    """
    every = EveryFault()
    backup = every.of(lambda: _opened(arguments, opened))
    manifest = every.of(lambda: backup_set.peek(backup)) if backup else None
    key_file: Path | None = arguments.key_file
    if backup and manifest and key_file is None:
        key_file = every.of(lambda: _key_inside(backup, called=arguments.backup.name))
    ledger_key = every.of(partial(_ledger_key, key_file)) if key_file else None
    if backup and manifest:
        every.of(lambda: _insist_same_kind(manifest))
        if ledger_key is None:
            every.found += backup_set.why_not_whole(backup, manifest)
        else:
            every.of(lambda: backup_set.read(backup, key=ledger_key))
    every.insist()
    assert backup and key_file and manifest
    return backup, key_file, manifest


def _key_inside(backup: Path, *, called: str) -> Path:
    """The master key's file in the backup. Raises: BadFile, when it is not there."""
    path = backup / "keys" / "master.key"
    if not path.exists():
        raise BadFile((Fault(called, 0, "--key-file", Reason(Because.KEY_NOT_IN_BACKUP).sentence),))
    return path


def _ledger_key(key_file: Path) -> bytes:
    """The key that seals manifests; from here on, all keys are of this master key. Raises: BadFile."""
    from django.conf import settings

    from handrail.records import encryption

    read_bytes(key_file, word="--key-file")  # told by its word, where it cannot be read
    encryption.use_keys(settings.KEYS.at(key_file).keyring)
    return encryption.keys().ledger


def _restore(backup: Path, key_file: Path, manifest: Manifest, home: Path) -> None:
    """From a backup that lies open as a folder, and is as it was made, into the empty home."""
    stage = home / STAGE
    _build(backup, key_file, stage, manifest)
    shutil.rmtree(home / OPENED, ignore_errors=True)
    _put_in_place(home)
    print(f"restored: {home}")
    rows = sum(manifest.row_counts.values())
    print(f"  as of {manifest.made_at}; {rows} rows; ledger {manifest.line_count} lines")


def _put_in_place(home: Path) -> None:
    """Move everything in. Whoever stops it half-way finds the place empty, as it was."""
    try:
        if not (home / moving_in.MARK).exists():
            moving_in.begin(home)
        moving_in.move(home)
    except BaseException:
        _take_back(home)
        raise


def _take_back(home: Path) -> None:
    """Take back what was loaded into a database server, and what has moved."""
    from handrail.commands import database_copy

    loaded = moving_in.loaded_server(home)
    if loaded and loaded == _server():
        database_copy.empty_again()
    moving_in.take_back(home)


def _insist_same_kind(manifest: Manifest) -> None:
    from django.db import connection

    if manifest.database != connection.vendor:
        problem = f"holds a {manifest.database} database, and HANDRAIL_DATABASE_URL names {connection.vendor}"
        raise BadFile(
            (Fault(backup_set.MANIFEST, 0, "database", problem, "Set or unset HANDRAIL_DATABASE_URL"),)
        )


def _build(backup: Path, key_file: Path, stage: Path, manifest: Manifest) -> None:
    """The whole installation in a folder of its own, verified."""
    from handrail.commands import database_copy

    make_folder(stage.parent)
    shutil.copytree(backup, stage)
    (stage / backup_set.MANIFEST).unlink()
    make_folders(stage)
    if not manifest.has_keys:
        shutil.copyfile(key_file, stage / "keys" / "master.key")
    for path in stage.rglob("*"):
        path.chmod(ONLY_OWNER if path.is_dir() else 0o600)
    if manifest.database == "sqlite":
        copy = stage / database_copy.SQLITE_COPY
        _insist_counts(manifest, database_copy.sqlite_row_counts(copy))
        with database_copy.opened(copy) as alias:
            _insist_chain(manifest, stage / "anchor", alias)
    else:
        _load(stage, manifest)
    sync_tree(stage)


def _load(stage: Path, manifest: Manifest) -> None:
    """Into the server's empty database, which is emptied again if what came proves wrong."""
    from handrail.commands import database_copy

    dump = stage / database_copy.POSTGRESQL_COPY
    database_copy.insist_empty()
    moving_in.begin(stage.parent, server=_server())  # from here on it is ours to empty
    try:
        database_copy.load_dump(dump)
        _insist_counts(manifest, database_copy.live_row_counts())
        _insist_chain(manifest, stage / "anchor", "default")
    except BaseException:
        database_copy.empty_again()
        raise
    dump.unlink()


def _insist_counts(manifest: Manifest, found: dict[str, int]) -> None:
    faults = [
        Fault(
            "database",
            0,
            table,
            f"has {found.get(table, 'no')} rows; the manifest says {count}",
            backup_set.MEND,
        )
        for table, count in manifest.row_counts.items()
        if found.get(table) != count
    ]
    if faults:
        raise BadFile(tuple(faults))


def _insist_chain(manifest: Manifest, anchors: Path, alias: str) -> None:
    from handrail.records.audit import anchor, facts

    kept = (*anchor.kept_heads(anchors), facts.HeadFacts(manifest.line_count, manifest.head_hash))
    report = facts.verify_chain(kept, using=alias)
    if report.faults:
        raise BadFile(tuple(Fault("ledger", 0, "", fault, backup_set.MEND) for fault in report.faults))
