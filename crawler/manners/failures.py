"""Requests that bring no answer: the errors of the crawl, and the recorded outcome and cause of each."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionClosed

from crawler.manners.netguard import RefusedError

UNANSWERED: tuple[type[Exception], ...] = (
    CannotResolveHostError,
    ConnectError,
    ConnectionClosed,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    OSError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    ValueError,
)
"""Everything a download raises when there is no answer: faults of the server or the line, and our own refusals."""

_CAUSES: tuple[tuple[type[BaseException], str, str], ...] = (
    (DownloadCancelledError, "too_big", "larger than the limit"),
    (CannotResolveHostError, "unreachable", "the host name is unknown"),
    (DownloadConnectionRefusedError, "unreachable", "connection refused"),
    (DownloadTimeoutError, "unreachable", "no complete answer in time"),
    (ResponseDataLossError, "unreachable", "the answer broke off"),
    (NotSupported, "refused", "a scheme that is not fetched"),
    (UnsupportedURLSchemeError, "refused", "a scheme that is not fetched"),
    (IgnoreRequest, "too_big", "larger than the limit once decompressed"),
)
"""In order, the first that fits; the last is what Scrapy raises for a decompression bomb."""

_CERTIFICATE = "certificate verify failed"
MAX_CAUSE_CHARACTERS = 200


class RobotsError(IgnoreRequest):
    """robots.txt forbids the request."""


class LeftAloneError(IgnoreRequest):
    """The host is left for the night; ``outcome`` is what its unasked requests are recorded with."""

    def __init__(self, outcome: str, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome


def outcome_and_cause(error: BaseException) -> tuple[str, str]:
    """Give the outcome of ``fetches`` and a short cause for a request that brought no answer."""
    if isinstance(error, LeftAloneError):
        return error.outcome, str(error)
    if isinstance(error, RobotsError):
        return "robots", str(error)
    if isinstance(error, RefusedError):
        return "refused", str(error)
    for kind, outcome, cause in _CAUSES:
        if isinstance(error, kind):
            return outcome, cause
    if _CERTIFICATE in str(error):
        return "unreachable", "tls_error: the certificate could not be verified"
    return "unreachable", f"{type(error).__name__}: {error}"[:MAX_CAUSE_CHARACTERS]
