"""Who sent a request, behind any number of proxies, even if the sender lies."""

from __future__ import annotations

from ipaddress import ip_network
from unittest.mock import Mock

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from bot.web.addresses import sender_of

TRUSTED = [ip_network(one) for one in ("127.0.0.1", "::1", "10.0.0.0/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "sender"),
    [
        ("198.51.100.1", [], "198.51.100.1"),
        ("198.51.100.1", ["192.0.2.1"], "198.51.100.1"),
        ("127.0.0.1", ["192.0.2.1"], "192.0.2.1"),
        ("::ffff:127.0.0.1", ["192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["203.0.113.9, 192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["203.0.113.9", " 192.0.2.1 "], "192.0.2.1"),
        ("127.0.0.1", ["192.0.2.1, 10.1.2.3"], "192.0.2.1"),
        ("127.0.0.1", ["junk, 10.1.2.3"], "10.1.2.3"),
        ("127.0.0.1", ["192.0.2.1, "], "127.0.0.1"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["10.0.0.1"], "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
        ("::1", ["2001:db8:1:2::9"], "2001:db8:1:2::/64"),
        ("", ["192.0.2.1"], ""),
    ],
)
def test_only_what_trusted_proxies_say_is_believed(
    peer: str, forwarded: list[str], sender: str
) -> None:
    headers = CIMultiDict([("X-Forwarded-For", line) for line in forwarded])
    transport = Mock(get_extra_info=Mock(return_value=(peer, 1)))
    request = make_mocked_request("GET", "/", headers, transport=transport)
    assert sender_of(request, TRUSTED) == sender
