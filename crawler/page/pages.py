"""A page as families see it: parsing that never fails, its visible text, and what it says it is about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import lxml.html
from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction

from crawler.items import Page
from crawler.page.marks import ADDRESS_MARKS, folded, note_address_marks
from crawler.page.remembered import of_scripts, once, remembered
from crawler.page.urls import join
from extract.html.script_body import script_body
from extract.html.tree import without_ends

_XML_DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]*\?>")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TEXT_BYTES = b"\t\n\r" + bytes(range(32, 256))
_UNSEEN = frozenset({"script", "style", "noscript", "noframes", "template", "head"})
_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "label", "o", "small", "span", "strong", "sub", "sup", "u"})
_NO_TRAIL = _UNSEEN | {"html", "body", "form", "a"}
_TRAIL = re.compile(r"crumb|position|location|dqwz|weizhi|current", re.IGNORECASE)
_TRAIL_LEAD = re.compile(r"(?:当前位置|您?(?:现在|所在|当前)?的?位置)(?:是|为)?[:：]")
_MAX_TRAIL_CHARACTERS = 200
_MAX_HEADING_CHARACTERS = 40
_A_BODY = 500
_TEXT = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="text"/>
<xsl:template match="/"><xsl:apply-templates select="*[1]"/></xsl:template>
<xsl:template match="{unseen}"/>
{spaces}
</xsl:stylesheet>"""
_SPACES = """<xsl:template match="{inline}"><xsl:apply-templates/></xsl:template>
<xsl:template match="*"><xsl:text> </xsl:text><xsl:apply-templates/></xsl:template>"""
"""The text of a page: nothing of the unseen elements, and with ``_SPACES`` one where any but an inline one begins."""

_TAGS = ("meta", "title", "link", "h1", "h2", "base", "script", "input", "form", "table")

