"""A new portal family is one file and one folder of saved pages; nothing else has to know of it."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.site.run import ROOT

FAMILY = '''"""An invented system: its lists are data in ``<x-row to='...'>`` elements."""

from crawler.families import Family
from crawler.items import Link, Page


def _fingerprint(page: Page) -> int:
    return 100 if "<x-row" in page.text else 0


def _links(page: Page) -> tuple[Link, ...]:
    rows = page.root.iter("x-row")
    return tuple(Link(f"http://www.xq99.gov.cn{row.get('to')}", row.text_content(), "report") for row in rows)


FAMILY = Family("invented", _fingerprint, _links)
'''
CASE = {
    "meta.json": '{"url": "http://www.xq99.gov.cn/nb/"}',
    "page.html": "<html><body><x-row to='/1.html'>星桥市水务局2023年政府信息公开工作年度报告</x-row></body></html>",
    "expected.json": '{"report": [{"url": "http://www.xq99.gov.cn/1.html", "text": "星桥市水务局2023年政府信息公开工作年度报告"}]}',
}


def run_families(root: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/test_families.py",
        "-k",
        "test_case or has_cases",
    ]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)


def test_one_file_and_one_folder(tmp_path: Path) -> None:
    for name in ("crawler", "extract", "store", "tests"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "documents", "reports")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "crawler" / "families" / "invented.py").write_text(FAMILY, encoding="utf-8")
    without_pages = run_families(tmp_path)
    assert without_pages.returncode == 1
    assert "invented" in without_pages.stdout
    folder = tmp_path / "tests" / "pages" / "invented" / "list"
    folder.mkdir(parents=True)
    for name, text in CASE.items():
        (folder / name).write_text(text, encoding="utf-8")
    whole = run_families(tmp_path)
    assert whole.returncode == 0, whole.stdout
    (folder / "expected.json").write_text("{}", encoding="utf-8")
    assert run_families(tmp_path).returncode == 1
