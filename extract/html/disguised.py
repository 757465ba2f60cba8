"""Figures that a browser shows otherwise than the markup reads, and nobody can tell how: set apart, so none is believed.

A style may move a text away, mirror it, strike it out, or print it in the colour of its ground; a rule of the page's own
style sheet may do so by a class or an id. Which rule wins is not worked out: where one that hides or disguises speaks of
a figure in a table, the figure is doubtful. Only cells that hold nothing but a figure are looked at: a page may be laid
out in tables itself.
"""

from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from extract.html.colours import ground, ink, is_pale, is_unseen, plain
from extract.html.counted import counting
from extract.html.elements import CELLS, INLINE, SET_APART
from extract.html.fields import WRITING
from extract.html.style_rules import MIRRORED, MOVED, SHIFTED, STRUCK, Bare, Rules, rules_of
from extract.html.tree import query
from extract.kept import of_short
from extract.text import LOST

_FIGURE_SIGNS = frozenset(".,，+-−—－/()（）[]%·*件项元万个次条宗\u2060\u202a\u202b\u202c\u202d\u202e")
_LONGEST_FIGURE = 60

_TEXT = "string()"
_SHEETS = "descendant::style | descendant::script"
_CELL = "ancestor-or-self::*[self::td or self::th][1]"
_STYLED = "//table//*[@style]"
_NAMED = "//table//*[@class or @id]"


def set_disguised_apart(root: etree._Element, text: str, styles: Iterable[str]) -> None:
    """Put brackets around the figures in tables that are shown otherwise than they read.

    ``text`` is the page's, ``styles`` are those of its elements.
    """
    figures: dict[etree._Element, bool] = {}
    for node in (*_styled(root, styles), *_marked(root), *_ruled(root, text), *counting(root, text)):
        if node.tag not in SET_APART and _is_figure(query(_TEXT)(node)) and _is_in_figure(node, figures):
            _set_apart(node)
    for script in root.iter("script"):
        if WRITING in (script.text or "") and _is_in_figure(script, figures):
            script.tail = f"{LOST}{script.tail or ''}"  # digits may be written beside those that stand there


def _is_in_figure(node: etree._Element, known: dict[etree._Element, bool]) -> bool:
    """Say whether a node stands in a cell that holds nothing but a figure; ``known`` are cells already looked at."""
    for cell in query(_CELL)(node):
        if cell not in known:
            known[cell] = _is_figure(_shown(cell))
        return known[cell]
    return False


def _shown(cell: etree._Element) -> str:
    """Return the text of a cell without that of style sheets and scripts that an editor left in it."""
    said = str(query(_TEXT)(cell))
    for sheet in query(_SHEETS)(cell):
        said = said.replace(sheet.text or "", "", 1)
    return said


def _styled(root: etree._Element, styles: Iterable[str]) -> Iterator[etree._Element]:
    if any(map(_disguises, styles)):
        yield from (node for node in query(_STYLED)(root) if _is_disguised(node))


@of_short
def _disguises(style: str) -> bool:
    """Say whether a style may disguise what it is given to. Word gives every cell and run of a page one of a few."""
    return any(pattern.search(style) for pattern in (MOVED, MIRRORED, STRUCK, SHIFTED)) or is_unseen(
        ink(style), ground(style)
    )


def _is_disguised(node: etree._Element) -> bool:
    style = node.get("style") or ""
    if not _disguises(style):
        return False
    if MIRRORED.search(style) or STRUCK.search(style) or _is_pale(node, ink(style)):
        return True
    return node.tag not in CELLS and bool(MOVED.search(style) or (SHIFTED.search(style) and not _is_alone(node)))


def _is_alone(node: etree._Element) -> bool:
    """Say whether nothing else is printed in a node's cell: what is raised or lowered as a whole is no footnote."""
    said = query(_TEXT)(node).strip()
    return all(query(_TEXT)(cell).strip() == said for cell in query(_CELL)(node))


