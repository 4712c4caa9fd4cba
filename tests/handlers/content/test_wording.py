"""Sentences: what others wrote stands in them without acting on what stands round it."""

from __future__ import annotations

from handlers.release import Release

ROUND = "\u202e\u2066\u200f"


def test_no_word_of_a_citizen_turns_a_sentence_round(release: Release) -> None:
    for wording in release.wordings.values():
        notice = wording.say(
            "case-notice", number="LS-1", kind="reclamo", area="Aseo", words=f"mal {ROUND}olor"
        )
        assert "mal olor" in notice
        assert not set(ROUND) & set(notice)
        mine = wording.say("my-data-comment", area="Aseo", words=f"mal {ROUND}olor")
        assert not set(ROUND) & set(mine)
