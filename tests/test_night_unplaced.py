"""What a night's digest tells of reports that nobody can place, and of two that contradict each other."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report
from tests.site import column, serve
from tests.site.run import Run, crawl

REGION, COUNTY = "990131", "青崖县"
NOON = datetime(2023, 2, 5, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Night:
    run: Run
    digest: dict[str, Any]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """The water bureau's report on 2022 has 2023 in its title, and states no period; the civil affairs bureau has two reports."""
    folder, links = tmp_path_factory.mktemp("unplaced"), {}
    with serve({}) as site:
        for seed, body in ((3, "水利局"), (1, "民政局"), (2, "民政局")):
            truth = make_report(seed, "2021", "dense", agency=(f"{COUNTY}{body}", REGION), year=2022)
            printed = truth.title.replace("2022", "2023") if body == "水利局" else truth.title
            page = STYLES["clean"](truth, Random(seed)).replace(truth.title.encode(), printed.encode())
            site.pages[f"/nb/{seed}.html"], links[f"/nb/{seed}.html"] = page, printed
        site.pages["/nb/"] = column(*links.items())
        shift = (NOON - datetime.now(UTC)) / timedelta(days=1)
        run = crawl(folder, f"{site.url}/nb/,,{REGION},", CLOCK_SHIFT_DAYS=shift, LOOKERS=1, READER_WORKERS=1)
    [path] = (folder / "data" / "digests").glob("*.json")
    return Night(run, json.loads(path.read_text(encoding="utf-8")))


def test_a_report_that_nobody_can_place_is_told_with_its_reason(night: Night) -> None:
    [line] = night.digest["unplaced"]
    assert line.endswith("/nb/3.html: it names 2023, and was there on 2023-02-05, before that year was over")
    assert "Belong to no agency's year (1):" in night.run.out
    assert night.digest["new"] == [f"{COUNTY}民政局 2022: complete"]
    assert night.run.rows("SELECT count(*) FROM reports WHERE year = 2023") == [(0,)]


def test_two_reports_that_contradict_each_other_take_one_line(night: Night) -> None:
    [line] = night.digest["failed"]
    [(count,)] = night.run.rows("SELECT count(*) FROM findings WHERE rule = 'conflict' AND verdict = 'FAIL'")
    assert count > 100
    assert line.startswith(f"{COUNTY}民政局 2022: conflict: another document has {count} other figures (http")
