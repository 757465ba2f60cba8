"""A report as a DOCX, written by hand with real merges, in the manners word processors leave; see ``STYLES``."""

import io
import re
import zipfile
from collections.abc import Callable
from html import escape
from random import Random

from tests.kit import form, tables
from tests.kit.story import story
from tests.kit.tables import Box, Rows
from tests.kit.truth import Truth

Run = Callable[[str], str]

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
WIDTH = 9000


def run(text: str) -> str:
    """Write one run."""
    return f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>' if text else ""


def paragraph(text: str, write: Run = run) -> str:
    """Write one paragraph."""
    return f"<w:p>{write(text)}</w:p>"


def cell(inside: str, columns: int = 1, merge: str = "", width: int = 0) -> str:
    """Write a cell; ``merge`` is ``restart`` or ``continue``."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    kind = "dxa" if width else "auto"
    down = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="{kind}"/>{span}{down}</w:tcPr>{inside}</w:tc>'


def grid(widths: list[int]) -> str:
    """Write a table's column widths."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f'<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'


def table(rows: Rows, write: Run = run, write_cell: Callable[[str], str] = lambda xml: xml) -> str:
    """Write a table: spans to the right as ``gridSpan``, downwards as ``vMerge``."""
    columns = tables.width(rows)
    lines = []
    for line in tables.positions(rows):
        cells = []
        for box, starts, begins_column in line:
            if begins_column:
                merge = "" if box.rowspan == 1 else "restart" if starts else "continue"
                inside = paragraph(box.text if starts else "", write)
                cells.append(write_cell(cell(inside, box.colspan, merge, WIDTH // columns * box.colspan)))
        lines.append("<w:tr>" + "".join(cells) + "</w:tr>")
    return f"<w:tbl>{grid([WIDTH // columns] * columns)}{''.join(lines)}</w:tbl>"


def package(body: str, *, namespace: str = TRANSITIONAL, core: str = "", **parts: str) -> bytes:
    """Pack a body; ``parts`` are further parts under ``word/`` (``header1=…``)."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{namespace}" {_MORE}>'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    files = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": document,
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    if core:
        files["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>'
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _body(truth: Truth, write: Run = run, write_table: Callable[[Rows], str] = table) -> str:
    return "\n".join(paragraph(p, write) if isinstance(p, str) else write_table(p) for p in story(truth))


def clean(truth: Truth, rng: Random) -> bytes:
    """Three tables with correct merges, and the properties of a template used for years."""
    core = "<dc:title>某局2012年政府信息公开工作年度报告</dc:title><dc:creator>张三</dc:creator>"
    return package(_body(truth), core=core)


def strict(truth: Truth, rng: Random) -> bytes:
    """The strict form of the format: other namespaces, the same elements."""
    return package(_body(truth), namespace=STRICT)


def word(truth: Truth, rng: Random) -> bytes:
    """Edited for years in Word: split runs, bookmarks, fields, hidden text, content controls, tabs, a text box."""

    def write(text: str) -> str:
        pieces = []
        while text:
            cut = rng.randint(1, 4)
            pieces.append('<w:proofErr w:type="spellStart"/>' + run(text[:cut]))
            text = text[cut:]
        hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r><w:bookmarkStart w:id="1" w:name="_Toc7"/>'
        return hidden + "".join(pieces) + '<w:bookmarkEnd w:id="1"/>'

    def write_cell(xml: str) -> str:
        if rng.random() < 0.2:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>"
        if rng.random() < 0.2:
            return xml.replace("<w:p>", "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:tab/></w:r>", 1)
        return xml

    body = _body(truth, write, lambda rows: table(rows, write, write_cell))
    box = f"<w:txbxContent>{paragraph('注：本表由办公室填报')}</w:txbxContent>"
    anchored = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><wp:anchor><wps:txbx>{box}</wps:txbx></wp:anchor></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    pages = '<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>'
    header = f'<w:hdr xmlns:w="{TRANSITIONAL}">{paragraph("内部资料 2008")}{pages}</w:hdr>'
    return package(body + anchored, header1=header)


_FONT = '<w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/>'
_BORDERS = "".join(f'<w:{side} w:val="single" w:color="auto" w:sz="8"/>' for side in ("top", "left", "bottom", "right"))
_CELL = f'<w:tcBorders>{_BORDERS}</w:tcBorders><w:shd w:val="clear" w:fill="auto"/><w:vAlign w:val="center"/></w:tcPr>'
_RUN = f'<w:rPr>{_FONT}<w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'
_LINE = f'<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>{_RUN}</w:pPr>'


def saved(truth: Truth, rng: Random) -> bytes:
    """As Word saves: each paragraph, run and row numbered, each cell and run with all its formatting."""

    def numbers() -> str:
        return f'w:rsidR="00{rng.getrandbits(24):06X}" w:rsidRPr="00{rng.getrandbits(24):06X}"'

    def write(text: str) -> str:
        written = run(text).replace("<w:r>", f"<w:r {numbers()}>{_RUN}").replace(' xml:space="preserve"', "")
        return _LINE + written

    def numbered(xml: str) -> str:
        return re.sub("<w:(p|tr)>", lambda tag: f'<w:{tag[1]} w14:paraId="{rng.getrandbits(31):08X}" {numbers()}>', xml)

    def write_table(rows: Rows) -> str:
        return table(rows, write).replace("</w:tcPr>", _CELL)

    return package(numbered(_body(truth, write, write_table)))


def layout(truth: Truth, rng: Random) -> bytes:
    """The whole report in tables that hold tables."""
    inside = _body(truth)
    for _ in range(2):
        inside = f"<w:tbl>{grid([300, 8700])}<w:tr>{cell(paragraph(''))}{cell(inside + '<w:p/>')}</w:tr></w:tbl>"
    return package(inside)


def revisions(truth: Truth, rng: Random) -> bytes:
    """Tracked changes that nobody accepted: figures typed over, a deleted row, moved lines."""

    def write(text: str) -> str:
        old = str(rng.randint(1, 999))
        gone = f'<w:del w:id="1" w:author="a"><w:r><w:delText>{old}</w:delText></w:r></w:del>'
        moved = f"<w:moveFrom><w:r><w:t>{old}</w:t></w:r></w:moveFrom>"
        return f'{moved}{gone}<w:ins w:id="2" w:author="a">{run(text)}</w:ins>'

    def write_table(rows: Rows) -> str:
        written = table(rows, write)
        span = tables.width(rows)
        dropped = f'<w:tr><w:trPr><w:del w:id="3"/></w:trPr>{cell(paragraph("规章"), span)}</w:tr>'
        return written.replace("</w:tr>", f"</w:tr>{dropped}", 1)

    return package(_body(truth, write, write_table))


def slivers(truth: Truth, rng: Random) -> bytes:
    """As converters write: the edges of some rows lie a millimetre beside those of the others."""

    def write_table(rows: Rows) -> str:
        columns = tables.width(rows)
        widths = [width for _ in range(columns) for width in (WIDTH // columns - 40, 40)]
        lines = []
        for line in tables.positions(rows):
            cells, late = [], 0
            for box, starts, begins in line:
                if not begins:
                    continue
                merge = "" if box.rowspan == 1 else "restart" if starts else "continue"
                early = 0 if merge else rng.randint(0, 1)
                cells.append(cell(paragraph(box.text if starts else ""), 2 * box.colspan - early + late, merge))
                late = early
            if late:
                cells.append(cell("<w:p/>", late))
            lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
        return f"<w:tbl>{grid(widths)}{''.join(lines)}</w:tbl>"

    return package(_body(truth, write_table=write_table))


def indented(truth: Truth, rng: Random) -> bytes:
    """A column left of the table in which no row has a cell (``gridBefore``), and headings inside the tables."""

    def write_table(rows: Rows) -> str:
        columns = tables.width(rows)
        beside = '<w:gridCol w:w="500"/>'
        skipped = '<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
        written = table(rows).replace("<w:tr>", skipped)
        name = next(form.HEADINGS[number] for number, width in ((1, 4), (1, 5), (2, 10), (3, 15)) if width == columns)
        caption = f"{skipped}{cell(paragraph(name), columns)}</w:tr>"
        written = written.replace(skipped, caption + skipped, 1).replace("<w:gridCol", f"{beside}<w:gridCol", 1)
        return written.replace("</w:tblGrid>", f"{beside}</w:tblGrid>")

    return package(_body(truth, write_table=write_table))


def halves(truth: Truth, rng: Random) -> bytes:
    """Section three cut in two tables, the second without a header."""

    def write_table(rows: Rows) -> str:
        if tables.width(rows) != 10:
            return table(rows)
        above, below = tables.cut(rows, rng.randint(6, len(rows) - 3), repeat_label=False)
        return table(above) + paragraph("") + table(below)

    return package(_body(truth, write_table=write_table))


def one_table(truth: Truth, rng: Random) -> bytes:
    """Title, prose and all figures as rows of a single table of fifteen columns."""
    lines = []
    for part in story(truth):
        if isinstance(part, str):
            lines.append(f"<w:tr>{cell(paragraph(part), 15)}</w:tr>")
        else:
            columns = tables.width(part)
            wide = {id(line[-1][0]): 15 - columns for line in tables.positions(part)}
            stretched = [[_wider(box, wide.get(id(box), 0)) for box in row] for row in part]
            written = table(stretched)
            lines.append(written[written.index("<w:tr>") : written.rindex("</w:tbl>")])
    return package(f"<w:tbl>{grid([600] * 15)}{''.join(lines)}</w:tbl>")


def _wider(box: Box, columns: int) -> Box:
    return Box(box.text, box.colspan + columns, box.rowspan, box.is_value)


STYLES: dict[str, Callable[[Truth, Random], bytes]] = {
    style.__name__: style
    for style in (clean, strict, word, saved, layout, revisions, slivers, indented, halves, one_table)
}
