"""No private address, unless a seed names that host and port.

Two guards, because a check of the name alone can be answered differently at connect time. The middleware refuses
what is written as an address, in any spelling; the resolver drops private addresses from every answer, so that the
address checked is the address connected to. An address counts by what it *is*, never by how it is written.
"""

import socket
import unicodedata
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from types import SimpleNamespace
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from scrapy.settings import BaseSettings
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from typing_extensions import override

from crawler.seeds import endpoint

Address = IPv4Address | IPv6Address

_TUNNELS = tuple(ip_network(net) for net in ("2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "::/96"))
"""6to4, NAT64, Teredo and IPv4-compatible forms: ``ipaddress`` calls several of them global although each carries an
IPv4 address inside."""


class RefusedError(IgnoreRequest):
    """A request that must not be sent; the message is the reason that is recorded."""


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the public internet, where a portal may live."""
    inner = getattr(address, "ipv4_mapped", None)
    if inner is not None:
        return is_public(inner)
    if address.version == 6 and any(address in net for net in _TUNNELS):
        return False
    return address.is_global and not address.is_multicast


def literal_address(host: str) -> Address | None:
    """Give the address a host *is*, when it is written as one: dotted, decimal, hex, octal, short or full-width.

    ``None`` means a name, which only the resolver can judge.
    """
    text = unicodedata.normalize("NFKC", host).replace("。", ".").rstrip(".").partition("%")[0]
    try:
        return ip_address(text)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(text))
    except (OSError, UnicodeEncodeError):
        return None


def allowed_endpoints(settings: BaseSettings) -> frozenset[str]:
    """Give the ``host:port`` pairs that seeds name."""
    return frozenset(settings.getlist("PRIVATE_ADDRESSES_ALLOWED"))


class NetGuardMiddleware:
    """Refuse requests to private addresses before anything else sees them; the first middleware of all."""

    def __init__(self, crawler: Crawler) -> None:
        self._allowed = allowed_endpoints(crawler.settings)
        self._stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware; Scrapy calls this."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise ``RefusedError``; Scrapy calls this for redirects and robots.txt too."""
        reason = self._refusal(request.url)
        if reason:
            self._stats.inc_value("netguard/refused")
            raise RefusedError(reason)

    def _refusal(self, url: str) -> str:
        """Say why a URL is refused, or give an empty string."""
        try:
            parts, where = urlsplit(url), endpoint(url)
        except ValueError as error:
            return f"URL cannot be taken apart: {error}"
        if parts.scheme not in {"http", "https"}:
            return f"scheme {parts.scheme}"
        if where in self._allowed:
            return ""
        address = literal_address(parts.hostname or "")
        if address is None:
            return "private address behind the name" if _is_refused_name(where) else ""
        return "" if is_public(address) else f"private address {address}"


def _is_refused_name(where: str) -> bool:
    """Ask the installed resolver whether it has refused this name, so that retries end at once."""
    from twisted.internet import reactor  # imported this late: importing it at the top would install the wrong one

    resolver = getattr(reactor, "nameResolver", None)
    return isinstance(resolver, GuardedResolver) and where in resolver.refused


class GuardedResolver(CachingHostnameResolver):
    """A name resolver that gives no private addresses, except for the endpoints that seeds name."""

    def __init__(self, reactor: ReactorBase, cache_size: int, allowed: frozenset[str]) -> None:
        super().__init__(reactor, cache_size)
        self._allowed = allowed
        self.refused: set[str] = set()
        """``host:port`` of names that had only private addresses."""

    @classmethod
    @override
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build the resolver; Scrapy calls this with the crawler process, which has the settings."""
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), allowed_endpoints(crawler.settings))

    @override
    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Resolve a name and pass on only the addresses that may be connected to."""
        where = f"{hostName}:{portNumber}"
        receiver = resolutionReceiver if where in self._allowed else _guarded(resolutionReceiver, where, self.refused)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


def _guarded(receiver: Any, where: str, refused: set[str]) -> Any:
    """Wrap a receiver of addresses: only public ones pass, and a name that had only others is remembered."""
    passed: list[bool] = []

    def take(address: Any) -> None:
        found = literal_address(address.host)
        passed.append(found is not None and is_public(found))
        if passed[-1]:
            receiver.addressResolved(address)

    def complete() -> None:
        if passed and not any(passed):
            refused.add(where)
        receiver.resolutionComplete()

    return SimpleNamespace(resolutionBegan=receiver.resolutionBegan, addressResolved=take, resolutionComplete=complete)
