"""Front pages served in place of an article: a silent throttle, told by their bytes."""

from collections import defaultdict
from hashlib import sha256
from urllib.parse import urlsplit

from crawler.items import Page
from crawler.lead import Lead
from crawler.links import is_report_page
from crawler.urls import is_home


class Fronts:
    """The front pages of the night's hosts, by the hash of their bytes."""

    def __init__(self) -> None:
        self._digests: defaultdict[str, set[str]] = defaultdict(set)
        self._asked: set[str] = set()

    def note(self, url: str, body: bytes) -> None:
        """Remember the bytes of a front page."""
        self._digests[_origin(url)].add(sha256(body).hexdigest())
        if is_home(url):
            self._asked.add(_origin(url))

    def is_first_doubt(self, url: str) -> bool:
        """Tell whether the front page of a URL's host must be asked for, which is done once a night."""
        first = _origin(url) not in self._asked
        self._asked.add(_origin(url))
        return first

    def is_decoy(self, url: str, body: bytes) -> bool:
        """Tell whether the bytes answered for a URL are those of its host's front page."""
        return sha256(body).hexdigest() in self._digests[_origin(url)]


def is_doubtful(lead: Lead, url: str, page: Page | None) -> bool:
    """Tell whether a page that should be a report must be compared with the front page: it does not read as one."""
    return lead.kind == "report" and page is not None and not is_home(url) and not is_report_page(page)


def front_of(url: str) -> str:
    """Give the address of the front page of a URL's host."""
    return f"{_origin(url)}/"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
