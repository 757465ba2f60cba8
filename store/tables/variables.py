"""Stata-safe variable names: ASCII, at most 32 characters, the same for a cell whatever form it is printed on."""

from hashlib import sha256
from re import sub

MAX_LENGTH = 32
"""Longest variable name Stata takes."""

_TABLES = {"requests": "req", "review": "rev", "disclosure": "dis", "statistics": "st"}
_ROWS = {
    "normative_documents": "normative",
    "refused_state_secret": "refused_secret",
    "refused_prohibited_by_law": "refused_by_law",
    "refused_security_and_stability": "refused_security",
    "refused_third_party_rights": "refused_third_party",
    "refused_internal_affairs": "refused_internal",
    "refused_process_information": "refused_process",
    "refused_enforcement_file": "refused_enforcement",
    "refused_administrative_inquiry": "refused_inquiry",
    "refused_not_government_information": "refused_not_government",
    "unavailable_not_held": "unavail_not_held",
    "unavailable_needs_creation": "unavail_creation",
    "unavailable_unclear": "unavail_unclear",
    "unprocessed_petition": "unproc_petition",
    "unprocessed_repeat": "unproc_repeat",
    "unprocessed_publication": "unproc_publication",
    "unprocessed_excessive": "unproc_excessive",
    "unprocessed_reconfirmation": "unproc_reconfirm",
    "litigation_after_reconsideration": "litigation_after",
}
_COLUMNS = {
    "natural_person": "person",
    "research_institute": "research",
    "welfare_organization": "welfare",
    "legal_service": "legal",
    "items_last_year": "last_year",
    "value": "",
}


def variable_name(table: str, row: str, column: str) -> str:
    """Return a cell's variable; a name without a short form that is too long or not ASCII ends in a digest of itself.

    The name depends on nothing but the cell, so that adding a form never renames a published variable.
    """
    parts = (_TABLES.get(table, table), _ROWS.get(row, row), _COLUMNS.get(column, column))
    name = "_".join(part for part in parts if part)
    safe = sub(r"[^a-z0-9_]", "_", name.lower())
    if safe == name and len(safe) <= MAX_LENGTH and not safe[0].isdigit():
        return safe
    digest = sha256("\n".join((table, row, column)).encode()).hexdigest()[:4]
    return f"v_{safe}"[: MAX_LENGTH - 5] + f"_{digest}"
