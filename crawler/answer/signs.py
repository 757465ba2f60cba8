"""The signs of challenges and block pages: scripts that only their makers send, and words that only block pages say.

Sources: portals' answers as collected, and what is public of each maker's pages. ``waf``: 长亭雷池, 阿里云, 云锁, 360
网站卫士, 腾讯云, 宝塔, 安全狗 and others whose challenge is a script or a page of their own.
"""

import re
from functools import cache

from crawler.page.marks import Marks

SCRIPTS = (
    (
        re.compile(
            r"\$_ts\s*=\s*window\[\s*['\"]\$_ts['\"]\s*\]|\$_ts\.(?:nsd|cd|lcd)\b|<meta[^>]{0,200}\br=['\"]m['\"]"
        ),
        "ruishu",
    ),
    (re.compile(r"__jsluid|__jsl_clearance|365cyd\.com"), "jsl"),
    (
        re.compile(
            r"safeline_bot|/\.safeline/|acw_sc__v\d|_____tmd_____|errors\.aliyun\.com|yunsuo_?auto_?jump|security_verify_"
            r"|security_session_verify|wzws-waf-cgi|wzwschallenge|wzwsrel|wangshan\.360\.cn|waf-static\.tencent|__tst_status|btwaf"
            r"|404\.safedog\.cn|cdn-cgi/challenge-platform",
            re.IGNORECASE,
        ),
        "waf",
    ),
)
"""Script challenges, by what only they carry; checked on every status, for they also come as 200 and 202."""

BLOCK_WORDS = (
    (
        re.compile(
            r"滑动验证|(?:拖动|按住|移动)(?:下方|左侧)?滑块|完成(?:下方|下列|以下|图形|拼图|滑块)?验证|图形验证码|请输入.{0,6}验证码|captcha"
            r"|(?:人机|行为|身份|访问)(?:身份)?验证(?!码)",
            re.IGNORECASE,
        ),
        "captcha",
    ),
    (
        re.compile(
            r"访问异常页面|安全验证|请求被拦截|网站防火墙|访问被(?:阻断|拦截|拒绝)|您的(?:请求|访问)(?:存在|过于|被)"
            r"|您的(?:请求|访问|IP).{0,24}(?:拦截|阻断|禁止|限制)|您所在的(?:地区|区域|国家).{0,12}(?:无法|不能|禁止|限制)"
            r"|(?:访问|请求|操作)(?:次数)?(?:过于|太过?)频繁|requested URL was rejected|request rejected"
            r"|访问禁止|禁止访问|可疑(?:的)?(?:访问|请求)|访问行为(?:存在)?异常|checking your browser|^just a moment"
            r"|开启JavaScript并刷新",
            re.IGNORECASE,
        ),
        "page",
    ),
    (
        re.compile(
            r"系统维护中|网站(?:正在)?维护(?:中)?|(?:系统|网站|平台).{0,4}(?:升级维护|维护升级)|网站(?:暂时|临时|已)关闭"
            r"|(?:统一)?身份认证|未(?:取得|获得)?备案|获得备案号"
        ),
        "page",
    ),
)
"""Words of block pages; believed only on a short page, or in its title, that speaks of no report."""

CHALLENGE_MARKS = tuple(
    mark.encode(charset)
    for charset in ("utf-8", "gb18030")
    for mark in (
        "$_ts", "r='m'", 'r="m"', "__jsl", "365cyd", "safeline", "acw_sc", "_tmd_", "aliyun", "yunsuo", "security_",
        "wzws", "wangshan", "waf-static", "__tst_", "btwaf", "safedog", "cdn-cgi", "captcha", "password", "验证", "滑块",
        "访问异常", "拦截", "防火墙", "访问被", "您的请求", "您的访问", "维护", "身份认证", "您的ip", "您所在的", "频繁", "时关闭",
        "已关闭", "备案号，", "未备案", "得备案", "rejected",
        "访问禁止", "禁止访问", "可疑", "访问行为", "checking your browser", "just a moment", "javascript并刷新",
    )
)  # fmt: skip
"""A piece of each sign of a challenge in this module, in both charsets of portals; a test holds them to the patterns."""


def may_be_challenge(body: bytes) -> bool:
    """Tell in microseconds whether a body has any mark of a challenge, a block page or a login; most pages have none."""
    return bool(_marks().found(body.lower()))


@cache
def _marks() -> Marks:
    return Marks(CHALLENGE_MARKS)
