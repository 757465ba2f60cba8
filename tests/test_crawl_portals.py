"""One small portal a family: the documents found are exactly those that are there, and nothing else is asked for."""

from collections.abc import Iterator

import pytest

from tests.site import Site, serve
from tests.site.portals import FORBIDDEN, PORTALS, Portal, plain
from tests.site.run import Run, crawl


@pytest.fixture(scope="module")
def portals() -> dict[str, Portal]:
    return {name: make() for name, make in PORTALS.items()}


@pytest.fixture(scope="module")
def walked(portals: dict[str, Portal], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Site]]:
    pages = {path: page for portal in portals.values() for path, page in portal.pages.items()}
    with serve(pages) as site:
        seeds = [f'"{site.url}{portal.seed}",,,' for portal in portals.values()]
        yield crawl(tmp_path_factory.mktemp("portals"), *seeds), site


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
    posted = [path for path in site.paths() if path in {"/wf/list.aspx?c=1", "/et/rest/govinfo/getGovInfoDetail"}]
    assert len(site.paths()) == len({*site.paths()}) + len(posted) - 2
    assert run.rows("SELECT count(*) FROM reports WHERE outcome = 'complete'")[0][0] >= 40


@pytest.mark.parametrize(("agency", "years"), [("星桥市林业局", 2), ("星桥区体育局", 3)])
def test_what_a_script_would_show_gives_its_figures(agency: str, years: int, walked: tuple[Run, Site]) -> None:
    run, _ = walked
    found = run.rows(f"SELECT r.outcome FROM reports r JOIN agencies a ON a.id = r.agency_id WHERE a.name = '{agency}'")
    assert found.count(("complete",)) == years
