"""The table of colours of an RTF file: ``\\red0\\green0\\blue0;`` for each, the first mostly none."""

from dataclasses import dataclass, field

from extract.office.unseen import WHITE, Colour, look_alike

_KEPT = 256
_MOST = 10_000
"""Colours of a table; Word has room for 256."""


@dataclass(slots=True)
class Colours:
    """The colours so far, and the parts of the one being stated."""

    listed: list[Colour | None] = field(default_factory=list)
    _parts: dict[str, int] = field(default_factory=dict)
    _lost: dict[tuple[int, tuple[int, ...]], bool] = field(default_factory=dict)

    def part(self, name: str, number: int) -> None:
        """Take the share of red, green or blue."""
        self._parts[name] = number

    def text(self, data: bytes) -> None:
        """End a colour at each semicolon."""
        for _ in range(data.count(b";")):
            if len(self.listed) < _MOST:
                self.listed.append(self._stated())
            self._parts.clear()
        self._lost.clear()

    def is_lost(self, ink: int, grounds: tuple[int, ...]) -> bool:
        """Say whether characters of a colour are not seen before the nearest of these that is one, else before white."""
        asked = (ink, grounds)
        if asked not in self._lost:
            if len(self._lost) >= _KEPT:
                self._lost.clear()
            colour = self._of(ink)
            stated = (ground for ground in map(self._of, grounds) if ground is not None)
            self._lost[asked] = colour is not None and look_alike(colour, next(stated, WHITE))
        return self._lost[asked]

    def _of(self, number: int) -> Colour | None:
        return self.listed[number] if 0 < number < len(self.listed) else None

    def _stated(self) -> Colour | None:
        if not self._parts:
            return None
        red, green, blue = (min(255, max(0, self._parts.get(name, 0))) for name in ("red", "green", "blue"))
        return red, green, blue
