"""Boxes of years, agencies or groups that send their form when something is chosen: one request for each choice."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from lxml.html import HtmlElement

from crawler.items import Link, Page
from crawler.page.forms import chosen, hidden
from crawler.page.pages import base_of, squeeze
from crawler.page.urls import join, without_session
from crawler.page.wording import as_column
from extract.text import compact

MAX_CHOICES = 300
"""Options of one box that are asked for: a county has some hundred agencies."""

_SUBMITS = re.compile(r"\bsubmit\(\s*\)")
_POSTS_BACK = re.compile(r"__doPostBack")
_WRITTEN = frozenset({"password", "file", "email", "tel"})
_NOT_WRITTEN = frozenset({"hidden", "submit", "image", "button", "reset"})
_PAGE_FIELD = re.compile(r"(?:\w{0,12}_?)?page_?(?:no|num|number|index)?|pn|p", re.IGNORECASE)


def submitted(page: Page) -> Iterator[Link]:
    """Yield what choosing a part of a column sends: a year, a group, an agency. What is chosen already is the page itself."""
    for box in page.root.iter("select"):
        form = next(box.iterancestors("form"), None)
        called = box.get("onchange") or ""
        sends = _SUBMITS.search(called) is not None and not _POSTS_BACK.search(called)
        sends = sends or (form is not None and not called and _is_for_choosing(form))
        if form is not None and box.get("name") and sends and not _is_written(form):
            yield from _choices(page, form, box)


def _is_written(form: HtmlElement) -> bool:
    """Tell whether a form is for what people write, letters and logins: nothing of such is ever sent."""
    kinds = {(node.get("type") or "").lower() for node in form.iter("input")}
    return bool(kinds & _WRITTEN) or next(form.iter("textarea"), None) is not None


def _is_for_choosing(form: HtmlElement) -> bool:
    """Tell whether a form is asked for with what is chosen in its boxes, and has nothing else but a button."""
    kinds = {(node.get("type") or "text").lower() for node in form.iter("input")}
    buttons = (node.get("type") or "submit" for node in form.iter("button"))
    sent = bool(kinds & {"submit", "image"}) or "submit" in buttons
    return (form.get("method") or "get").lower() == "get" and kinds <= _NOT_WRITTEN and sent


def _choices(page: Page, form: HtmlElement, box: HtmlElement) -> Iterator[Link]:
    """Yield the request of each option; of a list that is chosen anew the first page is asked for."""
    held = {**dict(hidden(form)), **dict(chosen(form))}
    fields = {name: value for name, value in held.items() if not _PAGE_FIELD.fullmatch(name)}
    url = without_session(join(base_of(page), form.get("action") or page.url) or "")
    for option in islice(box.iter("option"), MAX_CHOICES) if url else ():
        text, value = squeeze(option.text_content()), option.get("value")
        picked = {**fields, box.get("name") or "": text if value is None else value}
        if as_column(compact(text)) == "part" and value != "" and picked != fields:
            yield _link(form, url, text, picked)


def _link(form: HtmlElement, url: str, text: str, fields: dict[str, str]) -> Link:
    if (form.get("method") or "get").lower() == "post":
        return Link(url, text, "column", method="POST", form=tuple(fields.items()))
    return Link(f"{url.partition('?')[0]}?{urlencode(fields)}", text, "column")
