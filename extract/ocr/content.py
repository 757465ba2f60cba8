"""What recognition makes of a page that is a picture."""

from dataclasses import dataclass

from extract.pages.lines import PageContent


@dataclass(frozen=True, slots=True)
class PicturePage(PageContent):
    """A recognised page. ``loose`` figures stand beside text outside ruled cells: they are not read."""

    whole: bool = False
    loose: int = 0
