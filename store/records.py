"""Records handed to and from the store; unknown texts are empty strings, never None."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request and how it ended. ``at`` is a UTC instant in ISO form; ``sha256`` is empty when no body was kept.

    ``outcome`` is a word of ``store.fetches.OUTCOMES``; ``detail`` says more (``blocked``: ruishu, jsl, waf, …).
    ``leads_on``: this page leads to files that are to be had because of it, see ``store.visits``.
    """

    url: str
    at: str
    status: int
    outcome: str
    detail: str = ""
    sha256: str = ""
    etag: str = ""
    last_modified: str = ""
    leads_on: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document was found: its URL, the page and link that led there, and what the seed row says.

    ``agency`` and ``region`` are the seed's; ``listed_on`` is the ISO date printed beside the link.
    """

    url: str
    parent_url: str = ""
    link_text: str = ""
    page_title: str = ""
    agency: str = ""
    region: str = ""
    listed_on: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a URL: its last good body and the validators for a conditional request."""

    sha256: str
    etag: str
    last_modified: str
