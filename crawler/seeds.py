"""Seed files: where the crawl begins. A mistake is named with file, line and column before anything is fetched.

A seed file is UTF-8 CSV with the header ``url,agency,region,note``. Line and column count from 1; the column is the
field's number in the row.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from store.people.written import FileProblem, PlaceError, checked, decoded, rows

HEADER = ("url", "agency", "region", "note")
_REGION = re.compile(r"[1-9]\d{5}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MAX_FIELD_CHARACTERS = 2083
"""Longest field believed: the longest URL browsers and Scrapy take."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One row: a 年报 column, a portal home page or one report, and what is known of everything under it.

    ``agency`` is the official full name when all of it is one agency's, else empty; ``region`` a six-digit
    GB/T 2260 code or empty. ``place`` is ``file:line``, for messages.
    """

    url: str
    agency: str = ""
    region: str = ""
    note: str = ""
    place: str = ""

    @property
    def host(self) -> str:
        """Host name in lower case, without a port."""
        return urlsplit(self.url).hostname or ""

    @property
    def endpoint(self) -> str:
        """``host:port``, with the scheme's own port where the URL names none."""
        return endpoint(self.url)


class SeedError(Exception):
    """Seed files that cannot be used; ``problems`` has every mistake of every file, in order."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def endpoint(url: str) -> str:
    """Give ``host:port`` of a URL; raises ``ValueError`` for a port that is not a number below 65536."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    return f"{parts.hostname or ''}:{port}"


def load(names: str) -> tuple[Seed, ...]:
    """Read seed files, given as paths separated by commas; a URL that comes twice is kept once.

    Raises ``SeedError`` when any file is missing, has another encoding or header, a bad row, or no row at all.
    """
    seeds: dict[str, Seed] = {}
    problems: list[FileProblem] = []
    paths = [name.strip() for name in names.split(",") if name.strip()]
    if not paths:
        raise SeedError((FileProblem(names or "(no file)", 1, 0, "no seed file is named"),))
    for path in paths:
        for found in read_file(path):
            if isinstance(found, FileProblem):
                problems.append(found)
            else:
                seeds.setdefault(found.url, found)
    if problems:
        raise SeedError(tuple(problems))
    return tuple(seeds.values())


def select(seeds: tuple[Seed, ...], only: str) -> tuple[Seed, ...]:
    """Keep the seeds of one host or one agency; an empty ``only`` keeps all. Raises ``ValueError`` when none is left."""
    if not only:
        return seeds
    kept = tuple(seed for seed in seeds if only.lower() in {seed.host, seed.endpoint} or only == seed.agency)
    if not kept:
        raise ValueError(f"only={only}: no seed has this host or agency")
    return kept


def read_file(path: str) -> Iterator[Seed | FileProblem]:
    """Yield the seeds and the mistakes of one file, in file order."""
    try:
        yield from _seeds(path)
    except PlaceError as error:
        yield FileProblem(path, error.line, error.column, str(error))
    except OSError as error:
        yield FileProblem(path, 1, 0, f"cannot be read: {error.strerror or error}")


def _seeds(path: str) -> Iterator[Seed | FileProblem]:
    printed = rows(decoded(Path(path).read_bytes()))
    first, header = next(printed, (1, []))
    if tuple(name.strip() for name in header) != HEADER:
        raise PlaceError(first, 1, f"the header must be {','.join(HEADER)}")
    count = 0
    for line, row in printed:
        count += 1
        yield from read_row(path, line, row)
    if count == 0:
        raise PlaceError(first, 0, "the file has a header and no seed")


def read_row(path: str, line: int, row: list[str]) -> Iterator[Seed | FileProblem]:
    """Yield the seed of a row, or everything wrong with it."""
    try:
        checked(line, row, HEADER)
    except PlaceError as error:
        yield FileProblem(path, line, error.column, str(error))
        return
    url, agency, region, note = (field.strip() for field in row)
    problems = tuple(_problems(url, agency, region, note))
    if problems:
        yield from (FileProblem(path, line, column, message) for column, message in problems)
    else:
        yield Seed(url, agency, region, note, f"{path}:{line}")


def _problems(url: str, agency: str, region: str, note: str) -> Iterable[tuple[int, str]]:
    """Yield (column, message) for each field of a row that cannot be right."""
    for column, field in enumerate((url, agency, region, note), start=1):
        if _CONTROL.search(field):
            yield column, f"{HEADER[column - 1]} holds a control character"
        elif len(field) > MAX_FIELD_CHARACTERS:
            yield column, f"{HEADER[column - 1]} is longer than {MAX_FIELD_CHARACTERS} characters"
    message = _url_problem(url)
    if message:
        yield 1, message
    if region and not _REGION.fullmatch(region):
        yield 3, f"region {region!r} is not a six-digit code such as 110101"


def _url_problem(url: str) -> str:
    """Say what is wrong with a seed's URL, or give an empty string."""
    if not url:
        return "url is empty"
    try:
        parts = urlsplit(url)
        endpoint(url)
    except ValueError as error:
        return f"url {url!r}: {error}"
    return _part_problem(url, parts)


def _part_problem(url: str, parts: SplitResult) -> str:
    """Say what is wrong with the parts of a URL that can be taken apart."""
    if parts.scheme not in {"http", "https"}:
        return f"url {url!r} must begin with http:// or https://"
    if not parts.hostname:
        return f"url {url!r} names no host"
    if "@" in parts.netloc:
        return f"url {url!r} holds a user name; nothing here logs in"
    if re.search(r"\s", url):
        return f"url {url!r} holds a space"
    return ""
