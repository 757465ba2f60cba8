from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import compact, in_unit, normal, parse_number, plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        (" 12 ", "12"),
        ("１，２３４", "1234"),
        ("1,234,567", "1234567"),
        ("－5", "-5"),
        ("- 3", "-3"),
        ("5898.0860", "5898.0860"),
        ("11.55", "11.55"),
        ("0元", "0"),
        ("3件", "3"),
        ("22（其中修订16件）", "22"),
        ("\u200b7\ufeff", "7"),
        ("12项/件", "12"),
        ("3户次", "3"),
        ("31批次", "31"),
    ],
)
def test_certain_numbers(text: str, value: str) -> None:
    assert parse_number(text).value == Decimal(value)
    assert parse_number(text).state == "reported"


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000\n", "\u200b"])
def test_blank(text: str) -> None:
    assert parse_number(text).state == "blank"


@pytest.mark.parametrize(
    "text",
    [
        "/",
        "—",
        "——",
        "⸺",
        "━",
        "ー",
        "∕",
        "╱",
        "-",
        "无",
        "没有",
        "\\",
        "…",
        "*",
        " / ",
        "暂无",
        "无此项业务",
        "无此类事项",
        "未开展",
    ],
)
def test_marks(text: str) -> None:
    assert parse_number(text).state == "mark"


@pytest.mark.parametrize(
    "text",
    [
        "〇一",
        "二",
        "007",
        "00",
        "1.2.3",
        "1,23",
        "12 3",
        "10²",
        "²",
        "①",
        "O",
        "约3",
        "3个左右",
        "-5-",
        "5-",
        "1/2",
        "٣",
        "9" * 16,
    ],
)
def test_what_is_not_certainly_a_number_is_none(text: str) -> None:
    parsed = parse_number(text)
    assert parsed.state == "unreadable"
    assert parsed.value is None


def test_a_number_over_two_lines_is_only_a_candidate() -> None:
    assert parse_number("12\n3").candidates == (Decimal(123),)
    assert parse_number("0 7").candidates == ()


@given(st.integers(-(10**9), 10**9))
def test_every_integer_is_read_back(number: int) -> None:
    for printed in (str(number), f"{number:,}", f" {number}\n", f"{number}件"):
        assert parse_number(printed).value == number


@given(st.text())
def test_never_a_value_without_a_plain_digit(text: str) -> None:
    parsed = parse_number(text)
    assert (parsed.value is not None) == (parsed.state == "reported")
    if parsed.value is not None:
        assert any(character in "0123456789０１２３４５６７８９" for character in text)


@given(st.text())
def test_normal_form_is_idempotent(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert compact(compact(text)) == compact(text)


@pytest.mark.parametrize(
    ("value", "printed", "wanted", "result"),
    [
        ("251000", "元", "万元", Decimal("25.1")),
        ("0.5", "亿元", "万元", Decimal(5000)),
        ("25.1", "万", "万元", Decimal("25.1")),
        ("1.2", "万", "件", None),
        ("11.55", "", "万元", Decimal("11.55")),
        ("3", "件", "件", Decimal(3)),
        ("3", "元", "件", None),
        ("3", "件", "万元", None),
        ("0", "件", "万元", Decimal(0)),
    ],
)
def test_units(value: str, printed: str, wanted: str, result: Decimal | None) -> None:
    assert in_unit(Decimal(value), printed, wanted) == result


def test_whole_numbers_become_integers() -> None:
    assert plain(Decimal("5.00")) == 5
    assert isinstance(plain(Decimal("5.00")), int)
    assert plain(Decimal("5898.0860")) == 5898.086


@pytest.mark.parametrize("remark", ["万元，含罚没", "其中万元", "以万元计", "元/年", "单位：元，下同", "万件，含网上"])
def test_a_remark_that_may_name_the_unit_makes_a_number_unreadable(remark: str) -> None:
    assert parse_number(f"25（{remark}）").state == "unreadable"
    assert parse_number(f"0（{remark}）").value == 0


@pytest.mark.parametrize("remark", ["其中：5万元", "含上年五万元", "件，其中网上3件", "其中修订16件"])
def test_a_remark_with_an_amount_of_its_own_does_not(remark: str) -> None:
    assert parse_number(f"25（{remark}）").value == 25


@pytest.mark.parametrize("remark", ["更正为0", "应为12", "实际12", "有误", "误填", "调整为12件"])
def test_a_remark_that_corrects_the_number_makes_it_unreadable(remark: str) -> None:
    assert parse_number(f"68（{remark}）").state == "unreadable"
