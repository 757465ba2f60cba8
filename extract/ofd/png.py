"""PNG pictures and seals: whether one can have clear places, as those of most seals do."""

from struct import Struct

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_CHUNK = Struct(">L4s")
_CHECKSUM_BYTES = 4
_KIND_AT = 25  # of the picture's kind, in its first chunk
_WITHOUT_ALPHA = (0, 2, 3)


def is_opaque_png(data: bytes) -> bool:
    """Tell whether bytes are a PNG that has neither an opacity for each point nor a clear colour (PNG, 11.2.1 and 11.3.1)."""
    if not data.startswith(_SIGNATURE) or len(data) <= _KIND_AT or data[_KIND_AT] not in _WITHOUT_ALPHA:
        return False
    at = len(_SIGNATURE)
    while at + _CHUNK.size <= len(data):
        length, name = _CHUNK.unpack_from(data, at)
        if name in (b"tRNS", b"IDAT"):
            return bool(name == b"IDAT")
        at += _CHUNK.size + length + _CHECKSUM_BYTES
    return False


def is_opaque_seal(data: bytes) -> bool:
    """Tell whether the picture inside an electronic seal (GB/T 38540-2020, 6.1) is a JPEG, or a PNG without clear places."""
    return _JPEG in data or is_opaque_png(data[max(data.find(_SIGNATURE), 0) :])
