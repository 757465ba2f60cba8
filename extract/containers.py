"""What kind of document a ZIP or an OLE2 container holds, from its directory alone; nothing is unpacked."""

import re
import struct
from collections.abc import Iterator

_OOXML = "application/vnd.openxmlformats-officedocument."
_MEMBERS = (
    (re.compile(r"word/document\d*\.xml", re.I), _OOXML + "wordprocessingml.document"),
    (re.compile(r"xl/workbook\.(?:xml|bin)", re.I), _OOXML + "spreadsheetml.sheet"),
    (re.compile(r"ppt/presentation\.xml", re.I), _OOXML + "presentationml.presentation"),
    (re.compile(r"(?:.*/)?OFD\.xml", re.I), "application/ofd"),
)
_OPEN_DOCUMENT = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z]+)")
_MAX_MEMBERS = 2000
"""Members looked at: office documents name their main part among the first dozen."""

_END_WINDOW_BYTES = 65536 + 22  # end record of a ZIP with the longest comment

_STREAMS = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "EncryptedPackage": "application/x-ole-encrypted",
}
_CLASSES = {
    0x00020900: "application/msword",
    0x00020906: "application/msword",
    0x00020810: "application/vnd.ms-excel",
    0x00020820: "application/vnd.ms-excel",
    0x64818D10: "application/vnd.ms-powerpoint",
}
"""First field of the root entry's class: Word 6/8, Excel 5/8, PowerPoint 8 (MS-CFB 2.6.1). WPS leaves it zero."""

_ENTRY_BYTES = 128


def zip_media_type(data: bytes) -> str:
    """Return the type of a ZIP: DOCX, XLSX, PPTX, OFD, OpenDocument or plain ``application/zip``."""
    open_document = _OPEN_DOCUMENT.search(data[:200])
    if open_document:
        return open_document[1].decode("ascii")
    for name in _member_names(data):
        for pattern, found in _MEMBERS:
            if pattern.fullmatch(name):
                return found
    return "application/zip"


def _member_names(data: bytes) -> Iterator[str]:
    """Yield names from the central directory, or from the local headers when the end of the file is missing."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _END_WINDOW_BYTES))
    if end >= 0 and end + 22 <= len(data):
        yield from _central_names(data, struct.unpack_from("<I", data, end + 16)[0])
    else:
        yield from _local_names(data)


def _central_names(data: bytes, position: int) -> Iterator[str]:
    for _ in range(_MAX_MEMBERS):
        if data[position : position + 4] != b"PK\x01\x02" or position + 46 > len(data):
            return
        name, extra, comment = struct.unpack_from("<3H", data, position + 28)
        yield data[position + 46 : position + 46 + name].decode("utf-8", "replace").replace("\\", "/")
        position += 46 + name + extra + comment


def _local_names(data: bytes) -> Iterator[str]:
    position = data.find(b"PK\x03\x04")
    for _ in range(_MAX_MEMBERS):
        if position < 0 or position + 30 > len(data):
            return
        (name,) = struct.unpack_from("<H", data, position + 26)
        yield data[position + 30 : position + 30 + name].decode("utf-8", "replace").replace("\\", "/")
        position = data.find(b"PK\x03\x04", position + 4)


def ole_media_type(data: bytes) -> str:
    """Return the type of an OLE2 file by the class of its root or its first known stream, or an empty string."""
    if len(data) < 512:
        return ""
    sector_bytes = 1 << min(struct.unpack_from("<H", data, 30)[0], 12)
    root = (struct.unpack_from("<I", data, 48)[0] + 1) * sector_bytes
    by_class = _root_class(data, root)
    return by_class or _first_stream(data)


def _root_class(data: bytes, root: int) -> str:
    if root + _ENTRY_BYTES > len(data):
        return ""
    return _CLASSES.get(struct.unpack_from("<I", data, root + 80)[0], "")


def _first_stream(data: bytes) -> str:
    """Look for stream names where directory entries can stand; the name's own length field must agree."""
    found = []
    for name, kind in _STREAMS.items():
        encoded = (name + "\0").encode("utf-16-le")
        position = data.find(encoded)
        while position >= 0:
            if position % _ENTRY_BYTES == 0 and data[position + 64 : position + 66] == struct.pack("<H", len(encoded)):
                found.append((position, kind))
                break
            position = data.find(encoded, position + 2)
    return min(found)[1] if found else ""
