"""Headers of the review table of which a scan lost a character or a line."""

from random import Random

from extract.model import FormCell
from extract.reading import read
from tests.kit import html_styles
from tests.kit.truth import make_report

TRUTH = make_report(5, "2021", "dense")
PAGE = html_styles.STYLES["clean"](TRUTH, Random(1)).decode()
WANTED = [cell["value"] for cell in TRUTH.cells if cell["table"] == "review"]


def review(page: str) -> list[FormCell]:
    return [cell for cell in read(page.encode(), "text/html").cells if cell.table == "review"]


def test_the_one_result_that_was_not_legible_is_known_by_the_other_four() -> None:
    lost = PAGE.replace(">结果纠正<", ">结果\ufffd<", 1)
    assert [cell.value for cell in review(lost)] == WANTED


def test_two_results_that_were_not_legible_are_not_guessed() -> None:
    lost = PAGE.replace(">结果纠正<", ">结果\ufffd<", 1).replace(">其他结果<", ">\ufffd\ufffd结果<", 1)
    assert [cell.value for cell in review(lost)][:5] != WANTED[:5]
    assert not [cell for cell, value in zip(review(lost), WANTED, strict=True) if cell.value not in (None, value)]


def test_as_many_cells_as_headers_say_nothing_where_two_cells_may_be_one() -> None:
    """The lines between 其他结果 and 尚未审结 at the end, and between the first two figures, were lost."""
    *heads, last = PAGE.rpartition("<td>其他结果</td><td>尚未审结</td>")
    page = f'{heads[0]}<td colspan="2">其他结|尚未审 果 结</td>{last}'
    first, second = (f"<td>{value}</td>" for value in WANTED[:2])
    third, fourth = (f"<td>{value}</td>" for value in WANTED[12:14])
    page = page.replace(first + second, '<td colspan="2">\ufffd</td>').replace(
        third + fourth, '<td colspan="2">\ufffd</td>'
    )
    assert not [cell for cell, value in zip(review(page), WANTED, strict=True) if cell.value not in (None, value)]
