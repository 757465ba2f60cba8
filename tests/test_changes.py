"""本年增/减 printed in a word or an arrow: a number under that header, and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from extract.changes import is_change, signed
from extract.forms.plan import forget
from extract.reading import read
from extract.text import parse_number
from tests.kit import docx, html_styles, pdf, rtf, text_layouts, xlsx
from tests.kit.truth import Truth, make_report
from tests.test_forms import wrong

MORE, LESS = (
    ("{}（增）", "{}↑", "增{}", "增加{}", "新增{}项", "↑{}", "+{}", "＋{}"),
    ("{}（减）", "{}↓", "减{}", "减少{}", "减少 {} 项", "↓{}", "-{}", "－{}"),
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("减：3", -3),
        ("3（减）", -3),
        ("3项（减少）", -3),
        ("3↓", -3),
        ("3（增）", 3),
        ("减3", -3),
        ("减少 3", -3),
        ("减少3项", -3),
        ("↓３", -3),
        ("增5", 5),
        ("增加1,200", 1200),
        ("↑5", 5),
        ("减0", 0),
    ],
)
def test_the_word_is_the_sign(printed: str, value: int) -> None:
    assert is_change(printed)
    assert parse_number(signed(printed)).value == value


@pytest.mark.parametrize(
    "printed",
    [
        "减",
        "减-3",
        "增3减2",
        "增/减3",
        "减少至3",
        "减007",
        "增长5%",
        "减少三项",
        "减3（撤销）",
        "3减",
        "3（较上年减少）",
        "",
    ],
)
def test_what_is_not_certain_stays_unread(printed: str) -> None:
    assert parse_number(signed(printed)).state != "reported"


def in_words(truth: Truth) -> Truth:
    """Print each change in another manner."""
    printed = dict(truth.printed)
    for number, key in enumerate(key for key in printed if key[3] == "change"):
        value = int(printed[key])
        printed[key] = (LESS if value < 0 else MORE)[number % len(MORE)].format(abs(value))
    return replace(truth, printed=printed)


def _text(name: str) -> Callable[[Truth, Random], bytes]:
    return lambda truth, rng: text_layouts.LAYOUTS[name](truth, rng).encode()


PRINTS: dict[str, Callable[[Truth, Random], bytes]] = {
    "page": html_styles.STYLES["clean"],
    "pdf": pdf.render,
    "docx": docx.STYLES["clean"],
    "rtf": next(iter(rtf.STYLES.values())),
    "xlsx": next(iter(xlsx.STYLES.values())),
    "pipes": _text("pipes"),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", PRINTS)
def test_a_report_with_changes_in_words_is_read_as_one_with_signs(name: str, seed: int) -> None:
    truth = make_report(seed, "2019", "dense", items=seed)
    hint = "report.txt" if name == "pipes" else ""
    spoken = in_words(truth)
    for _ in range(2):  # read by itself, and by the plan of its shape
        reading = read(PRINTS[name](spoken, Random(seed)), hint)
        assert wrong(reading, truth) == []
    raws = {cell.raw for cell in reading.cells if cell.column == "change"}
    assert raws & {text for (_, _, _, column), text in spoken.printed.items() if column == "change"}
    forget()


def test_under_another_header_such_a_text_is_no_number() -> None:
    truth = make_report(1, "2019", "dense", items=0)
    key = ("disclosure", "licensing", None, "decisions")
    spoken = replace(truth, printed=dict(truth.printed) | {key: "减3"})
    cells = read(html_styles.STYLES["clean"](spoken, Random(1))).cells
    assert [cell.state for cell in cells if cell[:4] == key] == ["unreadable"]
