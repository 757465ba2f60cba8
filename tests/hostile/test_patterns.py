"""No regular expression of the reader takes long over any text: every pattern, in every way it is used, against 100 KB
of what its own signs repeat."""

import ast
import re
import signal
import time
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from re import _constants as constants
from re import _parser as parser
from types import FrameType, ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.hostile

EXTRACT = Path(__file__).parents[2] / "extract"
SIZE = 100_000
MOST_S = 1.0
SUSPECT_S = 0.003
SHORT = {
    "extract.office.excel.numbers._TOKEN": 255,  # format codes are cut to what Excel allows
    "extract.office.excel.numbers._SIGN": 255,
}
"""Patterns that never see a long text, and the longest they see."""

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
CATEGORY = {
    constants.CATEGORY_DIGIT: "7",
    constants.CATEGORY_SPACE: " ",
    constants.CATEGORY_WORD: "a",
    constants.CATEGORY_NOT_DIGIT: "x",
    constants.CATEGORY_NOT_SPACE: "x",
    constants.CATEGORY_NOT_WORD: "-",
}


def modules() -> Iterator[ModuleType]:
    for path in sorted(EXTRACT.rglob("*.py")):
        name = ".".join(path.relative_to(EXTRACT.parent).with_suffix("").parts).removesuffix(".__init__")
        yield import_module(name)


def patterns_in(value: Any) -> Iterator[re.Pattern[Any]]:
    """Find patterns also inside tuples and dictionaries."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for part in value:
            yield from patterns_in(part)
    elif isinstance(value, dict):
        yield from patterns_in(list(value.values()))


def uses(module: ModuleType) -> dict[str, set[str]]:
    """Say by which methods a module's names are called: ``{"_DATE": {"search"}}``."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            found.setdefault(node.value.id, set()).add(node.attr)
    return found


def cases() -> dict[str, tuple[re.Pattern[Any], set[str]]]:
    """Give every pattern of the reader with the methods it is used by; all of them where that cannot be told."""
    found: dict[str, tuple[re.Pattern[Any], set[str]]] = {}
    for module in modules():
        used = uses(module)
        loops = {method for name, methods in used.items() if name.islower() for method in methods}
        for name, value in vars(module).items():
            for number, pattern in enumerate(patterns_in(value)):
                methods = used.get(name) or loops or {"search", "match", "fullmatch"}
                found[f"{module.__name__}.{name}[{number}]"] = (pattern, methods)
    return found


def signs(parsed: Any) -> Iterator[str]:
    """Give one sign for everything a pattern can match somewhere."""
    for kind, value in parsed:
        if kind is constants.LITERAL:
            yield chr(value)
        elif kind is constants.NOT_LITERAL:
            yield chr(value + 1)
        elif kind is constants.ANY:
            yield "x"
        elif kind is constants.IN:
            yield from (CATEGORY[part] if what is constants.CATEGORY else chr(part if what is constants.LITERAL else part[0])
                        for what, part in value if what in (constants.LITERAL, constants.RANGE, constants.CATEGORY))  # fmt: skip
        else:
            yield from _inside(value)


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, parser.SubPattern):
        yield from signs(value)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _inside(part)


def probes(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Give pieces to repeat: each sign of the pattern, neighbours together, and all of them in a row."""
    own = list(dict.fromkeys(signs(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))))[:40]
    yield from own
    yield from (first + second for first, second in pairwise(own))
    yield "".join(own)
    yield from ("0", " ", "　", "x", "一", "\n", "1 ", "（", "<", ">")


def run(pattern: re.Pattern[Any], method: str, text: str | bytes) -> None:
    nothing = text[:0]
    found = getattr(pattern, method)(*((nothing, text) if method == "sub" else (text,)))
    if method == "finditer":
        for _ in found:
            continue


def too_slow(signum: int, frame: FrameType | None) -> None:
    raise TimeoutError


@pytest.fixture
def alarm() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, too_slow)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


CASES = cases()


def test_patterns_are_found() -> None:
    assert len(CASES) > 60


def seconds(pattern: re.Pattern[Any], method: str, text: str | bytes) -> float:
    """Measure one use, which is broken off past the limit."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_S)
    try:
        run(pattern, method, text)
    except TimeoutError:
        return MOST_S
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def repeated(pattern: re.Pattern[Any], piece: str, size: int) -> str | bytes:
    line = (piece * (size // len(piece) + 1))[:size] + "!\x00"
    return line.encode("utf-8", "replace")[:size] if isinstance(pattern.pattern, bytes) else line


@pytest.mark.parametrize("name", CASES)
def test_no_pattern_is_slow(name: str, alarm: None) -> None:
    """A tenth of the text first: what is quick there, ten times of it cannot be slow but by growing faster."""
    pattern, methods = CASES[name]
    size = SHORT.get(name.partition("[")[0], SIZE)
    for piece in probes(pattern):
        for method in sorted(methods):
            if seconds(pattern, method, repeated(pattern, piece, size // 10)) > SUSPECT_S:
                taken = seconds(pattern, method, repeated(pattern, piece, size))
                assert taken < MOST_S, f"{method} of {pattern.pattern!r} on {piece!r} repeated"
