"""A report as a web archive: the pages of ``html_styles`` inside a MIME message; see ``STYLES``."""

import base64
import quopri
from collections.abc import Callable
from random import Random

from tests.kit.html_styles import STYLES as PAGES
from tests.kit.truth import Truth

_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


def part(content: bytes, kind: str, encoding: str, name: str) -> bytes:
    """Write one part of a message."""
    encoded = quopri.encodestring(content) if encoding == "quoted-printable" else base64.encodebytes(content)
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: file:///C:/{name}\r\n"
    return head.encode("ascii") + f"Content-ID: <{name}>\r\n\r\n".encode("ascii") + encoded + b"\r\n"


def message(*parts: bytes, parameters: str = 'type="text/html"') -> bytes:
    """Join parts to a message."""
    head = (
        "From: <Saved by Blink>\r\nSubject: =?utf-8?B?5bm05oql?=\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; {parameters};\r\n\tboundary="----=_NextPart_01"\r\n\r\n'
        "This document is a Single File Web Page.\r\n\r\n"
    )
    body = b"".join(b"------=_NextPart_01\r\n" + content for content in parts)
    return head.encode("ascii") + body + b"------=_NextPart_01--\r\n"


def word(truth: Truth, rng: Random) -> bytes:
    """Word's “single file web page”: quoted-printable GBK, with the list of files after it."""
    return message(
        part(PAGES["gbk"](truth, rng), 'text/html; charset="gb2312"', "quoted-printable", "a.htm"),
        part(_PICTURE, "image/png", "base64", "a.files/image001.png"),
        part(b"<xml/>", "text/xml", "quoted-printable", "a.files/filelist.xml"),
    )


def browser(truth: Truth, rng: Random) -> bytes:
    """A browser's archive: base64, a style sheet and a frame before the page that ``start`` names."""
    return b"\r\n" + message(
        part(b"<html><body><p>2012</p></body></html>", "text/html", "base64", "frame.html"),
        part(PAGES["word"](truth, rng), "text/html; charset=utf-8", "base64", "page.html"),
        parameters='type="text/html"; start="<page.html>"',
    )


def lying(truth: Truth, rng: Random) -> bytes:
    """The part states another charset than its bytes have."""
    return message(part(PAGES["one_table"](truth, rng), "text/html; charset=gb2312", "quoted-printable", "a.htm"))


STYLES: dict[str, Callable[[Truth, Random], bytes]] = {style.__name__: style for style in (word, browser, lying)}
