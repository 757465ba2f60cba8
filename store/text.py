"""What text may be stored: anything from the web, except what SQLite or a terminal cannot take."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def storable(text: str) -> str:
    """Return text with lone surrogates and NUL, which SQLite refuses or cuts at, replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def printable(text: str) -> str:
    """Return text for one line of a terminal: every control character becomes a space."""
    return _CONTROL.sub(" ", text)
