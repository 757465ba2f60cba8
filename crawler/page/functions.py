"""Functions of a page's script that open an address made of what a link hands them: ``show('3')`` opens ``/view?id=3``,
``show('nb', 3)`` opens ``/nb/3.html``, ``loadYear(2022)`` puts ``/nb/2022.html`` into the page."""

import re
from collections.abc import Iterator, Mapping

from crawler.items import Page
from crawler.page.call_data import value_of
from crawler.page.remembered import once

_NAME = r"[A-Za-z_$][\w$]{0,40}"
_FUNCTION = re.compile(
    rf"(?:\bfunction\s+(?P<name>{_NAME})|\b(?P<given>{_NAME})\s*=\s*function)\s*\(\s*(?P<parameters>{_NAME}(?:\s*,\s*{_NAME}){{0,5}})\s*\)"
)
_OPENS = re.compile(
    r"(?:open\(|location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\(|\.load\(|\$\.get(?:JSON)?\()\s*(?=['\"\w])"
)
_TERM = re.compile(
    rf"\s*(?:'(?P<one>[^'\s]{{0,200}})'|\"(?P<two>[^\"\s]{{0,200}})\"|(?:(?:encodeURI(?:Component)?|escape|String)\(\s*)?(?P<token>{_NAME})(?:\s*\))?)\s*(?P<after>[+,;)}}\n]|$)"
)
_CALL = re.compile(rf"\b({_NAME})\(([^()]{{1,200}})\)")
_ARGUMENT = re.compile(r"\s*(?:'([^'\s/\\]{1,100})'|\"([^\"\s/\\]{1,100})\"|(\d{1,20}))\s*")
_GIVEN = r"(?<![\w$.]){name}\s*=\s*(?:'([^'\s<>]{{0,100}})'|\"([^\"\s<>]{{0,100}})\")\s*[;,\n]"
_MAX_BODY_CHARACTERS = 300
_MAX_FUNCTIONS = 100
_MAX_TERMS = 12

Opener = tuple[str | int, ...]
"""The parts of the address that a function opens: texts, and the numbers of the arguments that stand between them."""


def opened(page: Page, called: str) -> str:
    """Give the address that a call in a link opens, or an empty string where no function of the page tells."""
    for found in _CALL.finditer(called):
        opener = _openers(page).get(found.group(1), ())
        arguments = [_ARGUMENT.fullmatch(part) for part in found.group(2).split(",")]
        values = [argument[1] or argument[2] or argument[3] if argument else "" for argument in arguments]
        parts = [_handed(values, part) if isinstance(part, int) else part for part in opener]
        if parts and all(parts):
            return "".join(parts)
    return ""


def _handed(values: list[str], number: int) -> str:
    return values[number] if number < len(values) else ""


@once
def _openers(page: Page) -> Mapping[str, Opener]:
    """Read every function of a page that only opens an address made with its arguments."""
    openers: dict[str, Opener] = {}
    starts = list(_FUNCTION.finditer(page.text))[:_MAX_FUNCTIONS]
    for number, start in enumerate(starts):
        following = starts[number + 1].start() if number + 1 < len(starts) else len(page.text)
        body = page.text[start.end() : min(following, start.end() + _MAX_BODY_CHARACTERS)]
        parameters = [name.strip() for name in start["parameters"].split(",")]
        found = (_sum(page, body[opens.end() :], parameters) for opens in _OPENS.finditer(body))
        if parts := next((parts for parts in found if parts), ()):
            openers[start["name"] or start["given"]] = parts
    return openers


def _sum(page: Page, text: str, parameters: list[str]) -> Opener:
    """Read the sum with which a text begins; nothing where a part of it is not known, or none is an argument."""
    parts: list[str | int] = []
    for term in _terms(text):
        token = term["token"]
        part = (
            parameters.index(token)
            if token in parameters
            else _known(page, token)
            if token
            else term["one"] or term["two"]
        )
        if part is None and token:
            return ()
        parts += [] if part in {None, ""} else [part]
    whole = len(parts) > 1 and isinstance(parts[0], str) and any(isinstance(part, int) for part in parts)
    return tuple(parts) if whole else ()


def _known(page: Page, name: str) -> str | None:
    """Give the text or number that a script gives a name, which may be empty; ``None`` where nothing is known of it."""
    given = re.search(_GIVEN.format(name=re.escape(name)), page.text)
    return given[1] or given[2] or "" if given else str(value_of(name, page.text, page)) or None


def _terms(text: str) -> Iterator[re.Match[str]]:
    """Yield the terms of a sum to its end; nothing of one that is no sum of texts and names."""
    terms: list[re.Match[str]] = []
    start = 0
    while (term := _TERM.match(text, start)) and len(terms) < _MAX_TERMS:
        terms.append(term)
        start = term.end()
        if term["after"] != "+":
            yield from terms
            return
