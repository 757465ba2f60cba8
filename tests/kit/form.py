"""The two forms as printed (国办公开办函〔2021〕30号, 〔2019〕60号): official labels in order, codebook names."""

REQUEST_COLUMNS = (
    ("natural_person", "自然人"),
    ("business", "商业企业"),
    ("research_institute", "科研机构"),
    ("welfare_organization", "社会公益组织"),
    ("legal_service", "法律服务机构"),
    ("other", "其他"),
    ("total", "总计"),
)
APPLICANTS = tuple(name for name, _ in REQUEST_COLUMNS[:-1])

NEW = ("new", "一、本年新收政府信息公开申请数量")
CARRIED_IN = ("carried_in", "二、上年结转政府信息公开申请数量")
CARRIED_OUT = ("carried_out", "四、结转下年度继续办理")
PROCESSED_TOTAL = ("processed_total", "（七）总计")
RESULTS_LABEL = "三、本年度办理结果"

_COMMON_OUTCOMES = (
    ("granted", "", "（一）予以公开"),
    ("granted_in_part", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("refused_state_secret", "（三）不予公开", "1.属于国家秘密"),
    ("refused_prohibited_by_law", "（三）不予公开", "2.其他法律行政法规禁止公开"),
    ("refused_security_and_stability", "（三）不予公开", "3.危及“三安全一稳定”"),
    ("refused_third_party_rights", "（三）不予公开", "4.保护第三方合法权益"),
    ("refused_internal_affairs", "（三）不予公开", "5.属于三类内部事务信息"),
    ("refused_process_information", "（三）不予公开", "6.属于四类过程性信息"),
    ("refused_enforcement_file", "（三）不予公开", "7.属于行政执法案卷"),
    ("refused_administrative_inquiry", "（三）不予公开", "8.属于行政查询事项"),
    ("unavailable_not_held", "（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("unavailable_needs_creation", "（四）无法提供", "2.没有现成信息需要另行制作"),
    ("unavailable_unclear", "（四）无法提供", "3.补正后申请内容仍不明确"),
    ("unprocessed_petition", "（五）不予处理", "1.信访举报投诉类申请"),
    ("unprocessed_repeat", "（五）不予处理", "2.重复申请"),
    ("unprocessed_publication", "（五）不予处理", "3.要求提供公开出版物"),
    ("unprocessed_excessive", "（五）不予处理", "4.无正当理由大量反复申请"),
    ("unprocessed_reconfirmation", "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
)
OTHER_ROWS = (
    ("other_not_corrected", "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_fee_unpaid", "（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_other", "（六）其他处理", "3.其他"),
)
_MERGED_OTHER = (("other_processing", "", "（六）其他处理"),)


def outcomes(template: str, merged_other: bool) -> tuple[tuple[str, str, str], ...]:
    """Return (row, group label, label) of every outcome row a form prints."""
    merged = template == "2019" or merged_other
    return _COMMON_OUTCOMES + (_MERGED_OTHER if merged else OTHER_ROWS)


# Blocks of the disclosure table: (article, header labels, rows of (row, label, columns)).
Block = tuple[str, tuple[str, ...], tuple[tuple[str, str, tuple[str, ...]], ...]]

_DOCUMENTS_2021 = ("issued", "repealed", "in_force")
_DOCUMENTS_2019 = ("made", "newly_disclosed", "disclosed")
_SERVICES_2019 = ("items_last_year", "change", "decisions")

DISCLOSURE: dict[str, tuple[Block, ...]] = {
    "2021": (
        (
            "第二十条第（一）项",
            ("本年制发件数", "本年废止件数", "现行有效件数"),
            (("regulations", "规章", _DOCUMENTS_2021), ("normative_documents", "行政规范性文件", _DOCUMENTS_2021)),
        ),
        ("第二十条第（五）项", ("本年处理决定数量",), (("licensing", "行政许可", ("decisions",)),)),
        (
            "第二十条第（六）项",
            ("本年处理决定数量",),
            (("penalties", "行政处罚", ("decisions",)), ("coercion", "行政强制", ("decisions",))),
        ),
        ("第二十条第（八）项", ("本年收费金额（单位：万元）",), (("fees", "行政事业性收费", ("amount",)),)),
    ),
    "2019": (
        (
            "第二十条第（一）项",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            (("regulations", "规章", _DOCUMENTS_2019), ("normative_documents", "规范性文件", _DOCUMENTS_2019)),
        ),
        (
            "第二十条第（五）项",
            ("上一年项目数量", "本年增/减", "处理决定数量"),
            (("licensing", "行政许可", _SERVICES_2019), ("other_services", "其他对外管理服务事项", _SERVICES_2019)),
        ),
        (
            "第二十条第（六）项",
            ("上一年项目数量", "本年增/减", "处理决定数量"),
            (("penalties", "行政处罚", _SERVICES_2019), ("coercion", "行政强制", _SERVICES_2019)),
        ),
        (
            "第二十条第（八）项",
            ("上一年项目数量", "本年增/减"),
            (("fees", "行政事业性收费", ("items_last_year", "change")),),
        ),
        (
            "第二十条第（九）项",
            ("采购项目数量", "采购总金额"),
            (("procurement", "政府集中采购", ("projects", "amount")),),
        ),
    ),
}

REVIEW_ROWS = (
    ("reconsideration", "行政复议"),
    ("litigation_direct", "未经复议直接起诉"),
    ("litigation_after_reconsideration", "复议后起诉"),
)
REVIEW_COLUMNS = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)

SUM_HINT = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
