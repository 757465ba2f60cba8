"""Send the digest to whoever wants it: by mail and to a webhook. A failure to send is told, never raised."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from scrapy.settings import BaseSettings

from crawler.run.notify_errors import NOT_SENT
from crawler.run.notify_mail import mail
from crawler.run.notify_webhook import post

logger = logging.getLogger(__name__)


def send(settings: BaseSettings, subject: str, text: str, whole: Mapping[str, Any], exit_status: int) -> dict[str, str]:
    """Send a digest in every configured way; give for each ``ok`` or what went wrong.

    ``whole`` is the digest as JSON values. With ``DIGEST_ONLY_IN_TROUBLE`` a night with exit status 0 sends nothing.
    """
    if settings.getbool("DIGEST_ONLY_IN_TROUBLE") and exit_status == 0:
        return {}
    ways: dict[str, Callable[[], None]] = {}
    if settings.getlist("DIGEST_MAIL_TO"):
        ways["mail"] = lambda: mail(settings, subject, text)
    if settings["DIGEST_WEBHOOK"]:
        ways["webhook"] = lambda: post(settings, {"subject": subject, "text": text, "digest": whole})
    return {name: _tried(name, way) for name, way in ways.items()}


def _tried(name: str, way: Callable[[], None]) -> str:
    try:
        way()
    except NOT_SENT as error:
        problem = f"{type(error).__name__}: {error}"
        logger.warning("The digest could not be sent by %s: %s", name, problem)
        return problem
    return "ok"
