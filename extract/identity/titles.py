"""What one line of text (a title, a link) says: is it an annual report, whose, and for which year.

Patterns and reject list follow real titles of portals (农业农村局2020年度…, 浙江省教育厅2024年度政府信息公开工作报告,
梅溪湖街道2023…, 2022度…); a look-alike word beats 年度报告.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extract.text import compact
from extract.traditional import simplified

Kind = Literal["report", "look_alike", "unknown"]

_LONGEST_KEPT = 200


@dataclass(frozen=True, slots=True)
class TitleReading:
    """Agency and year as printed, and whether the line names an annual report, something like one, or neither.

    ``names_someone`` is True when words stand where the agency's name belongs, recognised or not.
    """

    agency: str | None
    year: int | None
    kind: Kind
    names_someone: bool = False


_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"二[〇○零Oo0][〇○零一二三四五六七八九Oo0]{2}(?=年)")
_LETTER_O_YEAR = re.compile(r"2[Oo0][0-9Oo]{2}(?=年|度)")
_YEAR = re.compile(r"(?<![\d〔\[第])(20[0-3]\d)(?!\d)(?:年度|年|度)?")
_CIRCULAR = re.compile(r"[〔\[【(]20\d\d[〕\]】)]第?\d*号?")
_NUMBER_OF_CIRCULAR = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[【(]20\d\d[〕\]】)]第?\d+号")
"""A line of its own above the title; its words (桂海报〔2016〕6号) say nothing."""


_REPORT = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?(?:开展)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度|年)?(?:情况)?(?:总结)?(?:报告|年报)"
    r"|(?:政务|信息)公开(?:工作)?年(?:度)?报(?:告)?"
)

_LOOK_ALIKE = re.compile(
    "|".join(
        (
            "法治政府|依法行政",
            "政府网站.*报表|网站工作年度|政务新媒体.*年度报表",
            "[预决]算|三公经费|绩效",
            "政府工作报告|工作要点|工作计划|工作方案|(?<!公开)(?<!公开情况)工作总结|政务公开工作总结",
            "解读|一图|图解|图说|数说|速览|长图|海报|音频|视频|漫画|动漫|动画|H5|答记者问|新闻发布会",
            "关于(?:做好|开展|编制|报送|印发|组织|加强|规范).*(?:通知|格式|函)|(?:编制|报送|发布)工作的通知|格式的通知"
            "|(?:有关|相关)(?:事项|工作|问题)的?(?:通知|函)|情况的?通报",
            "(?:报告|年报)的?(?:范文|范本|模板|样本|样例|样式|展示平台|(?:公布|发布|报送|编制)情况)",
            "指南|目录$|制度|依申请公开统计|统计(?:年报|公报|年鉴)|年鉴",
            "事业单位|企业年报|社会组织|双随机|信访|建议提案|提案办理|行政执法统计|党务公开|财政年度",
            "第三方评估|评估报告|考核|培训|会议|检查|自查|答复书|告知书",
            "(?:医院|卫生院|大学|(?<!行政)(?<!社会主义)学院|中学|小学|幼儿园|集团|公司|供水|供电|燃气|法院|检察院)"
            "(?:20|(?:政府|政务)?信息公开)|20\\d\\d学年",
            "[上下]半年|[一二三四1-4]季度|月报",
            "征[求集].{0,60}意见|(?:意见|初|草|讨论|送审)稿|草案",
        )
    )
)
"""Lines that share words with a report and are none (portals' own columns show them beside the reports)."""

_BODY = (
    "局|委|委员会|办|办公室|办公厅|厅|处|署|院|队|支队|大队|总队|中心|政府|管委会|街道办事处|办事处|街道|(?<![大道])街|镇|乡|苏木|(?:农|林|牧|渔|茶|园艺|良种|原种|种畜|水产)场|团"
    "|社|会|联合会|站|所|部|行|海关|省|市|区|县|旗|州|盟|公司|协会|馆|学校|台|室|组|园|校|库|基地|集团|大厅|残联|侨联|工商联|文联"
)
# Endings that no verb shares (办理, 处理, 委托 end agencies' names only by accident): for names inside running text.
_SURE_ENDING = (
    "委员会|残疾人联合会|残联|供销合作总?社|(?:人防|民防|侨务?)办(?![公事理法学])|(?:发改委|发展改革委|卫健委|卫生健康委|民宗委|农业农村委|经信委|经济信息委|国资委|计生委|民委|住建委|住房城乡建设委|交通委|商务委|科技委|城市管理委|文化旅游委|教委)(?!员会|托|派|任)|管委会|人民政府(?!信息|网|门户|采购|公报|工作报告)|办公室|办公厅|街道办事处|办事处|分局|局(?!长(?!期)|队)|厅(?!长)|署|总队|支队|大队"
    "|中心|政府(?!信息|网|门户|采购|公报|工作报告)|街道|(?<!城)镇(?!长(?!期))|(?<!城)乡(?!长(?!期))|苏木|海关|农场|林场"
    "|(?:经济|技术|产业)开发区(?=认真|坚持|严格|深入|按照|紧紧|全面|以)"
)
_LONGER_ENDING = "人民政府办公室|人民政府办公厅|人民政府|办事处|党政办公室|(?:外事|侨务|港澳事务|法制|新闻|国防动员|口岸)(?:工作)?办公室|办公室|办公厅|分局"
_AGENCY = re.compile(
    rf"(?:中国\([\u4e00-\u9fff]+\))?(?:[\u4e00-\u9fff·]{{2,20}}\([\u4e00-\u9fff·]{{1,8}}[市县区]\))?[\u4e00-\u9fff·]{{1,40}}?(?:{_SURE_ENDING})(?:{_LONGER_ENDING})?(?:[^\W各与和及对向在的]{{2,6}}(?:分局|街道(?:办事处)?))?(?:\([\u4e00-\u9fff·]{{2,20}}\))?"
)
_NO_NAME_HOLDS = re.compile(
    "认真|坚持|贯彻|落实|根据|按照|依法|通过|推进|加强|全面|积极|围绕|严格|结合|确保|较好|完成|公布|向社会|编制并|[的在对为以将由我现年了]|^[本该全各副]|^利用|^请|^可?与"
    "|^(?:充分)?发挥|^加挂|^编制|^制定|^印发|^成立|^设立|^召开|^举办|^建立|^完善|^健全|^修订|^更新|^配合|^接受|^依托|^统一(?!战线)|^公开(?!办)|^促进|^推动|^提[升高]|^增强|^指导|^督促|^协助|^支持|^帮助|^保障|^[一二三四五六七八九十]是"
)
# Agencies whose names hold a word of the reject list: 信访局 publishes annual reports too.
_INNOCENT = re.compile(
    r"(?:法治政府|依法行政)[\u4e00-\u9fff]{0,8}(?:办公室|中心|局)|信访(?:工作)?(?:局|办)|(?:纪律)?检查(?:委员会|组|站|局)|社会组织(?:管理|工作)(?:局|部)|事业单位(?:登记)?(?:管理|改革)?局"
    r"|(?:会议|会展|培训|考核|评估|绩效|制度|党校培训)[\u4e00-\u9fff]{0,6}(?:中心|办公室|局|办)|统计局|财政局|视频[\u4e00-\u9fff]{0,6}中心"
)
_WHOLE_AGENCY = re.compile(rf"(?![(（])[\u4e00-\u9fff·()（）]{{1,60}}(?:{_BODY})(?:\([\u4e00-\u9fff·]{{2,20}}\))?")
_NOT_A_NAME = re.compile(
    r"^(?:我|本|该|全|各|及|和|的|其|上级|省|市|区|县|州|旗)*"
    r"(?:局|委|办|厅|机关|单位|部门|省|县|市|区|镇|乡|乡镇|镇街|街道|办事处|街道办事处|政府|人民政府|委员会|办公室|中心|党委)$|(?:网站|平台)$|^各|^我|^本级|^(?:工作)?领导小组|^本(?:部|院|会|处|所|站|队|馆|校|分局|开发区|管委会)$|各[乡镇街单部县市区]|年度|附件|信息公开"
)
_OF_ANY_PLACE = re.compile(
    r"^(?:(?:[镇乡]|乡镇|镇街|苏木|街道)(?:人民)?政府|街道办(?:公室)?|(?:[镇乡]|街道)?党政(?:综合)?办(?:公室)?|(?:社区)?(?:居|村|居民|村民)委(?:员)?会"
    r"|(?:公安|税务|生态环境|自然资源|市场监管)?局?分局|(?:派出|司法|税务|财政|自然资源|市场监管)所)$"
)
"""Bodies that every town or every district has: without a place several would become one agency."""

_LEAD = re.compile(
    r"^(?:附件?\d*[:：.]?|附[:：]|现将|关于|公布|发布|(?:更正|重发|补发|重新发布|转发)[:：]?|\(原\)|《|\d+[.、]|(?:信息)?名称[:|]*|标题[:|]*"
    r"|[【\[(][^】\])]*(?:年报|公开|报告|更正|更新|修订|修正|补发|重发|重新发布|最新|置顶|附件|图文|原创|转载|(?:文字|图片|全文|网页|PDF|Word)版?)[^】\])]{0,6}[】\])])+",
    re.IGNORECASE,
)

_VERSION = re.compile(
    r"[(【\[][^(【\[)】\]]{0,20}(?:更正|更新|修订|修正|补发|重发|重新发布)[^(【\[)】\]]{0,20}[)】\]]$"
)

_BODIES_BESIDE = re.compile(r"(?<=[\u4e00-\u9fff])\([^()]*[、,，][^()]*\)$")
"""Names of other bodies that one also is, several in brackets: 区委统战部(区民宗局、区侨务局)."""

_SHORT_FORM = re.compile(r"[(（](?:(?:以下)?简称|原(?!州))[^()（）]*[)）]")
"""…(以下简称市局), …(原清江市农业局)."""
_BRACKETS = re.compile(r"[(（](?P<name>[^()（）]{3,40})[)）]$")


def plain_year(text: str) -> str:
    """Rewrite 二〇二三年, 2O23年 as 2023年 in compact text."""
    text = _CHINESE_YEAR.sub(lambda m: m[0].replace("O", "0").replace("o", "0").translate(_CHINESE_DIGITS), text)
    return _LETTER_O_YEAR.sub(lambda m: m[0].replace("O", "0").replace("o", "0"), text)


def read_title(text: str) -> TitleReading:
    """Read one title or link text. Agency and year are given only as far as the line prints them."""
    return _read_short(text) if len(text) <= _LONGEST_KEPT else _read(text)


def _read(text: str) -> TitleReading:
    printed = plain_year(compact(simplified(text)))
    line = "" if _NUMBER_OF_CIRCULAR.fullmatch(printed) else _CIRCULAR.sub("", printed)
    without_year = _YEAR.sub("", line)
    found = _REPORT.search(without_year)
    kind: Kind = "look_alike" if _LOOK_ALIKE.search(_INNOCENT.sub("", line)) else "report" if found else "unknown"
    if found is None:
        return TitleReading(None, _year(line), kind)
    name = _name(without_year[: found.start()]) or _in_brackets(without_year[found.end() :])
    return TitleReading(name if is_agency(name) else None, _year(line), kind, bool(name))


_read_short = lru_cache(maxsize=2048)(_read)
"""A document's title is asked for several times, and columns repeat their titles from page to page."""


def _year(line: str) -> int | None:
    years = set(_YEAR.findall(line))
    return int(years.pop()) if len(years) == 1 else None


def _name(before: str) -> str:
    last = before.split(">")[-1]
    # 安阳市水利局：2022年…, but 标题：2022年….
    last = last.rstrip(":：") if is_agency(last.rstrip(":：")) else re.split("[:：]", last)[-1]
    name = _SHORT_FORM.sub("", _LEAD.sub("", last))
    name = (
        name.strip("-—_|,，.。、的度年").removesuffix("关于").removesuffix("发布").removesuffix("公布").rstrip("的,，")
    )
    name = _BODIES_BESIDE.sub("", _VERSION.sub("", name).removesuffix("(机关)"))
    # 人民政府2022年信息公开工作年度报告: the year taken out, 政府 looks like the report's.
    return f"{name}政府" if name.endswith("人民") else name


def _in_brackets(after: str) -> str:
    """Return the agency that stands in brackets behind the words of a report: …年度报告（安阳市水利局）."""
    found = _BRACKETS.match(after)
    return found["name"] if found and is_agency(found["name"]) else ""


def is_agency(name: str) -> bool:
    """Say whether a string has the form of a body's name: ends like one and is no 我局, 本机关, 各单位, 镇政府."""
    return bool(_WHOLE_AGENCY.fullmatch(name)) and not (_NOT_A_NAME.search(name) or _OF_ANY_PLACE.match(name))


def find_agency(text: str) -> str | None:
    """Return the agency name that starts a compact running text, or ``None``."""
    found = _AGENCY.match(text)
    if found is None or _NO_NAME_HOLDS.search(found[0]) or not is_agency(found[0]):
        return None
    return found[0]
