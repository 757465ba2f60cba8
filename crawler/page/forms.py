"""What a browser would send of a form: its hidden inputs and what is chosen in its boxes."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.page.pages import squeeze


def hidden(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the hidden inputs of a form by name."""
    for node in root.iter("input"):
        if (node.get("type") or "").lower() == "hidden" and node.get("name"):
            yield node.get("name") or "", node.get("value") or ""


def chosen(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield what each select of a form has chosen: the option that is marked, else the first.

    An empty value is one: it stands for all."""
    for select in root.iter("select"):
        options = tuple(select.iter("option"))
        marked = next((option for option in options if option.get("selected") is not None), None)
        shown = marked if marked is not None else (options[0] if options else None)
        if select.get("name") and shown is not None:
            value = shown.get("value")
            yield select.get("name") or "", squeeze(shown.text_content()) if value is None else value
