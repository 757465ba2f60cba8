"""Whether a report or file that was asked for on other nights is asked for tonight."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from crawler.items import Link
from crawler.page.urls import host_of
from crawler.page.wording import is_year_name
from crawler.run.memory import Memory
from crawler.walk.absences import ABSENT
from crawler.walk.answers import kept_as
from crawler.walk.lead import Lead
from crawler.walk.revisits import Revisits, Visited, from_settings
from extract.identity.titles import read_title
from store.visits import published_by

_ARTICLES = frozenset({"report", "attachment"})

_ONE_DAY = timedelta(days=1)
"""China is ahead of UTC; a day beside a link that is later still is a misprint."""


# 202401/5839514.html is one article; nb/, index.html and list_2.html may show others tomorrow.
_FILE_NAME = re.compile(r"/([^/.]*\d[^/.]*)\.\w{3,6}$")
_YEAR_CHOSEN = re.compile(r"[?&](?:fbtime|nbYear|year)=(20\d\d)(?:&|$)", re.IGNORECASE)
_YEAR_FOLDER = re.compile(r"/20\d\d(?:n|nd|nb|nian)?/[^/]")
_LIST_NAME = re.compile(r"(?:index|list|default|main|page|node|col)[a-z]*[-_]?\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of one night; ``today`` is the day in which it began.

    ``max_extra``: how many old reports of one host are asked for in it that only might have changed: those that were
    had once, and those that stand beside something new. The rest of these waits for other nights, so that the load
    stays even also after a first night that brought thousands.
    """

    revisits: Revisits
    today: date
    max_extra: int
    _extra: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_settings(cls, settings: BaseSettings, today: date) -> "Turns":
        """Read the table of revisits and the limit of extra visits."""
        return cls(from_settings(settings), today, settings.getint("MAX_EXTRA_VISITS"))

    def rests(self, lead: Lead, memory: Memory, beside_news: bool = False) -> bool:
        """Tell whether a known report or file is left for a later night, also one that was linked like a column.

        One whose list bears a date after the last visit does not rest: it was published anew. Nor does the target of a
        redirect: it was its first address that was due.
        """
        told = lead.kind == "column" and memory.is_document and _is_article(lead.link)
        if lead.is_seed or lead.redirects or memory.visited is None or not (told or lead.kind in _ARTICLES):
            return False
        if memory.absence.days and not memory.absence.is_confirmed:
            return False
        visited = _dated(memory.visited, lead)
        if visited.last_on.isoformat() < lead.link.listed_on <= (self.today + _ONE_DAY).isoformat():
            return False
        if self.revisits.is_due(kept_as(lead.link), visited, self.today):
            return False
        may_differ = beside_news and visited.nights(self.today) > 0
        return not ((may_differ or self.revisits.is_unconfirmed(visited, self.today)) and self._has_extra(lead))

    def _has_extra(self, lead: Lead) -> bool:
        host = host_of(lead.link.url)
        self._extra[host] += 1
        return self._extra[host] <= self.max_extra

    @staticmethod
    def is_news(lead: Lead, memories: Mapping[str, Memory]) -> bool:
        """Tell whether a report or file was never asked for: somebody works on the list on which it stands, and that
        another report there was corrected is more likely than ever."""
        return lead.kind in _ARTICLES and lead.link.method == "GET" and kept_as(lead.link) not in memories

    def is_given_up(self, lead: Lead, memory: Memory) -> bool:
        """Tell whether a report or file that is listed and was not there night after night is left for a later one.

        The target of a redirect is asked for with its first address: only its answer says what that one has become.
        """
        article = lead.kind in _ARTICLES or self._is_past_year(lead.link.url)
        if lead.is_seed or lead.redirects or not article or not memory.absence.is_confirmed:
            return False
        return not self.revisits.is_missed(kept_as(lead.link), memory.absence.days[0], self.today)

    def _is_past_year(self, url: str) -> bool:
        """Tell whether an address chooses a year of which the report was due long ago; last year's may yet appear."""
        chosen = _YEAR_CHOSEN.search(url)
        return chosen is not None and int(chosen[1]) < self.today.year - 1

    def absence(self, lead: Lead, outcome: str) -> str:
        """Say of an article that is not there, and was not on other nights, that it is asked for seldom from now on."""
        absence = lead.absence.with_day(self.today)
        if outcome not in ABSENT or not absence.is_confirmed or lead.kind not in _ARTICLES:
            return ""
        return f"not there on {len(absence.days)} nights, asked for every {self.revisits.slowest} from now on"


def _dated(visited: Visited, lead: Lead) -> Visited:
    """Take the year in the words that lead to a report where its day of publication is not known."""
    if visited.published_on is not None:
        return visited
    year = read_title(lead.link.text).year or read_title(lead.page_title).year
    return visited if year is None else replace(visited, published_on=published_by(year))


def _is_article(link: Link) -> bool:
    """Tell whether a link that was taken for a column's can only mean one report: the tab of a year, what stands below
    a year, or an article.

    A column that is its own only report will be a list when there are two.
    """
    name = _FILE_NAME.search(urlsplit(link.url).path)
    named = name is not None and _LIST_NAME.fullmatch(name.group(1)) is None
    of_year = _YEAR_CHOSEN.search(link.url) or _YEAR_FOLDER.search(urlsplit(link.url).path)
    return named or is_year_name(link.text) or of_year is not None
