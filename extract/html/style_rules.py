"""The rules of a style sheet that hide or disguise text, by the class or id at the end of their selectors, or by the
element there inside others of certain classes (``.x i``).

No cascade: whether another rule shows it again is not asked. Rules for printing are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extract.html.colours import ground, ink, is_unseen

_NOTHING = r"0(?:\.0*)?(?:px|pt|r?em|%)?\s*(?:;|!|$)"

MOVED = re.compile(
    r"(?:^|[;\s])(?:position\s*:\s*(?:absolute|fixed)|(?:clip|clip-path|transform)\s*:(?!\s*(?:none|auto))|float\s*:\s*[lr]"
    r"|order\s*:\s*-?[1-9]|(?:text-indent|left|top|right|bottom|margin[a-z-]{0,9})\s*:[^;]{0,20}-\d{3}"
    r"|content-visibility\s*:\s*hidden|font-size\s*:\s*(?:0?\.\d{1,9}|1(?:\.\d{1,9})?)(?:px|pt)|opacity\s*:\s*0?\.[01]"
    rf"|(?:(?:max-)?(?:width|height)|zoom|scale)\s*:\s*{_NOTHING}|font\s*:\s*0"
    r"|(?:zoom|scale)\s*:\s*0?\.[0-4]|(?:rotate|translate|offset-path)\s*:(?!\s*(?:none|0))|filter\s*:[^;]{0,40}opacity"
    r"|content\s*:\s*url)",
    re.IGNORECASE,
)
"""Styles that take a text from its place, or leave it no room: of a cell itself they say nothing."""

SHIFTED = re.compile(
    r"vertical-align\s*:\s*(?:sub|text-bottom|[+-]?(?=[\d.]{0,9}[1-9])[\d.])|mso-text-raise\s*:\s*-?(?=[\d.]{0,9}[1-9])[\d.]"
    r"|(?:^|[;\s])(?:top|bottom|left|right)\s*:\s*[+-]?(?=[\d.]{0,9}[1-9])[\d.]",
    re.IGNORECASE,
)
"""Styles that raise, lower or push a text a little: a figure beside others is then the sign of a footnote."""

MIRRORED = re.compile(
    r"unicode-bidi\s*:[^;]{0,20}override|text-security\s*:(?!\s*none)|flex-direction\s*:[^;]{0,20}reverse"
    r"|(?:^|;)[\s\w-]{0,30}\\|(?:display|visibility|opacity|font-size)\s*:\s*(?:var|env)\(|display\s*:[^;]{0,20}\\",
    re.IGNORECASE,
)
"""Styles that show a text from its end, or as dots, or as something that another place says: an escape, a variable."""

STRUCK = re.compile(r"text-decoration[a-z-]{0,20}\s*:[^;]{0,80}line-through", re.IGNORECASE)

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_FADED = re.compile(
    rf"vertical-align\s*:\s*(?:super|text-top)|(?:^|[;\s])(?:opacity|font-size)\s*:\s*{_NOTHING}", re.IGNORECASE
)
_WRITTEN = re.compile(r"content\s*:[^;]{0,60}?(?:[\"'][^\"']{0,20}\d|attr\(|counter)", re.IGNORECASE)

_PRINT = re.compile(r"@media\s+print[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_EITHER = re.compile(r":(?:is|where)\(([^(){}]{1,200})\)", re.IGNORECASE)
_SIGN_OF_ICONS = re.compile(r"\\[0-9a-fA-F]{1,6}")
_NAME = re.compile(r"[.#][\w-]+")
_COMBINATORS = re.compile(r"[\s>+~]+")
_FUNCTION = re.compile(r":(?:not|has|nth-[a-z-]{1,20})\([^()]{0,200}\)", re.IGNORECASE)
_BARE = re.compile(r"(?P<tag>\*|[a-zA-Z][a-zA-Z0-9]*)?(?:\[\s*+(?P<attribute>[\w-]++)[^\]]*+\])?(?P<state>:[\w:-]*)?")
_GENERATED = ("before", "after")
_PASSING = ("hover", "focus", "active", "visited", "target", "checked")
"""States that a page as it is opened does not have."""

_KEPT, _LONGEST_KEPT = 64, 100_000


@dataclass(frozen=True, slots=True)
class Rules:
    """Names (``.class`` or ``#id``) whose text may not be shown as it reads: of cells, and of what stands inside them;
    ``written``: those where the sheet itself writes a figure; ``bare``: the ends of selectors that name none.
    """

    cells: frozenset[str]
    inside: frozenset[str]
    written: frozenset[str]
    bare: frozenset["Bare"] = frozenset()


class Bare(NamedTuple):
    """What the last part of a selector asks of an element where it has no class or id: its kind (none: any) or an
    attribute, and the classes and ids of those around it. ``hides_cells``: it says something of a whole cell too.
    """

    tag: str
    attribute: str
    around: frozenset[str]
    hides_cells: bool


def rules_of(sheet: str) -> Rules:
    """Return the names that the rules of a style sheet hide or disguise."""
    return _kept_rules(sheet) if len(sheet) <= _LONGEST_KEPT else _rules_of(sheet)


def _rules_of(sheet: str) -> Rules:
    cells: set[str] = set()
    inside: set[str] = set()
    written: set[str] = set()
    bare: set[Bare] = set()
    for selectors, declared in _rules(sheet):
        if any(pattern.search(declared) for pattern in (_HIDDEN, STRUCK, MIRRORED)) or _is_faint(declared):
            cells.update(_at_end(selectors, generated=False))
            bare.update(_without_names(selectors, hides_cells=True))
        if any(pattern.search(declared) for pattern in (MOVED, SHIFTED, _FADED)):
            inside.update(_at_end(selectors, generated=False))
            bare.update(_without_names(selectors, hides_cells=False))
        if _WRITTEN.search(_SIGN_OF_ICONS.sub("", declared)):
            written.update(_at_end(selectors, generated=True))
    return Rules(frozenset(cells | written), frozenset(cells | inside | written), frozenset(written), frozenset(bare))


def _is_faint(declared: str) -> bool:
    return is_unseen(ink(declared), ground(declared))


_kept_rules = lru_cache(maxsize=_KEPT)(_rules_of)
"""Pages of one portal have one sheet."""


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of each rule, those inside ``@media`` too, in a time that grows with the sheet."""
    first, *others = sheet.split("/*")
    bare = first + "".join(other.partition("*/")[2] for other in others)
    for block in _EITHER.sub(r"\1", _PRINT.sub("", bare)).split("}"):
        before, brace, declared = block.rpartition("{")
        if brace:
            yield before.rpartition("{")[2].rpartition(";")[2], declared


def _at_end(selectors: str, *, generated: bool) -> Iterator[str]:
    """Yield the classes and ids that the last part of each selector names; ``generated``: of ``:before`` and ``:after``."""
    for selector in selectors.split(","):
        last = (selector.split() or [""])[-1]
        element, _, pseudo = last.partition(":")
        state = pseudo.strip(":")
        if generated == (state in _GENERATED) and not state.startswith(_PASSING):
            yield from _NAME.findall(element)


def _without_names(selectors: str, *, hides_cells: bool) -> Iterator[Bare]:
    """Yield what selectors ask whose last part has no class or id: ``td i``, ``.x b:first-child``, ``[data-old]``."""
    for selector in selectors.split(","):
        *around, last = _COMBINATORS.split(_FUNCTION.sub("", selector).strip()) or [""]
        found = _BARE.fullmatch(last)
        if found and last and not (found["state"] or "").strip(":").startswith((*_PASSING, *_GENERATED)):
            names = frozenset(name for part in around for name in _NAME.findall(part))
            yield Bare(
                (found["tag"] or "").replace("*", "").lower(), (found["attribute"] or "").lower(), names, hides_cells
            )
