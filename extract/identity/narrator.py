"""Whether an agency that opens a sentence may be the one that tells: 我局 is no government's office."""

import re

_SELF = re.compile("我(局|委|厅|院|镇|乡|街|县|区|市|省|州|旗|盟|办|室|部|校|所|站|队|场)")
_OFFICE = re.compile("(?:办公室|办公厅|(?<!街道)办)$")
_GOVERNMENT = re.compile("政府$")
_BODIES = frozenset("局委院部校所站队场")
_SELVES = (
    (_OFFICE, frozenset("办室厅"), _BODIES | frozenset("镇乡街")),
    (_GOVERNMENT, frozenset("省市县区州旗盟镇乡街"), _BODIES | frozenset("办室厅")),
)
"""Governments and their offices are named in the reports of others too: what they call themselves, and what only others do."""

_AUTHOR = re.compile("[的《]|关于")
"""What follows the author of a notice or a plan (国务院办公厅关于…), who is named for it."""


def tells_of_itself(agency: str, behind: str, text: str) -> bool:
    """Say whether an agency named before ``behind`` in a report's ``text`` may be the report's own."""
    if _AUTHOR.match(behind):
        return False
    selves = set(_SELF.findall(text))
    kinds = ((own, others) for ending, own, others in _SELVES if ending.search(agency))
    return not any(selves & others and not selves & own for own, others in kinds)
