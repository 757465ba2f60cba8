"""Whether a report or file that was asked for on other nights is asked for tonight."""

from dataclasses import dataclass
from datetime import date

from crawler.absences import ABSENT
from crawler.answers import kept_as
from crawler.desk import Memory
from crawler.lead import Lead
from crawler.links import is_year_name
from crawler.revisits import Revisits

_ARTICLES = frozenset({"report", "attachment"})


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of one night; ``today`` is the day in which it began."""

    revisits: Revisits
    today: date

    def rests(self, lead: Lead, memory: Memory) -> bool:
        """Tell whether a known report or file is left for a later night, also one that is the tab of its year."""
        tab = lead.kind == "column" and memory.is_document and is_year_name(lead.link.text)
        if lead.is_seed or memory.visited is None or not (tab or lead.kind in _ARTICLES):
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
