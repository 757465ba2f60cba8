"""The statistics table of 2014 to 2018 as printed, and random reports whose figures add up."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.kit import names, narrative
from tests.kit.truth import MARKS, TruthCell

NO_UNIT = "——"

# (row or empty for a label that only heads others, printed label, unit)
TABLE = (
    ("", "一、主动公开情况", NO_UNIT),
    ("proactive_total", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条"),
    ("proactive_normative_documents", "其中：主动公开规范性文件数", "条"),
    ("normative_documents_issued", "制发规范性文件总数", "件"),
    ("", "（二）通过不同渠道和方式公开政府信息的情况", NO_UNIT),
    ("channel_gazette", "1.政府公报公开政府信息数", "条"),
    ("channel_website", "2.政府网站公开政府信息数", "条"),
    ("channel_weibo", "3.政务微博公开政府信息数", "条"),
    ("channel_wechat", "4.政务微信公开政府信息数", "条"),
    ("channel_other", "5.其他方式公开政府信息数", "条"),
    ("", "二、回应解读情况", NO_UNIT),
    ("responses_total", "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次"),
    ("", "（二）通过不同渠道和方式回应解读的情况", NO_UNIT),
    ("press_conferences", "1.参加或举办新闻发布会总次数", "次"),
    ("press_conferences_by_leaders", "其中：主要负责同志参加新闻发布会次数", "次"),
    ("online_interviews", "2.政府网站在线访谈次数", "次"),
    ("online_interviews_by_leaders", "其中：主要负责同志参加政府网站在线访谈次数", "次"),
    ("policy_explanations", "3.政策解读稿件发布数", "篇"),
    ("responses_weibo_wechat", "4.微博微信回应事件数", "次"),
    ("responses_other", "5.其他方式回应事件数", "次"),
    ("", "三、依申请公开情况", NO_UNIT),
    ("requests_received", "（一）收到申请数", "件"),
    ("received_in_person", "1.当面申请数", "件"),
    ("received_by_fax", "2.传真申请数", "件"),
    ("received_online", "3.网络申请数", "件"),
    ("received_by_letter", "4.信函申请数", "件"),
    ("requests_closed", "（二）申请办结数", "件"),
    ("closed_on_time", "1.按时办结数", "件"),
    ("closed_after_extension", "2.延期办结数", "件"),
    ("replies_total", "（三）申请答复数", "件"),
    ("replies_already_public", "1.属于已主动公开范围数", "件"),
    ("replies_granted", "2.同意公开答复数", "件"),
    ("replies_granted_in_part", "3.同意部分公开答复数", "件"),
    ("replies_refused", "4.不同意公开答复数", "件"),
    ("refused_state_secret", "其中：涉及国家秘密", "件"),
    ("refused_trade_secret", "涉及商业秘密", "件"),
    ("refused_privacy", "涉及个人隐私", "件"),
    ("refused_security_and_stability", "危及国家安全、公共安全、经济安全和社会稳定", "件"),
    ("refused_not_government_information", "不是《条例》所指政府信息", "件"),
    ("refused_other_law", "法律法规规定的其他情形", "件"),
    ("replies_not_this_agency", "5.不属于本行政机关公开数", "件"),
    ("replies_not_existing", "6.申请信息不存在数", "件"),
    ("replies_needs_correction", "7.告知作出更改补充数", "件"),
    ("replies_other_channel", "8.告知通过其他途径办理数", "件"),
    ("reconsideration_total", "四、行政复议数量", "件"),
    ("reconsideration_upheld", "（一）维持具体行政行为数", "件"),
    ("reconsideration_corrected", "（二）被依法纠错数", "件"),
    ("reconsideration_other", "（三）其他情形数", "件"),
    ("litigation_total", "五、行政诉讼数量", "件"),
    ("litigation_upheld", "（一）维持具体行政行为或者驳回原告诉讼请求数", "件"),
    ("litigation_corrected", "（二）被依法纠错数", "件"),
    ("litigation_other", "（三）其他情形数", "件"),
    ("complaints", "六、举报投诉数量", "件"),
    ("fees_collected", "七、依申请公开信息收取的费用", "万元"),
    ("", "八、机构建设和保障经费情况", NO_UNIT),
    ("dedicated_offices", "（一）政府信息公开工作专门机构数", "个"),
    ("reading_points", "（二）设置政府信息公开查阅点数", "个"),
    ("staff_total", "（三）从事政府信息公开工作人员数", "人"),
    ("staff_full_time", "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人"),
    ("staff_part_time", "2.兼职人员数", "人"),
    ("budget", "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元"),
    ("", "九、政府信息公开会议和培训情况", NO_UNIT),
    ("meetings", "（一）召开政府信息公开工作会议或专题会议数", "次"),
    ("trainings", "（二）举办各类培训班数", "次"),
    ("trainees", "（三）接受培训人员数", "人次"),
)
ROWS = tuple(row for row, _, _ in TABLE if row)
MONEY = ("fees_collected", "budget")

SUMS = (
    ("requests_received", ("received_in_person", "received_by_fax", "received_online", "received_by_letter")),
    ("requests_closed", ("closed_on_time", "closed_after_extension")),
    ("replies_refused", tuple(row for row in ROWS if row.startswith("refused_"))),
    ("replies_total", tuple(row for row in ROWS if row.startswith("replies_") and row != "replies_total")),
    ("reconsideration_total", ("reconsideration_upheld", "reconsideration_corrected", "reconsideration_other")),
    ("litigation_total", ("litigation_upheld", "litigation_corrected", "litigation_other")),
    ("staff_total", ("staff_full_time", "staff_part_time")),
)

# The seven parts of the reports before 2019.
HEADINGS = (
    "一、概述",
    "二、主动公开政府信息情况",
    "三、依申请公开政府信息办理情况",
    "四、政府信息公开的收费及减免情况",
    "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
    "六、政府信息公开工作存在的主要问题及改进措施",
    "七、其他需要说明的事项",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of the table; ``row`` is empty for a label that heads others."""

    row: str
    label: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its agency meant it: the prose, the lines of its table, the cells to be read."""

    agency: str
    region: str
    year: int
    title: str
    published: str
    sections: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]
    cells: tuple[TruthCell, ...]


def make_report(
    seed: int,
    *,
    year: int | None = None,
    dense: bool = True,
    blanks: bool = False,
    marks: bool = False,
    broken: bool = False,
) -> Report:
    """Make a report; the same arguments always make the same one. ``broken`` makes one printed total wrong."""
    rng = Random(seed)
    name, region = names.agency(rng)
    year = year or rng.randint(2014, 2018)
    values = _values(rng, dense)
    if broken:
        values[rng.choice(SUMS)[0]] += rng.randint(1, 3)
    states = dict.fromkeys(ROWS, "reported") | _gaps(rng, values, blanks, marks)
    mark = rng.choice(MARKS)
    lines = tuple(
        Line(row, label, unit, {"reported": _text(rng, row, values), "blank": "", "mark": mark}[states[row]])
        if row
        else Line("", label, unit, "")
        for row, label, unit in TABLE
    )
    return Report(
        agency=name,
        region=region,
        year=year,
        title=f"{name}{year}年政府信息公开工作年度报告",
        published=(date(year + 1, 1, 4) + timedelta(days=rng.randint(0, 80))).isoformat(),
        sections=_sections(rng, name, year),
        lines=lines,
        cells=tuple(_cell(row, states[row], values[row]) for row in ROWS),
    )


def without(report: Report, gone: set[int]) -> Report:
    """Return a report that does not print some lines of its table: their cells are absent."""
    kept = tuple(line for place, line in enumerate(report.lines) if place not in gone)
    return _with_lines(report, kept, {report.lines[place].row for place in gone})


def renamed(report: Report, place: int, label: str) -> Report:
    """Return a report that prints another label in one line: nobody can say what its number is."""
    lines = list(report.lines)
    lines[place] = replace(lines[place], label=label)
    return _with_lines(report, tuple(lines), {lines[place].row})


def swapped(report: Report, one: int, two: int) -> Report:
    """Return a report that prints two lines of its table in each other's place."""
    lines = list(report.lines)
    lines[one], lines[two] = lines[two], lines[one]
    return _with_lines(report, tuple(lines), set())


