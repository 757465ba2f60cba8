"""Media type from bytes; header, file name and link text only break ties.

Servers label a .pdf that is an error page as application/pdf, a .doc that is HTML or RTF as application/msword, and
every download as application/octet-stream (portals' own pages, 2014 to 2025): the first bytes do not lie.
"""

import re
from collections.abc import Iterable

from extract.containers import ole_media_type, zip_media_type
from extract.html.charset import decode
from extract.plain_text.separated import is_separated
from extract.text import LOST

EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_EXTENSIONS = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "wps": "application/msword",
    "xls": "application/vnd.ms-excel",
    "et": "application/vnd.ms-excel",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "rtf": "application/rtf",
    "htm": "text/html",
    "html": "text/html",
    "shtml": "text/html",
    "txt": "text/plain",
    "csv": "text/csv",
    "js": "text/javascript",
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "tif": "image/tiff",
    "bmp": "image/bmp",
}
_EXTENSION = re.compile(r"\.([a-z0-9]{2,5})(?![a-z0-9.])", re.IGNORECASE)
_TEXT_TYPES = ("text/plain", "text/csv", "text/javascript")
"""Types without marks of their own: a hint tells them apart, and of CSV its even records too."""

_FEWEST_BYTES = 2
_HEAD_BYTES = 65536
_PDF_HEADER_WINDOW_BYTES = 1024  # readers accept leading bytes up to here (ISO 32000-1, annex H.3.4.1)

_NO_CONTROLS = b"\t\n\v\f\r\x1a\x1b" + bytes(range(32, 256))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]+")

_HTML_TAGS = (
    "html|head|body|title|meta|link|script|style|div|p|table|tbody|tr|td|span|br|h[1-6]|ul|font|center|form|iframe|a|b"
)
_TEXT_RULES = (
    (re.compile(r"<\?xml[^>]*>\s*+(?>(?:<!--.*?-->\s*+)*)<(?:!doctype\s+html|html)\b", re.I | re.S), "text/html"),
    (re.compile(r"(?>(?:<!--.*?-->\s*+)*)<svg\b", re.I | re.S), "image/svg+xml"),
    (re.compile(r"<\?xml\b", re.I), "application/xml"),
    (re.compile(rf"(?>(?:<!--.*?-->\s*+)*)<(?:!doctype\s+html|(?:{_HTML_TAGS})[\s/>])", re.I | re.S), "text/html"),
    (
        re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.I),
        "multipart/related",
    ),
    (re.compile(r"""\{\s*(?:"|\})|\[\s*[\[{"\]]"""), "application/json"),
)
_MARKUP_INSIDE = re.compile(r"</(?:html|body|div|p|table|tr|td|span|a)\s*>|<br\s*/?>", re.I)
_ROW_OF_MARKDOWN = re.compile(r"^\|(?:[^\n<]|<br\s*/?>)*\|$", re.I | re.M)
"""Its cells have line breaks as pages have, for it has no sign of its own for them."""


def media_type(data: bytes, *hints: str) -> str:
    """Return the media type of ``data``, or ``application/octet-stream`` when neither bytes nor hints tell.

    ``hints`` are a Content-Type header, a file name, a URL or a link's text, best first; they decide only between
    types that the bytes allow. White space alone, or a single byte, is ``application/x-empty``.
    """
    if len(data) < _FEWEST_BYTES or not data.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf"):
        return EMPTY
    return _binary(data, hints) or _textual(data, hints)


def _binary(data: bytes, hints: Iterable[str]) -> str:
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return found
    if data.startswith(_ZIP):
        return zip_media_type(data)
    if data.startswith(_OLE):
        return ole_media_type(data) or _hinted(
            hints, ("application/msword", "application/vnd.ms-excel"), "application/x-ole-storage"
        )
    return _weakly_signed(data)


def _weakly_signed(data: bytes) -> str:
    """Recognise formats whose first letters also begin plain words, or that do not begin with their signature."""
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return "image/bmp"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data[257:262] == b"ustar":
        return "application/x-tar"
    return ""


def _textual(data: bytes, hints: Iterable[str]) -> str:
    text = _head_text(data)
    if text is None:
        return _pdf_after_junk(data) or _hinted(hints, _binary_types(), UNKNOWN)
    for pattern, found in _TEXT_RULES:
        if pattern.match(text):
            return found
    if _pdf_after_junk(data):
        return "application/pdf"
    if _MARKUP_INSIDE.search(_ROW_OF_MARKDOWN.sub("", text)):
        return "text/html"
    hinted = _hinted(hints, _TEXT_TYPES, "text/plain")
    return "text/csv" if hinted == "text/plain" and is_separated(text) else hinted


def _pdf_after_junk(data: bytes) -> str:
    return "application/pdf" if b"%PDF-1." in data[:_PDF_HEADER_WINDOW_BYTES] else ""


def _head_text(data: bytes) -> str | None:
    """Return the beginning as text without leading white space, or ``None`` when control characters show it is none."""
    text, _ = decode(data[:_HEAD_BYTES])
    controls = sum(map(len, _CONTROLS.findall(text))) if data[:_HEAD_BYTES].translate(None, _NO_CONTROLS) else 0
    lost = text.count(LOST)
    return None if (controls + lost) * 20 > len(text) else text.lstrip("\ufeff\0 \t\r\n\f\v\u3000\xa0")


def _binary_types() -> tuple[str, ...]:
    return tuple(kind for kind in _EXTENSIONS.values() if not kind.startswith("text/") and kind != "application/json")


def _hinted(hints: Iterable[str], allowed: tuple[str, ...], otherwise: str) -> str:
    """Return the first type among the hints that is allowed."""
    for hint in hints:
        stated = hint.partition(";")[0].strip().lower()
        named = [_EXTENSIONS.get(name.lower(), "") for name in reversed(_EXTENSION.findall(hint))]
        for kind in (stated, *named):
            if kind in allowed:
                return kind
    return otherwise
