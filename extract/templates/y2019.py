"""The form of 国办公开办函〔2019〕60号, for reports on 2019 and 2020."""

from extract.templates import Column, Row, Table, Template
from extract.templates._shared import CLOSING, GROUPS, OTHER_PROCESSING, PROCESSED, RECEIVED, REVIEW, sums

_MADE = (
    Column("made", "本年新制作数量", aliases=("本年新制作", "新制作数量", "本年制作数量", "本年新制作件数")),
    Column("newly_disclosed", "本年新公开数量", aliases=("本年新公开", "新公开数量", "本年公开数量", "本年新公开件数")),
    Column("disclosed", "对外公开总数量", aliases=("对外公开总数", "对外公开数量", "公开总数量", "对外公开总件数")),
)
_LAST_YEAR = Column(
    "items_last_year",
    "上一年项目数量",
    "项/件",
    ("上一年项目数", "上年项目数量", "上一年度项目数量", "上年度项目数量", "去年项目数量"),
)
_CHANGE = Column(
    "change", "本年增/减", "项/件", ("本年增减", "本年增/", "本年增减数量", "增/减", "本年度增/减", "本年增减数")
)
_DECISIONS = Column("decisions", "处理决定数量", "项/件", ("处理决定数", "本年处理决定数量"))
_FEE_ITEMS = (
    Column(
        "items_last_year",
        "上一年项目数量",
        "项",
        ("上一年项目数", "上年项目数量", "上一年度项目数量", "上年度项目数量", "去年项目数量"),
    ),
    Column("change", "本年增/减", "项", ("本年增减", "本年增/", "本年增减数量", "增/减", "本年度增/减", "本年增减数")),
)
_PURCHASES = (
    Column("projects", "采购项目数量", "项", ("采购项目数", "项目数量")),
    Column("amount", "采购总金额", "万元", ("采购金额", "采购总额", "采购总金额单位万元", "采购总金额万元")),
)
_ITEMS = (_LAST_YEAR, _CHANGE, _DECISIONS)

TEMPLATE = Template(
    name="2019",
    first_year=2019,
    last_year=2020,
    tables=(
        Table(
            "disclosure",
            (
                Row("regulations", "规章", _MADE, legal_basis="第二十条第（一）项"),
                Row(
                    "normative_documents",
                    "规范性文件",
                    _MADE,
                    aliases=("行政规范性文件",),
                    legal_basis="第二十条第（一）项",
                ),
                Row("licensing", "行政许可", _ITEMS, legal_basis="第二十条第（五）项"),
                Row(
                    "other_services",
                    "其他对外管理服务事项",
                    _ITEMS,
                    aliases=("其他对外管理服务", "其它对外管理服务事项", "其他对外服务管理事项"),
                    legal_basis="第二十条第（五）项",
                    has_items=True,
                ),
                Row("penalties", "行政处罚", _ITEMS, legal_basis="第二十条第（六）项"),
                Row("coercion", "行政强制", _ITEMS, legal_basis="第二十条第（六）项"),
                Row("fees", "行政事业性收费", _FEE_ITEMS, aliases=("行政事业收费",), legal_basis="第二十条第（八）项"),
                Row("procurement", "政府集中采购", _PURCHASES, aliases=("集中采购",), legal_basis="第二十条第（九）项"),
            ),
        ),
        Table("requests", (*RECEIVED, *PROCESSED, OTHER_PROCESSING, *CLOSING), (*GROUPS,)),
        REVIEW,
    ),
    sums=sums((*(row.name for row in PROCESSED), OTHER_PROCESSING.name)),
    circular="国办公开办函〔2019〕60号",
)
