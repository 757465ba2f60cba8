"""The record of runs: when each began and ended, why, what it counted, how each host fared, and how it was concluded."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from sqlite_utils import Database

from store.database import write
from store.fetches import utc_now
from store.text import storable

HISTORY = 30
"""Whole runs of a host that tell what is usual there: a month of nights."""

LOOKED_BACK = 120
"""Runs looked at for them, as some may have been stopped or limited."""


@dataclass(frozen=True, slots=True)
class HostNight:
    """One host in one run. ``documents`` are those found, also such as were not asked for again; ``whole``: everything
    under its seeds was looked at, so that the number can be compared. ``family`` is empty when no list was read."""

    host: str
    family: str
    seeds: int
    reached: int
    pages: int
    documents: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """An expectation that was not met: below its minimum (``error``) or above its maximum (``warning``)."""

    expectation: str
    severity: str
    subject: str
    value: float
    bound: float
    detail: str


@dataclass(frozen=True, slots=True)
class Usual:
    """What earlier runs found on a host: the most documents of the last `HISTORY` whole ones, whether any run of
    late reached it, and the family that last found documents there."""

    documents: int = 0
    reached: bool = False
    family: str = ""


def start_run(db: Database, isolation: str = "") -> int:
    """Note the beginning of a run, and how its readers are shut in, and return its id."""
    with write(db):
        row = db.execute("INSERT INTO runs (started, isolation) VALUES (?, ?)", (utc_now(), isolation))
        return int(row.lastrowid or 0)


def finish_run(db: Database, run: int, reason: str, counts: Mapping[str, int]) -> None:
    """Note the end of a run, and the last fetch there is then; a run without an end was killed."""
    with write(db):
        db.execute(
            "UPDATE runs SET finished = ?, reason = ?, counts = ?,"
            " last_fetch = (SELECT ifnull(max(id), 0) FROM fetches) WHERE id = ?",
            (utc_now(), storable(reason), json.dumps(dict(counts), sort_keys=True), run),
        )


def last_run(db: Database) -> int:
    """Return the id of the newest run, 0 when there was none."""
    return int(db.execute("SELECT ifnull(max(id), 0) FROM runs").fetchone()[0])


def judge_run(db: Database, run: int, day: str, hosts: Iterable[HostNight], alarms: Iterable[Alarm]) -> None:
    """Note the day in China a run ended on (ISO), how each host fared, and what stood against expectation."""
    with write(db):
        db.execute("UPDATE runs SET day = ? WHERE id = ?", (day, run))
        db.conn.executemany(
            "INSERT OR REPLACE INTO runs_hosts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(run, *astuple(host)) for host in hosts],
        )
        db.conn.executemany(
            "INSERT INTO runs_alarms VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(run, *(storable(v) if isinstance(v, str) else v for v in astuple(alarm))) for alarm in alarms],
        )


def conclude_run(db: Database, run: int, conclusion: Mapping[str, Any]) -> None:
    """Note how a run was concluded: what was published, backed up and sent, and the exit status."""
    text = json.dumps(dict(conclusion), ensure_ascii=False, sort_keys=True)
    with write(db):
        db.execute("UPDATE runs SET conclusion = ? WHERE id = ?", (storable(text), run))


def last_conclusion(db: Database, before: int) -> dict[str, Any]:
    """Return how the last concluded run before this one was concluded; empty when there was none."""
    row = db.execute(
        "SELECT conclusion FROM runs WHERE id < ? AND conclusion <> '{}' ORDER BY id DESC LIMIT 1", (before,)
    ).fetchone()
    return dict(json.loads(row[0])) if row else {}


def usual(db: Database, host: str, before: int) -> Usual:
    """Return what runs before this one found on a host."""
    rows = db.execute(
        "SELECT documents, reached, family, whole FROM runs_hosts WHERE host = ? AND run_id < ?"
        " ORDER BY run_id DESC LIMIT ?",
        (host, before, LOOKED_BACK),
    ).fetchall()
    whole = [documents for documents, _, _, is_whole in rows if is_whole][:HISTORY]
    family = next((name for documents, _, name, _ in rows if documents and name), "")
    return Usual(max(whole, default=0), any(reached for _, reached, _, _ in rows), family)
