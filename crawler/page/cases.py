"""Saved pages: a page with the links its family finds, as kept under ``tests/pages`` and written by ``scrapy probe``."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from crawler.items import Link, Page
from crawler.page.rows import is_data


def described(links: Iterable[Link]) -> dict[str, list[dict[str, Any]]]:
    """Group links by kind, without the fields that say nothing."""
    found: dict[str, list[dict[str, Any]]] = {}
    for link in links:
        row: dict[str, Any] = {"url": link.url, "text": link.text}
        if link.listed_on:
            row["listed_on"] = link.listed_on
        if link.article:
            row["article"] = link.article
        if link.method != "GET":
            body = {"json": link.json} if link.json else {"form": [list(pair) for pair in link.form]}
            row |= {"method": link.method, **body}
        found.setdefault(link.kind, []).append(row)
    return found


def save_case(folder: Path, page: Page, links: Iterable[Link], meta: dict[str, Any]) -> None:
    """Write a page, what is known of its fetch, and its links, for a person to review.

    Raises ``FileExistsError`` for a folder that holds anything: a reviewed case is not written over.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    name = "page.json" if is_data(page.text) else "page.html"
    (folder / name).write_text(page.text, encoding="utf-8")
    for file, content in (("meta.json", meta), ("expected.json", described(links))):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / file).write_text(f"{text}\n", encoding="utf-8")
