"""A report as OFD (GB/T 33190): the pages of the PDF kit, written as text, path and picture objects in millimetres."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from random import Random
from typing import Literal
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.kit import pdf
from tests.kit.pdf_file import Canvas, Rules
from tests.kit.truth import Truth

MM = 25.4 / 72
"""Millimetres in a point."""

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_RULE = 0.35

Runs = Literal["repeats", "lists", "single", "bare"]
"""How a line of text is written: offsets with repetitions (``g 3 4.2``), all offsets, an object for each character, or
one object with a TextCode for each piece of one width and no offsets."""


@dataclass(slots=True)
class OfdCanvas(Canvas):
    """The canvas of the PDF kit, its origin the lower left corner in points, written as OFD.

    ``scale`` draws every object in a space so much larger, brought back by its CTM. ``furniture`` prints a running
    title and a line from a template page. ``blocks`` nests objects in blocks and names parts from the package's root.
    """

    runs: Runs = "repeats"
    scale: float = 1.0
    furniture: str = ""
    blocks: bool = False
    _id: int = 100
    template: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, size: float, text: str) -> None:
        """Place a line of text with its base line at ``y``."""
        left, top = x * MM, (self.height - y) * MM
        size *= MM
        if self.runs == "single":
            for number, sign in enumerate(text):
                self._text(left + sum(map(_advance, text[:number])) * size, top, size, sign)
        elif text:
            self._text(left, top, size, text)

    def _text(self, left: float, base: float, size: float, text: str) -> None:
        width = sum(map(_advance, text)) * size
        codes = "".join(self._codes(text, size * self.scale))
        box = f"{left:.3f} {base - size:.3f} {width + size:.3f} {size * 1.3:.3f}"
        self._draw("TextObject", box, f'Font="1" Size="{size * self.scale:.4f}"', codes)

    def _codes(self, text: str, size: float) -> list[str]:
        if self.runs == "bare":
            codes, at = [], 0.0
            for _, signs in groupby(text, key=_advance):
                piece = "".join(signs)
                codes.append(f'<ofd:TextCode X="{at:.4f}" Y="{size:.4f}">{escape(piece)}</ofd:TextCode>')
                at += sum(map(_advance, piece)) * size
            return codes
        offsets = _offsets([_advance(sign) * size for sign in text[:-1]], repeats=self.runs == "repeats")
        stated = f' DeltaX="{offsets}"' if offsets else ""
        return [f'<ofd:TextCode X="0" Y="{size:.4f}"{stated}>{escape(text)}</ofd:TextCode>']

    def frame(self, left: float, bottom: float, right: float, top: float) -> None:
        """Rule the four sides of a cell."""
        x0, x1, y0, y1 = left * MM, right * MM, (self.height - top) * MM, (self.height - bottom) * MM
        if self.rules == "boxes":
            wide, high = (x1 - x0) * self.scale, (y1 - y0) * self.scale
            data = f"M 0 0 L {wide:.3f} 0 L {wide:.3f} {high:.3f} L 0 {high:.3f} C"
            self._path(x0, y0, x1 - x0, y1 - y0, "", data)
            return
        for start, end in (((x0, y1), (x1, y1)), ((x0, y0), (x1, y0)), ((x0, y0), (x0, y1)), ((x1, y0), (x1, y1))):
            self._rule(*start, end[0] - start[0], end[1] - start[1])

    def _rule(self, left: float, top: float, width: float, height: float) -> None:
        wide, high = width * self.scale, height * self.scale
        if self.rules == "lines":
            self._path(left, top, max(width, _RULE), max(height, _RULE), "", f"M 0 0 L {wide:.3f} {high:.3f}")
            return
        wide, high = wide or _RULE * self.scale, high or _RULE * self.scale
        data = f"M 0 0 L {wide:.3f} 0 L {wide:.3f} {high:.3f} L 0 {high:.3f} L 0 0 C"
        self._path(left, top, max(width, _RULE), max(height, _RULE), 'Stroke="false" Fill="true"', data)

    def _path(self, left: float, top: float, width: float, height: float, how: str, data: str) -> None:
        box = f"{left:.3f} {top:.3f} {width:.3f} {height:.3f}"
        self._draw(
            "PathObject", box, f'LineWidth="{_RULE}" {how}', f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
        )

    def _draw(self, kind: str, box: str, how: str, inner: str) -> None:
        self._id += 1
        matrix = "" if self.scale == 1 else f' CTM="{1 / self.scale:.8g} 0 0 {1 / self.scale:.8g} 0 0"'
        drawn = f'<ofd:{kind} ID="{self._id}" Boundary="{box}"{matrix} {how}>{inner}</ofd:{kind}>'
        self.pages[-1].append(
            f'<ofd:PageBlock ID="{self._id + 100_000}">{drawn}</ofd:PageBlock>' if self.blocks else drawn
        )

    def to_bytes(self, *, compress: bool = True) -> bytes:
        """Write the file; the same pages always give the same bytes."""
        del compress
        root = "/Doc_0/" if self.blocks else ""
        pages = ["".join(page) for page in self.pages]
        return package(
            [page_xml(page, self._used()) for page in pages], self._size(), root=root, templates=self._templates()
        )

    def _size(self) -> str:
        return f"0 0 {self.width * MM:.3f} {self.height * MM:.3f}"

    def _used(self) -> str:
        return '<ofd:Template TemplateID="9" ZOrder="Background"/>' if self.furniture else ""

    def _templates(self) -> Sequence[str]:
        if not self.furniture:
            return ()
        drawn = OfdCanvas(self.width, self.height, "lines", runs=self.runs, scale=self.scale)
        drawn.centred(0, self.width, self.height - 30, 9, self.furniture)
        drawn._rule(20, 14, self.width * MM - 40, 0)
        return ["".join(drawn.pages[0])]


def _advance(sign: str) -> float:
    return 0.5 if ord(sign) < 0x7F else 1.0


def _offsets(steps: Sequence[float], *, repeats: bool) -> str:
    if not repeats:
        return " ".join(f"{step:.4f}" for step in steps)
    groups = [(step, len(list(same))) for step, same in groupby(steps)]
    return " ".join(f"g {count} {step:.4f}" if count > 1 else f"{step:.4f}" for step, count in groups)


def page_xml(objects: str, before: str = "") -> str:
    """Return a page of one layer."""
    layer = f'<ofd:Layer ID="2" Type="Body">{objects}</ofd:Layer>'
    return f"{DECLARATION}<ofd:Page {NAMESPACE}>{before}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def document_xml(pages: int, box: str, *, root: str = "", templates: int = 0, more: str = "") -> str:
    """Return a document of so many pages; ``root`` begins the places of its parts."""
    tpls = "".join(
        f'<ofd:TemplatePage ID="{9 + index}" BaseLoc="{root}Tpls/Tpl_{index}/Content.xml"/>'
        for index in range(templates)
    )
    listed = "".join(
        f'<ofd:Page ID="{index + 1}" BaseLoc="{root}Pages/Page_{index}/Content.xml"/>' for index in range(pages)
    )
    return (
        f"{DECLARATION}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>{root}PublicRes.xml</ofd:PublicRes>{tpls}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>"
    )


def entry_xml(bodies: int = 1) -> str:
    """Return the entry of a package, with a title of its own."""
    info = "<ofd:DocInfo><ofd:DocID>0</ofd:DocID><ofd:Title>年度报告</ofd:Title></ofd:DocInfo>"
    body = f"<ofd:DocBody>{info}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    return f'{DECLARATION}<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD">{body * bodies}</ofd:OFD>'


def parts(pages: Sequence[str], box: str, *, root: str = "", templates: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the parts of a file with these pages."""
    font = '<ofd:Fonts><ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>'
    made = {
        "OFD.xml": entry_xml(),
        "Doc_0/Document.xml": document_xml(len(pages), box, root=root, templates=len(templates)),
        "Doc_0/PublicRes.xml": f'{DECLARATION}<ofd:Res {NAMESPACE} BaseLoc="Res">{font}</ofd:Res>',
    }
    made |= {f"Doc_0/Pages/Page_{index}/Content.xml": page for index, page in enumerate(pages)}
    made |= {f"Doc_0/Tpls/Tpl_{index}/Content.xml": page_xml(page) for index, page in enumerate(templates)}
    return {name: text.encode() for name, text in made.items()}


