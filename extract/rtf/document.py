"""RTF: paragraphs and tables as printed. Word and WPS save it under .doc too; the first bytes tell.

Read is what reports use: tables with merged cells (nested ones too), text in code pages and Unicode, text boxes,
revisions accepted. Headers, footers, notes, pictures and embedded objects are left out.
"""

from extract.errors import CorruptError
from extract.model import Document
from extract.office.table import lay_out
from extract.office.word.over import OVER_TABLES, reach_tables
from extract.rtf.reader import Reader
from extract.rtf.tokens import tokens
from extract.rtf.words import WORDS

MEDIA_TYPE = "application/rtf"

SIGNATURE = b"{\\rtf"


def read_rtf(data: bytes) -> Document:
    """Read an RTF file. Raises ``CorruptError`` for damage and ``TooBigError`` past a limit."""
    start = data.find(SIGNATURE)
    if start < 0:
        raise CorruptError("no RTF signature")
    reader = Reader(WORDS)
    for token in tokens(data[start:]):
        reader.take(token)
    parts = reader.end()
    blocks, notes = lay_out(parts)
    over = (OVER_TABLES,) if reach_tables(reader.story.floating(), parts) else ()
    return Document(MEDIA_TYPE, blocks, tuple(reader.facts()), (*notes, *over, *reader.notes()))
