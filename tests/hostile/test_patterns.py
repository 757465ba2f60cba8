"""No regular expression of reader or crawler takes long over any text: every pattern, in every way it is used, against 100 KB
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

ROOMS = tuple(Path(__file__).parents[2] / name for name in ("extract", "crawler"))
SIZE = 100_000
MOST_S = 1.0
SUSPECT_S = 0.003
SHORT = {
    "extract.office.excel.numbers._TOKEN": 255,  # format codes are cut to what Excel allows
    "extract.office.excel.numbers._SIGN": 255,
    "crawler.answer.challenges._ARTICLE_PATH": 2083,  # Scrapy's longest address
    "crawler.families.hanweb._YEARLY": 2083,
    "crawler.page.pager_backwards._PAGE": 1000,  # two texts of a script and a short value
    "extract.html.meta._IN_LINE": 300,  # longer lines are no metadata
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
    for path in sorted(path for room in ROOMS for path in room.rglob("*.py")):
        name = ".".join(path.relative_to(ROOMS[0].parent).with_suffix("").parts).removesuffix(".__init__")
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
    """Give every pattern of the two with the methods it is used by; all of them where that cannot be told."""
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


REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)
ASSERTIONS = (constants.ASSERT, constants.ASSERT_NOT, constants.AT)


def sample(parsed: Any) -> str:
    """Give one text that a pattern matches, as good as its signs tell: everything that repeats stands in it once."""
    return "".join(_sampled(kind, value) for kind, value in parsed if kind not in ASSERTIONS)


def _sampled(kind: Any, value: Any) -> str:
    if kind in REPEATS:
        return sample(value[2])
    if kind is constants.SUBPATTERN:
        return sample(value[-1])
    if kind is constants.BRANCH:
        return sample(value[1][0])
    if kind is constants.ATOMIC_GROUP:
        return sample(value)
    return next(signs([(kind, value)]), "")


def bodies(parsed: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Give a sample of everything that a pattern repeats, and of what stands before it: what matches in two ways there takes
    twice as long each time."""
    for kind, value in parsed:
        if kind in REPEATS:
            yield before, sample(value[2])
        for part in _parts(value):
            yield from bodies(part, before)
        before += sample([(kind, value)])


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _parts(part)


def probes(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Give beginnings, and pieces to repeat behind them: what the pattern repeats, behind what it wants there, and alone
    each of its signs, neighbours together, and all of them in a row."""
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    own = list(dict.fromkeys(signs(parsed)))[:40]
    yield from {found: None for found in bodies(parsed) if found[1]}
    pieces = (sample(parsed), *own, *map("".join, pairwise(own)), "".join(own), *PLAIN)
    yield from (("", piece) for piece in pieces if piece)


PLAIN = ("0", " ", "　", "x", "一", "\n", "1 ", "（", "<", ">")


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


def repeated(pattern: re.Pattern[Any], before: str, piece: str, size: int) -> str | bytes:
    line = before + (piece * (size // len(piece) + 1))[:size] + "!\x00"
    return line.encode("utf-8", "replace")[:size] if isinstance(pattern.pattern, bytes) else line


@pytest.mark.parametrize("name", CASES)
def test_no_pattern_is_slow(name: str, alarm: None) -> None:
    """A tenth of the text first: what is quick there, ten times of it cannot be slow but by growing faster."""
    pattern, methods = CASES[name]
    size = SHORT.get(name.partition("[")[0], SIZE)
    for before, piece in probes(pattern):
        for method in sorted(methods):
            if seconds(pattern, method, repeated(pattern, before, piece, size // 10)) > SUSPECT_S:
                taken = seconds(pattern, method, repeated(pattern, before, piece, size))
                assert taken < MOST_S, f"{method} of {pattern.pattern!r} on {before!r} and {piece!r} repeated"
