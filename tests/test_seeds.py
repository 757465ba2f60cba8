"""Seed files: what is taken, and that every mistake is named with its place."""

from pathlib import Path

import pytest

from crawler.seeds import Seed, SeedError, load, select

HEADER = "url,agency,region,note\n"


def write(tmp_path: Path, text: str | bytes, name: str = "seeds.csv") -> str:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def problems(names: str) -> list[tuple[int, int, str]]:
    with pytest.raises(SeedError) as caught:
        load(names)
    return [(p.line, p.column, p.message) for p in caught.value.problems]


def test_a_good_file_gives_its_rows(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + 'http://a.gov.cn/nb/,"某市 教育局",990101,"a, note"\n\nhttps://b.gov.cn:8443/,,,\n')
    first, second = load(path)
    assert first == Seed("http://a.gov.cn/nb/", "某市 教育局", "990101", "a, note", f"{path}:2")
    assert (second.host, second.endpoint, second.place) == ("b.gov.cn", "b.gov.cn:8443", f"{path}:4")


def test_a_byte_order_mark_and_windows_lines_are_taken(tmp_path: Path) -> None:
    assert len(load(write(tmp_path, b"\xef\xbb\xbf" + HEADER.encode() + b"http://a.gov.cn/,,,\r\n"))) == 1


def test_several_files_and_a_url_that_comes_twice(tmp_path: Path) -> None:
    one = write(tmp_path, HEADER + "http://a.gov.cn/,,,\n", "one.csv")
    two = write(tmp_path, HEADER + "http://a.gov.cn/,,,\nhttp://b.gov.cn/,,,\n", "two.csv")
    assert [seed.url for seed in load(f"{one}, {two}")] == ["http://a.gov.cn/", "http://b.gov.cn/"]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("ftp://a.gov.cn/,,,", 1, "http://"),
        ("a.gov.cn/nb/,,,", 1, "http://"),
        ("http:///nb/,,,", 1, "no host"),
        (",某局,,", 1, "empty"),
        ("http://u:p@a.gov.cn/,,,", 1, "user name"),
        ("http://a.gov.cn:99999/,,,", 1, "ort"),
        ("http://[::1/,,,", 1, "IPv6"),
        ("http://a.gov.cn/a b,,,", 1, "space"),
        ("http://a.gov.cn/,,1101,", 3, "six-digit"),
        ("http://a.gov.cn/,,１１０１０１,", 3, "six-digit"),
        ("http://a.gov.cn/,,11010x,", 3, "six-digit"),
        ("http://a.gov.cn/,,", 3, "3 fields"),
        ("http://a.gov.cn/,,,,more", 5, "5 fields"),
        ("http://a.gov.cn/,a\x07b,,", 2, "control"),
        (f"http://a.gov.cn/,,,{'x' * 2084}", 4, "longer"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str, column: int, words: str) -> None:
    found = problems(write(tmp_path, HEADER + "http://good.gov.cn/,,,\n" + row + "\n"))
    assert [(line, at) for line, at, _ in found] == [(3, column)]
    assert words in found[0][2]


def test_every_mistake_of_every_file_is_listed(tmp_path: Path) -> None:
    one = write(tmp_path, HEADER + "nothing,,,\nhttp://a.gov.cn/,,12,\n", "one.csv")
    two = write(tmp_path, HEADER + "gopher://x/,,9,\n", "two.csv")
    assert [(line, column) for line, column, _ in problems(f"{one},{two}")] == [(2, 1), (3, 3), (2, 1), (2, 3)]


def test_lines_are_counted_in_the_file_not_in_rows(tmp_path: Path) -> None:
    text = HEADER + 'http://a.gov.cn/,,,"two\nlines"\nhttp://b.gov.cn/,,x,\n'
    assert [line for line, _, _ in problems(write(tmp_path, text))] == [2, 4]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "header"),
        ("url,agency,note\nhttp://a.gov.cn/,,\n", 1, "header"),
        ("http://a.gov.cn/,,,\n", 1, "header"),
        (HEADER, 1, "no seed"),
        (HEADER.encode() + "http://a.gov.cn/,某局,,\n".encode("gb18030"), 2, "UTF-8"),
        (HEADER + 'http://a.gov.cn/,"open,,\n', 2, "CSV"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str | bytes, line: int, words: str) -> None:
    found = problems(write(tmp_path, text))
    assert [at for at, _, _ in found] == [line]
    assert words in found[0][2]


def test_a_missing_file_and_no_file_are_named(tmp_path: Path) -> None:
    assert "cannot be read" in problems(str(tmp_path / "none.csv"))[0][2]
    assert "no seed file" in problems(" , ")[0][2]


def test_the_message_has_file_line_and_column(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + "x,,,\n")
    with pytest.raises(SeedError, match=r"seeds\.csv, line 2, column 1: url 'x' must begin with http"):
        load(path)


def test_the_default_seeds_are_in_order() -> None:
    seeds = load(str(Path(__file__).parent.parent / "seeds" / "portals.csv"))
    assert len(seeds) >= 20
    assert all(seed.host.endswith(".gov.cn") for seed in seeds)


def test_one_host_or_agency_is_selected(tmp_path: Path) -> None:
    seeds = load(write(tmp_path, HEADER + "http://a.gov.cn/,某局,,\nhttp://b.gov.cn:81/,,,\n"))
    assert select(seeds, "") == seeds
    assert [seed.host for seed in select(seeds, "某局")] == ["a.gov.cn"]
    assert [seed.host for seed in select(seeds, "B.gov.cn")] == ["b.gov.cn"]
    assert [seed.host for seed in select(seeds, "b.gov.cn:81")] == ["b.gov.cn"]
    with pytest.raises(ValueError, match="no seed"):
        select(seeds, "c.gov.cn")
