"""Fonts whose codes cannot be believed: where an encoding and a map to characters name two figures for one code, where two
codes are one figure, and fonts of pictures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFFont, PDFSimpleFont, PDFType3Font
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import dict_value, int_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from extract.pdf.embedded_cmap import read_by_codes
from extract.text import PICTURE_FONTS

_CHINESE_ENCODINGS = ("GB-", "GBpc-", "GBK", "UniGB-", "B5pc-", "HKscs-", "ETen", "CNS-", "UniCNS-")
_SYMBOLIC = 4  # ISO 32000-1, table 123


class Fonts(PDFResourceManager):
    """The fonts of a file, and what their encodings say of their codes."""

    def __init__(self) -> None:
        super().__init__()
        self._stated: dict[PDFFont, Mapping[int, str]] = {}

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return a font, made when it is asked for the first time."""
        font = self._cached_fonts.get(objid) if objid else None
        font = font or super().get_font(objid, _without_map(_without_unknown_names(spec)))
        if font not in self._stated:
            read_by_codes(font, spec.get("Encoding"))
            self._stated[font] = _stated(font, spec)
        return font

    def is_doubtful(self, font: PDFFont, code: int, text: str) -> bool:
        """Tell whether a code of a font may print another figure than its map says (ISO 32000-1, 9.6.6 and 9.10.2)."""
        stated = self._stated.get(font, {}).get(code, text)
        if stated != text and (stated.isdecimal() or text.isdecimal()):
            return True
        return PICTURE_FONTS in f"{font.fontname} {getattr(font, 'basefont', '')}".lower()


def _without_map(spec: Mapping[str, object]) -> Mapping[str, object]:
    """Return a font without a map from codes to characters, if its encoding is one of the standard's for Chinese.

    pdfminer.six looks such a map up by the numbers of glyphs, which only ``Identity`` gives to the codes; what these
    encodings stand for it knows (ISO 32000-1, 9.7.5.2 and 9.10.2).
    """
    encoding = resolve1(spec.get("Encoding"))
    is_standard = isinstance(encoding, PSLiteral) and str(literal_name(encoding)).startswith(_CHINESE_ENCODINGS)
    return {key: value for key, value in spec.items() if key != "ToUnicode"} if is_standard else spec


def _without_unknown_names(spec: Mapping[str, object]) -> Mapping[str, object]:
    """Return a font without the names of glyphs that say nothing: fonts of drawn glyphs name all their codes so.

    pdfminer.six raises and logs an error for each; Chromium writes a hundred such fonts a report, of 240 names each.
    """
    encoding = resolve1(spec.get("Encoding"))
    if not isinstance(encoding, dict) or "Differences" not in encoding:
        return spec
    return {**spec, "Encoding": {**encoding, "Differences": list(_known(list_value(encoding["Differences"])))}}


def _known(differences: Iterable[object]) -> Iterator[object]:
    """Yield each name that says a character behind its code; pdfminer.six passes over references to names too."""
    for code, name in _named(entry for entry in differences if isinstance(entry, int | PSLiteral)):
        if _is_known(name):
            yield from (code, name)


@lru_cache(maxsize=4096)
def _is_known(name: object) -> bool:
    try:
        name2unicode(literal_name(name))
    except (KeyError, ValueError):
        return False
    return True


def _stated(font: PDFFont, spec: Mapping[str, Any]) -> Mapping[int, str]:
    """Return the characters by the encoding, of a font that is drawn by it and has a map to characters too."""
    if not isinstance(font, PDFSimpleFont) or isinstance(font, PDFType3Font) or not font.unicode_map:
        return {}
    encoding = resolve1(spec.get("Encoding"))
    descriptor = dict_value(spec.get("FontDescriptor") or {})
    differences = encoding.get("Differences") if isinstance(encoding, dict) else None
    named = dict(_named(map(resolve1, list_value(differences or []))))
    # Where a name says nothing (/cid10060, of Ghostscript), the code does not print what it does in other fonts.
    printed = {code: text for code, text in font.cid2unicode.items() if code not in named or _is_known(named[code])}
    if not int_value(descriptor.get("Flags", 0)) & _SYMBOLIC:
        # Fonts that come with the file may number their glyphs as they like, where no encoding is named.
        return printed if encoding or not any("FontFile" in name for name in descriptor) else {}
    if not isinstance(encoding, dict) or literal_name(spec.get("Subtype")) == "TrueType":
        return {}
    return {code: text for code, text in printed.items() if code in named}


def _named(differences: Iterable[object]) -> Iterator[tuple[int, object]]:
    """Yield the codes that an encoding names, and their names."""
    code = 0
    for entry in differences:
        if isinstance(entry, int):
            code = entry
        else:
            yield code, entry
            code += 1


def doubled(font: PDFFont, texts: Iterable[str]) -> frozenset[str]:
    """Return the figures that a font's own map gives to two of the codes used: one of them prints another figure."""
    if not isinstance(getattr(font, "unicode_map", None), FileUnicodeMap):
        return frozenset()
    return frozenset(text for text, count in Counter(texts).items() if count > 1 and text.isdecimal())
