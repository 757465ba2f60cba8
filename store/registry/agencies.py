"""The official name and the region of an agency, from the name that is printed and the region its portal serves.

A place in the name decides inside the portal's region; a name without one is the portal's own. What could be two places
is nobody's, and a name that speaks of somewhere else than its portal gets no region.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from store.names import official_name
from store.registry.areas import area, begins_with_area, of_city
from store.registry.bodies import (
    VERTICAL_HEAD,
    first_plate,
    has_own_name,
    is_known,
    is_national,
    is_vertical,
    spelled,
    split_body,
)
from store.registry.places import leading, leading_plainly
from store.registry.regions import Region, ancestors, find, full_towns, in_year, inside, of_its_level, plain, townships

_TOWNSHIP = re.compile(r"^(?P<township>[\u4e00-\u9fff]{1,14}?(?:街道|镇|乡|苏木))(?:人民政府|办事处|党政办公室)?$")
_GENERIC = re.compile(r"^(?P<kind>自治[区州县旗]|地区|[省市区县旗州盟])(?P<body>.+)$")
_NO_KIND = re.compile(
    r"^.(?:[场容域级划区乡街镇直内长际舰]|政(?![务府协法数])|民(?![政族宗兵])|城(?![市乡建管])|外(?![事办侨经专汇]))"
)
"""Words that begin like a kind of region: 市场, 市政, 区域, 县级, 州际; they count as one before known bodies only."""

_UNKNOWN_COUNTY = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?:[县旗]|(?<!城)市)(?!场|政|容|民|域)")
_UNKNOWN_DISTRICT = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?<![发术新税景游假范验业作能理园社地库老聚片港灌矿])区(?!域)")
_HEADS = {"税务局": "国家税务总局"}
"""What the official names of central bodies begin with, where reports leave it out."""

_GOVERNED = ("省", "市", "区", "县", "旗", "州")
_COMMITTEE_OF_AREA = re.compile(
    r"^(?P<area>|新区|(?:工业)?园区|(?:经济)?开发区|高新区|经开区|风景区|示范区)管理委员会$"
)
_BRANCH = re.compile(r"^(?P<body>.+(?:局|委员会|厅))(?P<place>[\u4e00-\u9fff]{2,12}?)分局$")
_SURVEY_TEAM = re.compile(r"^国家统计局(?P<place>[\u4e00-\u9fff]{2,12})调查队$")

_DIVISION = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,5}市)?(?:(?:新疆生产建设)?兵团)?第?[一二三四五六七八九十]{1,3}师(?P<city>[\u4e00-\u9fff]{2,5}市.*)$"
)
_CORPS_CITIES = "659"


@dataclass(frozen=True, slots=True)
class Registered:
    """An agency's official name and region (None: undecided). A ``problem`` means that it must not be placed at all;
    ``doubt`` says why a region that was offered was not taken. ``by_portal``: no place is printed, and the portal is
    that of several counties, so that a county's body that leaves its place out would look the same. ``witness``: a
    place that something printed must name, or the region is undecided: towns move, and the list has those of today."""

    name: str
    region: str | None
    problem: str = ""
    doubt: str = ""
    by_portal: bool = False
    witness: str = ""


def register(printed: str, portal: str | None, year: int | None = None) -> Registered:
    """Decide name and region from a clean printed name and the region of the portal, if one is known.

    A region that is in no table (the invented ones begin with 99) stands as it is, and the name keeps its place. Where
    no place is printed, the portal's region is what it was in ``year``: 教育局 of 2018 on the portal of 沙县区 is 沙县's.
    """
    name, portal = _of_corps(_once(official_name(first_plate(printed)))), _real(portal)
    if portal is not None and find(portal) is None:
        return Registered(spelled(name), portal)
    head = VERTICAL_HEAD.match(name)
    local = name[head.end() :] if head else name
    own = area(local, portal)
    place = leading(own.rest if own else local)
    if own is not None and not place.regions:
        return Registered(f"{head[0] if head else ''}{own.name}{spelled(own.rest)}", own.region)
    if not place.regions:
        return _of_portal(name, portal, in_year(portal, year))
    found = _among(place.regions, portal)
    if isinstance(found, Region):
        return _named(head[0] if head else "", of_its_level(found, year), place.rest)
    return found(name)


def _real(portal: str | None) -> str | None:
    """Return a code as the table has it: 110100 and 500200 are fillers for the districts and counties of 北京 and 重庆."""
    filler = portal is not None and portal[2:] in ("0100", "0200") and find(portal) is None
    return f"{portal[:2]}0000" if portal and filler and find(f"{portal[:2]}0000") else portal


def _once(name: str) -> str:
    """Return 安阳县旅游局 for 原安阳县旅游局, as reports of bodies that are no more are headed; 原阳县 is a place."""
    is_former = name.startswith("原") and not leading(name).regions and leading(name[1:]).regions
    return name[1:] if is_former else name


def _of_corps(name: str) -> str:
    """Return a name as the cities of the 新疆生产建设兵团 have it: a division and its city are one body with two plates."""
    division = _DIVISION.match(name)
    if division and any(region.code.startswith(_CORPS_CITIES) for region in leading(division["city"]).regions):
        return division["city"]
    return f"新疆生产建设{name}" if name.startswith("兵团") else name


class _Undecided:
    """Two places or none, and what to say of it."""

    def __init__(self, problem: str = "", doubt: str = "") -> None:
        self.problem, self.doubt = problem, doubt

    def __call__(self, name: str) -> Registered:
        return Registered(spelled(name), None, self.problem, self.doubt)


def _among(regions: tuple[Region, ...], portal: str | None) -> Region | _Undecided:
    """Choose the region that agrees with the portal's."""
    told = f"{regions[0].name} may be {_list(regions)}"
    if portal is None:
        return regions[0] if len(regions) == 1 else _Undecided(doubt=told)
    inner = [region for region in regions if inside(region.code, portal)]
    own = [region for region in inner if region.code == portal]
    agreeing = own or inner or [region for region in regions if _akin(region.code, portal)]
    if len(agreeing) == 1:
        return agreeing[0]
    if agreeing:
        return _Undecided(problem=f"{regions[0].name} may be {_list(agreeing)}")
    return _Undecided(doubt=f"its portal is that of {portal}, and {told}")


