"""A reading as JSON and back: the one exchange format between worker, store and command line."""

from dataclasses import asdict
from typing import Any

from extract.model import Finding, FormCell, Reading, Section


def to_json(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain JSON values, keys in the documented order."""
    return asdict(reading)


def from_json(value: dict[str, Any]) -> Reading:
    """Rebuild a reading from ``to_json``; raises ``KeyError`` or ``TypeError`` for anything of another shape."""
    return Reading(
        **{
            **value,
            "sections": tuple(Section(**section) for section in value["sections"]),
            "cells": tuple(FormCell(**cell) for cell in value["cells"]),
            "findings": tuple(Finding(**finding) for finding in value["findings"]),
        }
    )
