"""Files of the old Word format, made from the kit's DOCX by LibreOffice where that is installed."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

SOFFICE = shutil.which("soffice")

needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: no DOC can be made")

FILTERS = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "docx": "docx:MS Word 2007 XML",
    "xls": "xls",
    "xlsx": "xlsx",
}


def converted(files: list[bytes], source: str, target: str) -> list[bytes]:
    """Convert files from one format to another in one run of the program."""
    with TemporaryDirectory() as folder:
        names = [Path(folder, f"{number}.{source}") for number in range(len(files))]
        for name, data in zip(names, files, strict=True):
            name.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [str(SOFFICE), profile, "--headless", "--convert-to", FILTERS[target], "--outdir", f"{folder}/out"]
        subprocess.run([*command, *map(str, names)], check=True, capture_output=True, timeout=120)
        return [Path(folder, "out", f"{name.stem}.{target}").read_bytes() for name in names]
