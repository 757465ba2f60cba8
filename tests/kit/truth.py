"""Random reports that add up: the cells, the words around them, and how each cell is printed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Literal, TypedDict

from tests.kit import form, names, narrative
from tests.kit.figures import Figures, fill_disclosure, fill_requests, fill_review

Template = Literal["2021", "2019"]
Style = Literal["sparse", "dense"]
Key = tuple[str, str, str | None, str]
"""table, row, item, column"""

MARKS = ("/", "—", "-", "无", "——")


class TruthCell(TypedDict):
    """One cell in the shape of a gold file."""

    table: str
    row: str
    item: str | None
    column: str
    state: str
    value: int | float | None


@dataclass(frozen=True, slots=True)
class Truth:
    """A report as its agency meant it. ``printed`` has the text of every printed cell, blanks as empty text.

    ``consistent`` is False for a report made with a broken sum and None where a blank or mark leaves sums open.
    """

    seed: int
    template: Template
    agency: str
    region: str
    year: int
    title: str
    published: str
    sections: tuple[tuple[str, ...], ...]
    cells: tuple[TruthCell, ...]
    printed: dict[Key, str]
    items: tuple[str, ...]
    merged_other: bool
    consistent: bool | None

    def text(self, table: str, row: str, column: str, item: str | None = None) -> str:
        """Return what is printed in a cell."""
        return self.printed[table, row, item, column]

    def outcomes(self) -> tuple[tuple[str, str, str], ...]:
        """Return (row, group label, label) of the outcome rows this report prints."""
        return form.outcomes(self.template, self.merged_other)

    def gold(self) -> dict[str, object]:
        """Return the report in the shape of a gold file."""
        facts = ("agency", "year", "template", "title", "published")
        return {name: getattr(self, name) for name in facts} | {"cells": [dict(cell) for cell in self.cells]}


def make_report(
    seed: int,
    template: Template,
    style: Style,
    *,
    agency: tuple[str, str] | None = None,
    year: int | None = None,
    blanks: bool = False,
    marks: bool = False,
    remarks: bool = False,
    merged_other: bool = False,
    items: int | None = None,
    broken: bool = False,
) -> Truth:
    """Make a report; the same arguments always make the same one.

    ``agency`` is (name, region code) and ``items`` the number of sub-items under 其他对外管理服务事项 (2019 form
    only); both are drawn when not given. ``remarks`` adds words behind some figures (``22（其中修订16件）``);
    ``broken`` makes one printed total wrong.
    """
    rng = Random(seed)
    name, region = agency or names.agency(rng)
    year = year or rng.randint(*((2021, 2025) if template == "2021" else (2019, 2020)))
    drawn = 0 if template == "2021" else rng.choice((0, 0, 1, 2, 3))
    labels = tuple(rng.sample(("行政检查", "行政确认", "行政奖励", "行政给付"), drawn if items is None else items))
    figures = _figures(rng, template, style == "dense", labels, merged_other)
    if broken:
        _break_a_total(figures, rng)
    printed = {key: figures.printed(key) for key in _keys(template, labels, merged_other)}
    truth = Truth(
        seed=seed,
        template=template,
        agency=name,
        region=region,
        year=year,
        title=f"{name}{year}年政府信息公开工作年度报告",
        published=(date(year + 1, 1, 4) + timedelta(days=rng.randint(0, 27))).isoformat(),
        sections=narrative.sections(rng, name, year),
        cells=tuple(_cells(figures, printed, template, merged_other)),
        printed=printed,
        items=labels,
        merged_other=merged_other,
        consistent=not broken,
    )
    if remarks:
        truth = _with_remarks(truth, rng)
    return _with_gaps(truth, rng, blanks, marks) if blanks or marks else truth


def _figures(rng: Random, template: str, dense: bool, labels: tuple[str, ...], merged_other: bool) -> Figures:
    figures = Figures()
    fill_disclosure(figures, rng, form.DISCLOSURE[template], labels, dense)
    fill_requests(figures, rng, [row for row, _, _ in form.outcomes(template, merged_other)], dense)
    fill_review(figures, rng, dense)
    return figures


def _keys(template: str, labels: tuple[str, ...], merged_other: bool) -> Iterator[Key]:
    for _, _, rows in form.DISCLOSURE[template]:
        for row, _, columns in rows:
            for item in (labels or (None,)) if row == "other_services" else (None,):
                yield from (("disclosure", row, item, column) for column in columns)
    outcomes = [row for row, _, _ in form.outcomes(template, merged_other)]
    for row in ("new", "carried_in", *outcomes, "processed_total", "carried_out"):
        yield from (("requests", row, None, column) for column, _ in form.REQUEST_COLUMNS)
    for row, _ in form.REVIEW_ROWS:
        yield from (("review", row, None, column) for column, _ in form.REVIEW_COLUMNS)


def _cells(figures: Figures, printed: dict[Key, str], template: Template, merged_other: bool) -> Iterator[TruthCell]:
    """Yield the printed cells in template order, and as ``absent`` the rows that a merged （六）其他处理 replaces."""
    for table, row, item, column in printed:
        if (row, column) == ("other_processing", "natural_person") and template == "2021" and merged_other:
            yield from (
                TruthCell(table=table, row=gone, item=None, column=name, state="absent", value=None)
                for gone, _, _ in form.OTHER_ROWS
                for name, _ in form.REQUEST_COLUMNS
            )
        value = figures.values[table, row, item, column]
        yield TruthCell(table=table, row=row, item=item, column=column, state="reported", value=value)


def _break_a_total(figures: Figures, rng: Random) -> None:
    key: Key = ("requests", "processed_total", None, "total")
    figures.values[key] = int(figures.values[key]) + rng.randint(1, 3)


def _with_remarks(truth: Truth, rng: Random) -> Truth:
    printed = dict(truth.printed)
    row, column = ("normative_documents", "issued" if truth.template == "2021" else "made")
    printed["disclosure", row, None, column] += f"（其中修订{rng.randint(1, 9)}件）"
    return replace(truth, printed=printed)


def without_zeros(truth: Truth) -> Truth:
    """Return a report that prints nothing where others print 0."""
    none = {(cell["table"], cell["row"], cell["item"], cell["column"]) for cell in truth.cells if cell["value"] == 0}
    blank: tuple[TruthCell, ...] = tuple(
        {**cell, "state": "blank", "value": None} if cell["value"] == 0 else cell for cell in truth.cells
    )
    printed = {key: "" if key in none else text for key, text in truth.printed.items()}
    return replace(truth, printed=printed, cells=blank, consistent=None if truth.consistent else False)


def _with_gaps(truth: Truth, rng: Random, blanks: bool, marks: bool) -> Truth:
    """Empty some cells, or print marks in them: mostly zeros, at least one, and now and then a figure."""
    printed, cells = dict(truth.printed), list(truth.cells)
    kinds = [kind for kind, wanted in (("blank", blanks), ("mark", marks)) if wanted]
    reported = [index for index, cell in enumerate(cells) if cell["state"] == "reported"]
    chosen = {index for index in reported if rng.random() < (0.25 if cells[index]["value"] == 0 else 0.05)}
    chosen |= set(rng.sample(reported, len(kinds)))
    mark = rng.choice(MARKS)
    for order, index in enumerate(sorted(chosen)):
        cell, kind = cells[index], kinds[order % len(kinds)]
        cells[index] = {**cell, "state": kind, "value": None}
        printed[cell["table"], cell["row"], cell["item"], cell["column"]] = mark if kind == "mark" else ""
    return replace(truth, printed=printed, cells=tuple(cells), consistent=None if truth.consistent else False)
