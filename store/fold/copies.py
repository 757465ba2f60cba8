"""Reports that are near copies of another: an agency's last or next one, or another agency's of the same region and year
(of the same host, where no region is known).

〔2021〕30号 holds agencies to account for copied reports (内容雷同). What is kept here is a resemblance, not a verdict: a
year in which nothing happened looks like the last one. Bytes that are the same are one document, so they never become
two reports; that its links name different years or agencies is a finding of its own (``year_elsewhere``).

The rows follow from the reports as they are: a report is due while its last change has not been compared, so a night
that was killed is made up for by the next, and no order of arrival matters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel
from sqlite_utils import Database

from store.database import write
from store.fold.likeness import Likeness, likeness

TEXT_SIMILARITY = 0.9
"""Share of characters two narratives have in common, in order, without digits, spaces and the agencies' names.

Of 36 real narratives (630 pairs, 15 of them of one county or agency) no two that were written apart had more than 0.37;
a real one with two of its twenty sentences rewritten still has 0.91 of itself, with four 0.81 (medians).
"""

MIN_TEXT = 300
"""Characters a narrative must have to be compared: the phrases of the form are alike everywhere."""

FIGURES_SIMILARITY = 0.95
"""Share of figures above zero that stand in both reports in the same cell."""

MIN_FIGURES = 8
"""Figures above zero a report must have to be compared: that nothing happened is no copy."""

BATCH = 500
"""Reports compared in one transaction."""

_DUE = """
SELECT r.id, r.agency_id, r.year, a.region, a.host FROM reports r JOIN agencies a ON a.id = r.agency_id
LEFT JOIN compared c ON c.report_id = r.id
WHERE c.last_changed IS NOT r.last_changed ORDER BY a.region, a.host, r.year, r.id LIMIT ?
"""
_NEIGHBOURS = "SELECT id, agency_id, year FROM reports WHERE agency_id = ? AND year IN (?, ?) ORDER BY id"
_REGION = """
SELECT r.id, r.agency_id, r.year FROM agencies a JOIN reports r ON r.agency_id = a.id
WHERE a.region = ? AND r.year = ? ORDER BY r.id
"""
_HOST = _REGION.replace("a.region = ?", "a.region IS NULL AND a.host = ?")


@dataclass(frozen=True, slots=True)
class _Report:
    id: str
    agency_id: str
    year: int
    region: str | None = None
    host: str | None = None

    @property
    def place(self) -> tuple[str | None, str | None, int]:
        """Where and when its neighbours reported."""
        return self.region, self.host, self.year


def compare_due(db: Database) -> int:
    """Compare every report that has changed since it was last compared; return how many these were."""
    total = 0
    while due := [_Report(*row) for row in db.execute(_DUE, (BATCH,)).fetchall()]:
        with write(db):
            for _, group in groupby(due, key=lambda report: report.place):
                _compare_group(db, list(group))
        total += len(due)
    return total


def _compare_group(db: Database, due: list[_Report]) -> None:
    """Compare the due reports of one place's year with all others there, and with their agencies' own."""
    region, host, year = due[0].place
    found = db.execute(_REGION, (region, year)) if region else db.execute(_HOST, (host, year))
    beside = [_Report(*row) for row in found.fetchall()]
    known: dict[str, Likeness] = {}
    for report in due:
        db.execute("DELETE FROM copies WHERE ?1 IN (report_id, other_id)", (report.id,))
        own = db.execute(_NEIGHBOURS, (report.agency_id, year - 1, year + 1)).fetchall()
        for other in (*beside, *(_Report(*row) for row in own)):
            if other.id != report.id:
                _compare(db, report, other, known)
        db.execute("INSERT OR REPLACE INTO compared SELECT id, last_changed FROM reports WHERE id = ?", (report.id,))


def _compare(db: Database, one: _Report, other: _Report, known: dict[str, Likeness]) -> None:
    earlier, later = sorted((one, other), key=lambda report: (report.year, report.id))
    for report in (earlier, later):
        if report.id not in known:
            known[report.id] = likeness(db, report.id)
    for rule, similarity in _resemblances(known[later.id], known[earlier.id]):
        db.execute(
            "INSERT OR REPLACE INTO copies VALUES (?, ?, ?, 'NOT_ASSESSABLE', ?)",
            (later.id, earlier.id, rule, round(similarity, 3)),
        )


def _resemblances(one: Likeness, other: Likeness) -> Iterator[tuple[str, float]]:
    """Yield each rule by which two reports resemble each other, and how much, from 0 to 1."""
    if min(len(one.text), len(other.text)) >= MIN_TEXT:
        similarity = Indel.normalized_similarity(one.text, other.text, score_cutoff=TEXT_SIMILARITY)
        if similarity >= TEXT_SIMILARITY:
            yield "copied_text", similarity
    if min(len(one.figures), len(other.figures)) >= MIN_FIGURES:
        shared = len(one.figures & other.figures) / len(one.figures | other.figures)
        if shared >= FIGURES_SIMILARITY:
            yield "copied_figures", shared
