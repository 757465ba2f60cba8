"""The tables of who is who: regions, decisions, people's corrections, and views on names and successors."""

REGISTRY_TABLES = """
ALTER TABLE agencies ADD COLUMN vertical INTEGER NOT NULL DEFAULT 0 CHECK (vertical IN (0, 1));
ALTER TABLE agencies ADD COLUMN body TEXT NOT NULL DEFAULT '';
CREATE INDEX agencies_body ON agencies (body, region);
ALTER TABLE placements ADD COLUMN printed TEXT NOT NULL DEFAULT '';
ALTER TABLE placements ADD COLUMN agency TEXT NOT NULL DEFAULT '';
CREATE INDEX placements_agency ON placements (agency);
CREATE TABLE regions (
  code TEXT NOT NULL, name TEXT NOT NULL, parent TEXT NOT NULL, level TEXT NOT NULL,
  valid_from INTEGER, valid_to INTEGER, successor TEXT NOT NULL, source TEXT NOT NULL, fetched_at TEXT NOT NULL,
  PRIMARY KEY (code, name)
) STRICT;
CREATE TABLE body_successions (
  old TEXT NOT NULL, new TEXT NOT NULL, since INTEGER NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (old, new)
) STRICT;
CREATE TABLE decisions (
  document TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL,
  agency TEXT NOT NULL, region TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (document, name, place)
) STRICT;
CREATE INDEX decisions_place ON decisions (place);
CREATE TABLE corrections (
  sha256 TEXT NOT NULL, table_name TEXT NOT NULL, "row" TEXT NOT NULL, item TEXT NOT NULL, "column" TEXT NOT NULL,
  value ANY, state TEXT NOT NULL, agency TEXT NOT NULL, year INTEGER,
  note TEXT NOT NULL, reviewer TEXT NOT NULL, date TEXT NOT NULL, expected_raw TEXT NOT NULL
) STRICT;
CREATE INDEX corrections_document ON corrections (sha256);
CREATE TABLE adopted (name TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT;
CREATE VIEW agency_names AS
  SELECT r.agency_id, p.printed AS name, min(r.year) AS first_year, max(r.year) AS last_year
  FROM placements p JOIN reports r ON r.id = p.report_id WHERE p.printed <> '' GROUP BY r.agency_id, p.printed;
CREATE VIEW undecided AS
  SELECT p.sha256 AS document, '' AS name, '' AS place, p.printed, p.problem AS reason
  FROM placements p WHERE p.report_id IS NULL AND p.problem <> '' AND instr(p.problem, ' year') = 0
  UNION ALL
  SELECT '', n.name, a.host, n.name, 'no region is known'
  FROM agencies a JOIN agency_names n ON n.agency_id = a.id WHERE a.region IS NULL;
CREATE VIEW open_corrections AS
  SELECT f.report_id, NULL AS document, f.where_ || ' ' || f.detail AS reason
  FROM findings f WHERE f.rule = 'correction_reopened'
  UNION ALL
  SELECT NULL, c.sha256, CASE WHEN d.sha256 IS NULL THEN 'no such document is kept'
    WHEN d.reading IS NULL THEN 'the document is not read yet' ELSE 'the document belongs to no report' END
  FROM corrections c LEFT JOIN documents d USING (sha256) LEFT JOIN placements p USING (sha256)
  WHERE p.report_id IS NULL;
"""
"""``undecided`` lists what one line of ``decisions.csv`` would decide: its first three columns begin that line. A year is
no agency: it is corrected.
"""
