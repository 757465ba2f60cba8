"""The last words of a run: what came, what is new, what does not add up or meet expectations, how seeds fared."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawler.run.night import REACHED, Night, SeedHealth
from extract.readers.isolation import in_force
from store.records import Fetch
from store.runs import Alarm
from store.withdrawals import withdrawn_after

MAX_LINES = 20
"""Lines of one list; the rest is counted, and stands in the database."""

READ_OUTCOMES = ("ok", "partial", "not_a_report")
"""Outcomes of a reading after which nothing is missing: `not_a_report` is an answer, too."""

_NEW = """
SELECT a.name, r.year, r.outcome FROM reports r JOIN agencies a ON a.id = r.agency_id
WHERE r.first_seen >= :started ORDER BY a.name, r.year
"""
_CHANGED = """
SELECT a.name, r.year, r.outcome FROM reports r JOIN agencies a ON a.id = r.agency_id
WHERE r.first_seen < :started AND r.last_changed >= :started ORDER BY a.name, r.year
"""


@dataclass(frozen=True, slots=True)
class Digest:
    """What the database says of one night, beside what the night counted itself.

    ``new`` and ``changed`` are (agency, year, outcome); ``failed``, ``copied``, ``unplaced`` and ``unread`` are lines for
    people. ``withdrawn`` are reports and files of which this night has made certain that their portals have taken them
    down; what was read of them stays. ``unplaced`` are documents that may be reports, and wait for somebody to say whose or of which year.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    failed: tuple[str, ...]
    copied: tuple[str, ...]
    unplaced: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """What followed from a night: ``published`` and ``backup`` are sentences for people; ``copy_failed``: a copy could not
    be written."""

    alarms: tuple[Alarm, ...]
    published: str
    backup: str
    copy_failed: bool = False

    @property
    def is_held(self) -> bool:
        """Tell whether an expectation that decides over publication was not met."""
        return any(alarm.severity == "error" for alarm in self.alarms)


def digest(db: Database, night: Night) -> Digest:
    """Ask the database what this night brought."""
    return Digest(
        new=_reports(db, _NEW, night.started),
        changed=_reports(db, _CHANGED, night.started),
        withdrawn=tuple(_withdrawn(db, night.started)),
        failed=_failed(db, night.started),
        copied=_copied(db, night.started),
        unplaced=tuple(_unplaced(db, night)),
        unread=tuple(_unread(db, night)),
    )


def is_clean(night: Night, found: Digest) -> bool:
    """Tell whether every seed was reached and every document of the night could be read."""
    return night.reason == "finished" and not found.unread and not any(_complaint(h, night) for h in night.health())


def exit_status(night: Night, found: Digest, ending: Ending) -> int:
    """Give the exit status of a run that could work: 0 all well, 1 something is missing, 3 publication held back."""
    if ending.is_held:
        return 3
    return 0 if is_clean(night, found) and not ending.copy_failed else 1


def to_json(night: Night, found: Digest, ending: Ending) -> dict[str, Any]:
    """Return the digest as plain JSON values, every list whole."""
    return {
        "started": night.started,
        "reason": night.reason,
        "exit_status": exit_status(night, found, ending),
        "counts": night.counts(),
        **asdict(found),
        "not_fetched": _unfetched(night.failures),
        "seeds": [_seed_line(health, night) for health in night.health()],
        **asdict(ending),
    }


def render(night: Night, found: Digest, ending: Ending, database: Path) -> str:
    """Write the digest as text."""
    stopped = night.reason != "finished"
    lines = [
        *_list("Expectations not met", _alarms(ending, "error")),
        *_list("Warnings", _alarms(ending, "warning")),
        *([f"The run was stopped before its end ({night.reason}); the next one goes on from here."] if stopped else []),
        f"Fetches: {_counts(night.outcomes.items())}",
        f"Readers: {in_force()}",
        f"Documents: {night.counts()['documents']} found, {_counts(night.readings.items()) or 'nothing new'} read",
        *([f"Left for a later night: {night.resting} known reports and files"] if night.resting else []),
        *_list("New reports", found.new),
        *_list("Changed reports", found.changed),
        *_list("Withdrawn by their portals, kept here", found.withdrawn),
        *_list("What does not add up", found.failed),
        *_list("Much like another report", found.copied),
        *_list("Belong to no agency's year", found.unplaced),
        *_list("Could not be read", found.unread),
        *_list("Not fetched", _unfetched(night.failures)),
        f"Seeds by state: {_counts(Counter(_state(health, night) for health in night.health()).items())}",
        *_list("Seeds", tuple(_seed_line(health, night) for health in _troubled_first(night))),
        f"Published: {ending.published}",
        f"Backup: {ending.backup}",
        f"Database: {database}",
    ]
    return "\n".join(lines)


