"""Figures that satisfy the form's own sums."""

from dataclasses import dataclass, field
from random import Random

from tests.kit import form

Key = tuple[str, str, str | None, str]


@dataclass(slots=True)
class Figures:
    """Values by (table, row, item, column), and the texts of those not printed as plain integers."""

    values: dict[Key, int | float] = field(default_factory=dict)
    texts: dict[Key, str] = field(default_factory=dict)

    def printed(self, key: Key) -> str:
        """Return how the agency prints a value."""
        return self.texts.get(key, str(self.values[key]))


def _amount(rng: Random, dense: bool) -> tuple[float | int, str]:
    """Return an amount in 万元 and its printing: 0 to 6 decimals, trailing zeros kept, sometimes in 元."""
    if not dense and rng.random() < 0.6:
        return 0, rng.choice(("0", "0", "0.0000", "0.00"))
    if rng.random() < 0.1:
        yuan = rng.randint(1, 9_999) * 100
        return yuan / 10_000, f"{yuan}元"
    decimals = rng.choice((0, 1, 2, 2, 4, 4, 4, 6))
    text = f"{rng.randint(1, 99_999)}"
    if decimals:
        text += f".{rng.randint(0, 10**decimals - 1):0{decimals}d}"
    return (float(text) if decimals else int(text)), text


def _disclosed(rng: Random, column: str, dense: bool) -> int:
    if not dense and rng.random() < 0.7:
        return 0
    if column == "change":
        return rng.randint(-30, 300)
    return rng.randint(1, 9_999 if dense and column == "decisions" else 60)


def fill_disclosure(
    figures: Figures, rng: Random, blocks: tuple[form.Block, ...], labels: tuple[str, ...], dense: bool
) -> None:
    """Fill section two; ``labels`` are the agency's own items under 其他对外管理服务事项."""
    for _, _, rows in blocks:
        for row, _, columns in rows:
            for item in (labels or (None,)) if row == "other_services" else (None,):
                for column in columns:
                    key = ("disclosure", row, item, column)
                    if column == "amount":
                        figures.values[key], figures.texts[key] = _amount(rng, dense)
                    else:
                        figures.values[key] = _disclosed(rng, column, dense)


def _applications(rng: Random, column: str, dense: bool) -> int:
    if dense:
        top = 400 if column == "natural_person" else 90
        return rng.randint(1, 12_000 if column == "natural_person" and rng.random() < 0.15 else top)
    return rng.randint(1, 9) if rng.random() < (0.12 if column == "natural_person" else 0.02) else 0


def fill_requests(figures: Figures, rng: Random, outcomes: list[str], dense: bool) -> None:
    """Fill section three so that new + carried in = processed total + carried out in every column."""
    rows = ("new", "carried_in", *outcomes, "processed_total", "carried_out")
    for column in form.APPLICANTS:
        figures_of = {row: _applications(rng, column, dense) for row in outcomes}
        processed = sum(figures_of.values())
        carried_out = _applications(rng, column, dense) % 50
        carried_in = rng.randint(0, min(40, processed + carried_out)) if dense or rng.random() < 0.2 else 0
        figures_of |= {
            "processed_total": processed,
            "carried_out": carried_out,
            "carried_in": carried_in,
            "new": processed + carried_out - carried_in,
        }
        for row in rows:
            figures.values["requests", row, None, column] = figures_of[row]
    for row in rows:
        figures.values["requests", row, None, "total"] = sum(
            figures.values["requests", row, None, column] for column in form.APPLICANTS
        )


def fill_review(figures: Figures, rng: Random, dense: bool) -> None:
    """Fill section four: each of the three groups adds up to its total."""
    for row, _ in form.REVIEW_ROWS:
        columns = [column for column, _ in form.REVIEW_COLUMNS[:-1]]
        drawn = [rng.randint(1, 120) if dense else rng.choice((0, 0, 0, 0, 0, 0, 1, 2)) for _ in columns]
        for column, value in zip((*columns, "total"), (*drawn, sum(drawn)), strict=True):
            figures.values["review", row, None, column] = value
