"""Full text: words of two characters, what changed, and what was typed by people."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from extract.model import Section
from store.database import DATABASE_NAME, write
from store.search import match_expression, search
from store.tables.full_text import TABLE, bigrams, number_by_agency
from tests.site.run import scrapy
from tests.store_kit import keep, new_database, reading, source

TEXTS = {
    2021: "推进海绵城市建设。城市管理，２０２１年度收到申请12件，依据《条例》办理。",
    2022: "海绵。城市两个词分开。PDF全文见附件。",
    2023: "稀有字：砲里街道，𠮷林。",
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with closing(new_database(tmp_path)) as opened:
        for year, text in TEXTS.items():
            what = reading(year=year, sections=(Section(1, "总体情况", text),))
            keep(opened, year, what, source(f"{year}.html"))
        yield opened


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("海绵", [2022, 2021]),
        ("海绵城市", [2021]),
        ("城市 海绵", [2022, 2021]),
        ("2021年", [2021]),
        ("2021年度", [2021]),
        ("申请12件", [2021]),
        ("pdf全文", [2022]),
        ("砲里", [2023]),
        ("𠮷林", [2023]),
        ("总体情况", [2023, 2022, 2021]),
        ("砲", [2023]),
        ("城市 砲", []),
        ("街道 砲", [2023]),
        ("不存在", []),
        ("", []),
        ("。！", []),
        ('" OR "海绵', []),
        ("海绵*", [2022, 2021]),
        ("NEAR(海绵 城市)", []),
    ],
)
def test_words_are_found(db: Database, words: str, years: list[int]) -> None:
    assert [hit.year for hit in search(db, words)] == years


def test_a_hit_tells_where_it_stands(db: Database) -> None:
    [hit] = search(db, "海绵城市")
    assert (hit.agency, hit.number, hit.heading) == ("云岭市教育局", 1, "总体情况")
    assert "推进海绵城市建设" in hit.excerpt


def asked(folder: Path, words: str) -> list[int]:
    """Ask as a person does, with nothing of ours between the words and SQLite; give the years."""
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as plain:
        found = plain.execute("SELECT year FROM sections_search WHERE words = ? ORDER BY year DESC", (words,))
        return [year for [year] in found.fetchall()]


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ('"海绵"', [2022, 2021]),
        ('"海绵城市"', [2021]),
        ('"绵城"', [2021]),
        ('["城市", "海绵"]', [2022, 2021]),
        ('["城市", "附件"]', [2022]),
        ("2021", [2021]),
        ('"2021年度"', [2021]),
        ('"申请12件"', [2021]),
        ('"PDF全文"', [2022]),
        ('"𠮷林"', [2023]),
        ('"总体情况"', [2023, 2022, 2021]),
        ('"不存在"', []),
        ('["城市", "不存在"]', []),
    ],
)
def test_words_of_any_length_are_found_in_plain_sql(db: Database, tmp_path: Path, words: str, years: list[int]) -> None:
    assert asked(tmp_path, words) == years


@pytest.mark.parametrize("words", ["海绵", "", '"城"', '["城市", "绵"]', '"海绵 城市"', '"城市。"', '"ＰＤＦ"', "[]"])
def test_what_cannot_be_looked_up_in_plain_sql_is_an_error(db: Database, tmp_path: Path, words: str) -> None:
    with pytest.raises(sqlite3.OperationalError, match=r"malformed JSON|words_of_two_characters_or_more_without_marks"):
        asked(tmp_path, words)


def test_the_order_of_arrival_is_no_matter_to_what_is_found(tmp_path: Path) -> None:
    found = []
    for order in (sorted(TEXTS), sorted(TEXTS, reverse=True)):
        with closing(new_database(tmp_path / str(order[0]))) as db:
            for year in order:
                keep(
                    db,
                    year,
                    reading(year=year, sections=(Section(1, "总体情况", TEXTS[year]),)),
                    source(f"{year}.html"),
                )
            rows = db.execute("SELECT * FROM sections ORDER BY id").fetchall()
            found.append((search(db, "城市"), rows))
    assert found[0] == found[1]
    assert all(found[0])


def test_sections_numbered_otherwise_are_numbered_anew(db: Database, tmp_path: Path) -> None:
    ids = "SELECT id FROM sections ORDER BY id"
    expected = db.execute(ids).fetchall()
    db.execute("UPDATE sections SET id = 1 + (SELECT count(*) FROM sections AS s WHERE s.id < sections.id)")
    db.execute("DROP TABLE sections_fts")
    db.execute(TABLE)
    before = db.execute("SELECT report_id, number, heading, text FROM sections ORDER BY report_id").fetchall()
    with write(db):
        number_by_agency(db)
    assert db.execute("SELECT report_id, number, heading, text FROM sections ORDER BY id").fetchall() == before
    assert db.execute(ids).fetchall() == expected
    assert [hit.year for hit in search(db, "城市")] == asked(tmp_path, '"城市"') == [2022, 2021]
    db.execute("INSERT INTO sections_fts (sections_fts) VALUES ('integrity-check')")
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    keep(
        db,
        2021,
        reading(year=2021, sections=(Section(1, "总体情况", "全新文字。"),)),
        source("2021.html"),
        extractor="2",
    )
    assert asked(tmp_path, '"城市"') == [2022]


def test_old_words_are_gone_when_the_text_changes(db: Database) -> None:
    what = reading(year=2021, sections=(Section(1, "总体情况", "全新文字。"),))
    keep(db, 2021, what, source("2021.html"), extractor="2")
    assert search(db, "海绵城市") == []
    assert [hit.year for hit in search(db, "全新")] == [2021]


def test_the_number_of_hits_is_bounded(db: Database) -> None:
    assert len(search(db, "总体情况", limit=2)) == 2


@given(st.text(), st.data())
def test_every_word_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    runs = [run for run in bigrams("", text).split() if len(run) == 2]
    for pair in runs[:3]:
        assert match_expression(pair) == f'"{pair}"'
    assert '"' not in match_expression(text).replace('" "', "").strip('"')


def test_a_word_in_very_many_sections_is_found_without_the_index(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    found = search(db, "总体情况"), search(db, "城市"), search(db, "pdf全文")
    monkeypatch.setattr("store.search.MAX_MATCHES", 1)
    assert (search(db, "总体情况"), search(db, "城市"), search(db, "pdf全文")) == found


def test_the_command_shows_where_a_word_stands(db: Database, tmp_path: Path) -> None:
    data = f"DATA_DIR={tmp_path}"
    found = scrapy("search", "海绵城市", "-s", data)
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("云岭市教育局 2021  1 总体情况: 推进海绵城市建设")
    assert json.loads(scrapy("search", "--json", "--limit", "1", "城市", "-s", data).out)["year"] == 2022
    assert (scrapy("search", "不存在", "-s", data).code, scrapy("search", "x", "-s", "DATA_DIR=none").code) == (1, 2)
