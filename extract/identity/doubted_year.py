"""Signs that a report is on another year, or another agency's, than its title says: what else the document dates or calls.

A title is copied from last year's report, or from another agency's. Where the text states its period nothing is doubtful.
"""

from collections.abc import Iterator, Sequence

from extract.identity.dates import DATE, plain_date
from extract.identity.printed_title import stated_title
from extract.identity.titles import TitleReading, is_agency, read_title
from extract.model import Document, Finding

_SIGNATURE_WINDOW = 4
_EARLIEST_MONTH = 11
"""Some agencies sign in the last weeks of the year they report on."""

_USUAL_DELAY = 1
_WEB_PAGE = "html"


def title_of_page(document: Document) -> TitleReading | None:
    """Return what the head of a web page calls the report.

    Other files keep the title of whatever they were made from.
    """
    if _WEB_PAGE not in document.media_type:
        return None
    title = stated_title(dict(reversed(document.metadata)))
    return None if title is None else read_title(title)


def doubts_on_year(year: int | None, of_page: TitleReading | None, lines: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding where the page's own title names another year, or the signature is of no day to report on it."""
    if year is None:
        return
    if of_page is not None and of_page.year not in (None, year):
        detail = "the title of the page names another year; that of the printed title is used"
        yield Finding("year", "NOT_ASSESSABLE", {}, year, of_page.year, detail=detail)
    signed = _signed(lines)
    if signed is not None and not _may_report_on(year, *signed):
        detail = "signed in another year than the one after it"
        yield Finding("year", "NOT_ASSESSABLE", {}, year, signed[0], detail=detail)


def doubts_by_form(year: int | None, first_year: int) -> Iterator[Finding]:
    """Yield a finding where a report is on a year before the one for which its form was first in force."""
    if year is not None and year < first_year:
        detail = f"the form it is on is that of {first_year} and after"
        yield Finding("year", "NOT_ASSESSABLE", {}, year, first_year, detail=detail)


def _may_report_on(year: int, signed_year: int, month: int) -> bool:
    return signed_year == year + _USUAL_DELAY or (signed_year == year and month >= _EARLIEST_MONTH)


def _signed(lines: Sequence[str]) -> tuple[int, int] | None:
    """Return year and month of the date that stands alone, or behind an agency's name, in the last lines."""
    for line in [line for line in lines if line.strip()][: -_SIGNATURE_WINDOW - 1 : -1]:
        text = plain_date(line).strip("()（）")
        found = DATE.search(text)
        if found is not None and (not (rest := DATE.sub("", text, count=1)) or is_agency(rest)):
            return int(found[1]), int(found[2])
    return None
