"""What a run has done so far: counted by the spider and the pipeline, shown by the progress line and the digest."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.items import Link
from crawler.seeds import Seed
from crawler.walk.lead import Lead
from extract.model import Outcome
from store.records import Fetch

REACHED = frozenset({"ok", "unchanged"})
SILENT = frozenset({"ok", "unchanged", "redirected"})
"""Outcomes that need no line in the log."""


_STATES = {
    "redirected": "moved",
    "not_found": "gone",
    "soft_404": "gone",
    "blocked": "blocked",
    "throttled": "blocked",
    "robots": "blocked",
    "refused": "blocked",
    "empty": "empty",
    "js_shell": "empty",
    "wrong_type": "empty",
}


@dataclass(frozen=True, slots=True)
class SeedHealth:
    """How a seed's own URL ended, and how many answers and documents came from under it.

    ``documents`` counts what its lists lead to, an article with all its files once: the same in a night in which it
    rests. ``moved_to`` is where it was redirected to, or an empty string.
    """

    seed: Seed
    outcome: str
    detail: str
    pages: int
    documents: int
    moved_to: str = ""

    @property
    def state(self) -> str:
        """Say it in a word: ok, moved, gone, blocked, empty, unreachable."""
        if self.outcome in REACHED:
            return "moved" if self.moved_to else "ok"
        return _STATES.get(self.outcome, "unreachable")


@dataclass(slots=True)
class Night:
    """The counters of one run.

    ``started`` is a UTC instant in ISO form, ``reason`` how the run ended (``finished``: nothing was left to ask for),
    ``years`` what it was limited to; ``reading`` counts documents being read, ``resting`` known ones
    whose turn has not come, ``gone`` listed pages that were not there night after night and are asked for seldom.
    """

    seeds: tuple[Seed, ...]
    years: frozenset[int] = frozenset()
    started: str = ""
    reason: str = ""
    outcomes: Counter[str] = field(default_factory=Counter)
    readings: Counter[Outcome] = field(default_factory=Counter)
    failures: list[Fetch] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    reading: int = 0
    resting: int = 0
    gone: int = 0
    current: str = ""
    _pages: Counter[str] = field(default_factory=Counter)
    _documents: int = 0
    _found: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _seeds: dict[str, tuple[str, str]] = field(default_factory=dict)
    _moved: dict[str, str] = field(default_factory=dict)
    _families: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note_document(self, lead: Lead, url: str, outcome: str) -> None:
        """Count a document that was fetched or confirmed."""
        self._documents += lead.is_listed
        if lead.is_listed:
            self._found[lead.seed.url].add(lead.parent_url if lead.is_file_of_report else url)
        self._count(lead, url, outcome, "")

    def note_resting(self, lead: Lead) -> None:
        """Count a known document that is not asked for tonight."""
        self._documents += 1
        self._found[lead.seed.url].add(lead.asked)
        self.resting += 1

    def note_list(self, lead: Lead, family: str, links: Iterable[Link]) -> None:
        """Count the reports and files that a family found on a page."""
        self._families[lead.seed.host, family] += sum(link.kind in {"report", "attachment"} for link in links)

    def family_of(self, host: str) -> str:
        """Name the family that found most on a host's pages; empty when none found anything."""
        found = Counter({name: number for (of, name), number in self._families.items() if of == host and number})
        return found.most_common(1)[0][0] if found else ""

    def note_visit(self, lead: Lead, fetch: Fetch) -> None:
        """Count a page or a failure."""
        self._count(lead, fetch.url, fetch.outcome, fetch.detail, answered=fetch.status > 0)
        if lead.is_seed and fetch.outcome == "redirected":
            self._moved[lead.seed.url] = fetch.detail
        if fetch.outcome not in SILENT:
            self.failures.append(fetch)

    def _count(self, lead: Lead, url: str, outcome: str, detail: str, answered: bool = True) -> None:
        self.current = url
        self.outcomes[outcome] += 1
        self._pages[lead.seed.url] += answered
        if lead.is_seed:
            self._seeds[lead.seed.url] = (outcome, detail)

    @property
    def is_whole(self) -> bool:
        """Tell whether everything was looked at, so that a seed without a report is an alarm."""
        return self.reason == "finished" and not self.years

    def health(self) -> tuple[SeedHealth, ...]:
        """Tell how each seed fared, in the order of the seed files."""
        return tuple(
            SeedHealth(
                seed,
                *self._seeds.get(seed.url, ("unreachable", "not asked: the run was stopped before its turn")),
                self._pages[seed.url],
                len(self._found[seed.url]),
                self._moved.get(seed.url, ""),
            )
            for seed in self.seeds
        )

    def counts(self) -> dict[str, int]:
        """Give every count by name, for the record of runs."""
        return {
            **self.outcomes,
            **{f"read_{outcome}": number for outcome, number in self.readings.items()},
            "documents": self._documents,
            "resting": self.resting,
            "gone": self.gone,
        }
