"""Documents that have lost their tables: the words of the form are there, in lines."""

from collections.abc import Iterable

from extract.text import compact

_OF_REQUESTS = ("商业企业科研机构", "法律服务机构其他", "本年新收政府信息公开申请")
"""Words that follow each other in the table alone."""


def has_lost_tables(lines: Iterable[str]) -> bool:
    """Say whether the requests table of the form stands in lines of text."""
    text = compact("".join(lines)).replace("|", "")
    return all(word in text for word in _OF_REQUESTS)
