"""References of an XLSX such as B2:C9, and the areas of its sheets that are printed."""

import re
from collections.abc import Mapping

from lxml import etree

from extract.office.excel.sheets import Area, Place

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_PRINTED = "_xlnm.Print_Area"
_AREA = re.compile(r"!(\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)")


def area_of(reference: str) -> Area | None:
    """Return the area of a reference, or ``None`` if it is none."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    return Area(*start, *end) if start and end else None


def place_of(reference: str | None) -> Place | None:
    """Return the place of a reference to one cell, or ``None`` if it is none."""
    found = _REFERENCE.fullmatch(reference or "")
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def print_areas(root: etree._Element) -> Mapping[int, tuple[Area, ...]]:
    """Return the areas that are printed of each sheet that states some, by its number in the workbook."""
    stated = (node for node in root.iter("{*}definedName") if node.get("name") == _PRINTED)
    found = {node.get("localSheetId") or "": map(area_of, _AREA.findall(node.text or "")) for node in stated}
    numbered = ((int(sheet), areas) for sheet, areas in found.items() if sheet.isdecimal())
    return {sheet: tuple(area for area in areas if area is not None) for sheet, areas in numbered}
