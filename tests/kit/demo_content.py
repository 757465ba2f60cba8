"""What the demonstration portal holds: agencies, their reports, and what lies beside them in the lists."""

from dataclasses import dataclass, field
from typing import Literal, TypedDict

Form = Literal["page", "page_and_twin", "page_and_tables", "page_and_corrupt", "file"]
"""How a report is published: a page; with the same as a PDF; with its tables only in the PDF; with a PDF that cannot
be opened; a PDF straight from the list."""


class Options(TypedDict, total=False):
    """Arguments of ``make_report`` that make a report special."""

    blanks: bool
    marks: bool
    merged_other: bool
    broken: bool
    items: int


@dataclass(frozen=True, slots=True)
class Published:
    """One report and how it is published. ``style`` is a name of ``html_styles.BODIES`` or ``gbk``."""

    agency: str
    region: str
    year: int
    folder: str
    style: str = "clean"
    form: Form = "page"
    dense: bool = False
    options: Options = field(default_factory=Options)
    encoding: str = "utf-8"

    @property
    def template(self) -> Literal["2021", "2019"]:
        """The form in force for the report's year."""
        return "2021" if self.year >= 2021 else "2019"


@dataclass(frozen=True, slots=True)
class Beside:
    """A page in a list that is not a report."""

    title: str
    folder: str
    published: str
    kind: str
    text: tuple[str, ...]


WATER, CITY = "清江市水务局", "990100"
SCHOOLS, TOWN, COUNTY = "白鹭县教育局", "白鹭县柳泉镇人民政府", "990121"
FINANCE, CIVIL, STREET = "砚溪市墨池区财政局", "砚溪市墨池区民政局", "砚溪市墨池区新桥街道办事处"
DISTRICT = "990402"

TRS = "trs/zfxxgk/zfxxgknb"
LIST = "list/nb"
AGENCIES = "county/zfxxgknb"

REPORTS = (
    Published(WATER, CITY, 2020, TRS, "clean", options={"items": 2}),
    Published(WATER, CITY, 2021, TRS, "word"),
    Published(WATER, CITY, 2022, TRS, "clean", "page_and_tables", dense=True),
    Published(WATER, CITY, 2023, TRS, "metadata", "page_and_twin", dense=True),
    Published(WATER, CITY, 2024, TRS, "two_line_title"),
    Published(SCHOOLS, COUNTY, 2022, LIST, "four_tables"),
    Published(SCHOOLS, COUNTY, 2023, LIST, "nested_layout", dense=True),
    Published(SCHOOLS, COUNTY, 2024, LIST, form="file"),
    Published(TOWN, COUNTY, 2021, LIST, "unclosed"),
    Published(TOWN, COUNTY, 2022, LIST, "header_cells", options={"merged_other": True}),
    Published(TOWN, COUNTY, 2024, LIST, "split_table"),
    Published(FINANCE, DISTRICT, 2021, f"{AGENCIES}/czj", "clean", encoding="gbk"),
    Published(FINANCE, DISTRICT, 2022, f"{AGENCIES}/czj", form="page_and_twin", dense=True, options={"broken": True}),
    Published(FINANCE, DISTRICT, 2023, f"{AGENCIES}/czj", "thousands", dense=True),
    Published(FINANCE, DISTRICT, 2024, f"{AGENCIES}/czj", "review_apart"),
    Published(CIVIL, DISTRICT, 2020, f"{AGENCIES}/mzj", "vertical_headers"),
    Published(CIVIL, DISTRICT, 2021, f"{AGENCIES}/mzj", "full_width"),
    Published(CIVIL, DISTRICT, 2022, f"{AGENCIES}/mzj", "one_table"),
    Published(CIVIL, DISTRICT, 2023, f"{AGENCIES}/mzj", form="page_and_corrupt"),
    Published(STREET, DISTRICT, 2022, f"{AGENCIES}/xqjd", "layout_paragraphs"),
    Published(STREET, DISTRICT, 2023, f"{AGENCIES}/xqjd", "clean", options={"blanks": True, "marks": True}),
    Published(STREET, DISTRICT, 2024, f"{AGENCIES}/xqjd", "split_table_header_again"),
)

FORBIDDEN = Published(WATER, CITY, 2019, "trs/private")
"""Linked from the list and forbidden by robots.txt: it must never be fetched."""

GONE = Published(SCHOOLS, COUNTY, 2021, LIST)
"""Listed like any report, but its page says with status 200 that it does not exist."""

MISSING = ((TOWN, COUNTY, 2023),)
"""Reports that no list has."""

LOOK_ALIKES = (
    Beside(
        f"{WATER}2023年法治政府建设年度报告",
        TRS,
        "2024-02-20",
        "法治政府建设年度报告",
        (
            "2023年，我局深入学习贯彻习近平法治思想，扎实推进法治政府建设，现将有关情况报告如下。",
            "一、推进法治政府建设的主要举措和成效",
            "制定规范性文件2件，办理行政许可120件，行政处罚15件，开展法治培训4期。",
            "二、存在的不足和原因",
            "普法宣传形式不够丰富，执法人员能力有待提高。",
            "三、2024年工作安排",
            "健全依法决策机制，严格规范公正文明执法。",
        ),
    ),
    Beside(
        f"{WATER}2023年政府网站工作年度报表",
        TRS,
        "2024-01-15",
        "政府网站工作年度报表",
        (
            "填报单位：清江市水务局　网站标识码：9901000004",
            "总访问量（单位：次）45120　信息发布总数（单位：条）386",
            "解读回应：解读信息发布总数12条，回应公众关注热点6次。",
            "办事服务：注册用户数2301个，政务服务事项数量57项。",
        ),
    ),
    Beside(
        "关于做好2023年政府信息公开工作年度报告编制工作的通知",
        AGENCIES,
        "2023-12-18",
        "通知",
        (
            "各街道办事处，区政府各部门：",
            "根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件要求，现就做好2023年政府信息公开工作"
            "年度报告编制工作通知如下。",
            "一、报告内容。包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分。",
            "二、时间要求。请各单位于2024年1月20日前报送，1月31日前在专栏公布。",
            "三、联系人及电话：0990-6612345。",
        ),
    ),
    Beside(
        f"{FINANCE}2022年度部门决算",
        f"{AGENCIES}/czj",
        "2023-09-12",
        "部门决算",
        (
            "第一部分　部门概况",
            "第二部分　2022年度部门决算表",
            "收入总计1,258.36万元，支出总计1,258.36万元。",
            "第三部分　2022年度部门决算情况说明",
        ),
    ),
    Beside(
        f"一图读懂：{CIVIL}2023年政府信息公开工作年度报告",
        f"{AGENCIES}/mzj",
        "2024-01-26",
        "一图读懂",
        (
            "一图读懂我局2023年政府信息公开工作年度报告",
            "主动公开信息312条　收到申请3件　行政复议0件　行政诉讼0件",
            "（设计：区民政局办公室）",
        ),
    ),
)
