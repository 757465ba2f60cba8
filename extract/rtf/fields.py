"""Fields of an RTF file: some print what their code says, and have no result."""

from dataclasses import dataclass, field

from extract.office.word.text import SHOWN_CODES
from extract.rtf.text import Line


@dataclass(slots=True)
class _Begun:
    """A field: how many groups are open around it, its code, and how much was printed before it."""

    depth: int
    before: int
    code: Line = field(default_factory=Line)


@dataclass(slots=True)
class Fields:
    """The fields that have begun."""

    _begun: list[_Begun] = field(default_factory=list)

    def begin(self, depth: int, printed: int) -> None:
        """Begin a field in the group that is open."""
        self._begun.append(_Begun(depth, printed))

    def code(self) -> Line | None:
        """Return where the code of the innermost field goes."""
        return self._begun[-1].code if self._begun else None

    def ends_at(self, depth: int) -> bool:
        """Say whether a field ends with the group that is open."""
        return bool(self._begun) and self._begun[-1].depth == depth

    def end(self, printed: int) -> bool:
        """End the innermost field; say whether it prints something that the file does not say."""
        ended = self._begun.pop()
        return ended.before == printed and ended.code.take().strip().upper().startswith(SHOWN_CODES)
