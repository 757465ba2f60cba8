import pytest

from extract.identity.titles import find_agency, is_agency, read_title

REPORT = "政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        (f"2022年清江县教育局{REPORT}", "清江县教育局", 2022),
        ("云澜省教育厅2024年度政府信息公开工作报告", "云澜省教育厅", 2024),
        ("清江市教育局2022年政府信息公开年度报告", "清江市教育局", 2022),
        (f"清江县人民政府办公室2023年度{REPORT}", "清江县人民政府办公室", 2023),
        (f"2023年{REPORT}", None, 2023),
        (f"梅湖街道2023{REPORT}", "梅湖街道", 2023),
        ("2022度清江区粤汉街道信息公开工作年度报告", "清江区粤汉街道", 2022),
        (f"清江市城乡工作办事处 2025年{REPORT}", "清江市城乡工作办事处", 2025),
        (f"清江市科学技术局 2023 年{REPORT[:-2]} 报告", "清江市科学技术局", 2023),
        (
            f"中国(云澜)自由贸易试验区清江片区管理委员会2022年{REPORT}",
            "中国(云澜)自由贸易试验区清江片区管理委员会",
            2022,
        ),
        ("清江开发区管理委员会2024年度政府信息公开工作情况报告", "清江开发区管理委员会", 2024),
        (f"清江县2023年{REPORT}", "清江县", 2023),
        (f"清江旗扎格斯台苏木2023年{REPORT}", "清江旗扎格斯台苏木", 2023),
        (f"清江市人民政府2019年{REPORT}（图片版）", "清江市人民政府", 2019),
        (f"二〇二三年清江县教育局{REPORT}", "清江县教育局", 2023),
        (f"2O23年清江县教育局{REPORT}", "清江县教育局", 2023),
        ("关于2023年度清江县教育局政府信息公开工作情况的报告", "清江县教育局", 2023),
        (f"附件1：清江县财政局2023年{REPORT}", "清江县财政局", 2023),
        (f"【公开年报】清江县财政局2023年{REPORT}", "清江县财政局", 2023),
        (f"（更正）清江县财政局2023年{REPORT}", "清江县财政局", 2023),
        (f"清江县财政局（更正）2023年{REPORT}", "清江县财政局", 2023),
        (f"关于更正清江县财政局2023年{REPORT}的说明", "清江县财政局", 2023),
        (f"（原）清江县旅游局2017年{REPORT}", "清江县旅游局", 2017),
        (f"2022年清江县各乡镇{REPORT}", None, 2022),
        (f"2022年清江县何各庄镇{REPORT}", "清江县何各庄镇", 2022),
        (f"[更正后版本]清江县财政局2023年{REPORT}", "清江县财政局", 2023),
        (f"（附件）2023年清江县财政局{REPORT}", "清江县财政局", 2023),
        (f"清江县信访局2023年{REPORT}", "清江县信访局", 2023),
        (f"清江县统计局2023年{REPORT}", "清江县统计局", 2023),
        (f"2023年度{REPORT}（清江县水利局）", "清江县水利局", 2023),
        (f"2023年度{REPORT}（图片版）", None, 2023),
        (f"清江县水利局：2023年{REPORT}", "清江县水利局", 2023),
        (f"标题：清江县水利局2023年{REPORT}", "清江县水利局", 2023),
        (f"清江县法院路街道办事处2023年{REPORT}", "清江县法院路街道办事处", 2023),
        ("清江县审计局2023年政务信息公开工作开展年度报告", "清江县审计局", 2023),
        (f"清江部发布2023年{REPORT}", "清江部", 2023),
        (f"（文字版）2023年清江市{REPORT}", "清江市", 2023),
        ("2019年度石桥镇政府（机关）信息公开年度报告", "石桥镇政府", 2019),
        (f"清江市人民政府办公室（以下简称市府办）2023年{REPORT}", "清江市人民政府办公室", 2023),
        (f"(word版)清江市2023年{REPORT}", "清江市", 2023),
    ],
)
def test_titles_of_reports(title: str, agency: str | None, year: int) -> None:
    said = read_title(title)
    assert (said.agency, said.year, said.kind) == (agency, year, "report")


