"""Areas run by a committee that have no code of their own or none for all of their years (雄安新区, 济源示范区), and cities'
zones (南阳高新区): one name each, whatever is printed of the province or city before them.

The names are those under which their committees publish; the regions are the innermost ones with a code that hold them.
"""

import re
from dataclasses import dataclass
from functools import cache

from store.registry.regions import Region, ancestors, find, inside, plain
from store.registry.tables import rows

_NEW_AREA = re.compile(r"^[\u4e00-\u9fff]{2,4}新区(?![\u4e00-\u9fff]{0,3}(?:街道|镇|乡))")
"""前湾新区 of 宁波前湾新区; an area that is called after its city alone (福州新区) is in the list."""

_CITYS_ZONE = re.compile(
    r"^(?:高新(?:技术)?(?:产业)?(?:开发|园)?|经开|经济(?:技术)?开发|(?:综合)?保税|城乡一体化示范)区(?![\u4e00-\u9fff]{0,3}(?:街道|镇|乡))"
)
"""Zones of which a city has one of each name, so that 南阳市高新区, 南阳高新区 and 高新区 on its portal are the same."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area's name, the code of the region it is counted to, and what follows it in an agency's name."""

    name: str
    region: str
    rest: str


def area(name: str, portal: str | None) -> Area | None:
    """Read an area at the head of a name, where the portal is of a region that holds it or lies in its region; without a
    portal only after its province or city (河北雄安新区), for other places have an 江北新区 too."""
    for pattern, official, region in _areas():
        found = pattern.match(name)
        if found and (found["head"] if portal is None else _around(region, portal)):
            return Area(official, region, name[found.end() :])
    return None


def of_city(region: Region, rest: str) -> str:
    """Return a zone's name as a city's zones are called (南阳高新区), or "" where no zone of a city follows."""
    is_city = region.level in ("province", "prefecture") and region.name.endswith("市")
    return f"{plain(region.name)}{rest}" if is_city and _CITYS_ZONE.match(rest) else ""


def begins_with_area(rest: str) -> bool:
    """Tell whether what follows a city's name without 市 is an area of its own name: 宁波前湾新区 is 宁波市前湾新区."""
    return bool(_NEW_AREA.match(rest))


def _around(region: str, portal: str) -> bool:
    return inside(region, portal) or inside(portal, region)


@cache
def _areas() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((_pattern(row["area"], row["region"]), row["name"], row["region"]) for row in rows("areas.csv"))


def _pattern(name: str, region: str) -> re.Pattern[str]:
    outer = [found.name for code in ancestors(region) if (found := find(code))]
    heads = sorted({form for place in outer for form in (place, plain(place))} - {name}, key=len, reverse=True)
    return re.compile(f"(?P<head>(?:{'|'.join(map(re.escape, heads))})*){re.escape(name)}")
