"""Challenges: a response is recorded as what it is, and a report is never taken for a block."""

import pytest

from crawler.answer.challenges import Outcome, Verdict, judge
from crawler.answer.signs import may_be_challenge

ASKED = "http://www.xq99.gov.cn/zfxxgk/nb/202401/t20240116_771.html"
HOME = "http://www.xq99.gov.cn/"
SECTIONS = (
    "<h2>一、总体情况</h2><p>2023年，我局主动公开政府信息。</p><h2>二、主动公开政府信息情况</h2>"
    "<h2>三、收到和处理政府信息公开申请情况</h2><h2>四、政府信息公开行政复议、行政诉讼情况</h2>"
)
RUISHU = (
    "<html><head><meta id='x' content='q' r='m'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head></html>"
)
JSL = "<script>document.cookie='__jsl_clearance_s=1700.1|-1|x;';location.href=location.pathname</script>"
SAFELINE = "<html><script>document.cookie='safeline_bot_token='+answer;location.reload()</script></html>"
ALIYUN = "<html><script>var arg1='3D2F';setCookie('acw_sc__v2',unsbox(arg1));document.location.reload()</script></html>"
YUNSUO = "<html><script>function YunSuoAutoJump(){self.location='/?security_verify_data='+size}</script></html>"
WANGZHANWEISHI = "<html><head><script src='/wzws-waf-cgi/waf.js'></script></head><body></body></html>"
APOLOGY = "对不起，您访问的页面不存在或已被删除！"
FILLER = "<p>" + "星桥市政府门户网站各栏目内容由各部门负责维护更新。" * 40 + "</p>"


