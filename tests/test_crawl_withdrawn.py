"""Reports that a portal takes down, or only off its list: asked for at their own addresses, never removed."""

from pathlib import Path

import pytest

from crawler.walk.unlisted import SAMPLE
from store.coverage import matrix
from store.database import open_reader
from tests.site import Handler, Site, column, serve
from tests.site.portals import reports
from tests.site.run import Run, crawl

AGENCY = "星桥市水务局"
FOUND, ROWS = reports("/nb/r", AGENCY, range(2018, 2024))
GONE, UNLISTED = ROWS[2][0], ROWS[4][0]


def night(site: Site, folder: Path, number: int, **settings: object) -> tuple[Run, list[str]]:
    site.hits.clear()
    run = crawl(folder, f"{site.url}/nb/", CLOCK_SHIFT_DAYS=number, **settings)
    return run, [path for path in site.paths() if path != "/nb/"]


def reasons(run: Run) -> dict[int, str]:
    return {place.year: place.reason for place in matrix(open_reader(run.database)).places if place.report_id}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Run, list[str], dict[int, str]]]:
    """From the third of five nights on two reports are off the list, and one of them is deleted."""
    folder = tmp_path_factory.mktemp("withdrawn")
    told = []
    with serve({"/nb/": column(*ROWS), **FOUND}) as site:
        for number in range(5):
            if number == 2:
                site.pages["/nb/"] = column(*(row for row in ROWS if row[0] not in {GONE, UNLISTED}))
                del site.pages[GONE]
            run, asked = night(site, folder, number)
            told.append((run, asked, reasons(run)))
    return told


def test_what_goes_off_its_list_is_asked_for_at_once(nights: list[tuple[Run, list[str], dict[int, str]]]) -> None:
    assert nights[1][1] == []
    assert {GONE, UNLISTED} <= set(nights[2][1])


def test_what_is_gone_is_asked_for_until_that_is_certain(nights: list[tuple[Run, list[str], dict[int, str]]]) -> None:
    assert [GONE in asked for _, asked, _ in nights[3:]] == [True, True]
    day = nights[2][0].rows("SELECT min(substr(at, 1, 10)) FROM fetches WHERE outcome = 'not_found'")
    assert nights[4][0].rows("SELECT since FROM withdrawn") == day
    told = [[line for line in run.out.splitlines() if f"not there since {day[0][0]}" in line] for run, _, _ in nights]
    assert [len(lines) for lines in told] == [0, 0, 0, 0, 1]
    assert f"{AGENCY} 2021: " in told[4][0]
    assert GONE in told[4][0]
    assert nights[3][2][2021] == ""
    assert nights[4][2][2021].startswith("withdrawn by its portal: not there since ")


def test_nothing_is_removed(nights: list[tuple[Run, list[str], dict[int, str]]]) -> None:
    assert [set(told) for _, _, told in nights] == [set(range(2018, 2024))] * 5
    assert nights[4][0].rows("SELECT count(*) FROM reports") == [(len(ROWS),)]
    assert [told[2019] for _, _, told in nights] == [""] * 5


def test_of_a_list_that_came_half_some_are_asked_for_and_the_others_where_one_is_gone(tmp_path: Path) -> None:
    with serve({"/nb/": column(*ROWS), **FOUND}) as site:
        night(site, tmp_path, 0)
        site.pages["/nb/"] = column(ROWS[0])
        asked = night(site, tmp_path, 1)[1]
        assert len(asked) == SAMPLE
        site.pages["/nb/"] = column(*ROWS)
        assert night(site, tmp_path, 1, CONFIRMED_AFTER=9)[1] == []
        del site.pages[asked[1]]
        site.pages["/nb/"] = column(ROWS[0])
        run, every = night(site, tmp_path, 1, CONFIRMED_AFTER=9)
    assert sorted(every) == sorted(href for href, _ in ROWS[1:])
    assert run.rows("SELECT count(*) FROM reports") == [(len(ROWS),)]


def test_reports_whose_list_is_gone_for_good_are_asked_for_in_their_turns(tmp_path: Path) -> None:
    with serve({"/nb/": column(*ROWS), **FOUND}) as site:
        night(site, tmp_path, 0)
        del site.pages["/nb/"]
        asked = [night(site, tmp_path, number, REVISIT_EVERY="0:1")[1] for number in (1, 2, 3)]
        assert [len(paths) for paths in asked] == [0, 0, len(ROWS)]
        site.pages["/nb/"] = column(*ROWS)
        # Their turns follow from their addresses, which have another port each time: none may have one in this night.
        assert night(site, tmp_path, 4, REVISIT_EVERY="0:1000000")[1] == []


def test_a_list_that_fails_says_nothing_of_its_reports(tmp_path: Path) -> None:
    def broken(handler: Handler) -> None:
        handler.send(500, b"error")

    with serve({"/nb/": column(*ROWS), **FOUND}) as site:
        night(site, tmp_path, 0)
        site.pages["/nb/"] = broken
        assert night(site, tmp_path, 1)[1] == []


def test_a_report_that_comes_back_is_not_withdrawn(tmp_path: Path) -> None:
    with serve({"/nb/": column(*ROWS[:2]), **FOUND}) as site:
        night(site, tmp_path, 0)
        del site.pages[ROWS[0][0]]
        site.pages["/nb/"] = column(ROWS[1])
        asked = [ROWS[0][0] in night(site, tmp_path, number)[1] for number in (1, 2, 3)]
        assert asked == [True, True, True]
        site.pages |= {ROWS[0][0]: FOUND[ROWS[0][0]], "/nb/": column(*ROWS[:2])}
        run, _ = night(site, tmp_path, 40)
    assert run.rows("SELECT count(*) FROM withdrawn") == [(0,)]
