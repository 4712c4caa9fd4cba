"""Diagnoses whether Meta's webhooks reach us, which Meta, unlike Telegram, does not report.

It compares the number's configured callback address with ours, and watches signatures: with the
app secret of another app every message is refused, and nothing else would show it.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from bot.channels.http.responses import HttpResponse

WRONG_SECRET = "[whatsapp] app_secret is not the app's that delivers"
NOWHERE = "no callback address is set"
ELSEWHERE = "another callback address is set"


class Deliveries:
    """What this process knows of arriving webhooks."""

    def __init__(self, number: str, address: str | None) -> None:
        """``number``: our phone number's id. ``address``: our webhook's address, if it is known."""
        self._number = number.encode()
        self._ours = {address.casefold()} if address else set[str]()
        self._arrived = False
        self._refused = False

    def took(self) -> None:
        """A webhook with our signature arrived."""
        self._arrived, self._refused = True, False

    def refused(self, raw: bytes) -> None:
        """A wrongly signed one arrived. It counts if it names our number's id, which Meta knows."""
        self._refused = self._refused or self._number in raw

    def trouble(self, response: object) -> str | None:
        """Why messages cannot reach us; "" if nothing suggests it; None: unknown.

        ``response``: Graph's, to the request for the number's ``webhook_configuration``.
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
        if self._arrived and address:  # webhooks arrive, so that address also leads here
            self._ours.add(address.casefold())
        self._arrived = False
        if not address:
            return NOWHERE
        return ELSEWHERE if self._ours and address.casefold() not in self._ours else ""


class _Configuration(Struct):
    """Callback addresses; the first that is set applies.

    https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
    """

    phone_number: str | None = None
    whatsapp_business_account: str | None = None
    application: str | None = None


class _Number(Struct):
    webhook_configuration: _Configuration | None = None
