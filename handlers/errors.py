"""All of the project's errors, in one tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.needs import Need


class OpinaError(Exception):
    """The base of every error that this project raises."""


class OperatorError(OpinaError):
    """A mistake in configuration, content or a command: shown as one line, exit code 2."""


class SubstitutesInCircle(OperatorError):
    """An absence would make people who are away substitute for one another."""


class ContentError(OperatorError):
    """The content folder is invalid; lists every problem found, one per line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class StorageUnavailable(OpinaError):
    """The database cannot be used now. Nothing was acknowledged; retry later."""


class StorageFull(StorageUnavailable):
    """The database's disk is full: nothing is written until somebody makes room."""


class StorageRefused(StorageUnavailable):
    """The database refuses the log-in or a permission; the message says how to mend it."""


class Overloaded(OpinaError):
    """The intake's queue is full; answer 503 with Retry-After."""


class PlatformUnready(OpinaError):
    """A platform did not answer as expected. ``after_s``: when to retry; 0 if it did not say."""

    def __init__(self, platform: str, code: str, after_s: float = 0.0) -> None:
        super().__init__(f"{platform}: {code}")
        self.after_s = after_s


class Needed(OpinaError):
    """A turn needs something that is not loaded; ``step`` returns the need to its caller."""

    def __init__(self, need: Need) -> None:
        super().__init__(type(need).__name__)
        self.need = need


class StorageDamaged(StorageUnavailable):
    """The database's file is damaged; retrying does not help."""
