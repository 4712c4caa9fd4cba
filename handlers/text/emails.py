"""What an e-mail address looks like, as far as one can tell without writing to it."""

from __future__ import annotations

import re

EMAIL = r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+"
SENDER = r"^([^<>]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$"
"""With or without a name; on one's own network a server may have a name without a dot."""
_EMAIL = re.compile(EMAIL)


def is_email(text: str) -> bool:
    """Whether it is one address and nothing beside it."""
    return _EMAIL.fullmatch(text) is not None
