"""One small portal a family: the documents found are exactly those that are there, and nothing else is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.site import Site, serve
from tests.site.asked import ASKED
from tests.site.portals import FORBIDDEN, Portal, plain
from tests.site.portals import PORTALS as KNOWN
from tests.site.run import SIDE_BY_SIDE, Run, crawl
from tests.site.written import WRITTEN

PORTALS = {**KNOWN, **WRITTEN, **ASKED}


@pytest.fixture(scope="module")
def portals() -> dict[str, Portal]:
    return {name: make() for name, make in PORTALS.items()}


@pytest.fixture(scope="module")
def walked(portals: dict[str, Portal], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Site]]:
    pages = {path: page for portal in portals.values() for path, page in portal.pages.items()}
    with serve(pages) as site:
        seeds = [f'"{site.url}{portal.seed}",,,' for portal in portals.values()]
        yield crawl(tmp_path_factory.mktemp("portals"), *seeds, **SIDE_BY_SIDE), site


POSTED = (
    "/af/front/api/data/affair",
    "/wf/list.aspx?c=1",
    "/et/rest/govinfo/getGovInfoDetail",
    "/fp/list.do",
    "/pd/cms/list",
    "/pf/list.do",
    "/pn/list.action",
    "/pb/html/info/detail",
)
"""Asked for several times a night, each time with another form."""


@dataclass(frozen=True)
class Nights:
    """Paths asked for in a first night, and in a second in which nothing is new: every report is old.

    Before a third (``spoiled``) each portal had one report corrected and one deleted, and its lists say nothing of it;
    ``kept`` counts reports after each night.
    """

    first: list[str]
    second: list[str]
    quiet: Run
    spoiled: Run
    corrected: int
    kept: tuple[int, ...]


@pytest.fixture(scope="module")
def nights(portals: dict[str, Portal], tmp_path_factory: pytest.TempPathFactory) -> Nights:
    pages = {path: page for portal in portals.values() for path, page in portal.pages.items()}
    folder = tmp_path_factory.mktemp("nights")
    kept: list[int] = []
    asked: list[list[str]] = []
    runs: list[Run] = []
    with serve(pages) as site:
        seeds = [f'"{site.url}{portal.seed}",,,' for portal in portals.values()]
        for night in range(3):
            corrected = sum(spoil(portal, site) for portal in portals.values()) if night == 2 else 0
            site.hits.clear()
            runs.append(crawl(folder, *seeds, **SIDE_BY_SIDE))
            asked.append(site.paths())
            kept += runs[night].rows("SELECT count(*) FROM reports")[0]
    return Nights(asked[0], asked[1], runs[1], runs[2], corrected, tuple(kept))


def spoil(portal: Portal, site: Site) -> int:
    """Correct one report of a portal and delete another; tell how many were corrected."""
    written = sorted(path for path in portal.truth - {portal.seed} if isinstance(portal.pages.get(path), str))
    if len(written) < 3:
        return 0
    site.pages[written[1]] = str(portal.pages[written[1]]).replace("认真", "切实")
    del site.pages[written[0]]
    return 1


def test_a_correction_is_found_and_a_deletion_takes_nothing_away(nights: Nights) -> None:
    assert nights.corrected >= 9
    changed = next(line for line in nights.spoiled.out.splitlines() if line.startswith("Changed reports"))
    assert changed == f"Changed reports ({nights.corrected}):", nights.spoiled.out
    assert "New reports" not in nights.spoiled.out
    assert len({*nights.kept}) == 1


def of_portal(portal: Portal, paths: list[str]) -> tuple[list[str], list[str]]:
    """Give what of the paths is a list of the portal, and what one of its reports or files."""
    base, truth = f"/{portal.seed.split('/')[1]}/", {plain(path) for path in portal.truth} - {portal.seed}
    mine = [path for path in paths if path.startswith(base) or path in portal.pages]
    return [p for p in mine if plain(p) not in truth], [p for p in mine if plain(p) in truth]


@pytest.mark.parametrize("name", PORTALS)
def test_a_night_with_nothing_new_asks_for_each_list_once_and_for_no_report(
    name: str, portals: dict[str, Portal], nights: Nights
) -> None:
    before, _ = of_portal(portals[name], nights.first)
    lists, some_reports = of_portal(portals[name], nights.second)
    once = {path for path in lists if path not in POSTED}
    assert len([path for path in lists if path not in POSTED]) <= 1.2 * len(once)
    assert len(lists) <= len(before)
    assert some_reports == []


def test_nothing_is_new_in_such_a_night(nights: Nights) -> None:
    assert "New reports" not in nights.quiet.out
    assert "Changed reports" not in nights.quiet.out


@pytest.mark.parametrize("name", PORTALS)
def test_what_is_found_is_what_is_there(name: str, portals: dict[str, Portal], walked: tuple[Run, Site]) -> None:
    run, site = walked
    portal = portals[name]
    base = f"/{portal.seed.split('/')[1]}/"
    found = {plain(url.removeprefix(site.url)) for [url] in run.rows("SELECT DISTINCT url FROM sources")}
    mine = {path for path in found if path.startswith(base) or path in portal.truth}
    assert mine == {plain(path) for path in portal.truth}


def test_nothing_else_is_asked_for(walked: tuple[Run, Site], portals: dict[str, Portal]) -> None:
    run, site = walked
    assert [path for path in site.paths() if path.startswith(FORBIDDEN)] == []
    unknown = {path for path in site.paths() if path not in site.pages and "fbtime" not in path}
    assert unknown <= {"/"}
    posted = [path for path in site.paths() if path in POSTED]
    assert len(site.paths()) == len({*site.paths()}) + len(posted) - len(POSTED)
    assert run.rows("SELECT count(*) FROM reports WHERE outcome = 'complete'")[0][0] >= 40


@pytest.mark.parametrize(("agency", "years"), [("星桥市林业局", 2), ("星桥区体育局", 3)])
def test_what_a_script_would_show_gives_its_figures(agency: str, years: int, walked: tuple[Run, Site]) -> None:
    run, _ = walked
    found = run.rows(f"SELECT r.outcome FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE a.name = '{agency}'")
    assert found.count(("complete",)) == years
