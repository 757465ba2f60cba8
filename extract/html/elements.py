"""What the elements of a page do to its text: which break lines, hold a document's parts, or name its title."""

import re

BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
CONTAINERS = frozenset(["article", "body", "center", "div", "form", "main", "section", "td"])
HEADINGS = frozenset(("h1", "h2", "h3"))
TITLE_CARRIERS = frozenset(["div", "h4", "h5", "li", "p", "span", "strong"])
TITLE_NAME = re.compile(r"title|biaoti|(?:^|[\s_-])(?:tit|bt)(?:$|[\s_-])", re.IGNORECASE)
ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
CELLS = frozenset(("td", "th"))
INLINE = frozenset(("a", "b", "bdo", "big", "em", "font", "i", "small", "span", "strong", "u"))
SET_APART = frozenset(("sup", "sub", "rt", "rtc", "del", "s", "strike"))
"""A footnote sign, a gloss or a struck-out figure beside a number must not become one of its digits: shown in brackets."""
