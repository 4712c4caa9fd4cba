"""Whether Meta's webhooks reach us. It offers no report of failures, as Telegram does.

So it is told from what can be seen: where the number's messages are sent, and how those that came
were signed. A secret of another app refuses every message, and nothing else would show it.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from bot.channels.responses import HttpResponse

WRONG_SECRET = "[whatsapp] app_secret is not the app's that delivers"
NOWHERE = "no callback address is set"
ELSEWHERE = "another callback address is set"


class Deliveries:
    """What has come, in this process."""

    def __init__(self, number: str, address: str | None) -> None:
        """``number``: the id of ours. ``address``: where we are to be found, if that is known."""
        self._number = number.encode()
        self._ours = {address.casefold()} if address else set[str]()
        self._arrived = False
        self._refused = False

    def took(self) -> None:
        """One was signed with our secret."""
        self._arrived, self._refused = True, False

    def refused(self, raw: bytes) -> None:
        """One was not. Only Meta knows our number's id: what strangers forge does not count."""
        self._refused = self._refused or self._number in raw

    def trouble(self, response: object) -> str | None:
        """Why messages cannot reach us, "" where nothing says so; None: unknown.

        ``response``: to the question for the number's ``webhook_configuration``.
        """
        if self._refused:
            return WRONG_SECRET
        if not isinstance(response, HttpResponse) or response.status != 200:
            return None
        try:
            known = msgspec.json.decode(response.body, type=_Number).webhook_configuration
        except (ValueError, RecursionError):
            return None
        if known is None:
            return ""
        address = known.phone_number or known.whatsapp_business_account or known.application or ""
        if self._arrived and address:  # then that one leads here too under another name
            self._ours.add(address.casefold())
        self._arrived = False
        if not address:
            return NOWHERE
        return ELSEWHERE if self._ours and address.casefold() not in self._ours else ""


class _Configuration(Struct):
    """The first that there is holds.
    https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
    """

    phone_number: str | None = None
    whatsapp_business_account: str | None = None
    application: str | None = None


class _Number(Struct):
    webhook_configuration: _Configuration | None = None
