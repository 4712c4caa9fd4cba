"""The project's errors: one tree, each answered somewhere on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.needs import Need


class OpinaError(Exception):
    """Root of every error that this project raises on purpose."""


class OperatorError(OpinaError):
    """A mistake in configuration, content or a command; shown as one line, exit code 2."""


class SubstitutesInCircle(OperatorError):
    """People who are away would stand in for one another."""


class ContentError(OperatorError):
    """The content folder is invalid; carries every problem found, one a line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class StorageUnavailable(OpinaError):
    """The database cannot be written now; nothing was acknowledged, try again later."""


class StorageFull(StorageUnavailable):
    """The database's disk takes no more: nothing is written until somebody makes room."""


class StorageRefused(StorageUnavailable):
    """The database does not let us in, or not do what we need; its words say how to mend it."""


class Overloaded(OpinaError):
    """The intake's queue is full; answer 503 with Retry-After."""


class PlatformUnready(OpinaError):
    """A platform does not answer as it should now. ``after_s``: when to try again; 0: not said."""

    def __init__(self, platform: str, code: str, after_s: float = 0.0) -> None:
        super().__init__(f"{platform}: {code}")
        self.after_s = after_s


class Needed(OpinaError):
    """A turn needs more than was loaded; ``step`` hands the need to its caller."""

    def __init__(self, need: Need) -> None:
        super().__init__(type(need).__name__)
        self.need = need


class StorageDamaged(StorageUnavailable):
    """What the database's file holds is no longer a database: waiting mends nothing."""
