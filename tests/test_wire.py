"""A reading as JSON: every reading comes back as it was; nothing else comes back at all."""

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.limits import MAX_FACT_CHARACTERS
from extract.model import Finding, FormCell, Reading, Section
from extract.reading import read
from extract.wire import WireError, from_json, parse, to_json
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

READ = read(STYLES["clean"](make_report(5, "2021", "dense"), Random(1)))
CELL = FormCell("requests", "new", None, "total", "reported", 3, "3", "table 2")
FINDING = Finding("row_total", "FAIL", {"table": "requests"}, 3, "2", "source", "x")
SMALL = Reading(
    "text/html",
    "ok",
    "甲县水利局",
    2022,
    "2021",
    "题",
    "2023-01-09",
    (Section(1, "总体情况", "文"),),
    (CELL,),
    (FINDING,),
)


@pytest.mark.parametrize(
    "reading",
    [
        READ,
        SMALL,
        Reading("application/pdf", "corrupt", detail="\ud800 \x00"),
        replace(SMALL, cells=(CELL._replace(value=25.1),)),
    ],
    ids=["read", "small", "surrogate", "money"],
)
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    text = json.dumps(to_json(reading), ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert parse(text) == reading


def changed(path: str, value: Any) -> dict[str, Any]:
    """Give a good reading's JSON with one value changed, or left out for ``KeyError``."""
    made: dict[str, Any] = json.loads(json.dumps(to_json(SMALL)))
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place: Any = made
    for step in way:
        place = place[step]
    if value is KeyError:
        del place[last]
    else:
        place[last] = value
    return made


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("outcome", "fine"),
        ("outcome", None),
        ("outcome", KeyError),
        ("media_type", 3),
        ("media_type", KeyError),
        ("year", "2022"),
        ("year", True),
        ("year", 2022.0),
        ("year", -1),
        ("year", 99999),
        ("published", "2023-1-9"),
        ("published", "2023-01-09\n"),
        ("title", "x" * (MAX_FACT_CHARACTERS + 1)),
        ("agency", ["x"]),
        ("template", {}),
        ("detail", None),
        ("sections", {}),
        ("sections", None),
        ("sections.0", "x"),
        ("sections.0.number", "1"),
        ("sections.0.text", None),
        ("cells", "x"),
        ("cells.0", []),
        ("cells.0.state", "certain"),
        ("cells.0.state", "blank"),
        ("cells.0.value", None),
        ("cells.0.value", "3"),
        ("cells.0.value", True),
        ("cells.0.value", float("inf")),
        ("cells.0.value", float("nan")),
        ("cells.0.value", 1 << 2000),
        ("cells.0.raw", 3),
        ("cells.0.at", KeyError),
        ("cells.0.more", 1),
        ("findings.0.verdict", "MAYBE"),
        ("findings.0.cause", "else"),
        ("findings.0.where", {"table": 1}),
        ("findings.0.where", []),
        ("findings.0.expected", [1]),
        ("__class__", "x"),
    ],
)
def test_what_is_no_reading_is_refused(path: str, value: Any) -> None:
    with pytest.raises(WireError):
        from_json(changed(path, value))


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"\xff", b"{", b"[" * 1_000_000, b"1" * 10_000, b'{"a": 1e999}'])
def test_bytes_that_are_no_reading_are_refused(text: bytes) -> None:
    with pytest.raises(WireError):
        parse(text)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*to_json(SMALL), "x"]), inner, max_size=4)
    ),
)


@settings(max_examples=200, deadline=None)
@given(_JSON)
def test_any_json_is_a_reading_or_refused(value: Any) -> None:
    try:
        found = from_json(value)
    except WireError:
        return
    assert from_json(json.loads(json.dumps(to_json(found)))) == found