@pytest.mark.parametrize(
    "title",
    [
        f"一图读懂：清江县人民政府2023年度{REPORT}",
        f"关于做好2018年{REPORT}编制和公布工作的通知",
        "清江县法治政府建设2023年年度报告",
        "政府网站工作年度报表（2023年度）",
        "清江县教育局2024年度部门决算",
        "政府信息公开指南",
        "清江县教育局2023年政务公开工作总结",
        "清江县人民法院2023年信息公开工作年度报告",
        f"2023年清江县人民医院{REPORT}",
        "清江县水利局2023年上半年政府信息公开工作报告",
        "清江县水利局2023年第三季度政府信息公开情况报告",
        f"《清江县教育局2023年{REPORT}》解读",
        f"关于征求《清江县教育局2023年{REPORT}（征求意见稿）》意见的公告",
        "清江县第一中学2023年信息公开工作年度报告",
        "清江职业学院2023年信息公开年度报告",
        "清江学校2022-2023学年信息公开年度报告",
        "清江县白石镇中心卫生院2023年信息公开年度报告",
        "清江水务集团2023年信息公开年度报告",
        "清江供电公司2023年信息公开年度报告",
        f"清江县教育局2023年{REPORT}（草案）",
        f"关于公开征集对《2023年{REPORT}》意见的公告",
        f"关于2023年{REPORT}有关事项的通知",
        f"关于2023年{REPORT}发布情况的通报",
        f"数说清江县2023年{REPORT}",
        f"《清江县2023年{REPORT}》新闻发布会",
        "清江县第一医院2023年信息公开工作年度报告",
        f"{REPORT}范文",
        f"2023年{REPORT}模板",
    ],
)
def test_look_alikes_beat_report_words(title: str) -> None:
    assert read_title(title).kind == "look_alike"


@pytest.mark.parametrize("text", ["2023年年报", "年度报告", "首页", "清江县教育局", "清海报〔2016〕6号"])
def test_lines_that_say_too_little(text: str) -> None:
    assert read_title(text).kind == "unknown"


def test_the_year_of_a_circular_is_no_year() -> None:
    assert read_title(f"按国办公开办函〔2021〕30号编制的2023年{REPORT}").year == 2023
    assert read_title(f"2022年与2023年{REPORT}").year is None


@pytest.mark.parametrize(
    "name", ["我局", "本机关", "各单位", "区委", "市政府", "县人民政府", "该局", "全县", "我部", "本院"]
)
def test_words_that_name_nobody(name: str) -> None:
    assert not is_agency(name)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("清江区科技局认真贯彻落实条例", "清江区科技局"),
        ("清江县人民政府办公室坚持公开", "清江县人民政府办公室"),
        ("清江县住房和城乡建设局聚焦重点", "清江县住房和城乡建设局"),
        ("清江市卫生健康委员会以条例为指引", "清江市卫生健康委员会"),
        ("清江市卫生健康委以条例为指引", "清江市卫生健康委"),
        ("区经济信息委深入贯彻条例", "区经济信息委"),
        ("清江市交通委托机构办理", None),
        ("请与清江市教育局办公室联系", None),
        ("可与清江市教育局联系", None),
        ("我局认真贯彻", None),
        ("主动公开政府信息情况", None),
        ("依法处理申请", None),
        ("现结合我镇实际", None),
    ],
)
def test_agency_at_the_head_of_running_text(text: str, agency: str | None) -> None:
    assert find_agency(text) == agency


@pytest.mark.parametrize(
    "name",
    ["镇政府", "乡人民政府", "苏木人民政府", "街道办", "党政办公室", "镇党政综合办", "村委会", "公安分局", "派出所"],
)
def test_what_every_town_has_is_nobodys_name_without_its_town(name: str) -> None:
    said = read_title(f"{name}2023年{REPORT}")
    assert (said.agency, said.kind, said.names_someone) == (None, "report", True)
    assert is_agency(f"柳泉{name}")
