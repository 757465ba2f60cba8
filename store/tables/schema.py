"""The tables, one migration a function; later changes are added below, never edited above.

``item`` is NULL for the form's own cells and names the agency's sub-items. Counts are ``ANY``: a whole number stays
an INTEGER and money in 万元 a REAL, while STRICT INTEGER would refuse a misprinted 1.5 that was really published.
Every table that hangs on a report has an index that begins with ``report_id``: folding one report never scans.
"""

from sqlite_utils import Database, Migrations

from store.tables import coverage_view, cross_checks, full_text, successions
from store.tables.night_tables import COPIES_TABLES, NIGHT_AFTER_NIGHT, NIGHT_TABLES
from store.tables.registry_tables import REGISTRY_TABLES

SCHEMA = Migrations("annual_reports")

_EVIDENCE = """
CREATE TABLE documents (
  sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, bytes INTEGER NOT NULL,
  outcome TEXT, extractor TEXT, reading TEXT
) STRICT;
CREATE INDEX documents_due ON documents (extractor, sha256);
CREATE TABLE sources (
  sha256 TEXT NOT NULL REFERENCES documents, url TEXT NOT NULL,
  parent_url TEXT NOT NULL, link_text TEXT NOT NULL, page_title TEXT NOT NULL,
  agency TEXT NOT NULL, region TEXT NOT NULL, listed_on TEXT NOT NULL,
  PRIMARY KEY (sha256, url)
) STRICT;
CREATE INDEX sources_url ON sources (url);
CREATE TABLE damaged (
  sha256 TEXT PRIMARY KEY, at TEXT NOT NULL, problem TEXT NOT NULL
) STRICT;
CREATE TABLE fetches (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL, at TEXT NOT NULL, status INTEGER NOT NULL, outcome TEXT NOT NULL,
  detail TEXT NOT NULL, sha256 TEXT, etag TEXT, last_modified TEXT
) STRICT;
CREATE INDEX fetches_url ON fetches (url, id);
CREATE INDEX fetches_known ON fetches (url, id) WHERE outcome = 'ok' AND sha256 IS NOT NULL;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, reason TEXT, counts TEXT NOT NULL DEFAULT '{}'
) STRICT;
"""

_REPORTS = """
CREATE TABLE agencies (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, region TEXT, region_name TEXT, level TEXT, host TEXT
) STRICT;
CREATE TABLE reports (
  id TEXT PRIMARY KEY, agency_id TEXT NOT NULL REFERENCES agencies, year INTEGER NOT NULL,
  template TEXT, title TEXT, published TEXT, url TEXT, document TEXT REFERENCES documents,
  outcome TEXT NOT NULL CHECK (outcome IN ('complete', 'partial', 'narrative', 'unreadable')),
  reason TEXT NOT NULL, consistent INTEGER CHECK (consistent IN (0, 1)),
  first_seen TEXT NOT NULL, last_changed TEXT NOT NULL,
  UNIQUE (agency_id, year)
) STRICT;
CREATE INDEX reports_document ON reports (document);
CREATE TABLE placements (
  sha256 TEXT PRIMARY KEY REFERENCES documents,
  report_id TEXT REFERENCES reports DEFERRABLE INITIALLY DEFERRED, problem TEXT NOT NULL
) STRICT;
CREATE INDEX placements_report ON placements (report_id);
CREATE TABLE origins (
  report_id TEXT NOT NULL REFERENCES reports, table_name TEXT NOT NULL, document TEXT NOT NULL REFERENCES documents,
  UNIQUE (report_id, table_name)
) STRICT;
CREATE TABLE findings (
  report_id TEXT NOT NULL REFERENCES reports, rule TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('PASS', 'FAIL', 'NOT_ASSESSABLE')), where_ TEXT NOT NULL,
  expected ANY, actual ANY, cause TEXT CHECK (cause IN ('source', 'reading')), detail TEXT NOT NULL
) STRICT;
CREATE INDEX findings_report ON findings (report_id, verdict);
CREATE INDEX findings_verdict ON findings (verdict, report_id);
CREATE TABLE sections (
  id INTEGER PRIMARY KEY, report_id TEXT NOT NULL REFERENCES reports, number INTEGER NOT NULL,
  heading TEXT NOT NULL, text TEXT NOT NULL,
  UNIQUE (report_id, number)
) STRICT;
CREATE VIRTUAL TABLE sections_fts USING fts5(text, content='', tokenize='ascii');
"""

