"""Checks on a reading: one file each, found by walking this folder.

A check file defines ``CHECK = Check(rule, judge)``. ``judge`` returns one finding for every place the rule speaks of.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extract.model import Finding, FormCell
from extract.templates import Template


@dataclass(frozen=True, slots=True)
class Check:
    """A named rule and the pure function that judges cells by it."""

    rule: str
    judge: Callable[[tuple[FormCell, ...], Template], Iterable[Finding]]
