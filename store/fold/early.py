"""A report on a year cannot be older than the year: what was fetched before names a wrong one, mostly in a copied title."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlite_utils import Database

from extract.model import Finding
from store.fold.identity import Resolved
from store.records import Source

FIRST_MONTH = 11
"""Some agencies publish before their year has ended; nobody's report is earlier than November."""

_FIRST_FETCHED = """
SELECT min(f.at) FROM sources s JOIN fetches f ON f.url = s.url WHERE s.sha256 = ?1 AND f.sha256 = ?1
"""


def checked(db: Database, sha256: str, resolved: Resolved, sources: Iterable[Source]) -> Resolved:
    """Return where a document belongs, or the problem that its year was not over when its bytes were first fetched.

    A day beside its link proves less, as lists keep days of pages that are rewritten every year: it becomes a finding.
    """
    if resolved.year is None:
        return resolved
    [fetched] = db.execute(_FIRST_FETCHED, (sha256,)).fetchone()
    if fetched and _is_early(resolved.year, fetched):
        problem = f"it names {resolved.year}, and was there on {fetched[:10]}, before that year was over"
        return Resolved(problem=problem, printed=resolved.printed)
    return replace(resolved, notes=(*resolved.notes, *_listed_early(resolved.year, sources)))


def _listed_early(year: int, sources: Iterable[Source]) -> Iterator[Finding]:
    listed = min((source.listed_on for source in sources if source.listed_on), default="")
    if listed and _is_early(year, listed):
        detail = "the day beside its link is before the end of the year it names"
        yield Finding("year_elsewhere", "NOT_ASSESSABLE", {}, year, listed, detail=detail)


def _is_early(year: int, day: str) -> bool:
    return day[:7] < f"{year}-{FIRST_MONTH}"
