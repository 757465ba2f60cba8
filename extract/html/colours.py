"""Colours of styles and attributes: whether print has the colour of its ground, or hardly another one."""

import re

_INK = re.compile(r"(?:^|[;\s])(?:-webkit-text-fill-)?color\s*:\s*([^;!]{1,40})", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*([^;!]{1,200})", re.IGNORECASE)
_NAMED = frozenset(("white", "snow", "ivory", "whitesmoke", "floralwhite", "ghostwhite", "mintcream", "transparent"))
_UNPAINTED = re.compile(r"#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)|(?:rgb|hsl)a?\((?:[^,/]{1,9}[,/]{1,2}){3}0*(?:\.0+)?%?\)")
"""A colour of which nothing is painted: its fourth channel is 0."""

_HEX = re.compile(r"#?(?:[ef]{3,4}|(?:[ef][0-9a-f]){3}(?:[0-9a-f]{2})?)")
"""Of every channel at least 224 of 255, and 238 in the short form: on white nobody sees it."""

_LIGHT = re.compile(r"rgba?\((?:2[2-5]\d[,/]){2}2[2-5]\d\b.*|hsla?\(.{1,12}[,/](?:9\d|100)%.*")
_BETWEEN = re.compile(r"(?<=[\d%])\s+(?=[\d/])")


def ink(style: str) -> str:
    """Return the colour that a style gives to print, or an empty text."""
    found = _INK.search(style)
    return plain(found[1]) if found else ""


def ground(style: str) -> str:
    """Return the colour that a style gives to the ground, or an empty text."""
    found = _GROUND.search(style)
    return plain(found[1]) if found else ""


def plain(colour: str) -> str:
    """Return a colour in small letters without white space; what only white space sets apart has commas."""
    return "".join(_BETWEEN.sub(",", colour.strip().lower()).split())


def is_pale(colour: str) -> bool:
    """Say whether a colour is white, nearly white, or none at all."""
    return colour in _NAMED or any(pattern.fullmatch(colour) for pattern in (_UNPAINTED, _HEX, _LIGHT))


def is_unseen(printed: str, behind: str) -> bool:
    """Say whether nobody sees print of a colour on a ground; where no ground is stated, paper is white."""
    if printed in ("", "transparent") or _UNPAINTED.fullmatch(printed):
        return bool(printed)
    return printed == behind or (is_pale(printed) and (not behind or is_pale(behind)))
