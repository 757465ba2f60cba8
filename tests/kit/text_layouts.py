"""A report as plain text, in the five manners real reports have come in; see ``LAYOUTS`` and ``PRINTS``."""

from collections.abc import Callable
from random import Random

from tests.kit import form, tables, text_lines
from tests.kit.tables import Box, Rows
from tests.kit.truth import Truth

_MISPRINTS = {
    "2.其他法律行政法规禁止公开": ("2.其他法律法规禁止公开", "2.其他法律行政止公开"),
    "5.属于三类内部事务信息": ("5.属于三类内容事务信息",),
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": (
        "（二）部分公开（区分处理的，只计这一情况，不计其他情形）",
    ),
    "一、本年新收政府信息公开申请数量": ("一、本年新收政府信息公开申请",),
    "行政规范性文件": ("规范性文件",),
}


def _misprinted(label: str, rng: Random) -> str:
    return rng.choice(_MISPRINTS[label]) if label in _MISPRINTS and rng.random() < 0.15 else label


def _hinted(label: str, rng: Random) -> str:
    """Vary the remark about money in a header cell."""
    if label == "本年收费金额（单位：万元）":
        return rng.choice((label, "本年收费金额（单位：万元，保留4位小数）", "本年收费金额（单位:万元）"))
    return rng.choice((label, "采购总金额（万元，保留四位小数）")) if label == "采购总金额" else label


def _relabelled(rows: Rows, change: Callable[[str], str]) -> Rows:
    return [[box if box.is_value else Box(change(box.text), box.colspan, box.rowspan) for box in row] for row in rows]


def _half_width(text: str) -> str:
    return text.translate(str.maketrans("（），：；", "(),:;"))


def _ordinal_half_width(text: str) -> str:
    """Write （一） as "(一) " and leave other brackets alone."""
    for ordinal in "一二三四五六七":
        text = text.replace(f"（{ordinal}）", f"({ordinal}) ") if text.startswith(f"（{ordinal}）") else text
    return text


def _flat(rows: Rows, columns: int | None = None, change: Callable[[str], str] = str) -> list[str]:
    """Write each row with tabs, a merged cell as its text and empty cells."""
    out = []
    for line in tables.positions(rows):
        texts = [(box.text if box.is_value else change(box.text)) if top and left else "" for box, top, left in line]
        out.append("\t".join(texts + [""] * ((columns or 0) - len(texts))))
    return out


def _prose(truth: Truth, number: int) -> list[str]:
    return [form.HEADINGS[number - 1], *truth.sections[number - 1]]


def _texts(boxes: list[Box]) -> list[str]:
    return [box.text for box in boxes]


def lines(truth: Truth, rng: Random, *, split_digits: bool = False) -> str:
    """000: text layer of a PDF; no title, agency and date signed at the end."""
    return text_lines.render(truth, rng, split_digits=split_digits)


def tabs(truth: Truth, rng: Random) -> str:
    """001: tab-separated; a title line; the outcome rows are a table of eleven columns with an empty one inside."""

    def change(label: str) -> str:
        changed = _ordinal_half_width(_hinted(_misprinted(label, rng), rng))
        return _half_width(changed).replace(",", ", ") if rng.random() < 0.2 else changed

    hint = form.SUM_HINT.replace("（", "(").replace("）", ")")
    header = [
        [hint, "申请人情况", "", "", "", "", "", "总计"],
        ["", "自然人", "法人或其他组织", "", "", "", "", ""],
        ["", "", *(label for _, label in form.REQUEST_COLUMNS[1:-1]), ""],
    ]
    top = [
        [_misprinted(label, rng), *_texts(tables.request_values(truth, row))]
        for row, label in (form.NEW, form.CARRIED_IN)
    ]
    blocks = [
        "\n".join(_flat(tables.disclosure(truth), change=change)),
        "\n".join("\t".join(row) for row in header + top),
        "\n".join("\t".join(row) for row in _tabs_outcomes(truth, rng, change)),
        "\n".join(_flat(tables.review(truth))),
    ]
    parts = [
        truth.title,
        *_prose(truth, 1),
        form.HEADINGS[1],
        blocks[0],
        form.HEADINGS[2],
        blocks[1],
        blocks[2],
        form.HEADINGS[3],
        blocks[3],
        *_prose(truth, 5),
        *_prose(truth, 6),
    ]
    return "\n\n" + "\n\n".join(parts) + "\n\n"


