"""How numbers are said in words, in every language that is spoken here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.content.language import Language
from handlers.text.folding import fold
from handlers.text.patterns import either_of, folded_words
from handlers.text.phrases import sound


class NumberWords:
    """Numbers in words, however they are spelt."""

    def __init__(self, spoken: Sequence[Language]) -> None:
        tables = [language.numbers for language in spoken]
        self.values = {fold(word): value for n in tables for word, value in n.words.items()}
        self.articles = folded_words(n.articles for n in tables)
        unlike = either_of({word for n in tables for word in n.unlike.split()})
        self.unlike = re.compile(rf"\b(?:{unlike})\b", re.IGNORECASE)  # of a text as written
        self.heard = {
            word: self.values[word]
            for word in sorted(folded_words(n.heard for n in tables))
            if word in self.values
        }
        self.by_sound = {sound(word)[0]: value for word, value in self.heard.items()}
        self.stems = {fold(stem): value for n in tables for stem, value in n.stems.items()}
        self.ordinals = {fold(word): place for n in tables for word, place in n.ordinals.items()}
        self.before_option = folded_words(n.before_option for n in tables)
        before = either_of(self.before_option)
        after = either_of(fold(text) for n in tables for text in n.after_option)
        # "b", "la 2 por favor", "a pero no repito todo"
        self.option = re.compile(rf"(?:(?:{before}) )*([1-9]|[a-d])(?: (?:{after})\b.*)?")
        self.small = re.compile(
            f"({either_of(self.stems)})(?:{either_of(folded_words(n.diminutives for n in tables))})"
        )
