"""A conversation is stored between two messages, under names that stay when fields are renamed."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from handlers.facts.responses import Subject
from handlers.state import Conversation, FollowUp, Progress
from handlers.stored_state import from_bytes, to_bytes

MONDAY = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
TRANSITO = {"area": "transito"}
GRADE = {"response": 7, "questionnaire": "atencion", "version": 1, "subject": TRANSITO}
STORED = {
    "seq": 4,
    "noticed": True,
    "run": {**GRADE, "question": "grade", "noticed": True, "words": "bien"},
    "paused": [{**GRADE, "question": "reason"}],
    "joining": {"until": MONDAY, "bubbles": ["una", "dos"], "response": 7},
}


def test_a_conversation_stored_under_its_first_names_is_read() -> None:
    found = from_bytes(msgspec.msgpack.encode(STORED))
    about = Subject(area="transito")
    assert found == Conversation(
        seq=4,
        notice_shown=True,
        progress=Progress(7, "atencion", 1, about, "grade", words="bien", area_guessed=True),
        paused=(Progress(7, "atencion", 1, about, "reason"),),
        follow_up=FollowUp(MONDAY, ("una", "dos"), response=7),
    )


def test_a_conversation_is_stored_under_its_first_names() -> None:
    stored = msgspec.msgpack.decode(to_bytes(from_bytes(msgspec.msgpack.encode(STORED))))
    assert stored.keys() >= STORED.keys()
    assert stored["run"]["noticed"]
    assert stored["joining"]["bubbles"] == ["una", "dos"]