def package(pages: Sequence[str], box: str, *, root: str = "", templates: Sequence[str] = ()) -> bytes:
    """Return a whole file."""
    return packed(parts(pages, box, root=root, templates=templates))


def packed(parts: dict[str, bytes]) -> bytes:
    """Pack parts; the same ones always give the same bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return buffer.getvalue()


def _style(
    rules: Rules,
    runs: Runs,
    *,
    landscape: bool = False,
    scale: float = 1.0,
    furniture: bool = False,
    blocks: bool = False,
) -> Callable[[Truth, Random], bytes]:
    def render(truth: Truth, rng: Random) -> bytes:
        width, height = (842.0, 595.0) if landscape else (595.0, 842.0)
        title = f"{truth.agency}文件" if furniture else ""
        canvas = OfdCanvas(width, height, rules, runs=runs, scale=scale, furniture=title, blocks=blocks)
        return pdf.draw(truth, canvas, rng).to_bytes()

    return render


STYLES = {
    "lines": _style("lines", "repeats"),
    "fills": _style("fills", "single"),
    "template": _style("boxes", "lists", furniture=True),
    "scaled": _style("lines", "repeats", scale=72 / 25.4),
    "nested": _style("fills", "lists", blocks=True, landscape=True),
    "bare": _style("boxes", "bare", scale=0.5),
}
