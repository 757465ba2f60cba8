"""However the XML of a Word file is written, it is read as the walk over its elements reads it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import CorruptError
from extract.formats.docx import read
from extract.office.printed import PrintedTable
from extract.office.word import document as word
from extract.office.word.plain import Known, Odd, plain_blocks
from extract.office.word.source import UnusualError, next_element, whole, word_source
from tests.kit import docx
from tests.kit.docx import cell, grid, paragraph
from tests.test_docx import paragraphs, repacked, the_long_way, written_tables

HEAD = f'<w:document xmlns:w="{docx.TRANSITIONAL}" xmlns:mc="m" xmlns:w14="n"><w:body>'
TAIL = "<w:sectPr/></w:body></w:document>"
NAMESPACES = f' xmlns:w="{docx.TRANSITIONAL}"'
TABLE = f"<w:tbl>{grid([900] * 2)}<w:tr>{cell(paragraph('规章'))}{cell(paragraph('12'))}</w:tr></w:tbl>"

REWRITTEN = (
    ("<w:t>", '<w:t xml:space="preserve">'),
    ("<w:t>", "<w:t >"),
    ("<w:t>", "<w:t\n>"),
    ("<w:t>", "<w:t w:x='>'>"),
    ("</w:t>", "</w:t >"),
    ("</w:t>", "<!-- 3 --></w:t>"),
    ("</w:t>", "<?x 3?></w:t>"),
    ("</w:t>", "<![CDATA[<w:t>3</w:t>]]></w:t>"),
    ("</w:t>", "&#51;&#x33;&amp;lt;&quot;</w:t>"),
    ("</w:t>", "\r\n3\r4 > 5</w:t>"),
    ("</w:t>", "[3]]\x85\xa0\u2028\U0001f600&#x1f600;&#9;&#10;</w:t>"),
    ("<w:p>", "<w:p w:x='\u5220\x85'>"),
    ("<w:p>", '<w:p w:x="\u5220\x85&#51;">'),
    (
        "<w:r>",
        '<w:del w:id="1" w:author="删"><w:r><w:delText xml:space="preserve">删&amp;</w:delText></w:r></w:del><w:r>',
    ),
    ("</w:t>", ' w:rsidR="00A1B2C3" </w:t>'),
    ("<w:p>", '<w:p w:rsidR="00A1B2C3" w14:paraId="12AB34CD">'),
    ("<w:p>", '<w:p w:rsidR="00A1B2C3" w:rsidRPr="00A1B2C3" w14:paraId="12AB34CD" w:rsidTr="1">'),
    ("</w:r>", '</w:r><w:ins w:id="1" w:author="a" w:date="b"/>'),
    ("</w:r>", '</w:r><w:ins w:id="1" w:author="a" w:date="b" w14:x="c"/>'),
    ("<w:p>", "<w:p w:x='a>b'>"),
    ("<w:p>", '<w:p w:x="a/>b" >'),
    ("<w:p>", f'<w:p xmlns:w="{docx.STRICT}">'),
    ("<w:p>", '<w:p xmlns:w="other">'),
    ("<w:p>", "<w:p/><w:p>"),
    ("<w:p>", '<w:p><w:del w:id="1" w:author="a>b"><w:r><w:delText w:x="a">7</w:delText></w:r></w:del>'),
    ("<w:p>", '<w:p><w:ins w:date="x" w:id="1" w:author="a"/><w:r><w:delText w:author=""/></w:r>'),
    ("</w:t>", ' w:author="<w:del w:id="></w:t>'),
    ("</w:t>", ' w:author="&lt;w:del w:id="1">8</w:t>'),
    ("</w:p>", "</w:p >"),
    ("</w:p>", '<w:bookmarkStart w:id="1" w:name="a&gt;b"/></w:p>'),
    ("</w:p>", '<w:bookmarkStart w:id="1"></w:bookmarkStart></w:p>'),
    ("</w:p>", "<w:proofErr>4</w:proofErr></w:p>"),
    ("</w:p>", "<x:y xmlns:x='other'><x:p/></x:y></w:p>"),
    ("<w:tc>", "<w:tc\t>"),
    ("<w:tc>", '<w:tc w:id="1">'),
    ("<w:tc>", '<w:tc undeclared:id="1">'),
    ("<w:r>", f"<w:r>{'<w:br/>' * 3000}"),
    ("</w:tc>", "</w:tc\n>"),
    ("</w:tc>", "</w:tc><w:tc/>"),
    ("</w:tr>", "</w:tr><w:tr/>"),
    ("</w:tr>", "</w:tr><w:tr></w:tr>"),
    ("</w:tcPr>", "</w:tcPr><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"),
    ('<w:gridSpan w:val="2"/>', '<w:gridSpan val="2"/>'),
    ('<w:gridSpan w:val="2"/>', '<w:gridSpan w:val=" &#50;"/>'),
    ('<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="2"></w:gridSpan>'),
    ("<w:tbl>", "<w:tbl><w:bookmarkStart/>"),
    ("<w:tbl>", f"<w:tbl>{grid([700])}"),
    ("<w:r>", "<w:r><w:rPr><w:vanish w:val='off'/></w:rPr>"),
    ("<w:r>", "<w:r><w:rPr></w:rPr>"),
    ("<w:r>", "<w:r><w:t/>"),
    ("</w:r>", "<w:rPr><w:vanish/></w:rPr></w:r>"),
    ("</w:r>", "</w:r>5<w:tab/>"),
)


@pytest.mark.parametrize(
    "start",
    [
        "",
        "\ufeff",
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
        "<?xml version='1.0' encoding='utf-8'?>\n",
    ],
)
def test_what_writers_put_first_is_usual(start: str) -> None:
    source = word_source(f"{start}{HEAD}{TABLE}{TAIL}".encode())
    assert source is not None
    assert [type(block) for block in plain_blocks(source.body)] == [PrintedTable]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}<!-- a -->{TAIL}".encode(),
        f"{HEAD}<?a?>{TAIL}".encode(),
        f"{HEAD}{TAIL}".encode("utf-16"),
        f"<?xml version='1.0' encoding='gb18030'?>{HEAD}{TAIL}".encode(),
        f"{HEAD}{TAIL}".replace("w:", "x:").encode(),
        f"{HEAD}{TAIL}".replace(docx.TRANSITIONAL, "other").encode(),
        f"{HEAD}{TAIL}".replace('xmlns:mc="m"', f'xmlns:x="{docx.TRANSITIONAL}"').encode(),
        f"{HEAD}{TAIL}".replace('xmlns:mc="m"', 'xmlns:x="a&amp;b"').encode(),
        f"{HEAD}{TAIL}<!".encode(),
    ],
)
def test_what_is_unusual_is_left_to_the_tree(content: bytes) -> None:
    assert word_source(content) is None


def test_a_prefix_that_is_not_declared_is_damage() -> None:
    with pytest.raises(word.CorruptError, match="undeclared"):
        read(repacked("word/document.xml", f'{HEAD}<w:p undeclared:id="1"></w:p>{TAIL}'.encode()), "")


def test_paragraphs_that_differ_in_numbers_and_authors_are_written_alike() -> None:
    saved = '<w:p w:rsidR="00A{0}B2C3" w14:paraId="1{0}AB34CD"><w:r w:rsidRPr="00{0}"><w:t>8</w:t></w:r>'
    revised = '<w:del w:id="{0}" w:author="a{0}" w:date="b{0}"><w:r><w:delText>{0}</w:delText></w:r></w:del></w:p>'
    sources = [word_source(f"{HEAD}{(saved + revised).format(number)}{TAIL}".encode()) for number in (5, 6)]
    assert sources[0] == sources[1]
    assert sources[0] is not None
    assert sources[0].is_simple


def test_a_row_that_was_never_seen_is_known_by_its_pieces() -> None:
    cells = [cell(paragraph(text)) for text in "甲乙丙"]
    for row in ("".join(cells), "".join(cells[:2]), cells[0]):
        sound = f"<w:tbl>{grid([900] * 3)}<w:tr>{row}</w:tr></w:tbl>"
        assert [type(block) for block in plain_blocks(word_source_of(sound), Known(NAMESPACES))] == [PrintedTable]
        for new in ("<w:ins>", "</w:ins>", "<w:ins></w:sdt>", "</w:p>", '<w:ins w:x="1" w:x="1"/>'):
            damaged = word_source_of(sound.replace("<w:r>", f"{new}<w:r>", 1))
            assert [type(block) for block in plain_blocks(damaged, Known(NAMESPACES))] == [Odd]


def word_source_of(body: str) -> str:
    source = word_source(f"{HEAD}{body}{TAIL}".encode())
    assert source is not None
    return source.body.removesuffix("<w:sectPr/>")


def test_what_stands_between_elements_is_unusual() -> None:
    with pytest.raises(UnusualError):
        plain_blocks("<w:p></w:p>5<w:p></w:p>")
    with pytest.raises(UnusualError):
        plain_blocks("<w:p><w:r>")


def test_an_element_ends_at_its_own_tag() -> None:
    source = '<w:p a="1"><w:p/><w:p ></w:p ><w:pPr/></w:p><w:p/>'
    first = next_element(source, 0)
    assert first is not None
    ended = whole(source, first)
    assert source[ended.end :] == "<w:p/>"
    assert source[ended.inside : ended.close] == "<w:p/><w:p ></w:p ><w:pPr/>"


def test_only_what_is_not_plain_becomes_elements() -> None:
    struck = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>8</w:t></w:r></w:p>"
    source = word_source(f"{HEAD}{paragraph('a')}{struck}{TABLE}{TAIL}".encode())
    assert source is not None
    odd = [block.source for block in plain_blocks(source.body) if isinstance(block, Odd)]
    assert odd == [struck]


@st.composite
def rewritten(draw: st.DrawFn) -> bytes:
    """A main part in which some tags are written in another way."""
    text = HEAD + "".join(draw(st.lists(st.one_of(paragraphs(), written_tables(), st.just(TABLE)), max_size=4))) + TAIL
    for old, new in draw(st.lists(st.sampled_from(REWRITTEN), max_size=3)):
        places = [found.start() for found in re.finditer(re.escape(old), text)]
        if places:
            place = draw(st.sampled_from(places))
            text = text[:place] + new + text[place + len(old) :]
    return text.encode()


def both_ways(content: bytes) -> tuple[object, object]:
    data = repacked("word/document.xml", content)
    quick = outcome(data)
    with pytest.MonkeyPatch.context() as patch:
        the_long_way(patch)
        return quick, outcome(data)


def outcome(data: bytes) -> object:
    try:
        return read(data, "")
    except word.CorruptError:
        return "corrupt"


@settings(max_examples=60, deadline=None)
@given(rewritten())
def test_another_way_of_writing_gives_what_the_walk_gives(content: bytes) -> None:
    quick, long = both_ways(content)
    assert quick == long


@pytest.mark.parametrize(("old", "new"), REWRITTEN)
def test_each_way_of_writing_gives_what_the_walk_gives(old: str, new: str) -> None:
    wide = TABLE.replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>', 1)
    for count in (1, -1):
        quick, long = both_ways(
            f"{HEAD}{paragraph('a')}{TABLE}{wide}".replace(old, new, count).encode() + TAIL.encode()
        )
        assert quick == long


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("规章</w:t>", "规<w:t>章</w:t>"),
        ("规章</w:t>", "规章\x01</w:t>"),
        ("规章</w:t>", "规]]>章</w:t>"),
        ("规章</w:t>", "规\uffff章</w:t>"),
        ("规章</w:t>", "规&nbsp;章</w:t>"),
        ("<w:tc>", '<w:tc w:x="1" w:x="2">'),
        ("<w:tc>", '<w:tc y:x="1">'),
        ("规章</w:t>", "规\ud800章</w:t>"),
        ("规章</w:t>", "规&#x1f;章</w:t>"),
        ("规章</w:t>", "规&#56832;章</w:t>"),
        ("规章</w:t>", "规&#x110000;章</w:t>"),
        ("规章</w:t>", "规&章</w:t>"),
        ("规章</w:t>", "规\0章</w:t>"),
        ("<w:p>", "\x1c<w:p>"),
        ("<w:tbl>", "\x0c<w:tbl>"),
        ("<w:sectPr/>", "\ud800<w:sectPr/>"),
        ("<w:r>", '<w:del w:id="1" w:author="a"><w:r><w:delText>&x;</w:delText></w:r></w:del><w:r>'),
        ("<w:r>", '<w:del w:id="1" w:author="a"><w:r><w:delText>\ud800</w:delText></w:r></w:del><w:r>'),
        ("<w:r>", '<w:del w:id="1" w:author="&x;"/><w:r>'),
        ("<w:p>", '<w:p w:rsidR="00A1B2C3" w:rsidR="00A1B2C3">'),
        ("<w:p>", '<w:p w:rsidR="00A1B2C3" w14:paraId="12AB34CD" w:rsidR="00A1B2C3">'),
        ("<w:r>", '<w:ins w:id="1" w:author="a" w:id="1"/><w:r>'),
        ("<w:r>", '<w:ins w:id="1" w:author="a" w16du:dateUtc="b"/><w:r>'),
        ("</w:p>", "</w:ins></w:p>"),
        ("</w:tc>", "</w:p></w:tc>"),
        ("<w:sectPr/>", "<w:sectPr></w:pgSz></w:sectPr>"),
        ("<w:sectPr/>", '<w:sectPr a="1" a="2"/>'),
    ],
)
def test_a_part_that_is_not_well_formed_is_corrupt_whatever_was_read_before(old: str, new: str) -> None:
    sound = f"{HEAD}{TABLE}{TAIL}"
    assert old in sound
    assert read(repacked("word/document.xml", sound.encode()), "").blocks
    with pytest.raises(CorruptError):
        read(repacked("word/document.xml", sound.replace(old, new, 1).encode("utf-8", "surrogatepass")), "")
