"""The signs of portal systems: a sign's marks never hide what its pattern would find."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from crawler.families import families, weigh
from crawler.items import Page
from crawler.page.evidence import Evidence, Sign
from crawler.page.marks import Marks
from crawler.page.pages import parse_page

EMPTY = HtmlElement()
"""The tree of a page of which only the text is looked at."""

SIGNS = tuple(pytest.param(sign, id=f"{family.name} {sign.marks}") for family in families() for sign in family.signs)


def test_there_are_signs() -> None:
    assert len(SIGNS) > 30


@pytest.mark.parametrize("sign", SIGNS)
def test_marks_are_in_small_ascii_letters(sign: Sign) -> None:
    assert all(mark.isascii() and mark == mark.lower() for mark in sign.marks)


@pytest.mark.parametrize("sign", SIGNS)
@settings(max_examples=15, deadline=None, database=None)
@given(st.data())
def test_every_match_of_a_pattern_has_one_of_its_marks(sign: Sign, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(sign.pattern) if sign.pattern else st.sampled_from(sign.marks))
    page = Page("http://x.cn/", text, EMPTY)
    assert sign in Evidence((sign,)).possible(page)
    assert sign.is_on(page)


def test_signs_are_added_up_to_a_hundred() -> None:
    trs = next(family for family in families() if family.name == "trs")
    report = parse_page("http://x.cn/", "<p>一、总体情况</p>")
    script = parse_page("http://x.cn/", "<script>createPageHTML(3, 0, 'index', 'html')</script>")
    assert (weigh(report, trs.signs), weigh(script, trs.signs), weigh(script, trs.signs * 3)) == (0, 50, 100)


def test_marks_are_found_within_one_another_and_over_one_another() -> None:
    marks = Marks([b"list", b"listpage", b"pager", b"stp", b"absent"])
    assert marks.found(b"<a class=listpager>") == {b"list", b"listpage", b"pager", b"stp"}
    assert marks.found(b"") == frozenset()
