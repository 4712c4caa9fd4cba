"""What the clauses of an answer about a card say of it, one after the other."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from handlers.listening.listener import SURE
from handlers.text.folding import fold, undoubled
from handlers.text.kinds import PhraseKind
from handlers.text.turn_cache import CONTEXTS, turn_cached
from handlers.understanding.context import Context
from handlers.understanding.reading.said import Said

CLAUSES = re.compile(r"[.,;:!¡¿\n…]+")
VALUES = ("yes", "no", "partly")
_VALUE_OF = {"confirms": "yes", "denies": "no", "partly": "partly"}
MOST_OF_NO = 2  # words of a no: "no, gracias"
_FEW_WORDS = 3
_BY_PHRASE = {
    PhraseKind.HELPED_PARTLY: "partly",
    PhraseKind.NOT_HELPED: "no",
    PhraseKind.HELPED: "yes",
    PhraseKind.SAYS_IT_HELPS: "yes",
}
TELLS_OF_HELP = _BY_PHRASE.keys()


class Clauses(NamedTuple):
    """What is said in turn: ``values`` of those clauses that say one of ``VALUES``."""

    values: tuple[str, ...]
    behind: str  # folded, behind the last "but" or second thought; "" where there is none
    thinks_again: bool  # something takes back what was said before it: "en realidad"
    ends_in_answer: bool  # the last clause says one of them

    @property
    def turned(self) -> str:
        """The last answer, where one before it was another: "no. Ah, pera, sí"; else ""."""
        changed = any(before != after for before, after in pairwise(self.values))
        return self.values[-1] if changed else ""

    @property
    def turned_once(self) -> bool:
        """Whether it is "no, sí", and neither "no, sí, no" nor the same throughout."""
        return sum(before != after for before, after in pairwise(self.values)) == 1

    @property
    def changed(self) -> str:
        """The last answer, where what goes before it is taken back: "sí... en realidad no"."""
        return self.turned if self.thinks_again else ""


@turn_cached(CONTEXTS)
def clauses(context: Context) -> Clauses:
    """The clauses of the text; a "but", or words of second thoughts, also begin one."""
    said_before = context.lexicon.said_before
    parts, behind, thinks_again = [], "", False
    for said in map(fold, CLAUSES.split(context.text)):
        folded, at = (
            said_before.nothing_more.sub("", said),
            0,
        )  # "no, si quedó claro, no se preocupe"
        for turn in said_before.turns.finditer(folded):
            parts.append(folded[at : turn.start()].strip())
            at = turn.end()
            rest = folded[at:].strip()
            behind = rest or behind
            thinks_again = thinks_again or said_before.rethinks.fullmatch(turn[0]) is not None
        parts.append(folded[at:].strip())
    parts = [part for part in parts if part and not said_before.answered_before.search(part)]
    values = [_value(context, part) for part in parts]
    return Clauses(tuple(filter(None, values)), behind, thinks_again, bool(values and values[-1]))


def _value(context: Context, part: str) -> str:
    """What one clause says; "" for nothing of the card."""
    said_before = context.lexicon.said_before
    said = Said(undoubled(part), context.lexicon)
    words = said.words
    for kind, value in _BY_PHRASE.items():
        covered = said.covered(kind)
        others = [word for at, word in enumerate(words) if at not in covered]
        if covered and (value != "yes" or context.lexicon.negators.isdisjoint(others)):
            return value
    heard = context.release.listener.hear(part)
    few = len(words) <= _FEW_WORDS
    for word in (" ".join(words), words[-1]):
        if (command := context.commands.get(word)) in ("yes", "no"):
            return str(command)
    first = context.commands.get(words[0])  # "no había leído bien" denies nothing
    if first == "no" and len(words) <= MOST_OF_NO:
        return "no"
    if first == "yes" and (few or heard.likely("confirms")):
        return "yes"
    if few and said_before.yes.match(said.folded) is not None:
        return "yes"
    return _VALUE_OF.get(heard.main, "") if heard.best(tuple(_VALUE_OF), SURE) else ""
