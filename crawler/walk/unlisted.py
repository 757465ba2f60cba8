"""Reports and files that the pages of lists have shown on other nights and show no more.

They may have been withdrawn, moved to another list, or only be hidden by a list that came half. What is true, their own
addresses tell: those are asked for after everything else, in their turns, and at once when their list has just changed.
"""

from collections.abc import Iterable

from crawler.items import Link, LinkKind
from crawler.page.files import is_file_url
from crawler.walk.answers import bare
from crawler.walk.lead import Lead
from store.visits import Listed


class Unlisted:
    """What tonight's lists have shown on other nights, without what was met anywhere tonight."""

    def __init__(self) -> None:
        self._met: set[str] = set()
        self._known: dict[str, Lead] = {}

    def meet(self, *urls: str) -> None:
        """Take note of addresses that a page of tonight leads to, or under which what it leads to stands."""
        self._met.update(bare(url) for url in urls if url)

    def expect(self, page_url: str, on: Lead, listed: Iterable[Listed]) -> None:
        """Take note of what a page of a list that was had tonight has led to on other nights."""
        for one in listed:
            kind: LinkKind = "attachment" if is_file_url(one.url) else "report"
            link = Link(one.url, one.text, kind)
            lead = Lead(
                link, on.seed, one.url, hops=on.hops + 1, parent_url=page_url, list_url=on.list_url, is_listed=False
            )
            self._known.setdefault(bare(one.url), lead)

    def left(self) -> tuple[Lead, ...]:
        """Give, once, what was not met."""
        leads = tuple(lead for key, lead in self._known.items() if key not in self._met)
        self._known.clear()
        return leads
