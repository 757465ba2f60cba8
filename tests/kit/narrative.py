"""Prose of a report: varied sentences full of numbers that are not the form's figures."""

from collections.abc import Callable
from random import Random

Line = Callable[[Random, int], str]


def _count(rng: Random) -> int:
    return rng.choice((rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 4999)))


def _phone(rng: Random) -> str:
    return f"0990-{rng.randint(2000000, 8999999)}"


# {y} the year reported, {p} the year before, {n} a count, {m} another count, {t} a telephone number.
OPENING = (
    "{y}年，{agency}认真贯彻落实《中华人民共和国政府信息公开条例》（国务院令第711号），扎实推进政府信息公开工作。",
    "{y}年以来，{agency}坚持以公开为常态、不公开为例外，全年主动公开政府信息{n}条，较{p}年增长{m}%。",
    "{y}年，{agency}按照国办公开办函〔2021〕30号文件要求，围绕{m}项重点任务，不断提高公开质量。",
)
OVERVIEW = (
    "一是主动公开情况。通过政府网站公布信息{n}条、微信公众号公布信息{m}条，新开设专题专栏2个。",
    "二是依申请公开情况。修订《依申请公开工作制度》，接待群众来电来访{n}人次，平均办理时间为{m}天。",
    "三是政府信息管理情况。对{p}年以前制发的{n}份文件开展清理，落实“三审三校”，更新目录{m}条。",
    "四是平台建设情况。微信公众号关注人数{n}人，发布信息{m}篇，1条信息阅读量超过10万次。",
    "五是监督保障情况。举办培训班{m}期，培训{n}人次，政务公开工作在绩效考核中占比4分。",
    "在省级媒体发布新闻{m}篇，参加“12345”在线访谈1期，回应群众问题{n}条，满意率100%。",
    "全年办理人大代表建议{m}件、政协委员提案{n}件，办结率100%，办理结果按要求公开。",
    "配合做好〔{p}〕{m}号文件的解读工作，发布图解{n}个，召开新闻发布会1次。",
)
PROBLEMS = (
    "存在的问题：一是政策解读内容较少；二是{n}个科室公开意识有待提高；三是{p}年提出的整改事项仍有1项未完成。",
    "我局政府信息公开工作仍存在以下问题：一是信息更新不够及时，二是公开形式较为单一，三是人员流动较大。",
    "与公众的期望相比还有差距，主要表现为5个方面，其中2个方面在{p}年已经指出。",
)
REMEDIES = (
    "下一步，将重点做好3项工作：一是加强业务培训，每季度不少于1次；二是规范公开流程；三是提高信息质量。",
    "针对上述问题，{next}年我们将抓好以下{m}项措施，确保《条例》第二十条、第二十一条落到实处。",
    "改进举措：一是健全公开机制；二是配强队伍，配备专职人员2名；三是拓展公开内容的深度和广度。",
)
OTHER_MATTERS = (
    "依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），本年度收取信息处理费0元。",
    "本报告所列数据的统计期限自{y}年1月1日起至{y}年12月31日止。如有疑问，请与我单位联系，电话：{t}。",
    "本年度没有发出收费通知，无其他需要报告的事项。",
    "积极开展“5·15政务公开日”活动，发放宣传资料{n}份，咨询电话{t}。",
)


def _fill(sentence: str, rng: Random, year: int, agency: str) -> str:
    return sentence.format(
        y=year, p=year - 1, next=year + 1, n=_count(rng), m=rng.randint(2, 40), t=_phone(rng), agency=agency
    )


def sections(rng: Random, agency: str, year: int) -> tuple[tuple[str, ...], ...]:
    """Return the paragraphs of the six sections; two, three and four are tables and have no prose."""
    openings = OPENING if year >= 2021 else OPENING[:2]  # the circular 〔2021〕30号 was not yet written
    chosen = (
        (rng.choice(openings), *rng.sample(OVERVIEW, rng.randint(3, 6))),
        (),
        (),
        (),
        (rng.choice(PROBLEMS), *rng.sample(REMEDIES, rng.randint(1, 2))),
        tuple(rng.sample(OTHER_MATTERS, rng.randint(1, 3))),
    )
    return tuple(tuple(_fill(line, rng, year, agency) for line in part) for part in chosen)
