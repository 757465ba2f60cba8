"""The identities of the form applied to values: which sums hold, fail, or cannot be judged."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from extract.templates import Sum, Table, Template

Addend = int | Decimal
"""An exact number: whole ones are added up ten times as fast as ``int``."""

Values = Mapping[tuple[str, str], Addend | None]
"""(row, column) -> value of one table; ``None`` where the cell is not a certain number, no key where it is absent."""

REQUESTS = "requests"
OTHER_PROCESSING = "other_processing"
OTHER_SUB_ROWS = ("other_not_corrected", "other_fee_unpaid", "other_other")


@dataclass(frozen=True, slots=True)
class Equation:
    """One identity in one place: the (row, column) members on each side.

    ``where`` has the keys of ``Finding.where``; where a rule adds up several rows (the form of 2014), the total's row too.
    """

    rule: str
    table: str
    along: str
    place: str
    parts: tuple[tuple[str, str], ...]
    whole: tuple[tuple[str, str], ...]
    where: tuple[tuple[str, str], ...] = ()

    def members(self) -> tuple[tuple[str, str], ...]:
        """Return the members of both sides."""
        return self.parts + self.whole

    def sides(self, values: Values) -> tuple[Addend, Addend] | None:
        """Return (sum of the parts, sum of the whole), or ``None`` when a member is not a certain number."""
        left = _sum(self.parts, values)
        right = None if left is None else _sum(self.whole, values)
        return None if left is None or right is None else (left, right)


def _sum(members: tuple[tuple[str, str], ...], values: Values) -> Addend | None:
    total: Addend = 0
    for member in members:
        value = values.get(member)
        if value is None:
            return None
        total += value
    return total


def equations(template: Template, table: str, rows: Set[str]) -> tuple[Equation, ...]:
    """Return the identities of a table, given the rows that were printed.

    A 2021 report that prints （六）其他处理 as one row has that row in place of its three sub-rows. In a table of one
    column a sum is named by the row of its total, and one of which no part is printed is left out.
    """
    return _equations(template, table, frozenset(rows))


@lru_cache(maxsize=256)
def _equations(template: Template, table: str, rows: frozenset[str]) -> tuple[Equation, ...]:
    form = next((known for known in template.tables if known.name == table), None)
    if form is None:
        return ()
    rules = [rule for rule in template.sums if rule.table == table]
    found = (equation for rule in rules for equation in _places(rule, form, rows))
    return tuple(replace(equation, where=_where(equation, rules)) for equation in found)


def _where(equation: Equation, rules: Sequence[Sum]) -> tuple[tuple[str, str], ...]:
    is_one_of_several = sum(rule.rule == equation.rule for rule in rules) > 1
    total = (("row", equation.whole[0][0]),) if is_one_of_several else ()
    return (("table", equation.table), *total, (equation.along, equation.place))


def _places(rule: Sum, form: Table, rows: Set[str]) -> Iterator[Equation]:
    if rule.along == "row":
        return _per_row(rule, form)
    if len(form.rows[0].columns) == 1:
        return _of_total(rule, form, rows)
    return _per_column(rule, form, rows)


def _per_row(rule: Sum, form: Table) -> Iterator[Equation]:
    for name in dict.fromkeys((*(row.name for row in form.rows), *_merged(form))):
        yield Equation(
            rule.rule,
            form.name,
            "row",
            name,
            tuple((name, column) for column in rule.parts),
            tuple((name, column) for column in rule.whole),
        )


def _merged(form: Table) -> tuple[str, ...]:
    return (OTHER_PROCESSING,) if form.name == REQUESTS else ()


def _per_column(rule: Sum, form: Table, rows: Set[str]) -> Iterator[Equation]:
    parts = _printed(rule.parts, rows)
    for column in form.rows[0].columns:
        yield Equation(
            rule.rule,
            form.name,
            "column",
            column.name,
            tuple((row, column.name) for row in parts),
            tuple((row, column.name) for row in rule.whole),
        )


def _of_total(rule: Sum, form: Table, rows: Set[str]) -> Iterator[Equation]:
    [column] = form.rows[0].columns
    if not rows.isdisjoint(rule.parts):
        parts = tuple((row, column.name) for row in rule.parts)
        whole = tuple((row, column.name) for row in rule.whole)
        yield Equation(rule.rule, form.name, "row", rule.whole[0], parts, whole)


def _printed(parts: tuple[str, ...], rows: Set[str]) -> tuple[str, ...]:
    sub_rows = tuple(name for name in parts if name in OTHER_SUB_ROWS)
    if not sub_rows or OTHER_PROCESSING not in rows or not rows.isdisjoint(sub_rows):
        return parts
    return (*(name for name in parts if name not in sub_rows), OTHER_PROCESSING)
