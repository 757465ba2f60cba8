"""The header of table 3 in wrapped text: its narrow columns break every label, and line by line the pieces of all
columns stand side by side (结果 结果 其他 尚未 总 / 维持 纠正 结果 审结 计). Seen in the text of PDFs and of page viewers.
"""

from collections.abc import Sequence
from itertools import takewhile

from extract.labels import key
from extract.templates._shared import OUTCOMES, REVIEW

_BODIES = len(REVIEW.rows)
_LABELS = tuple(column.label for column in OUTCOMES) * _BODIES
_LAST_BODIES = "".join(row.label for row in REVIEW.rows[1:])


def woven_labels(lines: Sequence[str]) -> tuple[int, int] | None:
    """Return the first line and the line after the last one that together print the outcomes of all three bodies in
    the form's order, each label broken; ``None`` where the lines make up anything else."""
    above = next((place for place, line in enumerate(lines) if key(line).endswith(_LAST_BODIES)), None)
    if above is None:
        return None
    header = list(takewhile(lambda line: not any(map(str.isdigit, line)), lines[above + 1 :]))
    return (above + 1, above + 1 + len(header)) if _makes_up(header) else None


def outcomes_in_order() -> str:
    """Return the labels that ``woven_labels`` found, whole."""
    return " ".join(_LABELS)


def _makes_up(header: Sequence[str]) -> bool:
    """Say whether the pieces, each taken by the next column to the right that can go on with it, complete every label."""
    left = list(_LABELS)
    for line in header:
        column = -1
        for piece in line.split():
            column = next((at for at in range(column + 1, len(left)) if left[at].startswith(piece)), len(left))
            if column == len(left):
                return False
            left[column] = left[column].removeprefix(piece)
    return not any(left)
