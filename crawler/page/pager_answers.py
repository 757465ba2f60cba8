"""Further pages of a list that a script asks for and that is answered as a piece of HTML.

The piece has a pager of its own, whose links call a function of the page around it (``loadList(3)``), or none, for the
page around it draws one: then the call is made again with the next number while an answer shows rows.
"""

from crawler.items import Link, Page
from crawler.page.anchors import anchors
from crawler.page.data_calls import asked_again, asked_page
from crawler.page.pager_scripts import PAGER_WORDS, declared_pages
from crawler.page.pager_words import next_calls
from crawler.page.pages import visible_text

_A_WHOLE_PAGE = ("title", "frame")
_A_ROW_CHARACTERS = 5


def answered_pages(page: Page) -> tuple[Link, ...]:
    """Give the next page of a list that was asked for by number, where the page is only a piece; one at a time."""
    number = asked_page(page.url)
    if number is None or next(page.root.iter(*_A_WHOLE_PAGE), None) is not None:
        return ()
    return (asked_again(page.url, number + 1),) if _goes_on(page, number) else ()


def _goes_on(page: Page, number: int) -> bool:
    """Tell whether there is a next page: as the piece's own pager says, else because it shows rows."""
    total, calls = declared_pages(page), tuple(next_calls(page))
    if total:
        return number < total
    if calls:
        return any(call.number in {None, number + 1} for call in calls)
    if PAGER_WORDS.search(visible_text(page)):
        return False
    return any(len(anchor.text) > _A_ROW_CHARACTERS for anchor in anchors(page))
