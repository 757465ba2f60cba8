"""The years a run is limited to, and what a link's words say about them."""

import re

from crawler.items import LinkKind
from extract.identity.titles import plain_year, read_title
from extract.text import compact

FIRST_YEAR, LAST_YEAR = 2003, 2099
_PART = re.compile(r"(20\d\d)(?:-(20\d\d))?")
_YEAR = re.compile(r"(?<!\d)20[0-9]\d(?!\d)")


def parse_years(text: str) -> frozenset[int]:
    """Read ``2022``, ``2019-2024`` or ``2019-2021,2023``; empty means every year and gives an empty set.

    Raises ``ValueError`` with a sentence for anything else.
    """
    years: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"years {text!r}: {part!r} is neither a year nor a span such as 2019-2024")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise ValueError(f"years {text!r}: {part!r} runs backwards")
        years.update(range(first, last + 1))
    if text.strip() and not years:
        raise ValueError(f"years {text!r} names no year")
    return frozenset(years)


def is_wanted(text: str, kind: LinkKind, years: frozenset[int]) -> bool:
    """Tell whether a link may lead to a wanted year; only words that name other years alone say no.

    A column's year may be the year of publication, one later than the reports in it.
    """
    if not years or kind in {"next", "hub"}:
        return True
    if kind in {"report", "attachment"}:
        read = read_title(text).year
        named = {read} if read is not None else set()
    else:
        named = {int(year) for year in _YEAR.findall(plain_year(compact(text)))}
        named |= {year - 1 for year in named}
    return not named or bool(named & years)
