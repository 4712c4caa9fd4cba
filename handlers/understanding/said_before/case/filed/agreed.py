"""The answer to whether words are added to a case: a yes or an order, and what follows it.

What was asked about is added with it, and so is what is told behind it. A yes to words that may
correct the case records them as that; an order to add them does not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords, SettleWords
from handlers.understanding.intents.cases import AskIfOfCase, FileCase
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_of_its_own
from handlers.understanding.reading.clauses import without_asides
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.case.more import agrees

_ENDS = re.compile(
    r"\s*[.,;:!\n]+\s*|\s+(?=(?:y|and|epi|ak|que|because|paske|pero|but|men)\s)", re.IGNORECASE
)
_JOIN = re.compile(r"(?:y|e|and|epi|ak)\s+", re.IGNORECASE)
_OF_PART = {PhraseKind.DROPS_WORDS, PhraseKind.LEAVES_OUT, PhraseKind.KEEPS_ONLY}
_FEWEST_TOLD = 2  # words behind a yes
_COURTEOUS = ("thanks", "done", "goodbye")
_ORDERS = (PhraseKind.ADDS_IT, PhraseKind.ADDS_THIS)


class _Led(NamedTuple):
    """How a text begins, and what stands behind that."""

    yes: bool
    order: bool
    behind: str


def agreed(context: Context) -> Intent | None:
    """ "Sí", "dale, anótalo", "agréguelo, y que manden a alguien", where that was asked."""
    if not _is_asked(context) or context.command == "done" or _is_option(context):
        return None  # LISTO adds nothing that was still asked about
    if context.offers("replace-words") and agrees(context, context.text):
        return SettleWords("replace")
    led = _led(context)
    if not led.yes and not led.order:
        return None
    more = without_asides(led.behind, context.lexicon)
    if not _tells(context, more):
        return SettleWords("join") if led.order or fold(more) else None
    if not led.order and not _may_be_told(context.of(more)):
        return None  # "sí, responde" answers something else that was sent meanwhile
    if not _may_follow(context, more):
        return AskIfOfCase(context.text.strip())
    asks = asks_of_its_own(context.of(more))
    return SettleWords("join", besides=more) if asks else AddWords(more)


def added_to_told(context: Context) -> Intent | None:
    """ "Agréguelo, y que manden a alguien", while a case is told: what stands behind the order.

    What it was asked about is in the case with the next words; an order is no yes to file it.
    """
    filing, led = context.state.filing, _led(context)
    if filing is None or not filing.words or filing.anew or not led.order:
        return None
    if led.yes and context.offers("file"):
        return None
    more = without_asides(led.behind, context.lexicon)
    if not _tells(context, more):
        return SettleWords("join") if filing.doubtful else Act.SKIP
    follows = _may_follow(context, more) and not asks_of_its_own(context.of(more))
    return FileCase(more, "") if follows else None


def without_order(context: Context, text: str) -> str:
    """What stands behind "agréguelo y"; the text itself where it begins with no order."""
    led = _led(context.of(text))
    return led.behind if led.order else text


def orders_to_add(context: Context) -> bool:
    """ "Sí, agréguelo", "agregue eso por favor": and nothing else is said."""
    led = _led(context)
    return led.order and not fold(led.behind) and "?" not in context.text


def _is_asked(context: Context) -> bool:
    follow_up = context.state.follow_up
    asked = follow_up is not None and bool(follow_up.case and follow_up.revision)
    return asked and context.offers("of-case", "replace-words")


def _is_option(context: Context) -> bool:
    """Whether the whole text is what one of the options is called."""
    prompt = context.state.prompt
    return any(context.folded in one.words for one in (prompt.options if prompt else ()))


def _led(context: Context) -> _Led:
    """The yes and the order that begin a text, in whichever order they stand."""
    rest, yes, order = context.text.strip(" .!\n"), False, False
    while rest:
        first, *others = _ENDS.split(rest, maxsplit=1)
        orders = _orders(context, first)
        agrees_here = not orders and _says_yes(context, first)
        if not orders and not agrees_here:
            break
        order, yes = order or orders, yes or agrees_here
        rest = others[0] if others else ""
    return _Led(yes, order, _JOIN.sub("", rest, count=1) if _JOIN.match(rest) else rest)


def _says_yes(context: Context, part: str) -> bool:
    """ "Sí", "ya po", or the number of the option that adds words: "1"."""
    prompt, words = context.state.prompt, fold(part).split()
    numbered = prompt is not None and bool(prompt.numbered) and words[-1:] == ["1"]
    if prompt and numbered and context.lexicon.number.before_option.issuperset(words[:-1]):
        return prompt.options[0].key == "of-case"
    return agrees(context, part)


def _orders(context: Context, part: str) -> bool:
    """Whether a part orders that it be added, and says nothing besides."""
    said, empty = Said(part, context.lexicon), context.lexicon.said_before.round_choice
    ordered = said.covered(*_ORDERS)
    beside = [word for at, word in enumerate(said.words) if at not in ordered]
    yes = (context.commands.get(word) == "yes" or word in empty for word in beside)
    return bool(ordered) and all(yes)


def _tells(context: Context, more: str) -> bool:
    """Whether anything stands behind it but a courtesy: "por favor", "gracias, chao"."""
    empty = context.lexicon.said_before.round_choice
    courteous = context.of(more).command in _COURTEOUS or empty.issuperset(fold(more).split())
    return bool(fold(more)) and not courteous


def _may_be_told(more: Context) -> bool:
    """Whether words behind a bare yes are more than a yes said otherwise: "yes, it does"."""
    few = len(more.said.words) < _FEWEST_TOLD
    return not few and more.heard.main != "confirms"


def _may_follow(context: Context, more: str) -> bool:
    """Whether it is no second thought: "pero sin lo del perro", "no, mejor no"."""
    said = Said(more, context.lexicon)
    denies = context.commands.get(said.words[0]) == "no" if said.words else True
    return not denies and _OF_PART.isdisjoint(said.kinds)
