"""``datapackage.json``: the files and the meaning, type and gaps of their columns, for programs.

Data Package and Table Schema, version 2 (https://datapackage.org/standard/data-package/).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from store.exports.folder import NAME
from store.exports.formats import Format
from store.exports.scope import Scope
from store.exports.tables import Column, Table

TITLE = "Figures of China's government transparency annual reports (政府信息公开工作年度报告)"
TERMS = (
    "The figures were published by the agencies themselves, which have to publish them; each is as printed, also where it is "
    "wrong. Every report names its source. No licence is claimed for the data; that of the program covers the program."
)


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of the folder; ``rows``, ``bytes`` and ``digest`` (SHA-256) are known once it is written."""

    table: Table
    columns: Sequence[Column]
    way: Format
    rows: int = 0
    bytes: int = 0
    digest: str = ""

    @property
    def path(self) -> str:
        """Give the name of the file."""
        return f"{self.table.name}{self.way.suffix}"

    @property
    def name(self) -> str:
        """Give the name of the file in the package: that of the table, with the ending where it is not CSV."""
        ending = self.way.suffix.removeprefix(".")
        return self.table.name if ending == "csv" else f"{self.table.name}-{ending}"

    def with_content(self, rows: int, size: int, digest: str) -> "Resource":
        """Return the resource as it is once the file is written."""
        return replace(self, rows=rows, bytes=size, digest=digest)


def package(db: Database, scope: Scope, note: str) -> dict[str, Any]:
    """Describe an export without its files. ``created`` is the end of the last run, so that the same data says the same."""
    [finished] = db.execute("SELECT max(finished) FROM runs").fetchone()
    rows = db.execute("SELECT DISTINCT extractor FROM documents WHERE extractor IS NOT NULL ORDER BY 1").fetchall()
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": TITLE,
        "description": f"{note} {TERMS}",
        **({"created": finished} if finished else {}),
        "region": scope.region,
        "years": sorted(scope.years),
        "readers": [reader for [reader] in rows],
    }


def package_text(about: dict[str, Any], resources: Iterable[Resource]) -> str:
    """Return the whole descriptor as JSON."""
    whole = {**about, "resources": [_described(resource) for resource in resources]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _described(resource: Resource) -> dict[str, Any]:
    table, way = resource.table, resource.way
    content = {"rows": resource.rows, "bytes": resource.bytes, "hash": f"sha256:{resource.digest}"}
    return {
        "name": resource.name,
        "path": resource.path,
        "description": table.description,
        "format": way.suffix.removeprefix("."),
        "mediatype": way.media_type,
        **(content if resource.digest else {}),
        **(_tabular(resource) if way.dialect else {}),
    }


def _tabular(resource: Resource) -> dict[str, Any]:
    """Describe the content of a file that any program can read; the others carry their own description."""
    way = resource.way
    return {"type": "table", "encoding": way.encoding, "dialect": way.dialect, "schema": _schema(resource)}


def _schema(resource: Resource) -> dict[str, Any]:
    table = resource.table
    of_report = {"fields": "report_id", "reference": {"resource": "reports", "fields": "report_id"}}
    return {
        "fields": [_field(column) for column in resource.columns],
        "missingValues": [""],
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"foreignKeys": [of_report]} if table.of_report else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    rules = {
        **({"required": True} if column.required else {}),
        **({"enum": list(column.words)} if column.words else {}),
    }
    truth = {"trueValues": ["1"], "falseValues": ["0"]} if column.type == "boolean" else {}
    described = {"name": column.name, "type": column.type, "description": column.description, **truth}
    return {**described, **({"constraints": rules} if rules else {})}
