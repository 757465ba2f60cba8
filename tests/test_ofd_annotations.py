"""What lies upon an OFD page or is cut off from it: annotations, layers, the edges of objects and of what is shown."""

import pytest

from extract.errors import CorruptError
from extract.formats.ofd import read
from extract.text import LOST
from tests.kit import ofd
from tests.test_ofd import A4, PROSE, TABLE, grids, image, made, path, resources, text, texts
from tests.test_ofd_unseen import BOX, PLACE, SEVEN, WHITE, painted

PAGE = "Doc_0/Pages/Page_0/Content.xml"
INDEX, ANNOTATION = "Doc_0/Annots/Annotations.xml", "Doc_0/Annots/Page_0/Annotation.xml"
LISTED = f'<ofd:Annotations {ofd.NAMESPACE}><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc>'


def annotation(drawn: str, how: str = 'Type="Path"', boundary: str = A4) -> str:
    appearance = f'<ofd:Appearance Boundary="{boundary}">{drawn}</ofd:Appearance>'
    return f'<ofd:Annot ID="90" {how}>{appearance}</ofd:Annot>'


def annotated(*annotations: str, content: str = PROSE + TABLE, **more: bytes | None) -> bytes:
    document = ofd.document_xml(1, A4, more="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>")
    parts = {
        "Doc_0/Document.xml": document.encode(),
        INDEX: f"{LISTED}</ofd:Page></ofd:Annotations>".encode(),
        ANNOTATION: f"<ofd:PageAnnot {ofd.NAMESPACE}>{''.join(annotations)}</ofd:PageAnnot>".encode(),
    }
    return made(content, **{**parts, **more})


def first(data: bytes) -> str:
    return grids(read(data, ""))[0][0][1]


TYPED = text(5, 7, "7")
"""A digit that an annotation at 100, 62 prints right behind the figure 1 of the first row."""


def test_what_an_annotation_prints_is_read_where_it_stands() -> None:
    assert first(annotated(annotation(TYPED, boundary="100 62 20 10"))) == "17"
    blank = TABLE.replace(text(103, 69, "1"), "")
    assert first(annotated(annotation(text(103, 69, "5")), content=PROSE + blank)) == "5"


@pytest.mark.parametrize("how", ['Visible="false"', 'Visible="0" Type="Stamp"'])
def test_an_annotation_that_is_not_shown_prints_nothing(how: str) -> None:
    assert first(annotated(annotation(TYPED, how, "100 62 20 10"))) == "1"


def test_an_annotation_lies_above_the_page() -> None:
    cover = painted(path(BOX, 'Stroke="false" Fill="true"', PLACE), WHITE)
    assert first(annotated(annotation(cover), content=PROSE + TABLE + SEVEN)) == f"1{LOST}"


def test_a_seal_makes_a_short_page_no_picture() -> None:
    seal = annotation(image("0 0 40 40"), 'Type="Stamp"', "150 240 40 40")
    document = read(annotated(seal, content=text(150, 260, "某某市自然资源局")), "")
    assert (texts(document), document.notes) == (["某某市自然资源局"], ())


def test_annotations_of_another_page_are_not_on_this_one() -> None:
    other = f"{LISTED}</ofd:Page></ofd:Annotations>".replace('PageID="1"', 'PageID="2"').encode()
    assert first(annotated(annotation(SEVEN), **{INDEX: other})) == "1"
    with pytest.raises(CorruptError, match="no page"):
        read(annotated(annotation(SEVEN), **{INDEX: other.replace(b'PageID="2"', b"")}), "")


def test_a_listed_annotation_that_is_not_there_is_damage() -> None:
    with pytest.raises(CorruptError, match="not there"):
        read(annotated(annotation(SEVEN), **{ANNOTATION: None}), "")
    assert first(annotated(**{INDEX: None})) == "1"


@pytest.mark.parametrize(
    "content",
    [
        SEVEN.replace("TextObject", "TextThing"),
        SEVEN.replace("TextCode", "TextThing"),
        f"<ofd:Block>{SEVEN}</ofd:Block>",
    ],
)
def test_text_that_no_reader_would_find_is_damage(content: str) -> None:
    with pytest.raises(CorruptError, match="text"):
        read(made(PROSE + TABLE + content), "")


def test_a_layer_outside_the_content_is_damage() -> None:
    page = ofd.page_xml(PROSE).replace("</ofd:Content>", f"</ofd:Content>{layer(TABLE, 'Body')}")
    with pytest.raises(CorruptError, match="Layer"):
        read(made(PROSE, **{PAGE: page.encode()}), "")


