"""Word documents (DOCX), from the ZIP and its XML; see ``extract.office.word.document``."""

from extract.formats import Format
from extract.model import Document
from extract.office.word.document import MEDIA_TYPE, read_docx
from extract.rtf.document import SIGNATURE, read_rtf


def read(data: bytes, charset_hint: str) -> Document:
    """Read the body of a DOCX. The hint is not used: XML states its own encoding.

    Raises ``EncryptedError`` for encrypted members, ``TooBigError`` past a limit and ``CorruptError`` for anything
    damaged, or with a document type of its own (entities).
    """
    del charset_hint
    return read_docx(data, {SIGNATURE: read_rtf})


FORMAT = Format("docx", (MEDIA_TYPE,), read)
