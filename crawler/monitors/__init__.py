"""What a night is expected to bring, and what follows when it does not: the records of both.

An expectation is a row of the table in ``expectations.py``: a measure (``measures.py``), the least it may be and the
most. Below the minimum is an error, which decides the exit status and holds back the published copy; above the maximum
is a warning, which is only told. Measures compare with what the store knows of earlier nights.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlite_utils import Database

from crawler.run.night import Night
from store.runs import HostNight

Needs = Literal["any", "finished", "whole"]
"""What a run must have been for a measure to mean something: any run; one that was not stopped before its end; one
that moreover was not limited to years."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What measures may ask: the database, the night's own counts, each host tonight, the run and the day in China."""

    db: Database
    night: Night
    hosts: tuple[HostNight, ...]
    run: int
    today: date


@dataclass(frozen=True, slots=True)
class Measured:
    """One measured value: of what (a host, a family, or empty for the whole night), and the numbers behind it."""

    subject: str
    value: float
    detail: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """A row of the table: below ``minimum`` is an error, above ``maximum`` a warning; None sets no bound."""

    name: str
    measure: Callable[[Evidence], Iterator[Measured]]
    needs: Needs
    minimum: float | None = None
    maximum: float | None = None
