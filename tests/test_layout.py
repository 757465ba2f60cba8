"""The rules of the layout that no other tool keeps: plug-in folders, sizes, and what `extract` must not do.

A limit here is never raised to let a module pass: split the module.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

import crawler.families
import extract.archives
import extract.checks
import extract.formats
import extract.templates
import store.exports.formats
import store.exports.tables
from crawler.families import Family
from extract.archives import Archive
from extract.checks import Check
from extract.discover import discover
from extract.formats import Format
from extract.templates import Template
from store.exports.formats import Format as Writing
from store.exports.tables import Table

ROOT = Path(__file__).parent.parent
PACKAGES = ("extract", "store", "crawler")
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_MEDIAN_LINES = 10

ARCHIVES = tuple(discover(extract.archives, "ARCHIVE", Archive))
FORMATS = tuple(discover(extract.formats, "FORMAT", Format))
TEMPLATES = tuple(discover(extract.templates, "TEMPLATE", Template))
CHECKS = tuple(discover(extract.checks, "CHECK", Check))
FAMILIES = tuple(discover(crawler.families, "FAMILY", Family))
TABLES = tuple(discover(store.exports.tables, "TABLE", Table))
WRITINGS = tuple(discover(store.exports.formats, "FORMAT", Writing))

# What a module may hold at its top level; anything else is work at import.
_DEFINITIONS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Assign,
    ast.AnnAssign,
)
_LITERALS = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
_WORK = {"open", "read_bytes", "read_text", "connect", "discover", "import_module", "run", "urlopen", "iter_modules"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, text, ast.parse(text))


@cache
def modules(package: str) -> tuple[Module, ...]:
    return tuple(parsed(path) for path in sorted((ROOT / package).rglob("*.py")))


def every_module() -> Iterator[Module]:
    return (module for package in PACKAGES for module in modules(package))


def functions() -> Iterator[tuple[str, int]]:
    """Yield each function as (place, lines), decorators left out."""
    for module in every_module():
        for node in ast.walk(module.tree):
            if isinstance(node, _FUNCTIONS):
                yield f"{module.name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def is_for_types_only(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def called(node: ast.AST) -> Iterator[str]:
    """Yield the last names of what an expression calls: ``read_text`` of ``Path(x).read_text()``."""
    for call in (part for part in ast.walk(node) if isinstance(part, ast.Call)):
        if isinstance(call.func, ast.Name | ast.Attribute):
            yield call.func.id if isinstance(call.func, ast.Name) else call.func.attr


def imported(module: Module) -> set[str]:
    """Give every module a module names in an import, also inside functions: ``import a.b`` and ``from a import b``."""
    names: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def work_at_import(module: Module) -> list[str]:
    """Name the statements of a module that do something when it is imported."""
    found = []
    for node in module.tree.body:
        allowed = isinstance(node, _DEFINITIONS) or is_docstring(node) or is_for_types_only(node)
        assigned = isinstance(node, ast.Assign | ast.AnnAssign) and _WORK & set(called(node))
        if not allowed or assigned:
            found.append(f"{module.name}:{node.lineno}")
    return found


def is_public(name: str) -> bool:
    return name == "__init__" or not name.startswith("_")


def plug_ins(folder: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob("*.py") if not path.name.startswith("_")}


@cache
def text_of_tests() -> str:
    """Give the text of every test but those that ask about all plug-ins alike."""
    files = (path for path in (ROOT / "tests").rglob("*.py") if path.name not in {Path(__file__).name, "test_docs.py"})
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


# --- Plug-in folders -------------------------------------------------------------------------------------------------


def test_each_folder_of_plug_ins_loads_whole() -> None:
    found = {
        "extract/archives": len(ARCHIVES),
        "extract/formats": len(FORMATS),
        "extract/templates": len(TEMPLATES),
        "extract/checks": len(CHECKS),
        "crawler/families": len(FAMILIES),
        "store/exports/tables": len(TABLES),
        "store/exports/formats": len(WRITINGS),
    }
    assert found == {folder: len(plug_ins(folder)) for folder in found}
    assert all(found.values())


def test_no_two_readers_claim_one_media_type() -> None:
    claims = [media_type for reader in (*FORMATS, *ARCHIVES) for media_type in reader.media_types]
    assert len(claims) == len(set(claims))


@pytest.mark.parametrize(
    "names",
    [
        [archive.name for archive in ARCHIVES],
        [format_.name for format_ in FORMATS],
        [template.name for template in TEMPLATES],
        [check.rule for check in CHECKS],
        [family.name for family in FAMILIES],
        [table.name for table in TABLES],
        [writing.name for writing in WRITINGS],
    ],
    ids=["archives", "formats", "templates", "rules", "families", "tables", "writings"],
)
def test_no_name_is_taken_twice(names: list[str]) -> None:
    assert sorted(names) == sorted(set(names))


def test_plug_ins_are_named_after_their_files() -> None:
    """A file whose name would hide a module of the standard library ends in ``_``."""
    assert {archive.name for archive in ARCHIVES} == {name.rstrip("_") for name in plug_ins("extract/archives")}
    assert {check.rule for check in CHECKS} == plug_ins("extract/checks")
    assert {format_.name for format_ in FORMATS} == plug_ins("extract/formats")
    assert {family.name for family in FAMILIES} == plug_ins("crawler/families")
    assert {table.name for table in TABLES} == plug_ins("store/exports/tables")
    assert {writing.name for writing in WRITINGS} == {name.rstrip("_") for name in plug_ins("store/exports/formats")}
    assert {f"y{template.name}" for template in TEMPLATES} == plug_ins("extract/templates")


def test_no_year_has_two_forms() -> None:
    spans = sorted((template.first_year, template.last_year) for template in TEMPLATES)
    for (_, last), (first, _) in pairwise(spans):
        assert last is not None
        assert last < first


@pytest.mark.parametrize("name", sorted(plug_ins("extract/templates")))
def test_template_files_hold_nothing_but_literals(name: str) -> None:
    module = parsed(ROOT / "extract/templates" / f"{name}.py")
    assert is_docstring(module.tree.body[0])
    strange = [node.lineno for node in module.tree.body[1:] if not isinstance(node, _LITERALS)]
    assert strange == []
    assert not any(isinstance(node, ast.Lambda) for node in ast.walk(module.tree))


@pytest.mark.parametrize("family", [family.name for family in FAMILIES])
def test_each_family_has_saved_pages(family: str) -> None:
    cases = list((ROOT / "tests/pages" / family).glob("*/expected.json"))
    assert cases, f"tests/pages/{family}: no saved page with an expected.json"


@pytest.mark.parametrize("name", [format_.name for format_ in FORMATS])
def test_each_format_is_exercised(name: str) -> None:
    [format_] = (found for found in FORMATS if found.name == name)
    marks = (f"extract.formats.{name}", f"extract.formats import {name}", *format_.media_types)
    assert any(mark in text_of_tests() for mark in marks), f"no test names {' or '.join(marks)}"


@pytest.mark.parametrize("name", [archive.name for archive in ARCHIVES])
def test_each_archive_is_exercised(name: str) -> None:
    [archive] = (found for found in ARCHIVES if found.name == name)
    marks = (f"extract.archives.{name}", f"extract.archives import {name}", *archive.media_types)
    assert any(mark in text_of_tests() for mark in marks), f"no test names {' or '.join(marks)}"


@pytest.mark.parametrize("name", [found.name for found in (*TABLES, *WRITINGS)])
def test_each_part_of_the_open_data_is_exercised(name: str) -> None:
    assert re.search(rf"[\"']{name}[\"'.]", text_of_tests())


@pytest.mark.parametrize("rule", [check.rule for check in CHECKS])
def test_each_check_is_exercised(rule: str) -> None:
    assert re.search(rf"[\"']{rule}[\"']|extract\.checks\.{rule}\b|checks import {rule}\b", text_of_tests())


# --- What extract must not do ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", modules("extract"), ids=lambda module: module.name)
def test_extract_never_asks_the_network_or_prints(module: Module) -> None:
    assert not {name for name in imported(module) if name.split(".")[:2] == ["urllib", "request"]}
    assert "print" not in set(called(module.tree))


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_module_does_no_work(package: str) -> None:
    assert [place for module in modules(package) for place in work_at_import(module)] == []


@pytest.mark.parametrize(
    "line",
    ["print('x')", "for x in range(3): pass", "X = open('f').read()", "with a: pass", "X = Path('f').read_text()"],
)
def test_work_at_import_is_seen(line: str) -> None:
    module = Module(ROOT / "extract/planted.py", line, ast.parse(line))
    assert work_at_import(module) == ["extract/planted.py:1"]


# --- Sizes and docstrings --------------------------------------------------------------------------------------------


def test_modules_stay_short() -> None:
    long = {module.name: len(module.text.splitlines()) for module in every_module()}
    assert {name: lines for name, lines in long.items() if lines > MAX_MODULE_LINES} == {}


def test_functions_stay_short() -> None:
    assert {place: lines for place, lines in functions() if lines > MAX_FUNCTION_LINES} == {}
    assert median(lines for _, lines in functions()) <= MAX_MEDIAN_LINES


def test_every_public_module_says_what_it_is() -> None:
    public = (module for module in every_module() if module.text.strip() and is_public(module.path.stem))
    assert [module.name for module in public if ast.get_docstring(module.tree) is None] == []
