"""Answers of a portal's own call that carry a report as a string (Epoint's ``custom.data.infocontent`` and the like).

Such a portal has no page with the report in it; what a browser shows is made of this answer. The title is the value
beside the body that is called one.
"""

import re
from dataclasses import replace
from html import escape

from extract.errors import CorruptError
from extract.formats import Format
from extract.html.charset import decode
from extract.html.document import read_page
from extract.html.script_body import script_body
from extract.model import Document

_TITLE = re.compile(r"\"(?:title|infotitle|customtitle)\"\s*:\s*\"([^\"\\]{4,200})\"", re.IGNORECASE)


def read(data: bytes, charset_hint: str) -> Document:
    """Read the report that an answer holds as a string; raises ``CorruptError`` where it holds none."""
    text, _ = decode(data, charset_hint)
    body = script_body(text)
    if not body:
        raise CorruptError("no string of the answer holds a report")
    title = _TITLE.search(text)
    heading = f"<h1>{escape(title.group(1))}</h1>" if title else ""
    page = read_page(f"<html><body>{heading}<div>{body}</div></body></html>".encode(), "utf-8")
    return replace(page, media_type="application/json")


FORMAT = Format("json", ("application/json",), read)
