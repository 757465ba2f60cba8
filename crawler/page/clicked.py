"""Elements that are no links, and that the page's script opens when they are clicked: ``$(".row").click(function(){
location.href = "/nb/" + $(this).attr("data-id") + ".html"})``."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.items import Page
from crawler.page.pages import tagged
from crawler.page.remembered import of_scripts

_ATTRIBUTE = r"(?:\$\(\s*this\s*\)\.(?:attr|data)|this\.getAttribute)\(\s*['\"]([\w\-]{2,30})['\"]\s*\)|this\.dataset\.(\w{1,30})"
_GIVEN = re.compile(rf"\b(?P<name>[A-Za-z_$][\w$]{{0,40}})\s*=\s*(?:{_ATTRIBUTE})")
_OPENS = re.compile(
    r"(?:\bopen\(|location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\()\s*(?:['\"](?P<before>[^'\"\s]{1,200})['\"]\s*\+\s*)?"
    rf"(?:{_ATTRIBUTE}|(?P<name>[A-Za-z_$][\w$]{{0,40}}))(?:\s*\+\s*['\"](?P<after>[^'\"\s]{{1,100}})['\"])?\s*(?:[,;)}}\n]|$)"
)
_NO_ADDRESS = frozenset({"id", "class", "style", "title", "href", "src"})
_MAX_NODES = 2000


def clicked(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """Yield each element that a script of the page opens, with the address that it makes of the element's attribute."""
    for script in tagged(page)["script"]:
        for attribute, before, after in _opened(script.text or ""):
            for node in page.root.xpath("//*[@*[name() = $name]]", name=attribute)[:_MAX_NODES]:
                if isinstance(node, HtmlElement) and (value := (node.get(attribute) or "").strip()):
                    yield node, f"{before}{value}{after}"


@of_scripts
def _opened(script: str) -> tuple[tuple[str, str, str], ...]:
    """Give the attributes of a clicked element of which a script makes an address, with what stands around each."""
    return tuple(_all_opened(script)) if "this" in script else ()


def _all_opened(script: str) -> Iterator[tuple[str, str, str]]:
    given = {found["name"]: _named(found.group(0), found.group(2), found.group(3)) for found in _GIVEN.finditer(script)}
    for found in _OPENS.finditer(script):
        attribute = (
            given.get(found["name"], "") if found["name"] else _named(found.group(0), found.group(2), found.group(3))
        )
        if attribute and attribute not in _NO_ADDRESS:
            yield attribute, found["before"] or "", found["after"] or ""


def _named(read: str, asked: str | None, of_set: str | None) -> str:
    """Give the name of the attribute that is read; jQuery's data and the element's dataset leave out ``data-``."""
    if of_set:
        return "data-" + re.sub(r"([A-Z])", lambda capital: f"-{capital.group(1).lower()}", of_set)
    name = (asked or "").lower()
    return f"data-{name}" if ".data(" in read else name
