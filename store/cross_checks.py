"""Checks that need more than one report: a view, so that no order of arrival can leave a stale verdict behind.

``carried_over``: what an agency carried out of last year it carries into this one (结转下年度 = 上年结转), for each kind of
applicant. ``in_force``: 现行有效 = last year's 现行有效 + 本年制发 - 本年废止. ``published_in_time``: by 31 January, a
government's report for its whole area by 31 March (条例第四十九、五十条). A side that is not a certain number makes the
verdict NOT_ASSESSABLE; a year without its predecessor has no row.
"""

_APPLICANTS = (
    *("natural_person", "business", "research_institute", "welfare_organization", "legal_service"),
    *("other", "total"),
)

_CARRIED_OVER = """
  SELECT pair.report_id, 'carried_over' AS rule, 'requests' AS table_name, 'carried_in' AS "row",
    '{column}' AS "column", earlier.{column} AS expected, later.{column} AS actual
  FROM pair JOIN requests later ON later.report_id = pair.report_id AND later.row = 'carried_in'
  LEFT JOIN requests earlier ON earlier.report_id = pair.before_id AND earlier.row = 'carried_out'
"""

_IN_FORCE = """
  SELECT pair.report_id, 'in_force', 'disclosure', later."row", 'in_force',
    earlier.value + issued.value - repealed.value, later.value
  FROM pair
  JOIN disclosure later ON later.report_id = pair.report_id AND later."column" = 'in_force' AND later.item IS NULL
  LEFT JOIN disclosure earlier ON earlier.report_id = pair.before_id AND earlier."row" = later."row"
    AND earlier."column" = 'in_force' AND earlier.item IS NULL
  LEFT JOIN disclosure issued ON issued.report_id = pair.report_id AND issued."row" = later."row"
    AND issued."column" = 'issued' AND issued.item IS NULL
  LEFT JOIN disclosure repealed ON repealed.report_id = pair.report_id AND repealed."row" = later."row"
    AND repealed."column" = 'repealed' AND repealed.item IS NULL
"""

_IN_TIME = """
  SELECT r.id AS report_id, 'published_in_time' AS rule, NULL, NULL, NULL,
    printf('%d-%s', r.year + 1, CASE WHEN a.name LIKE '%人民政府' THEN '03-31' ELSE '01-31' END) AS expected,
    r.published AS actual
  FROM reports r JOIN agencies a ON a.id = r.agency_id
"""

_PAIRS = """
CREATE VIEW cross_checks AS
  WITH pair AS (
    SELECT r.id AS report_id, p.id AS before_id
    FROM reports r JOIN reports p ON p.agency_id = r.agency_id AND p.year = r.year - 1
  ), compared AS (
"""

_DATED = "), dated AS ("

_VERDICTS = """
  )
  SELECT r.agency_id, a.name AS agency, r.year, found.* FROM (
    SELECT *, CASE WHEN expected IS NULL OR actual IS NULL THEN 'NOT_ASSESSABLE'
      WHEN expected = actual THEN 'PASS' ELSE 'FAIL' END AS verdict FROM compared
    UNION ALL
    SELECT *, CASE WHEN actual IS NULL THEN 'NOT_ASSESSABLE'
      WHEN actual <= expected THEN 'PASS' ELSE 'FAIL' END FROM dated
  ) AS found JOIN reports r ON r.id = found.report_id JOIN agencies a ON a.id = r.agency_id
"""


def view() -> str:
    """Return the statement that creates the view ``cross_checks``."""
    carried = (_CARRIED_OVER.format(column=column) for column in _APPLICANTS)
    compared = " UNION ALL ".join((*carried, _IN_FORCE))
    return " ".join((_PAIRS, compared, _DATED, _IN_TIME, _VERDICTS))
