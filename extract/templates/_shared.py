"""Rows, columns and sums that the forms of 2019 and 2021 have in common (tables 2 and 3 hardly changed)."""

from extract.templates import Column, Row, Sum, Table

APPLICANTS = (
    Column("natural_person", "自然人", aliases=("公民", "个人")),
    Column("business", "商业企业", aliases=("商业", "企业")),
    Column("research_institute", "科研机构", aliases=("科研", "科研单位", "科研院所")),
    Column(
        "welfare_organization",
        "社会公益组织",
        aliases=("社会公益", "公益组织", "社会组织", "社会公益机构", "社会公益性组织"),
    ),
    Column("legal_service", "法律服务机构", aliases=("法律服务", "法律机构", "法律服务组织")),
    Column("other", "其他", aliases=("其它", "其他组织", "其它组织", "其他机构", "其它机构")),
    Column("total", "总计", aliases=("合计", "总数", "小计")),
)

OUTCOMES = (
    # 特: recognition of scans takes 持, alone on the last line of its cell, for it; no other label begins like this.
    Column("upheld", "结果维持", aliases=("维持", "维持结果", "结果维特")),
    Column("corrected", "结果纠正", aliases=("纠正", "被纠正", "纠正结果", "结果纠错")),
    Column("other", "其他结果", aliases=("其它结果", "其他", "其它")),
    Column("pending", "尚未审结", aliases=("未审结", "尚未审理", "尚未审结果", "尚未审结数", "尚未办结", "尚未结案")),
    Column("total", "总计", aliases=("合计", "小计")),
)

_GRANTED = "三、本年度办理结果"
_REFUSED = "（三）不予公开"
_UNAVAILABLE = "（四）无法提供"
_UNPROCESSED = "（五）不予处理"
OTHER = "（六）其他处理"
GROUPS = (_GRANTED, "本年度办理结果", _REFUSED, _UNAVAILABLE, _UNPROCESSED, OTHER)


def request_row(name: str, label: str, group: str = "", aliases: tuple[str, ...] = ()) -> Row:
    """Return a row of the requests table; every one has the seven applicant columns."""
    return Row(name, label, APPLICANTS, group, aliases)


RECEIVED = (
    request_row(
        "new",
        "一、本年新收政府信息公开申请数量",
        aliases=(
            "本年新收政府信息公开申请",
            "本年新收申请数量",
            "本年新收申请",
            "本年新收",
            "本年度新收政府信息公开申请数量",
            "新收政府信息公开申请数量",
            "本年新收政府信息公开申请数",
            "本年新收政府信息公开申请件数",
            "本年新收政府信息公开申请总数",
        ),
    ),
    request_row(
        "carried_in",
        "二、上年结转政府信息公开申请数量",
        aliases=(
            "上年结转政府信息公开申请",
            "上年结转申请数量",
            "上年结转申请",
            "上年结转",
            "上年度结转政府信息公开申请数量",
            "上一年结转政府信息公开申请数量",
            "上年结转政府信息公开申请数",
            "上年结转政府信息公开申请件数",
            "上年结转政府信息公开申请总数",
        ),
    ),
)

