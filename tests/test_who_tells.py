"""Whose report it is by who acts in its first sentences, with the place that the report itself gives to a name."""

import pytest

from extract.model import Reading
from extract.reading import read

REPORT = "政府信息公开工作年度报告"
PERIOD = "所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
REST = "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"


def reading(first_section: str, before: str = "") -> Reading:
    return read(f"{before}本报告{PERIOD}\n一、总体情况\n{first_section}\n{REST}".encode(), "report.txt")


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("2022年，清江县坚持以公开为常态。", "清江县"),
        ("2022年，清江县政府信息公开工作有序开展。", "清江县"),
        ("2022年，清江县坚持以公开为常态，我局认真落实。", None),
        ("2022年，清江县坚持以公开为常态，本机关认真落实。", None),
        ("2022年，全县坚持以公开为常态。", None),
        ("2022年，以及本县坚持以公开为常态。", None),
        ("我局认真落实，清江县坚持以公开为常态。", None),
        ("2022年，清江市商务和粮食局的政府信息公开工作取得进展。", "清江市商务和粮食局"),
        ("2022年，清江市商务和粮食局的网站改版。", None),
        ("2022年，清江经济开发区（石桥区）医疗保障局政府信息公开工作有序开展。", "清江经济开发区（石桥区）医疗保障局"),
        ("2022年，清江市清江区人民政府外事办公室认真公开。", "清江市清江区人民政府外事办公室"),
        ("2022年，清江省人口计生委认真公开。", "清江省人口计生委"),
        ("2022年，清江区残疾人联合会认真公开。", "清江区残疾人联合会"),
        ("2022年，清江县教育局长期公开信息。", "清江县教育局"),
        ("副局长任副组长，统筹公开。", None),
        ("充分发挥清江区商务局网站作用，公开信息。", None),
        ("加挂清江区侨务局牌子，公开信息。", None),
        ("二是统一全市政府新闻发布制度。", None),
        ("领导小组办公室设在政务大厅。", None),
        ("（一）主动公开\n2022年，清江县水利局公开信息。", "清江县水利局"),
        ("1.组织领导\n清江县水利局政府信息公开工作由我局办公室负责。", "清江县水利局"),
        ("报告全文包括六个部分。报告可在网上查阅。数据准确。2022年清江市教育局全面公开。", "清江市教育局"),
    ],
)
def test_who_acts_in_the_first_sentences(sentence: str, agency: str | None) -> None:
    assert reading(sentence).agency == agency


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("2022年，石桥区坚持以公开为常态。", "清江市石桥区人民政府"),
        ("2022年，我区严格执行条例。", "清江市石桥区人民政府"),
        ("2022年，我办严格执行条例，服务我区。", "清江市石桥区人民政府办公室"),
        ("2022年，石桥区政府办认真执行条例，服务我区。", "清江市石桥区人民政府办公室"),
        ("2022年，公开信息36条。", "清江市石桥区人民政府办公室"),
    ],
)
def test_the_office_that_writes_for_the_whole_area(sentence: str, agency: str) -> None:
    assert reading(sentence, "由清江市石桥区人民政府办公室编制。").agency == agency


@pytest.mark.parametrize(
    ("asked", "agency"),
    [
        ("请与清江市科技局联系。", "清江市科技局"),
        ("请与清江市科技局联系（墨池市科技局：略）。", "市科技局"),
        ("依据《清江市科技局公开办法》。", "清江市科技局"),
        ("请与办公室联系。", "市科技局"),
        ("编制市科技局公开清单，公开了市科技局职能。", "市科技局"),
        ("2022年度市科技局公开信息。", "市科技局"),
    ],
)
def test_a_name_by_rank_gets_the_place_that_the_report_prints(asked: str, agency: str) -> None:
    assert reading("2022年，市科技局认真公开。", asked).agency == agency


def test_a_title_stays_as_it_is_printed() -> None:
    assert reading("公开信息。", f"市科技局2022年{REPORT}\n请与清江市科技局联系。").agency == "市科技局"


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        (f"中共清江区委统战部（区民宗局、区侨务局）2022年{REPORT}", "中共清江区委统战部"),
        (f"清江市农业农村局（原清江市农业局）2022年{REPORT}", "清江市农业农村局"),
        (f"清江区残联2022年{REPORT}", "清江区残联"),
        (f"清江区人民政府\n政府信息公开年报\n清江区水利局2022\n{REPORT}", "清江区水利局"),
    ],
)
def test_names_in_titles(title: str, agency: str) -> None:
    assert reading("公开信息。", f"{title}\n").agency == agency


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        ("本报告是清江省侨办根据《条例》的要求编制并公布。", "清江省侨办"),
        ("内容涵盖清江市教育局2022年1月1日至12月31日期间的政府信息公开工作情况。", "清江市教育局"),
        ("根据《条例》，现公布清江市教育局2022年度政府信息公开情况。", "清江市教育局"),
        ("公布2022年度本级政府信息公开年度报告。", None),
    ],
)
def test_whose_work_an_introduction_tells_of(said: str, agency: str | None) -> None:
    assert reading("公开信息。", said).agency == agency


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("{}\n2023-01-12\n", "2023-01-12"),
        ("{}\n（2023年1月12日）\n", "2023-01-12"),
        ("{}\n• 2023-01-12 14:42\n• 来源：本网\n", "2023-01-12"),
        ("{}\n清江市门户网站 www.example.cn 2023-01-12\n", "2023-01-12"),
        ("{}\n2023-01-1218:26\n来源：\n", "2023-01-12"),
        ("{}\n2023年1月12日17:47 | 清江网\n", "2023-01-12"),
        ("{}\n发布时间：\n2023-01-12 10:36\n", "2023-01-12"),
        ("生成日期：2023-03-31\n发布日期：2023-01-12\n{}\n", "2023-01-12"),
        ("今天是2024年3月5日 星期二\n{}\n", None),
        ("{}\n今天：2024年3月5日\n", None),
        ("{}\n2021-01-12\n", None),
    ],
)
def test_the_day_of_publication_about_the_title(head: str, published: str | None) -> None:
    text = f"{head.format(f'清江市水利局2022年{REPORT}')}本报告{PERIOD}\n一、总体情况\n公开信息。\n{REST}"
    assert read(text.encode(), "report.txt").published == published


