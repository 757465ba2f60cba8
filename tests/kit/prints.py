"""Reports printed to PDF by the programs agencies use, where those are installed: an office suite and a browser."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from tests.kit import docx
from tests.kit.html_styles import STYLES
from tests.kit.story import story
from tests.kit.truth import Truth

SOFFICE = shutil.which("soffice")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
CHINESE_FONT = next(iter(sorted(Path("/usr/share/fonts").rglob("NotoSerifCJK-Regular.ttc"))), None)

needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None or CHINESE_FONT is None, reason="LibreOffice or a Chinese font is not installed: nothing to print"
)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None or CHINESE_FONT is None, reason="Chromium or a Chinese font is not installed: nothing to print"
)

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in _SIDES)
_STYLE = b"<style>table { border-collapse: collapse; font-size: 9px } td, th { border: 1px solid }</style>"


def by_libreoffice(truths: Sequence[Truth]) -> list[bytes]:
    """Print reports with ruled tables from the word processor, in one run."""
    with TemporaryDirectory() as folder:
        sources = [Path(folder, f"{number}.docx") for number in range(len(truths))]
        for source, truth in zip(sources, truths, strict=True):
            source.write_bytes(_ruled_docx(truth))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=120)
        return [source.with_suffix(".pdf").read_bytes() for source in sources]


def _ruled_docx(truth: Truth) -> bytes:
    ruled = f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>"
    return docx.package(
        "".join(
            docx.paragraph(part) if isinstance(part, str) else docx.table(part).replace("<w:tblPr>", ruled)
            for part in story(truth)
        )
    )


def by_chromium(truth: Truth) -> bytes:
    """Print a report with ruled tables from the browser: fonts of drawn glyphs, tables cut anywhere."""
    with TemporaryDirectory() as folder:
        page, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        page.write_bytes(STYLES["clean"](truth, Random(truth.seed)).replace(b"</head>", _STYLE + b"</head>"))
        command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        options = [f"--print-to-pdf={printed}", "--no-pdf-header-footer", page.as_uri()]
        subprocess.run([*command, *options], check=True, capture_output=True, timeout=120)
        return printed.read_bytes()
