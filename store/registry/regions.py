"""Regions by code and by name: what lies in what, what a code was called when, and which towns a region has.

A code may have had several names (500110 was 万盛区 until 2011, then 綦江区) and a unit several codes; both stay, with
the years they are valid for. Invented regions (99…) and unknown codes are simply not in the table.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from store.registry.tables import rows

FIRST_REPORTS = 2008
"""The year in which the 政府信息公开条例 came into force."""

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬"
    "|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|俄罗斯|鄂温克|德昂|保安|裕固|独龙|鄂伦春|门巴|各"
)
_TOWN_OF_PEOPLES = re.compile(rf"^(?P<name>.{{2,}}?)(?:(?:{_PEOPLES})族)+(?P<kind>[乡镇])$")
_AUTONOMOUS = re.compile(rf"^(?P<name>.{{2,}}?)(?:(?:{_PEOPLES})族?)+自治(?P<kind>[州县旗区])$")


_ZONE_SHORTS = (("高新技术产业开发区", "高新区"), ("经济技术开发区", "经开区"), ("经济开发区", "经开区"))
_WORDS = ("资源", "公安")
"""What 资源县 and 公安县 leave without their kind: 资源规划局 on the portal of 桂林市 is the city's."""

_LONGEST_KIND = 4
"""A zone's short name has more characters than its kind alone, or it would be that of every city's."""


@dataclass(frozen=True, slots=True)
class Region:
    """A unit under one of its names. Years are the first and last it was valid in, None where there is no end.

    ``level`` is province, prefecture, county or zone (a development zone that only statistics give a code);
    ``successor`` is the code of what an abolished unit became (part of).
    """

    code: str
    name: str
    parent: str
    level: str
    valid_from: int | None
    valid_to: int | None
    successor: str
    source: str
    fetched_at: str


@cache
def regions() -> tuple[Region, ...]:
    """Return every region under every name, by code and year."""
    return tuple(
        Region(
            code=row["code"],
            name=row["name"],
            parent=row["parent"],
            level=row["level"],
            valid_from=int(row["valid_from"]) if row["valid_from"] else None,
            valid_to=int(row["valid_to"]) if row["valid_to"] else None,
            successor=row["successor"],
            source=row["source"],
            fetched_at=row["fetched_at"],
        )
        for row in rows("regions.csv")
    )


def find(code: str | None, name: str = "") -> Region | None:
    """Return a code's region: under the name that begins or lies in ``name``, else under its latest."""
    known = _by_code().get(code or "", ())
    called = [region for region in known if region.name in name]
    return next(reversed(called or known), None)


def named(name: str) -> tuple[Region, ...]:
    """Return every region of a name, full or short (黔南州 for 黔南布依族苗族自治州); abolished ones too."""
    return _by_name().get(name, ())


def called_plainly(name: str) -> tuple[Region, ...]:
    """Return the regions that a name without its kind stands for: 河北, 南京, 方城."""
    return _by_plain_name().get(name, ())


def ancestors(code: str) -> tuple[str, ...]:
    """Return a code and those of the regions it lies in, inner ones first."""
    found = [code]
    while (region := find(found[-1])) and region.parent:
        found.append(region.parent)
    return tuple(found)


def in_year(code: str | None, year: int | None) -> Region | None:
    """Return a region as it was in a year: under its name of then (苍山县, 兰陵县 since 2014), or as the one unit of its
    name that became it (沙县, 沙县区 since 2021). As it is, where nothing tells what it was or it was several.
    """
    latest = find(code)
    if latest is None or year is None or (latest.valid_from or year) <= year:
        return latest
    others = [one for one in _by_successor().get(latest.code, ()) if one.code != latest.code and _stood(one, year)]
    kin = [one for one in others if (one.level, plain(one.name)) == (latest.level, plain(latest.name))]
    renamed = [one for one in _by_code()[latest.code] if _stood(one, year)]
    found = [one for one in kin if one.name != latest.name] if others else renamed
    return found[0] if len(found) == 1 else latest


def of_its_level(region: Region, year: int | None) -> Region:
    """Return the place of a region's name in a year: 哈密市 was a county of its prefecture until 2016, and is one now.

    A unit that only got another code stays the latest: its agencies went on.
    """
    if year is None or (region.valid_from or year) <= year:
        return region
    before = [one for one in named(region.name) if one.successor == region.code and _stood(one, year)]
    return before[0] if len(before) == 1 and before[0].level != region.level else region


def _stood(region: Region, year: int) -> bool:
    return (region.valid_from or year) <= year <= (region.valid_to or year)


def inside(code: str, outer: str) -> bool:
    """Tell whether a region is another one or lies in it."""
    return outer in ancestors(code)


