"""URLs as portals write them: one form for telling two apart, and joining that survives what editors type."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from crawler.page.remembered import KEPT, LONGEST_CHARACTERS, remembered

MAX_URL_CHARACTERS = 4096
"""Longest URL believed; the longest list call of a real portal has about 600 characters."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
# ;jsessionid=… (Java), /(S(…))/ (ASP.NET without cookies)
_SESSION = re.compile(
    r";jsessionid=[^/?#;]*|/\((?:[A-Z]\([\w\-]{1,200}\))+\)(?=/)|/\([a-z0-9]{24}\)(?=/)", re.IGNORECASE
)
# Ids of sessions, and numbers that only keep browsers from remembering.
_SESSION_PAIR = re.compile(
    r"(?<=[?&])(?:(?:php|asp|j)?sess(?:ion)?_?id\w{0,20}=[^&#]*"
    r"|(?:_|_t|rnd|rand|random|nocache|timestamp)=[\d.]+(?=[&#]|$)|(?:t|ts|time)=\d{13}(?=[&#]|$))(?:&|(?=#)|$)",
    re.IGNORECASE,
)
# A short sid is a site's; a long one, or a token, behind view.jsp may be all that names an article, behind 1.html or a folder it is not.
_SID = re.compile(
    r"(?<=[?&])(?:sid|token|ticket|csrf_?token)=(?=[^&#]*\d)(?=[^&#]*[a-z])\w{16,}(?:&|(?=#)|$)", re.IGNORECASE
)
_NAMES_A_PAGE = re.compile(r"(?:/|/[^/]*\d[^/]*|\.s?html?)$", re.IGNORECASE)
_TRACKING = re.compile(r"utm_\w+|spm|jsessionid|ismobile|tdsourcetag|isappinstalled|nsukey|share_token", re.IGNORECASE)
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_WEB = re.compile(r"(https?):/*", re.IGNORECASE)
# http:/zwgk/nb/: what follows one slash is a folder where it is not written like a host.
_NO_HOST = re.compile(r"^https?:/(?=[^/.:]+/)", re.IGNORECASE)
# What nothing is to be mended of: no dot segment, escape, query or fragment, no port that might be the default one.
_SEGMENT = r"[A-Za-z0-9_~\-][A-Za-z0-9_~.\-]*"
_ORIGIN = r"https?://[a-z0-9][a-z0-9.\-]*[a-z0-9](?::(?:[1-9]\d{3}|[1-5]\d{4}))?"
_PLAIN = re.compile(rf"(?P<origin>{_ORIGIN})?(?P<path>(?:/{_SEGMENT})+/?|/)")
_PLAIN_STEP = re.compile(rf"(?:\./)?(?P<step>{_SEGMENT}(?:/{_SEGMENT})*/?)")
_PLAIN_BASE = re.compile(rf"(?P<origin>{_ORIGIN})(?P<folder>(?:/{_SEGMENT})*/)[A-Za-z0-9_~.\-]*(?:\?[^#\s]*)?")
_FROM_ROOT = re.compile(r"/\w")
_FROM_ANYWHERE = re.compile(r"https?://[A-Za-z0-9]")
_WITH_ORIGIN = re.compile(r"https?://[^/?#\\]+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b\u200e\u200f\ufeff]")
_HOST = re.compile(r"[A-Za-z0-9.\-_\u0080-\uffff]+|[0-9A-Fa-f:.]+")
_AMPERSAND = re.compile(r"&(?:(?:amp|#38|#x26);)+", re.IGNORECASE)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# Guangdong's gkmlpt pages are one shell a site; the number behind "#" says which column is meant.
_COLUMN_FRAGMENT = re.compile(r"\d+|(?:cid|catId|columnId|channelId)=\w+")
_INDEX_NAME = re.compile(r"/(?:index|default)\.(?:s?html?|jspx?|aspx?|php)$", re.IGNORECASE)
_HOME = re.compile(r"/?(?:(?:index|default|main|home)(?:\.\w{2,6})?)?", re.IGNORECASE)
# Labels under which anyone may register: the site is one label more.
_PUBLIC_SUFFIX = re.compile(r"(?:^|\.)(?:gov|com|net|org|edu|ac)\.cn$")


