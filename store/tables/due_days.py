"""The last day for publication, as SQL: one rule for the views ``cross_checks`` and ``coverage``.

政府信息公开条例 of 2008, article 31: every organ by 31 March. As revised, in force since 15 May 2019, articles 49 and 50:
departments by 31 January, a government's report for its whole area by 31 March. So the first reports of the earlier
day are those on 2019.
"""

FIRST_YEAR_BY_JANUARY = 2019


def due_day(year: str, name: str) -> str:
    """Return an SQL expression for the ISO day, given those for the year reported on and for the agency's name."""
    spring = f"{year} < {FIRST_YEAR_BY_JANUARY} OR {name} LIKE '%人民政府'"
    return f"printf('%d-%s', {year} + 1, CASE WHEN {spring} THEN '03-31' ELSE '01-31' END)"
