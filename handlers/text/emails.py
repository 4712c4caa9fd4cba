"""The syntax of e-mail addresses, as far as it can be checked without writing to them."""

from __future__ import annotations

import re

EMAIL = r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+"
SENDER = r"^([^<>]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$"
"""With or without a name; on one's own network a server may have a name without a dot."""
_EMAIL = re.compile(EMAIL)


def is_email(text: str) -> bool:
    """Whether the text is exactly one address."""
    return _EMAIL.fullmatch(text) is not None
