"""Whose report a document is and for which year: from what it prints, where it was found, and the seed, in that order.

Nothing here guesses: where sources of equal weight contradict each other, or none speaks, the answer is a problem
that stays visible, not a name. The answer depends on the set of sources only, never on their order.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from extract.identity.titles import TitleReading, read_title
from extract.model import Finding, Reading
from store.names import clean_name, level, most_specific, official_name, same_body
from store.people.decisions import Decision
from store.records import Source
from store.registry.agencies import body_of, register
from store.registry.bodies import is_vertical
from store.registry.regions import find

LAST_MONTH_OF_DUE_REPORTS = 6
"""A report listed in the first half of a year is on the year before; later ones are late, reposted or migrated."""

_READ = ("ok", "partial")
_OF_A_COUNTY = re.compile(
    r"我[县区旗]|本[县旗]|全[县旗]|(?<![市各])[县旗]委|(?<![市各县治])区委(?!员)|(?<![市各州])[县旗](?:人民)?政府"
)
_CREDIT_CODE = re.compile(r"[?&]area=11(?P<region>[1-9]\d{5})[0-9A-Z]{10}(?:&|$)")
"""统一社会信用代码 of an organ of state in a 大汉 address: after 11 stands the region it was registered in."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: ``region`` is a GB/T 2260 code or None; an agency without one is kept apart by its ``host``."""

    name: str
    region: str | None
    host: str | None

    @property
    def id(self) -> str:
        """The stable, readable key: region (or host) and name."""
        return f"{self.region or self.host}-{self.name}"

    @property
    def level(self) -> str | None:
        """Province, prefecture, county or township, as far as code and name tell."""
        return level(self.region, self.name)

    @property
    def region_name(self) -> str | None:
        """What the region is called, or was while the agency's name was in use; None for invented codes."""
        region = find(self.region, self.name)
        return region.name if region else None

    @property
    def vertical(self) -> bool:
        """Whether it reports to its own ministry (税务局, 海关), not to the place's government."""
        return is_vertical(self.name)

    @property
    def body(self) -> str:
        """What is left of the name without its place, where that is a body of the tables; else an empty string."""
        return body_of(self.name)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a document belongs, or the ``problem`` that keeps it out; both empty when it is no report at all.

    ``printed`` is the name its sources give, ``decided`` whether a decision gave the agency; ``notes`` are findings about the decision itself: contradictions that did
    not prevent it, last resorts, why a region was not taken.
    """

    agency: Agency | None = None
    year: int | None = None
    problem: str = ""
    notes: tuple[Finding, ...] = ()
    printed: str = ""
    decided: bool = False

    @property
    def report_id(self) -> str | None:
        """The report this document is read into, or None."""
        return f"{self.agency.id}-{self.year}" if self.agency and self.year else None


class _UndecidableError(Exception):
    """Why no agency or no year can be given; the message becomes the visible problem. ``printed``: a name, if any."""

    def __init__(self, message: str, printed: str = "") -> None:
        super().__init__(message)
        self.printed = printed


def resolve(
    reading: Reading, sources: Iterable[Source], decisions: Iterable[Decision] = (), vouched: bool = False
) -> Resolved:
    """Decide agency and year of one document from its reading and every place it was found at.

    ``decisions`` are those on the document and on the places it was found at. ``vouched``: a person has said whose or
    of which year it is, so that it is a report even where nothing of it could be read.
    """
    found, decided = tuple(sources), tuple(decisions)
    if reading.outcome == "not_a_report":
        return Resolved()
    lines = _Lines.of(found)
    if reading.outcome not in _READ and not (lines.may_be_report or vouched):
        return Resolved(problem="it could not be read, and nothing around it says that it is an annual report")
    year, year_notes, no_year = _when(reading, lines, found)
    try:
        whose = _whose(reading, lines, found, decided, year)
    except _UndecidableError as reason:
        return Resolved(problem=str(reason), printed=reason.printed)
    if no_year:
        return Resolved(problem=no_year, printed=whose.printed)
    return Resolved(whose.agency, year, "", (*whose.notes, *year_notes), whose.printed, whose.decided)


@dataclass(frozen=True, slots=True)
class _Lines:
    """What links and page titles say, look-alikes left out."""

    links: tuple[TitleReading, ...]
    titles: tuple[TitleReading, ...]
    may_be_report: bool

    @classmethod
    def of(cls, sources: tuple[Source, ...]) -> "_Lines":
        pairs = [(read_title(source.link_text), read_title(source.page_title)) for source in sources]
        links = tuple(link for link, _ in pairs if link.kind != "look_alike")
        titles = tuple(title for _, title in pairs if title.kind != "look_alike")
        return cls(links, titles, bool(links))


def _name(reading: Reading, lines: _Lines, sources: tuple[Source, ...]) -> tuple[str, list[Finding]]:
    tiers = [
        _names([reading.agency]),
        _names(line.agency for line in lines.links),
        _names(line.agency for line in lines.titles),
        _names(source.agency for source in sources),
    ]
    first = next((tier for tier in tiers if tier), None)
    if first is None:
        raise _UndecidableError("neither the document nor its link, page or seed names an agency")
    name = _fullest(first)
    if name is None:
        raise _UndecidableError(f"its sources name different agencies: {', '.join(sorted(first))}")
    fuller = {other for tier in tiers for other in tier if same_body(name, other)}
    return _fullest(fuller) or name, _strangers(name, tiers)


def _strangers(name: str, tiers: list[set[str]]) -> list[Finding]:
    others = sorted({other for tier in tiers for other in tier if not _akin(name, other)})
    detail = "the document's link, page or seed names another agency"
    return [Finding("agency_elsewhere", "NOT_ASSESSABLE", {}, name, other, detail=detail) for other in others]


def _akin(one: str, other: str) -> bool:
    return same_body(one, other) or same_body(other, one)


def _names(texts: Iterable[str | None]) -> set[str]:
    return {official_name(clean_name(text)) for text in texts} - {""}


def _fullest(names: set[str]) -> str | None:
    full = max(names, key=lambda name: (len(name), name))
    return full if all(same_body(name, full) for name in names) else None


def _when(reading: Reading, lines: _Lines, sources: tuple[Source, ...]) -> tuple[int | None, list[Finding], str]:
    """Give the year, findings about it, and what keeps it from being known."""
    try:
        return *_year(reading, lines, sources), ""
    except _UndecidableError as reason:
        return None, [], str(reason)


def _year(reading: Reading, lines: _Lines, sources: tuple[Source, ...]) -> tuple[int, list[Finding]]:
    tiers = [
        {reading.year} if reading.year else set(),
        {line.year for line in lines.links if line.year},
        {line.year for line in lines.titles if line.year},
    ]
    first = next((tier for tier in tiers if tier), None)
    if first is None:
        return _year_by_date(reading, sources)
    if len(first) > 1:
        raise _UndecidableError(f"its sources name different years: {', '.join(map(str, sorted(first)))}")
    [year] = first
    others = sorted(set().union(*tiers) - {year})
    detail = "the document's link or page names another year"
    return year, [Finding("year_elsewhere", "NOT_ASSESSABLE", {}, year, other, detail=detail) for other in others]


def _year_by_date(reading: Reading, sources: tuple[Source, ...]) -> tuple[int, list[Finding]]:
    listed = sorted(source.listed_on for source in sources if source.listed_on)
    date = reading.published or (listed[0] if listed else "")
    year, month = _year_and_month(date)
    if reading.outcome not in _READ or not 1 <= month <= LAST_MONTH_OF_DUE_REPORTS:
        raise _UndecidableError(f"nothing names its year{f', and {date} does not tell it' if date else ''}")
    detail = f"no year is printed; taken from the date {date}"
    return year - 1, [Finding("year_from_date", "NOT_ASSESSABLE", {}, actual=year - 1, detail=detail)]


def _year_and_month(date: str) -> tuple[int, int]:
    year, _, rest = date.partition("-")
    month = rest.partition("-")[0]
    return (int(year), int(month)) if year.isdecimal() and month.isdecimal() else (0, 0)


@dataclass(frozen=True, slots=True)
class _Whose:
    """An agency, the name its sources print, and how it came about."""

    agency: Agency
    printed: str
    notes: tuple[Finding, ...] = ()
    decided: bool = False


def _whose(
    reading: Reading, lines: _Lines, sources: tuple[Source, ...], decisions: tuple[Decision, ...], year: int | None
) -> _Whose:
    printed = clean_name(reading.agency)
    of_document = next((decision for decision in decisions if decision.document), None)
    if of_document:
        return _Whose(_decided(of_document, sources), printed or of_document.agency, decided=True)
    name, notes = _name(reading, lines, sources)
    decision = _decision_on_name(decisions, {name, printed})
    if decision:
        return _Whose(_decided(decision, sources), printed or name, tuple(notes), decided=True)
    registered = register(name, _portal(sources), year)
    problem = registered.problem or (_of_a_county(reading) if registered.by_portal else "")
    problem = problem or _without_witness(registered.witness, reading, sources)
    if problem:
        raise _UndecidableError(problem, printed or name)
    if registered.doubt:
        notes.append(Finding("region_undecided", "NOT_ASSESSABLE", {}, actual=name, detail=registered.doubt))
    return _Whose(_placed(registered.name, registered.region, sources), printed or name, tuple(notes))


def _of_a_county(reading: Reading) -> str:
    """Say what shows that a county's body speaks, where the name prints no place and the portal is a city's."""
    found = (_OF_A_COUNTY.search(section.text) for section in reading.sections)
    word = next((match[0] for match in found if match), "")
    return f"its name has no place, and its text speaks of {word}: a county's, on the portal of several" if word else ""


def _without_witness(place: str, reading: Reading, sources: tuple[Source, ...]) -> str:
    """Say that nothing printed names the place that the registry alone gives."""
    lines = (line for source in sources for line in (source.link_text, source.page_title, source.agency))
    printed = (reading.title or "", *lines, *(section.text for section in reading.sections))
    if any(place in text for text in printed):
        return ""
    return f"a town of that name is in {place} today, but nothing printed names {place}"


def _decision_on_name(decisions: tuple[Decision, ...], names: set[str]) -> Decision | None:
    found = {(decision.agency, decision.region): decision for decision in decisions if decision.name in names}
    if len(found) > 1:
        told = ", ".join(sorted(f"{agency} {region}".rstrip() for agency, region in found))
        raise _UndecidableError(f"decisions contradict each other: {told}", min(names))
    return next(iter(found.values()), None)


def _decided(decision: Decision, sources: tuple[Source, ...]) -> Agency:
    return _placed(decision.agency, decision.region or None, sources)


def _portal(sources: tuple[Source, ...]) -> str | None:
    """Return the region of the portals a document was found on, by their seeds, else by credit codes in addresses."""
    of_seeds = {source.region for source in sources} - {""}
    codes = (_CREDIT_CODE.search(source.url) for source in sources)
    return most_specific(of_seeds or {code["region"] for code in codes if code and find(code["region"])})


def _placed(name: str, region: str | None, sources: tuple[Source, ...]) -> Agency:
    hosts = sorted(urlsplit(source.url).hostname or "" for source in sources)
    return Agency(name, region, None if region else (hosts[0] if hosts else ""))