def _akin(region: str, portal: str) -> bool:
    """Tell whether a region holds the portal's, or one became the other."""
    followers = {getattr(find(code), "successor", "") for code in (region, portal)}
    return inside(portal, region) or bool(followers & {region, portal})


def _list(regions: Iterable[Region]) -> str:
    return " or ".join(f"{region.code} ({''.join(reversed([*_path(region)]))})" for region in regions)


def _path(region: Region) -> Iterable[str]:
    yield region.name
    yield from (outer.name for code in ancestors(region.code)[1:] if (outer := find(code)))


def _named(head: str, region: Region, rest: str) -> Registered:
    body = _town(region.code, spelled(rest)) or _government(region)
    head = head or _HEADS.get(body, "")
    zone = of_city(region, body)
    if zone:
        return _of_zone(head, zone, region)
    branch = _BRANCH.match(body)
    inner = _branch_region(region, branch["place"]) if branch else None
    return Registered(f"{head}{_full(region)}{body}", inner or region.code)


def _government(region: Region) -> str:
    """Return the body that a region's bare name stands for: leagues and 地区 have a 行政公署, a zone has none that is known."""
    if region.level == "zone":
        return ""
    if region.name.endswith(("盟", "地区")):
        return "行政公署"
    return "人民政府" if region.name.endswith(_GOVERNED) else ""


def _of_zone(head: str, name: str, city: Region) -> Registered:
    """Name a city's zone, or a body of it, and give it the zone's own code where it has one: 唐山高新区 is 130273."""
    found = leading(name)
    coded = [region for region in found.regions if region.level == "zone" and inside(region.code, city.code)]
    return _named(head, coded[0], found.rest) if len(coded) == 1 else Registered(f"{head}{name}", city.code)


def _branch_region(region: Region, place: str) -> str | None:
    """Return the county a branch works for: 岱岳 of 泰安市生态环境局岱岳分局 is 岱岳区, if the city has one such county."""
    exact = [found.code for found in leading(place).regions if inside(found.code, region.code)]
    if exact:
        return exact[0] if len(exact) == 1 else None
    kinds = ("区", "县", "市", "旗", "新区")
    loose = {f.code for kind in kinds for f in leading(f"{place}{kind}").regions if inside(f.code, region.code)}
    return loose.pop() if len(loose) == 1 else None


def _team_region(name: str, region: Region) -> str:
    """Return the county that a survey team of the statistics office works in (国家统计局方城调查队), else the portal's region."""
    team = _SURVEY_TEAM.match(name)
    if team is None or team["place"] == plain(region.name):
        return region.code
    return _branch_region(region, team["place"]) or region.code


def _full(region: Region) -> str:
    """Return the place as agencies' names begin: districts with their city, everything else alone.

    A district of the past is of its city as it was called then: 襄樊市襄阳区, for both got other names in 2010.
    """
    outer = find(region.parent) if region.valid_to is None else in_year(region.parent, region.valid_to - 1)
    with_city = (
        region.level == "county" and region.name.endswith("区") and outer is not None and outer.name.endswith("市")
    )
    return f"{outer.name}{region.name}" if with_city and outer else region.name


