"""How people read the labels of a numbered list: they look for a name."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"^\d+\. ")


def unnumbered(label: str) -> str:
    """The label without the number that it stands behind."""
    return _NUMBER.sub("", label)
