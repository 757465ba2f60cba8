"""The digest is sent to loopback servers; whatever these do, the night does not fail."""

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from scrapy.settings import Settings

import crawler.settings as ours
from crawler.run.notify import send
from tests.site import Handler, Site, closed_port, column, serve
from tests.site.run import crawl
from tests.test_crawl_nights import REPORTS, TITLE

REPLIES = {"EHLO": "250 sink", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", "QUIT": "221 bye"}


@dataclass
class Sink:
    """A mail server that keeps what it is given; ``replies`` can be changed to refuse."""

    replies: dict[str, str] = field(default_factory=lambda: dict(REPLIES))
    port: int = 0
    recipients: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)

    def answer(self, line: bytes) -> str:
        verb = line[:4].decode().upper().strip()
        if verb == "RCPT":
            self.recipients.append(line.decode().split("<")[1].split(">")[0])
        return self.replies.get(verb, "250 ok")


@contextmanager
def mail_server(**replies: str) -> Iterator[Sink]:
    sink = Sink({**REPLIES, **replies})

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 sink")
            while line := self.rfile.readline():
                reply = sink.answer(line)
                self.say(reply)
                if reply.startswith("354"):
                    sink.messages.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self.say("250 kept")
                if reply.startswith("221"):
                    return

        def say(self, reply: str) -> None:
            self.wfile.write(f"{reply}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield sink
        server.shutdown()
        thread.join()


@contextmanager
def webhook(status: int = 204) -> Iterator[Site]:
    def take(handler: Handler) -> None:
        handler.send(status, b"", "text/plain", {"Location": "/elsewhere"} if status == 302 else None)

    with serve({"/hook?key=1": take, "/elsewhere": take}) as site:
        yield site


def settings(**given: object) -> Settings:
    found = Settings()
    found.setmodule(ours, priority="project")
    found.update({"DIGEST_TIMEOUT_S": 2, "MAIL_HOST": "127.0.0.1", **given}, priority="cmdline")
    return found


def sent(given: Settings, status: int = 1) -> dict[str, str]:
    return send(given, "annual-reports: 3 new", "云岭市教育局 2023\n.\nend", {"new": ["云岭市教育局"]}, status)


def test_nothing_is_sent_without_an_address() -> None:
    assert sent(settings()) == {}


def test_a_mail_reaches_everyone_with_its_chinese_whole() -> None:
    with mail_server() as sink:
        given = settings(MAIL_PORT=sink.port, DIGEST_MAIL_TO="one@example.org, two@example.org")
        assert sent(given) == {"mail": "ok"}
    assert sink.recipients == ["one@example.org", "two@example.org"]
    message = message_from_bytes(sink.messages[0], policy=policy.default)
    assert message["Subject"] == "annual-reports: 3 new"
    text = message.get_content()
    assert text.splitlines()[0] == "云岭市教育局 2023"
    assert text.rstrip().endswith("end")


@pytest.mark.parametrize(
    ("replies", "cause"),
    [
        ({"RCPT": "550 nobody here"}, "SMTPRecipientsRefused"),
        ({"DATA": "554 no"}, "SMTPDataError"),
        ({"EHLO": "500 what", "HELO": "500 what"}, "SMTPHeloError"),
    ],
)
def test_a_mail_that_is_refused_is_told(replies: dict[str, str], cause: str) -> None:
    with mail_server(**replies) as sink:
        result = sent(settings(MAIL_PORT=sink.port, DIGEST_MAIL_TO="one@example.org"))
    assert result["mail"].startswith(cause)


@pytest.mark.parametrize(
    "given",
    [
        {"MAIL_PORT": "no number"},
        {"MAIL_PORT": closed_port()},
        {"MAIL_FROM": "a@example.org\nBcc: b@example.org", "MAIL_PORT": closed_port()},
    ],
)
def test_settings_that_cannot_work_are_told(given: dict[str, object]) -> None:
    assert sent(settings(DIGEST_MAIL_TO="one@example.org", **given))["mail"] != "ok"


def test_a_password_is_never_sent_to_a_server_without_authentication() -> None:
    with mail_server() as sink:
        given = settings(MAIL_PORT=sink.port, DIGEST_MAIL_TO="a@example.org", MAIL_USER="me", MAIL_PASS="secret")
        assert "secret" not in sent(given)["mail"]
    assert sink.messages == []


def test_starttls_is_demanded_when_it_is_set() -> None:
    with mail_server(STAR="454 not now") as sink:
        result = sent(settings(MAIL_PORT=sink.port, DIGEST_MAIL_TO="a@example.org", MAIL_TLS=True))
    assert result["mail"] != "ok"
    assert sink.messages == []


def test_a_webhook_gets_text_and_digest() -> None:
    bodies: list[bytes] = []

    class Keep(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            lines = list(iter(self.rfile.readline, b"\r\n"))
            size = next(int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length"))
            bodies.extend((lines[0], self.rfile.read(size)))
            self.wfile.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Keep) as server:
        thread = threading.Thread(target=server.handle_request, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}/hook?key=1"
        assert sent(settings(DIGEST_WEBHOOK=address)) == {"webhook": "ok"}
        thread.join()
    assert bodies[0] == b"POST /hook?key=1 HTTP/1.1\r\n"
    content = json.loads(bodies[1])
    assert content["subject"] == "annual-reports: 3 new"
    assert content["digest"] == {"new": ["云岭市教育局"]}


@pytest.mark.parametrize("status", [302, 403, 500])
def test_a_webhook_that_does_not_take_it_is_told_without_its_secret(status: int) -> None:
    with webhook(status) as site:
        result = sent(settings(DIGEST_WEBHOOK=f"{site.url}/hook?key=1"))
        while not site.hits:
            time.sleep(0.01)
        assert site.paths() == ["/hook?key=1"], "a redirect is not followed"
    assert result == {"webhook": f"ValueError: 127.0.0.1 answered {status}"}


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/x", "http:///x", "nonsense", "http://127.0.0.1:99999/"])
def test_a_webhook_that_is_no_web_address_is_told(address: str) -> None:
    assert sent(settings(DIGEST_WEBHOOK=address))["webhook"].startswith("ValueError")


def test_one_way_that_fails_does_not_keep_the_other_back() -> None:
    with mail_server() as sink:
        given = settings(
            MAIL_PORT=sink.port, DIGEST_MAIL_TO="a@example.org", DIGEST_WEBHOOK=f"http://127.0.0.1:{closed_port()}/"
        )
        result = sent(given)
    assert (result["mail"], result["webhook"] != "ok") == ("ok", True)


def test_only_trouble_is_sent_when_that_is_wished() -> None:
    with webhook() as site:
        given = settings(DIGEST_WEBHOOK=f"{site.url}/hook?key=1", DIGEST_ONLY_IN_TROUBLE=True)
        assert sent(given, status=0) == {}
        assert site.hits == []
        assert sent(given, status=3) == {"webhook": "ok"}


def test_the_crawl_sends_and_records_and_never_fails_for_it(tmp_path: Path) -> None:
    pages = {"/nb/": column(("/1.html", TITLE.format("一", ""))), "/1.html": REPORTS[0].read_bytes()}
    with serve({**pages}) as site, mail_server() as sink:
        run = crawl(
            tmp_path,
            f"{site.url}/nb/",
            DIGEST_MAIL_TO="a@example.org",
            MAIL_HOST="127.0.0.1",
            MAIL_PORT=sink.port,
            DIGEST_WEBHOOK=f"http://127.0.0.1:{closed_port()}/",
            DIGEST_TIMEOUT_S=2,
        )
    assert run.code == 0, run.out
    assert "1 new, 0 changed; as expected" in message_from_bytes(sink.messages[0], policy=policy.default)["Subject"]
    assert "The digest did not reach its webhook: ConnectionRefusedError" in run.out
    [[conclusion]] = run.rows("SELECT conclusion FROM runs")
    way = json.loads(conclusion)["sent"]
    assert (way["file"], way["mail"]) == ("ok", "ok")
    assert way["webhook"].startswith("ConnectionRefusedError")
