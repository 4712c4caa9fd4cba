"""The rights over own data."""

from __future__ import annotations

from msgspec import Struct

from handlers.facts.own_data import Right


class AskRight(Struct, frozen=True):
    """Something about own data is wanted: it is asked once more before it is done. ``words`` tell
    what is wrong in it; ``doubted``: it was asked what would become of something."""

    right: Right
    words: str = ""
    doubted: bool = False


class UseRight(Struct, frozen=True):
    """Yes to that."""

    right: Right


class AskWhatIsMeant(Struct, frozen=True):
    """A request about own data that a person decides: in what words is asked for."""

    right: Right


class FileRequest(Struct, frozen=True):
    """The words of such a request."""

    right: Right
    words: str


OwnData = AskRight | UseRight | AskWhatIsMeant | FileRequest
