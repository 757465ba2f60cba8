"""Write the open data: every table in every wanted format, from one state of the database, whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path

from sqlite_utils import Database

from extract.discover import discover
from store.database import snapshot
from store.errors import DatabaseOlderError, StoreError
from store.exports import formats as format_files
from store.exports import tables as table_files
from store.exports.folder import PACKAGE, replaced
from store.exports.formats import Format
from store.exports.package import Resource, package, package_text
from store.exports.readme import readme
from store.exports.scope import Scope
from store.exports.tables import Row, Table
from store.tables.migrations import schema_version

Tell = Callable[[str, int], None]
"""Is told a file's name and the rows written so far, every ``TOLD_EVERY`` rows and at its end."""

TOLD_EVERY = 1000


class NothingInScopeError(StoreError):
    """Not a single report is in the region and years that were asked for."""

    def __init__(self, scope: Scope) -> None:
        years = ", ".join(map(str, sorted(scope.years))) or "any year"
        super().__init__(f"there is no report of {scope.region or 'any region'} for {years}; nothing was written")


def known_formats() -> dict[str, Format]:
    """Return every way to write a table, by name."""
    return {found.name: found for found in discover(format_files, "FORMAT", Format)}


def known_tables() -> tuple[Table, ...]:
    """Return every table there is a file for."""
    return tuple(discover(table_files, "TABLE", Table))


def export(
    db: Database, folder: Path, formats: Sequence[Format], scope: Scope, note: str, tell: Tell
) -> tuple[Resource, ...]:
    """Write the folder and return its files; the same database gives the same bytes.

    ``note`` says in a sentence what is exported. Raises ``StoreError``, also when nothing is in scope.
    """
    _refuse_older(db)
    with snapshot(db), replaced(folder) as part:
        if scope.is_empty(db):
            raise NothingInScopeError(scope)
        planned = list(_planned(db, formats))
        about = package(db, scope, note)
        (part / PACKAGE).write_text(package_text(about, planned), encoding="utf-8")
        written = tuple(_write(db, part, resource, scope, tell) for resource in planned)
        (part / PACKAGE).write_text(package_text(about, written), encoding="utf-8")
        (part / "README.md").write_text(readme(about, written), encoding="utf-8")
    return written


def _planned(db: Database, formats: Sequence[Format]) -> Iterator[Resource]:
    for table in known_tables():
        for way in formats:
            if not way.tables or table.name in way.tables:
                yield Resource(table, tuple(table.columns(db)), way)


def _refuse_older(db: Database) -> None:
    [found] = db.execute("PRAGMA user_version").fetchone()
    if found < schema_version():
        raise DatabaseOlderError(str(db.execute("PRAGMA database_list").fetchone()[2]), found, schema_version())


def _write(db: Database, folder: Path, planned: Resource, scope: Scope, tell: Tell) -> Resource:
    path = folder / planned.path
    counted = _Counted(planned.path, lambda: planned.table.rows(db, scope), tell)
    planned.way.write(path, planned.columns, counted)
    tell(planned.path, counted.rows)
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return planned.with_content(counted.rows, path.stat().st_size, digest)


class _Counted:
    """Rows on their way to a file, counted; asked for anew each time they are gone through."""

    def __init__(self, name: str, ask: Callable[[], Iterable[Row]], tell: Tell) -> None:
        self.rows = 0
        self._name, self._ask, self._tell = name, ask, tell

    def __iter__(self) -> Iterator[Row]:
        self.rows = 0
        for row in self._ask():
            yield row
            self.rows += 1
            if self.rows % TOLD_EVERY == 0:
                self._tell(self._name, self.rows)
