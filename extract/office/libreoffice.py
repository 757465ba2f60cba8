"""LibreOffice as a last resort for old word processor files: found on the machine, shut in, and killed at a deadline.

Measured: two runs on one profile fail, so each has its own; killing ``soffice`` leaves ``soffice.bin`` alive, so the
whole process group is killed; without network (``unshare``) and below 1 GiB of address space it works.
"""

import os
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from extract.errors import CorruptError, ExtractError, TooBigError, UnsupportedError
from extract.limits import MAX_DOCUMENT_BYTES
from extract.model import Outcome

TIMEOUT_S = 45.0
"""Wall clock of one conversion, below that of a worker: a normal one takes 1 to 5 s."""

_PROGRAMS = ("soffice", "libreoffice")
_LIMITS = ("prlimit", f"--fsize={MAX_DOCUMENT_BYTES}", "--core=0", "--", "setpriv", "--pdeathsig", "KILL", "--")
_ALONE = ("unshare", "--net", "--pid", "--fork", "--kill-child")
_ISOLATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("without network, limited", (*_LIMITS, *_ALONE, "--")),
    ("without network, limited", (*_LIMITS, *_ALONE, "--map-root-user", "--")),
    ("limited, network not shut off", _LIMITS),
    ("not shut in", ()),
)
"""Ways to shut the program in, best first; setpriv ends it when its parent dies, unshare takes its children along."""


class ConverterTimeoutError(ExtractError):
    """The program did not finish in time."""

    outcome: ClassVar[Outcome] = "timeout"


def to_docx(data: bytes, suffix: str, timeout_s: float = TIMEOUT_S) -> tuple[bytes, str]:
    """Convert a document to DOCX; return it with the isolation that was in force.

    Raises ``UnsupportedError`` where LibreOffice is not installed, ``CorruptError`` where it makes nothing of the file,
    ``ConverterTimeoutError`` past the deadline.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnsupportedError("this kind of Word file needs LibreOffice: install libreoffice-writer (program soffice)")
    name, prefix = isolation()
    with TemporaryDirectory(prefix="reading-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"source{suffix}")
        source.write_bytes(data)
        _run((*prefix, program, *_arguments(folder, source)), folder, timeout_s)
        return _result(Path(folder, "out", "source.docx")), name


@cache
def isolation() -> tuple[str, tuple[str, ...]]:
    """Return the best isolation that works on this machine: its name, and the words before the command."""
    return next(way for way in _ISOLATIONS if _works(way[1]))


def _works(prefix: tuple[str, ...]) -> bool:
    if not prefix:
        return True
    try:
        return subprocess.run((*prefix, "true"), capture_output=True, timeout=TIMEOUT_S, check=False).returncode == 0
    except OSError:
        return False


def _arguments(folder: str, source: Path) -> tuple[str, ...]:
    profile = Path(folder, "profile").as_uri()
    options = (f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo", "--nodefault")
    return (*options, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(Path(folder, "out")), str(source))


def _run(command: tuple[str, ...], folder: str, timeout_s: float) -> None:
    """Run the program in a process group of its own and leave none of it behind."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, cwd=folder, start_new_session=True
    )
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired as error:
        raise ConverterTimeoutError(f"LibreOffice did not finish within {timeout_s:g} s") from error
    finally:
        _end_group(process)


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def _result(made: Path) -> bytes:
    if not made.is_file():
        raise CorruptError("LibreOffice could not read it")
    if made.stat().st_size > MAX_DOCUMENT_BYTES:
        raise TooBigError(f"converted to more than MAX_DOCUMENT_BYTES = {MAX_DOCUMENT_BYTES}")
    return made.read_bytes()
