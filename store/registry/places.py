"""The place a name begins with: 西安市长安区 of 西安市长安区砲里街道办事处, by the names that regions have or had."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from store.registry.regions import Region, called_plainly, inside, named, present

MAX_PLACE = 15
"""Longest name of a region: 积石山保安族东乡族撒拉族自治县."""

_FALSE_END = re.compile(
    r"市场(?:[监管局服和秩执]|中心|发展|建设|物业|开发)|市政(?:管理|园林|工程|设施|公用)|区域|县域|市容|市民(?:中心|服务|之家|热线|广场|卡)|州际|旗舰"
)
"""Words whose first character would be taken for the end of a place: 通州市场监督管理局 is not of 通州市."""


_TOWN_END = re.compile(r"(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|办|党.{1,8})?")
"""新县镇人民政府 is a town's, not a part of 新县; 乡村振兴局 is no town's."""


@dataclass(frozen=True, slots=True)
class Leading:
    """The regions that the longest place at the head of a name may be, and the rest of the name."""

    regions: tuple[Region, ...]
    rest: str


def leading(name: str) -> Leading:
    """Read the longest chain of places at the head of a name, each inside the one before it (浙江省杭州市西湖区).

    Provinces and cities before another place may lack their kind: 重庆两江新区 is 两江新区, 杭州余杭区 is 余杭区.
    """
    chains = [(region, rest) for region, rest in _chains(name, None) if not _TOWN_END.fullmatch(rest)]
    if not chains:
        return Leading((), name)
    shortest = min(len(rest) for _, rest in chains)
    ends = {region for region, rest in chains if len(rest) == shortest}
    return Leading(tuple(present(ends)), name[len(name) - shortest :])


def _chains(name: str, outer: Region | None) -> Iterator[tuple[Region, str]]:
    for length in range(2, min(MAX_PLACE, len(name)) + 1):
        if _FALSE_END.match(name, length - 1):
            continue
        for region in _inner(named(name[:length]), outer):
            yield region, name[length:]
            yield from _chains(name[length:], region)
        for region in _inner(called_plainly(name[:length]), outer):
            yield from _chains(name[length:], region)


def leading_plainly(name: str, outer: Region, is_body: Callable[[str], bool]) -> Leading:
    """Read places without their kind at the head of a name, inside ``outer`` and before a body: 方城 of 方城教育局."""
    chains = [(region, rest) for region, rest in _plain_chains(name, outer) if is_body(rest)]
    rests = {rest for _, rest in chains}
    return Leading(tuple(present({region for region, _ in chains})), min(rests, key=len, default=name))


def _plain_chains(name: str, outer: Region) -> Iterator[tuple[Region, str]]:
    for length in range(2, min(MAX_PLACE, len(name)) + 1):
        for region in _inner(called_plainly(name[:length]), outer):
            yield region, name[length:]
            yield from _plain_chains(name[length:], region)


def _inner(found: tuple[Region, ...], outer: Region | None) -> Iterator[Region]:
    return (one for one in found if outer is None or (one.code != outer.code and inside(one.code, outer.code)))
