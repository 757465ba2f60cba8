"""The whole name of an agency that a report calls by its rank only (市科技局): with its place, as the report itself prints it."""

import re
from collections.abc import Sequence

from extract.identity.agency_names import may_be_same
from extract.identity.titles import find_agency
from extract.text import compact

_BY_RANK = re.compile(r"(?!市[中南北]区)[省市县区州旗盟]")
_BEFORE = r"(?:^|[^\u4e00-\u9fff]|[与由]|联系|公布|发布|编制|现[将把])"
_PLACE = r"(?:(?![与由的在向及对将为是以把请各全本我该了年度月日局委厅办院处署部会])[\u4e00-\u9fff]){1,16}"


def whole_name(agency: str, lines: Sequence[str]) -> str:
    """Return the one longer name of an agency that the lines print (清江市科技局); as it is, where they print several."""
    if not _BY_RANK.match(agency):
        return agency
    name = re.escape(agency).replace("政府", "(?:人民)?政府").replace("(?:人民)?(?:人民)?", "(?:人民)?")
    printed = re.compile(rf"{_BEFORE}({_PLACE}{name})")
    found = (found[1] for line in lines for found in printed.finditer(compact(line)))
    names = {name for name in found if find_agency(name) == name}
    longest = max(names, key=len, default=agency)
    return longest if all(may_be_same(longest, other) for other in names) else agency
