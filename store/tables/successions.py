"""Which agency followed which: by a reform of the bodies, or of their region. One rule, for two questions of SQL.

The view ``agency_successions`` tells it of all agencies. ``coverage`` asks it of one agency at a time, and SQLite would
make the whole view for each, so the same joins are written into it.
"""

_PLACE = (
    "substr(replace({0}.name, '国家税务总局', ''), 1, length(replace({0}.name, '国家税务总局', '')) - length({0}.body))"
)
"""An agency's name without its body: the tax bureaus of 2018 have their ministry before the place."""

_BY_BODY = f"""body_successions s
  JOIN agencies b ON b.body = s.new AND b.region = a.region AND {_PLACE.format("b")} = {_PLACE.format("a")}
  WHERE s.old = a.body"""
_BY_BRANCH = """agencies b WHERE a.body IN ('环境保护局', '生态环境局') AND substr(a.region, 5) <> '00'
  AND b.region = a.region AND b.name GLOB '*生态环境局*分局'"""
"""A county's bureau of the environment became a branch of its city's, in most provinces in 2019."""

_BY_REGION = """regions r
  JOIN agencies b ON b.region = r.successor AND b.body = a.body AND b.id <> a.id
  JOIN regions n ON n.code = b.region AND n.name = b.region_name
  WHERE r.code = a.region AND r.name = a.region_name AND r.successor <> '' AND a.body <> ''"""

_CHANGES = (
    (_BY_BODY, "s.since", "s.note"),
    (_BY_BRANCH, "2019", "'环保机构垂直管理改革'"),
    (_BY_REGION, "r.valid_to", "r.name || ' -> ' || n.name"),
)
"""The joins that lead from an agency ``a`` to its follower ``b``, the year, and what happened."""

_BRANCH = "SELECT a.id AS agency_id, b.id AS successor_id, {year} AS year, {note} AS note FROM agencies a JOIN {joins}"
_TOLD = "SELECT printf('%d: %s', {year}, {note}) AS told FROM {joins}"


def view() -> str:
    """Return the statement that creates the view ``agency_successions``."""
    return "CREATE VIEW agency_successions AS " + " UNION ".join(_each(_BRANCH))


def first_succession() -> str:
    """Return an SQL expression for how the agency ``a`` was first followed (2018: 2018年机构改革), or NULL."""
    return " ".join(("(SELECT min(told) FROM (", " UNION ALL ".join(_each(_TOLD)), "))"))


def _each(statement: str) -> list[str]:
    return [statement.format(joins=joins, year=year, note=note) for joins, year, note in _CHANGES]
