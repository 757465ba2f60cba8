"""Web pages; see ``extract.html.document``, which reads the pages inside web archives too."""

from extract.formats import Format
from extract.html.document import read_page as read

__all__ = ["FORMAT", "read"]

FORMAT = Format("html", ("text/html",), read)