_ANNUAL = re.compile(
    r"(?:信息|政务)公开(?:工作)?(?:情况)?(?:年报|年度(?:工作)?报告|工作报告)|公开年报|年报汇总|(?:部门|乡镇|街道|镇街|政府)[)）]?年报|历年年报"
)
_ANNUAL_SHORT = re.compile(r"年报|年度报告")
_OPENNESS = re.compile(r"信息公开|政务公开|法定主动公开")
# Spellings of the column's folder, most frequent first; evidence only beside others, for reports also lie elsewhere.
_ANNUAL_PATH = re.compile(
    r"zfxxgknb|xxgknb|xxgkndbg|xxgkndbg|zfxxgkndbg|gkndbg|gknb|zfgknb|xxgkAnnualReport|annualreport|/ndbg",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(r"法治政府|网站工作|[预决]算|统计年报")

_SECTION_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"总体情况|概述",
        r"主动公开(?:政府信息)?(?:的)?情况",
        r"(?:收到和处理|依申请公开)(?:政府信息)?(?:公开)?(?:申请)?(?:的)?情况",
        r"行政复议(?:、|和|及|，|与)?(?:提起)?行政诉讼|收费及减免|收费和减免",
        r"问题(?:及|和|与)改进",
        r"其他需要报告的?(?:事项|情况)|统计数据的?期限|数据的?统计期限",
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a page says it is: an annual-report column, or some other page about openness."""

    trail: str
    annual: bool
    openness: bool


def parse_page(url: str, text: str) -> Page:
    """Parse a decoded response; markup that cannot be parsed gives an empty tree, never an error."""
    written = _XML_DECLARATION.sub("", text)
    data = _encoded(written)
    markup = written if _is_text(written, data) else _NOT_TEXT.sub("", written)
    try:
        root = lxml.html.document_fromstring(without_ends(markup), _parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        root = lxml.html.document_fromstring("<html><body></body></html>", _parser())
    page = Page(url, text, root)
    if data and written is text:
        page.answers[folded] = data.lower()
    if len(markup) != len(written):  # then marks that the text has not may be in the tree
        note_address_marks(page, ADDRESS_MARKS)
    return page


@cache
def _parser() -> etree.HTMLParser:
    """Make a parser whose elements are of one class: that of ``lxml.html`` asks Python for the class of each."""
    classes = {"element": HtmlElement, "comment": HtmlComment, "pi": HtmlProcessingInstruction, "entity": HtmlEntity}
    parser = etree.HTMLParser(collect_ids=False)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(**classes))
    return parser


def _encoded(text: str) -> bytes:
    """Give a text as UTF-8, or nothing for one that cannot be written so."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return b""


def _is_text(text: str, data: bytes) -> bool:
    """Tell in a fifth of the time that a search takes whether libxml2 takes every character for text."""
    return bool(data) and not data.translate(None, _TEXT_BYTES) and "\ufffe" not in text and "\uffff" not in text


def squeeze(text: str) -> str:
    """Collapse white space, also the ideographic and the non-breaking kind."""
    return " ".join(text.split())


def content(node: HtmlElement) -> str:
    """Give all text within an element; of one without others, as most links are, in a tenth of the time."""
    return node.text_content() if len(node) else node.text or ""


@once
def tagged(page: Page) -> Mapping[str, tuple[HtmlElement, ...]]:
    """Give the elements of a page that say what it is, by their tags; all are found in one walk."""
    found: dict[str, list[HtmlElement]] = {tag: [] for tag in _TAGS}
    for node in page.root.iter(*_TAGS):
        found[node.tag].append(node)
    return {tag: tuple(nodes) for tag, nodes in found.items()}


@once
def elements(page: Page) -> tuple[HtmlElement, ...]:
    """Give the elements of a page in document order, without comments and processing instructions.

    They are kept while the page is in hand, for lxml makes a new object for an element each time it is met again.
    """
    return tuple(page.root.iter("*"))


@once
def visible_text(page: Page) -> str:
    """Give the text a reader sees, with a space where a block begins."""
    return squeeze(str(_texts(_SPACES.format(inline="|".join(sorted(_INLINE))))(page.root)))


@once
def compact_text(page: Page) -> str:
    """Give the text a reader sees without any white space, in two thirds of the time."""
    return "".join(str(_texts("")(page.root)).split())


def has_few_words(page: Page, fewer_than: int) -> bool:
    """Tell whether the text a reader sees has fewer characters; of most pages it is not taken out a second time."""
    return len(compact_text(page)) < fewer_than and len(visible_text(page)) < fewer_than


@cache
def _texts(spaces: str) -> etree.XSLT:
    """Compile what takes the text out of a tree: libxslt needs a third of the time that a walk in Python does."""
    return etree.XSLT(etree.XML(_TEXT.format(unseen="|".join(sorted(_UNSEEN)), spaces=spaces)))


@once
def page_marks(page: Page) -> int:
    """Count how many of the form's six section headings the text of a page has."""
    return section_marks(compact_text(page))


def section_marks(compact: str) -> int:
    """Count how many of the form's six section headings (of 2007, 2019 and 2021) a text without white space has."""
    return sum(mark.search(compact) is not None for mark in _SECTION_MARKS)


def is_section_heading(text: str) -> bool:
    """Tell whether a short text is one of the form's six section headings."""
    compact = "".join(text.split())
    return len(compact) <= _MAX_HEADING_CHARACTERS and any(mark.search(compact) for mark in _SECTION_MARKS)


@once
def is_scripted_report(page: Page) -> bool:
    """Tell whether a page carries a report as a string of its script; the reader of documents can read those."""
    scripts = (node.text or "" for node in tagged(page)["script"])
    return any(_has_body(script) for script in scripts if len(script) > _A_BODY and _may_hold_words(script))


@of_scripts
def _has_body(script: str) -> bool:
    return script_body(script) != ""


def _may_hold_words(script: str) -> bool:
    """Tell whether there can be Chinese in a script, as it is or in escapes; in most there is none."""
    return not script.isascii() or "\\u" in script or "&#" in script


def meta(page: Page, name: str) -> str:
    """Give a head meta by name or http-equiv in any case (国办发〔2017〕47号), or an empty string."""
    return squeeze(_metas(page).get(name.lower(), ""))


@once
def _metas(page: Page) -> dict[str, str]:
    """Give the content of every meta by its name in small letters, the first of each."""
    found: dict[str, str] = {}
    for node in tagged(page)["meta"]:
        found.setdefault((node.get("name") or node.get("http-equiv") or "").lower(), node.get("content") or "")
    return found


@once
def titles(page: Page) -> tuple[str, ...]:
    """Give what a page calls itself, the most telling first: ArticleTitle, first headings, ``<title>``."""
    heads = [squeeze(content(node)) for tag in ("h1", "h2") for node in tagged(page)[tag][:2]]
    title = next((squeeze(content(node)) for node in tagged(page)["title"]), "")
    return tuple(text for text in (meta(page, "ArticleTitle"), *heads, title) if text)


@once
def place_of(page: Page) -> Place:
    """Judge from ColumnName, headings, breadcrumbs and folder whether a page is an annual-report column."""
    trail = " > ".join((*_names(page), _trail(page)))
    named = _is_named_annual(page) or is_annual_name(trail)
    short = _ANNUAL_SHORT.search(trail) is not None and _OPENNESS.search(trail) is not None
    folder = _ANNUAL_PATH.search(page.url) is not None and _OTHER_SUBJECT.search(trail) is None
    return Place(trail, named or short or folder, _OPENNESS.search(trail) is not None)


def is_annual(page: Page) -> bool:
    """Tell whether a page is an annual-report column; of most their names say it, and no trail is looked for."""
    return _is_named_annual(page) or place_of(page).annual


@once
def _is_named_annual(page: Page) -> bool:
    return any(is_annual_name(name) for name in _names(page))


def _names(page: Page) -> tuple[str, ...]:
    return (meta(page, "ColumnName"), *titles(page))


@once
def base_of(page: Page) -> str:
    """Give the URL that links are joined to; a ``<base>`` on another host is one of the wrong ones and is ignored."""
    declared = next((node.get("href") for node in tagged(page)["base"] if node.get("href")), None)
    base = join(page.url, declared) if declared else None
    same_host = base is not None and base.split("/")[2] == page.url.split("/")[2]
    return base if base is not None and same_host else page.url


def is_annual_name(text: str) -> bool:
    """Tell whether a text names the annual reports on openness, and not another kind of annual report."""
    return "报" in text and _ANNUAL.search("".join(text.split())) is not None


def _trail(page: Page) -> str:
    """Give the breadcrumbs of a page: an element that is named so, or begins with 当前位置."""
    for node in page.root.iter("*"):  # mostly it stands near the beginning
        if _is_trail_name(f"{node.get('class', '')} {node.get('id', '')}") or _leads_trail(node.text or ""):
            text = squeeze(content(node)) if node.tag not in _NO_TRAIL else ""
            if 0 < len(text) <= _MAX_TRAIL_CHARACTERS:
                return text
    return ""


def _leads_trail(text: str) -> bool:
    return "位置" in text and _TRAIL_LEAD.search(text) is not None


@remembered
def _is_trail_name(name: str) -> bool:
    return _TRAIL.search(name) is not None