def html(body: str, title: str = "星桥市教育局", head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def verdict(body: bytes | str, status: int = 200, url: str = ASKED, asked: str = ASKED, **headers: str) -> Verdict:
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return judge(status, named, data, url, asked, "text/html")


@pytest.mark.parametrize(
    ("status", "body", "outcome", "detail"),
    [
        (412, RUISHU, "blocked", "ruishu"),
        (202, RUISHU, "blocked", "ruishu"),
        (200, RUISHU, "blocked", "ruishu"),
        (412, "", "blocked", "waf"),
        (521, JSL, "blocked", "jsl"),
        (200, JSL, "blocked", "jsl"),
        (521, "", "blocked", "waf"),
        (200, SAFELINE, "blocked", "waf"),
        (200, ALIYUN, "blocked", "waf"),
        (200, YUNSUO, "blocked", "waf"),
        (200, WANGZHANWEISHI, "blocked", "waf"),
        (468, "<html>x</html>", "blocked", "waf"),
        (403, "Forbidden", "blocked", "waf"),
        (406, "", "blocked", "waf"),
        (401, "", "blocked", "page"),
        (429, "", "throttled", ""),
        (404, "<h1>404</h1>", "not_found", ""),
        (410, "", "not_found", ""),
        (404, "<html><script>location.href='/'</script></html>", "not_found", ""),
        (500, "出错啦", "server_error", "status 500"),
        (503, "", "server_error", "status 503"),
        (400, "", "server_error", "status 400"),
        (304, "", "ok", ""),
        (403, "<html><body>请输入验证码后继续访问</body></html>", "blocked", "captcha"),
    ],
)
def test_statuses(status: int, body: str, outcome: Outcome, detail: str) -> None:
    assert verdict(body, status) == Verdict(outcome, detail)


def test_a_scrambled_challenge_is_told_by_its_cookie() -> None:
    scrambled = "<script>document.cookie=('_')+('_')+('j')+('s')+'l_clearance_s=1|0|x';location.reload()</script>"
    assert verdict(scrambled, 521, set_cookie="__jsluid_h=9a1b; HttpOnly") == Verdict("blocked", "jsl")
    assert verdict(html(SECTIONS), 200, set_cookie="__jsluid_h=9a1b") == Verdict("ok")


@pytest.mark.parametrize("body", [RUISHU, JSL, SAFELINE, ALIYUN, YUNSUO, WANGZHANWEISHI])
def test_every_challenge_has_a_mark_by_which_it_is_told_at_once(body: str) -> None:
    assert may_be_challenge(body.encode())
    assert not may_be_challenge(html(SECTIONS))


def test_503_with_retry_after_is_throttling() -> None:
    assert verdict("", 503, Retry_After="120").outcome == "throttled"


@pytest.mark.parametrize(
    ("body", "outcome", "detail"),
    [
        (html("<p>您的请求被拦截，请联系管理员</p>"), "blocked", "page"),
        (html("<p>访问异常页面</p>"), "blocked", "page"),
        (html("<div>请完成安全验证</div>"), "blocked", "page"),
        (html("<div>向右拖动滑块完成拼图</div><p>滑动验证</p>"), "blocked", "captcha"),
        (html("<img src=/captcha.jpg><p>请输入图中的验证码</p>"), "blocked", "captcha"),
        (html("<p>系统维护中，请稍后访问。</p>"), "blocked", "page"),
        (html("<form>用户名<input><input type=password></form>", "登录"), "blocked", "page"),
        (html(FILLER, "网站防火墙"), "blocked", "page"),
        (html("<p>您访问的页面不存在</p>"), "soft_404", "您访问的页面"),
        (html(FILLER, "404 - 页面未找到"), "soft_404", "404"),
        (html(f"<h1>信息已过期</h1>{FILLER}"), "soft_404", "信息已过期"),
        (html(f"<ul><li><a href='/zfxxgk/nb/'>政府信息公开年报</a></ul>{FILLER}<p>{APOLOGY}</p>"), "soft_404", APOLOGY),
        (html("<script>location.href='/'</script>"), "soft_404", "home"),
        (html(""), "empty", ""),
        (html("<p>正文</p><a href='/'>返回首页</a>"), "empty", ""),
        (b"", "empty", ""),
        (b" \r\n\xef\xbb\xbf", "empty", ""),
        (html("<div id=app></div><script src=/js/chunk-vendors.1.js></script>"), "js_shell", ""),
        (html('<div id="root"></div>'), "js_shell", ""),
        (b"<datastore><nextgroup></nextgroup><recordset></recordset></datastore>", "empty", ""),
    ],
)
def test_successes_that_are_none(body: bytes, outcome: Outcome, detail: str) -> None:
    assert verdict(body) == Verdict(outcome, detail)


@pytest.mark.parametrize(
    "body",
    [
        html(f"{SECTIONS}<p>网站改版，优化了验证码登录，出现 404 的页面已清理，页面不存在的问题已整改。</p>"),
        html(f"<h1>404 公开</h1>{SECTIONS}"),
        html("<h1>星桥市教育局2023年政府信息公开工作年度报告</h1><p>附件：<a href='a.pdf'>年报.pdf</a></p>"),
        html(f"<script>{'$_ts=window[' + repr('$_ts') + ']'}</script>{SECTIONS}"),
        html(f"<form><input type=password></form>{SECTIONS}"),
        html("<ul><li><a href=1.html>某局2023年政府信息公开年报</a></li></ul>"),
        html("<ul><li><a href=a/>教育局</a><li><a href=b/>财政局</a><li><a href=c/>民政局</a></ul>"),
        html(
            f"<ul><li><a href=1.html>星桥市教育局2023年政府信息公开工作年度报告</a></ul>{FILLER}<p hidden>{APOLOGY}</p>"
        ),
        html(f"<p>对您访问的页面不存在的问题，我局已完成整改。</p>{FILLER}"),
        html("<iframe src=list.html></iframe>"),
        html("<script>location.href='/zfxxgk/index.html'</script>"),
        html(f"<p>请输入验证码</p>{FILLER}"),
        html("<p>国发〔2018〕404号</p>" + FILLER, "关于印发第404号文件的通知"),
        html("<script><datastore><recordset><record><![CDATA[<li>a</li>]]></record></recordset></datastore></script>"),
        b'{"data":{"total":0,"results":[]}}',
        b"%PDF-1.7 x",
        b"PK\x03\x04xx",
        html(SECTIONS).decode().encode("gb18030"),
    ],
)
def test_what_is_fine_stays_fine(body: bytes) -> None:
    assert verdict(body) == Verdict("ok")


def test_a_front_page_in_place_of_an_article() -> None:
    assert verdict(html(FILLER), url=HOME) == Verdict("soft_404", "home")
    assert verdict(html(FILLER), url=HOME, asked=HOME).outcome == "ok"
    assert verdict(html(FILLER, "政府信息公开平台"), url="http://xxgk.xq99.gov.cn/").outcome == "ok"
    assert verdict(html(SECTIONS), url=HOME).outcome == "ok"


def test_a_decoy_is_a_throttle() -> None:
    home = html(FILLER, "星桥市人民政府", '<meta name="ColumnName" content="首页">')
    assert verdict(home) == Verdict("throttled", "decoy")
    assert verdict(home, url=HOME, asked=HOME).outcome == "ok"
    assert verdict(html(SECTIONS, "首页")).outcome == "ok"


@pytest.mark.parametrize(
    "asked",
    [
        "http://www.xq99.gov.cn/P020240112375309063825.pdf",
        "http://www.xq99.gov.cn/module/download/downfile.jsp?classid=0&filename=9af.pdf",
        "http://www.xq99.gov.cn/a.doc",
    ],
)
def test_a_page_where_a_file_was_asked(asked: str) -> None:
    assert verdict(html(FILLER), url=asked, asked=asked) == Verdict("wrong_type", "html")
    assert verdict(html(SECTIONS), url=asked, asked=asked).outcome == "ok"
    assert verdict(b"\xd0\xcf\x11\xe0", url=asked, asked=asked).outcome == "ok"


def test_null_pages_and_foreign_media() -> None:
    null = "http://www.xq99.gov.cn/zfxxgk/null.shtml"
    assert verdict(html(FILLER), url=null, asked=null) == Verdict("soft_404", "null")
    assert judge(200, {}, b"\x00\x00\x00\x18ftyp", ASKED, ASKED, "video/mp4").outcome == "wrong_type"


def test_header_names_in_any_case() -> None:
    assert judge(503, {"rEtRy-AfTeR": "1"}, b"", ASKED, ASKED, "text/html").outcome == "throttled"
