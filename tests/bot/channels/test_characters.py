"""Every character that a platform may send is answered and nothing is quarantined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.characters import storable, storable_text
from handlers.messages import Channel, Edited, Incoming, Media, MediaKind, Press, Start, Text
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from tests.bot.one_process import FakeChannel, opened

ODD = [chr(code) for code in (*range(32), *range(0x7F, 0xA1), 0xAD, 0x115F, 0x3164, 0x2800)]
ODD += [*"\u061c\u200b\u200d\u200e\u202e\u2028\u2066\ufe0f\ufeff\ufffc\ufffd\ufffe\uffff"]
ODD += ["\ud800", "\udc00", "\U0001f1e8\U0001f1f1", "\U000e0041", "\U0010ffff", "❶", "⁷", "৭", "꘦"]


@given(st.text(st.characters(codec=None, exclude_categories=[])))
def test_what_is_left_can_be_stored_anywhere(text: str) -> None:
    left = storable_text(text)
    left.encode()
    assert "\0" not in left
    assert storable_text(left) == left
    assert storable(Text(text)).text == left


def test_every_field_of_an_event_is_cleaned() -> None:
    from tests.storage.scene import WEDNESDAY, sender

    bodies = [
        Text("a\0"),
        Press("a\0", 1),
        Start("a\0"),
        Media(MediaKind.PHOTO, "a\0"),
        Edited("a\0"),
    ]
    for body in bodies:
        dirty = Incoming("i\0", sender("1\0"), body, WEDNESDAY, "q\0", "e\0")
        assert "\0" not in repr(storable(dirty)).replace("\\x00", "\0")


async def test_every_odd_character_is_answered_at_every_question(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.TELEGRAM)
    before = {
        "lookup": (),
        "area": ("quiero poner nota",),
        "grade": ("quiero poner nota", "transito"),
        "comment": ("quiero poner nota", "transito", "6"),
        "reason": ("quiero poner nota", "transito", "2"),
        "case": ("reclamo: hay un hoyo en la calle", "saltar", "sí"),
    }
    async with opened(database, keyring, release, [channel]) as process:
        events = []
        for place, said in before.items():
            for number, odd in enumerate(ODD):
                who = f"{place}-{number}"
                events += [process.event(text, who=who) for text in (*said, odd, f"hoy {odd} 7")]
        for start in range(0, len(events), 200):
            await process.intake.submit(events[start : start + 200])
        assert process.counted("quarantined") == 0
        (left,) = await process.rows("SELECT count(*) FROM quarantine")
        assert left == (0,)
        (silent,) = await process.rows(
            "SELECT count(*) FROM conversations v WHERE NOT EXISTS "
            "(SELECT 1 FROM outbox o WHERE o.contact_id = v.contact_id)"
        )
        assert silent == (0,)


@pytest.mark.parametrize(
    "body", [Press("g:7\0", 1), Start("J8\x007fHE"), Media(MediaKind.PHOTO, "\0")]
)
async def test_other_events_with_such_characters_are_answered_too(
    database: Database, keyring: Keyring, release: Release, body: Press | Start | Media
) -> None:
    channel = FakeChannel(Channel.TELEGRAM)
    async with opened(database, keyring, release, [channel]) as process:
        await process.intake.submit([process.event(body)])
        assert process.counted("quarantined") == 0
