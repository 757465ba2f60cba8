"""The request for a lead: conditional when its bytes are kept, posted as a form where the page would post one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from scrapy import FormRequest, Request
from scrapy.settings import BaseSettings

from crawler.answers import conditions, referer
from crawler.lead import PRIORITY, Lead
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
    if lead.link.method == "POST":
        return FormRequest(lead.link.url, formdata=list(lead.link.form), method="POST", **common)
    return Request(lead.link.url, **common)