_FIGURES = """
CREATE TABLE requests (
  report_id TEXT NOT NULL REFERENCES reports, row TEXT NOT NULL,
  natural_person ANY, business ANY, research_institute ANY, welfare_organization ANY, legal_service ANY, other ANY,
  total ANY,
  UNIQUE (report_id, row)
) STRICT;
CREATE TABLE review (
  report_id TEXT NOT NULL REFERENCES reports, row TEXT NOT NULL,
  upheld ANY, corrected ANY, other ANY, pending ANY, total ANY,
  UNIQUE (report_id, row)
) STRICT;
CREATE TABLE disclosure (
  report_id TEXT NOT NULL REFERENCES reports, row TEXT NOT NULL, item TEXT, "column" TEXT NOT NULL,
  value ANY, unit TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX disclosure_cell ON disclosure (report_id, row, ifnull(item, ''), "column");
CREATE TABLE statistics (
  report_id TEXT NOT NULL REFERENCES reports, row TEXT NOT NULL, value ANY, unit TEXT NOT NULL,
  UNIQUE (report_id, row)
) STRICT;
CREATE TABLE other_figures (
  report_id TEXT NOT NULL REFERENCES reports, table_name TEXT NOT NULL, row TEXT NOT NULL, item TEXT,
  "column" TEXT NOT NULL, value ANY, unit TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX other_figures_cell ON other_figures (report_id, table_name, row, ifnull(item, ''), "column");
CREATE TABLE gaps (
  report_id TEXT NOT NULL REFERENCES reports, table_name TEXT NOT NULL, row TEXT NOT NULL, item TEXT,
  "column" TEXT NOT NULL, state TEXT NOT NULL, raw TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX gaps_cell ON gaps (report_id, table_name, row, ifnull(item, ''), "column");
CREATE TABLE fields (
  template TEXT NOT NULL, table_name TEXT NOT NULL, row TEXT NOT NULL, "column" TEXT NOT NULL,
  label TEXT NOT NULL, unit TEXT NOT NULL, variable TEXT NOT NULL,
  row_label TEXT NOT NULL, column_label TEXT NOT NULL, legal_basis TEXT NOT NULL, position INTEGER NOT NULL,
  UNIQUE (template, table_name, row, "column")
) STRICT;
"""

_VIEWS = """
CREATE VIEW unresolved AS
  SELECT p.sha256, min(s.url) AS url, p.problem, d.outcome, d.media_type
  FROM placements p JOIN documents d USING (sha256) LEFT JOIN sources s USING (sha256)
  WHERE p.report_id IS NULL AND p.problem <> '' GROUP BY p.sha256;
CREATE VIEW coverage AS
  WITH RECURSIVE span(agency_id, year, last) AS (
    SELECT agency_id, min(year), max(year) FROM reports GROUP BY agency_id
    UNION ALL SELECT agency_id, year + 1, last FROM span WHERE year < last
  )
  SELECT a.id AS agency_id, a.name AS agency, a.region, span.year,
    ifnull(r.outcome, 'missing') AS status,
    CASE WHEN r.id IS NOT NULL THEN r.reason
      ELSE ifnull((
        SELECT 'the page that lists its reports could not be read: ' || trim(f.outcome || ' ' || f.detail)
        FROM (
          SELECT DISTINCT s.parent_url AS url
          FROM reports o JOIN placements p ON p.report_id = o.id JOIN sources s ON s.sha256 = p.sha256
          WHERE o.agency_id = a.id AND s.parent_url <> ''
        ) AS pages
        JOIN fetches f ON f.id = (SELECT max(id) FROM fetches WHERE url = pages.url)
        WHERE f.outcome NOT IN ('ok', 'unchanged', 'redirected') ORDER BY f.url LIMIT 1
      ), 'no report for this year was found where the agency''s other reports are') END AS reason,
    r.consistent, r.id AS report_id, r.url
  FROM span JOIN agencies a ON a.id = span.agency_id
  LEFT JOIN reports r ON r.agency_id = span.agency_id AND r.year = span.year;
"""


@SCHEMA(name="0001_first_tables")
def first_tables(db: Database) -> None:
    """Create every table of the first release."""
    for script in (_EVIDENCE, _REPORTS, _FIGURES, _VIEWS):
        db.executescript(script)


@SCHEMA(name="0002_cross_checks")
def checks_across_years(db: Database) -> None:
    """Add the checks that need more than one report."""
    db.execute(cross_checks.view())


