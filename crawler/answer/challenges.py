"""What a response really is: a page, a block, a soft 404, a shell. Recorded and never evaded.

The signals are a table, most of them seen on portals. A report that mentions 验证码 or 404 stays a report: its
sections and title are looked at before any word of a block page is believed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal
from urllib.parse import urlsplit

from crawler.answer.gone import alerts, apology, error_words
from crawler.answer.response import Response
from crawler.answer.signs import BLOCK_WORDS, SCRIPTS
from crawler.families import choose
from crawler.items import Page
from crawler.page.anchors import anchors, redirect_target
from crawler.page.files import is_file_url
from crawler.page.pager_words import is_next_word
from crawler.page.pages import (
    content,
    is_annual_name,
    meta,
    parse_page,
    squeeze,
    tagged,
)
from crawler.page.remembered import once
from crawler.page.rows import is_data
from crawler.page.urls import is_home
from extract.html.charset import decode

Outcome = Literal[
    "ok", "not_found", "soft_404", "blocked", "throttled", "wrong_type", "empty", "js_shell", "server_error"
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a response is. ``detail``: ruishu, jsl, waf, captcha, page or decoy for a block, else what gave it away."""

    outcome: Outcome
    detail: str = ""


MAX_JUDGED_BYTES = 2 * 1024 * 1024
"""Markup looked at; block pages and shells have some kB, a report of 2 MB is one of the long ones and no block."""

_OK = Verdict("ok")
_STATUS: dict[int, Verdict] = {
    401: Verdict("blocked", "page"),
    403: Verdict("blocked", "waf"),
    404: Verdict("not_found"),
    405: Verdict("blocked", "waf"),
    406: Verdict("blocked", "waf"),
    410: Verdict("not_found"),
    412: Verdict("blocked", "waf"),
    418: Verdict("blocked", "waf"),
    429: Verdict("throttled"),
    468: Verdict("blocked", "waf"),
    493: Verdict("blocked", "waf"),
    521: Verdict("blocked", "waf"),
}
_SHELL = re.compile(r"id=['\"]?(?:app|root)['\"]?[\s>]|chunk-vendors|window\._CONFIG\s*=", re.IGNORECASE)
_OPENNESS = re.compile(r"(?:信息|政务)公开")
_HOME_NAME = re.compile(r"(?:网站|门户)?首页")
_ARTICLE_PATH = re.compile(r"\d{4}[^/]*\.\w{3,5}$|/[0-9a-f]{32}\b", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*(?:!doctype|html|head|body|meta|script|title|div|table|p|ul|a)\b", re.IGNORECASE)
_FILE_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
)
_MEDIA = ("video/", "audio/", "font/", "text/css", "application/javascript", "text/javascript")
_STRUCTURED = re.compile(r"\s*(?:[\[{]|[\w$.]+\(\s*[\[{]|<\?xml(?![\s\S]{0,400}<html)|<datastore)", re.IGNORECASE)
_ANYTHING = re.compile(r"[^\ufeff \r\n\t\0]")
_RECORD = re.compile(r"<record\b|<!\[CDATA\[", re.IGNORECASE)

_COOKIE_STATUSES = frozenset({202, 412, 521})
# Challenges whose script may be scrambled; the cookie's name is not. On a page it says only that a challenge was passed.
_FEW_CHARACTERS = 100
# An error page links the front page and the way back; three links are a list.
_A_LIST = 3
_SHELL_CHARACTERS = 20_000


def judge(status: int, headers: Mapping[str, str], body: bytes, url: str, asked: str, media_type: str) -> Verdict:
    """Say what a response really is.

    ``url`` is where it came from after redirects, ``asked`` what was requested, ``media_type`` what the server or the
    bytes call it. A 304 is ``ok``: nothing is wrong with it. Source of the rules: portals' answers as collected; the
    statuses 405, 418 and 493 and some of the words are from general knowledge.
    """
    return judged(status, headers, body, url, asked, media_type)[0]


def judged(
    status: int, headers: Mapping[str, str], body: bytes, url: str, asked: str, media_type: str, text: str = ""
) -> tuple[Verdict, Page | None]:
    """Judge as `judge` does, and give the whole page that was parsed for it, or ``None`` where there is none.

    ``text`` is that of the body, where it is known already.
    """
    if status == 304:
        return _OK, None
    if status < 300 and body[:512].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(_FILE_SIGNATURES):
        return _OK, None
    if status < 300 and media_type.lower().startswith(_MEDIA) and not _is_jsonp(body, media_type):
        return Verdict("wrong_type", media_type), None
    named = {name.lower(): value for name, value in headers.items()}
    said = text or decode(body[:MAX_JUDGED_BYTES], named.get("content-type", ""))[0]
    response = _response(status, named, said, url, asked)
    verdict = next((verdict for rule in _RULES if (verdict := rule(response)) is not None), _OK)
    whole = bool(response.page.text) and len(body) <= MAX_JUDGED_BYTES
    return verdict, response.page if whole else None


def _is_jsonp(body: bytes, media_type: str) -> bool:
    """Tell whether a script is only a call with data: a list for JSONP, whose right type is that of a script."""
    head = body[:512].decode("utf-8", "ignore").lstrip("\ufeff \r\n\t")
    return "javascript" in media_type.lower() and is_data(head)


def _response(status: int, headers: Mapping[str, str], text: str, url: str, asked: str) -> Response:
    markup = _MARKUP.search(text[:4096]) is not None and _STRUCTURED.match(text) is None
    return Response(status, headers, url, asked, text, parse_page(url, text if markup else ""))


