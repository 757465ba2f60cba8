"""The archive's journal: what was kept is there after a power cut, and documents wait for the disk together."""

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from store.archive import Archive
from store.errors import ArchiveUnsettledError, DiskFullError
from store.journal import Journal, open_journal

BODIES = [f"星桥市第{number}局2021年政府信息公开工作年度报告".encode() * (number + 1) for number in range(40)]
ROOT = Path(__file__).parent.parent


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path / "archive")
    made.make_folders()
    return made


def left_behind(archive: Archive, *batches: list[bytes], turn_bytes: int = 10**9) -> list[str]:
    """Keep documents as a run does that never comes to its end."""
    journal = Journal(archive, turn_bytes)
    return [digest for batch in batches for digest in journal.keep(batch)]


def journals(archive: Archive) -> list[Path]:
    return sorted(archive.root.glob("journal-*"))


def cut_power(archive: Archive, digests: Iterable[str]) -> None:
    """Leave of some files what a power cut leaves of those that were not forced to disk."""
    chance = random.Random(2021)
    for digest in digests:
        path = archive.path(digest)
        match chance.choice(("nothing", "name", "part", "whole")):
            case "nothing":
                path.unlink()
            case "name":
                path.write_bytes(b"")
            case "part":
                path.write_bytes(path.read_bytes()[:-1] + b"\0")


def test_documents_come_back_under_their_hashes(archive: Archive) -> None:
    with open_journal(archive) as journal:
        digests = journal.keep(BODIES)
        assert digests == [sha256(body).hexdigest() for body in BODIES]
        assert [archive.get(digest) for digest in digests] == BODIES
        assert [path.name for path in journals(archive)] == ["journal-000001"]
    assert journals(archive) == []
    assert [archive.get(digest) for digest in digests] == BODIES


