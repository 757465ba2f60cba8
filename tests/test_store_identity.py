"""Whose report, for which year: what is printed, what stands around it, and what stays undecided."""

from dataclasses import replace
from itertools import permutations

import pytest

from extract.model import Reading, Section
from store.fold.identity import Resolved, resolve
from store.names import clean_name, level, most_specific, official_name, same_body
from store.records import Source
from tests.store_kit import source

BARE = Reading("text/html", "ok")
PRINTED = replace(BARE, agency="云岭市教育局", year=2023)


def rules(resolved: Resolved) -> list[str]:
    return [finding.rule for finding in resolved.notes]


def test_what_the_document_prints_comes_first() -> None:
    where = source(link_text="雾江区水利局2022年政府信息公开工作年度报告", agency="云岭市人民政府")
    found = resolve(PRINTED, [where])
    assert (found.report_id, found.problem) == ("990100-云岭市教育局-2023", "")
    assert rules(found) == ["agency_elsewhere", "agency_elsewhere", "year_elsewhere"]


@pytest.mark.parametrize(
    "where",
    [
        source(link_text="云岭市教育局2023年政府信息公开工作年度报告"),
        source(link_text="附件.pdf", page_title="云岭市教育局2023年政府信息公开工作年度报告"),
        source(link_text="2023年", agency="云岭市教育局"),
        source(link_text="2023年政府信息公开工作年度报告", agency="云岭市教育局"),
    ],
)
def test_a_document_that_prints_nothing_is_named_by_its_surroundings(where: Source) -> None:
    assert resolve(BARE, [where]).report_id == "990100-云岭市教育局-2023"


@pytest.mark.parametrize(
    ("listed", "year"), [("2024-01-20", 2023), ("2024-06-30", 2023), ("2024-07-01", None), ("", None), ("soon", None)]
)
def test_the_date_is_the_last_resort_and_says_so(listed: str, year: int | None) -> None:
    found = resolve(replace(PRINTED, year=None), [source(listed_on=listed)])
    assert found.year == year
    assert (rules(found) == ["year_from_date"]) is (year is not None)
    assert ("nothing names its year" in found.problem) is (year is None)


def test_nobody_named_stays_visible() -> None:
    found = resolve(replace(BARE, year=2023), [source()])
    assert found.report_id is None
    assert "names an agency" in found.problem


def test_sources_that_contradict_each_other_decide_nothing() -> None:
    one = source("a", link_text="云岭市教育局2023年政府信息公开工作年度报告")
    two = source("b", link_text="云岭市水利局2023年政府信息公开工作年度报告")
    assert "different agencies: 云岭市教育局, 云岭市水利局" in resolve(BARE, [one, two]).problem
    three = source("c", link_text="云岭市教育局2022年政府信息公开工作年度报告")
    assert "different years: 2022, 2023" in resolve(BARE, [one, three]).problem


def test_a_short_name_is_filled_up_from_its_surroundings() -> None:
    found = resolve(replace(PRINTED, agency="教育局"), [source(agency="云岭市教育局")])
    assert found.report_id == "990100-云岭市教育局-2023"
    assert found.notes == ()


def test_same_names_on_two_portals_stay_apart() -> None:
    here = resolve(PRINTED, [source(host="one.example", region="")])
    there = resolve(PRINTED, [source(host="two.example", region="")])
    assert here.agency is not None
    assert here.agency.region is None
    assert here.report_id == "one.example-云岭市教育局-2023"
    assert there.report_id == "two.example-云岭市教育局-2023"


def test_the_narrower_of_two_portals_gives_the_region() -> None:
    province, district = source("a", region="990000"), source("b", region="990102")
    assert resolve(PRINTED, [province, district]).report_id == "990102-云岭市教育局-2023"
    neighbour = source("c", host="zz.example", region="990103")
    assert resolve(PRINTED, [district, neighbour]).report_id == "www.yunling.example-云岭市教育局-2023"


def test_the_order_of_sources_never_matters() -> None:
    sources = [
        source("a", link_text="2023年政府信息公开工作年度报告", agency="云岭市教育局"),
        source("b", link_text="云岭市教育局2023年政府信息公开工作年度报告", region="990000"),
        source("c", host="a.example", page_title="云岭市教育局2022年政府信息公开工作年度报告", region=""),
    ]
    found = {repr(resolve(BARE, order)) for order in permutations(sources)}
    assert len(found) == 1


