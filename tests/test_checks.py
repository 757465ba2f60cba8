"""Each check of the form by itself: when it passes, when it fails and by how much, and when it cannot be judged."""

from collections.abc import Iterable

import pytest

from extract.checks import Check
from extract.judging import Figures
from extract.model import Finding, Number
from extract.reading import checks
from extract.templates import Template
from extract.templates.y2019 import TEMPLATE as FORM_2019
from extract.templates.y2021 import TEMPLATE as FORM_2021
from tests.store_kit import Values, cells_of

RULES = {check.rule: check for check in checks()}
Place = tuple[str, str, str]


def judged(rule: str, values: Values, form: Template = FORM_2021) -> list[Finding]:
    check: Check = RULES[rule]
    return list(check.judge(Figures(cells_of(form, values)), form))


def not_passed(found: Iterable[Finding]) -> list[tuple[str, Number | str | None, Number | str | None]]:
    return [(str(f.where), f.expected, f.actual) for f in found if f.verdict != "PASS"]


# Rule, places in a form of zeros, a cell that belongs to one of them, where a 2 in that cell shows, sums of the sides.
CASES: list[tuple[str, int, Place, dict[str, str], Number, Number]] = [
    ("row_total", 25, ("requests", "granted", "business"), {"table": "requests", "row": "granted"}, 2, 0),
    ("row_total", 25, ("requests", "granted", "total"), {"table": "requests", "row": "granted"}, 0, 2),
    ("column_total", 7, ("requests", "granted", "total"), {"table": "requests", "column": "total"}, 2, 0),
    ("column_total", 7, ("requests", "other_other", "other"), {"table": "requests", "column": "other"}, 2, 0),
    ("in_equals_out", 7, ("requests", "carried_in", "total"), {"table": "requests", "column": "total"}, 2, 0),
    ("in_equals_out", 7, ("requests", "carried_out", "total"), {"table": "requests", "column": "total"}, 0, 2),
    ("review_total", 3, ("review", "reconsideration", "pending"), {"table": "review", "row": "reconsideration"}, 2, 0),
]


@pytest.mark.parametrize(("rule", "places", "cell", "where", "expected", "actual"), CASES)
def test_a_sum_fails_exactly_where_it_does_not_hold(
    rule: str, places: int, cell: Place, where: dict[str, str], expected: Number, actual: Number
) -> None:
    sound = judged(rule, {})
    assert [finding.verdict for finding in sound] == ["PASS"] * places
    assert {finding.rule for finding in sound} == {rule}
    assert not_passed(judged(rule, {cell: 2})) == [(str(where), expected, actual)]


@pytest.mark.parametrize(("rule", "places", "cell", "where", "expected", "actual"), CASES)
def test_a_sum_with_a_blank_member_is_not_judged(
    rule: str, places: int, cell: Place, where: dict[str, str], expected: Number, actual: Number
) -> None:
    open_ = [finding for finding in judged(rule, {cell: None}) if finding.verdict != "PASS"]
    assert [(finding.verdict, finding.where) for finding in open_] == [("NOT_ASSESSABLE", where)]


def test_printed_numbers_add_up_where_blanks_are_nothing() -> None:
    assert judged("blank_sum", {}) == []
    assert judged("blank_sum", {("requests", "granted", "business"): None}) == []
    lost: Values = {("requests", "granted", "business"): None, ("requests", "granted", "total"): 3}
    found = {(f.verdict, f.expected, f.actual): f.where for f in judged("blank_sum", lost)}
    assert found[("NOT_ASSESSABLE", 0, 3)] == {"table": "requests", "row": "granted"}
    assert judged(
        "blank_sum", {("review", "reconsideration", "total"): None, ("review", "reconsideration", "upheld"): 2}
    )


def test_a_count_is_whole_and_not_negative() -> None:
    assert judged("count", {}) == []
    half = judged("count", {("requests", "new", "total"): 1.5})
    assert [(f.verdict, f.where["row"], f.actual) for f in half] == [("FAIL", "new", 1.5)]
    below = judged("count", {("disclosure", "licensing", "decisions"): -3})
    assert [(f.verdict, f.where["row"], f.actual) for f in below] == [("FAIL", "licensing", -3)]


def test_money_may_be_broken_and_a_change_negative() -> None:
    assert judged("count", {("disclosure", "fees", "amount"): 25.1}) == []
    assert judged("count", {("disclosure", "licensing", "change"): -3}, FORM_2019) == []


def test_rows_that_add_up_by_accident_are_doubted_where_most_do_not() -> None:
    """All figures stand one column to the left: 9 of one applicant and 9 in all are then 9 and 9 as well."""
    pushed: Values = {("requests", "new", "other"): 9, ("requests", "new", "total"): 9}
    for row in ("granted", "processed_total"):
        pushed |= {("requests", row, "other"): 9, ("requests", row, "total"): 4}
    found = judged("shifted", pushed)
    assert [(f.verdict, f.where) for f in found] == [("NOT_ASSESSABLE", {"table": "requests", "row": "new"})]
    gap: Values = {("requests", "processed_total", "natural_person"): None}
    assert len(judged("shifted", pushed | gap)) == 1


def test_a_row_that_does_not_add_up_says_nothing_of_the_others() -> None:
    wrong: Values = {
        ("requests", "granted", "total"): 2,
        ("requests", "new", "other"): 1,
        ("requests", "new", "total"): 1,
    }
    untold: Values = {
        ("requests", row, "total"): None for row in ("granted", "granted_in_part", "refused_state_secret")
    }
    untold |= {("requests", row, "other"): 5 for _, row, _ in untold}
    assert judged("shifted", {}) == []
    assert judged("shifted", wrong | untold) == []
    assert judged("shifted", wrong) == []
