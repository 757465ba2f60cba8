"""Word files: DOCX beside lxml parsing the same parts and walking over them once, DOC beside a cold LibreOffice.

Every file is another report, of whatever style, and none is read twice. ``lxml`` is unpacking, parsing and walking; ``read`` is bytes to
paragraphs and tables, ``report`` bytes to checked report, ``first`` that of a file in a reader that knows no tables but those of the
national form, in a way of writing that is known; ``peak MB`` the most memory of this process. ``saved`` is written as Word saves.
DOCX files as LibreOffice writes them, and the DOC files, are made by that program where it is installed.
"""

import resource
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from statistics import median
from time import perf_counter, process_time

from lxml import etree

from benchmarks._gaps import report
from extract.formats import doc, docx
from extract.forms.plan import forget, ready
from extract.office import libreoffice
from extract.reading import read
from tests.kit import docx as kit
from tests.kit.doc import SOFFICE, converted
from tests.kit.truth import Truth, make_report

FILES = 50
WARM = 15
FIRST = 5
"""Files read as the first of their shape."""

GAPS = ("clean", "halves")
"""Styles of which files are also made with other cells blank, marked or remarked in each."""

ROUNDS = 1
CONVERSIONS = 3
PARTS = ("_rels/.rels", "word/document.xml", "docProps/core.xml")
"""What a reading of a DOCX unpacks."""


def milliseconds(
    files: Sequence[bytes],
    work: Callable[[bytes], object],
    clock: Callable[[], float] = process_time,
    rounds: int = ROUNDS,
) -> float:
    """Return the median time of a file, each at its fastest; of this process alone, so that others do not disturb."""
    return median(min(_timed(work, data, clock) for _ in range(rounds)) for data in files)


def _timed(work: Callable[[bytes], object], data: bytes, clock: Callable[[], float]) -> float:
    start = clock()
    work(data)
    return (clock() - start) * 1000


def unpack_parse_and_walk(data: bytes) -> int:
    with zipfile.ZipFile(BytesIO(data)) as package:
        held = set(package.namelist())
        roots = [etree.fromstring(package.read(name)) for name in PARTS if name in held]
    return sum(len(node.text or "") for root in roots for node in root.iter())


def samples() -> dict[str, list[bytes]]:
    """Make the files of each style, every one of another report: what one style taught must not help the next."""
    made = {name: _made(render, FILES * place) for place, (name, render) in enumerate(kit.STYLES.items())}
    last = _made(kit.clean, FILES * len(kit.STYLES))
    made |= {f"{name}, gaps": [kit.STYLES[name](report(seed), Random(seed)) for seed in range(FILES)] for name in GAPS}
    return made | ({"libreoffice": converted(last, "docx", "docx")} if SOFFICE else {})


def _made(render: Callable[[Truth, Random], bytes], first: int) -> list[bytes]:
    seeds = range(first, first + FILES)
    return [render(make_report(seed, "2021", "dense"), Random(seed)) for seed in seeds]


def main() -> None:
    files = samples()
    head = f"{'DOCX':<16}{'KB':>6}{'XML KB':>8}{'lxml ms':>9}{'read ms':>9}{'ratio':>7}"
    print(f"{head}{'report ms':>11}{'ratio':>7}{'first ms':>10}")
    sums = [sum(times) for times in zip(*(_docx(name, documents) for name, documents in files.items()), strict=True)]
    raw, ours, whole = sums
    print(f"{'sum':<30}{raw:>9.2f}{ours:>9.2f}{ours / raw:>7.1f}{whole:>11.2f}{whole / raw:>7.1f}")
    if SOFFICE:
        _doc(converted(files["clean"][:CONVERSIONS], "docx", "doc"))
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _docx(name: str, documents: Sequence[bytes]) -> tuple[float, float, float]:
    """Print the row of a style, and return the milliseconds of raw lxml, of a document and of a report."""
    for data in documents[:WARM]:
        read(data)
    fresh, first = documents[WARM:-FIRST], documents[-FIRST:]
    raw = milliseconds(fresh, unpack_parse_and_walk)
    half = len(fresh) // 2
    ours = milliseconds(fresh[:half], lambda data: docx.FORMAT.read(data, ""))
    whole = milliseconds(fresh[half:], read)
    cold = median(_as_first(data) for data in first)
    size, xml = _kilobytes(documents)
    print(
        f"{name:<16}{size:>6.0f}{xml:>8.0f}{raw:>9.2f}{ours:>9.2f}{ours / raw:>7.1f}{whole:>11.2f}{whole / raw:>7.1f}{cold:>10.2f}"
    )
    return raw, ours, whole


def _as_first(data: bytes) -> float:
    forget()
    ready()
    return _timed(read, data, process_time)


def _kilobytes(documents: Sequence[bytes]) -> tuple[float, float]:
    unpacked = [zipfile.ZipFile(BytesIO(data)).getinfo(PARTS[1]).file_size for data in documents]
    return median(map(len, documents)) / 1024, median(unpacked) / 1024


def _doc(documents: Sequence[bytes]) -> None:
    cold = milliseconds(documents, lambda data: libreoffice.to_docx(data, ".doc"), perf_counter, 1)
    ours = milliseconds(documents, lambda data: doc.FORMAT.read(data, ""), perf_counter)
    whole = milliseconds(documents, read, perf_counter)
    print(f"\n{'DOC':<16}{'KB':>6}{'LibreOffice ms':>17}{'read ms':>9}{'ratio':>7}{'report ms':>11}{'ratio':>7}")
    size = median(map(len, documents)) / 1024
    print(f"{'Word 97':<16}{size:>6.0f}{cold:>17.0f}{ours:>9.0f}{ours / cold:>7.2f}{whole:>11.0f}{whole / cold:>7.2f}")


if __name__ == "__main__":
    main()
