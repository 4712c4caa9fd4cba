"""An address that somebody gives to be answered at: written alone, or with few words around it."""

from __future__ import annotations

import re

_LONGEST, _LONGEST_NAME = 254, 64  # RFC 5321
_MOST_WORDS = 5  # "mi correo es ana@example.cl, gracias"; more are rather a story
_MEANT = re.compile(r"\S+@\S+")
# What every server takes: letters of other alphabets and quoted names reach few.
_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
    re.IGNORECASE | re.ASCII,
)


def mail_in(text: str) -> str | None:
    """The address; "" for what is meant as one and is none; None: the text gives none."""
    words = text.split()
    meant = [word.strip("<>(),;:.¿?¡!\"'«»") for word in words if _MEANT.search(word)]
    if len(meant) != 1 or len(words) > _MOST_WORDS + 1 or "\n" in text.strip():
        return None
    (address,) = meant
    name, _, domain = address.rpartition("@")
    if len(address) > _LONGEST or len(name) > _LONGEST_NAME or not _ADDRESS.fullmatch(address):
        return ""
    return f"{name}@{domain.lower()}"
