"""Full text: words of two characters, what changed, and what was typed by people."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from extract.model import Section
from store.search import bigrams, match_expression, search
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