@remembered
def canonical(url: str) -> str:
    """Give the one form under which a URL is compared with others; it is not meant to be fetched.

    Case of scheme and host, default ports, dot segments, session ids, tracking parameters, percent-encoding and
    fragments that only scroll no longer differ. ``/index.html`` stays: some servers answer it differently. A URL
    that cannot be taken apart is returned as it is.
    """
    plain = _PLAIN.fullmatch(url)
    if plain is not None and plain["origin"]:
        return url
    try:
        parts = urlsplit(url.strip())
        host = _host_and_port(parts)
    except ValueError:
        return url
    path = _escape(_SESSION.sub("", _resolve_dots(parts.path))) or "/"
    fragment = parts.fragment if _names_a_column(parts.path, parts.fragment) else ""
    query = _without_tracking(_without_session_pairs(path, parts.query))
    return urlunsplit((parts.scheme.lower(), host, path, _escape(query), fragment))


def join(base: str, href: str) -> str | None:
    """Make the absolute http(s) URL that a link of the page ``base`` means, ready to be fetched.

    Backslashes, raw spaces and Chinese, ``&amp;`` left in place, ``http:/x`` and a dot glued to the host are
    mended. ``None`` for what is no web address: ``javascript:``, ``mailto:``, ``data:``, a bare ``#``, a broken host.
    """
    if plain := _plainly_joined(base, href):
        return plain
    root = _WITH_ORIGIN.match(base) if _FROM_ROOT.match(href) else None
    short = len(base) <= LONGEST_CHARACTERS and len(href) <= LONGEST_CHARACTERS
    return (_joined if short else _mended)(root.group() if root else base, href)


def _plainly_joined(base: str, href: str) -> str:
    """Join what nothing is to be mended of, as nine of ten links are; an empty string for any other."""
    plain = _PLAIN.fullmatch(href) if len(href) <= MAX_URL_CHARACTERS else None
    if plain is not None and plain["origin"]:
        return href
    step = _PLAIN_STEP.fullmatch(href) if plain is None else None
    origin, folder = _plain_base(base) if plain or step else ("", "")
    if plain is not None:
        return f"{origin}{href}" if origin else ""
    return f"{origin}{folder}{step['step']}" if step and origin else ""


@lru_cache(maxsize=64)
def _plain_base(base: str) -> tuple[str, str]:
    """Give origin and folder of a URL that links can be put behind as they are; empty strings for any other."""
    found = _PLAIN_BASE.fullmatch(base)
    return (found["origin"], found["folder"]) if found else ("", "")


def _mended(base: str, href: str) -> str | None:
    """Mend a link and join it, as `join` says."""
    mended = _mend(href)
    if not mended or len(mended) > MAX_URL_CHARACTERS or not _is_followable(mended):
        return None
    try:
        parts = urlsplit(urljoin(base, mended))
        host = _host_and_port(parts)
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or not _HOST.fullmatch(parts.hostname):
        return None
    if href.strip().startswith("#") and not _names_a_column(parts.path, parts.fragment):
        return None
    fragment = _quote(parts.fragment) if _names_a_column(parts.path, parts.fragment) else ""
    return urlunsplit((parts.scheme, host, _quote(parts.path) or "/", _quote(parts.query), fragment))


_joined = lru_cache(maxsize=KEPT)(_mended)


def led_to(base: str, href: str) -> str:
    """Give the URL of a link, joined and without a session's id, or an empty string for what is no web address.

    Those of menus, which are the same whichever page of a host they stand on, are remembered.
    """
    root = "" if _FROM_ANYWHERE.match(href) else _origin(base) if _FROM_ROOT.match(href) else base
    return (_led_to if root is base or len(href) > LONGEST_CHARACTERS else _led_to_again)(root, href)


def _led_to(base: str, href: str) -> str:
    url = join(base, href)
    return without_session(url) if url else ""


_led_to_again = lru_cache(maxsize=KEPT)(_led_to)


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    """Give what a link from the root of a host is joined to."""
    origin = _WITH_ORIGIN.match(base)
    return origin.group() if origin else base


def without_session(url: str) -> str:
    """Give a link's URL without the session id that a server writes into it: no session outlives the night."""
    path, mark, query = _SESSION.sub("", url).partition("?")
    left = _without_session_pairs(path, query)
    return f"{path}{mark if left.partition('#')[0] or left == query else ''}{left}"


