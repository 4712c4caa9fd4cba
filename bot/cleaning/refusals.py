"""Why a file is not kept."""

from __future__ import annotations

from enum import StrEnum

from handlers.errors import OpinaError


class Reason(StrEnum):
    """What citizens are told for; each has its sentence in the wording."""

    LARGE = "large"
    DETAILED = "detailed"  # more pixels, pages or packed content than is opened
    TYPE = "type"
    UNREADABLE = "unreadable"
    LOCKED = "locked"  # with a password
    GONE = "gone"  # its platform does not give it out


class RefusedFile(OpinaError):
    """A file that is not kept."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
