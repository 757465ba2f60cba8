"""Boxes whose choice a function of the page's script puts into an address: ``var y = $("#year").val(); location.href =
"/nb?year=" + y``, bound by ``onchange="show()"`` or ``$("#year").change(function(){…})``."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml.html import HtmlElement

from crawler.items import Page
from crawler.page.call_data import INPUT, value_of
from crawler.page.remembered import once

_CALLED = re.compile(r"^\s*+(?:javascript:|return\s++)?\s*+([A-Za-z_$][\w$]{0,40})\s*+\(([^()]{0,100})\)")
_FUNCTION = r"\bfunction\s+{name}\s*\(\s*(?P<parameter>[A-Za-z_$][\w$]{{0,40}})?|\b{name}\s*=\s*function\s*\(\s*(?P<given>[A-Za-z_$][\w$]{{0,40}})?"
_BOUND = r"['\"][^'\"]{{0,20}}[#=]['\"]?{name}['\"\]]{{1,3}}\s*\)\s*\.(?:change\(|on\(\s*['\"]change['\"]\s*,)"
# function query(){ var y = $("#year").val(); …: run by a button beside the boxes
_ASKED_IN_FUNCTION = (
    r"\bfunction\s+[A-Za-z_$][\w$]{{0,40}}\s*\(\s*\)\s*\{{[^{{}}]{{0,200}}?(?:#|getElementById\(\s*['\"]){name}['\"]"
)
_OPENS = re.compile(r"(?:location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\(|\bopen\()\s*(?=['\"])")
_TERM = re.compile(
    rf"\s*(?:'(?P<one>[^'\n]{{0,300}})'|\"(?P<two>[^\"\n]{{0,300}})\"|(?P<token>{INPUT}|[\w.$()]{{1,60}}))\s*"
)
_OWN_VALUE = re.compile(r"(?:this|self)\.value|\$\(this\)\.val\(\)")
_ANY_CHOICE = r"(?:{expression}|\$\(\s*['\"][^'\"]{{0,20}}[#=]['\"]?{name}\b[^'\"]{{0,20}}['\"]\s*\)\.val\(\)|document\.getElementById\(\s*['\"]{name}['\"]\s*\)\.value)"
_MAX_BODY_CHARACTERS = 500
_MAX_TERMS = 12


def chosen(page: Page, option: HtmlElement) -> str:
    """Give the address that choosing an option opens, or an empty string where no function of the page tells."""
    box = next((outer for outer in islice(option.iterancestors(), 2) if outer.tag == "select"), None)
    value = (option.get("value") or "").strip()
    around = _addresses(page)[box] if box is not None and value else None
    return f"{around[0]}{value}{around[1]}" if around else ""


@once
def _addresses(page: Page) -> Mapping[HtmlElement, tuple[str, str] | None]:
    """Give what each box of a page puts its choice between."""
    return {box: _address(page, box) for box in page.root.iter("select")}


def _address(page: Page, box: HtmlElement) -> tuple[str, str] | None:
    """Give what stands before and behind the choice of a box in the address that it opens."""
    names = [name for name in (box.get("id"), box.get("name")) if name]
    for script in page.root.iter("script"):
        for name, body, parameter in _handlers(script.text or "", box, names):
            for opens in _OPENS.finditer(body):
                read = _read(page, script.text or "", body, opens.end(), name, parameter)
                if read:
                    return read
    return None


def _handlers(script: str, box: HtmlElement, names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what runs when something is chosen in a box: the box's name, the body, and the parameter that has the choice."""
    called = _CALLED.search(box.get("onchange") or "")
    if called:
        found = re.search(_FUNCTION.format(name=re.escape(called.group(1))), script)
        handed = found and "value" in called.group(2) and (found["parameter"] or found["given"])
        if found:
            yield names[0] if names else "", script[found.end() : found.end() + _MAX_BODY_CHARACTERS], handed or ""
    for name in names:
        for bound in re.finditer(_BOUND.format(name=re.escape(name)), script):
            yield name, script[bound.end() : bound.end() + _MAX_BODY_CHARACTERS], ""
        for asked in re.finditer(_ASKED_IN_FUNCTION.format(name=re.escape(name)), script):
            yield name, script[asked.start() : asked.end() + _MAX_BODY_CHARACTERS], ""


def _read(page: Page, script: str, body: str, start: int, name: str, parameter: str) -> tuple[str, str] | None:
    """Read a sum that has the choice of a box once, and else nothing that is not known."""
    parts, places = [""], 0
    for _ in range(_MAX_TERMS):
        term = _TERM.match(body, start)
        if term is None:
            break
        if term["token"] and _is_choice(term["token"], body, name, parameter):
            parts, places = [*parts, ""], places + 1
        else:
            text = str(value_of(term["token"], script, page)) if term["token"] else term["one"] or term["two"] or ""
            if term["token"] and not text:
                return None
            parts[-1] += text
        if body[term.end() : term.end() + 1] != "+":
            break
        start = term.end() + 1
    return (parts[0], parts[1]) if places == 1 else None


def _is_choice(token: str, body: str, name: str, parameter: str) -> bool:
    """Tell whether a term of a sum is what was chosen: by itself, or a variable that was given it."""
    if token == parameter or _OWN_VALUE.fullmatch(token):
        return True
    asked = _ANY_CHOICE.format(expression=_OWN_VALUE.pattern, name=re.escape(name or "\0"))
    if re.fullmatch(asked, token):
        return True
    return re.search(rf"(?<![\w$.]){re.escape(token)}\s*=\s*{asked}", body) is not None