def plain(name: str) -> str:
    """Return a region's name without its kind: 安阳 of 安阳县; unchanged where less than two characters would be left."""
    autonomous = _AUTONOMOUS.match(name)
    bare = autonomous["name"] if autonomous else re.sub(r"(?:自治区|地区|林区|矿区|省|市|区|县|旗|州|盟)$", "", name)
    return bare if len(bare) > 1 else name


def present(found: Iterable[Region]) -> list[Region]:
    """Return one region for each place: of a unit's several codes (三元区 was 350403, is 350404) the latest.

    A unit that ended before the first reports stands only where no other has its name.
    """
    latest: dict[tuple[str, str], Region] = {}
    for region in sorted(found, key=lambda region: (region.valid_to is None, region.valid_to or 0, region.code)):
        latest[region.name, region.parent] = region
    codes = {region.code for region in latest.values()}
    single = [region for region in latest.values() if region.successor not in codes - {region.code}]
    reporting = [region for region in single if region.valid_to is None or region.valid_to >= FIRST_REPORTS]
    return sorted(reporting or single, key=lambda region: region.code)


@cache
def townships(region: str) -> dict[str, str]:
    """Return the code of the county (or of the city without counties) of each township inside a region, by name.

    A name that two of its counties share is mapped to an empty string.
    """
    counties: dict[str, str] = {}
    for code, name in _townships():
        if inside(code[:6], region):
            counties[name] = "" if counties.get(name, code[:6]) != code[:6] else code[:6]
    return counties


@cache
def full_towns(county: str) -> dict[str, str]:
    """Return the full names of a county's towns by what is printed for short: 落别乡 for 落别布依族彝族乡."""
    whole = [name for code, name in _townships() if code[:6] == county]
    short = [(f"{town['name']}{town['kind']}", name) for name in whole if (town := _TOWN_OF_PEOPLES.match(name))]
    counted = Counter(printed for printed, _ in short)
    return {printed: name for printed, name in short if counted[printed] == 1 and printed not in whole}


@cache
def _townships() -> tuple[tuple[str, str], ...]:
    return tuple((row["code"], row["name"]) for row in rows("townships.csv"))


@cache
def _by_code() -> dict[str, tuple[Region, ...]]:
    found: dict[str, tuple[Region, ...]] = {}
    for region in regions():
        found[region.code] = (*found.get(region.code, ()), region)
    return found


@cache
def _by_successor() -> dict[str, tuple[Region, ...]]:
    found: dict[str, tuple[Region, ...]] = {}
    for region in regions():
        found[region.successor] = (*found.get(region.successor, ()), region)
    return found


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    # 唐山 had a 新区 until 2002; in reports the bare word is any city's.
    found: dict[str, tuple[Region, ...]] = {}
    for region in regions():
        zone = _zone_printed(region) if region.level == "zone" else set()
        for name in (_printed(region.name) | zone | _short_places().get(region.name, set())) - {"新区"}:
            found[name] = (*found.get(name, ()), region)
    return found


@cache
def _short_places() -> dict[str, set[str]]:
    """Return what people call places whose names are long and that no rule shortens: 前郭县, 科左中旗, 巴州."""
    found: dict[str, set[str]] = {}
    for row in rows("short_places.csv"):
        found.setdefault(row["name"], set()).add(row["short"])
    return found


def _zone_printed(zone: Region) -> set[str]:
    """Return what is printed for a zone: 邢台经开区 for 河北邢台经济开发区, 唐山高新区 for 唐山高新技术产业开发区."""
    province = find(zone.code[:2] + "0000")
    bare = zone.name.removeprefix(plain(province.name)) if province else zone.name
    shorts = {bare.removesuffix(long) + short for long, short in _ZONE_SHORTS if bare.endswith(long)}
    return {name for name in {bare, *shorts} if len(name) > _LONGEST_KIND}


@cache
def _by_plain_name() -> dict[str, tuple[Region, ...]]:
    found: dict[str, tuple[Region, ...]] = {}
    for region in regions():
        bare = plain(re.sub(r"(?<=..)新区$", "区", region.name))
        if bare not in (region.name, *_WORDS):
            found[bare] = (*found.get(bare, ()), region)
    return found


def _printed(name: str) -> set[str]:
    """Return a region's name and what is printed for it: 新疆自治区; 黔南自治州 and 黔南州."""
    autonomous = _AUTONOMOUS.match(name)
    if autonomous is None:
        return {name}
    plain_name, kind = autonomous["name"], autonomous["kind"]
    return {name, f"{plain_name}自治{kind}"} | ({f"{plain_name}{kind}"} if kind != "区" else set())
