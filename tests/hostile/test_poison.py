"""Text made to harm what shows it: kept as it is, and harmless where it comes out."""

import json
from pathlib import Path
from unicodedata import category

import pytest

from extract.reading import read
from tests.hostile.bombs_text import HTML, REPORT
from tests.site.run import scrapy

pytestmark = pytest.mark.hostile

POISONS = {
    "ansi": "\x1b[2J\x1b]0;owned\x07",
    "c1": "\x9b2J",
    "lines": "\r\n2026-01-01 ERROR forged",
    "sql": "'); DROP TABLE reports; --",
    "formula": '=HYPERLINK("http://127.0.0.1:1/","x")',
    "markup": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "bidi": "\u202e\u2066",
    "percent": "%s%n%(name)s{0.__class__}",
}


def poisoned(poison: str) -> bytes:
    """Put a poison into the title, a heading, a paragraph and a figure's cell of a good report."""
    page = HTML.decode()
    return page.replace(REPORT.agency, REPORT.agency + poison).replace("总体情况", f"总体情况{poison}").encode()


def acts(text: str) -> list[str]:
    """Give what a terminal would obey or an editor would hide."""
    return [sign for sign in text if category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


def test_what_is_printed_holds_nothing_that_acts(tmp_path: Path) -> None:
    files = {kind: tmp_path / f"{kind}.html" for kind in POISONS}
    for kind, file in files.items():
        file.write_bytes(poisoned(POISONS[kind]))
    plain, exact = (scrapy("extract", *options, *map(str, files.values())) for options in ((), ("--json",)))
    assert (plain.err, exact.err) == ("", "")
    assert (acts(plain.out.replace("\n", "")), acts(exact.out.replace("\n", ""))) == ([], [])
    lines = [json.loads(line) for line in exact.out.splitlines()]
    assert len(lines) == len(POISONS)
    for said, file in zip(lines, files.values(), strict=True):
        reading = read(file.read_bytes(), file.name)
        assert (said["outcome"], said["title"]) == (reading.outcome, reading.title)
        assert [section["text"] for section in said["sections"]] == [section.text for section in reading.sections]
        assert len(said["cells"]) == len(reading.cells) > 100


def test_a_file_name_is_shown_harmless(tmp_path: Path) -> None:
    file = tmp_path / "\x1b[31m\u202eevil\n.html"
    file.write_bytes(b"x")
    run = scrapy("extract", str(file), str(tmp_path / "\x1b]0;no such\x07"))
    assert run.code == 2
    assert "\x1b" not in run.out + run.err
    assert len(run.err.splitlines()) == 1
