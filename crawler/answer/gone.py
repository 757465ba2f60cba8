"""Error pages sent as a success: by the headline, by a short page's text, or by an apology within the portal's shell."""

import re
from collections.abc import Iterator

from crawler.items import Page
from crawler.page.pages import elements, squeeze, tagged

_GONE = re.compile(
    r"页面不存在|您(?:要)?访问的页面|页面已(?:被)?删除|信息已过期|文章不存在|出错啦|系统繁忙|暂无(?:相关)?信息|[该此本](?:信息|文章|页面|内容)(?:已|被|已被)(?:下线|撤下|撤稿|屏蔽)|未审核|页面(?:没有)?找不?到"
    r"|^(?:error|http)?\s*-?404(?![\d号件])|404\s*(?:错误|页面|not found|error)|not found",
    re.IGNORECASE,
)
_APOLOGY = re.compile(
    r"(?:(?:对不起|很?抱歉|提示|温馨提示)[，,!！：:。]?)?"
    r"(?:您?(?:所|要|想)?(?:访问|查看|请求|浏览)的|[该此本])(?:页面|网页|文章|信息|内容|文件)"
    r"(?:可能)?(?:暂时)?(?:不存在|(?:已经?)?被?(?:管理员)?(?:删除|移除|撤销|下线|撤下)|(?:还|尚)?未(?:发布|公开)|已过期|找不到|没有找到|未找到"
    r"|(?:或|或者|、|，|,)){1,5}了?[。.!！…]*"
    r"|(?:(?:对不起|很?抱歉)[，,!！：:。]?)?(?:没有|未|找不)(?:找)?到您?(?:所|要|想)?(?:访问|查看|请求|浏览|查找)的(?:页面|网页|文章|信息|内容|文件)[。.!！…]*"
)
"""A sentence that is all an element says: the rest of such a page is the menus and footers of any other."""

_MAX_APOLOGY_CHARACTERS = 60
_ALERT = re.compile(r"\balert\(\s*['\"]([^'\"]{2,60})['\"]")
_SEEMS_GONE = re.compile(r"不存在|删除|移除|撤销|过期|找不到|找到|下线|撤下|未发布|未公开")


def error_words(where: tuple[str, ...]) -> str:
    """Give the first words of an error page in any of the texts, or an empty string."""
    found = next((match for text in where if (match := _GONE.search(text))), None)
    return found.group().strip() if found else ""


def alerts(page: Page) -> str:
    """Give what the scripts of a page say in a box: all that an error page of some systems has (文章不存在, and back)."""
    return " ".join(found.group(1) for node in tagged(page)["script"] for found in _ALERT.finditer(node.text or ""))


def apology(page: Page) -> str:
    """Give the sentence with which a page says that it is gone, where an element says nothing else; or nothing."""
    return next(_apologies(page), "") if _SEEMS_GONE.search(page.text) else ""


def _apologies(page: Page) -> Iterator[str]:
    for node in elements(page):
        text = squeeze(node.text or "").replace(" ", "")
        if len(text) <= _MAX_APOLOGY_CHARACTERS and _APOLOGY.fullmatch(text):
            yield text