PROCESSED = (
    request_row("granted", "（一）予以公开", _GRANTED),
    request_row(
        "granted_in_part",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        _GRANTED,
        aliases=(
            "部分公开",
            "部分公开（区分处理的，只计这一情况，不计其他情形）",
            "部分公开（区分处理的只计这一情形，不计其它情形）",
            "部分公开（区分处理的，只计这一情形，不计其他情况）",
        ),
    ),
    request_row("refused_state_secret", "1.属于国家秘密", _REFUSED, ("国家秘密", "涉及国家秘密")),
    request_row(
        "refused_prohibited_by_law",
        "2.其他法律行政法规禁止公开",
        _REFUSED,
        (
            "其他法律法规禁止公开",
            "其他法律、行政法规禁止公开",
            "其他法律行政止公开",
            "法律行政法规禁止公开",
            "法律法规禁止公开",
            "其它法律行政法规禁止公开",
        ),
    ),
    request_row(
        "refused_security_and_stability",
        "3.危及“三安全一稳定”",
        _REFUSED,
        ("危及三安全一稳定", "三安全一稳定", "危及“三安全、一稳定”"),
    ),
    request_row(
        "refused_third_party_rights", "4.保护第三方合法权益", _REFUSED, ("保护第三方合法利益", "第三方合法权益")
    ),
    request_row(
        "refused_internal_affairs",
        "5.属于三类内部事务信息",
        _REFUSED,
        ("属于三类内容事务信息", "三类内部事务信息", "属于三类内部事务", "属于内部事务信息"),
    ),
    request_row(
        "refused_process_information",
        "6.属于四类过程性信息",
        _REFUSED,
        ("四类过程性信息", "属于四类过程信息", "属于过程性信息"),
    ),
    request_row("refused_enforcement_file", "7.属于行政执法案卷", _REFUSED, ("行政执法案卷", "属于行政执法案卷信息")),
    request_row(
        "refused_administrative_inquiry",
        "8.属于行政查询事项",
        _REFUSED,
        ("行政查询事项", "属于行政查询事项信息", "行政查询"),
    ),
    request_row(
        "unavailable_not_held",
        "1.本机关不掌握相关政府信息",
        _UNAVAILABLE,
        (
            "本机关不掌握相关信息",
            "不掌握相关信息",
            "本机关不掌握",
            "不掌握相关政府信息",
            "本行政机关不掌握相关政府信息",
            "本单位不掌握相关政府信息",
        ),
    ),
    request_row(
        "unavailable_needs_creation",
        "2.没有现成信息需要另行制作",
        _UNAVAILABLE,
        ("没有现成信息，需要另行制作", "没有现成信息", "没有现成信息需另行制作", "需要另行制作"),
    ),
    request_row(
        "unavailable_unclear",
        "3.补正后申请内容仍不明确",
        _UNAVAILABLE,
        ("补正后申请内容不明确", "补正后仍不明确", "补正后申请内容仍不明"),
    ),
    request_row(
        "unprocessed_petition",
        "1.信访举报投诉类申请",
        _UNPROCESSED,
        ("信访举报投诉类", "信访投诉举报类申请", "信访投诉举报类"),
    ),
    request_row("unprocessed_repeat", "2.重复申请", _UNPROCESSED, ("重复申请类",)),
    request_row("unprocessed_publication", "3.要求提供公开出版物", _UNPROCESSED, ("提供公开出版物", "要求公开出版物")),
    request_row(
        "unprocessed_excessive",
        "4.无正当理由大量反复申请",
        _UNPROCESSED,
        ("无正当理由大量重复申请", "大量反复申请", "无正当理由反复申请"),
    ),
    request_row(
        "unprocessed_reconfirmation",
        "5.要求行政机关确认或重新出具已获取信息",
        _UNPROCESSED,
        (
            "要求行政机关确认或者重新出具已获取信息",
            "要求行政机关确认或重新出具已获取的政府信息",
            "要求行政机关确认或重新出具已获取政府信息",
            "要求确认或重新出具已获取的信息",
            "要求行政机关确认或重新出具已获取的信息",
            "要求行政机关确认或重新出具",
            "确认或重新出具已获取信息",
            "要求确认或重新出具已获取信息",
        ),
    ),
)

OTHER_PROCESSING = request_row(
    "other_processing",
    OTHER,
    _GRANTED,
    ("其它处理", "其他处理情况", "其它处理情况", "其他处理情形", "其它处理情形", "六其他", "六其它"),
)
"""（六）其他处理 as one row: the 2019 form, and 2021 reports that print it without its three sub-rows.

A bare 其他 is （六）其他处理 only with its ordinal: without one it is an applicant, a result, or 3.其他.
"""

CLOSING = (
    request_row(
        "processed_total",
        "（七）总计",
        _GRANTED,
        ("总计", "合计", "总计（七）", "总数", "办理结果总计"),
    ),
    request_row(
        "carried_out",
        "四、结转下年度继续办理",
        aliases=(
            "结转下年度继续办理数量",
            "结转下一年度继续办理",
            "结转下年度办理",
            "结转下年继续办理",
            "结转下年度",
            "结转下年",
            "结转至下年度继续办理",
            "结转到下年度继续办理",
            "结转下年度继续办理的申请数量",
        ),
    ),
)

REVIEW = Table(
    "review",
    (
        Row("reconsideration", "行政复议", OUTCOMES, aliases=("行政复议情况",)),
        Row(
            "litigation_direct",
            "未经复议直接起诉",
            OUTCOMES,
            "行政诉讼",
            ("未经复议直接起诉的", "未经复议起诉", "直接起诉", "行政诉讼（未经复议直接起诉）"),
        ),
        Row(
            "litigation_after_reconsideration",
            "复议后起诉",
            OUTCOMES,
            "行政诉讼",
            ("经复议后起诉", "复议后起诉的", "复议后诉讼", "经复议后诉讼", "行政诉讼（复议后起诉）"),
        ),
    ),
    groups=("行政诉讼",),
)


def sums(processed: tuple[str, ...]) -> tuple[Sum, ...]:
    """Return the identities printed on the form (本列数据的勾稽关系), given the names of its outcome rows."""
    applicants = tuple(column.name for column in APPLICANTS[:-1])
    outcomes = tuple(column.name for column in OUTCOMES[:-1])
    return (
        Sum("row_total", "requests", "row", applicants, ("total",)),
        Sum("column_total", "requests", "column", processed, ("processed_total",)),
        Sum("in_equals_out", "requests", "column", ("new", "carried_in"), ("processed_total", "carried_out")),
        Sum("review_total", "review", "row", outcomes, ("total",)),
    )
