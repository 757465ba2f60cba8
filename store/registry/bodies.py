"""What an agency is, its place left aside: one spelling for each body, its first plate, and whether it is vertical.

住建局 is 住房和城乡建设局 everywhere. 文旅局 is not one thing: short names that counties use for different bodies stay as
printed (``possible`` lists what they may be).
"""

import re
from functools import cache

from store.registry.tables import rows

_ENDING = "局|委员会|委|办公室|办公厅|厅|中心|政府|办|站|队|院|社|联合会|处|馆|部"
_SECOND_PLATE = re.compile(
    rf"^(?P<first>.+?(?:{_ENDING}))\((?:[^()]*(?:{_ENDING})|本级|本部|机关|汇总|含.*|加?挂.*)\)$"
)
_TOGETHER = re.compile(
    rf"^(?P<first>.+?(?:局|委员会|办公室|厅|中心))(?:[、,/].+?(?:{_ENDING})(?:合署(?:办公)?)?|(?:与|和).+合署(?:办公)?|加?挂.+牌?子?)$"
)
_PLACE_ENDS = "省市区县旗州盟)"
VERTICAL_HEAD = re.compile(
    r"^(?:国家税务总局|国家统计局|国家金融监督管理总局|国家矿山安全监察局|国家外汇管理局|中国人民银行|中华人民共和国|中国气象局)"
)
"""What stands before the place in the names of central bodies."""

_WITHOUT_PLACE = re.compile(
    r"^(?:国家|中国|中华|中共|全国|国务院|国网|民航|新疆生产建设兵团|(?:财政|生态环境|交通运输|自然资源|农业农村|水利)部(?=.))|海关$"
)

_NATIONAL = re.compile(
    r"^(?:国家(?!税务局$|级)[^\W局委署区]+(?:总局|局|委员会|署)|(?:外交|国防|教育|科学技术|工业和信息化|公安|民政|司法|财政|人力资源和社会保障|自然资源"
    r"|国土资源|生态环境|环境保护|住房和城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|卫生|应急管理|退役军人事务)部"
    r"|审计署(?:驻.+特派员办事处)?|海关总署|市场监管总局|中国人民银行|中国气象局|国务院.*"
    r"|(?:水利部)?(?:(?:长江|黄河|淮河|海河|珠江|松辽)水利委员会|太湖流域管理局))$"
)
"""The ministries and offices of the State Council, and what they keep for several provinces: on a province's site their
reports are only shown."""

_COMMITTEE = re.compile(r"管委会$")


def first_plate(name: str) -> str:
    """Return the first of several plates at one door: 县政府办公室 of 县政府办公室(县大数据局) and of A、B合署."""
    found = _SECOND_PLATE.match(name) or _TOGETHER.match(name)
    return found["first"] if found else name


def split_body(name: str) -> tuple[str, str]:
    """Split a name before the longest known body at its end and give that body's one spelling; ("", name) if none."""
    for start in range(len(name)):
        body = _spellings().get(name[start:])
        if body and (start == 0 or name[start - 1] in _PLACE_ENDS or name[:start] == "国家"):
            return name[:start], body
    return "", name


def spelled(name: str) -> str:
    """Return a name with its body in its one spelling: 安阳县住建局 as 安阳县住房和城乡建设局."""
    place, body = split_body(name)
    return f"{place}{body}" if place or is_known(body) else _COMMITTEE.sub("管理委员会", name)


def is_known(body: str) -> bool:
    """Tell whether a body is one of the tables, in its one spelling."""
    return _spellings().get(body) == body


def possible(body: str) -> tuple[str, ...]:
    """Return what a short name may stand for when that differs from place to place; empty for every other name."""
    return _possible().get(body, ())


def shorts_of(body: str) -> tuple[str, ...]:
    """Return the short names that may stand for a body."""
    return tuple(short for short, names in _possible().items() if body in names)


def is_vertical(name: str) -> bool:
    """Tell whether a name is that of a body that reports to its own ministry, not to the place's government."""
    return any(pattern.search(name) for pattern in _vertical())


def has_own_name(name: str) -> bool:
    """Tell whether a name is whole without a place before it: 中国(云岭)自由贸易试验区…, 黄埔海关."""
    return bool(_WITHOUT_PLACE.search(name))


def is_national(name: str) -> bool:
    """Tell whether a name is that of a ministry or office of the State Council: 水利部, 国家卫生健康委员会."""
    return bool(_NATIONAL.match(name))


@cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("bodies.csv"):
        for kind in row["kinds"].split() or [""]:
            name = row["stem"] + kind
            shorts = row["short"].split()
            found |= {f"{printed}{ending}": name for printed in (row["stem"], *shorts) for ending in _endings(kind)}
    in_tables = {name for row in rows("successions.csv") for name in (row["old"], row["new"])}
    in_tables |= {name for row in rows("short_names.csv") for name in row.values()}
    return {name: name for name in in_tables} | found


def _endings(kind: str) -> tuple[str, ...]:
    return {"委员会": ("委员会", "委"), "办公室": ("办公室", "办")}.get(kind, (kind,))


@cache
def _possible() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("short_names.csv"):
        found[row["short"]] = (*found.get(row["short"], ()), row["name"])
    return found


@cache
def _vertical() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("vertical.csv"))