@pytest.mark.parametrize(
    "bar",
    [
        "首页 / 政府信息公开 / 政府信息公开年报 / 政府网站工作年度报告",
        "热搜词：政府工作报告稳增长",
        "信息公开目录\n依申请公开",
        "政府信息\n公开制度",
    ],
)
@pytest.mark.parametrize("as_page", [False, True])
def test_a_bar_above_the_title_says_nothing(bar: str, as_page: bool) -> None:
    text = f"{bar}\n清江市水利局2022年{REPORT}\n本报告{PERIOD}\n一、总体情况\n公开信息。\n{REST}"
    page = "".join(f"<p>{line}</p>" for line in text.splitlines())
    found = read((f"<html><body>{page}</body></html>" if as_page else text).encode(), "report.html")
    assert (found.outcome, found.agency, found.year) == ("partial", "清江市水利局", 2022)


@pytest.mark.parametrize(
    "text",
    [
        f"首页 > 政策解读\n清江市水利局2022年{REPORT}\n一、总体情况\n一图看懂。公开信息。\n",
        f"清江市2022年{REPORT}\n清江网2月21日电 市水利局今日发布报告。报告指出，公开信息36条。\n{REST}",
        f"清江市2022年{REPORT}\n本报讯（记者 王五）市水利局今日发布报告。报告指出，公开信息36条。\n{REST}",
        f"根据《条例》要求，特编制xx县供销社政府信息公开年度报告。本报告{PERIOD}\n一、概述\n公开信息。\n{REST}",
        f"清江市2022年{REPORT}公布情况\n现将清江市2022年{REPORT}公布情况报告如下：\n一、按时公布37份。\n二、逐级汇总。\n",
    ],
    ids=["explanation", "agency news", "paper", "for anybody", "how many were published"],
)
def test_what_is_on_the_reports_of_others(text: str) -> None:
    assert read(text.encode(), "report.txt").outcome == "not_a_report"


@pytest.mark.parametrize(
    "said",
    [
        "编制本局2022年度政府信息公开报告，并向社会公开。",
        "编制《清江区2022年度政府信息公开工作报告》并向社会公开发布。",
        "本年度报告包括政府信息公开等内容，报告期为：2022年1月1日~2022年12月31日。",
        "现把清江市科技局2022年度政府信息公开工作情况报告如下：",
    ],
)
def test_reports_by_other_words(said: str) -> None:
    found = read(f"{said}\n一、工作情况\n公开信息36条。\n".encode(), "report.txt")
    assert (found.outcome, found.year) == ("partial", 2022)


def test_the_heading_of_a_section_is_no_title() -> None:
    text = f"本报告{PERIOD}</p><p>一、工作概述</p><p>公开信息。</p><p>二、政府信息公开的组织领导和制度建设情况"
    assert read(f"<html><body><p>{text}</p></body></html>".encode(), "page.html").outcome == "partial"


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("统计期限自2022年8月19日起，至2022年12月31日止", 2022),
        ("统计期限自2012年1月1日起，至2022年12月31日止", None),
    ],
)
def test_a_period_that_begins_within_the_year(period: str, year: int | None) -> None:
    text = f"本报告由清江县人民政府编制，{period}。\n一、总体情况\n公开信息。\n{REST}"
    assert read(text.encode(), "report.txt").year == year


def test_sounds_behind_traditional_characters() -> None:
    text = f"清江縣(xiàn)水利局2022年政府信息公開(kāi)工作年度報(bào)告\n本報(bào)告所列數(shù)據(jù)的統(tǒng)計(jì)期限{PERIOD[9:]}"
    found = read(
        f"{text}\n一、總體情況\n公開信息。\n二、主動公開政府信息情況\n規範性檔案 | 2 | 2 | 19 |\n".encode(),
        "report.txt",
    )
    assert (found.outcome, found.agency, found.year) == ("partial", "清江县水利局", 2022)


@pytest.mark.parametrize(
    "office", ["清江县教育局办公室", "清江县教育局指挥中心办公室", "清江县教育局政策法规科", "清江县教育局政工股"]
)
def test_a_part_of_an_agency_compiles_its_report(office: str) -> None:
    text = f"本报告由{office}编制，{PERIOD}\n一、总体情况\n公开信息36条。\n{REST}"
    assert read(text.encode(), "report.txt").agency == "清江县教育局"


def test_a_column_above_an_announced_report_does_not_hide_its_year() -> None:
    text = "首页 > 政府信息公开年度报告\n根据《条例》规定，现将2013年我区信息公开情况报告如下：\n一、概述\n公开信息。\n"
    assert read(f"{text}{REST}".encode(), "report.txt").year == 2013
