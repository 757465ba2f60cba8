"""Whether two printed names may be one body's: 住建局 and 住房和城乡建设局, a town and its office."""

import re

from extract.identity.titles import is_agency

_ENDINGS = (
    *("街道办事处", "委员会", "管委会", "办公室", "办公厅", "办事处", "人民政府", "政府", "分局", "中心"),
    *("支队", "大队", "总队", "街道", "局", "委", "办", "厅", "署", "处"),
)
_TOWN = re.compile(r".+?(?:镇|乡|街道|苏木|农场|林场|办事处)")
_RANKS = str.maketrans("", "", "省市区县旗州盟镇乡()（）·")
_GOVERNMENT = re.compile(r"(?:[省市区县旗州盟]|政府)$")
_BUREAU = re.compile(r"(?:局|厅|署|(?<!管)委|(?<!管理)委员会)$")


_OF_A_PLACE = re.compile(r".{1,8}?[省市县区旗州盟镇乡](?<!城乡)(?<!社区)(?!场)")


def are_two(line: str) -> bool:
    """Say whether bodies stand beside each other on a line, each with its place (某市教育局　某市财政局): together they
    name neither."""
    bodies = [part for part in line.split() if is_agency(part) and _OF_A_PLACE.match(part)]
    return len(bodies) > 1


def may_be_same(one: str, two: str) -> bool:
    """Say whether two names may be one body's, however shortened each of them is.

    A county and its bureau are two bodies; a town and any office of it count as one, for towns have no bureaus.
    """
    if one == two:
        return True
    towns = [_TOWN.match(name) for name in (one, two)]
    if any(town and _is_within(_stem(town[0]), other) for town, other in zip(towns, (two, one), strict=True)):
        return True
    if any(_GOVERNMENT.search(name) and _BUREAU.search(other) for name, other in ((one, two), (two, one))):
        return False
    short, long = sorted((_stem(one), _stem(two)), key=len)
    return _is_within(short, long)


def _stem(name: str) -> str:
    """Return what tells a body from others: its name without the kind of body it is and the ranks of its places."""
    rest = name
    while ending := next((ending for ending in _ENDINGS if rest.endswith(ending) and rest != ending), ""):
        rest = rest.removesuffix(ending)
    return rest.translate(_RANKS)


def _is_within(short: str, long: str) -> bool:
    """Say whether all signs of a text stand in another, in that order."""
    signs = iter(long)
    return all(sign in signs for sign in short)
