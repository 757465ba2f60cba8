"""From a home page to its columns: pages that only lead on are asked for best first, within a budget a seed.

A portal's openness pages are thousands; its annual-report columns are found behind a few words. Each answer of a seed
releases one page of its search, so that what a page has just shown is weighed before the next is chosen.
"""

import heapq
import re
from collections import Counter, defaultdict
from itertools import count

from crawler.page.pages import is_annual_name
from crawler.walk.lead import Lead
from extract.text import compact

WORTH = (
    (re.compile(r"政府信息公开|法定主动公开"), 4),
    (re.compile(r"信息公开|公开内容"), 3),
    (re.compile(r"政务公开"), 2),
    (re.compile(r"部门|乡镇|街道|镇街|单位|机构"), 1),
)
"""How near to a column the words of a link are; the first that fits counts, an agency's bare name is worth nothing
more. The order is that in which portals nest them: 政务公开 > 政府信息公开 > 法定主动公开内容 > 政府信息公开年报."""

_ANNUAL_WORTH = 5


def worth(text: str) -> int:
    """Weigh the words of a link that leads towards a column; more is nearer."""
    words = compact(text)
    if is_annual_name(words):
        return _ANNUAL_WORTH
    return next((weight for pattern, weight in WORTH if pattern.search(words)), 0)


class Frontier:
    """The pages of each seed's search that are still to be asked for, and how many have been."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, list[tuple[int, int, int, Lead]]] = defaultdict(list)
        self._asked: Counter[str] = Counter()
        self._order = count()
        self._offered: set[tuple[str, str]] = set()

    def offer(self, lead: Lead) -> None:
        """Add a page once; among equals the one nearer to the seed, then the one found first, comes first."""
        if (lead.seed.url, lead.link.url) in self._offered:
            return
        self._offered.add((lead.seed.url, lead.link.url))
        rank = (-worth(lead.link.text), lead.steps, next(self._order), lead)
        heapq.heappush(self._waiting[lead.seed.url], rank)

    def best(self, seed_url: str) -> Lead | None:
        """Take the best page of a seed's search, or ``None`` where none is left."""
        waiting = self._waiting[seed_url]
        return heapq.heappop(waiting)[-1] if waiting else None

    def count(self, seed_url: str) -> None:
        """Count a page that is asked for."""
        self._asked[seed_url] += 1

    def asked(self, seed_url: str) -> int:
        """Give how many pages of a seed's search have been asked for."""
        return self._asked[seed_url]
