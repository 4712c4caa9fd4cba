"""What asks for nothing, or for nothing that can be seen."""

from __future__ import annotations

from msgspec import Struct

from handlers.messages import MediaFile, MediaKind


class SayCourtesy(Struct, frozen=True):
    """Thanks, a farewell, a question of who is there, or other talk without a request."""

    kind: str


class SendMedia(Struct, frozen=True):
    """Something that cannot be read; what its caption says are intents of its own."""

    kind: MediaKind
    captioned: bool
    file: MediaFile | None = None


class ChooseBeyondList(Struct, frozen=True):
    """A number that the open list does not have."""

    number: int


class StrayNumber(Struct, frozen=True):
    """A number that answers nothing that is open."""

    number: int


Unclear = SayCourtesy | SendMedia | ChooseBeyondList | StrayNumber
