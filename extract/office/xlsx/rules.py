"""Conditional formats of an XLSX that can hide figures, strike them out or print them otherwise."""

import operator
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from lxml import etree

from extract.office.excel.rules import HidingRule, number_of
from extract.office.excel.sheets import Area
from extract.office.package import local_name
from extract.office.xlsx.looks import Looks, can_hide

_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "lessThan": operator.lt,
    "lessThanOrEqual": operator.le,
    "equal": operator.eq,
    "notEqual": operator.ne,
    "greaterThanOrEqual": operator.ge,
    "greaterThan": operator.gt,
}


def hiding_rules(node: etree._Element, looks: Looks, area_of: Callable[[str], Area | None]) -> Iterator[HidingRule]:
    """Yield the rules of ``conditionalFormatting`` that can hide; ``area_of`` reads a reference such as B2:C9."""
    inside = (str(found.text or "") for found in node.iter("{*}sqref"))
    stated = " ".join((node.get("sqref") or "", *inside)).split()
    areas = tuple(area for area in map(area_of, stated) if area is not None)
    for rule in (found for found in node if local_name(found) == "cfRule"):
        if _can_hide(rule, looks):
            yield _rule(rule, areas)


def _can_hide(rule: etree._Element, looks: Looks) -> bool:
    number = rule.get("dxfId") or ""
    if number.isdecimal() and int(number) in looks.hiding:
        return True
    shows_no_value = any(found.get("showValue") in ("0", "false") for found in rule.iter())
    return shows_no_value or any(can_hide(found) for found in rule if local_name(found) == "dxf")


def _rule(rule: etree._Element, areas: Sequence[Area]) -> HidingRule:
    limits = [number_of(found.text or "") for found in rule if local_name(found) in ("formula", "f")]
    holds = _HOLDS.get(rule.get("operator") or "") if rule.get("type") == "cellIs" else None
    if holds is None or len(limits) != 1 or limits[0] is None:
        return HidingRule(tuple(areas))
    return HidingRule(tuple(areas), holds, limits[0])
