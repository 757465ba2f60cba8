"""Word 97 to 2003 documents, WPS files of that kind, and other OLE2 files of a word processor."""

from extract.formats import Format
from extract.model import Document
from extract.office.word.legacy import ENCRYPTED, MEDIA_TYPE, read_doc


def read(data: bytes, charset_hint: str) -> Document:
    """Read a DOC file. The hint is not used.

    Raises ``EncryptedError`` for files with a password (an encrypted DOCX or XLSX has the same container),
    ``UnsupportedError`` where LibreOffice is needed and not installed, ``CorruptError`` for damage.
    """
    del charset_hint
    return read_doc(data)


FORMAT = Format("doc", (MEDIA_TYPE, "application/x-ole-storage", ENCRYPTED), read)
