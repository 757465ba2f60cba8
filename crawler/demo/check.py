"""Compare what the demonstration brought with what the bundled portal is known to hold."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

TRUTH = Path(__file__).parent / "truth.json"

_REPORTS = """
SELECT a.name, r.year, r.outcome, r.consistent, r.document
FROM reports r JOIN agencies a ON a.id = r.agency_id
"""


def differences(db: Database) -> Iterator[str]:
    """Yield one sentence for each report or figure that is not what it should be; nothing when all is well."""
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))
    expected = {(report["agency"], report["year"]): report for report in truth["reports"]}
    found = {(row[0], row[1]): row for row in db.execute(_REPORTS).fetchall()}
    yield from (f"{agency} {year}: should not be there" for agency, year in sorted(set(found) - set(expected)))
    for key, report in expected.items():
        if key not in found:
            yield f"{key[0]} {key[1]}: missing"
        else:
            yield from (f"{key[0]} {key[1]}: {sentence}" for sentence in _compare(db, report, found[key]))


def _compare(db: Database, report: dict[str, Any], row: tuple[Any, ...]) -> Iterator[str]:
    """Yield what differs in one report."""
    if row[2] != report["outcome"]:
        yield f"{row[2]} instead of {report['outcome']}"
    consistent = None if row[3] is None else bool(row[3])
    if consistent != report["consistent"]:
        yield f"consistent is {consistent} instead of {report['consistent']}"
    cells = _cells(db, row[4])
    for place, value in report["cells"].items():
        if cells.get(place) != value:
            yield f"{place} is {cells.get(place)} instead of {value}"


def _cells(db: Database, document: str) -> dict[str, Any]:
    """Give a document's cells by ``table/row/column`` or ``table/row:item/column``: the figure, else the state."""
    [reading] = db.execute("SELECT reading FROM documents WHERE sha256 = ?", (document,)).fetchone()
    return {
        f"{cell['table']}/{':'.join(filter(None, (cell['row'], cell['item'])))}/{cell['column']}": (
            cell["value"] if cell["state"] == "reported" else cell["state"]
        )
        for cell in json.loads(reading)["cells"]
    }
