"""Who tells of its own work: whether an agency that opens a sentence may be it (我局 is no government's office), a place
(2023年，清江县坚持…), or the government whose office writes for the whole area."""

import re
from collections.abc import Iterable

from extract.identity.titles import is_agency

_SELF = re.compile("我(局|委|厅|院|镇|乡|街|县|区|市|省|州|旗|盟|办|室|部|校|所|站|队|场)")
_OFFICE = re.compile("(?:办公室|办公厅|(?<!街道)办)$")
_GOVERNMENT = re.compile("政府$")
_BODIES = frozenset("局委院部校所站队场")
_SELVES = (
    (_OFFICE, frozenset("办室厅"), _BODIES | frozenset("镇乡街")),
    (_GOVERNMENT, frozenset("省市县区州旗盟镇乡街"), _BODIES | frozenset("办室厅")),
)
"""Governments and their offices are named in the reports of others too: what they call themselves, and what only others do."""

_AREAS = frozenset("省市县区州旗盟镇乡街")
_OWN_BODY = re.compile(
    "本(?:局|委|厅|院|办|机关|单位|部门)|我单位|政府办(?:公[室厅])?(?=认真|坚持|高度|深入|严格|按照|围绕|紧)"
)
_ACTING_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?<![社小城地市辖片园山景校])[市县区旗州盟省](?=政府信息公开工作|坚持|深入|认真|严格|全面|紧紧|持续|高度重视|以习近平|按照|围绕)"
)
_NO_PLACE = re.compile("(?:以及|及|和|与)?(?:本(?!溪)|全(?![州椒南])|各|我|该)")
_SHORTEST_PLACE = 2

_AUTHOR = re.compile("的(?!(?:政府|政务)信息公开)|《|关于")
"""What follows the author of a notice or a plan (国务院办公厅关于…), who is named for it."""


def tells_of_itself(agency: str, behind: str, text: str) -> bool:
    """Say whether an agency named before ``behind`` in a report's ``text`` may be the report's own."""
    if _AUTHOR.match(behind):
        return False
    selves = set(_SELF.findall(text))
    kinds = ((own, others) for ending, own, others in _SELVES if ending.search(agency))
    return not any(selves & others and not selves & own for own, others in kinds)


def place_that_tells(rest: str, text: str) -> str | None:
    """Return the place that opens a sentence as the one who acts, where nobody else in the text speaks of itself."""
    found = None if _NO_PLACE.match(rest) else _ACTING_PLACE.match(rest)
    return found[0] if found is not None and is_agency(found[0]) and not _speaks_of_a_body(text) else None


def government_of(office: str, openings: Iterable[str], text: str) -> str:
    """Return the government for which its office writes, where the text speaks of the whole area and never of the office."""
    government = _OFFICE.sub("", office)
    area = _GOVERNMENT.sub("", government).removesuffix("人民")
    tails = [area[start:] for start in range(len(area) - _SHORTEST_PLACE + 1)]
    of_area = any(rest.startswith(tail) and not rest.startswith(f"{tail}人民") for rest in openings for tail in tails)
    speaks = of_area or bool(set(_SELF.findall(text)) & _AREAS)
    is_office = government != office and _GOVERNMENT.search(government) is not None
    return government if is_office and speaks and not _speaks_of_a_body(text) else office


def _speaks_of_a_body(text: str) -> bool:
    return bool(_OWN_BODY.search(text) or set(_SELF.findall(text)) - _AREAS)
