"""A package read by its own directory gives what ``zipfile`` gives, and refuses what that refuses."""

import io
import zipfile
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import CorruptError, EncryptedError, ExtractError, TooBigError
from extract.office import package
from extract.office.package import Package
from extract.office.plain_zip import entries_of, unpacked
from tests.kit import docx
from tests.kit.truth import make_report

NAMES = ("word/document.xml", "WORD/DOCUMENT.XML", "a.xml", "b.xml", "none.xml")


def packed(method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"", name: str = "a.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.comment = comment
        archive.writestr(name, b"<a/>" * 9)
        archive.writestr("b.xml", b"")
        archive.writestr("word/document.xml", b"<b/>")
    return buffer.getvalue()


def outcome(data: bytes, limit: int = 1000) -> tuple[object, object]:
    try:
        found = Package(data, limit)
        return [found.part(name) for name in NAMES], found.ending("document.xml")
    except ExtractError as error:
        return type(error), str(error)


def both_ways(data: bytes) -> tuple[tuple[object, object], tuple[object, object]]:
    own = outcome(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "entries_of", lambda _: None)
        return own, outcome(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_nearly_every_program_writes_is_plain(method: int) -> None:
    data = packed(method)
    entries = entries_of(data)
    assert entries is not None
    assert [unpacked(data, entry, 99) for entry in entries] == [b"<a/>" * 9, b"", b"<b/>"]
    assert unpacked(data, entries[0], 35) is None
    assert entries_of(docx.clean(make_report(1, "2021", "dense"), Random(1))) is not None


@pytest.mark.parametrize(
    "data",
    [
        packed(comment=b"x"),
        packed(name="规.xml"),
        packed(zipfile.ZIP_BZIP2),
        b"before" + packed(),
        packed() + b"behind",
        packed()[:-30],
        b"",
    ],
)
def test_anything_unusual_is_left_to_zipfile(data: bytes) -> None:
    assert entries_of(data) is None
    own, other = both_ways(data)
    assert own == other


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_ends_as_with_zipfile(data: st.DataObject) -> None:
    damaged = bytearray(packed(data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))))
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    own, other = both_ways(bytes(damaged))
    assert own == other


def test_an_empty_part_that_is_damaged_is_not_empty() -> None:
    data = packed()
    begin = data.index(b"b.xml") + len(b"b.xml")
    own, other = both_ways(data[:begin] + b"\x06" + data[begin + 1 :])
    assert own == other
    assert own[0] is CorruptError


def test_limits_and_encryption_are_seen_in_a_plain_package() -> None:
    data = packed()
    with pytest.raises(TooBigError):
        Package(data, 35).part("a.xml")
    locked = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    with pytest.raises(EncryptedError):
        Package(locked).part("a.xml")
