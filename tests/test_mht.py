"""Web archives: the page inside, whichever part it is; damage."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import CorruptError
from extract.formats import html
from extract.formats.mht import read
from extract.reading import read as read_report
from tests.comparing import assert_style_exact
from tests.kit import mht
from tests.kit.damage import damaged, read_or_refuse
from tests.kit.html_styles import STYLES as PAGES
from tests.kit.mht import message, part
from tests.kit.truth import make_report

TRUTH = make_report(3, "2021", "dense")
PAGE = "<html><body><p>一、总体情况</p><p>第一部分</p></body></html>".encode()
SAMPLE = mht.word(TRUTH, Random(3))


@pytest.mark.parametrize("style", mht.STYLES)
def test_styles_come_back_exact(style: str) -> None:
    assert_style_exact(mht.STYLES[style])


@pytest.mark.parametrize("style", ["clean", "gbk"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_the_page_reads_as_it_does_alone(style: str, encoding: str) -> None:
    page = PAGES[style](TRUTH, Random(3))
    archived = read(message(part(page, "text/html", encoding, "a.htm")), "")
    alone = html.read(page, "")
    assert (archived.blocks, archived.metadata) == (alone.blocks, alone.metadata)
    assert archived.media_type == "multipart/related"


def test_a_word_archive_called_doc_is_read() -> None:
    assert read_report(SAMPLE, "年报.doc").agency == TRUTH.agency


def first_line(data: bytes) -> object:
    return getattr(read(data, "").blocks[0], "text", None)


def test_the_named_part_is_the_page_and_else_the_first() -> None:
    other = PAGE.replace("第一部分".encode(), "另一部分".encode()).replace("一、总体情况".encode(), b"x")
    parts = part(other, "text/html", "base64", "b.htm"), part(PAGE, "text/html", "base64", "a.htm")
    assert first_line(message(*parts)) == "x"
    assert first_line(message(*parts, parameters='start="<a.htm>"')) == "一、总体情况"
    assert first_line(message(*parts, parameters='start="<gone>"')) == "x"
    assert first_line(b"\xef\xbb\xbf\r\n\r\n" + message(*parts)) == "x"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Content-Type: multipart/related\r\n\r\n",
        message(),
        message(part(b"\x89PNG", "image/png", "base64", "a.png")),
        message(part(b"  ", "text/html", "base64", "a.htm")),
        message(part(PAGE, "multipart/mixed", "7bit", "a")),
    ],
)
def test_an_archive_without_a_page_is_corrupt(data: bytes) -> None:
    with pytest.raises(CorruptError):
        read(data, "")


def test_archives_in_archives_end() -> None:
    inside = part(PAGE, "text/html", "base64", "a.htm")
    for number in range(2000):
        head = f'Content-Type: multipart/related; boundary="b{number}"\r\n\r\n--b{number}\r\n'
        inside = head.encode() + inside + f"\r\n--b{number}--\r\n".encode()
    read_or_refuse(read, inside)


def test_damage_is_read_or_refused() -> None:
    for data in damaged(SAMPLE, Random(1)):
        read_or_refuse(read, data)


@given(st.binary(max_size=300), st.sampled_from([b"", SAMPLE[:300], SAMPLE[:600]]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    read_or_refuse(read, head + data)


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_a_page_whose_base64_is_damaged_is_corrupt_and_no_other_document(place: float) -> None:
    data = bytearray(message(part(PAGES["clean"](TRUTH, Random(3)), "text/html", "base64", "a.htm")))
    assert read_report(bytes(data)).outcome == "ok"
    body = data.index(b"\r\n\r\n")
    data[body + round((len(data) - body) * place)] = 0
    assert read_report(bytes(data)).outcome == "corrupt"
