"""A response as the rules see it that judge it: each thing about it is looked for when a rule first asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from crawler.items import Page
from crawler.page.pages import (
    compact_text,
    content,
    is_annual_name,
    is_scripted_report,
    meta,
    page_marks,
    section_marks,
    squeeze,
    tagged,
    visible_text,
)
from extract.identity.titles import read_title

_SHORT_PAGE_CHARACTERS = 500


@dataclass(frozen=True)
class Response:
    """A response with everything about it that a rule may look at; ``page`` is there for HTML only."""

    status: int
    headers: Mapping[str, str]
    url: str
    asked: str
    text: str
    page: Page

    @cached_property
    def seen(self) -> str:
        """Its text, of a long page without white space: no rule looks at the words of those."""
        if not self.page.text:
            return squeeze(self.text)
        compact = compact_text(self.page)
        return compact if len(compact) > _SHORT_PAGE_CHARACTERS else visible_text(self.page)

    @cached_property
    def reads_as_report(self) -> bool:
        """Whether it is a report whatever else its words say; mostly its title tells, and no text is taken out."""
        if not self.page.text:
            return section_marks("".join(self.text.split())) >= 2
        return _is_titled_report(self.page) or is_scripted_report(self.page) or page_marks(self.page) >= 2

    @cached_property
    def is_short(self) -> bool:
        """Whether it is as short as block and error pages are, and says nothing of reports."""
        return len(self.seen) <= _SHORT_PAGE_CHARACTERS and not is_annual_name(self.seen)


def _is_titled_report(page: Page) -> bool:
    """Tell whether ArticleTitle or a heading names a report of some year; ``<title>`` may be the column's."""
    heads = (squeeze(content(node)) for tag in ("h1", "h2") for node in tagged(page)[tag])
    readings = (read_title(text) for text in (meta(page, "ArticleTitle"), *heads))
    return any(reading.kind == "report" and reading.year is not None for reading in readings)
