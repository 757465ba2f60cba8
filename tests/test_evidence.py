"""The signs of portal systems: a sign's marks never hide what its pattern would find."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crawler.families
from crawler.page.evidence import Sign, weigh

SIGNS = tuple(
    pytest.param(sign, id=f"{info.name} {sign.pattern.pattern}")
    for info in iter_modules(crawler.families.__path__)
    for sign in getattr(import_module(f"crawler.families.{info.name}"), "_EVIDENCE", ())
)


def test_there_are_signs() -> None:
    assert len(SIGNS) > 30


@pytest.mark.parametrize("sign", SIGNS)
@settings(max_examples=15, deadline=None, database=None)
@given(st.data())
def test_every_match_of_a_pattern_has_one_of_its_marks(sign: Sign, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(sign.pattern))
    assert sign.is_in(text)


def test_signs_are_added_up_to_a_hundred() -> None:
    found = next(param.values[0] for param in SIGNS if "createPageHTML" in param.id)
    assert isinstance(found, Sign)
    assert weigh("<p>一、总体情况</p>", [found]) == 0
    assert weigh("createPageHTML(3, 0, 'index', 'html') createPageHTML('id', 3, 1, 'list')", [found] * 3) == 100
