"""Near copies: text or figures much like last year's or a neighbour's, whatever the order in which reports arrive."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from extract.model import Reading, Section
from store.fold.copies import MIN_FIGURES, compare_due
from tests.store_kit import AGENCY, Values, keep, new_database, reading, source

ROWS = ("new", "granted", "partially_granted", "processed_total", "carried_out")


def words(seed: int, length: int = 600) -> str:
    return "".join(chr(0x4E00 + Random(seed * 10_000 + n).randrange(3000)) for n in range(length))


def figures(seed: int, number: int = 12) -> Values:
    rng = Random(seed)
    keys = [("requests", row, column) for row in ROWS for column in ("natural_person", "business", "other")]
    return {key: rng.randrange(1, 900) for key in keys[:number]}


def report(year: int, text: str, values: Values, agency: str = AGENCY) -> Reading:
    told = f"{year}年，{agency}收到申请{year % 7 + 3}件。{text}"
    return replace(reading(values), agency=agency, year=year, sections=(Section(1, "总体情况", told),))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        yield opened


def put(db: Database, number: int, what: Reading, region: str = "990100") -> None:
    keep(db, number, what, source(f"{number}.html", region=region, host=f"h{region}.example"))


def found(db: Database) -> list[tuple[str, str, str, float]]:
    compare_due(db)
    rows = db.execute("SELECT report_id, other_id, rule, similarity FROM copies ORDER BY 1, 2, 3").fetchall()
    return [(one.split("-", 1)[1], other.split("-", 1)[1], rule, share) for one, other, rule, share in rows]


def test_last_years_text_with_new_numbers_is_a_copy_of_it(db: Database) -> None:
    put(db, 1, report(2022, words(1), figures(1)))
    put(db, 2, report(2023, words(1), figures(2)))
    put(db, 3, report(2024, words(3), figures(3)))
    assert found(db) == [(f"{AGENCY}-2023", f"{AGENCY}-2022", "copied_text", 1.0)]


def test_last_years_figures_in_a_new_text_are_a_copy_of_them(db: Database) -> None:
    put(db, 1, report(2022, words(1), figures(1)))
    put(db, 2, report(2023, words(2), figures(1)))
    assert found(db) == [(f"{AGENCY}-2023", f"{AGENCY}-2022", "copied_figures", 1.0)]


def test_a_neighbours_report_of_the_same_year_is_compared_within_the_region(db: Database) -> None:
    for number, (agency, region) in enumerate(
        [("云岭市甲局", "990100"), ("云岭市乙局", "990100"), ("雾江市丙局", "990200")]
    ):
        put(db, number, report(2023, words(1), figures(number), agency), region)
    put(db, 9, report(2024, words(1), figures(9), "云岭市丁局"))
    assert [row[:3] for row in found(db)] == [("云岭市甲局-2023", "云岭市乙局-2023", "copied_text")] or [
        row[:3] for row in found(db)
    ] == [("云岭市乙局-2023", "云岭市甲局-2023", "copied_text")]


def test_without_a_region_the_others_of_the_host_are_compared(db: Database) -> None:
    for number, (agency, host) in enumerate([("甲局", "one"), ("乙局", "one"), ("丙局", "other")]):
        where = source(f"{number}.html", region="", host=f"{host}.example")
        keep(db, number, report(2023, words(1), figures(number), agency), where)
    assert [set(row[:2]) for row in found(db)] == [{"甲局-2023", "乙局-2023"}]


def test_a_year_without_events_is_no_copy(db: Database) -> None:
    few = figures(1, MIN_FIGURES - 1)
    put(db, 1, report(2022, words(1, 200), few))
    put(db, 2, report(2023, words(1, 200), few))
    assert found(db) == []


@pytest.mark.parametrize(("changed", "is_copy"), [(40, True), (90, False)])
def test_the_threshold_bites(db: Database, changed: int, is_copy: bool) -> None:
    text = words(1, 600)
    put(db, 1, report(2022, text, figures(1)))
    put(db, 2, report(2023, words(2, changed) + text[changed:], figures(2)))
    assert bool(found(db)) is is_copy


def test_a_correction_takes_the_resemblance_away(db: Database) -> None:
    put(db, 1, report(2022, words(1), figures(1)))
    put(db, 2, report(2023, words(1), figures(2)))
    assert len(found(db)) == 1
    put(db, 2, report(2023, words(5), figures(2)))
    db.execute("UPDATE reports SET last_changed = '2030-01-01' WHERE year = 2023")
    assert found(db) == []
    assert compare_due(db) == 0, "what was compared is not compared again"


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    reports = [
        report(year, words(1), figures(year), agency) for year in (2022, 2023) for agency in (AGENCY, "云岭市甲局")
    ]
    results = []
    for number, order in enumerate(list(permutations(range(4)))[::5]):
        with closing(new_database(tmp_path / str(number))) as db:
            for place in order:
                put(db, place, reports[place])
                compare_due(db)
            results.append(found(db))
    assert len(results[0]) == 6
    assert all(result == results[0] for result in results)


def test_a_report_that_moves_away_takes_its_resemblances_with_it(db: Database) -> None:
    put(db, 1, report(2022, words(1), figures(1)))
    put(db, 2, report(2023, words(1), figures(2)))
    assert len(found(db)) == 1
    put(db, 2, report(2010, words(1), figures(2)))
    assert found(db) == []
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
