"""The documents say what is true: what they show is run, what they list is compared with the code, links lead somewhere."""

import argparse
import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import default_settings

import crawler.families
import crawler.settings
import extract.archives
import extract.checks
import extract.formats
import extract.templates
from crawler.commands.crawl import ARGUMENTS
from crawler.families import Family
from crawler.seeds import load
from extract import limits, model
from extract.archives import Archive
from extract.checks import Check
from extract.discover import discover
from extract.formats import Format
from extract.templates import Template
from store.database import DATABASE_NAME, open_reader, open_writer
from store.exports.export import known_formats, known_tables
from store.fetches import OUTCOMES

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
READMES = (ENGLISH, CHINESE)
FOLDERS = (".", "docs", "seeds", "tests", "benchmarks")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).glob("*.md") if path.is_file()
)

DEMO_FOLDER = "demo-data"
RUN = ("sqlite-utils", "scrapy extract", "scrapy coverage")
"""How a shown command begins whose answer is shown with it."""

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) +(.*)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_ROOMS = ("crawler", "store", "extract", "tests", "docs", "seeds", ".ci")
_TOP_FOLDERS = ("home", "mnt", "opt", "root", "srv", "tmp", "usr", "var", "work", "Users")
_MACHINE_PATH = re.compile(rf"(?<![\w.~$\"'{{}}*/-])/(?:{'|'.join(_TOP_FOLDERS)})(?:/|\b)")


@cache
def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


@cache
def prose(document: str) -> str:
    return _BLOCK.sub("", text_of(document))


@cache
def blocks(document: str) -> list[tuple[str, str]]:
    return _BLOCK.findall(text_of(document))


def shown(document: str) -> Iterator[tuple[str, str]]:
    """Yield each command of the console blocks with the answer printed below it."""
    for language, block in blocks(document):
        if language == "console":
            for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, answer = piece.partition("\n")
                yield command, answer


