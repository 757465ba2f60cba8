"""The exception tree of the reader, and the outcome each branch becomes.

A document that cannot be read is not a crash: the reader raises one of these, and the reading carries the
branch's ``outcome`` and the message.
"""

from typing import ClassVar

from extract.model import Outcome


class ExtractError(Exception):
    """A document could not be read; ``outcome`` says which of the recorded outcomes it becomes."""

    outcome: ClassVar[Outcome] = "corrupt"


class CorruptError(ExtractError):
    """The bytes are damaged, cut short or not what their signature says."""

    outcome = "corrupt"


class EncryptedError(ExtractError):
    """A password is needed."""

    outcome = "encrypted"


class UnsupportedError(ExtractError):
    """The format is known but cannot be read here; the message says what would be needed."""

    outcome = "unsupported"


class NeedsOcrError(ExtractError):
    """The pages are pictures, or their text layer cannot be turned into characters."""

    outcome = "needs_ocr"


class TooBigError(ExtractError):
    """A limit of ``extract.limits`` was exceeded; the message names it."""

    outcome = "too_big"
