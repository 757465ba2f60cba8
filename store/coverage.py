"""Agency by year: what is there, what is missing and why; and what does not add up."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from rich.cells import cell_len
from sqlite_utils import Database

from store.database import snapshot
from store.people.decisions import HEADER
from store.text import printable

_SIGNS = {
    "complete": "ok",
    "partial": "part",
    "narrative": "text",
    "unreadable": "unread",
    "blocked": "blocked",
    "not_found": "-",
    "not_yet_due": "not due",
    "out_of_scope": ".",
}
_LEGEND = (
    "ok: every table read · ok!: read, and does not add up · part: some figures read · text: no figures in it\n"
    "unread: found, could not be read · blocked: could not be looked for · -: looked for and not found\n"
    "not due: its day has not passed · .: none is expected"
)
_GAP = "  "

_PLACES = """
SELECT agency_id, agency, region, year, status, reason, consistent, report_id, url, document, due, fetch_id, looked_at,
  looked_on
FROM coverage
ORDER BY region IS NULL, region, agency_id, year
"""
_UNFETCHED = """
SELECT outcome, count(*) FROM fetches
WHERE id IN (SELECT max(id) FROM fetches GROUP BY url) AND outcome NOT IN ('ok', 'unchanged', 'redirected')
GROUP BY outcome ORDER BY outcome
"""
_OPEN = "SELECT ifnull(report_id, document), reason FROM open_corrections ORDER BY 1, 2"
_UNDECIDED = "SELECT document, name, place, printed, reason FROM undecided ORDER BY document, name, place"
_FAILURES = """
SELECT a.name, r.year, f.rule, f.where_, f.expected, f.actual, f.cause, f.detail, r.url
FROM findings f JOIN reports r ON r.id = f.report_id JOIN agencies a ON a.id = r.agency_id
WHERE f.verdict = 'FAIL' ORDER BY a.id, r.year, f.rule, f.where_, f.detail
"""


@dataclass(frozen=True, slots=True)
class Place:
    """One agency in one year; ``status`` is a word of ``STATUSES``, ``consistent`` as in ``reports``.

    The evidence: ``document`` (SHA-256) and ``url`` of a report; the fetch that brought it or that looked for it in
    vain (``fetch_id``, its URL ``looked_at`` and UTC instant ``looked_on``); and the day ``due`` (ISO, in China).
    """

    agency_id: str
    agency: str
    region: str | None
    year: int
    status: str
    reason: str
    consistent: int | None
    report_id: str | None
    url: str | None
    document: str | None
    due: str
    fetch_id: int | None
    looked_at: str | None
    looked_on: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that failed: where, what the form demands and what is printed. ``where`` is JSON as in a reading."""

    agency: str
    year: int
    rule: str
    where: str
    expected: Any
    actual: Any
    cause: str | None
    detail: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole matrix, by agency and year, and what belongs to no agency's year.

    ``unresolved`` documents look like reports without a known agency or year; ``damaged`` ones are lost in the
    archive; ``unfetched`` counts URLs whose last fetch failed, by outcome; ``due`` counts documents not read yet;
    ``undecided`` pairs lines for ``decisions.csv``, to be completed, with the reason why they are wanted;
    ``open_corrections`` pairs reports or documents with the reason why people's corrections of them do not hold.
    """

    places: tuple[Place, ...]
    unresolved: tuple[tuple[str, str], ...]
    damaged: tuple[tuple[str, str], ...]
    unfetched: tuple[tuple[str, int], ...]
    due: int
    undecided: tuple[tuple[str, str], ...] = ()
    open_corrections: tuple[tuple[str, str], ...] = ()


def matrix(db: Database) -> Coverage:
    """Read the coverage of every agency in every year in which a report is expected of it."""
    with snapshot(db):
        return Coverage(
            places=tuple(Place(*row) for row in db.execute(_PLACES).fetchall()),
            unresolved=_pairs(db, "SELECT ifnull(url, sha256), problem FROM unresolved ORDER BY 1, sha256"),
            damaged=_pairs(db, "SELECT sha256, problem FROM damaged ORDER BY sha256"),
            unfetched=_pairs(db, _UNFETCHED),
            undecided=tuple(_undecided(db)),
            open_corrections=_pairs(db, _OPEN),
            due=int(db.execute("SELECT count(*) FROM documents WHERE extractor IS NULL").fetchone()[0]),
        )


def failures(db: Database) -> list[Failure]:
    """List what does not add up, by agency and year."""
    with snapshot(db):
        return [Failure(*row) for row in db.execute(_FAILURES).fetchall()]


def to_json(coverage: Coverage) -> dict[str, Any]:
    """Return the coverage as plain JSON values."""
    return asdict(coverage)


def render(coverage: Coverage) -> str:
    """Return the matrix as text for a terminal, the reasons below it; empty without any report or problem."""
    return "\n".join([*_table(coverage.places), *_reasons(coverage), *_leftovers(coverage)])


def render_failures(found: Iterable[Failure]) -> str:
    """Return one line for each check that failed."""
    return "\n".join(printable(_failure_line(failure)) for failure in found)


def _failure_line(failure: Failure) -> str:
    cause = f" ({failure.cause})" if failure.cause else ""
    detail = f": {failure.detail}" if failure.detail else ""
    values = f"expected {failure.expected}, printed {failure.actual}"
    return f"{failure.agency} {failure.year}  {failure.rule} {failure.where}  {values}{cause}{detail}"


def _table(places: tuple[Place, ...]) -> Iterator[str]:
    if not places:
        return
    years = sorted({place.year for place in places})
    agencies = {place.agency_id: place for place in places}
    signs = {(place.agency_id, place.year): _sign(place) for place in places}
    lines = [["agency", "region", *map(str, years)]]
    for agency_id, place in agencies.items():
        marks = [signs.get((agency_id, year), "") for year in years]
        lines.append([printable(place.agency), place.region or "?", *marks])
    yield from _aligned(lines)
    yield from _LEGEND.split("\n")


def _sign(place: Place) -> str:
    return _SIGNS[place.status] + ("!" if place.consistent == 0 else "")


def _aligned(lines: list[list[str]]) -> Iterator[str]:
    # Chinese characters are two columns wide in a terminal, so str.ljust() would not line up.
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True))
        yield _GAP.join(padded).rstrip()


def _reasons(coverage: Coverage) -> Iterator[str]:
    told = [replace(place, reason=printable(place.reason)) for place in coverage.places if place.reason]
    if told:
        yield ""
        yield from (f"{printable(place.agency)} {place.year}: {place.status}: {place.reason}" for place in told)


def _leftovers(coverage: Coverage) -> Iterator[str]:
    blocks = {
        "Documents that belong to no agency's year:": coverage.unresolved,
        "Documents lost in the archive, fetched again by the next crawl:": coverage.damaged,
        "Addresses whose last fetch failed:": coverage.unfetched,
        "People's corrections that are not applied:": coverage.open_corrections,
        f"Lines for decisions.csv ({','.join(HEADER)}), to be completed:": coverage.undecided,
    }
    for heading, pairs in blocks.items():
        if pairs:
            yield from ("", heading, *(f"  {printable(str(what))}: {printable(str(why))}" for what, why in pairs))
    if coverage.due:
        yield from ("", f"Documents fetched and not read yet: {coverage.due}")


def _undecided(db: Database) -> Iterator[tuple[str, str]]:
    for *line, printed, reason in db.execute(_UNDECIDED).fetchall():
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow([*line, "", "", ""])
        yield text.getvalue(), f"{printed}: {reason}" if printed else reason


def _pairs(db: Database, sql: str) -> tuple[tuple[Any, Any], ...]:
    return tuple((what, why) for what, why in db.execute(sql).fetchall())