def section(document: str, heading: str) -> str:
    """Give the text below a heading, up to the next one of its level or higher."""
    found = [match for match in _HEADING.finditer(prose(document)) if match[2].replace("`", "") == heading]
    assert len(found) == 1, f"{document}: {len(found)} headings {heading!r}"
    rest = prose(document)[found[0].end() :]
    end = re.search(rf"^#{{1,{len(found[0][1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def table_rows(text: str) -> list[list[str]]:
    """Give the cells of every table row of a text, without headers and ruling lines."""
    lines = text.splitlines()
    rules = [number for number, line in enumerate(lines) if re.fullmatch(r"\|[-|]+\|", line)]
    headers = {number for rule in rules for number in (rule - 1, rule)}
    rows = [line for number, line in enumerate(lines) if line.startswith("|") and number not in headers]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def listed(document: str, heading: str) -> list[str]:
    """Give the names in backticks of the first column of the tables below a heading."""
    return [name for row in table_rows(section(document, heading)) for name in _CODE.findall(row[0])]


def slug(heading: str) -> str:
    """Give a heading's anchor as the usual hosts of Markdown make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def own_commands() -> dict[str, ScrapyCommand]:
    names = sorted(path.stem for path in (ROOT / "crawler/commands").glob("*.py") if not path.name.startswith("_"))
    return {name: import_module(f"crawler.commands.{name}").Command() for name in names}


def own_options(command: ScrapyCommand) -> set[str]:
    """Give the options a command declares beside those that every Scrapy command has."""

    def options(add: Any) -> set[str]:
        parser = argparse.ArgumentParser(add_help=False, conflict_handler="resolve")
        add(parser)
        return set(re.findall(r"--[a-z-]+", parser.format_help()))

    theirs = next(kind for kind in type(command).__mro__ if kind.__module__.startswith("scrapy."))
    command.settings = crawler_settings()
    return options(command.add_options) - options(lambda parser: theirs.add_options(command, parser))


@cache
def crawler_settings() -> Any:
    from scrapy.settings import Settings

    found = Settings()
    found.setmodule(crawler.settings)
    return found


COMMANDS = own_commands()
OWN_SETTINGS = [name for name in dir(crawler.settings) if name.isupper() and not hasattr(default_settings, name)]
SHOWN = sorted({pair for document in READMES for pair in shown(document)})


# --- What is shown is run --------------------------------------------------------------------------------------------


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration made by the real command."""
    folder = tmp_path_factory.mktemp("docs") / DEMO_FOLDER
    done = run("scrapy", "demo", "--data-dir", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def answer(command: str, demo: Path) -> str:
    """Run a shown command on the demonstration and give what it prints."""
    program, *words = shlex.split(command)
    arguments = [re.sub(rf"\b{DEMO_FOLDER}\b", str(demo), word) for word in words]
    done = run({"sqlite-utils": "sqlite_utils"}.get(program, program), *arguments)
    assert done.stderr == ""
    return done.stdout.replace("\r\n", "\n")


@pytest.mark.parametrize("document", READMES)
def test_the_readmes_show_enough(document: str) -> None:
    commands = [command for command, _ in shown(document)]
    assert sum(command.startswith("sqlite-utils") for command in commands) >= 5
    assert all(command.startswith(RUN) for command in commands)
    assert all(printed.strip() for _, printed in shown(document))


@pytest.mark.parametrize(("command", "printed"), SHOWN)
def test_a_shown_command_prints_what_is_shown(command: str, printed: str, demo: Path) -> None:
    assert answer(command, demo) == printed


@pytest.mark.parametrize("document", READMES)
def test_a_shown_program_prints_what_is_shown(document: str) -> None:
    pairs = [(block, after) for block, after in zip(blocks(document), blocks(document)[1:], strict=False)]
    programs = [(source, after) for (language, source), after in pairs if language == "python"]
    assert programs
    for source, (language, printed) in programs:
        assert language == "text"
        done = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == (printed, "")


@pytest.mark.parametrize("document", READMES)
def test_the_demonstrated_totals_are_those_of_the_database(document: str, demo: Path) -> None:
    """Guard the fixture itself: a query on an empty database would print nothing to compare."""
    with closing(open_reader(demo / DATABASE_NAME)) as db:
        assert db.execute("SELECT count(*) FROM reports").fetchone()[0] > 20
        [most] = db.execute("SELECT max(req_new_total) FROM panel WHERE year = 2023").fetchone()
        assert str(most) in text_of(document)


# --- Two languages, one content --------------------------------------------------------------------------------------


def test_both_readmes_hold_the_same_blocks() -> None:
    assert blocks(ENGLISH) == blocks(CHINESE)


def test_both_readmes_have_the_same_structure() -> None:
    structure = {document: [match[1] for match in _HEADING.finditer(prose(document))] for document in READMES}
    assert structure[ENGLISH] == structure[CHINESE]
    rows = {document: [len(row) for row in table_rows(prose(document))] for document in READMES}
    assert rows[ENGLISH] == rows[CHINESE]


def test_both_readmes_link_to_the_same() -> None:
    links = {document: sorted(set(_LINK.findall(prose(document))) - set(READMES)) for document in READMES}
    assert links[ENGLISH] == links[CHINESE]
    assert CHINESE in _LINK.findall(prose(ENGLISH))
    assert ENGLISH in _LINK.findall(prose(CHINESE))


def test_both_readmes_name_the_same_things() -> None:
    """Names in backticks are names of the program: the same in both languages, table by table."""
    names = {
        document: [[sorted(_CODE.findall(cell)) for cell in row] for row in table_rows(prose(document))]
        for document in READMES
    }
    assert names[ENGLISH] == names[CHINESE]


# --- Commands and settings -------------------------------------------------------------------------------------------


def command_row(document: str, name: str) -> list[str]:
    rows = [row for row in table_rows(prose(document)) if re.match(rf"`scrapy {name}\b", row[0])]
    assert len(rows) == 1, f"{document}: {len(rows)} rows for scrapy {name}"
    return rows[0]


@pytest.mark.parametrize("document", READMES)
@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_row_with_its_options(name: str, document: str) -> None:
    row = command_row(document, name)
    assert set(re.findall(r"--[a-z-]+", row[0])) == own_options(COMMANDS[name])


@pytest.mark.parametrize("document", READMES)
@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_its_exit_statuses(name: str, document: str) -> None:
    said = re.search(r"Exit status:(.*)", COMMANDS[name].long_desc(), re.DOTALL)
    assert said is not None
    statuses = set(re.findall(r"\b\d\b", said[1]))
    assert set(re.findall(r"(?<!\d)\d(?!\d)", command_row(document, name)[-1])) == statuses


@pytest.mark.parametrize("document", READMES)
def test_the_arguments_of_the_crawl_are_described(document: str) -> None:
    rows = {name for row in table_rows(prose(document)) for name in re.findall(r"^`-a ([a-z]+)=", row[0])}
    assert rows == set(ARGUMENTS)
    used = {name for _, block in blocks(document) for name in re.findall(r" -a ([a-z]+)=", block)}
    assert used <= rows


@pytest.mark.parametrize("document", READMES)
def test_the_seed_file_that_is_shown_can_be_used(document: str, tmp_path: Path) -> None:
    [example] = (block for language, block in blocks(document) if language == "csv")
    file = tmp_path / "mine.csv"
    file.write_text(example, encoding="utf-8")
    assert len(load(str(file))) == example.count("\n") - 1


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_command_is_promised_that_does_not_exist(document: str) -> None:
    code = [*_CODE.findall(prose(document)), *(block for _, block in blocks(document))]
    named = {name for part in code for name in re.findall(r"\bscrapy ([a-z]+)", part)}
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("name", OWN_SETTINGS)
def test_each_setting_is_described(name: str) -> None:
    assert name in listed("docs/crawling.md", "Settings")


def test_settings_have_the_stated_defaults() -> None:
    checked = 0
    for row in table_rows(section("docs/crawling.md", "Settings")):
        [name] = _CODE.findall(row[0])
        stated = re.fullmatch(r"`([^`]+)`", row[1])
        if stated:
            assert str(getattr(crawler.settings, name)) == stated[1], name
            checked += 1
    assert checked >= len(OWN_SETTINGS)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_setting_is_named_that_does_not_exist(document: str) -> None:
    known = {*dir(crawler.settings), *dir(limits), *re.findall(r"\b[A-Z_]+\b", text_of("extract/model.py"))}
    known |= {name for name in dir(default_settings) if name.isupper()}
    named = {name for part in _CODE.findall(prose(document)) for name in re.findall(r"^[A-Z]+(?:_[A-Z]+)+$", part)}
    assert named <= known


# --- Vocabulary ------------------------------------------------------------------------------------------------------


def rules_in_code() -> set[str]:
    """Give every rule that a finding is made with, read from the calls."""
    rules: set[str] = set()
    for path in [*(ROOT / "extract").rglob("*.py"), *(ROOT / "store").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Finding", "note"}:
                rules |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return rules


def test_the_rules_are_described() -> None:
    checks = {check.rule for check in discover(extract.checks, "CHECK", Check)}
    described = listed("docs/reading.md", "Findings")
    assert sorted(described) == sorted(checks | rules_in_code())


VOCABULARIES: list[tuple[str, str, set[str]]] = [
    ("docs/reading.md", "Outcomes", set(get_args(model.Outcome))),
    ("docs/reading.md", "States of a cell", set(get_args(model.State))),
    (ENGLISH, "Four different facts", set(get_args(model.State))),
    (CHINESE, "四种不同的事实", set(get_args(model.State))),
    ("docs/reading.md", "Formats", {format_.name for format_ in discover(extract.formats, "FORMAT", Format)}),
    ("docs/reading.md", "Archives", {archive.name for archive in discover(extract.archives, "ARCHIVE", Archive)}),
    ("docs/reading.md", "Forms", {form.name for form in discover(extract.templates, "TEMPLATE", Template)}),
    ("docs/crawling.md", "Families", {family.name for family in discover(crawler.families, "FAMILY", Family)}),
    ("docs/crawling.md", "Outcomes of a fetch", set(OUTCOMES)),
    ("docs/export.md", "Files", {table.name for table in known_tables()}),
    ("docs/export.md", "Formats", set(known_formats())),
]


@pytest.mark.parametrize(("document", "heading", "words"), VOCABULARIES)
def test_a_list_of_words_is_that_of_the_code(document: str, heading: str, words: set[str]) -> None:
    assert sorted(listed(document, heading)) == sorted(words)


@pytest.mark.parametrize("document", [*READMES, "docs/reading.md"])
def test_the_verdicts_are_described(document: str) -> None:
    assert {f"`{verdict}`" for verdict in get_args(model.Verdict)} <= set(re.findall(r"`[A-Z_]+`", prose(document)))


def test_forms_have_their_circulars_and_years() -> None:
    rows = {_CODE.findall(row[0])[0]: row for row in table_rows(section("docs/reading.md", "Forms"))}
    for form in discover(extract.templates, "TEMPLATE", Template):
        assert rows[form.name][1] == form.circular
        years = re.findall(r"\d{4}", rows[form.name][2])
        assert int(years[0]) == form.first_year
        assert form.last_year is None or int(years[-1]) == form.last_year


def test_the_reader_has_the_stated_limits() -> None:
    said = re.sub(r"\s+", " ", section("docs/reading.md", "Formats"))
    assert f"{limits.MAX_DOCUMENT_BYTES // 2**20} MiB" in said
    assert f"{limits.MAX_PDF_PAGES} pages" in said
    assert f"{limits.MAX_GRID_CELLS} cells" in said
    assert f"{limits.WORKER_TIMEOUT_S:.0f} seconds" in said
    assert f"{limits.WORKER_ADDRESS_SPACE_BYTES / 2**30:g} GiB" in said
    unpacked = re.sub(r"\s+", " ", section("docs/reading.md", "Archives"))
    assert f"{limits.MAX_ARCHIVE_MEMBERS} files" in unpacked
    assert f"{limits.MAX_UNPACKED_BYTES // 2**20} MiB" in unpacked
    assert f"{limits.MAX_ARCHIVE_DEPTH} deep" in unpacked


# --- The database ----------------------------------------------------------------------------------------------------


def schema(folder: Path) -> dict[str, list[str]]:
    """Give the columns of every table and view of a new database, those of `panel` without its variables."""
    with closing(open_writer(folder / DATABASE_NAME)) as db:
        db.execute("PRAGMA trusted_schema = ON")  # as people's programs have it, who ask the view sections_search
        names = db.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
            " AND name NOT LIKE '!_%' ESCAPE '!' AND name NOT LIKE 'sections!_fts!_%' ESCAPE '!'"
        )
        columns = {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for [name] in names.fetchall()}
        variables = {variable for [variable] in db.execute("SELECT variable FROM fields")}
    assert variables <= set(columns["panel"])
    columns["panel"] = [name for name in columns["panel"] if name not in variables]
    return columns


def test_every_table_and_column_is_described(tmp_path: Path) -> None:
    text = prose("docs/database.md")
    tables = [match[2].strip("`") for match in _HEADING.finditer(text) if match[1] == "###"]
    described = {name: listed("docs/database.md", name) for name in tables}
    assert described == schema(tmp_path)


@pytest.mark.parametrize("document", READMES)
def test_the_readmes_name_tables_that_exist(document: str, tmp_path: Path) -> None:
    rows = [row for row in table_rows(prose(document)) if _CODE.findall(row[0]) and len(row) == 2]
    named = {name for row in rows for name in _CODE.findall(row[0])}
    tables = set(schema(tmp_path))
    assert {"panel", "reports", "coverage", "gaps", "findings", "documents", "fetches"} <= named & tables
    assert named - tables <= set(get_args(model.State)) | {name for name in named if name.startswith("-")}


# --- Links, paths, versions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    for link in _LINK.findall(prose(document)):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / document).parent / path if path else ROOT / document
        assert target.exists(), f"{document}: {link}"
        if anchor:
            headings = _HEADING.findall(target.read_text(encoding="utf-8"))
            assert anchor in {slug(heading) for _, heading in headings}, f"{document}: {link}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_named_files_exist(document: str) -> None:
    """Capitals and an ellipsis stand for names to be filled in; mine.csv and its like are the reader's own."""
    for name in _CODE.findall(prose(document)):
        ours = re.fullmatch(rf"(?:{'|'.join(map(re.escape, _ROOMS))})/[a-z0-9_./*-]*", name)
        if ours and not re.search(r"/(?:mine|more|test_x)\.", name):
            assert list(ROOT.glob(name.rstrip("/"))), f"{document}: {name}"


@pytest.mark.parametrize("document", [*DOCUMENTS, "CITATION.cff", "Makefile", "pyproject.toml"])
def test_no_path_of_a_machine_is_named(document: str) -> None:
    assert _MACHINE_PATH.findall(text_of(document)) == []


@pytest.mark.parametrize("folder", _TOP_FOLDERS)
def test_a_path_of_a_machine_would_be_seen(folder: str) -> None:
    assert _MACHINE_PATH.search(f"see /{folder}/somewhere")
    assert not _MACHINE_PATH.search(f"https://www.example.gov.cn/{folder}/index.html")


def test_the_make_targets_are_described() -> None:
    targets = re.findall(r"^([a-z]+):.*##", text_of("Makefile"), re.MULTILINE)
    assert sorted(listed("CONTRIBUTING.md", "Set up")) == sorted(f"make {target}" for target in targets)


@pytest.mark.parametrize("document", READMES)
def test_the_two_commands_come_first(document: str) -> None:
    assert blocks(document)[0] == ("sh", "make demo\nmake test\n")


def test_versions_and_licence_agree() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    citation = dict(re.findall(r"^(\w[\w-]*): +(.+)$", text_of("CITATION.cff"), re.MULTILINE))
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert all(f"[{project['license']}](LICENSE)" in text_of(document) for document in READMES)
    assert project["requires-python"] == ">=3.11"
    assert all(re.search(r"Python 3\.11", text_of(document)) for document in READMES)


@pytest.mark.parametrize("document", READMES)
def test_what_can_be_added_to_the_installation_is_described(document: str) -> None:
    extras = set(tomllib.loads(text_of("pyproject.toml"))["project"]["optional-dependencies"]) - {"test", "dev"}
    assert {name for _, block in blocks(document) for name in re.findall(r"\.\[(\w+)\]", block)} == extras


def test_every_library_is_accounted_for() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["ocr"], *extras["archives"], *extras["parquet"]]
    names = {re.split(r"[<>=\[;]", line)[0] for line in wanted}
    assert names <= set(re.findall(r"`([\w.-]+)`", text_of("docs/libraries.md")))


def test_the_changelog_has_its_form() -> None:
    headings = [(match[1], match[2]) for match in _HEADING.finditer(text_of("CHANGELOG.md"))]
    assert headings[:2] == [("#", "Changelog"), ("##", "[Unreleased]")]
    kinds = {name for level, name in headings if level == "###"}
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert kinds
