"""How characters of a Word document look: hidden, struck out, off their line, or so that nobody sees them.

What a run looks like is what its own properties say, else its style of characters, that of its paragraph and that of
its table, which are levels of their own (ECMA-376 part 1, 17.7.2 and 17.7.3).
"""

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from extract.office.package import attribute
from extract.office.word.nodes import OFF, child, number, qualified, says, value
from extract.office.word.shades import GROUND, INKS, PALE, Properties, ink, is_dark, is_lost_in_ground
from extract.text import PICTURE_FONTS

STRUCK = ("w:strike", "w:dstrike")
RAISED = ("superscript", "subscript")
"""Heights of characters that are not on the line."""

TINY = 4
"""Half-points. A size of one point is the smallest that Word takes; notes are printed in six and more."""

THIN = 33
"""Per cent of their width: narrower figures are strokes."""

CLOSE = -60
"""Twips between two characters: figures of the usual sizes, 100 wide, then stand on each other."""

LOW = 80
"""Twips: the least height of a line or row that leaves room for a figure that is read."""

LINE = "line"
"""The name under which a style's spacing of lines is kept: that of characters has the same."""

_NARROW = 100
"""Twips for a text that is fitted into a width."""

_NOTES = frozenset(("w:footnoteReference", "w:endnoteReference"))
CUSTOM_MARK = "customMarkFollows"
"""Says that the text of a note's run is its sign."""

Levels = Sequence[Mapping[str, etree._Element]]
"""What the styles of a table, a paragraph and a run say of characters, the nearest last."""


def is_hidden(levels: Levels, own: Properties) -> bool | None:
    """Say whether a run is hidden; ``None`` where its styles contradict each other, or say what few programs know.

    A style that hides what another hides already shows it (17.7.3), which not every program does.
    """
    if "w:vanish" in own:
        return says(own["w:vanish"])
    said = [says(level["w:vanish"]) for level in levels if "w:vanish" in level]
    if len(said) > 1 and any(said):
        return None
    is_special = any(says(level.get("w:specVanish")) for level in (*levels, own))
    return any(said) or (None if is_special else False)


def is_set_apart(run: etree._Element, levels: Levels, own: Properties) -> bool:
    """Say whether a run stands beside its line, is struck out, or is a figure that nobody sees as one."""
    said = merged(levels, own)
    if is_off_line(said) or _is_shifted(run, said):
        return True
    if any(says(level.get(name)) for name in STRUCK for level in ((own,) if name in own else levels)):
        return True
    if any(qualified(inner) in _NOTES and attribute(inner, CUSTOM_MARK) not in (None, *OFF) for inner in run):
        return True
    return _is_figure(run) and _is_unseen(run, said)


def merged(levels: Levels, own: Properties) -> Properties:
    """Return what holds for a run."""
    said: dict[str, etree._Element] = {}
    for level in (*levels, own):
        said |= level
    return said


def is_off_line(said: Properties) -> bool:
    """Say whether characters are raised, lowered, in two lines in one, or written from right to left."""
    height = said.get("w:vertAlign")
    if height is not None and attribute(height, "val") in RAISED:
        return True
    layout = said.get("w:eastAsianLayout")
    return says(said.get("w:rtl")) or (layout is not None and attribute(layout, "combine") not in (None, *OFF))


def _is_shifted(run: etree._Element, said: Properties) -> bool:
    """Say whether a run is higher or lower than others of its line; a line that is so as a whole is read."""
    height = number(said.get("w:position"))
    if not height:
        return False
    line = next((node for node in run.iterancestors() if qualified(node) == "w:p"), run)
    others = (node for node in line.iter() if node is not run and qualified(node) == "w:r" and _text(node))
    return any(number(child(child(node, "w:rPr"), "w:position")) != height for node in others)


def _is_figure(run: etree._Element) -> bool:
    text = _text(run)
    return bool(text) and (any(map(str.isdigit, text)) or not any(map(str.isalpha, text)))


def _text(run: etree._Element) -> str:
    return "".join(map(str, run.itertext())).strip()


def _is_unseen(run: etree._Element, said: Properties) -> bool:
    """Say whether characters of a table are too small or close, of the colour behind them, or pictures."""
    around = {qualified(node): node for node in reversed(list(run.iterancestors()))}
    if "w:tc" not in around:
        return False
    return is_hard_to_see(said) or _is_low(around, said) or is_lost_in_ground(run, said)


def is_hard_to_see(said: Properties) -> bool:
    """Say whether characters are too small, narrow or close to each other, or pictures."""
    return any(holds(said) for holds in _HARD_TO_SEE)


def is_numbered(node: etree._Element | None) -> bool:
    """Say whether ``w:numPr`` puts an ordinal before its paragraph."""
    return node is not None and value(node, "w:numId") != "0"


def _is_low(around: Mapping[str, etree._Element], said: Properties) -> bool:
    """Say whether a row or line leaves no room for its characters."""
    row = child(child(around.get("w:tr"), "w:trPr"), "w:trHeight")
    line = child(child(around.get("w:p"), "w:pPr"), "w:spacing")
    line = said.get(LINE) if line is None else line
    return any(_is_exactly_low(*found) for found in ((row, "hRule", "val"), (line, "lineRule", "line")))


def _is_exactly_low(node: etree._Element | None, rule: str, height: str) -> bool:
    return node is not None and attribute(node, rule) == "exact" and number(node, height) < LOW


def _in_pictures(said: Properties) -> bool:
    fonts = said.get("w:rFonts")
    return fonts is not None and any(PICTURE_FONTS in str(font) for font in fonts.values())


def _between(name: str, least: int, most: int) -> Callable[[Properties], bool]:
    return lambda said: name in said and least <= number(said[name]) <= most


_HARD_TO_SEE: tuple[Callable[[Properties], bool], ...] = (
    _in_pictures,
    _between("w:sz", 1, TINY),
    _between("w:w", 1, THIN),
    _between("w:spacing", -100_000, CLOSE),
    _between("w:fitText", 1, _NARROW),
)


def _is_light(said: Properties) -> bool:
    colour = ink(said)
    return colour is not None and min(colour) >= PALE


_TOGGLED = ("w:specVanish", *STRUCK)
_TELLS: dict[str, Callable[[Properties], bool]] = {
    "w:vanish": lambda said: "w:vanish" in said,
    **dict.fromkeys(_TOGGLED, lambda said: any(says(said.get(name)) for name in _TOGGLED)),
    **dict.fromkeys(("w:vertAlign", "w:rtl", "w:eastAsianLayout"), is_off_line),
    "w:position": lambda said: number(said["w:position"]) != 0,
    **dict.fromkeys(("w:rFonts", "w:sz", "w:w", "w:spacing", "w:fitText"), is_hard_to_see),
    **dict.fromkeys(INKS, _is_light),
    "w:numPr": lambda said: is_numbered(said["w:numPr"]),
    GROUND: lambda said: is_dark(said[GROUND]),
    LINE: lambda said: _is_exactly_low(said[LINE], "lineRule", "line"),
}
"""Properties of characters, or of a paragraph, that can change what is read, and whether they do so."""


def telling(said: Properties) -> dict[str, etree._Element]:
    """Return what of a style's properties can change what is read; nothing if none of them does."""
    found = {name: node for name, node in said.items() if name in _TELLS}
    return found if any(_TELLS[name](found) for name in found) else {}