def _without_session_pairs(path: str, query: str) -> str:
    """Drop what of a query, with the fragment behind it, differs from visit to visit."""
    whole = f"?{query}"
    shorter = _SESSION_PAIR.sub("", whole)
    if _NAMES_A_PAGE.search(path):
        shorter = _SID.sub("", shorter)
    return query if shorter == whole else re.sub(r"[?&]+(?=#|$)", "", shorter).removeprefix("?")


def is_home(url: str) -> bool:
    """Tell whether a URL is the front page of its host."""
    parts = urlsplit(url)
    return _HOME.fullmatch(parts.path) is not None and not parts.query


def same_page(one: str, other: str) -> bool:
    """Tell whether two URLs are one page: equal, or a folder and its ``index.html``."""
    return _folder_of_index(one) == _folder_of_index(other)


@remembered
def _folder_of_index(url: str) -> str:
    return _INDEX_NAME.sub("/", canonical(url))


def same_site(one: str, other: str) -> bool:
    """Tell whether two URLs belong to one registrable domain (``jyj.x.gov.cn`` and ``www.x.gov.cn`` do)."""
    return site_of(one) == site_of(other) != ""


@remembered
def host_of(url: str) -> str:
    """Give the name of a URL's host; any port of one name is one host."""
    return (urlsplit(url).hostname or "").rstrip(".")


@remembered
def site_of(url: str) -> str:
    """Give the registrable domain of a URL; an IP address is its own."""
    host = host_of(url)
    if ":" in host or host.replace(".", "").isdigit():
        return host
    labels = host.split(".")
    return ".".join(labels[-3:] if _PUBLIC_SUFFIX.search(host) else labels[-2:])


def _host_and_port(parts: SplitResult) -> str:
    """Give host and port in lower case without a default port; raise ``ValueError`` for an impossible port."""
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    user = parts.netloc.rpartition("@")[0]
    port = parts.port
    named = "" if port is None or port == _DEFAULT_PORTS.get(parts.scheme.lower()) else f":{port}"
    return f"{user}@{host}{named}" if user else f"{host}{named}"


def _resolve_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` in a path; more ``..`` than directories end at the root, as browsers do it."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            kept = kept[:-1] if len(kept) > 1 else kept
        elif segment != ".":
            kept.append(segment)
    return "/".join([*kept, ""] if segments[-1] in {".", ".."} else kept)


def _without_tracking(query: str) -> str:
    """Drop parameters that only say where a visitor came from."""
    return "&".join(pair for pair in query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0]))


def _escape(part: str) -> str:
    """Bring percent-encoding to one form: capitals, and nothing encoded that need not be."""
    return _ESCAPED.sub(_escaped_once, _quote(part))


def _escaped_once(match: re.Match[str]) -> str:
    """Decode one escape when it stands for an unreserved character, else write it in capitals."""
    character = chr(int(match.group(1), 16))
    return character if character in _UNRESERVED else match.group(0).upper()


def _quote(part: str) -> str:
    """Percent-encode what may not stand raw in a URL, leaving existing escapes (also those of GBK bytes) alone."""
    whole = _STRAY_PERCENT.sub("%25", part)
    return _UNSAFE.sub(lambda bad: "".join(f"%{byte:02X}" for byte in bad.group().encode("utf-8", "replace")), whole)


def _mend(href: str) -> str:
    """Undo what editors and templates do to a link before it is joined."""
    text = _AMPERSAND.sub("&", _CONTROL.sub("", href).strip().strip("\u3000\xa0"))
    head, mark, query = text.partition("?")
    head = head.replace("\\", "/")
    while doubled := re.match(r"https?:/+(?=https?:/)", head, re.IGNORECASE):
        head = head[doubled.end() :]
    head = _NO_HOST.sub("/", head)
    return _WEB.sub(r"\1://", head, count=1) + mark + query if _WEB.match(head) else head + mark + query


def _is_followable(href: str) -> bool:
    """Tell whether a link names no scheme, or one of the two that the crawler speaks."""
    scheme = _SCHEME.match(href)
    return href != "#" and not _WEB.fullmatch(href) and (scheme is None or scheme.group(1).lower() in _DEFAULT_PORTS)


def _names_a_column(path: str, fragment: str) -> bool:
    """Tell whether a fragment says which column is meant, and not only where to scroll."""
    return "gkmlpt" in path and _COLUMN_FRAGMENT.fullmatch(fragment) is not None
