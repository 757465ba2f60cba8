"""Every setting that safety or manners rest on, as Scrapy really sees it."""

import os
from importlib import reload
from typing import Any
from unittest import mock

import pytest
from scrapy.settings import Settings

import crawler.settings as ours

EXPECTED: dict[str, Any] = {
    "ROBOTSTXT_OBEY": True,
    "COOKIES_ENABLED": False,
    "REFERER_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "DOWNLOAD_MAXSIZE": 32 * 1024 * 1024,
    "ATTACHMENT_MAXSIZE": 64 * 1024 * 1024,
    "DOWNLOAD_WARNSIZE": 8 * 1024 * 1024,
    "DOWNLOAD_TIMEOUT": 60,
    "DOWNLOAD_FAIL_ON_DATALOSS": True,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 3.0,
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
    "RETRY_TIMES": 2,
    "REDIRECT_MAX_TIMES": 5,
    "REDIRECT_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "DEPTH_LIMIT": 6,
    "URLLENGTH_LIMIT": 2083,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "RELAXED_TLS_HOSTS": [],
    "HTTPPROXY_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "JOBDIR": None,
    "DATA_DIR": "data",
    "COMMANDS_MODULE": "crawler.commands",
    "TWISTED_DNS_RESOLVER": "crawler.manners.netguard.GuardedResolver",
    "PRIVATE_ADDRESSES_ALLOWED": [],
}


@pytest.fixture(scope="module")
def settings() -> Settings:
    found = Settings()
    found.setmodule(ours, priority="project")
    return found


@pytest.mark.parametrize(("name", "value"), EXPECTED.items())
def test_setting(settings: Settings, name: str, value: object) -> None:
    assert settings[name] == value


@pytest.mark.parametrize("scheme", ["file", "data", "ftp", "s3"])
def test_only_http_can_be_opened(settings: Settings, scheme: str) -> None:
    assert settings.getwithbase("DOWNLOAD_HANDLERS")[scheme] is None


def test_limits_are_set(settings: Settings) -> None:
    assert 0 < settings.getint("CLOSESPIDER_TIMEOUT") <= 12 * 3600
    assert settings.getint("MEMUSAGE_LIMIT_MB") > 0
    assert settings.getint("MAX_PAGES_PER_SEED") > 0


def test_the_user_agent_has_a_contact() -> None:
    with mock.patch.dict(os.environ, {"CONTACT": "webmaster@example.org"}):
        source = Settings()
        source.setmodule(reload(ours))
    assert "contact: webmaster@example.org" in source["USER_AGENT"]
    reload(ours)
    assert "contact: " in ours.USER_AGENT


def test_the_loop_is_the_fast_one_where_it_is_installed() -> None:
    assert ours.ASYNCIO_EVENT_LOOP == "uvloop.Loop"
    with mock.patch("importlib.util.find_spec", return_value=None):
        reload(ours)
    assert ours.ASYNCIO_EVENT_LOOP is None
    reload(ours)