def test_documents_that_come_together_wait_for_the_disk_once(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[int] = []

    def counted(descriptor: int, sync: Callable[[int], None] = os.fsync) -> None:
        waits.append(descriptor)
        sync(descriptor)

    with open_journal(archive) as journal:
        journal.keep(BODIES[:1])
        monkeypatch.setattr(os, "fsync", counted)
        journal.keep(BODIES[1:])
        assert len(waits) == 1
        journal.keep(BODIES)
        assert len(waits) == 1
    assert len(waits) > len(BODIES)


def test_what_a_power_cut_took_is_written_again(archive: Archive) -> None:
    digests = left_behind(archive, BODIES[:7], BODIES[7:])
    cut_power(archive, digests)
    with open_journal(archive):
        assert [archive.get(digest) for digest in digests] == BODIES
        assert journals(archive) == []


def test_a_run_that_ended_before_the_files_were_written_has_lost_nothing(archive: Archive) -> None:
    [digest] = left_behind(archive, BODIES[:1])
    archive.path(digest).unlink()
    assert Journal(archive).recover() == 1
    assert archive.get(digest) == BODIES[0]
    assert Journal(archive).recover() == 0


@pytest.mark.parametrize("left", [1, 30, 64, 65, 70, 100])
def test_a_record_that_was_being_appended_is_left_out(archive: Archive, left: int) -> None:
    digests = left_behind(archive, BODIES[:3])
    [path] = journals(archive)
    whole, torn = path.stat().st_size, BODIES[20]
    with path.open("ab") as file:
        file.write((f"{sha256(torn).hexdigest()} {len(torn)}\n".encode() + torn)[:left])
    assert path.stat().st_size == whole + left
    cut_power(archive, digests)
    with open_journal(archive):
        assert [archive.get(digest) for digest in digests] == BODIES[:3]
        assert not archive.has(sha256(torn).hexdigest())


def test_a_record_whose_bytes_have_changed_is_left_out_alone(archive: Archive) -> None:
    first, second, third = left_behind(archive, BODIES[:3])
    [path] = journals(archive)
    path.write_bytes(path.read_bytes().replace(BODIES[1] + third.encode(), b"x" * len(BODIES[1]) + third.encode()))
    for digest in (first, second, third):
        archive.path(digest).unlink()
    with open_journal(archive):
        assert [archive.has(digest) for digest in (first, second, third)] == [True, False, True]


def test_a_long_journal_is_settled_while_the_run_goes_on(archive: Archive) -> None:
    journal = Journal(archive, turn_bytes=1000)
    for body in (*BODIES, b"short"):
        journal.keep([body])
    deadline = time.monotonic() + 30
    while len(journals(archive)) > 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    [present] = journals(archive)
    assert b"short" in present.read_bytes()
    journal.close()
    assert journals(archive) == []


def test_journals_that_were_not_settled_are_all_read(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Journal, "_settle", lambda *_: None)
    digests = left_behind(archive, *([body] for body in BODIES), turn_bytes=1000)
    monkeypatch.undo()
    assert len(journals(archive)) > 10
    cut_power(archive, digests)
    with open_journal(archive) as journal:
        assert [archive.get(digest) for digest in digests] == BODIES
        journal.keep([b"another"])


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_no_torn_record(archive: Archive, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    journal = Journal(archive)
    journal.keep(BODIES[:2])
    [path] = journals(archive)
    before = path.read_bytes()
    with monkeypatch.context() as disk:
        disk.setattr(Path if call == "replace" else os, call, fail)
        with pytest.raises(DiskFullError, match="no space left"):
            journal.keep(BODIES[2:])
    assert path.read_bytes() == before or call == "replace"
    assert [*archive.root.glob("*/*.part")] == []
    digests = journal.keep(BODIES)
    cut_power(archive, digests)
    with open_journal(archive):
        assert [archive.get(digest) for digest in digests] == BODIES


def test_what_came_before_the_disk_was_full_is_forced_to_disk_too(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, sync, room = Path.replace, os.fsync, iter(range(3))
    forced: set[str] = set()

    def replace_while_there_is_room(part: Path, path: Path) -> Path:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(part, path)

    def note(descriptor: int) -> None:
        forced.add(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    journal = Journal(archive)
    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", replace_while_there_is_room)
        with pytest.raises(DiskFullError):
            journal.keep(BODIES)
    digests = journal.keep(BODIES)
    monkeypatch.setattr(os, "fsync", note)
    journal.close()
    assert journals(archive) == []
    assert forced.issuperset(digests)


def test_what_cannot_be_forced_to_disk_stays_in_the_journal(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    journal = Journal(archive)
    digests = journal.keep(BODIES)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ArchiveUnsettledError, match="Input/output error"):
        journal.close()
    monkeypatch.undo()
    assert len(journals(archive)) == 1
    cut_power(archive, digests)
    with open_journal(archive):
        assert [archive.get(digest) for digest in digests] == BODIES


RUN = """
import asyncio, os, sys
from pathlib import Path
from crawler.run.desk import open_desk
from store.records import Fetch, Source

async def keep(desk):
    fetch = Fetch("http://www.xq99.gov.cn/r.html", "2022-01-20T00:00:00+00:00", 200, "ok", "")
    source = Source(fetch.url, "", "", "", "", "", "")
    await desk.document(fetch, sys.argv[2].encode() * 9, "text/html", source)
    await desk.visit(fetch, sys.argv[2].encode())
    os._exit(7)

data = Path(sys.argv[1])
with open_desk(data, dict, data / "decisions.csv", data / "corrections.csv") as desk:
    asyncio.run(keep(desk))
"""


def test_no_row_outlives_its_bytes(tmp_path: Path) -> None:
    from crawler.run.desk import open_desk

    data = tmp_path / "data"
    data.mkdir()
    text = "星桥市水务局2021年政府信息公开工作年度报告"
    ended = subprocess.run([sys.executable, "-c", RUN, str(data), text], cwd=ROOT, check=False)
    assert ended.returncode == 7
    archive = Archive(data / "archive")
    bodies = [text.encode() * 9, text.encode()]
    for body in bodies:
        archive.path(sha256(body).hexdigest()).write_bytes(b"")
    with open_desk(data, dict, data / "decisions.csv", data / "corrections.csv"):
        assert [archive.get(sha256(body).hexdigest()) for body in bodies] == bodies