def _tabs_outcomes(truth: Truth, rng: Random, change: Callable[[str], str]) -> list[list[str]]:
    rows, group_before = [], ""
    for index, (row, group, label) in enumerate(truth.outcomes()):
        values = _texts(tables.request_values(truth, row))
        first = form.RESULTS_LABEL if index == 0 else ""
        if group:
            rows.append([first, change(group) if group != group_before else "", change(label), "", *values])
            group_before = group
        else:
            rows.append([first, change(label), "", *values, ""])
    # The column that is empty elsewhere has been filled with a zero of its own in some reports: eight figures for
    # seven columns, which only the sums can tell apart, so a report whose sums are open or wrong is spared.
    stray = ["0"] if truth.consistent and rng.random() < 0.5 else []
    for row, label in (form.PROCESSED_TOTAL, form.CARRIED_OUT):
        values = _texts(tables.request_values(truth, row))
        cells = [change(label), "", *stray, *values]
        rows.append(cells + [""] * (11 - len(cells)))
    return rows


def pipes(truth: Truth, rng: Random) -> str:
    """002: every cell on a line with a bar behind it; no title, the agency only in the opening sentence."""

    def change(label: str) -> str:
        spaced = label.replace("第二十条第", "第二十条 第")
        return _half_width(_hinted(_misprinted(spaced, rng), rng))

    parts: list[str] = []
    for number in range(1, 7):
        parts += [_half_width(line) for line in _prose(truth, number)]
        if number in _TABLE_OF:
            parts += _pipe_lines(_relabelled(_TABLE_OF[number](truth), change))
    return "\n".join(parts)


def _pipe_lines(rows: Rows) -> list[str]:
    columns, out = tables.width(rows), []
    for row in rows:
        out += [f"{box.text} |".lstrip() for box in row]
        missing = columns - len(row) if row is not rows[-1] else 0
        out += ["|" * missing] if missing else []
    return out


def ragged_tabs(truth: Truth, rng: Random) -> str:
    """003: tab-separated rows that do not line up; spaces around the year and inside 年度 报告 of the title."""

    def change(label: str) -> str:
        return _ordinal_half_width(_hinted(_misprinted(label, rng), rng))

    title = truth.title.replace(f"{truth.year}年", f" {truth.year} 年").replace("年度报告", "年度 报告")
    review = [line if index != 1 and index != 2 else _gap_in_headers(line) for index, line in enumerate(_review(truth))]
    tables_at = {
        2: _flat(tables.disclosure(truth), change=change),
        3: ["\t".join(row) for row in _ragged_requests(truth, rng, change)],
        4: review,
    }
    parts = [title]
    for number in range(1, 7):
        parts += [text_lines.spaced(line) for line in _prose(truth, number)]
        if number in tables_at:
            parts.append("\n".join(tables_at[number]))
    return "\n\n" + "\n\n".join(parts)


def _review(truth: Truth) -> list[str]:
    return _flat(tables.review(truth))


def _gap_in_headers(line: str) -> str:
    return "\t".join(f"{cell[:2]} {cell[2:]}" if len(cell) == 4 else cell for cell in line.split("\t"))


