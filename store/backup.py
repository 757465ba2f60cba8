"""Copies of the database: backups to go back to, and the published one that readers are given.

``VACUUM INTO`` reads one consistent state, also while a crawl writes; copying the file would miss what is still in its
-wal file. A copy is checked and on the disk before it gets its name, so a file under that name is always whole.
"""

import os
from contextlib import closing
from pathlib import Path

from store.archive import sync_folder
from store.database import open_reader, translated
from store.errors import DatabaseDamagedError, StoreError

KEPT = 7
"""Backups kept; the oldest go first."""


def back_up(path: Path, folder: Path, stamp: str, keep: int = KEPT) -> Path:
    """Write a copy of the database named after ``stamp`` (sorts by time) and return it; raises ``StoreError``."""
    copy = copy_whole(path, folder / f"{path.stem}-{stamp}{path.suffix}")
    for old in sorted(folder.glob(f"{path.stem}-*{path.suffix}"))[:-keep]:
        old.unlink()
    return copy


def restore(backup: Path, path: Path) -> Path | None:
    """Put a backup in the place of the database and return where the former one lies now, None without one.

    The caller holds ``night_lock``. Nothing is deleted: the former file and its -wal and -shm are moved aside.
    Raises ``StoreError`` when the backup is not a whole database of ours; the place is then untouched.
    """
    fresh = copy_whole(backup, path.with_name(f"{path.name}.restored"))
    aside = None
    if path.exists():
        aside = _free(path.with_name(f"{path.name}.before-restore"))
        for suffix in ("-wal", "-shm", ""):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
    fresh.rename(path)
    sync_folder(path.parent)
    return aside


def copy_whole(path: Path, target: Path) -> Path:
    """Copy the database to ``target``, replacing what is there only by a whole, checked copy; raises ``StoreError``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(open_reader(path)) as db, translated(str(part)):
            db.execute("VACUUM INTO ?", (str(part),))
        _check(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (StoreError, OSError):
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return target


def _check(copy: Path) -> None:
    with closing(open_reader(copy)) as db, translated(str(copy)):
        [complaint] = db.execute("PRAGMA quick_check(1)").fetchone()
    if complaint != "ok":
        raise DatabaseDamagedError(copy, str(complaint).splitlines()[0])


def _free(path: Path) -> Path:
    number = 1
    while path.with_name(f"{path.name}-{number}").exists():
        number += 1
    return path.with_name(f"{path.name}-{number}")