def _is_pale(node: etree._Element, colour: str) -> bool:
    """Say whether a text has the colour of its ground, white where none is stated, and nothing inside another one."""
    if any(ink(inner.get("style") or "") or inner.get("color") for inner in node.iterdescendants()):
        return False
    holders = (node, *node.iterancestors())
    grounds = (ground(holder.get("style") or "") or plain(holder.get("bgcolor") or "") for holder in holders)
    return is_unseen(colour, next((found for found in grounds if found), ""))


def _marked(root: etree._Element) -> Iterator[etree._Element]:
    """Yield mirrored text, text in white, and links into the page behind a figure: the sign of a footnote is no digit."""
    for node in root.iter("template"):
        if node.get("shadowrootmode") is not None and (host := node.getparent()) is not None:
            yield host  # what stands in it is not shown, or elsewhere
    for node in root.iter("bdo", "font", "a"):
        if _MARKS[str(node.tag)](node):
            yield node


def _is_white(font: etree._Element) -> bool:
    colour = plain(font.get("color") or "")
    return is_pale(colour) and _is_pale(font, colour)


def _is_note(link: etree._Element) -> bool:
    return (link.get("href") or "").startswith("#") and _stands_behind_text(link)


def _stands_behind_text(link: etree._Element) -> bool:
    before, parent = link.getprevious(), link.getparent()
    if before is not None:
        return bool((before.tail or query(_TEXT)(before)).strip())
    return parent is not None and bool((parent.text or "").strip())


_MARKS: dict[str, Callable[[etree._Element], bool]] = {"bdo": lambda _: True, "font": _is_white, "a": _is_note}


def _ruled(root: etree._Element, text: str) -> Iterator[etree._Element]:
    """Yield what a rule of the page speaks of, and draw a picture in what is empty until a rule writes there."""
    rules = [rules_of(sheet.text) for sheet in root.iter("style") if sheet.text]
    inside = {name for found in rules for name in found.inside if name[1:] in text}
    cells = {name for found in rules for name in found.cells}
    written = {name for found in rules for name in found.written}
    yield from _meant(root, text, rules)
    for node in query(_NAMED)(root) if inside else ():
        if not written.isdisjoint(_names(node)) and not len(node) and not (node.text or "").strip():
            node.append(etree.Element("canvas"))
        elif not (cells if node.tag in CELLS else inside).isdisjoint(_names(node)):
            yield node


def _meant(root: etree._Element, text: str, rules: Iterable[Rules]) -> Iterator[etree._Element]:
    """Yield the figures that a selector without a name at its end may mean."""
    asked = [bare for found in rules for bare in found.bare if all(name[1:] in text for name in bare.around)]
    tags = {bare.tag for bare in asked}
    for node in root.iter(*(() if "" in tags else tags)) if asked else ():
        if isinstance(node.tag, str) and _is_figure(query(_TEXT)(node)):
            around = {name for holder in node.iterancestors() for name in _names(holder)}
            if any(_fits(node, bare) and bare.around <= around for bare in asked):
                yield node


def _fits(node: etree._Element, bare: Bare) -> bool:
    is_kind = bare.tag in ("", node.tag) and (not bare.attribute or bare.attribute in node.attrib)
    return is_kind and (bare.hides_cells or node.tag not in CELLS)


def _names(node: etree._Element) -> Iterable[str]:
    classes = (node.get("class") or "").split()
    return (*(f".{name}" for name in classes), f"#{node.get('id') or ''}")


def _is_figure(text: str) -> bool:
    if len(text) > _LONGEST_FIGURE or not any(map(str.isdigit, text)):
        return False
    return all(sign.isdigit() or sign.isspace() or sign in _FIGURE_SIGNS for sign in text)


def _set_apart(node: etree._Element) -> None:
    if node.tag in INLINE:
        node.tag = "sup"
        return
    node.text = f"[{node.text or ''}"
    if len(node):
        node[-1].tail = f"{node[-1].tail or ''}]"
    else:
        node.text += "]"
