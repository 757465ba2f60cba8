"""Whether the processes that read documents are shut in well enough for whoever runs the crawl."""

import logging

from scrapy.settings import BaseSettings

from extract.readers.isolation import in_force

logger = logging.getLogger(__name__)


class IsolationError(Exception):
    """The operator asked for readers without network, and this machine cannot give that."""


def check_isolation(settings: BaseSettings) -> None:
    """Refuse to go on where ``READER_ISOLATION_REQUIRED`` is set and readers could reach the network.

    Raises ``IsolationError``.
    """
    found = in_force()
    if settings.getbool("READER_ISOLATION_REQUIRED") and not found.network_off:
        raise IsolationError(f"READER_ISOLATION_REQUIRED is set, but documents would be read with {found}")


def log_isolation() -> None:
    """Say once in the log how readers are shut in: a warning where they could reach the network."""
    found = in_force()
    logger.log(logging.INFO if found.network_off else logging.WARNING, "Readers: %s", found)
