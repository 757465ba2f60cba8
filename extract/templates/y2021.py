"""The form of 国办公开办函〔2021〕30号, for reports on 2021 and later."""

from extract.templates import Column, Row, Table, Template
from extract.templates._shared import (
    CLOSING,
    GROUPS,
    OTHER,
    PROCESSED,
    RECEIVED,
    REVIEW,
    request_row,
    sums,
)

_ISSUED = (
    Column(
        "issued",
        "本年制发件数",
        aliases=(
            "制发件数",
            "本年制发件",
            "本年发件",
            "本年发件数",
            "本年制发数",
            "本年制发数量",
            "本年度制发件数",
            "本年新制发件数",
            "本年制定件数",
            "本年印发件数",
        ),
    ),
    Column(
        "repealed",
        "本年废止件数",
        aliases=("废止件数", "本年废止件", "本年废止数", "本年废止数量", "本年度废止件数", "废止数量"),
    ),
    Column(
        "in_force",
        "现行有效件数",
        aliases=("现行有效件", "现行有效数", "有效件数", "现行有效数量", "现行有效总件数", "现有有效件数"),
    ),
)
_DECISIONS = (
    Column(
        "decisions",
        "本年处理决定数量",
        aliases=(
            "处理决定数量",
            "本年度处理决定数量",
            "处理决定数",
            "本年处理决定数",
            "本年处理决定件数",
            "处理决定件数",
        ),
    ),
)
_AMOUNT = (
    Column(
        "amount",
        "本年收费金额",
        "万元",
        (
            "收费金额",
            "本年度收费金额",
            "本年收费总金额",
            "本年收费数额",
            "本年收取金额",
            "收费总额",
            "收费总金额",
            "本年收费金额单位万元",
            "本年收费金额万元",
            "本年收费总额",
        ),
    ),
)

_OTHER_ROWS = (
    request_row(
        "other_not_corrected",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        OTHER,
        ("申请人无正当理由逾期不补正", "无正当理由逾期不补正", "逾期不补正"),
    ),
    request_row(
        "other_fee_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        OTHER,
        (
            "申请人逾期未按收费通知要求缴纳费用",
            "逾期未按收费通知要求缴纳费用",
            "逾期未缴纳费用",
            "逾期未缴费",
            "申请人逾期未按收费通知要求交纳费用、行政机关不再处理其政府信息公开申请",
        ),
    ),
    request_row("other_other", "3.其他", OTHER, ("其他", "其它", "其他原因", "其它原因", "其他情形", "其他情况")),
)

TEMPLATE = Template(
    name="2021",
    first_year=2021,
    last_year=None,
    tables=(
        Table(
            "disclosure",
            (
                Row("regulations", "规章", _ISSUED, aliases=("政府规章", "部门规章"), legal_basis="第二十条第（一）项"),
                Row(
                    "normative_documents",
                    "行政规范性文件",
                    _ISSUED,
                    aliases=("规范性文件",),
                    legal_basis="第二十条第（一）项",
                ),
                Row(
                    "licensing",
                    "行政许可",
                    _DECISIONS,
                    aliases=("行政许可事项", "行政许可决定"),
                    legal_basis="第二十条第（五）项",
                ),
                Row("penalties", "行政处罚", _DECISIONS, aliases=("行政处罚决定",), legal_basis="第二十条第（六）项"),
                Row(
                    "coercion",
                    "行政强制",
                    _DECISIONS,
                    aliases=("行政强制措施", "行政强制决定"),
                    legal_basis="第二十条第（六）项",
                ),
                Row("fees", "行政事业性收费", _AMOUNT, aliases=("行政事业收费",), legal_basis="第二十条第（八）项"),
            ),
        ),
        Table("requests", (*RECEIVED, *PROCESSED, *_OTHER_ROWS, *CLOSING), (*GROUPS,)),
        REVIEW,
    ),
    sums=sums(tuple(row.name for row in (*PROCESSED, *_OTHER_ROWS))),
    circular="国办公开办函〔2021〕30号",
)
