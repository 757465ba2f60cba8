"""Reports and files that the pages of lists have shown on other nights and show no more.

They may have been withdrawn, moved to another list, or only be hidden by a list that came half. What is true, their own
addresses tell: those are asked for after everything else, in their turns, and at once when their list has just changed.
Of many that have gone off one page some are asked for first: where these are all still there, it was the list that came
half, and the others wait for their turns.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from crawler.items import Link, LinkKind
from crawler.page.files import is_file_url
from crawler.walk.absences import is_absent
from crawler.walk.answers import bare, kept_as
from crawler.walk.lead import Lead
from store.records import Fetch
from store.visits import Listed

SAMPLE = 3
"""Of what has gone off one page of a list in one night: as many are asked for at once, whatever they turn out to be."""


class Unlisted:
    """What tonight's lists have shown on other nights, without what was met anywhere tonight."""

    def __init__(self) -> None:
        self._met: set[str] = set()
        self._known: dict[str, Lead] = {}
        self._gone: dict[str, Lead] = {}
        self._sampled: Counter[str] = Counter()
        self._held: defaultdict[str, list[Lead]] = defaultdict(list)
        self._shorter: set[str] = set()

    def meet(self, *urls: str) -> None:
        """Take note of addresses that a page of tonight leads to, or under which what it leads to stands."""
        self._met.update(bare(url) for url in urls if url)

    def note(self, lead: Lead, fetch: Fetch, today: date) -> None:
        """Take note of what is not there: a list for good, of which the reports are then asked for in their turns, or a
        report that its list shows no more, which tells that the list is shorter because of what is gone."""
        if not is_absent(fetch.outcome, fetch.detail):
            return
        if not lead.is_listed:
            self._shorter.add(lead.parent_url)
        elif lead.kind in {"column", "next"} and lead.absence.with_day(today).is_confirmed:
            self._gone[kept_as(lead.link)] = lead

    def gone_lists(self) -> Iterator[tuple[str, Lead]]:
        """Yield, once, the lists that are not there for good."""
        while self._gone:
            yield self._gone.popitem()

    def expect(self, page_url: str, on: Lead, listed: Iterable[Listed]) -> None:
        """Take note of what a page of a list that was had tonight has led to on other nights."""
        for one in listed:
            kind: LinkKind = "attachment" if is_file_url(one.url) else "report"
            link = Link(one.url, one.text, kind)
            lead = Lead(
                link, on.seed, one.url, hops=on.hops + 1, parent_url=page_url, list_url=on.list_url, is_listed=False
            )
            self._known.setdefault(bare(one.url), lead)

    @property
    def is_waiting(self) -> bool:
        """Tell whether anything is left to be asked for."""
        return bool(self._known or self._gone or self._shorter & self._held.keys())

    def left(self) -> tuple[Lead, ...]:
        """Give, once, what was not met, and what was held back of lists that have become shorter."""
        leads = [lead for key, lead in self._known.items() if key not in self._met]
        self._known.clear()
        for page in self._shorter & self._held.keys():
            leads += self._held.pop(page)
        return tuple(leads)

    def is_sampled(self, lead: Lead) -> bool:
        """Tell whether a report that has just gone off its list is asked for at once."""
        self._sampled[lead.parent_url] += 1
        return self._sampled[lead.parent_url] <= SAMPLE or lead.parent_url in self._shorter

    def hold(self, lead: Lead) -> None:
        """Hold a report back until it is known whether its list has become shorter."""
        self._held[lead.parent_url].append(lead)
