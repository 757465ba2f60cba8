"""Which links lead to a file: by path, by query, by the endpoint that hands files out, by the words of the link."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.page.remembered import remembered

FILE_EXTENSIONS = "pdf|docx?|wps|et|xlsx?|ofd|zip|rar|7z|rtf|pptx?|txt"
"""Formats in which reports have been published beside or instead of a page."""

_PATH = re.compile(rf"\.({FILE_EXTENSIONS})(?:;.*)?$", re.IGNORECASE)
_VALUE = re.compile(rf"\.({FILE_EXTENSIONS})$", re.IGNORECASE)
_PAGE_PATH = re.compile(r"(?:\.[sjm]?html?|/)$", re.IGNORECASE)
_ENDPOINT = re.compile(
    r"downfile|download(?:attach|file)?(?:\.\w+)?(?:[?/]|$)|filedownload|DownloadAttachUrl|wbfileid=|/group\d+/M\d\d/"
    r"|/attach(?:ment)?s?/|virtual_attach_file|/upload(?:s|file|files)?/|/files/",
    re.IGNORECASE,
)
_TEXT = re.compile(rf"\.(?:{FILE_EXTENSIONS})\s*(?:[(（].*)?$|^(?:附件|下载|点击下载|pdf|word)", re.IGNORECASE)
_VIEWER = re.compile(r"/viewer\.html?$|/pdfview|/pdfjs/|/onlinePreview", re.IGNORECASE)
_VIEWED = ("file", "url", "src", "path")


@remembered
def is_file_url(url: str) -> bool:
    """Tell whether the URL alone says that a file is meant."""
    parts = urlsplit(url)
    if _PATH.search(unquote(parts.path)):
        return True
    if any(_VALUE.search(value) for _, value in parse_qsl(parts.query)):
        return True
    return not _PAGE_PATH.search(parts.path) and _ENDPOINT.search(f"{parts.path}?{parts.query}") is not None


def is_file_link(url: str, text: str) -> bool:
    """Tell whether a link leads to a file; its words count only where the URL is not that of a page."""
    return is_file_url(url) or (not is_page_url(url) and is_file_name(text))


@remembered
def is_page_url(url: str) -> bool:
    """Tell whether the URL alone says that a page is meant."""
    return _PAGE_PATH.search(urlsplit(url).path) is not None


def is_file_name(text: str) -> bool:
    """Tell whether the words of a link are those of a file: its name, or that it can be downloaded."""
    return _TEXT.search(text) is not None


@remembered
def viewed_file(url: str) -> str:
    """Give the file that a viewer's URL shows (``viewer.html?file=…``), or an empty string for any other URL."""
    parts = urlsplit(url)
    if not _VIEWER.search(parts.path):
        return ""
    shown = dict(parse_qsl(parts.query))
    return next((shown[name] for name in _VIEWED if _VALUE.search(shown.get(name, ""))), "")