@once
def _headline(page: Page) -> str:
    """Give title and first-level headings of a page, where an error page says what it is."""
    return " ".join(squeeze(content(node)) for node in page.root.iter("title", "h1"))


def _script_challenge(response: Response) -> Verdict | None:
    """Find the scripts of the challenge makers; a page with text only carries their loader after a passed check."""
    if response.reads_as_report or not response.is_short:
        return None
    cookies = response.headers.get("set-cookie", "") if response.status in _COOKIE_STATUSES else ""
    where = f"{response.text} {cookies}"
    return next((Verdict("blocked", detail) for script, detail in SCRIPTS if script.search(where)), None)


def _block_page(response: Response) -> Verdict | None:
    """Find the words of a block page, a captcha, a closed site."""
    if response.reads_as_report or response.status in {404, 410}:
        return None
    where = f"{_headline(response.page)} {response.seen if response.is_short else ''}"
    return next((Verdict("blocked", detail) for words, detail in BLOCK_WORDS if words.search(where)), None)


def _login(response: Response) -> Verdict | None:
    """Find a page that is nothing but a login; portals show small login boxes beside everything else."""
    asks = any(node.get("type") == "password" for node in tagged(response.page)["input"])
    return Verdict("blocked", "page") if asks and not response.reads_as_report and response.is_short else None


def _by_status(response: Response) -> Verdict | None:
    """Judge what is no success by its status alone."""
    if response.status == 503 and "retry-after" in response.headers:
        return Verdict("throttled", "retry-after")
    if 200 <= response.status < 300:
        return None
    return _STATUS.get(response.status, Verdict("server_error", f"status {response.status}"))


def _nothing(response: Response) -> Verdict | None:
    """Find an empty body, and the list call's envelope without a record in it."""
    hollow = not response.page.text and "<datastore" in response.text and not _RECORD.search(response.text)
    return Verdict("empty") if hollow or _ANYTHING.search(response.text) is None else None


def _gone(response: Response) -> Verdict | None:
    """Find an error page sent as a success; one in the portal's shell lists no report, whatever its menus link."""
    if response.reads_as_report:
        return None
    if re.search(r"/null\.s?html?$", urlsplit(response.url).path):
        return Verdict("soft_404", "null")
    short = f"{response.seen} {alerts(response.page)}" if len(response.seen) < _FEW_CHARACTERS else response.seen
    where = (_headline(response.page), short if response.is_short else "")
    if words := error_words(where):
        return Verdict("soft_404", words)
    words = apology(response.page)
    return Verdict("soft_404", words) if words and not _lists_reports(response.page) else None


def _lists_reports(page: Page) -> bool:
    return any(link.kind in {"report", "attachment"} for link in choose(page).links(page))


def _not_a_file(response: Response) -> Verdict | None:
    """Find a page where a file was asked for. Word files may be HTML inside, but then they read as a report."""
    asked_file = is_file_url(response.asked) or is_file_url(response.url)
    return Verdict("wrong_type", "html") if asked_file and response.page.text and not response.reads_as_report else None


def _sent_home(response: Response) -> Verdict | None:
    """Find the front page in place of what was asked: by redirect, or by a small page that jumps there."""
    if response.reads_as_report or is_home(response.asked):
        return None
    jump = redirect_target(response.page) if response.is_short else ""
    landed = is_home(response.url) and not _OPENNESS.search(_headline(response.page))
    return Verdict("soft_404", "home") if landed or (jump and is_home(jump)) else None


def _decoy(response: Response) -> Verdict | None:
    """Find front-page bytes under the URL of an article: a silent throttle (seen after fast runs)."""
    if response.reads_as_report:
        return None
    column, title = meta(response.page, "ColumnName"), _headline(response.page)
    named_home = _HOME_NAME.fullmatch(column) or _HOME_NAME.fullmatch(title)
    article = _ARTICLE_PATH.search(urlsplit(response.asked).path) is not None
    own = meta(response.page, "Url")
    says_home = named_home or (own.startswith("http") and is_home(own))
    return Verdict("throttled", "decoy") if says_home and article else None


def _hollow(response: Response) -> Verdict | None:
    """Find a page with next to no text that leads nowhere either: a shell that scripts fill, or nothing."""
    if not response.page.text or response.reads_as_report or len(response.seen) >= _FEW_CHARACTERS:
        return None
    if is_annual_name(response.seen) or _RECORD.search(response.text) or _leads_on(response.page):
        return None
    shell = _SHELL.search(response.text) is not None and len(response.text) < _SHELL_CHARACTERS
    return Verdict("js_shell") if shell else Verdict("empty")


def _leads_on(page: Page) -> bool:
    """Tell whether a page without text still leads somewhere: a list of links, a redirect, a call its family reads."""
    if any(link.kind != "hub" or is_home(page.url) for link in choose(page).links(page)):
        return True
    found = tuple(islice(anchors(page), 50))
    named = sum(bool(anchor.text) for anchor in found)
    if named >= _A_LIST or any(is_next_word(anchor.text.replace(" ", "")) for anchor in found):
        return True
    return any(a.source in {"frame", "redirect"} or is_file_url(a.url) for a in found)


_RULES: tuple[Callable[[Response], Verdict | None], ...] = (
    _script_challenge,
    _block_page,
    _by_status,
    _nothing,
    _gone,
    _not_a_file,
    _login,
    _sent_home,
    _decoy,
    _hollow,
)
"""In order: a challenge is one on any status, and only what was answered as a success can be a soft 404 or a shell."""
