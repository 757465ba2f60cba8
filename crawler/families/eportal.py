"""Easysite eportal (河北, 锡林郭勒, customs): ``/eportal/ui?pageId=P&currentPage=N&moduleId=M``.

Lists are static or made on demand; the links of a pager have no address but carry it in ``tagname`` or in
``queryArticleByCondition(this,'…')``. Static pages show ``N/M 跳转``, with the total also in
``<input name="article_paging_list_hidden" totalpage="17">``. Articles are ``?articleKey=K&columnId=C`` or
``/a/b/<17 to 19 digits>/index.html``.
"""

import re
from collections.abc import Iterator

from crawler.families import Family, weigh
from crawler.items import Link, Page
from crawler.page.evidence import Sign
from crawler.page.links import walk
from crawler.page.list_calls import with_calls
from crawler.page.pager_words import is_next_word
from crawler.page.pagers import MAX_PAGES, next_pages
from crawler.page.pages import squeeze
from crawler.page.urls import canonical, join

_UI = re.compile(r"/eportal/(?:ui\?|admin|fileDir|uiFramework|easysite)")
_CALL = re.compile(r"queryArticleByCondition\(")
_HIDDEN = re.compile(r"article_paging_list_hidden")
_CARRIED = re.compile(r"<a\s[^>]{0,300}?\btagname=['\"][^'\"]{0,300}\.s?html?['\"]", re.IGNORECASE)
_EVIDENCE = (
    Sign(_UI, 40, ("/eportal/",)),
    Sign(_CALL, 50, ("queryarticlebycondition(",)),
    Sign(_HIDDEN, 40, ("article_paging_list_hidden",)),
    Sign(_CARRIED, 40, ("tagname=",)),
)
_ADDRESS = re.compile(r"queryArticleByCondition\(\s*this\s*,\s*['\"]([^'\"]+)['\"]")
_NUMBER = re.compile(r"(?P<before>[?&]currentPage=)(?P<number>\d{1,5})")
_TOTAL = re.compile(
    r"totalpage=['\"]?(\d{1,5})|\b\d{1,5}\s*/\s*(\d{1,5})\s*(?:页\s*)?(?:<[^>]{0,300}>\s*){0,4}跳转", re.I
)


def _fingerprint(page: Page) -> int:
    """Add up what of the system's markup is on the page."""
    return weigh(page, _EVIDENCE)


def _links(page: Page) -> tuple[Link, ...]:
    """Walk a page by its words, and its list by the addresses its pager hides."""
    return with_calls(page, walk(page, _further))


def _further(page: Page) -> tuple[Link, ...]:
    """Give the pages numbered after this one by the pager's address and the total, else what is addressed or linked."""
    addressed = tuple(dict.fromkeys(_addressed(page)))
    numbered = tuple(_numbered(page, addressed))
    if numbered:
        return numbered
    own = canonical(page.url)
    return tuple(Link(url, "", "next") for url in addressed if canonical(url) != own) or next_pages(page)


def _addressed(page: Page) -> Iterator[str]:
    """Yield the addresses that the links 下一页 and 末页 of a pager carry without being links; ``[NEXTPAGE]`` is none."""
    for node in page.root.iter("a"):
        called = _ADDRESS.search(node.get("onclick") or "")
        address = node.get("tagname") or (called.group(1) if called else "")
        if address and "[" not in address and is_next_word(squeeze(node.text_content()).replace(" ", "")):
            url = join(page.url, address)
            if url:
                yield url


def _numbered(page: Page, addressed: tuple[str, ...]) -> Iterator[Link]:
    """Yield every page after this one, where an address has a number in it and the total is printed."""
    own, total = _NUMBER.search(page.url), _TOTAL.search(page.text)
    template = page.url if own else next((url for url in addressed if _NUMBER.search(url)), "")
    if not template or total is None:
        return
    at, last = int(own["number"]) if own else 1, int(total.group(1) or total.group(2))
    for number in range(at + 1, min(last, at + MAX_PAGES) + 1):
        yield Link(_NUMBER.sub(rf"\g<before>{number}", template), "", "next")


FAMILY = Family("eportal", _fingerprint, _links, _EVIDENCE)
