"""Lists that come as data: JSON, JSONP or records in a script, made into a page that can be walked like any other."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import escape, unescape

from crawler.items import Page
from crawler.page.anchors import is_iso_date
from crawler.page.pages import parse_page

_CALLBACK = re.compile(r"^\s*[\w$.]+\s*\(\s*(?=[\[{])(.*)\)\s*;?\s*$", re.DOTALL)
_DATA = re.compile(r"[\s\ufeff]*(?:[\w$.]{1,60}\s*\(\s*)?[\[{]")
_ESCAPED = re.compile(r"%u([0-9A-Fa-f]{4})")
_RFC_822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\b")
_DATE = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
_CHINA = timezone(timedelta(hours=8))
_FIRST_EPOCH_S, _LAST_EPOCH_S = 946_684_800, 4_102_444_800
"""2000-01-01 and 2100-01-01: a number outside is no date in seconds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: where it leads, its title, and the ISO date of its publication or an empty string."""

    url: str
    title: str
    published: str = ""


def is_data(text: str) -> bool:
    """Tell whether a text begins as JSON or JSONP does."""
    return _DATA.match(text) is not None


def parse_data(text: str) -> object:
    """Give what a JSON or JSONP answer holds, whatever it is; ``None`` where it cannot be read."""
    body = text.lstrip("\ufeff \r\n\t")
    wrapped = _CALLBACK.match(body)
    try:
        found: object = json.loads(wrapped.group(1) if wrapped else body)
    except (ValueError, RecursionError):
        return None
    return found


def parse_json(text: str) -> Mapping[str, object]:
    """Give the object that a JSON or JSONP answer holds; an empty one when it holds none."""
    found = parse_data(text)
    return found if isinstance(found, dict) else {}


def items_of(value: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a list, and nothing for anything else."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def text_of(value: object) -> str:
    """Give a string or a number as text, and an empty string for anything else."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def words_of(value: object) -> str:
    """Give a text whose characters an old server has escaped for JavaScript: ``%u4E91`` for 云."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text_of(value))


def unescaped(markup: str) -> str:
    """Give HTML that an answer holds, also where it was escaped a second time."""
    return unescape(markup) if "&lt;a" in markup and "<a" not in markup else markup


def number_of(value: object) -> int:
    """Give a count that is printed as a number or a string of digits, else 0."""
    text = text_of(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def date_of(value: object) -> str:
    """Give the ISO date in China of a printed date or of (milli)seconds since 1970, or an empty string."""
    text = text_of(value)
    if stamped := _instant(text):
        return stamped.astimezone(_CHINA).date().isoformat()
    if found := _DATE.search(text):
        return is_iso_date(*found.groups())
    seconds = text[:10] if len(text) in {10, 13} and text.isascii() and text.isdecimal() else "0"
    if _FIRST_EPOCH_S <= int(seconds) < _LAST_EPOCH_S:
        return datetime.fromtimestamp(int(seconds), UTC).astimezone(_CHINA).date().isoformat()
    return ""


def _instant(text: str) -> datetime | None:
    """Read an instant as feeds write it, with its zone: ``Mon, 15 Jan 2024 16:30:00 GMT``, ``2024-01-15T16:30:00Z``."""
    try:
        read = parsedate_to_datetime(text) if _RFC_822.match(text) else datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo is not None else None


def page_of_rows(url: str, title: str, rows: Iterable[Row]) -> Page:
    """Make the page that a script would have made of a list's rows."""
    items = "".join(
        f'<li><a href="{escape(row.url)}">{escape(row.title)}</a> <span>{row.published}</span></li>' for row in rows
    )
    return page_of_markup(url, title, f"<ul>{items}</ul>")


def page_of_markup(url: str, title: str, markup: str) -> Page:
    """Make the page that a script would have made of the HTML in an answer."""
    whole = f"<html><head><title>{escape(title)}</title></head><body>{markup}</body></html>"
    return replace(parse_page(url, whole), goes_on=True)
