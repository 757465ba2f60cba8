"""What is measured of a night, against what the store knows of earlier ones; a measure yields nothing it cannot judge.

Small numbers are not judged: a share of three reports jumps without any cause. ``FEW`` is the least number for a host,
``SAMPLE`` for a share of reports.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from crawler.monitors import Evidence, Measured
from crawler.run.digest import READ_OUTCOMES
from store.runs import HostNight, last_conclusion, usual

FEW = 3
SAMPLE = 10

SEASON = ((2, 15), (6, 30))
"""First and last day (month, day) on which last year's reports must be there: two weeks after 31 January, until all
but the latest have come. Outside of it silence is normal."""


def hosts_reached(evidence: Evidence) -> Iterator[Measured]:
    """Measure the share of hosts with an answered seed tonight, of those that ever had one."""
    before = [host for host in evidence.hosts if usual(evidence.db, host.host, evidence.run).reached]
    silent = sorted(host.host for host in before if not host.reached)
    if before:
        reached = len(before) - len(silent)
        yield Measured("", reached / len(before), f"{reached} of {len(before)} hosts answered; not {_some(silent)}")


def documents_of_host(evidence: Evidence) -> Iterator[Measured]:
    """Measure, for each host that answered, its reports and files tonight as a share of the usual number."""
    for host in evidence.hosts:
        expected = usual(evidence.db, host.host, evidence.run).documents
        if host.reached and expected >= FEW:
            yield Measured(host.host, host.documents / expected, f"{host.documents} found where {expected} were")


def missing_documents(evidence: Evidence) -> Iterator[Measured]:
    """Measure, for each host that answered, the share of the usual reports and files that were not found tonight."""
    for found in documents_of_host(evidence):
        yield Measured(found.subject, max(0.0, 1 - found.value), found.detail)


def hosts_of_family(evidence: Evidence) -> Iterator[Measured]:
    """Measure, for each family, the share of its hosts that brought something tonight, of those that usually do."""
    members: dict[str, list[HostNight]] = defaultdict(list)
    for host in evidence.hosts:
        known = usual(evidence.db, host.host, evidence.run)
        if known.documents and known.family:
            members[known.family].append(host)
    for family, hosts in sorted(members.items()):
        barren = sorted(host.host for host in hosts if not host.documents)
        if len(hosts) > 1:
            share = 1 - len(barren) / len(hosts)
            yield Measured(family, share, f"{len(barren)} of {len(hosts)} hosts brought nothing: {_some(barren)}")


def budgets_spent(evidence: Evidence) -> Iterator[Measured]:
    """Count the seeds and lists that were not walked to their end."""
    spent = [fetch.url for fetch in evidence.night.failures if fetch.detail.startswith("budget_reached")]
    yield Measured("", len(spent), _some(sorted(spent)))


def reports_kept(evidence: Evidence) -> Iterator[Measured]:
    """Measure the number of reports in the database as a share of that after the last run."""
    before = last_conclusion(evidence.db, evidence.run).get("reports", 0)
    if before >= FEW:
        now = evidence.db.table("reports").count
        yield Measured("", now / before, f"{now} reports where {before} were")


def readable_documents(evidence: Evidence) -> Iterator[Measured]:
    """Measure the share of tonight's newly read documents that could be read."""
    readings = evidence.night.readings
    if readings.total() >= SAMPLE:
        good = sum(number for outcome, number in readings.items() if outcome in READ_OUTCOMES)
        yield Measured("", good / readings.total(), f"{good} of {readings.total()} documents could be read")


_ADDING_UP = """
SELECT count(*) FILTER (WHERE consistent = 1 AND last_changed >= :started),
  count(*) FILTER (WHERE consistent IS NOT NULL AND last_changed >= :started),
  count(*) FILTER (WHERE consistent = 1 AND last_changed < :started),
  count(*) FILTER (WHERE consistent IS NOT NULL AND last_changed < :started)
FROM reports
"""


def reports_that_add_up(evidence: Evidence) -> Iterator[Measured]:
    """Measure the share of tonight's judged reports whose sums hold, relative to that share among the others."""
    counted = evidence.db.execute(_ADDING_UP, {"started": evidence.night.started}).fetchone()
    good, judged, good_before, judged_before = counted
    if judged >= SAMPLE and judged_before >= SAMPLE and good_before:
        value = (good / judged) / (good_before / judged_before)
        yield Measured("", value, f"{good} of {judged} tonight, {good_before} of {judged_before} before")


_FAILS = """
SELECT count(*) FILTER (WHERE r.last_changed >= :started), count(*) FILTER (WHERE r.last_changed < :started)
FROM findings f JOIN reports r ON r.id = f.report_id WHERE f.verdict = 'FAIL'
"""
_REPORTS = """
SELECT count(*) FILTER (WHERE last_changed >= :started), count(*) FILTER (WHERE last_changed < :started) FROM reports
"""


def failed_checks(evidence: Evidence) -> Iterator[Measured]:
    """Measure the failed checks a report of tonight, as a multiple of those a report of earlier nights."""
    started = {"started": evidence.night.started}
    fails, fails_before = evidence.db.execute(_FAILS, started).fetchone()
    reports, reports_before = evidence.db.execute(_REPORTS, started).fetchone()
    if reports >= SAMPLE and reports_before >= SAMPLE:
        usually = max(fails_before, 1) / reports_before
        detail = f"{fails} in {reports} reports tonight, {fails_before} in {reports_before} before"
        yield Measured("", fails / reports / usually, detail)


def reports_in_season(evidence: Evidence) -> Iterator[Measured]:
    """Measure, in season, the share of last year's publishers that have published this year."""
    hosts = _season(evidence)
    last, now = (set().union(*(pair[place] for pair in hosts.values())) for place in (0, 1))
    if len(last) >= SAMPLE:
        yield Measured("", len(last & now) / len(last), f"{len(last & now)} of {len(last)} agencies have published")


def silence_in_season(evidence: Evidence) -> Iterator[Measured]:
    """Measure, in season, the share of each host's publishers of last year that have not published this year."""
    for host, (last, now) in sorted(_season(evidence).items()):
        if len(last) >= FEW:
            silent = len(last - now)
            yield Measured(host, silent / len(last), f"{silent} of {len(last)} agencies have not published")


def _season(evidence: Evidence) -> dict[str, tuple[set[str], set[str]]]:
    """Give, by host, the agencies with a report on the year before last and on last year; empty out of season."""
    hosts: dict[str, tuple[set[str], set[str]]] = {}
    due = evidence.today.year - 1
    if _in_season(evidence.today):
        rows = evidence.db.execute(
            "SELECT year, agency_id, url FROM reports WHERE year IN (?, ?) AND url IS NOT NULL", (due - 1, due)
        )
        for year, agency, url in rows:
            pair = hosts.setdefault(urlsplit(url).hostname or "", (set(), set()))
            pair[year == due].add(agency)
    return hosts


def _in_season(today: date) -> bool:
    first, last = (date(today.year, month, day) for month, day in SEASON)
    return first <= today < last + timedelta(days=1)


def _some(names: list[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more if names else "none"
