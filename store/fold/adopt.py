"""Take over what people and the registry say before a run: their files become tables, and what they touch is placed anew.

The files are read whole before anything is written; afterwards every fold reads the tables, so that a report is the
same whichever came first, the document or the line about it.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database

from store.database import write
from store.fold.reports import place
from store.people.corrections import COLUMNS, read_corrections, rows_of_corrections, stored_corrections
from store.people.decisions import HEADER, Decision, read_decisions
from store.people.reviewing import ReviewError
from store.people.written import FileProblem
from store.registry.regions import regions
from store.registry.tables import rows

REGISTRY = "5"
"""Version of the rules of ``store/registry`` and of ``store.fold.early``: raise it with every change that can change an
agency's name or region, or whether a document is placed; its tables are compared as they are."""


def adopt(db: Database, decisions: Path, corrections: Path) -> list[str]:
    """Bring database and files together in one transaction; return the reports folded again because of it.

    Raises ``ReviewError``, before anything is written, with every mistake of either file. A missing file says nothing,
    but must not be missing any more once the database holds lines of it.
    """
    decided, corrected = set(read_decisions(decisions)), set(read_corrections(corrections))
    _refuse_lost(db, {"decisions": decisions, "corrections": corrections})
    with write(db):
        touched = set(_adopt_registry(db))
        touched |= set(_adopt_decisions(db, decided))
        old = stored_corrections(db)
        touched |= {correction.sha256 for correction in old ^ corrected}
        if old != corrected:
            _refill(db, "corrections", COLUMNS, rows_of_corrections(sorted(corrected, key=lambda one: one.key)))
        read = (digest for digest in sorted(touched) if _is_read(db, digest))
        return sorted({report for digest in read for report in place(db, digest)})


def _refuse_lost(db: Database, files_of: dict[str, Path]) -> None:
    # A lost file or a mistyped setting must not undo silently what people have written.
    for table, path in files_of.items():
        lines = db.table(table).count
        if lines and not path.exists():
            message = f"the file is missing, and {lines} of its lines are in force; put it back, or its header alone"
            raise ReviewError((FileProblem(str(path), 1, 0, message),))


def _adopt_registry(db: Database) -> Iterator[str]:
    """Renew the registry's tables and yield every document when the registry has changed."""
    digest = sha256(REGISTRY.encode())
    tables = (path for path in files("store.registry").iterdir() if path.name.endswith(".csv"))
    for table in sorted(tables, key=lambda path: path.name):
        digest.update(table.read_bytes())
    stored = db.execute("SELECT digest FROM adopted WHERE name = 'registry'").fetchone()
    if stored and stored[0] == digest.hexdigest():
        return
    columns = ("code", "name", "parent", "level", "valid_from", "valid_to", "successor", "source", "fetched_at")
    _refill(db, "regions", columns, (tuple(getattr(region, name) for name in columns) for region in regions()))
    successions = ((row["old"], row["new"], int(row["since"]), row["note"]) for row in rows("successions.csv"))
    _refill(db, "body_successions", ("old", "new", "since", "note"), successions)
    db.execute("INSERT OR REPLACE INTO adopted (name, digest) VALUES ('registry', ?)", (digest.hexdigest(),))
    yield from (row[0] for row in db.execute("SELECT sha256 FROM documents").fetchall())


def _adopt_decisions(db: Database, decided: set[Decision]) -> Iterator[str]:
    """Renew the decisions and yield the documents that a changed line may speak of."""
    old = {Decision(*row) for row in db.execute("SELECT document, name, place, agency, region, note FROM decisions")}
    if old == decided:
        return
    lines = sorted(decided, key=lambda decision: decision.key)
    _refill(db, "decisions", HEADER, [tuple(getattr(line, name) for name in HEADER) for line in lines])
    changed = old ^ decided
    yield from (decision.document for decision in changed if decision.document)
    for place_ in {decision.place for decision in changed if not decision.document}:
        found = db.execute(
            "SELECT DISTINCT sha256 FROM sources WHERE region = ?1 OR instr(url, '://' || ?1) > 0", (place_,)
        )
        yield from (row[0] for row in found.fetchall())


def _refill(db: Database, table: str, columns: tuple[str, ...], lines: Iterable[tuple[object, ...]]) -> None:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    db.execute(" ".join(("DELETE FROM", table)))
    db.conn.executemany(" ".join(("INSERT INTO", table, f"({names}) VALUES ({marks})")), list(lines))


def _is_read(db: Database, digest: str) -> bool:
    row = db.execute("SELECT reading FROM documents WHERE sha256 = ?", (digest,)).fetchone()
    return row is not None and row[0] is not None
