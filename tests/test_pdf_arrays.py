"""Arrays of numbers and names in a PDF, which are read in one step: the same values as token by token."""

import re
from random import Random

import pytest
from pdfminer.encodingdb import EncodingDB
from pdfminer.psparser import LIT, PSEOF, PSException

from extract.pdf import fonts, tokens
from extract.pdf.tokens import FileParser

NO_ARRAY = re.compile(rb"(?!)")
PARTS = (
    b"[",
    b"]",
    b"[[",
    b"0",
    b"-12",
    b"+.5",
    b"3.",
    b"1.2.3",
    b"--4",
    b"7a",
    b"/g0",
    b"/g0/g1",
    b"/A.b",
    b"/A#42",
    b"/",
)
MORE = (
    b" ",
    b"\n",
    b"\0",
    b"%c\n",
    b"(s)",
    b"(a\\)",
    b"<41>",
    b"<<",
    b">>",
    b"true",
    b"null",
    b"R",
    b"1 0 R",
    b"x",
    b"]]",
)
NAMES = ("g0", "one", "uni4E00", "u1F600", "a.b", "five.old", "f_i", "uniD800", "")


def objects(text: bytes) -> list[object]:
    """Return the objects of a text, and what ended the reading."""
    parser, found = FileParser(text), list[object]()
    try:
        while len(found) < len(text):
            found.append(repr(parser.nextobject()))
    except (PSEOF, PSException, ValueError) as end:
        found.append(f"{type(end).__name__}, left {parser.curstack}")
    return found


@pytest.mark.parametrize("seed", range(40))
def test_an_array_is_read_as_token_by_token(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(seed)
    plain = b"[" + b" ".join(rng.choices((b"0", b"-12", b"3.", b"/g0", b"/g1"), k=20)) + b"]"
    texts = [b"".join(rng.choices(PARTS + MORE, k=rng.randrange(1, 12))) for _ in range(200)]
    texts = [
        rng.choice((text, plain + text, text + plain, b"<</K" + plain + b"/L 2 0 R>>")) + b" endobj" for text in texts
    ]
    at_once = [objects(text) for text in texts]
    monkeypatch.setattr(tokens, "_ITEMS", NO_ARRAY)
    assert at_once == [objects(text) for text in texts]


def test_numbers_keep_their_kind() -> None:
    parser = FileParser(b"[0 1.0 -3 +.5 /g0/g1] endobj")
    _, values = parser.curstack[-1] if parser.nexttoken() and parser.curstack else (0, [])
    assert values == [0, 1.0, -3, 0.5, LIT("g0"), LIT("g1")]
    assert [type(value) for value in values[:4]] == [int, float, int, float]


@pytest.mark.parametrize("seed", range(20))
def test_names_that_say_nothing_change_no_encoding(seed: int) -> None:
    rng = Random(seed)
    differences: list[object] = [
        rng.choice((rng.randrange(256), LIT(rng.choice(NAMES)), LIT(b"\xff"), 2.5)) for _ in range(60)
    ]
    made = fonts.Fonts().get_font(None, {"Subtype": LIT("Type3"), "FontBBox": [0, 0, 1, 1], "FontMatrix": [1, 0, 0, 1, 0, 0],
                                          "Encoding": {"Differences": differences}})  # fmt: skip
    assert made.cid2unicode == EncodingDB.get_encoding("StandardEncoding", differences)  # type: ignore[attr-defined]