def _of_portal(name: str, portal: str | None, region: Region | None) -> Registered:
    if is_national(spelled(name)):
        return Registered(spelled(name), None, doubt="it is a body of the state, not of its portal's region")
    if region is None or (has_own_name(name) and not is_known(spelled(name))):
        return Registered(spelled(name), _team_region(name, region) if region else portal)
    township = _TOWNSHIP.match(name)
    if township:
        return _township(name, township["township"], region)
    generic = _GENERIC.match(name)
    if generic and not is_known(spelled(name)) and (is_known(spelled(generic["body"])) or not _NO_KIND.match(name)):
        return _generic(name, generic["kind"], generic["body"], region)
    return _bare(name, region)


def _township(name: str, township: str, region: Region) -> Registered:
    """A town without its county: the portal's, or the one county of the portal's region that now has such a town."""
    if region.level in ("county", "zone"):
        return Registered(f"{_full(region)}{_town(region.code, name)}", region.code)
    code = townships(region.code).get(township)
    found = find(code)
    if found is None:
        known = "is in several counties" if code == "" else "is in no county that is known"
        return Registered(name, None, f"{township} {known} of {region.name}")
    return Registered(f"{_full(found)}{name}", found.code, witness="" if found == region else found.name)


def _town(county: str, name: str) -> str:
    """Write a town's name out: 落别乡人民政府 as 落别布依族彝族乡人民政府; every other name stays."""
    town = _TOWNSHIP.match(name)
    printed = town["township"] if town else ""
    return name.replace(printed, full_towns(county).get(printed, printed), 1)


def _generic(name: str, kind: str, body: str, region: Region) -> Registered:
    """县财政局: of the nearest region of that kind, the portal's or one that holds it.

    区 is the 自治区 on its own portal only: on that of a city in it, it is a district that is not named.
    """
    around = [region, *(unit for code in ancestors(region.code)[1:] if (unit := find(code)))]
    of_kind = (unit for unit in around if unit.name.endswith(kind))
    found = next((unit for unit in of_kind if kind != "区" or unit == region or unit.level == "county"), None)
    if found is None:
        return Registered(spelled(name), None, f"{name} is of some {kind}, and {region.name} is none")
    return _portals(found, body, region)


def _bare(name: str, region: Region) -> Registered:
    if _is_of_some_area(spelled(name), region):
        return Registered(spelled(name), None, f"{name} is that of an area, and {region.name} may have several")
    around = [unit for code in ancestors(region.code)[1:] if (unit := find(code))]
    own, known = plain(region.name), is_known(spelled(name))
    inner = None if known else _without_kind(name, own, region)
    if inner is not None:
        return inner
    if name.startswith(own) and own not in {plain(unit.name) for unit in around}:
        rest = spelled(name.removeprefix(own))
        is_its_own = is_known(rest) or (region.name.endswith("市") and begins_with_area(rest))
        return _named("", region, rest) if is_its_own else Registered(spelled(name), region.code)
    if not known and _UNKNOWN_COUNTY.match(name) and region.level in ("province", "prefecture"):
        return Registered(
            spelled(name), None, doubt=f"its place is in no list, and its portal is that of {region.name}"
        )
    unknown = not known and (_UNKNOWN_COUNTY.match(name) or _UNKNOWN_DISTRICT.match(name))
    begins = any(name.startswith(plain(unit.name)) for unit in (region, *around))
    if begins or unknown or (is_vertical(name) and not known):
        return Registered(spelled(name), region.code)
    return _portals(region, name, region)


def _is_of_some_area(name: str, region: Region) -> bool:
    """Tell whether a committee's name leaves out its area; a 高新区 without a name is its city's, but not a province's."""
    committee = _COMMITTEE_OF_AREA.match(name)
    of_city = committee is not None and committee["area"] not in ("", "新区") and region.name.endswith("市")
    return committee is not None and not of_city and region.level != "zone" and not region.name.endswith("新区")


def _without_kind(name: str, own: str, region: Region) -> Registered | None:
    """Name the body of a place that is printed without its kind on a portal above it: 方城教育局 on that of 南阳市."""
    place = leading_plainly(name.removeprefix(own), region, lambda rest: is_known(spelled(rest)))
    if len(place.regions) > 1:
        return Registered(spelled(name), None, f"it may be of {_list(place.regions)}")
    return _named("", place.regions[0], place.rest) if place.regions else None


def _portals(region: Region, body: str, portal: Region) -> Registered:
    """Name an agency after its portal's region, or one that holds it."""
    return replace(_named("", region, body), by_portal=region == portal and portal.level in ("province", "prefecture"))


def body_of(name: str) -> str:
    """Return the body of a full name, in its one spelling, or an empty string when it is none of the tables."""
    place, body = split_body(name)
    return body if place or is_known(body) else ""
