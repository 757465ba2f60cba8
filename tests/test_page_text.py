"""The text of a page as a reader sees it, whatever its markup is."""

import pytest

from crawler.page.pages import elements, parse_page, visible_text


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<p>一</p><p>二</p>", "一 二"),
        ("<p>政府<b>信息</b><span>公<i>开</i></span>年报</p>", "政府信息公开年报"),
        ("<p>一<br>二<img>三</p>", "一 二 三"),
        ("<table><tr><td>一</td><td>二</td></tr></table>", "一 二"),
        ("<head><title>名</title></head><body>一<script>x()</script>二<style>p{}</style>三</body>", "一二三"),
        ("<div>一<!-- 注 -->二<?php x ?>三</div>", "一二三"),
        ("<div>一<noscript>请启用脚本</noscript> 二<template>样</template></div>", "一 二"),
        ("一\u3000\u3000二&nbsp;三\n四", "一 二 三 四"),
        ("<o:p>一</o:p><v:x>二</v:x>", "一 二"),
        ("", ""),
        ("<div>" * 200 + "深", "深"),
    ],
)
def test_what_is_seen_of_a_page(markup: str, seen: str) -> None:
    assert visible_text(parse_page("http://www.xq99.gov.cn/", markup)) == seen


def test_comments_and_instructions_are_no_elements() -> None:
    page = parse_page("http://www.xq99.gov.cn/", "<p>一<!-- 注 --><?php x ?><b>二</b></p>")
    assert [node.tag for node in elements(page)] == ["html", "body", "p", "b"]


def test_the_text_of_a_large_page_takes_no_seconds() -> None:
    page = parse_page("http://www.xq99.gov.cn/", "<p>一<b>二</b></p>" * 100_000)
    assert len(visible_text(page)) == 3 * 100_000 - 1
