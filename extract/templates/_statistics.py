"""Rows of the statistics table of 2014, part by part: official labels with the whole path of their ordinals."""

from collections.abc import Iterator

from extract.templates import Column, Row

_NUMBER = "数量 数值 统计数据 统计数值 统计值 统计数量 指标值 本年数 本年统计数 本年度统计数"

DISCLOSURE = "一、主动公开情况"
RESPONSES = "二、回应解读情况"
REQUESTS = "三、依申请公开情况"
RECONSIDERATION = "四、行政复议数量"
LITIGATION = "五、行政诉讼数量"
CAPACITY = "八、机构建设和保障经费情况"
MEETINGS = "九、政府信息公开会议和培训情况"


def _rows(group: str, *lines: tuple[str, str, str, str]) -> Iterator[Row]:
    """Yield rows from (name, unit, label, other printings of the label set off by spaces)."""
    for name, unit, label, aliases in lines:
        number = Column("value", "统计数", unit, tuple(_NUMBER.split()))
        yield Row(name, label, (number,), group, tuple(aliases.split()))


ROWS = (
    *_rows(
        DISCLOSURE,
        (
            "proactive_total",
            "条",
            "一、（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
            "主动公开政府信息数 主动公开政府信息总数 主动公开信息数 主动公开政府信息数量",
        ),
        (
            "proactive_normative_documents",
            "条",
            "一、（一）其中：主动公开规范性文件数",
            "主动公开规范性文件数 主动公开规范性文件总数 主动公开行政规范性文件数",
        ),
        (
            "normative_documents_issued",
            "件",
            "一、（一）制发规范性文件总数",
            "制发规范性文件数 制发规范性文件总数量 制发行政规范性文件总数",
        ),
        ("channel_gazette", "条", "一、（二）1.政府公报公开政府信息数", "政府公报公开信息数 政府公报公开政府信息数量"),
        ("channel_website", "条", "一、（二）2.政府网站公开政府信息数", "政府网站公开信息数 政府网站公开政府信息数量"),
        ("channel_weibo", "条", "一、（二）3.政务微博公开政府信息数", "政务微博公开信息数 政务微博公开政府信息数量"),
        ("channel_wechat", "条", "一、（二）4.政务微信公开政府信息数", "政务微信公开信息数 政务微信公开政府信息数量"),
        (
            "channel_other",
            "条",
            "一、（二）5.其他方式公开政府信息数",
            "其他方式公开信息数 其它方式公开政府信息数 其他方式公开政府信息数量 其他方式",
        ),
    ),
    *_rows(
        RESPONSES,
        (
            "responses_total",
            "次",
            "二、（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）",
            "回应公众关注热点或重大舆情数 回应公众关注热点或重大舆情次数 回应公众关注热点和重大舆情数",
        ),
        (
            "press_conferences",
            "次",
            "二、（二）1.参加或举办新闻发布会总次数",
            "参加或举办新闻发布会次数 参加或举办新闻发布会总数 举办新闻发布会总次数",
        ),
        (
            "press_conferences_by_leaders",
            "次",
            "二、（二）1.其中：主要负责同志参加新闻发布会次数",
            "主要负责同志参加新闻发布会次数 主要负责人参加新闻发布会次数",
        ),
        ("online_interviews", "次", "二、（二）2.政府网站在线访谈次数", "政府网站在线访谈总次数 政府网站在线访谈数"),
        (
            "online_interviews_by_leaders",
            "次",
            "二、（二）2.其中：主要负责同志参加政府网站在线访谈次数",
            "主要负责同志参加政府网站在线访谈次数 主要负责人参加政府网站在线访谈次数",
        ),
        ("policy_explanations", "篇", "二、（二）3.政策解读稿件发布数", "政策解读稿件发布数量 政策解读稿件数"),
        (
            "responses_weibo_wechat",
            "次",
            "二、（二）4.微博微信回应事件数",
            "微博微信回应事件次数 微博、微信回应事件数量",
        ),
        ("responses_other", "次", "二、（二）5.其他方式回应事件数", "其它方式回应事件数 其他方式回应事件次数 其他方式"),
    ),
    *_rows(
        REQUESTS,
        ("requests_received", "件", "三、（一）收到申请数", "收到申请数量 收到申请总数"),
        ("received_in_person", "件", "三、（一）1.当面申请数", "当面申请数量 当面申请"),
        ("received_by_fax", "件", "三、（一）2.传真申请数", "传真申请数量 传真申请"),
        ("received_online", "件", "三、（一）3.网络申请数", "网络申请数量 网络申请 网上申请数"),
        ("received_by_letter", "件", "三、（一）4.信函申请数", "信函申请数量 信函申请"),
        ("requests_closed", "件", "三、（二）申请办结数", "申请办结数量 申请办结总数"),
        ("closed_on_time", "件", "三、（二）1.按时办结数", "按时办结数量 按时办结"),
        ("closed_after_extension", "件", "三、（二）2.延期办结数", "延期办结数量 延期办结"),
        ("replies_total", "件", "三、（三）申请答复数", "申请答复数量 申请答复总数"),
        (
            "replies_already_public",
            "件",
            "三、（三）1.属于已主动公开范围数",
            "属于已主动公开范围 已主动公开范围数 属于主动公开范围数",
        ),
        ("replies_granted", "件", "三、（三）2.同意公开答复数", "同意公开答复数量 同意公开数"),
        ("replies_granted_in_part", "件", "三、（三）3.同意部分公开答复数", "同意部分公开答复数量 同意部分公开数"),
        ("replies_refused", "件", "三、（三）4.不同意公开答复数", "不同意公开答复数量 不同意公开数"),
        ("refused_state_secret", "件", "三、（三）4.其中：涉及国家秘密", "涉及国家秘密 涉及国家秘密数"),
        ("refused_trade_secret", "件", "三、（三）4.涉及商业秘密", "涉及商业秘密数"),
        ("refused_privacy", "件", "三、（三）4.涉及个人隐私", "涉及个人隐私数"),
        (
            "refused_security_and_stability",
            "件",
            "三、（三）4.危及国家安全、公共安全、经济安全和社会稳定",
            "危及国家安全、公共安全、经济安全和社会稳定数 危及国家安全、公共安全、经济安全或社会稳定 危及国家安全、公共安全、经济安全、社会稳定 危及“三安全一稳定”",
        ),
        (
            "refused_not_government_information",
            "件",
            "三、（三）4.不是《条例》所指政府信息",
            "不是《条例》所指政府信息数 非《条例》所指政府信息 不是《政府信息公开条例》所指政府信息",
        ),
        (
            "refused_other_law",
            "件",
            "三、（三）4.法律法规规定的其他情形",
            "法律法规规定的其他情形数 法律法规规定的其它情形 法律、法规规定的其他情况 其他情形",
        ),
        (
            "replies_not_this_agency",
            "件",
            "三、（三）5.不属于本行政机关公开数",
            "不属于本行政机关公开 不属于本行政机关公开范围数 不属于本机关公开数",
        ),
        ("replies_not_existing", "件", "三、（三）6.申请信息不存在数", "申请信息不存在 信息不存在数"),
        ("replies_needs_correction", "件", "三、（三）7.告知作出更改补充数", "告知作出更改补充 告知做出更改补充数"),
        (
            "replies_other_channel",
            "件",
            "三、（三）8.告知通过其他途径办理数",
            "告知通过其他途径办理 告知通过其它途径办理数",
        ),
    ),
    *_rows(
        "",
        ("reconsideration_total", "件", RECONSIDERATION, "行政复议数 行政复议总数 行政复议案件数量 行政复议"),
    ),
    *_rows(
        RECONSIDERATION,
        ("reconsideration_upheld", "件", "四、（一）维持具体行政行为数", "维持具体行政行为 维持行政行为数"),
        ("reconsideration_corrected", "件", "四、（二）被依法纠错数", "被依法纠错 依法纠错数"),
        ("reconsideration_other", "件", "四、（三）其他情形数", "其他情形 其它情形数 其他情况数"),
    ),
    *_rows(
        "",
        ("litigation_total", "件", LITIGATION, "行政诉讼数 行政诉讼总数 行政诉讼案件数量 行政诉讼"),
    ),
    *_rows(
        LITIGATION,
        (
            "litigation_upheld",
            "件",
            "五、（一）维持具体行政行为或者驳回原告诉讼请求数",
            "维持具体行政行为或驳回原告诉讼请求数 维持具体行政行为或者驳回原告诉讼请求 维持具体行政行为数 维持具体行政行为 维持行政行为数",
        ),
        ("litigation_corrected", "件", "五、（二）被依法纠错数", "被依法纠错 依法纠错数"),
        ("litigation_other", "件", "五、（三）其他情形数", "其他情形 其它情形数 其他情况数"),
    ),
    *_rows(
        "",
        ("complaints", "件", "六、举报投诉数量", "举报投诉数 举报投诉总数"),
        (
            "fees_collected",
            "万元",
            "七、依申请公开信息收取的费用",
            "依申请公开收取的费用 依申请公开政府信息收取的费用 依申请公开信息收取费用",
        ),
    ),
    *_rows(
        CAPACITY,
        (
            "dedicated_offices",
            "个",
            "八、（一）政府信息公开工作专门机构数",
            "政府信息公开专门机构数 政府信息公开工作专门机构数量",
        ),
        (
            "reading_points",
            "个",
            "八、（二）设置政府信息公开查阅点数",
            "政府信息公开查阅点数 设立政府信息公开查阅点数 设置政府信息公开查阅点数量",
        ),
        (
            "staff_total",
            "人",
            "八、（三）从事政府信息公开工作人员数",
            "从事政府信息公开工作人员总数 从事政府信息公开工作的人员数",
        ),
        (
            "staff_full_time",
            "人",
            "八、（三）1.专职人员数（不包括政府公报及政府网站工作人员数）",
            "专职人员数 专职人员 专职人员数（不包括政府公报及政府网站工作人员）",
        ),
        ("staff_part_time", "人", "八、（三）2.兼职人员数", "兼职人员"),
        (
            "budget",
            "万元",
            "八、（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
            "政府信息公开专项经费 政府信息公开工作专项经费",
        ),
    ),
    *_rows(
        MEETINGS,
        (
            "meetings",
            "次",
            "九、（一）召开政府信息公开工作会议或专题会议数",
            "召开政府信息公开工作会议或专题会议次数 召开政府信息公开工作会议或者专题会议数",
        ),
        ("trainings", "次", "九、（二）举办各类培训班数", "举办各类培训班次数 举办培训班数"),
        ("trainees", "人次", "九、（三）接受培训人员数", "接受培训人数 接受培训人次"),
    ),
)
