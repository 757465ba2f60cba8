"""The text of a page as a reader sees it, whatever its markup is."""

import pytest

from crawler.answer.sight import Asked, look
from crawler.page.pages import compact_text, elements, is_annual, parse_page, place_of, visible_text
from extract.sniff import media_type


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


TITLED = "<!DOCTYPE html><title>星桥市政府信息公开年报</title><p>政府信息公开年报</p><p>总体情况"


@pytest.mark.parametrize(
    "body",
    [
        TITLED.encode(),
        TITLED.replace("<!DOCTYPE html>", "\ufeff\n <HTML lang=zh>").encode(),
        TITLED.replace("<!DOCTYPE html>", "<!doctype\nHTML PUBLIC '-'>").encode(),
        TITLED.encode("gb18030"),
        TITLED.encode()[:-1],
        TITLED.encode() + b"\0",
        TITLED.encode("utf-16-le"),
        TITLED.replace("<!DOCTYPE html>", "<?xml version='1.0'?><html>").encode(),
        TITLED.replace("<!DOCTYPE html>", "<!DOCTYPE html>\n\x0c").encode(),
    ],
    ids=["utf-8", "mark", "old", "gbk", "cut", "zero byte", "utf-16", "xhtml", "form feed"],
)
def test_a_page_is_the_same_whether_or_not_its_first_word_says_what_it_is(body: bytes) -> None:
    url = "http://www.xq99.gov.cn/nb/"
    sight = look(body, Asked(200, url, url, {"content-type": "text/html"}), 1 << 20)
    assert sight.media_type == media_type(body, "text/html", url) == "text/html"
    assert (sight.verdict.outcome, sight.title) == ("ok", "星桥市政府信息公开年报")


@pytest.mark.parametrize("begin", ["<html>", "<html><!-- ", "<htmlx>", "<!doctype svg>", "html>"])
def test_other_first_words_say_nothing(begin: str) -> None:
    body, url = f"{begin} {{}} 星桥市".encode(), "http://www.xq99.gov.cn/nb.txt"
    assert look(body, Asked(200, url, url, {}), 1 << 20).media_type == media_type(body, "", url)


def test_the_compact_text_is_the_visible_one_without_white_space() -> None:
    markup = "<p>一、总体<b>情况</b><script>var a = '二'</script>\u3000（一）\xa0主动公开<td>三<style>p{}</style></td><noscript>无"
    page = parse_page("http://www.xq99.gov.cn/", markup)
    assert compact_text(page) == "".join(visible_text(page).split()) == "一、总体情况（一）主动公开三"


@pytest.mark.parametrize(
    ("markup", "annual"),
    [
        ("<title>政府信息公开年报</title>", True),
        ("<div class='X-Crumbs'>首页 &gt; 部门年报</div>", True),
        ("<style>.a{}</style><p>您现在的位置：政务公开 &gt; 年度报告</p>", True),
        ("<script>当前位置：年报，信息公开</script><p>您的位置</p>", False),
        ("<a class=position>政府信息公开年报</a><p>政务公开 年报</p>", False),
    ],
)
def test_a_column_is_known_by_its_names_or_its_trail(markup: str, annual: bool) -> None:
    page = parse_page("http://www.xq99.gov.cn/zw/", markup)
    assert is_annual(page) is place_of(page).annual is annual
