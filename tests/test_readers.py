"""What is said and done where readers cannot be shut in: run in a user space whose limits allow no further spaces."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crawler.demo.server import PORTAL
from extract.readers.isolation import Isolation, in_force
from tests.site.run import ROOT

GOOD = PORTAL / "list" / "nb" / "2022" / "content_306.html"

_NO_SPACES = 'for kind in user net pid ipc; do echo 0 > /proc/sys/user/max_${kind}_namespaces; done; exec "$@"'
UNABLE = ("unshare", "--user", "--map-root-user", "sh", "-c", _NO_SPACES, "sh")


def can_be_tried() -> bool:
    return (
        shutil.which("unshare") is not None and subprocess.run([*UNABLE, "true"], capture_output=True).returncode == 0
    )


pytestmark = pytest.mark.skipif(not can_be_tried(), reason="no user space can be made to try this in")


def unable(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    return subprocess.run(
        [*UNABLE, sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )


def runs(data_dir: Path) -> list[str]:
    with closing(sqlite3.connect(data_dir / "annual_reports.db")) as db:
        return [isolation for [isolation] in db.execute("SELECT isolation FROM runs ORDER BY id")]


def test_documents_are_read_with_limits_alone_and_the_record_says_so(tmp_path: Path) -> None:
    done = unable("-m", "scrapy", "reextract", "-s", f"DATA_DIR={tmp_path}")
    assert done.returncode == 0, done.stderr
    [said] = runs(tmp_path)
    assert "limits on memory, time and files" in said
    assert "network not shut off: No space left on device" in said
    assert "no network" not in said


def test_an_operator_can_refuse(tmp_path: Path) -> None:
    strict = ("-s", "READER_ISOLATION_REQUIRED=True", "-s", f"DATA_DIR={tmp_path}")
    for command in (
        ["extract", str(GOOD)],
        ["reextract"],
        ["crawl", "annual_reports"],
        ["probe", "http://127.0.0.1:9/"],
    ):
        done = unable("-m", "scrapy", *command, *strict)
        assert (done.returncode, done.stdout) == (2, "")
        assert "READER_ISOLATION_REQUIRED is set, but documents would be read with " in done.stderr
        assert "network not shut off" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_spaces_the_group_still_goes(tmp_path: Path) -> None:
    script = (
        "from extract.readers.pool import ReaderPool; from tests.hostile import mock\n"
        "with ReaderPool(workers=1, timeout_s=1, ocr_workers=0, reader=mock.read) as pool:\n"
        "    print(pool.read(b'say x').result().outcome, pool.read(b'segv').result().detail)\n"
        "    print(pool.read(b'hang').result().outcome, pool.isolation().network_off)"
    )
    done = unable("-c", script)
    assert done.stdout.splitlines() == ["ok the reader died of SIGSEGV", "timeout False"], done.stderr


@pytest.mark.skipif(bool(in_force().missing), reason="isolation is not whole here")
def test_whole_isolation_is_recorded_and_strictness_has_nothing_to_refuse(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "reextract", "-s", f"DATA_DIR={tmp_path}"]
    done = subprocess.run(
        [*command, "-s", "READER_ISOLATION_REQUIRED=True"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert runs(tmp_path) == [str(Isolation(network_off=True, processes_end=True, writes_confined=True))]


@pytest.mark.skipif(shutil.which("setpriv") is None or os.getuid() != 0, reason="needs root and setpriv")
@pytest.mark.parametrize(("dropped", "is_whole"), [("-sys_admin", True), ("-all", False)])
def test_rights_that_are_missing_are_made_up_for_or_said(dropped: str, is_whole: bool) -> None:
    """Without the administrator's rights a user space gives them; where root has none at all, not even that."""
    if in_force().missing:
        pytest.skip("isolation is not whole here even with all rights")
    script = (
        "from extract.readers.pool import ReaderPool; from tests.hostile import mock\n"
        "with ReaderPool(workers=1, timeout_s=5, ocr_workers=0, reader=mock.read) as pool:\n"
        "    print(pool.read(b'say x').result().outcome, bool(pool.isolation().missing))"
    )
    prefix = ("setpriv", f"--bounding-set={dropped}", f"--inh-caps={dropped}", "--no-new-privs", sys.executable)
    done = subprocess.run([*prefix, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == (f"ok {not is_whole}\n", "")
