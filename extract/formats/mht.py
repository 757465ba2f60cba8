"""Web archives (MHT, MHTML): the page inside a MIME message. Word saves them as .doc, browsers as .mht."""

from dataclasses import replace

from extract.formats import Format
from extract.html.web_archive import read_archived_page
from extract.model import Document

MEDIA_TYPE = "multipart/related"


def read(data: bytes, charset_hint: str) -> Document:
    """Read the page of a web archive: the part that ``start`` names, else the first page.

    The hint is not used: a part states its own charset. Raises ``CorruptError`` when there is no page in it.
    """
    del charset_hint
    return replace(read_archived_page(data), media_type=MEDIA_TYPE)


FORMAT = Format("mht", (MEDIA_TYPE,), read)