def _alarms(ending: Ending, severity: str) -> tuple[str, ...]:
    found = (alarm for alarm in ending.alarms if alarm.severity == severity)
    return tuple(clean(f"{a.expectation} {a.subject}".strip() + f": {a.detail}") for a in found)


def _counts(items: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(items, key=lambda item: (-item[1], item[0])))


def _list(heading: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield f"{heading} ({len(lines)}):"
        yield from (f"  {line}" for line in lines[:MAX_LINES])
        if len(lines) > MAX_LINES:
            yield f"  … and {len(lines) - MAX_LINES} more"


def _reports(db: Database, query: str, started: str) -> tuple[str, ...]:
    rows = db.execute(query, {"started": started})
    return tuple(f"{clean(name)} {year}: {outcome}" for name, year, outcome in rows.fetchall())


def _withdrawn(db: Database, started: str) -> Iterator[str]:
    for report, since, url in withdrawn_after(db, started):
        yield clean(f"{report or 'a document'}: not there since {since} ({url})")


def _failed(db: Database, started: str) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT a.name, r.year, f.rule, f.where_, f.expected, f.actual, r.url, count(*)"
        " FROM findings f JOIN reports r ON r.id = f.report_id JOIN agencies a ON a.id = r.agency_id"
        " WHERE f.verdict = 'FAIL' AND r.last_changed >= ?"
        # Two documents may differ in every figure: one line, or they would hide all that others have wrong.
        " GROUP BY r.id, f.rule, CASE f.rule WHEN 'conflict' THEN '' ELSE f.rowid END"
        " ORDER BY a.name, r.year, f.rule, f.where_",
        (started,),
    )
    return tuple(clean(f"{name} {year}: {_told(*finding)}") for name, year, *finding in rows.fetchall())


def _told(rule: str, where: str, expected: object, actual: object, url: str, count: int) -> str:
    if count > 1:
        return f"{rule}: another document has {count} other figures ({url})"
    return f"{rule} {where} expected {expected}, printed {actual} ({url})"


def _copied(db: Database, started: str) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT c.report_id, c.other_id, c.rule, c.similarity FROM copies c JOIN reports r ON r.id = c.report_id"
        " WHERE r.last_changed >= ? ORDER BY c.report_id, c.other_id, c.rule",
        (started,),
    )
    return tuple(clean(f"{one}: {rule} {share:.0%} of {other}") for one, other, rule, share in rows.fetchall())


def _unplaced(db: Database, night: Night) -> Iterator[str]:
    """Yield the night's documents that were read and belong to no report, with URL and reason."""
    for digest_ in sorted(night.documents):
        row = db.execute("SELECT url, problem, outcome FROM unresolved WHERE sha256 = ?", (digest_,)).fetchone()
        if row and row[2] in READ_OUTCOMES:
            yield clean(f"{row[0]}: {row[1]}")


def _unread(db: Database, night: Night) -> Iterator[str]:
    """Yield the night's documents that the reader could make nothing of, with URL and cause."""
    for digest_ in sorted(night.documents):
        row = db.execute(
            "SELECT d.outcome, json_extract(d.reading, '$.detail'), min(s.url) FROM documents d"
            " LEFT JOIN sources s USING (sha256) WHERE d.sha256 = ?",
            (digest_,),
        ).fetchone()
        if row[0] not in READ_OUTCOMES:
            yield clean(f"{row[2]}: {row[0] or 'not read yet'} {row[1] or ''}".strip())


def _unfetched(failures: list[Fetch]) -> tuple[str, ...]:
    return tuple(clean(f"{fetch.url}: {fetch.outcome} {fetch.detail}".strip()) for fetch in failures)


def _complaint(health: SeedHealth, night: Night) -> str:
    """Say what is wrong with a seed, or give an empty string."""
    if health.outcome not in REACHED:
        return f"{health.outcome} {health.detail}".strip()
    silent = night.is_whole and not health.documents
    return "reached, but no report was found under it" if silent else ""


def _state(health: SeedHealth, night: Night) -> str:
    """Say in a word how a seed fared; one that was reached and brought no report is empty."""
    return "empty" if _complaint(health, night) and health.outcome in REACHED else health.state


def _troubled_first(night: Night) -> list[SeedHealth]:
    """Give the seeds in the order of their files, those first that somebody ought to look at."""
    return sorted(night.health(), key=lambda health: _state(health, night) == "ok")


def _seed_line(health: SeedHealth, night: Night) -> str:
    why = _complaint(health, night).removeprefix(health.state).strip()
    words = (_state(health, night), why, f"to {health.moved_to}" if health.moved_to else "")
    state = ", ".join(word for word in words if word)
    return clean(f"{health.seed.url}: {state} ({health.pages} pages, {health.documents} documents)")


def clean(text: str) -> str:
    """Replace control characters: text from the web must not reach the terminal as a command."""
    return "".join(character if character.isprintable() else "�" for character in text)