def _ragged_requests(truth: Truth, rng: Random, change: Callable[[str], str]) -> list[list[str]]:
    labels = [label for _, label in form.REQUEST_COLUMNS]
    hint = form.SUM_HINT.replace("（", "(").replace("）", ")")
    rows = [
        [hint, "", "申请人情况", "", "", "", "", "", "总计", ""],
        ["", "", labels[0], "法人或其他组织", "", "", "", "", "", ""],
        ["", "", "", *labels[1:-1], "", ""],
    ]
    for row, label in (form.NEW, form.CARRIED_IN):
        rows.append([change(label), "", *_texts(tables.request_values(truth, row)), ""])
    outcomes, group_before = truth.outcomes(), ""
    fallen = {len(outcomes) - 1, rng.randrange(1, len(outcomes))}  # rows whose leading empty cells are lost
    for index, (row, group, label) in enumerate(outcomes):
        values = _texts(tables.request_values(truth, row))
        first = form.RESULTS_LABEL if index == 0 else ""
        if not group:
            rows.append([first, change(label), *values, ""])
        elif group == group_before and index in fallen:
            rows.append([change(label), "", *values, ""])
        else:
            rows.append([first, change(group) if group != group_before else "", change(label), *values])
        group_before = group
    rows.append([change(form.PROCESSED_TOTAL[1]), *_texts(tables.request_values(truth, "processed_total")), "", ""])
    rows.append([form.CARRIED_OUT[1], "", *_texts(tables.request_values(truth, "carried_out")), ""])
    return rows


def cell_lines(truth: Truth, rng: Random) -> str:
    """004: every cell on a line with a tab before it, an empty line between rows; a title of two lines."""

    def change(label: str) -> str:
        return _broken(_hinted(_misprinted(label, rng), rng), rng)

    parts = [truth.agency, truth.title.removeprefix(truth.agency)]
    parts.append(
        "\u3000   依据《中华人民共和国政府信息公开条例》(以下简称《政府信息公开条例》)第五十条规定，编制本报告。"
    )
    for number in range(1, 7):
        heading, *paragraphs = _prose(truth, number)
        parts.append("\n".join((heading, *paragraphs)) if number > 4 else heading)
        parts += paragraphs if number <= 4 else []
        if number in _TABLE_OF:
            parts.append(_cell_rows(_relabelled(_TABLE_OF[number](truth), change)) + "\n")
    return "\n\n".join(parts) + "\n\n"


def _broken(label: str, rng: Random) -> str:
    """Keep the line ends some cells have inside: 结 果 维 持 one to a line, or a group label cut in two."""
    if label.startswith("结果") and rng.random() < 0.25:
        return "\n".join(label)
    if (
        label[:1] == "（"
        and len(label) == 7
        and label[3:] in {"不予公开", "无法提供", "不予处理"}
        and rng.random() < 0.7
    ):
        return f"{label[:5]}\n\n{label[5:]}"
    return "总 计" if label == "总计" and rng.random() < 0.2 else label


def _cell_rows(rows: Rows) -> str:
    return "\n\n".join(
        "\n".join("\t" + (box.text if top else "") for box, top, left in line if left)
        for line in tables.positions(rows)
    )


_TABLE_OF = {2: tables.disclosure, 3: tables.requests, 4: tables.review}

LAYOUTS: dict[str, Callable[[Truth, Random], str]] = {
    "lines": lines,
    "tabs": tabs,
    "pipes": pipes,
    "ragged_tabs": ragged_tabs,
    "cell_lines": cell_lines,
}
"""In the order of the seed texts 000 to 004."""

PRINTS: dict[str, frozenset[str]] = {
    "lines": frozenset({"agency", "year", "published"}),
    "tabs": frozenset({"agency", "year", "title"}),
    "pipes": frozenset({"agency", "year"}),
    "ragged_tabs": frozenset({"agency", "year", "title"}),
    "cell_lines": frozenset({"agency", "year", "title"}),
}
"""The facts of identity each layout prints; the others cannot be read from it and must stay empty."""

SHOWS_BLANKS = frozenset({"tabs", "pipes", "ragged_tabs", "cell_lines"})
"""Layouts in which an empty cell can be seen; in ``lines`` it leaves no trace."""
