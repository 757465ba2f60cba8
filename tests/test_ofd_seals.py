"""Seals of signatures upon the pages of an OFD file: those without clear places hide the figures below them."""

from io import BytesIO

import pytest
from PIL import Image

from extract.errors import CorruptError
from extract.formats.ofd import read
from extract.text import LOST
from tests.kit import ofd
from tests.test_ofd import A4, PROSE, TABLE, grids, text
from tests.test_ofd_unseen import SEVEN

SIGNED = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>"
LISTED = '<ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/>'
OVER_FIGURE, OVER_BLANK = "104.5 55 9 25", "130 62 9 8"


def picture(kind: str, mode: str = "RGB") -> bytes:
    drawn = BytesIO()
    Image.new(mode, (8, 8)).save(drawn, kind)
    return drawn.getvalue()


def sealed(
    seal: bytes, boundary: str, *, own: bool = True, page: str = "1", content: str = PROSE + TABLE + SEVEN
) -> bytes:
    """A file with a seal on a page; one that is no file of its own is part of the signature's value."""
    where = "<ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal>" if own else ""
    stamp = f'<ofd:StampAnnot ID="1" PageRef="{page}" Boundary="{boundary}"/>'
    value = "<ofd:SignedValue>SignedValue.dat</ofd:SignedValue>"
    parts = ofd.parts([ofd.page_xml(content)], A4)
    parts["OFD.xml"] = parts["OFD.xml"].replace(b"</ofd:DocBody>", SIGNED.encode())
    parts["Doc_0/Signs/Signatures.xml"] = f"<ofd:Signatures {ofd.NAMESPACE}>{LISTED}</ofd:Signatures>".encode()
    signed = f"<ofd:SignedInfo>{where}{stamp}</ofd:SignedInfo>{value}"
    parts["Doc_0/Signs/Sign_0/Signature.xml"] = f"<ofd:Signature {ofd.NAMESPACE}>{signed}</ofd:Signature>".encode()
    parts["Doc_0/Signs/Sign_0/" + ("Seal.esl" if own else "SignedValue.dat")] = b"0\x82ES" + seal + b"end"
    return ofd.packed(parts)


def first(data: bytes) -> list[str]:
    return grids(read(data, ""))[0][0]


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("seal", [picture("JPEG"), picture("PNG")])
def test_a_seal_without_clear_places_covers_figures(seal: bytes, own: bool) -> None:
    assert first(sealed(seal, OVER_FIGURE, own=own)) == ["规章", f"1{LOST}", "2"]


@pytest.mark.parametrize("seal", [picture("PNG", "RGBA"), b"PK", b""])
def test_a_seal_with_clear_places_covers_none(seal: bytes) -> None:
    assert first(sealed(seal, OVER_FIGURE)) == ["规章", "17", "2"]


def test_a_seal_on_another_page_covers_none() -> None:
    assert first(sealed(picture("JPEG"), OVER_FIGURE, page="99")) == ["规章", "17", "2"]


def test_a_seal_as_low_as_a_figure_is_no_blank() -> None:
    blank = PROSE + TABLE.replace(text(128, 69, "2"), "")
    assert first(sealed(picture("PNG", "RGBA"), OVER_BLANK, content=blank)) == ["规章", "1", LOST]


def test_a_seal_at_no_place_is_damage() -> None:
    with pytest.raises(CorruptError, match="box"):
        read(sealed(b"", ""), "")
