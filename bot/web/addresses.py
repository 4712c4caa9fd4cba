"""From which address a request comes, also where a reverse proxy stands before the service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import web

Network = IPv4Network | IPv6Network

HEADER = "X-Forwarded-For"
# What one subscriber is given, and can take any address of.
IPV6_PREFIX = 64


def sender_of(request: web.Request, trusted: Sequence[Network]) -> str:
    """The address, or for IPv6 the network, that the request came from.

    ``trusted``: the proxies whose word counts. Each names at the end of the header who spoke to it,
    so the header is read from its end up to the first address that is no proxy's; what stands
    before that may be anything.
    """
    hops = [hop for line in request.headers.getall(HEADER, ()) for hop in line.split(",")]
    return _network(_first_stranger(request.remote or "", reversed(hops), trusted))


def _first_stranger(peer: str, hops: Iterable[str], trusted: Sequence[Network]) -> str:
    address = peer
    for hop in hops:
        known = _parsed(address)
        if known is None or not any(known in network for network in trusted):
            break
        if _parsed(hop) is None:
            break
        address = hop
    return address


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address  # a socket for both kinds tells ::ffff:192.0.2.1


def _network(text: str) -> str:
    address = _parsed(text)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), IPV6_PREFIX), strict=False))
    return str(address or text)
