"""Portal families: one file each, found by walking this folder.

A family file defines ``FAMILY = Family(name, fingerprint, links)``: pure functions from a fetched page to links. One
that is known by patterns of its markup says which (``signs``), and its fingerprint weighs them (`weigh`).
Dispatch is on a page's markup, never on the vendor's name or the shape of a URL; the family ``generic`` takes
every page that no other recognises.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from crawler.items import Link, Page
from crawler.page.evidence import Evidence, Sign
from crawler.page.remembered import once
from extract.discover import discover


@dataclass(frozen=True, slots=True)
class Family:
    """A portal family. ``fingerprint`` gives 0 for a page that is not its own, else how sure it is (1 to 100)."""

    name: str
    fingerprint: Callable[[Page], int]
    links: Callable[[Page], tuple[Link, ...]]
    signs: tuple[Sign, ...] = ()


@cache
def families() -> tuple[Family, ...]:
    """Load every family of this folder, in name order."""
    return tuple(discover(sys.modules[__name__], "FAMILY", Family))


def choose(page: Page) -> Family:
    """Give the family that is surest of a page; ``generic`` takes what no other knows."""
    return max(families(), key=lambda family: family.fingerprint(page))


def weigh(page: Page, signs: tuple[Sign, ...]) -> int:
    """Add up what a page has of a family's signs, up to 100; they are those of its ``FAMILY``."""
    possible = _possible(page)
    return min(100, sum(sign.weight for sign in signs if sign in possible and sign.is_on(page)))


@once
def _possible(page: Page) -> frozenset[Sign]:
    return _evidence().possible(page)


@cache
def _evidence() -> Evidence:
    return Evidence(sign for family in families() for sign in family.signs)
