"""The archive: bytes under their SHA-256, verified on the way out."""

import errno
import os
from hashlib import sha256
from pathlib import Path

import pytest

from store.archive import Archive
from store.errors import ArchiveDamagedError, ArchiveMissingError, DiskFullError


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def files(archive: Archive) -> list[str]:
    return sorted(str(path.relative_to(archive.root)) for path in archive.root.rglob("*") if path.is_file())


def test_bytes_come_back_under_their_hash(archive: Archive) -> None:
    data = "年度报告".encode()
    digest = archive.put(data)
    assert digest == sha256(data).hexdigest()
    assert files(archive) == [f"{digest[:2]}/{digest}"]
    assert archive.get(digest) == data
    assert archive.has(digest)


def test_putting_twice_writes_once(archive: Archive) -> None:
    digest = archive.put(b"report")
    written = archive.path(digest).stat().st_mtime_ns
    assert archive.put(b"report") == digest
    assert archive.path(digest).stat().st_mtime_ns == written


def test_empty_bytes_are_kept(archive: Archive) -> None:
    assert archive.get(archive.put(b"")) == b""


@pytest.mark.parametrize("bit", [0, 5, 47])
def test_a_flipped_bit_is_found_and_the_next_put_heals_it(archive: Archive, bit: int) -> None:
    digest = archive.put(b"report")
    data = bytearray(archive.path(digest).read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    archive.path(digest).write_bytes(data)
    with pytest.raises(ArchiveDamagedError, match=digest):
        archive.get(digest)
    archive.put(b"report")
    assert archive.get(digest) == b"report"


def test_what_was_never_kept_is_missing(archive: Archive) -> None:
    digest = sha256(b"never").hexdigest()
    assert not archive.has(digest)
    with pytest.raises(ArchiveMissingError, match=digest):
        archive.get(digest)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_hashes_become_paths(archive: Archive, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        archive.path(name)


def test_sweep_removes_what_an_interrupted_run_left(archive: Archive) -> None:
    digest = archive.put(b"report")
    (archive.root / digest[:2] / "tmpabc.part").write_bytes(b"rep")
    (archive.root / digest[:2] / "tmpdef.part").write_bytes(b"")
    assert archive.sweep() == 2
    assert files(archive) == [f"{digest[:2]}/{digest}"]
    assert archive.sweep() == 0


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_behind(archive: Archive, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", fail) if call == "fsync" else disk.setattr(Path, "replace", fail)
        with pytest.raises(DiskFullError, match="no space left"):
            archive.put(b"report")
    assert files(archive) == []
    assert archive.get(archive.put(b"report")) == b"report"


def test_other_disk_errors_are_not_called_full(archive: Archive) -> None:
    archive.root.write_bytes(b"a file where the folder should be")
    with pytest.raises(OSError, match="archive"):
        archive.put(b"report")
