"""Records of the crawl: links a family finds, pages it is shown, documents handed on."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Literal

from lxml.html import HtmlElement

LinkKind = Literal["report", "column", "next", "attachment", "hub"]
"""What a link leads to: a report's page, a sub-column (a year, an agency), a further page of the same list, a file,
or a page of the site's openness pages or directories from which a column may be found."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link a family wants followed. ``form`` is the body of a POST as (name, value) pairs, ``json`` one that is sent as
    JSON; ``listed_on`` the ISO date printed beside the link, or an empty string; ``article`` tells one article from others where its host shows it
    under several addresses, and is empty where addresses tell."""

    url: str
    text: str
    kind: LinkKind
    listed_on: str = ""
    method: Literal["GET", "POST"] = "GET"
    form: tuple[tuple[str, str], ...] = ()
    json: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched HTML page as families see it: final URL, decoded text and the parsed tree.

    ``goes_on``: it goes on with a list that is worth walking, or is nothing but rows of one; what a page shows is
    the same either way. ``answers``: what was found out about it, by what was asked, see ``crawler.page.remembered``.
    """

    url: str
    text: str = field(hash=False)
    root: HtmlElement
    goes_on: bool = field(default=False, compare=False)
    answers: dict[Callable[..., Any], Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document on its way to the archive, with what is known of where it was found. ``detail`` is that of its fetch.

    ``errands`` tell from others what was asked for with it, and ``leads_on`` that more is asked for because of it, see
    ``crawler.walk.errands``.
    """

    url: str
    body: bytes
    media_type: str
    fetched_at: str
    status: int
    etag: str = ""
    last_modified: str = ""
    parent_url: str = ""
    link_text: str = ""
    listed_on: str = ""
    page_title: str = ""
    seed_agency: str = ""
    seed_region: str = ""
    unchanged: bool = False
    detail: str = ""
    errands: tuple[Hashable, ...] = ()
    leads_on: bool = False
