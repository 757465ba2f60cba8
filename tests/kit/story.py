"""A report as lines and ruled tables in order, for the renderers of word processor files."""

from collections.abc import Iterator

from tests.kit import form, tables
from tests.kit.tables import Rows
from tests.kit.truth import Truth

TABLES = {2: tables.disclosure, 3: tables.requests, 4: tables.review}


def story(truth: Truth) -> Iterator[str | Rows]:
    """Yield title, date, headings, prose and tables, and the signature."""
    year, month, day = truth.published.split("-")
    yield truth.title
    for number in range(1, 7):
        yield form.HEADINGS[number - 1]
        yield from truth.sections[number - 1]
        if number in TABLES:
            yield TABLES[number](truth)
    yield truth.agency
    yield f"{year}年{int(month)}月{int(day)}日"
