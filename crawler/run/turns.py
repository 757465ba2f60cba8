"""Whether a report or file that was asked for on other nights is asked for tonight."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawler.items import Link
from crawler.page.links import is_year_name
from crawler.run.desk import Memory
from crawler.walk.absences import ABSENT
from crawler.walk.answers import kept_as
from crawler.walk.lead import Lead
from crawler.walk.revisits import Revisits

_ARTICLES = frozenset({"report", "attachment"})


# 202401/5839514.html is one article; nb/, index.html and list_2.html may show others tomorrow.
_FILE_NAME = re.compile(r"/([^/.]*\d[^/.]*)\.\w{3,6}$")
_YEAR_CHOSEN = re.compile(r"[?&](?:fbtime|nbYear|year)=20\d\d(?:&|$)", re.IGNORECASE)
_LIST_NAME = re.compile(r"(?:index|list|default|main|page|node|col)[a-z]*[-_]?\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of one night; ``today`` is the day in which it began."""

    revisits: Revisits
    today: date

    def rests(self, lead: Lead, memory: Memory) -> bool:
        """Tell whether a known report or file is left for a later night, also one that was linked like a column."""
        told = lead.kind == "column" and memory.is_document and _is_article(lead.link)
        if lead.is_seed or memory.visited is None or not (told or lead.kind in _ARTICLES):
            return False
        return not self.revisits.is_due(kept_as(lead.link), memory.visited, self.today)

    def is_given_up(self, lead: Lead, memory: Memory) -> bool:
        """Tell whether a report or file that is listed and was not there night after night is left for a later one."""
        if lead.is_seed or lead.kind not in _ARTICLES or not memory.absence.is_confirmed:
            return False
        return not self.revisits.is_missed(kept_as(lead.link), memory.absence.days[0], self.today)

    def absence(self, lead: Lead, outcome: str) -> str:
        """Say of an article that is not there, and was not on other nights, that it is asked for seldom from now on."""
        absence = lead.absence.with_day(self.today)
        if outcome not in ABSENT or not absence.is_confirmed or lead.kind not in _ARTICLES:
            return ""
        return f"not there on {len(absence.days)} nights, asked for every {self.revisits.slowest} from now on"


def _is_article(link: Link) -> bool:
    """Tell whether a link that was taken for a column's can only mean one report: the tab of a year, or an article.

    A column that is its own only report will be a list when there are two.
    """
    name = _FILE_NAME.search(urlsplit(link.url).path)
    named = name is not None and _LIST_NAME.fullmatch(name.group(1)) is None
    return named or is_year_name(link.text) or _YEAR_CHOSEN.search(link.url) is not None
