"""Who is who: regions by code and year, and the official name and region of real agencies' printed names."""

import csv
from contextlib import closing
from pathlib import Path

import pytest

from store.fold.adopt import adopt
from store.registry.agencies import body_of, register
from store.registry.bodies import first_plate, is_vertical, possible
from store.registry.regions import ancestors, find, inside, named, plain, regions, townships
from tests.store_kit import new_database

MARKERS = {
    "330113": "临平区",
    "659011": "新星市",
    "659012": "白杨市",
    "540481": "米林市",
    "540581": "错那市",
    "653228": "和康县",
    "653229": "和安县",
    "500157": "两江新区",
    "653132": "岑岭县",
    "659013": "草湖市",
    "130171": "石家庄高新技术产业开发区",
    "320576": "苏州工业园区",
    "340176": "合肥高新技术产业开发区",
}


@pytest.mark.parametrize(("code", "name"), MARKERS.items())
def test_units_that_show_how_fresh_the_table_is(code: str, name: str) -> None:
    region = find(code)
    assert region is not None
    assert (region.name, region.valid_to) == (name, None)


def test_the_table_is_whole() -> None:
    codes = {region.code for region in regions()}
    assert {region.parent for region in regions()} - {""} <= codes
    assert {region.successor for region in regions()} - {""} <= codes
    assert len({(region.code, region.name) for region in regions()}) == len(regions())
    now = [region for region in regions() if region.valid_to is None]
    counts = {
        level: sum(region.level == level for region in now) for level in ("province", "prefecture", "county", "zone")
    }
    assert counts == {"province": 34, "prefecture": 333, "county": 2855, "zone": 124}
    assert not any(region.code.startswith("99") for region in regions())


def test_cities_without_counties_have_their_towns() -> None:
    for code, town in (("441900", "东城街道"), ("442000", "石岐街道"), ("460400", "和庆镇"), ("620200", "峪泉镇")):
        assert townships(code)[town] == code


def test_a_town_that_two_counties_have_is_nobodys() -> None:
    assert townships("341700")["木塔乡"] == "341721"
    assert townships("410000")["城关镇"] == ""


def test_four_districts_of_one_name() -> None:
    assert {region.code for region in named("鼓楼区")} == {"320106", "320302", "350102", "410204"}


def test_counties_that_were_renamed_keep_their_years() -> None:
    [old] = named("沙县")
    assert (old.code, old.valid_to, old.successor) == ("350427", 2021, "350405")
    new = find("350405")
    assert new is not None
    assert (new.name, new.valid_from) == ("沙县区", 2021)
    assert {region.valid_to for region in named("渝北区")} == {2025}
    renamed = find("130502", "邢台市桥东区教育局")
    assert renamed is not None
    assert (renamed.name, renamed.valid_to) == ("桥东区", 2020)


@pytest.mark.parametrize(
    ("printed", "portal", "year", "name", "region"),
    [
        ("教育局", "350405", 2020, "沙县教育局", "350427"),
        ("县教育局", "350405", 2020, "沙县教育局", "350427"),
        ("市教育局", "350405", 2020, "三明市教育局", "350400"),
        ("教育局", "350405", 2021, "三明市沙县区教育局", "350405"),
        ("市教育局", "410307", 2019, "偃师市教育局", "410381"),
        ("县教育局", "371324", 2012, "苍山县教育局", "371324"),
        ("教育局", "371324", 2014, "兰陵县教育局", "371324"),
        ("教育局", "330105", 2019, "杭州市拱墅区教育局", "330105"),  # merged with 下城区 in 2021, under its own name
        ("教育局", "500110", 2010, "綦江县教育局", "500222"),  # the code was 万盛区's then
        ("教育局", "990100", 2010, "教育局", "990100"),
        ("哈密市教育局", "650000", 2015, "哈密市教育局", "652201"),  # a county's until 2016
        ("哈密市教育局", "650000", 2018, "哈密市教育局", "650500"),
        ("巢湖市教育局", "340000", 2010, "巢湖市教育局", "341400"),  # a prefecture's until 2011
        ("公主岭市教育局", "220000", 2018, "公主岭市教育局", "220184"),  # the same county under another code
    ],
)
def test_a_name_is_of_the_region_as_it_was(printed: str, portal: str, year: int, name: str, region: str) -> None:
    found = register(printed, portal, year)
    assert (found.name, found.region, found.problem) == (name, region, "")


def test_what_lies_in_what() -> None:
    assert ancestors("330113") == ("330113", "330100", "330000")
    assert inside("419001", "410000")
    assert not inside("410522", "410523")
    assert [plain(name) for name in ("安阳县", "黔南布依族苗族自治州", "内蒙古自治区", "赵县", "神农架林区")] == [
        "安阳",
        "黔南",
        "内蒙古",
        "赵县",
        "神农架",
    ]


def test_invented_codes_have_no_name_and_keep_what_is_printed() -> None:
    assert find("990402") is None
    for printed, name in (
        ("云岭市雾江区教育局", "云岭市雾江区教育局"),
        ("云岭市科技局", "云岭市科学技术局"),
        ("教育局", "教育局"),
    ):
        found = register(printed, "990100")
        assert (found.name, found.region, found.problem) == (name, "990100", "")


def names() -> list[dict[str, str]]:
    text = (Path(__file__).parent / "names.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("case", names(), ids=lambda case: f"{case['printed']}@{case['portal']}")
def test_names_of_agencies(case: dict[str, str]) -> None:
    found = register(case["printed"], case["portal"] or None)
    if case["region"] == "problem":
        assert found.problem
    else:
        assert (found.name, found.region or "", found.problem) == (case["agency"], case["region"], "")


def test_there_are_enough_names() -> None:
    assert len(names()) >= 300


def test_an_official_name_stays_what_it_is() -> None:
    for case in names():
        if case["region"] not in ("", "problem"):
            again = register(case["agency"], case["region"])
            assert (again.name, again.region) == (case["agency"], case["region"])


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("安阳县人民政府办公室(安阳县大数据局)", "安阳县人民政府办公室"),
        ("文化和旅游局、文物局", "文化和旅游局"),
        ("科学技术局与外国专家局合署办公", "科学技术局"),
        ("人民政府办公室加挂外事办公室牌子", "人民政府办公室"),
        ("泰州医药高新区(高港区)卫生健康委员会", "泰州医药高新区(高港区)卫生健康委员会"),
        ("中国(河北)自由贸易试验区雄安片区管理委员会", "中国(河北)自由贸易试验区雄安片区管理委员会"),
        ("正定县人民政府(本级)", "正定县人民政府"),
    ],
)
def test_of_two_plates_the_first_counts(name: str, first: str) -> None:
    assert first_plate(name) == first


def test_bodies() -> None:
    assert body_of("安阳县住房和城乡建设局") == "住房和城乡建设局"
    assert body_of("西安市长安区砲里街道办事处") == ""
    assert "文化和旅游局" in possible("文旅局")
    assert possible("教育局") == ()
    assert [is_vertical(name) for name in ("国家税务总局安阳县税务局", "黄埔海关", "安阳县气象局", "安阳县统计局")] == [
        True,
        True,
        True,
        False,
    ]


def test_the_database_has_the_regions(tmp_path: Path) -> None:
    with closing(new_database(tmp_path)) as db:
        assert adopt(db, tmp_path / "decisions.csv", tmp_path / "corrections.csv") == []
        row = db.execute("SELECT name, parent, level FROM regions WHERE code = '410522'").fetchone()
        assert row == ("安阳县", "410500", "county")
        assert db.execute("SELECT count(*) FROM regions").fetchone()[0] == len(regions())
