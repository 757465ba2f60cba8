"""Web pages; see ``extract.html_document``, which reads the pages inside web archives too."""

from extract.formats import Format
from extract.html_document import read_page as read

__all__ = ["FORMAT", "read"]

FORMAT = Format("html", ("text/html",), read)
