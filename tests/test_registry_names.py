"""Real agencies under the names that reports print: resolved right, or left undecided; never taken for another."""

import csv
import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from extract.identity.titles import is_agency, read_title
from extract.reading import read
from store.fold.identity import resolve
from store.names import clean_name, official_name
from store.records import Source
from store.registry.agencies import register
from store.registry.places import leading
from store.registry.regions import find, regions
from store.registry.tables import rows
from tests.shared import CORPUS, SHARED, needs_corpus

BODIES = {
    "科技局": "科学技术局",
    "发改委": "发展和改革委员会",
    "发展改革局": "发展和改革局",
    "工信局": "工业和信息化局",
    "人社局": "人力资源和社会保障局",
    "住房城乡建设局": "住房和城乡建设局",
    "卫健委": "卫生健康委员会",
    "市场监管局": "市场监督管理局",
    "退役军人局": "退役军人事务局",
    "应急局": "应急管理局",
    "医保局": "医疗保障局",
    "环保局": "环境保护局",
    "安监局": "安全生产监督管理局",
    "财政局": "财政局",
    "政府": "人民政府",
    "政府办公室": "人民政府办公室",
    "教育局(体育局)": "教育局",
    "数据局": "数据局",
}


def places() -> list[dict[str, str]]:
    text = (Path(__file__).parent / "places.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def all_bodies() -> set[str]:
    """Every body of the tables, and every short name that stands for one; a 管理委员会 is an area's, of which a place may
    have several."""
    whole = {row["stem"] + kind for row in rows("bodies.csv") for kind in row["kinds"].split() or [""]}
    short = {
        name + kind for row in rows("bodies.csv") for name in row["short"].split() for kind in row["kinds"].split()
    }
    renamed = {name for row in rows("successions.csv") for name in (row["old"], row["new"])}
    return (whole | short | renamed) - {"管理委员会", "管委会"}


def verdict(name: str, region: str | None, wanted: tuple[str, str]) -> str:
    return "right" if (name, region) == wanted else "undecided" if region is None else "wrong"


def test_a_thousand_printed_names() -> None:
    """Each place with each body: as printed on its portal, and without its place on the portal of its own."""
    told: Counter[str] = Counter()
    for place, (short, body) in product(places(), BODIES.items()):
        wanted = (place["prefix"] + body, place["region"])
        for printed, portal in ((place["printed"] + short, place["portal"]), (short, place["region"])):
            found = register(official_name(clean_name(printed)), portal or None)
            told[verdict(found.name, found.region, wanted)] += 1
    assert told == {"right": 2 * len(places()) * len(BODIES)}
    assert told["right"] >= 300


@pytest.mark.parametrize("code", ["410522", "330106", "110105", "361028", "320576", "500235", "441900", "370611"])
def test_every_known_body_has_one_name_however_it_is_printed(code: str) -> None:
    place = find(code)
    assert place is not None
    for body in all_bodies():
        bare = register(body, code)
        assert (bare.region, bare.problem) == (code, "")
        for printed in (f"{place.name}{body}", bare.name):
            again = register(printed, code)
            assert (again.name, again.region) == (bare.name, code), printed


def test_a_name_on_the_portal_of_somewhere_else_is_never_taken_for_that_place() -> None:
    told: Counter[str] = Counter()
    elsewhere = ("110101", "330100", "620900", "440000")
    for place, portal in product(places(), elsewhere):
        found = register(f"{place['printed']}教育局", portal)
        told[verdict(found.name, found.region, (f"{place['prefix']}教育局", place["region"]))] += 1
    assert told["wrong"] == 0
    assert told["undecided"] > 200


def test_every_region_of_the_country_is_itself_or_undecided() -> None:
    """Its bureau, printed with no more than the region's own name, on four portals."""
    told: Counter[str] = Counter()
    for region in regions():
        if region.valid_to is None:
            for portal in (None, region.code, region.parent or None, f"{region.code[:2]}0000"):
                found = register(f"{region.name}教育局", portal)
                told["right" if found.region == region.code else verdict("", found.region, ("", ""))] += 1
    assert told["wrong"] == 0
    assert told["undecided"] < 100 < told["right"] / 100


def test_every_town_of_the_country_is_of_its_county() -> None:
    told: Counter[bool] = Counter()
    for row in [*rows("townships.csv")][::5]:
        county, name = row["code"][:6], row["name"]
        found = register(official_name(name), county)
        told[found.region == county and name in found.name] += 1
    assert told[False] == 0


@needs_corpus
@pytest.mark.parametrize("narrow", [True, False])
def test_real_reports_are_resolved_or_left_undecided(narrow: bool) -> None:
    """On the portal of their county, and on that of its city."""
    told: Counter[str] = Counter()
    for row in csv.DictReader((CORPUS / "excerpts.csv").read_text(encoding="utf-8").splitlines()):
        region = next(iter(leading(row["agency"]).regions), None)
        portal = "" if region is None else region.code if narrow or region.level != "county" else region.parent
        url = row["url"] if row["url"].startswith("http") else "http://unknown.example/"
        found = resolve(read((CORPUS / row["file"]).read_bytes(), row["file"]), [Source(url, region=portal)])
        agency = found.agency
        wanted = (row["agency"], region.code if region else "")
        told[verdict(agency.name, agency.region, wanted) if agency else "undecided"] += 1
    assert told["wrong"] == 0
    assert told["right"] >= (17 if narrow else 12)


@needs_corpus
def test_names_printed_in_the_reference_stay_what_they_are() -> None:
    """Every name that the notes on portals quote: its place decides it, or it keeps its printed name."""
    text = (SHARED / "reference/portals.md").read_text(encoding="utf-8")
    pieces = re.split(r"[|·\n()]|\s/\s", text.replace("▢", "政府信息公开工作年度报告"))
    names = {title.agency for title in map(read_title, pieces) if title.agency and is_agency(title.agency)}
    assert len(names) >= 10
    for name in names:
        full = official_name(clean_name(name))
        found = register(full, None)
        one_place = len(leading(full).regions) == 1
        assert (found.region is not None) is one_place, name
        assert set(name) - set(found.name) <= set("()0123456789"), name
