"""The tables of a night's end: how each host fared, what stood against expectation, and how the run was concluded."""

NIGHT_TABLES = """
ALTER TABLE runs ADD COLUMN day TEXT;
ALTER TABLE runs ADD COLUMN conclusion TEXT NOT NULL DEFAULT '{}';
CREATE TABLE runs_hosts (
  run_id INTEGER NOT NULL REFERENCES runs, host TEXT NOT NULL, family TEXT NOT NULL,
  seeds INTEGER NOT NULL, reached INTEGER NOT NULL, pages INTEGER NOT NULL, documents INTEGER NOT NULL,
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  UNIQUE (run_id, host)
) STRICT;
CREATE INDEX runs_hosts_host ON runs_hosts (host, run_id);
CREATE TABLE runs_alarms (
  run_id INTEGER NOT NULL REFERENCES runs, expectation TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning')),
  subject TEXT NOT NULL, value REAL NOT NULL, bound REAL NOT NULL, detail TEXT NOT NULL
) STRICT;
CREATE INDEX runs_alarms_run ON runs_alarms (run_id);
CREATE INDEX reports_year ON reports (year, agency_id);
"""
"""The index by year is for questions about one year's reports: who has published, how many are new in season."""

COPIES_TABLES = """
CREATE TABLE copies (
  report_id TEXT NOT NULL REFERENCES reports ON DELETE CASCADE,
  other_id TEXT NOT NULL REFERENCES reports ON DELETE CASCADE,
  rule TEXT NOT NULL CHECK (rule IN ('copied_text', 'copied_figures')),
  verdict TEXT NOT NULL CHECK (verdict = 'NOT_ASSESSABLE'), similarity REAL NOT NULL,
  UNIQUE (report_id, other_id, rule)
) STRICT;
CREATE INDEX copies_other ON copies (other_id);
CREATE TABLE compared (
  report_id TEXT PRIMARY KEY REFERENCES reports ON DELETE CASCADE, last_changed TEXT NOT NULL
) STRICT;
"""

NIGHT_AFTER_NIGHT = """
ALTER TABLE runs ADD COLUMN last_fetch INTEGER NOT NULL DEFAULT 0;
CREATE TABLE unsettled (url TEXT PRIMARY KEY) STRICT;
INSERT INTO unsettled
  SELECT DISTINCT s.url FROM sources s JOIN documents d USING (sha256) WHERE d.media_type LIKE '%html%';
"""
