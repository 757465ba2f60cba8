"""After a run a person is told how each seed fared, those first that somebody ought to look at."""

import json
from pathlib import Path

from tests.site import Handler, closed_port, column, serve
from tests.site.portals import SAMPLE
from tests.site.run import crawl

TITLE = "星桥市民政局2022年政府信息公开工作年度报告"


def moved(handler: Handler) -> None:
    handler.send(301, b"", "text/html", {"Location": "/new/"})


def challenge(handler: Handler) -> None:
    handler.send(412, b"<script>$_ts=window['$_ts']</script>")


def test_every_state_of_a_seed_is_told(tmp_path: Path) -> None:
    fine = {"/nb/": column(("/1.html", TITLE)), "/1.html": SAMPLE.replace("2021", "2022")}
    pages = {**fine, "/old/": moved, "/new/": column(("/2.html", TITLE)), "/2.html": fine["/1.html"]}
    empty = column(("/3.html", "机构职能"), title="机构职能", more="<p>本栏目公布机构职能。</p>" * 20)
    with serve({**pages, "/empty/": empty}) as site, serve({"/nb/": challenge}, "127.0.0.2") as blocked:
        closed = f"http://127.0.0.3:{closed_port()}/nb/"
        seeds = [f"{site.url}/{name}/" for name in ("nb", "old", "gone", "empty")]
        run = crawl(tmp_path, *seeds, f"{blocked.url}/nb/", closed)
    lines = run.out.splitlines()
    told = [line.strip() for line in lines[lines.index("Seeds (6):") + 1 :]][:6]
    assert run.code == 1
    assert "Seeds by state: 1 blocked, 1 empty, 1 gone, 1 moved, 1 ok, 1 unreachable" in lines
    assert told[-1] == f"{site.url}/nb/: ok (2 pages, 1 documents)"
    assert told[0].startswith(f"{site.url}/old/: moved, to {site.url}/new/")
    assert told[1].startswith(f"{site.url}/gone/: gone")
    assert told[2].startswith(f"{site.url}/empty/: empty, reached, but no report was found under it")
    assert told[3].startswith(f"{blocked.url}/nb/: blocked, ruishu")
    assert told[4].startswith(f"{closed}: unreachable")
    digests = sorted((tmp_path / "data" / "digests").glob("*.json"))
    assert len(json.loads(digests[-1].read_text(encoding="utf-8"))["seeds"]) == 6