def test_a_town_on_the_portal_of_several_counties_needs_a_witness() -> None:
    """Towns move: 水冶镇 was in 安阳县 until it came to 殷都区."""
    town = replace(BARE, agency="水冶镇人民政府", year=2019)
    assert "nothing printed names 殷都区" in resolve(town, [source(region="410500")]).problem
    found = resolve(town, [source(region="410500", page_title="殷都区水冶镇2019年政府信息公开工作年度报告")])
    assert found.report_id == "410505-安阳市殷都区水冶镇人民政府-2019"
    assert resolve(town, [source(region="410522")]).report_id == "410522-安阳县水冶镇人民政府-2019"


def test_a_county_that_leaves_its_name_out_is_not_its_city() -> None:
    bureau = replace(BARE, agency="住建局", year=2023)
    said = replace(bureau, sections=(Section(1, "总体情况", "在县委、县政府的领导下"),))
    assert resolve(bureau, [source(region="410500")]).report_id == "410500-安阳市住房和城乡建设局-2023"
    assert "speaks of 县委" in resolve(said, [source(region="410500")]).problem
    assert resolve(said, [source(region="410522")]).report_id == "410522-安阳县住房和城乡建设局-2023"


def test_a_credit_code_in_the_address_gives_the_region_no_seed_gives() -> None:
    where = Source("http://www.weihai.example/module/xxgk/xxgkAnnualReport.jsp?fbtime=2020&area=11371000004313776Q")
    found = resolve(replace(BARE, agency="人民政府办公室", year=2020), [where])
    assert found.report_id == "371000-威海市人民政府办公室-2020"


def test_the_year_tells_what_the_portals_region_was_then() -> None:
    nameless = replace(BARE, agency="教育局")
    found = {year: resolve(replace(nameless, year=year), [source(region="350405")]).report_id for year in (2020, 2021)}
    assert found == {2020: "350427-沙县教育局-2020", 2021: "350405-三明市沙县区教育局-2021"}
    assert "nothing names its year" in resolve(nameless, [source(region="350405")]).problem


def test_what_is_no_report_is_no_problem_either() -> None:
    assert resolve(Reading("text/html", "not_a_report"), [source()]) == Resolved()


@pytest.mark.parametrize(
    ("link", "placed"),
    [
        ("云岭市教育局2023年政府信息公开工作年度报告", True),
        ("2023年", True),
        ("云岭市教育局2023年度部门决算", False),
        ("政府信息公开工作年度报告", False),
    ],
)
def test_a_scan_is_a_report_only_when_a_line_around_it_says_so(link: str, placed: bool) -> None:
    scan = Reading("application/pdf", "needs_ocr")
    found = resolve(scan, [source(link_text=link, agency="云岭市教育局", listed_on="2024-01-20")])
    assert (found.report_id is not None) is placed
    assert bool(found.problem) is not placed


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("住建局", "云岭县住房和城乡建设局", True),
        ("云岭县住建局", "云岭县住房和城乡建设局", True),
        ("雾江镇政府", "云岭县雾江镇人民政府", True),
        ("卫健委", "云岭区卫生健康委员会", True),
        ("雾江街道", "云岭区雾江街道办事处", True),
        ("教育局", "教育局", True),
        ("云岭市教育局", "云岭市雾江区教育局", False),
        ("云岭区人民政府", "云岭区人民政府办公室", False),
        ("市生态环境局", "云岭市生态环境局雾江分局", False),
        ("县政府", "县雾江乡人民政府", False),
        ("教育局", "科学技术局", False),
        ("", "教育局", False),
    ],
)
def test_short_names(short: str, full: str, same: bool) -> None:
    assert same_body(short, full) is same


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("雾江镇", "雾江镇人民政府"),
        ("雾江镇政府", "雾江镇人民政府"),
        ("雾江镇人民政府", "雾江镇人民政府"),
        ("云岭市雾江区", "云岭市雾江区人民政府"),
        ("雾江街道", "雾江街道办事处"),
        ("云岭高新区", "云岭高新区"),
        ("云岭经济开发区", "云岭经济开发区"),
        ("云岭市人民政府办公室", "云岭市人民政府办公室"),
        ("教育局", "教育局"),
        ("市", "市"),
        ("", ""),
    ],
)
def test_a_bare_place_is_its_government(printed: str, official: str) -> None:
    assert official_name(printed) == official
    assert official_name(official) == official


def test_names_have_one_form() -> None:
    assert clean_name("  云岭市\u3000教育局\n(\x1b[31m本级)") == "云岭市教育局([31m本级)"
    assert clean_name("局" * 61) == ""
    assert clean_name(None) == ""


def test_levels_and_regions() -> None:
    assert [level(code, "教育局") for code in ("990000", "990100", "990102", None)] == [
        "province",
        "prefecture",
        "county",
        None,
    ]
    assert level(None, "雾江镇人民政府") == "township"
    assert most_specific({"99", "abc"}) is None
    assert most_specific({"990102", "990100", "990000"}) == "990102"