@SCHEMA(name="0003_isolation_of_runs")
def isolation_of_runs(db: Database) -> None:
    """Add how the readers of a run were shut in; not known of earlier runs."""
    db.execute("ALTER TABLE runs ADD COLUMN isolation TEXT NOT NULL DEFAULT ''")


@SCHEMA(name="0004_ends_of_nights")
def ends_of_nights(db: Database) -> None:
    """Add how each host fared in a run, what stood against expectation, and how the run was concluded."""
    db.executescript(NIGHT_TABLES)


@SCHEMA(name="0005_registry")
def registry(db: Database) -> None:
    """Add who is who: regions, decisions, people's corrections, names and successors of agencies."""
    db.executescript(REGISTRY_TABLES)
    db.execute(successions.view())


@SCHEMA(name="0006_expected_agencies")
def expected_agencies(db: Database) -> None:
    """Add who ought to report, and tell in ``coverage`` what is not yet due, out of scope or blocked from here."""
    db.executescript(coverage_view.EXPECTED_TABLE)
    db.execute(coverage_view.WITHDRAWN_TABLE)
    db.execute("DROP VIEW coverage")
    db.execute(coverage_view.view())


@SCHEMA(name="0007_copies")
def copies(db: Database) -> None:
    """Add which reports resemble another, and which have been compared."""
    db.executescript(COPIES_TABLES)


@SCHEMA(name="0008_quicker_cross_checks")
def quicker_cross_checks(db: Database) -> None:
    """Rewrite the view so that a question about one agency does not make it for all."""
    db.execute("DROP VIEW cross_checks")
    db.execute(cross_checks.view())


@SCHEMA(name="0009_days_due_before_2019")
def days_due_before_2019(db: Database) -> None:
    """Rewrite the views that know the last day for publication, and tell successors in one place."""
    for name in ("coverage", "cross_checks", "agency_successions"):
        db.execute(f"DROP VIEW {name}")
    for statement in (coverage_view.WITHDRAWN_TABLE, successions.view(), cross_checks.view(), coverage_view.view()):
        db.execute(statement)


@SCHEMA(name="0010_compare_anew")
def compare_anew(db: Database) -> None:
    """Have every report compared again: from how much on two texts are called alike was measured on real ones."""
    db.execute("DELETE FROM compared")


@SCHEMA(name="0011_neighbours_by_host")
def neighbours_by_host(db: Database) -> None:
    """Have reports of agencies without a region compared with others of their host."""
    db.execute("CREATE INDEX agencies_host ON agencies (host) WHERE region IS NULL")
    db.execute("DELETE FROM compared")


@SCHEMA(name="0012_unsettled_pages")
def unsettled_pages(db: Database) -> None:
    """Add which pages lead to something still to be had, and the last fetch of each run.

    Of pages kept before it is not known whether all their files were had: they are looked through once, where they lie.
    """
    db.executescript(NIGHT_AFTER_NIGHT)


@SCHEMA(name="0013_sections_as_they_come")
def sections_as_they_come(db: Database) -> None:
    """Add words of any length in plain SQL. It also numbered the sections anew, which 0014 does for good."""
    db.execute(full_text.VIEW)


@SCHEMA(name="0014_sections_by_agency")
def sections_by_agency(db: Database) -> None:
    """Number the sections by agency and year, so that any order of arrival gives the same rows."""
    full_text.number_by_agency(db)


@SCHEMA(name="0015_followers_by_other_names")
def followers_by_other_names(db: Database) -> None:
    """Rewrite the views that know who followed whom: tax bureaus of 2018, and the environment's branches in counties."""
    for name in ("coverage", "agency_successions"):
        db.execute(f"DROP VIEW {name}")
    for statement in (coverage_view.WITHDRAWN_TABLE, successions.view(), coverage_view.view()):
        db.execute(statement)


@SCHEMA(name="0016_withdrawn_reports")
def withdrawn_reports(db: Database) -> None:
    """Add which documents their portals have taken down, and have the coverage say so."""
    db.execute(coverage_view.WITHDRAWN_TABLE)
    db.execute("CREATE INDEX sources_parent ON sources (parent_url)")
    db.execute("DROP VIEW coverage")
    db.execute(coverage_view.view())


@SCHEMA(name="0017_withdrawals_are_dated")
def withdrawals_are_dated(db: Database) -> None:
    """Add when it was certain that a document was taken down; empty for those of which it was before."""
    db.execute("ALTER TABLE withdrawn ADD COLUMN at TEXT NOT NULL DEFAULT ''")
