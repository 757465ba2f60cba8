"""Read an export as a stranger would: by its ``datapackage.json`` alone, and tell every place where it is not so."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

Rows = list[dict[str, str]]

TYPES: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": int,
    "number": float,
    "year": lambda text: int(text) if re.fullmatch(r"\d{4}", text) else int(""),
    "boolean": {"0": False, "1": True}.__getitem__,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def package_of(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))


def rows_of(folder: Path, name: str) -> Rows:
    """Give the rows of a file, texts as they stand; a byte order mark is no part of the first name."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def problems(folder: Path) -> list[str]:
    """Name everything in which the files are not what the descriptor says."""
    resources = {resource["name"]: resource for resource in package_of(folder)["resources"]}
    tables = {name: rows_of(folder, name) for name, one in resources.items() if "schema" in one}
    return [f"{name}: {found}" for name, one in resources.items() for found in _problems(folder, one, tables)]


def _problems(folder: Path, resource: dict[str, Any], tables: dict[str, Rows]) -> Iterator[str]:
    data = (folder / resource["path"]).read_bytes()
    if (len(data), f"sha256:{sha256(data).hexdigest()}") != (resource["bytes"], resource["hash"]):
        yield "other bytes"
    if "schema" in resource:
        yield from _wrong_table(resource, tables)


def _wrong_table(resource: dict[str, Any], tables: dict[str, Rows]) -> Iterator[str]:
    rows = tables[resource["name"]]
    if len(rows) != resource["rows"]:
        yield "another number of rows"
    schema = resource["schema"]
    names = [field["name"] for field in schema["fields"]]
    yield from (f"row {number} has other columns" for number, row in enumerate(rows) if list(row) != names)
    for field in schema["fields"]:
        yield from _wrong_values(field, {row[field["name"]] for row in rows})
    yield from _wrong_keys(schema, rows, tables)


def _wrong_values(field: dict[str, Any], values: set[str]) -> Iterator[str]:
    rules = field.get("constraints", {})
    if rules.get("required") and "" in values:
        yield f"{field['name']} is empty"
    for value in values - {""}:
        try:
            TYPES[field["type"]](value)
        except (ValueError, LookupError):
            yield f"{field['name']}: {value!r} is no {field['type']}"
        if value not in rules.get("enum", [value]):
            yield f"{field['name']}: {value!r} is not one of its words"


def _wrong_keys(schema: dict[str, Any], rows: Rows, tables: dict[str, Rows]) -> Iterator[str]:
    key = schema.get("primaryKey", [])
    if key and len({tuple(row[name] for name in key) for row in rows}) < len(rows):
        yield f"{key} tells not all rows apart"
    for foreign in schema.get("foreignKeys", []):
        there = foreign["reference"]
        known = {row[there["fields"]] for row in tables[there["resource"]]}
        if strange := {row[foreign["fields"]] for row in rows} - known:
            yield f"not in {there['resource']}: {sorted(strange)[0]}"
