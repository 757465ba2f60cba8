"""Records of the walk: a request on its way, and a request that ended without a document."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, replace

from crawler.items import Link, LinkKind
from crawler.page.pages import is_annual_name
from crawler.page.urls import host_of
from crawler.seeds import Seed
from crawler.walk.absences import NEVER, Absence
from store.records import Fetch

PRIORITY: dict[LinkKind, int] = {"report": 30, "attachment": 30, "next": 20, "column": 20, "hub": 10}
"""What is asked for first when a host has many pages waiting: reports, so that a night cut short has brought some."""

_MAX_CHOICE_CHARACTERS = 40
_OPENNESS = re.compile(r"信息公开|公开内容")

FRONT_PRIORITY = 100
"""That of a front page for which answers are held back."""


@dataclass(frozen=True, slots=True)
class Lead:
    """One link being followed.

    ``asked`` is the URL before redirects, ``hops`` counts links from the seed (further pages of a list do not count,
    nor do pages that only lead towards a column: ``steps`` counts these), ``list_url`` the first page of the list that a
    link goes on with or begins, ``list_page`` the number of this page in its list, ``stood_on`` what the page with the
    link was asked for as; ``absence`` tells on which nights it was not there, ``is_listed`` that a page of tonight leads to it.
    """

    link: Link
    seed: Seed
    asked: str
    is_seed: bool = False
    hops: int = 0
    steps: int = 0
    parent_url: str = ""
    page_title: str = ""
    list_url: str = ""
    list_page: int = 1
    stood_on: LinkKind = "column"
    redirects: int = 0
    absence: Absence = NEVER
    is_listed: bool = True

    @property
    def kind(self) -> LinkKind:
        """What the link is thought to lead to."""
        return self.link.kind

    @property
    def is_file_of_report(self) -> bool:
        """Tell whether this is a file that an article links to, and no list."""
        return self.kind == "attachment" and self.stood_on == "report"

    @property
    def is_framed(self) -> bool:
        """Tell whether the page shows this as its own list: a frame or a jump, which have no words, or a further page."""
        if self.kind == "next":
            return host_of(self.link.url) == host_of(self.parent_url)
        return self.kind == "column" and not self.link.text

    @property
    def is_named(self) -> bool:
        """Tell whether the words of the link name a column of annual reports, or the openness pages that lead to one,
        or it goes on within the host of one."""
        within = host_of(self.link.url) == host_of(self.parent_url)
        named = is_annual_name(self.link.text) or (self.kind == "hub" and _OPENNESS.search(self.link.text) is not None)
        return self.kind in {"column", "hub"} and (within or named)

    def redirected_to(self, url: str) -> "Lead":
        """Give the lead after one redirect: the same in everything but where it leads."""
        return replace(
            self, link=replace(self.link, url=url, method="GET", form=(), json=""), redirects=self.redirects + 1
        )


def seed_lead(seed: Seed) -> Lead:
    """Give the lead a seed begins with."""
    return Lead(Link(seed.url, "", "column"), seed, seed.url, is_seed=True, list_url=seed.url)


def lead_to(link: Link, page_url: str, page_title: str, on: Lead) -> Lead:
    """Give the lead for a link found on the page that ``on`` led to.

    The call for an article's body has no words of its own: those of the link to the article are its.
    """
    if link.kind == "report" and link.method == "POST" and not link.text:
        link = replace(link, text=on.link.text, listed_on=on.link.listed_on)
    further = link.kind == "next"
    return Lead(
        link=link,
        seed=on.seed,
        asked=link.url,
        hops=on.hops if further or link.kind == "hub" else on.hops + 1,
        steps=on.steps + (link.kind == "hub"),
        parent_url=page_url,
        page_title=page_title,
        list_url=on.list_url if further else _list_of(link),
        list_page=on.list_page + 1 if further else 1,
        stood_on=on.kind,
    )


def _list_of(link: Link) -> str:
    """Name the list that a link begins: its URL, and what is chosen where several lists are posted for at one URL."""
    chosen = "&".join(f"{name}={value}" for name, value in link.form if len(value) <= _MAX_CHOICE_CHARACTERS)
    return f"{link.url}#{chosen}" if chosen else link.url


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that brought no document: a list page, a failure, or a refusal. ``body`` is kept when it has any;
    ``errands`` are those of `Fetched`."""

    fetch: Fetch
    body: bytes = b""
    errands: tuple[Hashable, ...] = ()
