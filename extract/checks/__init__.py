"""Checks on a reading: one file each, found by walking this folder.

A check file defines ``CHECK = Check(rule, judge)``. ``judge`` returns one finding for every place the rule speaks of.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extract.judging import Figures
from extract.model import Finding
from extract.templates import Template


@dataclass(frozen=True, slots=True)
class Check:
    """A named rule and the pure function that judges figures by it."""

    rule: str
    judge: Callable[[Figures, Template], Iterable[Finding]]
