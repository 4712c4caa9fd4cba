"""What keeps the panel's requests honest: headers, where a form came from, cookies."""

from __future__ import annotations

import hmac
import re
from urllib.parse import urlsplit

from aiohttp import web

from storage.engine.keyring import Keyring

MAX_FORM_BYTES = 64 * 1024  # from whom we do not know
# From those who are signed in: forty criteria, each field full of what takes nine bytes a letter. A
# page that is given too much says at which field.
LONGEST_FORM_BYTES = 512 * 1024
SESSION_COOKIE = "opina_panel"
BROWSER_COOKIE = "opina_entrar"
HOME = "/panel"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    # With "no-referrer" browsers send forms with "Origin: null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}
_OWN_PATH = re.compile(r"/panel(/[A-Za-z0-9_-]+)*(\?[A-Za-z0-9_.=&%+-]*)?")


def is_own_form(request: web.Request) -> bool:
    """Whether one of our own pages sent this form. Browsers set these headers themselves; scripts
    of other pages cannot change them."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.host


def form_token(keyring: Keyring, session_hash: bytes) -> str:
    """What each form of a session carries. ``session_hash``: what the session is known by."""
    return keyring.secret_hash("form", session_hash.hex()).hex()


def is_form_token(expected: str, given: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def own_path(path: str) -> str:
    """A path of the panel to go to after signing in; anything else becomes its first page."""
    return path if _OWN_PATH.fullmatch(path) and len(path) <= 300 else HOME


def set_cookie(
    response: web.StreamResponse, name: str, value: str, base_url: str, max_age_s: int
) -> None:
    """A cookie that no script reads, sent to the panel alone."""
    response.set_cookie(
        name,
        value,
        max_age=max_age_s,
        path=HOME,
        httponly=True,
        samesite="Lax",
        secure=base_url.startswith("https://"),
    )


def drop_cookie(response: web.StreamResponse, name: str) -> None:
    """Have the browser forget a cookie."""
    response.del_cookie(name, path=HOME)
