"""Bytes to text: the bytes decide."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.html.charset import claimed, decode, replaced

PROSE = "一、总体情况。2023年，本机关共收到政府信息公开申请12件，予以公开7件，结转下年度0件。其他需要报告的事项：无。\n"
PAGE = (
    f"<html><head><title>年度报告</title></head><body><p>{PROSE}</p><table><tr><td>件数</td></tr></table></body></html>"
)
TRADITIONAL = "一、總體情況。本機關於二○二三年共收到政府資訊公開申請，予以公開，無其他需要報告之事項。\n"


@pytest.mark.parametrize(
    ("data", "used"),
    [
        (PAGE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PAGE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PAGE.encode("gbk"), "gb18030"),
        (PAGE.encode("gb2312"), "gb18030"),
        (PAGE.encode("gb18030"), "gb18030"),
        (b"\x84\x31\x95\x33" + PAGE.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + PAGE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + PAGE.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + PAGE.encode("utf-32-le"), "utf-32-le"),
        (PAGE.encode("utf-16-le"), "utf-16-le"),
        (PAGE.encode("utf-16-be"), "utf-16-be"),
        ((PROSE * 20).encode("utf-16-le"), "utf-16-le"),
    ],
)
@pytest.mark.parametrize("hint", ["", "utf-8", "gb2312", "gbk", "text/html; charset=iso-8859-1", "big5", "no-such"])
def test_no_header_overrules_the_bytes(data: bytes, used: str, hint: str) -> None:
    text, charset = decode(data, hint)
    assert charset == used
    assert PROSE.strip() in text
    assert replaced(text) == 0


def test_rare_characters_of_a_page_labelled_gb2312() -> None:
    text, charset = decode("砲里街道、镕、㕔、𠮷".encode("gb18030"), "gb2312")
    assert (text, charset) == ("砲里街道、镕、㕔、𠮷", "gb18030")


def test_big5_needs_a_claim_and_agreeing_bytes() -> None:
    assert decode((TRADITIONAL * 3).encode("big5"), "text/html; charset=Big5") == (TRADITIONAL * 3, "big5hkscs")
    meta = b'<meta http-equiv="Content-Type" content="text/html; charset=big5">'
    assert decode(meta + TRADITIONAL.encode("big5"))[1] == "big5hkscs"
    assert decode(PROSE.encode("gbk"), "big5") == (PROSE, "gb18030")


@pytest.mark.parametrize("hint", ["", "gb2312"])
def test_one_broken_character_does_not_turn_utf8_into_something_else(hint: str) -> None:
    data = PROSE.encode() * 5
    text, charset = decode(data[:31] + data[32:], hint)
    assert charset == "utf-8"
    assert 0 < replaced(text) <= 3
    assert text.endswith(PROSE)


def test_a_short_text_cut_in_mid_character_stays_utf8() -> None:
    text, charset = decode(PROSE.encode()[:59])
    assert charset == "utf-8"
    assert replaced(text) == 1


def test_one_broken_byte_in_gbk_is_shown() -> None:
    data = PROSE.encode("gbk") * 3
    text, charset = decode(data[:20] + b"\xff" + data[20:])
    assert charset == "gb18030"
    assert replaced(text) >= 1
    assert text.count("予以公开7件") == 3


def test_stray_zero_bytes_are_not_utf16() -> None:
    assert decode(PAGE.encode().replace(b"<table>", b"\0<table>"))[1] == "utf-8"
    assert decode(PAGE.encode("gbk").replace(b"<table>", b"\0<table>"))[1] == "gb18030"


def test_long_ascii_head_before_gbk() -> None:
    assert decode(b" " * 100_000 + PROSE.encode("gbk"))[1] == "gb18030"


def test_mixed_page_keeps_the_larger_part() -> None:
    text, charset = decode(PROSE.encode() * 4 + "页脚".encode("gbk"))
    assert charset == "utf-8"
    assert replaced(text) > 0


def test_empty() -> None:
    assert decode(b"") == ("", "utf-8")


@pytest.mark.parametrize(
    ("data", "hint", "name"),
    [
        (b"<meta charset=GB2312>", "", "gb2312"),
        (b"<meta charset=GB2312>", "utf-8", "utf-8"),
        (b"<meta charset='gbk'>", "text/html", "gbk"),
        (b"", 'text/html; charset="UTF-8"', "utf-8"),
        (b'<?xml version="1.0" encoding="gbk"?>', "", "gbk"),
        (b"<p>", "", ""),
        (b"<p>", "年报.html", ""),
    ],
)
def test_claimed(data: bytes, hint: str, name: str) -> None:
    assert claimed(data, hint) == name


@given(st.binary(max_size=400), st.text(max_size=20))
def test_any_bytes_become_text(data: bytes, hint: str) -> None:
    text, charset = decode(data, hint)
    assert isinstance(text, str)
    assert codecs.lookup(charset)
    text.encode("utf-8")


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff\ufffd"), max_size=300))
def test_utf8_round_trip(text: str) -> None:
    assert decode(text.encode(), "gb2312") == (text, "utf-8")
