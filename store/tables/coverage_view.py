"""The view ``coverage``: each agency in each year in which a report is expected, with its status and the evidence.

Expected is an agency from its first known report (or from what the roster says) to the last year that has ended, by the
day in China of the last crawl, never by the clock of whoever asks. When a report is due, ``due_days`` says.
"""

from store.tables.due_days import due_day
from store.tables.successions import first_succession

EXPECTED_TABLE = """
CREATE TABLE expected (
  agency_id TEXT NOT NULL, origin TEXT NOT NULL CHECK (origin IN ('seed', 'roster')),
  name TEXT NOT NULL, region TEXT, url TEXT NOT NULL, first_year INTEGER, last_year INTEGER, note TEXT NOT NULL,
  PRIMARY KEY (agency_id, origin)
) STRICT;
CREATE INDEX expected_region ON expected (region);
CREATE INDEX agencies_region ON agencies (region);
"""

WITHDRAWN_TABLE = "CREATE TABLE IF NOT EXISTS withdrawn (url TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT"
"""The view speaks of it, so it is there before the view, whichever migration makes that first."""

_DAYS = """
  days(today, first_run) AS (
    SELECT ifnull(max(day), max(date(started, '+8 hours'))), ifnull(min(day), min(date(started, '+8 hours'))) FROM runs
  ),
  ended(last, first_run) AS (
    SELECT CAST(strftime('%Y', today) AS INTEGER) - 1, CAST(strftime('%Y', first_run) AS INTEGER) - 1 FROM days
  ),
  calendar(year, last) AS (
    SELECT min(
        ifnull((SELECT min(year) FROM reports), 9999), ifnull((SELECT min(first_year) FROM expected), 9999),
        ifnull(first_run, 9999)
      ), max(ifnull((SELECT max(year) FROM reports), 0), ifnull(last, 0)) FROM ended
    UNION ALL SELECT year + 1, last FROM calendar WHERE year < last
  ),
"""
_BODIES = """
  bodies(id, name, region, first, last, opens, closes, url, followed) AS (
    SELECT a.id, a.name, a.region,
      min(
        (SELECT min(year) FROM reports WHERE agency_id = a.id),
        ifnull((SELECT min(first_year) FROM expected WHERE agency_id = a.id), 9999)
      ),
      max((SELECT max(year) FROM reports WHERE agency_id = a.id), ifnull((SELECT last FROM ended), 0)),
      (SELECT min(first_year) FROM expected WHERE agency_id = a.id),
      (SELECT max(last_year) FROM expected WHERE agency_id = a.id),
      (SELECT max(url) FROM expected WHERE agency_id = a.id),
      ifnull((first_succession), '9999')
    FROM agencies a
    UNION ALL
    SELECT e.agency_id, e.name, e.region, ifnull(e.first_year, (SELECT first_run FROM ended)),
      (SELECT last FROM ended), e.first_year, e.last_year, e.url, '9999'
    FROM expected e
    WHERE NOT EXISTS (SELECT 1 FROM agencies WHERE id = e.agency_id)
      AND NOT EXISTS (SELECT 1 FROM expected o WHERE o.agency_id = e.agency_id AND o.origin < e.origin)
  )
"""
_LAST_LOOK = """(
    SELECT f.id FROM (
      SELECT b.url AS url WHERE b.url <> ''
      UNION
      SELECT s.parent_url
      FROM reports o JOIN placements p ON p.report_id = o.id JOIN sources s ON s.sha256 = p.sha256
      WHERE o.agency_id = b.id AND s.parent_url <> ''
    ) AS pages
    JOIN fetches f ON f.id = (SELECT max(id) FROM fetches WHERE url = pages.url)
    ORDER BY f.outcome IN ('ok', 'unchanged', 'redirected'), f.url LIMIT 1
  )"""
"""Where the agency's reports would be listed: the page whose last fetch failed, if any, else one that was looked at."""

_OUTSIDE = "(c.year > b.closes OR CAST(b.followed AS INTEGER) <= c.year OR c.year < b.opens)"

_VIEW = """
CREATE VIEW coverage AS
  WITH RECURSIVE (days) (bodies)
  SELECT b.id AS agency_id, b.name AS agency, b.region, c.year,
    CASE WHEN r.id IS NOT NULL THEN r.outcome
      WHEN (outside) THEN 'out_of_scope'
      WHEN (due_day) >= d.today THEN 'not_yet_due'
      WHEN f.outcome = 'refused' THEN 'out_of_scope'
      WHEN f.outcome NOT IN ('ok', 'unchanged', 'redirected', 'not_found', 'soft_404') THEN 'blocked'
      ELSE 'not_found' END AS status,
    CASE WHEN r.id IS NOT NULL THEN r.reason || ifnull(
        (SELECT iif(r.reason = '', '', '; ') || 'withdrawn by its portal: not there since ' || since
         FROM withdrawn WHERE url = r.url), '')
      WHEN CAST(b.followed AS INTEGER) <= c.year THEN 'followed by another agency since ' || b.followed
      WHEN (outside) THEN 'expected.csv: ' || ifnull('from ' || b.opens || ' ', '') || ifnull('until ' || b.closes, '')
      WHEN (due_day) >= d.today THEN 'due on ' || (due_day)
      WHEN f.outcome NOT IN ('ok', 'unchanged', 'redirected') THEN
        'the page that lists its reports could not be read: ' || trim(f.outcome || ' ' || f.detail)
      WHEN f.id IS NULL AND NOT EXISTS (SELECT 1 FROM reports WHERE agency_id = b.id) THEN
        'no report of this agency was ever found, and no page of its own is known'
      ELSE 'no report for this year was found where the agency''s reports are listed' END AS reason,
    r.consistent, r.id AS report_id, r.url, r.document, (due_day) AS due,
    f.id AS fetch_id, f.url AS looked_at, f.at AS looked_on
  FROM bodies b JOIN calendar c ON c.year BETWEEN b.first AND b.last JOIN days d
  LEFT JOIN reports r ON r.agency_id = b.id AND r.year = c.year
  LEFT JOIN fetches f ON f.id = CASE WHEN r.id IS NOT NULL
    THEN (SELECT max(id) FROM fetches WHERE url = r.url AND outcome = 'ok' AND sha256 IS NOT NULL)
    ELSE (last_look) END;
"""

STATUSES = (
    "complete",
    "partial",
    "narrative",
    "unreadable",
    "blocked",
    "not_found",
    "not_yet_due",
    "out_of_scope",
)
"""Every status: the four outcomes of a report, and the four ways to have none."""


def view() -> str:
    """Return the statement that creates the view ``coverage``."""
    pieces = {
        "(days)": _DAYS,
        "(bodies)": _BODIES,
        "(first_succession)": first_succession(),
        "(outside)": _OUTSIDE,
        "(due_day)": due_day("c.year", "b.name"),
        "(last_look)": _LAST_LOOK,
    }
    statement = _VIEW
    for name, piece in pieces.items():
        statement = statement.replace(name, piece)
    return statement
