"""Characters of a page that is a picture, in points: as words and figures were read, in the script of the form."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.ocr.network import Sign
from extract.ocr.words import Printed
from extract.pages.text import Char, is_wide
from extract.pdf.ink import clean

_CLOSE, _CLOSE_TO_SIGN = 1.2, 1.45
"""Type sizes between the middles of two characters with no space between them; brackets and commas, seldom in the middle
of the square they are printed in, stand further from words."""

_SIGNS = frozenset('()（）.．、,，:：;；“”"')
_SIMPLIFIED = str.maketrans(
    "佈係個傳內動務區參員單噹國圍埰執報審專對屬廢強後徑從復應捲採據數時會査條業構標機檢權決沒況減濟為無爲獲現當發眾確祕穩穫範糾納組結絡統經維網線"
    "編總織繫繳繼續罰聞職舉萬處號衆補製複規計訓訟訪設許訴註詢認談請議護讀負責費購輯輿轉辦這過錯門開閱閲關隻項題額類體點",
    "布系个传内动务区参员单当国围采执报审专对属废强后径从复应卷采据数时会查条业构标机检权决没况减济为无为获现当发众确秘稳获范纠纳组结络统经维网线"
    "编总织系缴继续罚闻职举万处号众补制复规计训讼访设许诉注询认谈请议护读负责费购辑舆转办这过错门开阅阅关只项题额类体点",
)
"""Traditional forms that the model now and then sees in words of the form, which is printed in simplified ones."""


def chars_of(printed: Printed, scale: float) -> Iterator[Char]:
    """Yield the characters of what was read; ``scale`` is how many points a pixel has."""
    left, top, right, bottom = printed.box
    size, middle = printed.size * scale, (top + bottom) / 2 * scale
    places = [(left + sign.place * (right - left)) * scale for sign in printed.signs]
    for sign, (x0, x1) in zip(printed.signs, _edges(printed.signs, places, size), strict=True):
        yield Char(clean(sign.text.translate(_SIMPLIFIED)), x0, middle - size / 2, x1, middle + size / 2)


def _edges(signs: Sequence[Sign], places: Sequence[float], size: float) -> Iterator[tuple[float, float]]:
    """Yield the left and right edges of characters; those that stand close to each other touch."""
    halves = [size / 2 if is_wide(sign.text) else size / 4 for sign in signs]
    lefts = [place - half for place, half in zip(places, halves, strict=True)]
    rights = [place + half for place, half in zip(places, halves, strict=True)]
    for number, (place, following) in enumerate(pairwise(places)):
        if following - place < _close(signs[number].text, signs[number + 1].text) * size:
            rights[number] = lefts[number + 1] = (place + following) / 2
    return zip(lefts, rights, strict=True)


def _close(left: str, right: str) -> float:
    is_sign = (left in _SIGNS and is_wide(right)) or (right in _SIGNS and is_wide(left))
    return _CLOSE_TO_SIGN if is_sign else _CLOSE
