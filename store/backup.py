"""Copies of the database to go back to: whole at any moment, also while a crawl writes."""

import os
from contextlib import closing
from pathlib import Path

from store.archive import sync_folder
from store.database import open_reader, translated

KEPT = 7
"""Backups kept; the oldest go first."""


def back_up(path: Path, folder: Path, stamp: str, keep: int = KEPT) -> Path:
    """Write a copy of the database named after ``stamp`` (sorts by time) and return it; raises ``StoreError``.

    ``VACUUM INTO`` reads one consistent state; copying the file would miss what is still in its -wal file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{path.stem}-{stamp}{path.suffix}"
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    with closing(open_reader(path)) as db, translated(str(part)):
        db.execute("VACUUM INTO ?", (str(part),))
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(copy)
    sync_folder(folder)
    for old in sorted(folder.glob(f"{path.stem}-*{path.suffix}"))[:-keep]:
        old.unlink()
    return copy
