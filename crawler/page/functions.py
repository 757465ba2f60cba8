"""Functions of a page's script that open an address made of what a link hands them: ``show('3')`` opens ``/view?id=3``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.items import Page
from crawler.page.remembered import once

_FUNCTION = re.compile(
    r"(?:\bfunction\s+(?P<name>[A-Za-z_$][\w$]{0,40})|\b(?P<given>[A-Za-z_$][\w$]{0,40})\s*=\s*function)\s*"
    r"\(\s*(?P<parameter>[A-Za-z_$][\w$]{0,40})\s*[,)]"
)
_OPENS = (
    r"(?:open\(|location(?:\.href)?\s*=|location\.(?:replace|assign)\()\s*['\"](?P<before>[^'\"\s]{{1,200}})['\"]\s*\+\s*"
    r"{parameter}\b(?:\s*\+\s*['\"](?P<after>[^'\"\s]{{1,100}})['\"])?\s*(?P<end>[,;)}}\n]|$)"
)
_CALL = re.compile(r"\b([A-Za-z_$][\w$]{0,40})\(\s*(?:'([^'\s/\\]{1,100})'|\"([^\"\s/\\]{1,100})\"|(\d{1,20}))\s*[,)]")
_MAX_BODY_CHARACTERS = 300
_MAX_FUNCTIONS = 100


@dataclass(frozen=True, slots=True)
class Opener:
    """What stands before and behind the first argument of a function in the address that it opens."""

    before: str
    after: str


def opened(page: Page, called: str) -> str:
    """Give the address that a call in a link opens, or an empty string where no function of the page tells."""
    for found in _CALL.finditer(called):
        opener = _openers(page).get(found.group(1))
        if opener is not None:
            return f"{opener.before}{found.group(2) or found.group(3) or found.group(4)}{opener.after}"
    return ""


@once
def _openers(page: Page) -> Mapping[str, Opener]:
    """Read every function of a page that only opens an address made with its first argument."""
    openers = {}
    starts = list(_FUNCTION.finditer(page.text))[:_MAX_FUNCTIONS]
    for number, start in enumerate(starts):
        following = starts[number + 1].start() if number + 1 < len(starts) else len(page.text)
        body = page.text[start.end() : min(following, start.end() + _MAX_BODY_CHARACTERS)]
        found = re.search(_OPENS.format(parameter=re.escape(start["parameter"])), body)
        if found:
            openers[start["name"] or start["given"]] = Opener(found["before"], found["after"] or "")
    return openers
