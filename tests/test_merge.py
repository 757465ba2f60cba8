"""The fold: one report from any number of readings, whatever their order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model import RECOGNISED, Finding, FormCell, Reading, Section
from extract.templates.y2019 import TEMPLATE as FORM_2019
from extract.templates.y2021 import TEMPLATE as FORM_2021
from store.fold.entries import Entry
from store.fold.merge import fold
from tests.store_kit import ADDS_UP, DOES_NOT, SECTIONS, Values, cells_of, reading, sha

PDF = "application/pdf"
GRANTED = ("requests", "granted", "total")


def entry(number: int, what: Reading, **other: object) -> Entry:
    return replace(Entry(sha(number), what, url=f"http://h.example/{number}"), **other)


def value(cells: tuple[FormCell, ...], *place: str) -> object:
    [cell] = [cell for cell in cells if (cell.table, cell.row, cell.column) == place and cell.item is None]
    return cell.value if cell.state == "reported" else cell.state


def rules(findings: tuple[Finding, ...], verdict: str = "FAIL") -> set[str]:
    return {finding.rule for finding in findings if finding.verdict == verdict}


def test_one_whole_reading_that_adds_up() -> None:
    report = fold([entry(1, reading(ADDS_UP))])
    assert (report.outcome, report.reason, report.consistent, report.template) == ("complete", "", 1, "2021")
    assert report.cells == reading(ADDS_UP).cells
    assert (report.document, report.url) == (sha(1), "http://h.example/1")
    assert dict(report.origins) == dict.fromkeys(("disclosure", "requests", "review", "sections"), sha(1))


def test_a_published_error_stands_and_is_said() -> None:
    report = fold([entry(1, reading(DOES_NOT))])
    assert (report.outcome, report.consistent) == ("complete", 0)
    assert value(report.cells, "requests", "new", "total") == 4
    assert {"row_total", "in_equals_out"} <= rules(report.findings)


def test_page_and_attachment_make_one_report() -> None:
    page = Reading("text/html", "partial", title="页", published="2024-01-09", sections=SECTIONS)
    file = reading(ADDS_UP, media_type=PDF, sections=(), title=None)
    report = fold([entry(1, page), entry(2, file)])
    assert (report.outcome, report.consistent, report.document) == ("complete", 1, sha(2))
    assert (report.title, report.published, report.sections) == ("页", "2024-01-09", SECTIONS)
    assert dict(report.origins)["sections"] == sha(1)
    assert dict(report.origins)["requests"] == sha(2)


def test_tables_are_taken_from_whoever_read_them() -> None:
    first = reading(ADDS_UP, absent=("review",))
    second = reading({("review", "reconsideration", "total"): 0}, absent=("requests", "disclosure"))
    report = fold([entry(1, first), entry(2, second)])
    assert (report.outcome, report.consistent) == ("complete", 1)
    origins = dict(report.origins)
    assert (origins["requests"], origins["review"]) == (sha(1), sha(2))


def test_a_partial_reading_alone_stays_partial_and_says_what_is_missing() -> None:
    report = fold([entry(1, reading(ADDS_UP, absent=("review",)))])
    assert (report.outcome, report.reason, report.consistent) == ("partial", "review: not read", None)


def test_a_reader_that_was_not_sure_is_not_overruled() -> None:
    report = fold([entry(1, reading(ADDS_UP, outcome="partial", detail="a row is unknown"))])
    assert (report.outcome, report.consistent) == ("partial", None)
    assert "a row is unknown" in report.reason


def test_text_without_figures_is_a_narrative_and_a_scan_is_unreadable() -> None:
    told = Reading("text/html", "partial", sections=SECTIONS)
    scan = Reading(PDF, "needs_ocr", detail="3 pages are pictures")
    assert fold([entry(1, told)]).outcome == "narrative"
    alone = fold([entry(2, scan)])
    assert (alone.outcome, alone.reason, alone.consistent) == ("unreadable", "needs_ocr: 3 pages are pictures", None)
    both = fold([entry(1, told), entry(2, scan)])
    assert both.outcome == "narrative"
    assert both.reason == "no figure of the form was read (needs_ocr: 3 pages are pictures; partial)"


def test_blank_is_not_zero() -> None:
    report = fold([entry(1, reading({GRANTED: None}))])
    assert value(report.cells, *GRANTED) == "blank"


def test_readings_that_disagree_are_a_finding() -> None:
    other: Values = {**ADDS_UP, ("disclosure", "licensing", "decisions"): 9}
    report = fold(
        [entry(1, reading(ADDS_UP, published="2024-01-02")), entry(2, reading(other, published="2024-01-03"))]
    )
    assert value(report.cells, "disclosure", "licensing", "decisions") == 9
    [conflict] = [finding for finding in report.findings if finding.rule == "conflict"]
    assert (conflict.verdict, conflict.expected, conflict.actual) == ("FAIL", 9, 0)
    assert conflict.where == {"table": "disclosure", "row": "licensing", "column": "decisions"}
    assert report.consistent == 0


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_a_picture_of_the_report_does_not_displace_its_text(numbers: tuple[int, int]) -> None:
    """A 1 that was recognised as 7 is doubt about the recognition, and no contradiction of the agency."""
    seven: Values = {**ADDS_UP, ("disclosure", "licensing", "decisions"): 7, ("disclosure", "coercion", "decisions"): 1}
    seen = reading(seven, media_type="image/png", published="2024-01-30")
    seen = replace(seen, findings=(*seen.findings, Finding(RECOGNISED, "NOT_ASSESSABLE", cause="reading")))
    report = fold([entry(numbers[0], reading(ADDS_UP)), entry(numbers[1], seen)])
    assert value(report.cells, "disclosure", "licensing", "decisions") == 0
    assert report.consistent == 1
    assert {(f.verdict, f.cause) for f in report.findings if f.rule == "conflict"} == {("NOT_ASSESSABLE", "reading")}
    corrected = fold([entry(1, reading(ADDS_UP)), entry(2, seen, corrected=True)])
    assert value(corrected.cells, "disclosure", "licensing", "decisions") == 7


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_of_two_that_nothing_else_parts_the_one_that_adds_up_is_taken(numbers: tuple[int, int]) -> None:
    report = fold([entry(numbers[0], reading(ADDS_UP)), entry(numbers[1], reading(DOES_NOT))])
    assert value(report.cells, "requests", "new", "total") == 3
    assert "conflict" in rules(report.findings)


def test_next_years_report_under_a_copied_title_does_not_displace_the_one_that_came_in_time() -> None:
    first = entry(1, reading(ADDS_UP, published="2024-01-20"))
    other = entry(2, reading(DOES_NOT, published="2025-01-20"))
    report = fold([first, other])
    assert (report.document, report.published) == (sha(1), "2024-01-20")
    assert (value(report.cells, "requests", "new", "total"), report.consistent) == (3, 0)
    assert "conflict" in rules(report.findings)
    assert fold([first, replace(other, corrected=True)]).document == sha(2)


def test_a_correction_replaces_the_first_version_which_stays_on_record() -> None:
    first = entry(1, reading(DOES_NOT, published="2024-03-01"))
    second = entry(2, reading(ADDS_UP, published="2024-02-01"), corrected=True)
    report = fold([first, second])
    assert value(report.cells, "requests", "new", "total") == 3
    assert report.consistent == 1
    [conflict] = [finding for finding in report.findings if finding.rule == "conflict"]
    assert (conflict.verdict, conflict.actual) == ("NOT_ASSESSABLE", 4)


def test_a_second_format_tells_the_agencys_error_from_ours() -> None:
    page, file = reading(DOES_NOT), reading(DOES_NOT, media_type=PDF)
    assert causes([entry(1, page), entry(2, file)]) == {"source"}
    assert causes([entry(1, page, corrected=True), entry(2, replace(reading(ADDS_UP), media_type=PDF))]) == {"reading"}
    assert causes([entry(1, page), entry(2, reading(DOES_NOT))]) == {None}


def causes(entries: list[Entry]) -> set[str | None]:
    report = fold(entries)
    return {finding.cause for finding in report.findings if finding.verdict == "FAIL" and finding.rule == "row_total"}


def test_another_form_is_left_out_and_said() -> None:
    old = reading(form=FORM_2019, outcome="partial")
    report = fold([entry(1, reading(ADDS_UP)), entry(2, old)])
    assert report.template == "2021"
    assert "form_conflict" in rules(report.findings, "NOT_ASSESSABLE")


def test_what_is_no_report_never_makes_one() -> None:
    notice = Reading("text/html", "not_a_report")
    alone = fold([entry(1, reading(ADDS_UP))])
    assert fold([entry(1, reading(ADDS_UP)), entry(2, notice)]) == alone
    with pytest.raises(ValueError, match="no reading of a report"):
        fold([entry(2, notice)])


@pytest.mark.parametrize("number", [2**70, -(2**63), 1e300, float("nan"), float("inf")])
def test_a_number_no_database_holds_is_unreadable(number: float) -> None:
    report = fold([entry(1, reading(cells=cells_of(FORM_2021, {GRANTED: number})))])
    assert value(report.cells, *GRANTED) == "unreadable"
    assert "doubtful_cell" in rules(report.findings, "NOT_ASSESSABLE")


def test_one_place_with_two_answers_is_unreadable() -> None:
    whole = reading(ADDS_UP)
    twice = (*whole.cells, *(cell._replace(value=8, raw="8") for cell in whole.cells if cell.row == "licensing"))
    report = fold([entry(1, replace(whole, cells=twice))])
    assert value(report.cells, "disclosure", "licensing", "decisions") == "unreadable"
    assert len(report.cells) == len(whole.cells)


def test_sections_come_once_each_in_their_order() -> None:
    told = (Section(6, "六", "后"), Section(1, "一", "先"), Section(6, "六", "补"), Section(2, "二", " "))
    report = fold([entry(1, reading(sections=told))])
    assert report.sections == (Section(1, "一", "先"), Section(6, "六", "后\n补"))


def some_readings() -> st.SearchStrategy[Reading]:
    places = [(cell.table, cell.row, cell.column) for cell in cells_of(FORM_2021)]
    values = st.dictionaries(st.sampled_from(places), st.none() | st.integers(-2, 12), max_size=4)
    return st.builds(
        reading,
        values=values,
        absent=st.lists(st.sampled_from(["requests", "review", "disclosure"]), max_size=2, unique=True).map(tuple),
        outcome=st.sampled_from(["ok", "partial", "needs_ocr", "not_a_report"]),
        media_type=st.sampled_from(["text/html", PDF]),
        published=st.sampled_from([None, "2024-01-02", "2024-01-30"]),
        sections=st.sampled_from([(), SECTIONS, SECTIONS[:1]]),
    )


def some_entries() -> st.SearchStrategy[list[Entry]]:
    numbered = st.lists(st.tuples(some_readings(), st.booleans()), min_size=1, max_size=4)
    return numbered.map(lambda found: [entry(n, what, corrected=new) for n, (what, new) in enumerate(found, start=1)])


@given(some_entries(), st.data())
def test_order_and_repetition_change_nothing(entries: list[Entry], data: st.DataObject) -> None:
    if all(found.reading.outcome == "not_a_report" for found in entries):
        return
    again = data.draw(st.permutations(entries + data.draw(st.lists(st.sampled_from(entries), max_size=3))))
    assert fold(again) == fold(entries)


@given(some_entries())
def test_every_figure_stands_in_the_document_it_is_said_to_come_from(entries: list[Entry]) -> None:
    if all(found.reading.outcome == "not_a_report" for found in entries):
        return
    report = fold(entries)
    by_sha = {found.sha256: set(found.reading.cells) for found in entries}
    assert all(cell in by_sha[dict(report.origins)[cell.table]] for cell in report.cells)
    assert len({repr(finding) for finding in report.findings}) == len(report.findings)
