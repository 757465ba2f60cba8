"""Layers of a PDF (optional content, ISO 32000-1, 8.11) that a viewer does not show when it opens the file, or leaves out
when it prints it."""

from collections.abc import Iterator, Sequence, Set
from typing import Any

from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

_NEEDED = {"AllOn": all, "AnyOn": any}
_REFUSED = {"AllOff": all, "AnyOff": any}


def hidden_layers(catalog: dict[str, Any]) -> Set[int]:
    """Return the object numbers of the layers that are off in a document's default configuration, or that their usage
    turns off on the screen or in print."""
    properties = dict_value(catalog.get("OCProperties") or {})
    default = dict_value(properties.get("D") or {})
    every, off, on = (_numbers(of.get(name)) for of, name in ((properties, "OCGs"), (default, "OFF"), (default, "ON")))
    start = (every - on if _is_name(default.get("BaseState"), "OFF") else frozenset()) | off
    usages = [dict_value(usage) for usage in list_value(default.get("AS") or [])]
    seen = _at_event(start, usages, "View")
    return seen | _at_event(seen, usages, "Print")


def _at_event(hidden: Set[int], usages: Sequence[dict[str, Any]], event: str) -> Set[int]:
    """Return the layers that are off when the usages of an event have been applied (8.11.4.5)."""
    states = dict(state for usage in usages if _is_name(usage.get("Event"), event) for state in _states(usage))
    return {number for number in hidden if states.get(number, False) is False} | {
        number for number, is_on in states.items() if not is_on
    }


def _states(usage: dict[str, Any]) -> Iterator[tuple[int, bool]]:
    """Yield the layers that a usage turns on or off: off where any of its categories says so."""
    names = [literal_name(resolve1(name)) for name in list_value(usage.get("Category") or [])]
    for layer in list_value(usage.get("OCGs") or []):
        own = dict_value(dict_value(layer).get("Usage") or {})
        told = [dict_value(own.get(name) or {}).get(f"{name}State") for name in names]
        if isinstance(layer, PDFObjRef) and any(state is not None for state in told):
            yield layer.objid, not any(_is_name(state, "OFF") for state in told)


def _is_name(value: object, name: str) -> bool:
    found = resolve1(value)
    return isinstance(found, PSLiteral) and literal_name(found) == name


def is_hidden(owner: object, hidden: Set[int]) -> bool:
    """Tell whether what belongs to a layer, or to a membership of several (8.11.2.2), is not shown."""
    if not hidden or owner is None:
        return False
    if isinstance(owner, PDFObjRef) and owner.objid in hidden:
        return True
    group = resolve1(owner)
    if not isinstance(group, dict) or "OCGs" not in group:
        return False
    layers = group["OCGs"]
    single = isinstance(layers, PDFObjRef) and isinstance(resolve1(layers), dict)
    shown = [number not in hidden for number in (_numbers([layers]) if single else _numbers(layers))]
    policy = resolve1(group.get("P"))
    name = literal_name(policy) if isinstance(policy, PSLiteral) else "AnyOn"
    if name in _REFUSED:
        return not _REFUSED[name](not visible for visible in shown)
    return bool(shown) and not _NEEDED.get(name, any)(shown)


def _numbers(references: object) -> frozenset[int]:
    listed = list_value(references) if references is not None else ()
    return frozenset(item.objid for item in listed if isinstance(item, PDFObjRef))
