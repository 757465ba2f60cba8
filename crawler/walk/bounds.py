"""What keeps a walk from going on for ever: scope, budgets and depths, asked before a lead is followed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scrapy.settings import BaseSettings

from crawler.seeds import Seed
from crawler.walk.lead import Lead
from crawler.walk.lists import Lists
from crawler.walk.scope import Candidate, Limits, judge
from crawler.walk.search import Frontier

_OUT_OF_SCOPE = "out of scope: "


def is_out_of_scope(reason: str) -> bool:
    """Tell whether a refusal holds for every night, and not only until a budget is full again."""
    return reason.startswith(_OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of a walk; see the settings of the same names."""

    urls: Limits
    pages: int
    hops: int
    search_pages: int
    search_steps: int

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "Bounds":
        """Read the limits."""
        return cls(
            Limits(
                settings.getint("URLLENGTH_LIMIT"),
                settings.getint("MAX_PATH_SEGMENTS"),
                settings.getint("MAX_SEGMENT_REPEATS"),
            ),
            settings.getint("MAX_PAGES_PER_SEED"),
            settings.getint("DEPTH_LIMIT"),
            settings.getint("MAX_SEARCH_PAGES"),
            settings.getint("MAX_SEARCH_STEPS"),
        )


class Gate:
    """Says why a lead is not followed, and counts those that are."""

    def __init__(self, bounds: Bounds, frontier: Frontier, lists: Lists) -> None:
        self._bounds = bounds
        self._frontier = frontier
        self._lists = lists
        self._pages: Counter[str] = Counter()
        self._told: set[tuple[str, str]] = set()

    def objection(self, lead: Lead) -> str:
        """Give the first reason for which a lead is not followed, or an empty string."""
        return next(self._objections(lead), "")

    def count(self, lead: Lead) -> None:
        """Count a lead that is followed."""
        self._pages[lead.seed.url] += 1
        if lead.kind == "hub":
            self._frontier.count(lead.seed.url)
        if lead.kind == "next":
            self._lists.count(lead.list_url)

    def is_news(self, seed: Seed, reason: str) -> bool:
        """Tell whether a refusal must be recorded: a spent budget once a seed, everything else each time."""
        if not reason.startswith("budget_reached"):
            return True
        told = (seed.url, reason) in self._told
        self._told.add((seed.url, reason))
        return not told

    def _objections(self, lead: Lead) -> Iterator[str]:
        bounds, seed = self._bounds, lead.seed
        opinion = judge(Candidate(lead.link.url, lead.kind, seed, lead.is_framed, lead.is_named), bounds.urls)
        if not opinion.accept:
            yield f"{_OUT_OF_SCOPE}{opinion.reason}"
        if self._pages[seed.url] >= bounds.pages:
            yield f"budget_reached: {bounds.pages} pages of {seed.url}"
        if lead.kind == "hub" and self._frontier.asked(seed.url) >= bounds.search_pages:
            yield f"budget_reached: {bounds.search_pages} pages in search of columns from {seed.url}"
        if lead.steps > bounds.search_steps:
            yield f"budget_reached: more than {bounds.search_steps} steps in search of a column"
        if lead.hops > bounds.hops:
            yield f"budget_reached: more than {bounds.hops} links from the seed"
        if lead.kind == "next" and (end := self._lists.end(lead.list_url)):
            yield f"budget_reached: {end}"
