"""The request for a lead: conditional when its bytes are kept, posted where the page would post it."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from scrapy import FormRequest, Request
from scrapy.http import JsonRequest
from scrapy.settings import BaseSettings

from crawler.items import Link
from crawler.walk.answers import conditions, referer
from crawler.walk.lead import PRIORITY, Lead
from store.records import Known


def request_for(
    lead: Lead, known: Known | None, settings: BaseSettings, callback: Callable[..., Any], errback: Callable[..., Any]
) -> Request:
    """Build the request for a lead; the callback gets ``lead`` and ``known``, the errback ``lead``."""
    limit = settings.getint("ATTACHMENT_MAXSIZE" if lead.kind == "attachment" else "DOWNLOAD_MAXSIZE")
    common: dict[str, Any] = {
        "callback": callback,
        "errback": partial(errback, lead=lead),
        "cb_kwargs": {"lead": lead, "known": known},
        "meta": {"download_maxsize": limit},
        "dont_filter": True,
        "priority": PRIORITY[lead.kind],
        "headers": {**conditions(known), **referer(lead)},
    }
    return request_to(lead.link, **common)


def request_to(link: Link, **common: Any) -> Request:
    """Build the request for a link: a GET, a posted form, or posted JSON."""
    if link.method == "GET":
        return Request(link.url, **common)
    if link.json:
        return JsonRequest(link.url, data=json.loads(link.json), method="POST", **common)
    return FormRequest(link.url, formdata=list(link.form), method="POST", **common)