def test_an_appearance_outside_its_annotation_is_damage() -> None:
    with pytest.raises(CorruptError, match="Appearance"):
        read(annotated(f'<ofd:Appearance Boundary="{A4}">{SEVEN}</ofd:Appearance>'), "")
    with pytest.raises(CorruptError, match="Look"):
        read(annotated(annotation(SEVEN).replace("Appearance", "Look")), "")
    assert first(annotated("<ofd:Remark/>")) == "1"


def within(boundary: str) -> str:
    """The digit behind the figure 1, drawn within other edges."""
    left, top = (float(number) for number in boundary.split()[:2])
    return (
        f'<ofd:TextObject ID="7" Boundary="{boundary}" Font="1" Size="4">'
        f'<ofd:TextCode X="{105 - left}" Y="{69 - top}">7</ofd:TextCode></ofd:TextObject>'
    )


@pytest.mark.parametrize("boundary", ["60 60 40 20", "105 20 9 30", "105 75 9 9", "120 60 9 9"])
def test_a_digit_outside_the_edges_of_its_object_is_not_seen(boundary: str) -> None:
    assert first(made(PROSE + TABLE + within(boundary))) == f"1{LOST}"


@pytest.mark.parametrize("boundary", ["105 65 2 4.5", "105.2 65.5 1.5 3.5", "0 0 210 297"])
def test_a_digit_within_the_edges_of_its_object_is_read(boundary: str) -> None:
    assert first(made(PROSE + TABLE + within(boundary))) == "17"


def composed(how: str) -> bytes:
    unit = f'<ofd:CompositeGraphicUnit ID="6"><ofd:Content>{SEVEN}</ofd:Content></ofd:CompositeGraphicUnit>'
    listed = resources(f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")
    used = f'<ofd:CompositeObject ID="2" ResourceID="6" {how}/>'
    return made(PROSE + TABLE + used, **{"Doc_0/PublicRes.xml": listed.encode()})


def test_a_composite_object_cuts_off_what_it_draws() -> None:
    assert first(composed(f'Boundary="{A4}"')) == "17"
    assert first(composed('Boundary="0 0 90 90"')) == f"1{LOST}"
    assert first(composed(f'Boundary="{A4}" Alpha="0"')) == "1"


def with_area(area: str) -> bytes:
    content = ofd.page_xml(PROSE + TABLE + SEVEN, f"<ofd:Area><ofd:PhysicalBox>{A4}</ofd:PhysicalBox>{area}</ofd:Area>")
    return made(PROSE, **{PAGE: content.encode()})


def test_what_lies_outside_the_shown_part_of_a_page_is_not_seen() -> None:
    assert first(with_area("<ofd:ApplicationBox>0 0 103 297</ofd:ApplicationBox>")) == LOST * 2
    for area in (
        "",
        f"<ofd:ApplicationBox>{A4}</ofd:ApplicationBox>",
        "<ofd:ApplicationBox>0 0 0 0</ofd:ApplicationBox>",
    ):
        assert first(with_area(area)) == "17"


def layer(objects: str, kind: str) -> str:
    return f'<ofd:Layer ID="3" Type="{kind}">{objects}</ofd:Layer>'


@pytest.mark.parametrize(("cover", "expected"), [("Foreground", f"1{LOST}"), ("Body", "17"), ("Background", "17")])
def test_layers_are_drawn_in_the_order_of_their_kinds(cover: str, expected: str) -> None:
    above = layer(painted(path(BOX, 'Stroke="false" Fill="true"', PLACE), WHITE), cover)
    page = ofd.page_xml(PROSE + TABLE + SEVEN).replace("<ofd:Content>", f"<ofd:Content>{above}")
    assert first(made(PROSE, **{PAGE: page.encode()})) == expected


def test_a_template_says_itself_where_it_lies() -> None:
    cover = painted(path(BOX, 'Stroke="false" Fill="true"', PLACE), WHITE)
    page = ofd.page_xml(PROSE + TABLE + SEVEN, '<ofd:Template TemplateID="9"/>')
    parts = ofd.parts([page], A4, templates=[cover])
    assert first(ofd.packed(parts)) == "17"
    document = parts["Doc_0/Document.xml"].replace(b'TemplatePage ID="9"', b'TemplatePage ID="9" ZOrder="Foreground"')
    assert first(ofd.packed({**parts, "Doc_0/Document.xml": document})) == f"1{LOST}"


def test_colours_may_be_hexadecimal() -> None:
    white = '<ofd:FillColor Value="#FF #ff 255"/>'
    assert first(made(PROSE + TABLE + painted(SEVEN, white))) == f"1{LOST}"
    assert first(made(PROSE + TABLE + painted(SEVEN, white.replace("#FF", "#10")))) == "17"
    with pytest.raises(CorruptError, match="not a number"):
        read(made(PROSE + painted(SEVEN, '<ofd:FillColor Value="#x 0 0"/>')), "")
