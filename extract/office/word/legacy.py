"""DOC and the WPS files of the same kind: converted to DOCX in this process, or by LibreOffice where that is refused."""

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from doc2docx import convert
from doc2docx.cfb import CompoundFileLimits
from doc2docx.errors import EncryptedDocumentError, InvalidCompoundFile, StreamNotFound

from extract.containers import ole_media_type
from extract.errors import CorruptError, EncryptedError
from extract.limits import MAX_DOCUMENT_BYTES
from extract.model import Document, Finding
from extract.office import libreoffice
from extract.office.word.document import read_docx

MEDIA_TYPE = "application/msword"
ENCRYPTED = "application/x-ole-encrypted"

_MAX_REASON_CHARACTERS = 200
_TORN = re.compile(r"FC values are not increasing|sprmT(?:DefTable|Delete|VertMerge)|Sprm 0x|truncated Sprm")
"""What the converter says of a file that does not tell any more where its paragraphs and cells end."""


class _RefusedError(Exception):
    """The converter of this process cannot read the file; the message says why."""


def read_doc(data: bytes) -> Document:
    """Read a DOC or WPS file.

    Raises ``EncryptedError`` for a file with a password, ``UnsupportedError`` for one that only LibreOffice could
    read when that is not installed, ``CorruptError`` for a damaged container.
    """
    if ole_media_type(data) == ENCRYPTED:
        raise EncryptedError("the package needs a password")
    try:
        return replace(read_docx(_converted(data)), media_type=MEDIA_TYPE)
    except _RefusedError as refusal:
        converted, isolation = libreoffice.to_docx(data, ".doc")
        document = read_docx(converted)
        detail = f"converted by LibreOffice ({isolation}), because: {refusal}"
        note = Finding("converter", "NOT_ASSESSABLE", cause="reading", detail=detail)
        return replace(document, media_type=MEDIA_TYPE, notes=(*document.notes, note))


def _converted(data: bytes) -> bytes:
    limits = CompoundFileLimits(max_input_bytes=MAX_DOCUMENT_BYTES, max_stream_bytes=MAX_DOCUMENT_BYTES)
    with TemporaryDirectory(prefix="reading-") as folder:
        source, made = Path(folder, "source.doc"), Path(folder, "made.docx")
        source.write_bytes(data)
        try:
            convert(source, made, limits=limits)
        except EncryptedDocumentError as error:
            raise EncryptedError("the document needs a password") from error
        except StreamNotFound as error:
            raise _RefusedError("it holds no Word document") from error
        except InvalidCompoundFile as error:
            # What LibreOffice would make of a broken container may lack rows without saying so.
            raise CorruptError(f"container: {error}") from error
        except MemoryError:
            raise
        except Exception as error:
            if _TORN.search(str(error)):
                # LibreOffice would guess, and put figures into the cells beside theirs (measured).
                raise CorruptError(f"paragraphs and cells: {error}") from error
            raise _RefusedError(f"{type(error).__name__}: {error}"[:_MAX_REASON_CHARACTERS]) from error
        return made.read_bytes()
