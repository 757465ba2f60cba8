"""A folder that is there whole or not at all: made beside its place and renamed, the former one kept until then."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.archive import sync_folder
from store.errors import StoreError

PACKAGE = "datapackage.json"
NAME = "annual-reports"
"""The name of the package: tells our folders from others."""


class ForeignFolderError(StoreError):
    """The place is taken by something that is not an export, which is never deleted."""

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(f"{folder}: {what}; nothing was written. Name a folder that is empty or does not exist")


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill, and put it in the place of ``folder`` when the block ends without an error.

    What fills it writes its list of files (``PACKAGE``) first, so that what a killed export leaves is known as its own.
    Only an earlier export is replaced, and only when nothing else lies in it; else raises ``ForeignFolderError``.
    """
    folder = folder.absolute()
    _refuse_foreign(folder)
    part, old = folder.with_name(f"{folder.name}.part"), folder.with_name(f"{folder.name}.old")
    for found in (part, old):
        _refuse_foreign(found)
    if old.exists() and not folder.exists():  # killed between the two renames below
        old.rename(folder)
    for left in (part, old):
        shutil.rmtree(left, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield part
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(part)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    sync_folder(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ForeignFolderError(folder, "there is a file of this name")
    if folder.is_dir() and (strange := sorted({path.name for path in folder.iterdir()} - _own(folder))):
        raise ForeignFolderError(folder, f"it holds what no export wrote ({strange[0]})")


def _own(folder: Path) -> set[str]:
    """Return the names of the files that an earlier export wrote, by its own list of them."""
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        if package["name"] != NAME:
            return set()
        return {PACKAGE, "README.md", *(resource["path"] for resource in package["resources"])}
    except (OSError, ValueError, LookupError, TypeError):
        return set()
