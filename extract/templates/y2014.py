"""The statistics table of 国办发〔2014〕32号, for reports on 2014 to 2018.

Labels carry the whole path of ordinals (四、（二）); a printed table shows only the last of them, and provinces renumbered,
shortened and split the rows, so the words alone are matched. Labels that stand in two parts of the table (被依法纠错数)
name several rows: ``group``, the part's own label, tells them apart. Aliases are shortenings and older printings.
The channels of 主动公开 do not add up to its total: information published in several ways counts once.
"""

from extract.templates import Sum, Table, Template
from extract.templates._statistics import CAPACITY, DISCLOSURE, MEETINGS, REQUESTS, RESPONSES, ROWS

_GROUPS = (
    DISCLOSURE,
    "一、主动公开政府信息情况",
    "一、（二）通过不同渠道和方式公开政府信息的情况",
    "一、（二）通过不同渠道和方式公开政府信息情况",
    RESPONSES,
    "二、回应解读工作情况",
    "二、（二）通过不同渠道和方式回应解读的情况",
    "二、（二）通过不同渠道和方式回应解读情况",
    REQUESTS,
    "三、依申请公开政府信息情况",
    "四、行政复议情况",
    "五、行政诉讼情况",
    "六、举报投诉情况",
    "七、收费情况",
    CAPACITY,
    "八、机构建设及保障经费情况",
    "八、机构建设和经费保障情况",
    MEETINGS,
    "九、政府信息公开工作会议和培训情况",
    "九、会议和培训情况",
)

TEMPLATE = Template(
    name="2014",
    first_year=2014,
    last_year=2018,
    tables=(Table("statistics", ROWS, _GROUPS),),
    sums=(
        Sum(
            "column_total",
            "statistics",
            "column",
            ("received_in_person", "received_by_fax", "received_online", "received_by_letter"),
            ("requests_received",),
        ),
        Sum("column_total", "statistics", "column", ("closed_on_time", "closed_after_extension"), ("requests_closed",)),
        Sum(
            "column_total",
            "statistics",
            "column",
            (
                "replies_already_public",
                "replies_granted",
                "replies_granted_in_part",
                "replies_refused",
                "replies_not_this_agency",
                "replies_not_existing",
                "replies_needs_correction",
                "replies_other_channel",
            ),
            ("replies_total",),
        ),
        Sum(
            "column_total",
            "statistics",
            "column",
            (
                "refused_state_secret",
                "refused_trade_secret",
                "refused_privacy",
                "refused_security_and_stability",
                "refused_not_government_information",
                "refused_other_law",
            ),
            ("replies_refused",),
        ),
        Sum(
            "column_total",
            "statistics",
            "column",
            ("reconsideration_upheld", "reconsideration_corrected", "reconsideration_other"),
            ("reconsideration_total",),
        ),
        Sum(
            "column_total",
            "statistics",
            "column",
            ("litigation_upheld", "litigation_corrected", "litigation_other"),
            ("litigation_total",),
        ),
        Sum("column_total", "statistics", "column", ("staff_full_time", "staff_part_time"), ("staff_total",)),
    ),
    circular="国办发〔2014〕32号",
)
