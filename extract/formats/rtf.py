"""RTF, as Word and WPS save it, often under the name .doc; see ``extract.rtf.document``."""

from extract.formats import Format
from extract.model import Document
from extract.rtf.document import MEDIA_TYPE, read_rtf


def read(data: bytes, charset_hint: str) -> Document:
    """Read an RTF file. The hint is not used: RTF states its own code pages.

    Raises ``CorruptError`` for a file that is damaged or cut short and ``TooBigError`` past a limit.
    """
    del charset_hint
    return read_rtf(data)


FORMAT = Format("rtf", (MEDIA_TYPE,), read)
