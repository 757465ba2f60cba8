"""A reading as JSON and back: the one exchange format between worker, store and command line."""

import json
import math
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar, get_args

from extract.limits import MAX_FACT_CHARACTERS
from extract.model import Finding, FormCell, Outcome, Reading, Section, State, Verdict

T = TypeVar("T")
Check = Callable[[Any], bool]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MAX_INTEGER_BITS = 1024  # a double holds no more; longer ones only cost time


class WireError(ValueError):
    """JSON that is no reading; the message names the field, never its content."""


def to_json(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain JSON values, keys in the documented order."""
    lists = {name: [_values(record) for record in getattr(reading, name)] for name in _LISTS}
    return {**_values(reading), **lists}


def _values(record: Reading | Section | FormCell | Finding) -> dict[str, Any]:
    """Return a record's fields by name; ``dataclasses.asdict`` also copies every value, which takes five times as long."""
    if isinstance(record, FormCell | Finding):
        return record._asdict()
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def from_json(value: Any) -> Reading:
    """Rebuild a reading from ``to_json``, every field checked. Raises ``WireError`` for anything of another shape."""
    if not isinstance(value, dict):
        raise WireError("a reading is an object")
    lists = {name: _records(name, value.get(name, []), *kind) for name, kind in _LISTS.items()}
    return _record("reading", {**value, **lists}, Reading, _READING)


def parse(text: bytes) -> Reading:
    """Rebuild a reading from the bytes of its JSON, which may be anything. Raises ``WireError``."""
    try:
        return from_json(json.loads(text.decode("utf-8", "surrogatepass")))
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, WireError) else WireError(f"no JSON: {type(error).__name__}") from error


def _records(name: str, values: Any, kind: type[T], checks: Mapping[str, Check]) -> tuple[T, ...]:
    if not isinstance(values, list):
        raise WireError(f"{name} is no list")
    return tuple(_record(name, value, kind, checks) for value in values)


def _record(name: str, value: Any, kind: type[T], checks: Mapping[str, Check]) -> T:
    if not isinstance(value, dict) or not value.keys() <= checks.keys():
        raise WireError(f"{name} has other fields")
    wrong = [key for key, field in value.items() if not checks[key](field)]
    if wrong:
        raise WireError(f"{name}: {', '.join(wrong)} cannot be")
    if kind is FormCell and (value.get("state") == "reported") != (value.get("value") is not None):
        raise WireError(f"{name}: a value stands where none is reported, or none where one is")
    try:
        return kind(**value)
    except TypeError as error:
        raise WireError(f"{name} lacks a field") from error


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_fact(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_FACT_CHARACTERS


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return type(value) is int and value.bit_length() <= _MAX_INTEGER_BITS


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 10_000


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


def _is_place(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_fact(key) and _is_fact(part) for key, part in value.items())


def _is_tuple(value: Any) -> bool:
    return isinstance(value, tuple)


def _or_none(check: Check, value: Any) -> bool:
    return value is None or check(value)


def _either(first: Check, second: Check, value: Any) -> bool:
    return first(value) or second(value)


def _one_of(words: tuple[str, ...], value: Any) -> bool:
    return isinstance(value, str) and value in words


_FACT_OR_NONE = partial(_or_none, _is_fact)
_VALUE = partial(_or_none, partial(_either, _is_number, _is_fact))

_SECTION: dict[str, Check] = {"number": _is_count, "heading": _is_fact, "text": _is_text}
_CELL: dict[str, Check] = {
    "table": _is_fact,
    "row": _is_fact,
    "item": _FACT_OR_NONE,
    "column": _is_fact,
    "state": partial(_one_of, get_args(State)),
    "value": partial(_or_none, _is_number),
    "raw": _is_text,
    "at": _is_fact,
}
_FINDING: dict[str, Check] = {
    "rule": _is_fact,
    "verdict": partial(_one_of, get_args(Verdict)),
    "where": _is_place,
    "expected": _VALUE,
    "actual": _VALUE,
    "cause": partial(_or_none, partial(_one_of, ("source", "reading"))),
    "detail": _is_text,
}
_LISTS: dict[str, tuple[type[Any], dict[str, Check]]] = {
    "sections": (Section, _SECTION),
    "cells": (FormCell, _CELL),
    "findings": (Finding, _FINDING),
}
_READING: dict[str, Check] = {
    "media_type": _is_fact,
    "outcome": partial(_one_of, get_args(Outcome)),
    "agency": _FACT_OR_NONE,
    "year": partial(_or_none, _is_count),
    "template": _FACT_OR_NONE,
    "title": _FACT_OR_NONE,
    "published": partial(_or_none, _is_date),
    "detail": _is_text,
    **dict.fromkeys(_LISTS, _is_tuple),
}
