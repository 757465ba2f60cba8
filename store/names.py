"""Names of agencies: their clean form, and whether a short name is another printing of a full one."""

import re
from unicodedata import category

from extract.text import compact

MAX_NAME = 60
"""Longest name believed, in characters; the longest real one seen has 34."""

_TAILS = frozenset({"", "员会", "公室", "事处", "办事处"})
"""What a short name may leave off: 委(员会), 办(公室), 街道办(事处), 街道(办事处). Never 政府(办公室)."""

_UNSKIPPABLE = frozenset("省市区县旗州盟镇乡村局厅处院分")
"""Letters that name a place or another body: leaving one out inside a name would mean somebody else."""

_BARE_PLACE = re.compile(r"(?<=[\u4e00-\u9fff])(?:[省市区县旗州镇乡]|苏木)(?P<office>(?:人民)?政府)?$")
_NO_GOVERNMENT = re.compile(
    r"(?:开发|高新|技术|园|新|保税|风景|名胜|旅游|度假|示范|试验|实验|产业|工业|合作|功能|管理|港务|经济|贸易|物流|保护|商务|创新|集聚|集中|社|小|校|景|地|港|林)区$"
)
"""Areas run by a committee or by nobody: 高新区 is not 高新区人民政府."""

_NOT_PLACES = (("城乡", "城"), ("社区", "社"), ("地区", "地"))
_TOWNSHIP = re.compile(r"(?:镇|乡|苏木|街道)(?:人民政府|政府|办事处|街道办事处|办公室)?$")
_REGION = re.compile(r"\d{6}")
_BRANCH_OFFICE = re.compile(r"街道办$|(?<=[\u4e00-\u9fff]{2})(?<![大道])街$")
"""佳荣里街, as 天津, 武汉 and 广州 print it, is 佳荣里街道."""

_OF_ITS_GOVERNMENT = re.compile(r"(?<=[市区县旗])人民政府(?=[\u4e00-\u9fff]{1,10}街道(?:办|办事处)?$)")
"""越秀区人民政府北京街道办事处 is 越秀区北京街道办事处: the office is the government's wherever it says so."""


def clean_name(text: str | None) -> str:
    """Return a name in its one form (NFKC, no white space, no control characters), or "" if it is too long."""
    name = "".join(letter for letter in compact(text or "") if category(letter)[0] in "LNPM")
    return name if len(name) <= MAX_NAME else ""


def official_name(name: str) -> str:
    """Return the name of the body a bare place stands for: 原村乡 and 原村乡政府 are 原村乡人民政府.

    A place publishes through its government; so one agency is not two in the years its title says less.
    """
    name = _BRANCH_OFFICE.sub("街道办事处", _OF_ITS_GOVERNMENT.sub("", name))
    place = _BARE_PLACE.search(name)
    if place is None or _NO_GOVERNMENT.search(name):
        return f"{name}办事处" if name.endswith("街道") else name
    return f"{name.removesuffix(place['office'] or '')}人民政府"


def same_body(short: str, full: str) -> bool:
    """Tell whether ``short`` is ``full`` printed with less: 住建局 for 安阳县住房和城乡建设局, but never 安阳市住建局.

    A leading place may be left out; inside the name no place may be, and the endings must agree, so that an
    office's own report and its government's stay apart.
    """
    return short == full or any(_abbreviates(short, full[start:]) for start in range(len(full) - len(short) + 1))


def level(region: str | None, name: str) -> str | None:
    """Return province, prefecture, county or township from the code's zeros and the name's ending."""
    if _TOWNSHIP.search(name):
        return "township"
    if region is None:
        return None
    return "province" if region.endswith("0000") else "prefecture" if region.endswith("00") else "county"


def most_specific(regions: set[str]) -> str | None:
    """Return the region that lies in all the others, or None: 110105 of {110000, 110105}."""
    valid = {region for region in regions if _REGION.fullmatch(region)}
    if not valid:
        return None
    inner = max(valid, key=lambda region: (len(_stem(region)), region))
    return inner if all(inner.startswith(_stem(region)) for region in valid) else None


def _stem(region: str) -> str:
    return re.sub(r"(?:00){1,2}$", "", region)


def _abbreviates(short: str, full: str) -> bool:
    short, full = _without_false_places(short), _without_false_places(full)
    if not short or full[:1] != short[0]:
        return False
    rest = full[1:]
    for letter in short[1:]:
        skipped, found, rest = rest.partition(letter)
        if not found or _UNSKIPPABLE.intersection(skipped):
            return False
    return rest in _TAILS


def _without_false_places(name: str) -> str:
    for printed, plain in _NOT_PLACES:
        name = name.replace(printed, plain)
    return name
