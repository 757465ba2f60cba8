"""One answer of a server: judged, and turned into the records that are handed on."""

import re
from collections.abc import Hashable
from dataclasses import dataclass, replace

from scrapy.http import Response
from w3lib.url import safe_url_string

from crawler.answer.sight import Sight
from crawler.items import Fetched, Link
from crawler.page.urls import canonical, host_of, join
from crawler.walk.lead import Lead
from store.records import Fetch, Known

KEPT_OUTCOMES = {"ok", "blocked", "soft_404", "empty", "js_shell", "wrong_type"}
"""Outcomes whose bytes are evidence: a report, or the page that stood in its place."""

_REFRESH = re.compile(r"\s*[0-5]\s*[;,]\s*url\s*=\s*['\"]?\s*([^'\"\s]+)", re.IGNORECASE)
_STATE = frozenset({"__VIEWSTATE", "__VIEWSTATEGENERATOR", "__EVENTVALIDATION", "__CSRFTOKEN"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, judged: its bytes (from the archive after a 304) and their SHA-256, what they are, and whether they
    are known; ``before`` is the SHA-256 of other bytes that were last had there."""

    url: str
    status: int
    body: bytes
    digest: str
    sight: Sight
    etag: str
    last_modified: str
    unchanged: bool
    note: str = ""
    before: str = ""

    @property
    def is_shell(self) -> bool:
        """Tell whether the answer only leads to the report, by the call that gives it or by a jump: it is no document."""
        if self.sight.is_report:
            return False
        ways = (link.kind == "column" and not link.text for link in self.sight.links)
        return any(ways) or any(link.kind == "report" and link.method == "POST" for link in self.sight.links)

    @property
    def evidence(self) -> bytes:
        """The bytes that are kept: a page, or what stood in its place."""
        return self.body if self.sight.verdict.outcome in KEPT_OUTCOMES else b""

    @property
    def detail(self) -> str:
        """Say what gave the answer away, and under which reservation it was had (``note``)."""
        return "; ".join(part for part in (self.sight.verdict.detail, self.note) if part)


def is_document(answer: Answer, lead: Lead) -> bool:
    """Tell whether an answer is kept as a document: a file, a page that is a report, or what was asked for as one."""
    asked_for = lead.kind in {"report", "attachment"} and not answer.is_shell
    is_one = not answer.sight.is_page or answer.sight.is_report or asked_for
    return answer.sight.verdict.outcome == "ok" and is_one


def leads_on(answer: Answer, lead: Lead) -> bool:
    """Tell whether a page that may rest on later nights leads to something that is to be had first."""
    may_rest = not lead.is_seed and (lead.kind in {"report", "attachment"} or is_document(answer, lead))
    return may_rest and answer.sight.is_page and any(is_errand(link) for link in answer.sight.links)


def is_errand(link: Link) -> bool:
    """Tell whether a page owes what it leads to; the further pages of a list, and those of a search, belong to others."""
    return link.kind not in {"next", "hub"}


def document(answer: Answer, lead: Lead, fetched_at: str) -> Fetched:
    """Make the record of a document."""
    return Fetched(
        url=answer.url,
        body=answer.body,
        media_type=answer.sight.media_type,
        fetched_at=fetched_at,
        status=answer.status,
        etag=answer.etag,
        last_modified=answer.last_modified,
        parent_url=lead.parent_url,
        link_text=lead.link.text,
        listed_on=lead.link.listed_on,
        page_title=answer.sight.title if answer.sight.is_page else lead.page_title,
        seed_agency=lead.seed.agency,
        seed_region=lead.seed.region,
        unchanged=answer.unchanged,
        detail=answer.detail,
        errands=errands_of(lead),
        leads_on=leads_on(answer, lead),
    )


def visit(answer: Answer, lead: Lead, fetched_at: str) -> Fetch:
    """Make the row of an answer that is no document."""
    outcome = answer.sight.verdict.outcome
    recorded = "unchanged" if outcome == "ok" and answer.unchanged else outcome
    at, status = fetched_at, answer.status
    on = outcome == "ok" and leads_on(answer, lead)
    return Fetch(answer.url, at, status, recorded, answer.detail, "", answer.etag, answer.last_modified, on)


def bare(url: str) -> str:
    """Give a URL's canonical form without the scheme: http and https of one URL are one page."""
    return canonical(url).partition("://")[2]


def asked_key(link: Link) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Give what tells a request from others: URL, method and form; for an article with several addresses the host and
    the article.

    A form's opaque state differs on every answer. It counts for the pages of a list only, which are posted for one
    after another; a year chosen on page 3 is the same request as on page 1.
    """
    form = link.form if link.kind == "next" else tuple(pair for pair in link.form if pair[0] not in _STATE)
    form = (*form, ("", link.json)) if link.json else form
    return (f"{host_of(link.url)} {link.article}" if link.article else bare(link.url)), link.method, form


def errand_of(lead: Lead) -> Hashable:
    """Give what tells a lead's request from others, wherever it was redirected to."""
    return asked_key(replace(lead.link, url=lead.asked))


def errands_of(lead: Lead) -> tuple[Hashable, ...]:
    """Give what is done when a lead was had: what was asked for, and where that led, which other pages may link to."""
    return errand_of(lead), asked_key(lead.link)


def kept_as(link: Link) -> str:
    """Give the URL of a link as Scrapy sends it and the store keeps it."""
    return safe_url_string(link.url)


def url_of(response: Response) -> str:
    """Give the URL that was asked for, with its fragment: on gkmlpt portals it names the column, and Scrapy drops it."""
    return response.request.url if response.request is not None else response.url


def target_of(response: Response) -> str | None:
    """Give where an answer redirects to, also by a header that has a browser ask elsewhere in a few seconds; ``None`` when
    it does not, or nowhere that can be asked for."""
    if 300 <= response.status < 400 and response.status != 304:
        return join(response.url, _address(header(response, "Location")))
    refresh = _REFRESH.match(header(response, "Refresh")) if response.status == 200 else None
    target = join(response.url, _address(refresh[1])) if refresh else None
    return target if target is not None and bare(target) != bare(response.url) else None


def _address(written: str) -> str:
    """Write the bytes of an address in a header that are no ASCII, in whatever charset, as browsers send them."""
    return "".join(f"%{ord(letter):02X}" if letter > "\x7f" else letter for letter in written)


def header(response: Response, name: str) -> str:
    """Give a header's value, or an empty string."""
    return (response.headers.get(name) or b"").decode("latin-1")


def referer(lead: Lead) -> dict[str, str]:
    """Name the list's page when asking for its further pages: some portals' list calls answer nothing without."""
    return {"Referer": lead.parent_url} if lead.kind == "next" else {}


def conditions(known: Known | None) -> dict[str, str]:
    """Give the headers that ask for a page only if it has changed."""
    if known is None:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}
