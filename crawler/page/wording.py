"""What the words of a link say, wherever it stands: remembered, for a host's menus say the same on every page.

Words are in compact form (`extract.text.compact`).
"""

import re
from typing import Literal

from crawler.page.anchors import is_cut
from crawler.page.pages import is_annual_name
from crawler.page.remembered import remembered
from extract.identity.titles import is_agency, plain_year, read_title
from extract.text import compact

MAX_COLUMN_TEXT_CHARACTERS = 40
"""Longest name of a column; what is longer is a headline."""

_ANY_YEAR = re.compile(r"20[0-3]\d")
OPENNESS = re.compile(r"(?:信息|政务)公开")
_ANNUAL_WORD = re.compile(r"年报|年度(?:工作)?报告|(?:信息|政务)公开.*报告|信息公开工作总结")
_OPENNESS_WORD = re.compile(r"公开")
_OTHER_OPENNESS = re.compile(
    r"(?:企业|采购|财政|环境|[预决]算|资金)信息公开|国有企业|(?:党务|校务|院务|村务|厂务|办事)公开"
)
_GENERAL = re.compile(
    r"20[0-3]\d|年度|[年的]|报告?|工作|关于|情况|公示|发布|附件\d?|[()（）:：《》“”\"'、，,.\-—_\s\d]|(?:doc|pdf|wps|ofd)x?$"
)
_ABOUT_WRITING = re.compile(r"(?:说明|规范|办法|指引|要求|模板|格式|范本|样式|样表|须知|流程|标准|方案)[)）]?$")
_COLLECTION = re.compile(r"(?:汇总|专栏|专题|栏目|列表|目录)[)）]?$")
_SHORT_COLUMN = re.compile(r"(?:历年|部门|本级|本机关|单位)?(?:工作)?(?:年报|年度报告)(?:汇总|专栏)?")
_MORE = re.compile(r"\[?(?:查看)?更多(?:内容)?(?:[>》»+.]*)\]?|more[>》»+.]*", re.IGNORECASE)
_YEAR_NAME = re.compile(r"20[0-3]\d年?度?(?:年报|年度报告|报告)?")
_GROUP_NAME = re.compile(
    r"(?:各|所属|省|自治区|市|区|县|旗|州|盟|镇|乡|街|直|属|及|和|、|政府|人民政府|本级|部门|单位|机关|机构|街道|乡镇|苏木|办事处"
    r"|开发区|功能区|园区|管委会|工作|组成|派出|垂直|垂管|管理|双管|中央|驻|级|地|企事业|汇总|其他|\(|\)){1,8}"
    r"(?:信息公开)?(?:年报|年度报告|汇总)*"
)
_BARE_GROUP = frozenset({"及", "和", "、", "其他", "管理", "工作", "机构", "政府", "人民政府", "地", "级", "直", "属"})
_HUB_NAME = re.compile(
    r"(?:政府|政务|部门|单位|乡镇|街道|镇街|区县|法定主动)*(?:信息公开|政务公开|公开内容)(?:专栏|平台|目录|专区|内容|网)*"
)
_DIRECTORY = re.compile(
    r"(?:各|区|县|市|州|旗|镇|乡)?(?:部门|乡镇|街道|镇街|单位)(?:[、和及]?(?:乡镇|街道|镇街|单位))*"
    r"(?:(?:政府)?(?:信息|政务)公开)?(?:目录|平台|专栏|网站|导航|链接)?"
)


def is_report_title(text: str) -> bool:
    """Tell whether a text is the title of a report of some year."""
    reading = read_title(text)
    return reading.kind == "report" and _ANY_YEAR.search(plain_year(compact(text))) is not None


@remembered
def as_report(text: str) -> Literal["named", "undated", "cut", "cut year", "worded", ""]:
    """Say how far the words of a link name a report; what is still open depends on where the link stands."""
    year = _ANY_YEAR.search(plain_year(text)) is not None
    if _COLLECTION.search(text) or _ABOUT_WRITING.search(text) or _OTHER_OPENNESS.search(text):
        return ""
    if read_title(text).kind == "report":
        return "named" if year else "undated"
    if is_cut(text):
        return "cut" if OPENNESS.search(text) else "cut year" if year else ""
    return "worded" if year and _ANNUAL_WORD.search(text) and not _is_of_something_else(text) else ""


def _is_of_something_else(text: str) -> bool:
    """Tell whether an annual report names what it is about, and that is neither openness nor an agency: 土地市场年报."""
    if _OPENNESS_WORD.search(text):
        return False
    rest = _GENERAL.sub("", plain_year(text))
    return len(rest) > 1 and not is_agency(rest)


@remembered
def as_column(text: str) -> Literal["named", "short", "more", "part", ""]:
    """Say how far the words of a link name a column; what is still open depends on where the link stands."""
    if len(text) > MAX_COLUMN_TEXT_CHARACTERS:
        return ""
    if is_annual_name(text):
        return "" if _ABOUT_WRITING.search(text) or _OTHER_OPENNESS.search(text) else "named"
    if _SHORT_COLUMN.fullmatch(text):
        return "short"
    if is_more(text):
        return "more"
    return "part" if is_year_name(text) or _is_group(text) or is_agency(text) else ""


def is_more(text: str) -> bool:
    """Tell whether words only say that there is more of what they stand under."""
    return _MORE.fullmatch(text) is not None


@remembered
def as_hub(text: str) -> Literal["named", "part", ""]:
    """Say whether words name openness pages, or a group of agencies or a directory: a part of such pages."""
    if _HUB_NAME.fullmatch(text):
        return "named"
    return "part" if _is_group(text) or _DIRECTORY.fullmatch(text) else ""


@remembered
def is_year_name(text: str) -> bool:
    """Tell whether the words of a link or an option are a year: ``2023年``, ``2023年度年报``."""
    return _YEAR_NAME.fullmatch(plain_year(compact(text))) is not None


@remembered
def _is_group(text: str) -> bool:
    general = text in _BARE_GROUP or _HUB_NAME.fullmatch(text) is not None
    return not general and _GROUP_NAME.fullmatch(text) is not None
