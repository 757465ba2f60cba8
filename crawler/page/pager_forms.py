"""Pagers that fill in the page's number and send a form: ``function goPage(n){ form.pageNo.value = n; form.submit(); }``.

Seen in portals of JSP and of Struts. The form holds everything else that the list needs in hidden inputs; it is posted,
or asked for with its fields as the query. Nothing is sent but what the page's own link would send.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from lxml.html import HtmlElement

from crawler.items import Link, Page
from crawler.page.forms import chosen, hidden
from crawler.page.pager_words import Call, next_calls
from crawler.page.pages import base_of
from crawler.page.urls import join, without_session

_SUBMIT = re.compile(r"\bsubmit\(\s*\)")
_FUNCTION = r"\bfunction\s+{name}\s*\(|\b{name}\s*=\s*function\s*\("
_MAX_BODY_CHARACTERS = 600
# form.pageNo.value = n, document.getElementById("page").value = n, $("#currentPage").val(n), $("input[name=p]").val(n)
_SET = re.compile(r"(?P<name>[A-Za-z_]\w{0,40})['\"\])\s]{0,6}\.\s*(?:value\s*=(?!=)|val\(\s*[\w'\"])")
_NUMBER_NAME = re.compile(r"(?!\w*(?:size|count|total|rows|pages))(?:[a-z]{1,10}_?)?page_?(?:[a-z]{1,8})?|pn|p", re.I)


def posted_pages(page: Page) -> tuple[Link, ...]:
    """Give the next page where the link to it sends a form; one page at a time, for the form is that of its answer."""
    found = (link for call in next_calls(page) for link in _sent(page, call))
    return tuple(link for link in (next(found, None),) if link)


def _sent(page: Page, call: Call) -> Iterator[Link]:
    name = _number_field(page, call.name)
    form = next((node for node in page.root.iter("form") if _holds(node, name)), None) if name else None
    if form is None:
        return
    fields = {**dict(hidden(form)), **dict(chosen(form))}
    field = _field_name(form, name)
    shown = fields.get(field, "")
    number = call.number if call.number is not None else int(shown) + 1 if shown.isdecimal() else None
    if number is not None and not (shown.isdecimal() and int(shown) >= number):
        yield from _link(page, form, {**fields, field: str(number)})


def _number_field(page: Page, function: str) -> str:
    """Give the field into which a function of the page's script puts the page's number before it submits a form."""
    begins = re.search(_FUNCTION.format(name=re.escape(function)), page.text)
    body = page.text[begins.end() : begins.end() + _MAX_BODY_CHARACTERS] if begins else ""
    submits = _SUBMIT.search(body)
    names = (found["name"] for found in _SET.finditer(body[: submits.start()])) if submits else ()
    return next((name for name in names if _NUMBER_NAME.fullmatch(name)), "")


def _holds(form: HtmlElement, name: str) -> bool:
    return any(name in {node.get("name"), node.get("id")} for node in form.iter("input"))


def _field_name(form: HtmlElement, name: str) -> str:
    """Give the name under which a field is sent; scripts find it by its id."""
    field = next(node for node in form.iter("input") if name in {node.get("name"), node.get("id")})
    return field.get("name") or name


def _link(page: Page, form: HtmlElement, fields: dict[str, str]) -> Iterator[Link]:
    """Yield what a browser would ask for when it submits these fields."""
    url = without_session(join(base_of(page), form.get("action") or page.url) or "")
    if url and (form.get("method") or "get").lower() == "post":
        yield Link(url, "", "next", method="POST", form=tuple(fields.items()))
    elif url:
        yield Link(f"{url.partition('?')[0]}?{urlencode(fields)}", "", "next")
