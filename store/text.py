"""What text may be stored: anything from the web, except what SQLite or a terminal cannot take."""

import re
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def storable(text: str) -> str:
    """Return text with lone surrogates and NUL, which SQLite refuses or cuts at, replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def storable_json(value: Any) -> Any:
    """Return plain JSON values with every text in them made storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable_json(key): storable_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(part) for part in value]
    return value


def printable(text: str) -> str:
    """Return text for one line of a terminal: every control character becomes a space."""
    return _CONTROL.sub(" ", text)
