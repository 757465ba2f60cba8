"""Block pages of firewalls, gateways and closed sites, as portals answer them with a success: never taken for nothing."""

import pytest

from crawler.answer.challenges import judge
from crawler.answer.sight import Asked, look
from crawler.answer.signs import may_be_challenge

ASKED = "http://www.xq99.gov.cn/zfxxgk/nb/"


GONE = (
    "<html><head><title>Error</title></head><body><script>alert('该文章不存在或未审核！');history.back();</script></body></html>",
    "<html><head><title>信息公开年报</title></head><body><a href=/>首页</a><div>该信息已下线，暂不提供浏览。</div></body></html>",
    f"<html><body>{'<a href=/c/>栏目导航</a>' * 40}<p>对不起，该文章已被管理员删除或尚未发布。</p></body></html>",
    f"<html><body>{'<a href=/c/>栏目导航</a>' * 40}<h3>没有找到您要访问的内容</h3></body></html>",
)


@pytest.mark.parametrize("body", GONE)
def test_error_pages_are_told_from_empty_ones(body: str) -> None:
    assert judge(200, {}, body.encode(), f"{ASKED}1.html", f"{ASKED}1.html", "text/html").outcome == "soft_404"


def page(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


BLOCKED = {
    "page": (
        page("Request Rejected", "The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 12"),
        page("提示", "您的访问请求因存在安全风险已被拦截，事件ID:1234，如有疑问请联系网站管理员"),
        page("提示", "抱歉，您所在的地区暂时无法访问本网站"),
        page("提示", "您的IP地址已被限制访问，请稍后再试"),
        page("", "访问过于频繁，请稍后再试！"),
        page("系统升级", "网站系统升级维护，暂停服务，给您带来的不便敬请谅解。"),
        page("网站关闭", "该网站暂时关闭，请访问星桥市人民政府门户网站。"),
        page("访问禁止", "<h1>访问禁止</h1><p>检测到可疑访问，事件编号：1234</p>"),
        page("系统检测到您的访问行为异常", "请点击按钮继续"),
        page("Just a moment...", "Checking your browser before accessing the site"),
        page("", "<noscript><h1><strong>请开启JavaScript并刷新该页.</strong></h1></noscript>"),
        page("未备案提示", "该网站未根据相关法律规定获得备案号，暂时无法访问"),
    ),
    "captcha": (
        page("访问验证", "请按住滑块，拖动到最右边，完成验证"),
        page("人机验证", "请完成下方验证后继续访问"),
        page("", "正在进行人机身份验证"),
    ),
    "waf": ('<html><head><script src="/WZWSREL2.js"></script></head><body></body></html>',),
    "ruishu": ("<html><script>if(!$_ts)$_ts={};$_ts.nsd=5;$_ts.cd='qX';if($_ts.lcd)$_ts.lcd();</script></html>",),
}  # fmt: skip


@pytest.mark.parametrize(("detail", "body"), [(detail, body) for detail, bodies in BLOCKED.items() for body in bodies])
def test_block_pages_are_told_from_empty_ones(detail: str, body: str) -> None:
    verdict = judge(200, {}, body.encode(), ASKED, ASKED, "text/html")
    assert (verdict.outcome, verdict.detail) == ("blocked", detail)
    assert may_be_challenge(body.encode())


@pytest.mark.parametrize(
    "words",
    [
        "本站已备案，请您的访问者遵守规定",
        "本局制定访问制度，限制出境事项，平台升级",
        "咨询请求次数频率",
        "电子身份验证码说明",
        "本文件规定了访问行为的条件，不得禁止他人访问",
    ],
)
def test_a_column_whose_words_are_like_theirs_is_none(words: str) -> None:
    body = page(
        "政府信息公开年报",
        f"<p>{words * 3}</p><ul><li><a href='1.html'>星桥市水务局2023年政府信息公开工作年度报告</a></li></ul>",
    )
    assert judge(200, {}, body.encode(), ASKED, ASKED, "text/html").outcome == "ok"


@pytest.mark.parametrize("kind", ["text/javascript", "application/javascript"])
def test_a_list_for_jsonp_is_data_and_a_script_is_none(kind: str) -> None:
    rows = '\ufeff\r\n\r\nresult({"data": [{"title": "星桥市水务局2023年政府信息公开工作年度报告", "url": "/nb/1.html"}]});'
    asked = Asked(200, f"{ASKED}list.jsp?callback=result", f"{ASKED}list.jsp?callback=result", {"content-type": kind})
    sight = look(rows.encode(), asked, 10_000)
    assert [link.url for link in sight.links] == ["http://www.xq99.gov.cn/nb/1.html"]
    assert look(b"(function(){ var a = 1; })();", asked, 10_000).links == ()
