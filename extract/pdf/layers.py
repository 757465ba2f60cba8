"""Layers of a PDF (optional content, ISO 32000-1, 8.11) that a viewer does not show when it opens the file."""

from collections.abc import Set
from typing import Any

from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

_NEEDED = {"AllOn": all, "AnyOn": any}
_REFUSED = {"AllOff": all, "AnyOff": any}


def hidden_layers(catalog: dict[str, Any]) -> Set[int]:
    """Return the object numbers of the layers that are off in a document's default configuration."""
    properties = dict_value(catalog.get("OCProperties") or {})
    default = dict_value(properties.get("D") or {})
    every, off, on = (_numbers(of.get(name)) for of, name in ((properties, "OCGs"), (default, "OFF"), (default, "ON")))
    state = resolve1(default.get("BaseState"))
    return (every - on if isinstance(state, PSLiteral) and literal_name(state) == "OFF" else frozenset()) | off


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
