"""What of an answer is kept as a document, and what only leads to one."""

import pytest

from crawler.answer.sight import Asked, look
from crawler.items import Link, LinkKind
from crawler.seeds import Seed
from crawler.walk.answers import Answer, is_document
from crawler.walk.lead import lead_to, seed_lead

BASE = "http://www.xq99.gov.cn/nb/"
TITLE = "星桥市水务局2023年政府信息公开工作年度报告"
SECTIONS = "<h2>一、总体情况</h2><h2>二、主动公开政府信息情况</h2><h2>三、收到和处理政府信息公开申请情况</h2>"
LONG = "<p>" + "本栏目公布水务局的政府信息。" * 30 + "</p>"


@pytest.mark.parametrize(
    ("body", "kind", "kept"),
    [
        (f"<h1>{TITLE}</h1>{SECTIONS}{LONG}", "report", True),
        (f"<h1>{TITLE}</h1>{SECTIONS}{LONG}", "column", True),
        (f"<h1>{TITLE}</h1>{LONG}", "report", True),
        (f"<h1>政府信息公开年报</h1>{LONG}", "column", False),
        ("<script>location.href='/nb/real.html'</script>", "report", False),
        ("<meta http-equiv=refresh content='0;url=http://10.0.0.1/x.html'>", "report", False),
    ],
)
def test_what_is_kept(body: str, kind: LinkKind, kept: bool) -> None:
    data = f"<html><body>{body}</body></html>".encode()
    url = f"{BASE}1.html"
    sight = look(data, Asked(200, url, url, {"content-type": "text/html; charset=utf-8"}), 1_000_000)
    lead = lead_to(Link(url, TITLE, kind), BASE, "", seed_lead(Seed(BASE)))
    assert sight.verdict.outcome == "ok"
    assert is_document(Answer(url, 200, data, "0" * 64, sight, "", "", False), lead) is kept
