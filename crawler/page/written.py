"""Links that a script or a hidden text holds as markup: ``document.write("<li><a href='/nb/1.html'>…")``, the template of
a list in ``<script type="text/html">`` or in a ``<textarea>``.

What a script puts together with a value of its own (``'<a href="' + url + '">'``) is no link: nobody knows the value.
"""

import re
from collections.abc import Iterator

from crawler.page.pages import squeeze

_GLUED = re.compile(r"['\"]\s*+(?:\)\s*+;?\s*+document\.write(?:ln)?\(|\+|,)\s*+['\"]")
_ESCAPED = re.compile(r"\\(['\"/])")
_LINK = re.compile(
    r"<a\b(?P<attributes>[^<>]{5,600})>(?P<words>.{0,400}?)</a>(?=(?P<beside>[^\n]{0,120}))", re.S | re.I
)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"'<>\s+]{2,300})\"|'([^\"'<>\s+]{2,300})')", re.IGNORECASE)
_TITLE = re.compile(r"\btitle\s*=\s*(?:\"([^\"'<>+]{2,200})\"|'([^\"'<>+]{2,200})')", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,300}>")
_ADDED = re.compile(r"['\"]\s*\+|\+\s*['\"]")
_MAX_CHARACTERS = 500_000


def written_links(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (address, words, what stands behind it up to the next link) for each link that a text holds as markup."""
    if "<a " not in text and "<A " not in text:
        return
    whole = _ESCAPED.sub(r"\1", _GLUED.sub("", text[:_MAX_CHARACTERS]))
    for link in _LINK.finditer(whole):
        href, title = _HREF.search(link["attributes"]), _TITLE.search(link["attributes"])
        words = squeeze(_TAG.sub(" ", link["words"]))
        if href is not None and _ADDED.search(words) is None:
            titled = squeeze(title[1] or title[2]) if title else ""
            beside = link["beside"].lower().partition("<a ")[0]
            yield href[1] or href[2], max(words, titled, key=len), squeeze(_TAG.sub(" ", beside))
