"""The words of one language that are proper to a kind of danger."""

from __future__ import annotations

from pydantic import Field, model_validator

from handlers.content.fields import StrictModel, Words, check_phrases


class Dangers(StrictModel):
    """dangers.toml: what is spoken of when there is danger, by act; ``word*``: any ending."""

    words: dict[str, Words] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _readable(self) -> Dangers:
        for act, words in self.words.items():
            check_phrases(act, tuple(words.split()), {})
        return self
