"""The digest as a mail, through the server of Scrapy's ordinary ``MAIL_*`` settings.

Scrapy's own ``scrapy.mail`` is deprecated, and needs the reactor, which has ended by then.
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from scrapy.settings import BaseSettings


def mail(settings: BaseSettings, subject: str, text: str) -> None:
    """Send a text to everyone of ``DIGEST_MAIL_TO``; raises ``OSError``, ``SMTPException`` or ``ValueError``."""
    with _server(settings) as server:
        if settings.getbool("MAIL_TLS"):
            server.starttls(context=ssl.create_default_context())
        if settings["MAIL_USER"]:
            server.login(settings["MAIL_USER"], settings["MAIL_PASS"] or "")
        server.send_message(_message(settings, subject, text))


def _server(settings: BaseSettings) -> smtplib.SMTP:
    host, port = settings["MAIL_HOST"], settings.getint("MAIL_PORT")
    timeout_s = settings.getfloat("DIGEST_TIMEOUT_S")
    if settings.getbool("MAIL_SSL"):
        return smtplib.SMTP_SSL(host, port, timeout=timeout_s, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=timeout_s)


def _message(settings: BaseSettings, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings["MAIL_FROM"]
    message["To"] = ", ".join(address.strip() for address in settings.getlist("DIGEST_MAIL_TO"))
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message
