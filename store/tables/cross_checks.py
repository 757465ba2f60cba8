"""Checks that need more than one report: a view, so that no order of arrival can leave a stale verdict behind.

``carried_over``: what an agency carried out of last year it carries into this one (结转下年度 = 上年结转), for each kind of
applicant. ``in_force``: 现行有效 = last year's 现行有效 + 本年制发 - 本年废止. ``published_in_time``: by the day of
``due_days``. A side that is not a certain number makes the verdict NOT_ASSESSABLE; a year without its predecessor has
no row.
"""

from store.tables.due_days import due_day

_APPLICANTS = (
    *("natural_person", "business", "research_institute", "welfare_organization", "legal_service"),
    *("other", "total"),
)

_COLUMNS = "r.agency_id, a.name AS agency, r.year, r.id AS report_id"
_PAIR = """
  FROM agencies a JOIN reports r ON r.agency_id = a.id
  JOIN reports p ON p.agency_id = r.agency_id AND p.year = r.year - 1
"""
_EQUAL = """
  CASE WHEN {expected} IS NULL OR {actual} IS NULL THEN 'NOT_ASSESSABLE'
    WHEN {expected} = {actual} THEN 'PASS' ELSE 'FAIL' END AS verdict
"""

_CARRIED_OVER = """
  SELECT {columns}, 'carried_over' AS rule, 'requests' AS table_name, 'carried_in' AS "row",
    '{column}' AS "column", +earlier.{column} AS expected, +later.{column} AS actual, {verdict}
  {pair}
  JOIN requests later ON later.report_id = r.id AND later.row = 'carried_in'
  LEFT JOIN requests earlier ON earlier.report_id = p.id AND earlier.row = 'carried_out'
"""

_IN_FORCE = """
  SELECT {columns}, 'in_force', 'disclosure', +later."row", 'in_force', {expected}, +later.value, {verdict}
  {pair}
  JOIN disclosure later ON later.report_id = r.id AND later."column" = 'in_force' AND later.item IS NULL
  LEFT JOIN disclosure earlier ON earlier.report_id = p.id AND earlier."row" = later."row"
    AND earlier."column" = 'in_force' AND earlier.item IS NULL
  LEFT JOIN disclosure issued ON issued.report_id = r.id AND issued."row" = later."row"
    AND issued."column" = 'issued' AND issued.item IS NULL
  LEFT JOIN disclosure repealed ON repealed.report_id = r.id AND repealed."row" = later."row"
    AND repealed."column" = 'repealed' AND repealed.item IS NULL
"""

_IN_TIME = """
  SELECT {columns}, 'published_in_time', NULL, NULL, NULL, {last_day}, +r.published,
    CASE WHEN r.published IS NULL THEN 'NOT_ASSESSABLE' WHEN r.published <= {last_day} THEN 'PASS' ELSE 'FAIL' END
  FROM reports r JOIN agencies a ON a.id = r.agency_id
"""


def view() -> str:
    """Return the statement that creates the view ``cross_checks``.

    Every branch has the agency's columns itself, so that SQLite asks each for one agency only when a query does. It does
    so only where the branches' columns have the same affinity: the unary plus takes it away from those that differ.
    """
    branches = (*map(_carried_over, _APPLICANTS), _in_force(), _in_time())
    return "CREATE VIEW cross_checks AS " + " UNION ALL ".join(branches)


def _carried_over(column: str) -> str:
    verdict = _EQUAL.format(expected=f"earlier.{column}", actual=f"later.{column}")
    return _CARRIED_OVER.format(columns=_COLUMNS, column=column, verdict=verdict, pair=_PAIR)


def _in_time() -> str:
    return _IN_TIME.format(columns=_COLUMNS, last_day=due_day("r.year", "a.name"))


def _in_force() -> str:
    expected = "(earlier.value + issued.value - repealed.value)"
    verdict = _EQUAL.format(expected=expected, actual="later.value")
    return _IN_FORCE.format(columns=_COLUMNS, expected=expected, verdict=verdict, pair=_PAIR)
