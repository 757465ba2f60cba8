"""The end of a night: judge it, back up, publish or hold back, write the digest and send it; the last writer's work.

Nothing here can undo the night: what is fetched and read is in the database before it begins, and a copy that cannot
be written or a digest that cannot be sent is told and recorded.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from crawler.monitors import Evidence
from crawler.monitors.expectations import alarms
from crawler.run.clock import Clock
from crawler.run.digest import Digest, Ending, digest, exit_status, render, to_json
from crawler.run.night import REACHED, Night
from crawler.run.notify import send
from store.backup import back_up, copy_whole
from store.database import DATABASE_NAME, open_writer
from store.errors import StoreError
from store.expected import Expected, save_expected
from store.fold.copies import compare_due
from store.runs import Alarm, HostNight, conclude_run, judge_run, last_run

CHINA = timezone(timedelta(hours=8))
PUBLISHED = "published"
BACKUPS = "backups"
DIGESTS = "digests"


@dataclass(frozen=True, slots=True)
class Closing:
    """The digest as text, and the exit status of the run."""

    text: str
    exit_status: int


def close_night(data_dir: Path, night: Night, expected: Iterable[Expected], settings: BaseSettings) -> Closing:
    """Conclude a run; the caller holds the night's lock. Raises ``StoreError`` when the database cannot be used."""
    path = data_dir / DATABASE_NAME
    today = Clock.from_settings(settings).now().astimezone(CHINA).date()
    with closing(open_writer(path)) as db:
        run = last_run(db)
        save_expected(db, expected)
        compare_due(db)
        hosts = tuple(host_nights(night))
        found_alarms = alarms(Evidence(db, night, hosts, run, today), settings.getlist("ALARMS_ACCEPTED"))
        judge_run(db, run, today.isoformat(), hosts, found_alarms)
        found = digest(db, night)
        ending = _end(path, night, found_alarms, settings.getint("BACKUPS_KEPT"))
        text, status = render(night, found, ending, path), exit_status(night, found, ending)
        whole = to_json(night, found, ending)
        kept = _keep_digest(data_dir / DIGESTS, _stamp(night), text, whole, settings.getint("DIGESTS_KEPT"))
        sent = {"file": kept, **send(settings, _subject(found, ending, today), text, whole, status)}
        reports = db.table("reports").count
        conclude_run(
            db,
            run,
            {
                "exit_status": status,
                "reports": reports,
                "published": ending.published,
                "backup": ending.backup,
                "sent": sent,
            },
        )
    unsent = [f"The digest did not reach its {way}: {result}" for way, result in sent.items() if result != "ok"]
    return Closing("\n".join([text, *unsent]), status)


def host_nights(night: Night) -> Iterator[HostNight]:
    """Yield how each host of the seeds fared, by name."""
    health = night.health()
    for host in sorted({found.seed.host for found in health}):
        of_host = [found for found in health if found.seed.host == host]
        yield HostNight(
            host=host,
            family=night.family_of(host),
            seeds=len(of_host),
            reached=sum(found.outcome in REACHED for found in of_host),
            pages=sum(found.pages for found in of_host),
            documents=sum(found.documents for found in of_host),
            whole=night.is_whole,
        )


def _end(path: Path, night: Night, found: tuple[Alarm, ...], kept: int) -> Ending:
    """Back up, then publish when every expectation holds."""
    stamp = _stamp(night)
    copy, backup, failed = None, "none (BACKUPS_KEPT is 0)", False
    if kept > 0:
        try:
            copy = back_up(path, path.parent / BACKUPS, stamp, kept)
            backup = str(copy)
        except (StoreError, OSError) as error:
            backup, failed = f"failed: {error}", True
    judged = Ending(found, "", backup, failed)
    published, unpublished = _held(path) if judged.is_held else _publish(path, copy)
    return Ending(found, published, backup, failed or unpublished)


def _held(path: Path) -> tuple[str, bool]:
    target = path.parent / PUBLISHED / path.name
    kept = f"the copy of {_day(target)} stays" if target.exists() else "nothing was published before"
    return f"held back, expectations were not met; {kept}", False


def _publish(path: Path, copy: Path | None) -> tuple[str, bool]:
    """Put tonight's copy in the place of the published one; give what to say, and whether it failed."""
    target = path.parent / PUBLISHED / path.name
    try:
        if copy is None:
            copy_whole(path, target)
        else:
            _link(copy, target)
    except (StoreError, OSError) as error:
        return f"failed, the former copy stays: {error}", True
    return str(target), False


def _link(copy: Path, target: Path) -> None:
    # The backup is whole, checked and never written to again: a second name for it costs no room and no time.
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.link(copy, part)
    part.replace(target)


def _day(target: Path) -> str:
    return datetime.fromtimestamp(target.stat().st_mtime, CHINA).date().isoformat()


def _stamp(night: Night) -> str:
    """Give the instant a run began as part of a file's name: it sorts by time."""
    return night.started[:19].replace(":", "").replace("-", "") + "Z"


def _keep_digest(folder: Path, stamp: str, text: str, whole: Mapping[str, Any], kept: int) -> str:
    """Write the digest as text and as JSON, and let the oldest go; give ``ok`` or what went wrong."""
    contents = {".txt": text, ".json": json.dumps(whole, ensure_ascii=False, indent=1)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, content in contents.items():
            (folder / f"digest-{stamp}{suffix}").write_text(content + "\n", encoding="utf-8")
            for old in sorted(folder.glob(f"digest-*{suffix}"))[: -kept or None]:
                old.unlink()
    except OSError as error:
        return f"{type(error).__name__}: {error}"
    return "ok"


def _subject(found: Digest, ending: Ending, today: date) -> str:
    state = "held back" if ending.is_held else "warnings" if ending.alarms else "as expected"
    return f"annual-reports {today}: {len(found.new)} new, {len(found.changed)} changed; {state}"
