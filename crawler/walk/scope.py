"""Which links are in scope: an ordered list of small rules, of which the last that has an opinion wins.

After Heritrix: begin with "no", accept what belongs to the seed, then reject the traps.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from crawler.items import LinkKind
from crawler.page.urls import same_site, site_of
from crawler.seeds import Seed

_WEB_PORTS = {"80", "443"}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one rule says of a link; ``reason`` is what gets recorded with a refusal."""

    accept: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link before it is asked for: where it leads, as what, and under which seed it was found.

    ``framed``: the page it stands on shows it as its own list, in a frame or after a jump, or it goes on with that list.
    ``named``: its words name a column of annual reports or openness pages, or it goes on within the host of such.
    """

    url: str
    kind: LinkKind
    seed: Seed
    framed: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one URL; see the settings of the same names."""

    url_characters: int = 2083
    path_segments: int = 20
    segment_repeats: int = 2


Rule = Callable[[Candidate, Limits], Opinion | None]


def judge(candidate: Candidate, limits: Limits) -> Opinion:
    """Ask every rule in order; the last opinion stands."""
    opinion = Opinion(False, "outside the site of the seed")
    for rule in RULES:
        opinion = rule(candidate, limits) or opinion
    return opinion


def accept_seed_host(candidate: Candidate, _limits: Limits) -> Opinion | None:
    """Accept every path on the host and port that the seed names; http and https, with or without www, are one."""
    ours, theirs = candidate.seed.endpoint, _endpoint(candidate.url)
    web = {_port(ours), _port(theirs)} <= _WEB_PORTS
    if _host(ours) == _host(theirs) and (web or _port(ours) == _port(theirs)):
        return Opinion(True, "the seed's host")
    return None


def accept_same_domain(candidate: Candidate, _limits: Limits) -> Opinion | None:
    """Accept reports and files on another host of the seed's registered domain, and lists that a page frames from there.

    Bureaus have hosts of their own, and some cities (上海) one that serves the lists of all their pages. Others keep
    their openness pages on a host such as ``zwgk.`` or ``xxgk.`` (合肥, 邯郸): from the portal of the domain itself, whose
    area is that of the domain, they and columns named after the annual reports are followed, from a bureau's host not.
    """
    portals = candidate.named and _is_portal(candidate.seed)
    wanted = portals or candidate.framed or candidate.kind in {"report", "attachment"}
    if not wanted or not same_site(candidate.url, candidate.seed.url):
        return None
    same_port = _port(_endpoint(candidate.url)) in _WEB_PORTS | {_port(candidate.seed.endpoint)}
    if same_port and not _is_address(candidate.seed.host):
        return Opinion(True, "the seed's registered domain")
    return None


def reject_other_schemes(candidate: Candidate, _limits: Limits) -> Opinion | None:
    """Reject all but http and https."""
    scheme = urlsplit(candidate.url).scheme
    return None if scheme in {"http", "https"} else Opinion(False, f"scheme {scheme or 'missing'}")


def reject_user_names(candidate: Candidate, _limits: Limits) -> Opinion | None:
    """Reject ``http://user@host/``: nothing here logs in, and the part before @ is there to deceive."""
    return Opinion(False, "a user name in the URL") if "@" in urlsplit(candidate.url).netloc else None


def reject_long_urls(candidate: Candidate, limits: Limits) -> Opinion | None:
    """Reject URLs longer than servers take; parameters that grow with every click end here."""
    length = len(candidate.url)
    return Opinion(False, f"URL of {length} characters") if length > limits.url_characters else None


def reject_deep_paths(candidate: Candidate, limits: Limits) -> Opinion | None:
    """Reject paths of too many segments; the deepest real report seen has nine."""
    count = len(_segments(candidate.url))
    return Opinion(False, f"path of {count} segments") if count > limits.path_segments else None


def reject_repeats(candidate: Candidate, limits: Limits) -> Opinion | None:
    """Reject a segment that comes again and again, the mark of a relative link that feeds itself."""
    counted = Counter(_segments(candidate.url)).most_common(1)
    if counted and counted[0][1] > limits.segment_repeats:
        return Opinion(False, f"path repeats {counted[0][0]!r}")
    return None


RULES: tuple[Rule, ...] = (
    accept_seed_host,
    accept_same_domain,
    reject_other_schemes,
    reject_user_names,
    reject_long_urls,
    reject_deep_paths,
    reject_repeats,
)


def _endpoint(url: str) -> str:
    """Give ``host:port`` of a URL, or an empty endpoint for a port that is none."""
    parts = urlsplit(url)
    try:
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        return ":"
    return f"{parts.hostname or ''}:{port}"


def _host(endpoint: str) -> str:
    return endpoint.rpartition(":")[0].removeprefix("www.")


def _port(endpoint: str) -> str:
    return endpoint.rpartition(":")[2]


def _is_portal(seed: Seed) -> bool:
    """Tell whether a seed's host is that of its registered domain itself, with or without www."""
    return seed.host.removeprefix("www.") == site_of(seed.url)


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _segments(url: str) -> list[str]:
    return [unquote(segment) for segment in urlsplit(url).path.split("/") if segment]
