"""Front pages served in place of an article: a silent throttle, told by their bytes."""

from collections import defaultdict
from urllib.parse import urlsplit

from crawler.page.urls import is_home
from crawler.walk.answers import Answer
from crawler.walk.lead import Lead


class Fronts:
    """The front pages of the night's hosts, by their SHA-256, and the answers that wait to be compared with them."""

    def __init__(self) -> None:
        self._digests: defaultdict[str, set[str]] = defaultdict(set)
        self._asked: set[str] = set()
        self._held: defaultdict[str, list[tuple[Answer, Lead]]] = defaultdict(list)

    def note(self, url: str, digest: str) -> None:
        """Remember the SHA-256 of a front page."""
        self._digests[_origin(url)].add(digest)
        if is_home(url):
            self._asked.add(_origin(url))

    def is_first_doubt(self, url: str) -> bool:
        """Tell whether the front page of a URL's host must be asked for, which is done once a night."""
        first = _origin(url) not in self._asked
        self._asked.add(_origin(url))
        return first

    def hold(self, answer: Answer, lead: Lead) -> None:
        """Keep an answer back until its host's front page has come."""
        self._held[_origin(answer.url)].append((answer, lead))

    def is_awaited(self, url: str) -> bool:
        """Tell whether answers of a URL's host are being held back."""
        return _origin(url) in self._held

    def release(self, url: str) -> list[tuple[Answer, Lead]]:
        """Give the answers that were held back for a front page, which has come or will not."""
        return self._held.pop(_origin(url), [])

    def is_decoy(self, url: str, digest: str) -> bool:
        """Tell whether what was answered for a URL is its host's front page."""
        return digest in self._digests[_origin(url)]


def is_doubtful(lead: Lead, answer: Answer) -> bool:
    """Tell whether a page that should be a report must be compared with the front page: it does not read as one."""
    sight = answer.sight
    unlike = sight.is_page and not sight.is_report and not answer.is_shell
    return lead.kind == "report" and unlike and not is_home(answer.url)


def front_of(url: str) -> str:
    """Give the address of the front page of a URL's host."""
    return f"{_origin(url)}/"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
