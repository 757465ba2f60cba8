"""``README.md`` of the open data: what lies in the folder and how to read it, for people."""

from collections.abc import Iterable
from typing import Any

from store.exports.package import Resource
from store.exports.panel import LABELS

_HEAD = """# {title}

{description}

State of the data: {created}. Part: {part}.

| file | rows | one row is |
|---|---|---|
{files}

What every column means, its type and the words it may hold stand in `datapackage.json`; what every variable means, with
its printed label and unit, in `codebook.csv`. `report_id` leads from one file to the others.

## 中文说明

每个文件一张表，各列的含义、类型与取值见 `datapackage.json`，变量与表格原有栏目的对照见 `codebook`；各表以 `report_id` 相连。数字空缺不等于零：
空缺的原因在 `panel_states` 的同一位置（`blank` 未填写，`mark` 填了非数字符号，`unreadable` 未能读出，`absent` 文件中没有这一栏，`not_on_form`
该年表格没有这一栏，`no_form` 未识别出表格，`not_read` 尚待重读）。某机关某年没有年报的原因见 `coverage`。数字照原文收录，原文有误也不改动，
核对结果见 `findings`。金额单位为万元。

## Four different facts 四种不同的事实

An empty figure is not a zero.

| fact | where it stands |
|---|---|
| not published 未公布 | no row in `reports`; in `coverage` the `status` is `not_found`, `not_yet_due`, `blocked` or `out_of_scope`, with the `reason` |
| published zero 公布为零 | the value is `0` |
| left blank 未填写 | the value is empty; in `panel_states`, and as `state` in `cells`, it is `blank`, or `mark` where a sign such as `/` is printed |
| could not be read 未能读出 | the value is empty and its state is `unreadable`; or `outcome` in `reports` is not `complete` and `reason` says why |

Further states: `absent` (the document has no such row or column), `not_on_form` (the report's form has no such cell),
`no_form` (no table of a form was recognised), `not_read` (the form has the cell only since the report was read).

## Before use 使用须知

- A figure stands as it was published, also where it is wrong: see `findings`, verdict `FAIL`. `consistent` is 1 where
  every sum of the report holds.
- The forms differ: 2014 to 2018, 2019 and 2020, from 2021 on. A variable has one meaning on every form that has it;
  where a form lacks it the state is `not_on_form`. Nothing is carried over between forms.
- A government's report on its whole area and its office's own are two agencies: do not add them up.
- `not_found` is no proof that nothing was published; `blocked` means: from where the crawl ran.
- Every report has the address and the SHA-256 of its file (`reports`), every table of it those of its own (`evidence`).
- Codes are text: read `region` and `template` as text. Money is in 万元 (10,000 yuan).
{formats}"""


def readme(about: dict[str, Any], resources: Iterable[Resource]) -> str:
    """Return the text of ``README.md``."""
    listed = list(resources)
    return _HEAD.format(
        title=about["title"],
        description=about["description"],
        created=about.get("created", "no run is recorded"),
        part=_part(about),
        files="\n".join(f"| `{found.path}` | {found.rows} | {_row(found)} |" for found in listed),
        formats="".join({found.way.name: found.way.told for found in listed}.values()),
    )


def _row(resource: Resource) -> str:
    figures = len(resource.columns) - len(LABELS)
    return resource.table.description + (f" ({figures} variables)" if resource.table.name == "panel" else "")


def _part(about: dict[str, Any]) -> str:
    region = f"region {about['region']} and all in it" if about["region"] else "every region"
    years = f"years {', '.join(map(str, about['years']))}" if about["years"] else "every year"
    return f"{region}, {years}"