def _with_lines(report: Report, lines: tuple[Line, ...], lost: set[str]) -> Report:
    cells = tuple(_cell(cell["row"], "absent", 0) if cell["row"] in lost else cell for cell in report.cells)
    return replace(report, lines=lines, cells=cells)


def _cell(row: str, state: str, value: float) -> TruthCell:
    number = value if state == "reported" else None
    return TruthCell(table="statistics", row=row, item=None, column="value", state=state, value=number)


def _values(rng: Random, dense: bool) -> dict[str, float]:
    values: dict[str, float] = {row: _count(rng, dense) for row in ROWS if row not in MONEY}
    for total, parts in SUMS:
        values[total] = sum(values[part] for part in parts)
    for row in MONEY:
        amount = rng.choice((rng.randint(1, 99), rng.randint(1, 9_999) / 100)) if dense or rng.random() < 0.3 else 0
        values[row] = int(amount) if amount == int(amount) else amount
    return values


def _count(rng: Random, dense: bool) -> int:
    return rng.randint(1, 4_999) if dense else rng.choice((0, 0, 0, 0, rng.randint(1, 30)))


def _text(rng: Random, row: str, values: dict[str, float]) -> str:
    """Print a number; money now and then in 元 behind the number, whatever the column of units says."""
    value = values[row]
    if row in MONEY and rng.random() < 0.2:
        return f"{round(value * 10_000)}元"
    return str(value)


def _gaps(rng: Random, values: dict[str, float], blanks: bool, marks: bool) -> dict[str, str]:
    kinds = [kind for kind, wanted in (("blank", blanks), ("mark", marks)) if wanted]
    if not kinds:
        return {}
    chosen = [row for row in ROWS if rng.random() < (0.3 if values[row] == 0 else 0.1)] or [rng.choice(ROWS)]
    return {row: kinds[place % len(kinds)] for place, row in enumerate(chosen)}


def _sections(rng: Random, agency: str, year: int) -> tuple[tuple[str, ...], ...]:
    written = narrative.sections(rng, agency, year)
    return (
        written[0],
        (f"{year}年，全年主动公开政府信息{rng.randint(1, 999)}条，其中通过网站公开{rng.randint(1, 99)}条。",),
        (f"{year}年，收到申请{rng.randint(1, 99)}件，均按时办结。",),
        ("未收取任何费用。",),
        ("未发生行政复议、行政诉讼。",),
        written[4],
        ("无其他需要说明的事项。",),
    )
