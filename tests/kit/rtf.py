"""A report as RTF, written by hand as Word, WPS and LibreOffice write it; see ``STYLES``."""

from collections.abc import Callable
from random import Random

from tests.kit import tables
from tests.kit.story import story
from tests.kit.tables import Rows
from tests.kit.truth import Truth

Write = Callable[[str], str]

WIDTH = 9000
_PNG = "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f0001010100b138f6140000000049454e44ae426082"


def unicode(text: str) -> str:
    """Write characters as Unicode escapes with a question mark for old readers."""
    return "".join(sign if 31 < ord(sign) < 127 and sign not in "\\{}" else _escape(sign) for sign in text)


def _escape(sign: str) -> str:
    units = sign.encode("utf-16-le")
    numbers = [int.from_bytes(units[place : place + 2], "little", signed=True) for place in range(0, len(units), 2)]
    return "".join(f"\\u{number}?" for number in numbers)


def code_page(text: str) -> str:
    """Write characters as the bytes of GBK, signs that have none as Unicode."""
    out = []
    for sign in text:
        data = sign.encode("gb18030")
        if len(data) == 1 and sign not in "\\{}":
            out.append(sign)
        else:
            out.append("".join(f"\\'{byte:02x}" for byte in data))
    return "".join(out)


def row(cells: list[tuple[str, int, str]], left: int = -108) -> tuple[str, str]:
    """Return a row's definition and its cells' text; a cell is (text, right edge, flags)."""
    edges = "".join(f"{flags}\\clbrdrt\\brdrs\\cltxlrtb\\cellx{right}" for _, right, flags in cells)
    return f"\\trowd\\irow0\\trgaph108\\trleft{left}{edges}", "".join(text for text, _, _ in cells)


def table(rows: Rows, write: Write, *, level: int = 1, old_merges: bool = False) -> str:
    """Write a table. ``old_merges``: a cell over several columns is several cells, each merged to the left."""
    columns = tables.width(rows)
    end_cell = "\\cell" if level == 1 else "\\nestcell"
    start = f"\\pard\\plain\\intbl\\itap{level} "
    lines = []
    for line in tables.positions(rows):
        cells: list[tuple[str, int, str]] = []
        for place, (box, starts, begins) in enumerate(line):
            if not begins and not old_merges:
                continue
            right = WIDTH * (place + (1 if old_merges else box.colspan)) // columns
            flags = "" if box.rowspan == 1 else "\\clvmgf" if starts else "\\clvmrg"
            if old_merges and box.colspan > 1:
                flags += "\\clmgf" if begins else "\\clmrg"
            cells.append((start + (write(box.text) if starts and begins else "") + end_cell, right, flags))
        definition, text = row(cells)
        if level == 1:
            lines.append(f"{definition}{text}{start}{{{definition}\\row}}")
        else:
            lines.append(f"{text}{{\\*\\nesttableprops{definition}\\nestrow}}{{\\nonesttables\\par}}")
    return "\n".join(lines) + ("\\pard\\plain " if level == 1 else "")


def document(body: str, head: str = "\\ansicpg936") -> bytes:
    """Put a body into a file with fonts, a style sheet, a title, a header and a footer."""
    return (
        f"{{\\rtf1\\ansi{head}\\deff0\\uc1"
        "{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}{\\f13\\fnil\\fcharset134 {\\*\\falt SimSun}\\'cb\\'ce\\'cc\\'e5;}}"
        "{\\colortbl;\\red0\\green0\\blue0;}{\\stylesheet{\\s0 Normal;}}"
        "{\\info{\\title 2012}{\\author a}{\\creatim\\yr2012\\mo1\\dy1}}"
        "{\\*\\generator Riched20 10.0;}{\\header\\pard 2008\\par}{\\footer\\pard -{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}-\\par}"
        f"\n{body}}}\n"
    ).encode("ascii")


def _body(truth: Truth, write: Write, write_table: Callable[[Rows], str]) -> str:
    parts = (
        f"\\pard\\plain {write(part)}\\par\n" if isinstance(part, str) else write_table(part) for part in story(truth)
    )
    return "".join(parts)


def word(truth: Truth, rng: Random) -> bytes:
    """Word: Unicode escapes, runs in groups, hidden and deleted text, fields, a picture, paragraphs in cells."""

    def write(text: str) -> str:
        out = ["{\\v 99}{\\deleted 88}"]
        while text:
            cut = rng.randint(1, 5)
            out.append(
                f"{{\\rtlch\\fcs1 \\af0 \\ltrch\\fcs0 \\lang2052\\loch\\af0\\hich\\af0\\dbch\\f13 {unicode(text[:cut])}}}"
            )
            text = text[cut:]
        return "".join(out)

    picture = "\\pard {\\*\\shppict{\\pict\\pngblip " + _PNG + "}}{\\nonshppict{\\pict 0102}}\\par\n"
    return document(_body(truth, write, lambda rows: table(rows, write)) + picture)


def wps(truth: Truth, rng: Random) -> bytes:
    """Bytes of GBK, no Unicode, and cells merged to the right in the old way."""

    def write(text: str) -> str:
        return f"{{\\f13 {code_page(text)}}}"

    return document(_body(truth, write, lambda rows: table(rows, write, old_merges=True)))


def western(truth: Truth, rng: Random) -> bytes:
    """A file that calls itself Western; only its fonts say that the bytes are GBK."""

    def write(text: str) -> str:
        return (
            f"{{\\loch\\af0\\hich\\af0\\dbch\\f13 {code_page(text)}}}"
            if rng.random() < 0.5
            else f"{{\\f13 {code_page(text)}}}"
        )

    return document(_body(truth, write, lambda rows: table(rows, write)), "\\ansicpg1252")


def nested(truth: Truth, rng: Random) -> bytes:
    """The whole report in the one cell of a table."""
    inside = []
    for part in story(truth):
        if isinstance(part, str):
            inside.append(f"\\pard\\plain\\intbl\\itap1 {unicode(part)}\\par\n")
        else:
            inside.append(table(part, unicode, level=2))
    definition, _ = row([("", 300, ""), ("", WIDTH, "")])
    cells = f"{definition}\\pard\\intbl\\itap1\\cell {''.join(inside)}\\pard\\intbl\\itap1\\cell"
    return document(f"{cells}{{{definition}\\row}}\\pard\\par")


STYLES: dict[str, Callable[[Truth, Random], bytes]] = {style.__name__: style for style in (word, wps, western, nested)}
