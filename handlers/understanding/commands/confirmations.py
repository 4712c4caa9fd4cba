"""An option of the open question: by its words, by a yes or a no, or heard as one."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec.structs import replace

from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.commands.chosen import key_chosen, key_numbered, names_yes, yes_and_no
from handlers.understanding.context import RECENT, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import SettleWords
from handlers.understanding.intents.cases import FileWithMore
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_of_its_own
from handlers.understanding.options import meaning_of
from handlers.understanding.reading.clauses import without_asides, without_join
from handlers.understanding.said_before.case.filed.agreed import orders_to_add, without_order
from handlers.understanding.said_before.case.more import agrees

_OF_RATING = {PhraseKind.CORRECTS_GRADE, PhraseKind.UNDOES_GRADE, PhraseKind.LOWERS_GRADE}
_FEW_TO_CONFIRM = 5  # words
_MOST_PROTESTING, _MOST_PROTESTS = 12, 3  # words, and parts of the text
# Options that a yes chooses, with what else may stand behind it.
_YES: dict[str, Act | SettleWords] = {
    "accept": Act.ACCEPT_PROPOSAL,
    "file": Act.FILE_CASE,
    "replace-words": SettleWords("replace"),
    "of-case": SettleWords("join"),
}
_AFTER_YES = re.compile(r"\s*[.,;:!\n]+\s*|\s+(?=(?:y|and|e|epi|ak)\s)", re.IGNORECASE)


def typed_option(context: Context) -> Intent | None:
    """An option of the open question, named by its label or by another word for it."""
    prompt = context.state.prompt
    if prompt is None or not context.folded:
        return None
    for option in prompt.options:
        if context.folded in option.words:
            return meaning_of(context, option.key)
    if context.command in ("yes", "no"):
        return _yes_or_no(context)
    if prompt.offers("file") and context.said.is_only(PhraseKind.FILES_CASE):
        return meaning_of(context, "file")  # "ingréselo no más" is no "no"
    if key := key_numbered(context):
        return meaning_of(context, key)
    if context.command is None and (key := key_chosen(_without_reproach(context))):
        return meaning_of(context, key)
    if context.command == "ask" and prompt.offers("not-comment"):
        return meaning_of(context, "not-comment")
    return None


def _without_reproach(context: Context) -> Context:
    """ "Agréguelo pues, para eso lo escribí": what is chosen, without what is said of it."""
    left = without_asides(context.text, context.lexicon)
    return context.of(left) if left not in ("", context.text) else context


def summary_confirmed(context: Context) -> Intent | None:
    """ "Ya, sí, correcto", "mándelo" to the summary of a case: no words of it."""
    prompt, heard = context.state.prompt, context.heard
    if prompt is None or not prompt.offers("file") or "?" in context.text:
        return None
    few = len(context.said.words) <= _FEW_TO_CONFIRM
    if not few or heard.main != "confirms" or not heard.surely("confirms"):
        return None
    parts = _AFTER_YES.split(context.text.strip(" .!"))
    return meaning_of(context, "file") if all(agrees(context, part) for part in parts) else None


def yes_with_more(context: Context) -> Intent | None:
    """ "Sí. ¿Y si no contestan?" to the summary of a case: a yes, and words that belong to it."""
    behind = _behind_yes(context) if context.offers("file") else ""
    if not behind or PhraseKind.WANTS_PERSON in context.said.kinds:
        return None
    if context.lexicon.said_before.not_so.match(fold(behind)):
        return None
    if _says_yes(context, behind) or orders_to_add(context.of(behind)):
        return Act.FILE_CASE  # "sí, el 1", "sí, agréguelo" add nothing
    behind = without_order(context, behind)
    more = without_asides(behind, context.lexicon)
    tells = len(fold(more).split()) > 1  # "1. y por qué me mandó eso? jaja"
    return FileWithMore(more) if tells or more == behind else Act.FILE_CASE


def _behind_yes(context: Context) -> str:
    """What stands behind "sí", "sí, ingréselo."; "" where nothing does, or no yes begins it."""
    text = context.text.strip()
    first, *others = _AFTER_YES.split(text, maxsplit=1)
    if not others or not _says_yes(context, first):
        return ""
    behind = others[0]
    while (parts := _AFTER_YES.split(behind, maxsplit=1))[1:] and agrees(context, parts[0]):
        behind = parts[1]
    return behind if fold(behind) else ""


def _says_yes(context: Context, text: str) -> bool:
    """ "Sí", "ya po", or the number of the option that files a case: "1", "el 1"."""
    prompt, words = context.state.prompt, fold(text).split()
    numbered = prompt is not None and bool(prompt.numbered) and words[-1:] == ["1"]
    if prompt and numbered and context.lexicon.number.before_option.issuperset(words[:-1]):
        return prompt.options[0].key == "file"
    return context.commands.get(fold(text)) == "yes" or agrees(context, text)


def yes_and_rating(context: Context) -> Context | None:
    """The "cámbieme la nota a 2" of "sí, y cámbieme la nota a 2" to the summary of a case, read as
    if none were told: it is of a rating on record, and no word of the case."""
    if not context.offers("file"):
        return None
    behind = without_join(_behind_yes(context), context.lexicon)
    read = context.of(behind)
    names = context.lexicon.said_before.names_grade.search(read.folded) is not None
    changes = bool(read.numbers) or not _OF_RATING.isdisjoint(read.said.kinds)
    if not names or not changes:
        return None
    state = replace(read.state, filing=None, prompt=None)
    return Context(read.incoming, state, read.known, read.release, read.at).of(behind)


class YesAndQuestion(NamedTuple):
    """A yes to what is open, and what is asked behind it, once that is done."""

    yes: Act | SettleWords
    asked: Context


def yes_and_question(context: Context) -> YesAndQuestion | None:
    """ "Sí. ¿Y se paga con tarjeta?" to "¿Le pongo un 2 a Tránsito?", "¿Lo ingreso?", or whether
    words are a correction of a case."""
    yes = next((meant for key, meant in _YES.items() if context.offers(key)), None)
    if yes is None or (context.offers("case-area") and yes is not Act.FILE_CASE):
        return None  # what to do with words of a case is no yes or no
    behind = _behind_yes(context)
    if not behind or not without_asides(behind, context.lexicon):
        return None
    asked = context.of(behind, answered=yes is not Act.FILE_CASE)  # it is asked of the case
    return YesAndQuestion(yes, asked) if _asks(yes, asked) and not asked.numbers else None


def _asks(yes: Act | SettleWords, asked: Context) -> bool:
    """Whether what stands behind a yes is a question, and no words of the case."""
    if yes is not Act.FILE_CASE:
        return "?" in asked.text or asked.said.asks
    # "¿Y si no contestan?" is told at once, and left to those who answer; "sí, pero …" is no yes.
    asks = asks_of_its_own(asked) and PhraseKind.ASKS_IF_LATE not in asked.said.kinds
    return asks and asked.lexicon.contrast.isdisjoint(asked.said.words[:1])


def yes_after_all(context: Context) -> Act | None:
    """ "Mejor sí", "ya, hágalo", after a no."""
    declined, heard, words = context.state.declined, context.heard, context.answering
    if declined is None or context.at - declined.prompt.asked_at > RECENT:
        return None
    if "?" in context.text or not 0 < len(words) <= _FEW_TO_CONFIRM:
        return None
    confirms = heard.main == "confirms" and heard.likely("confirms")
    says_yes = any(context.commands.get(word) == "yes" for word in words)
    denies = not context.lexicon.negators.isdisjoint(words)
    plain = context.command == "yes" or (confirms and says_yes)
    return Act.OFFER_AGAIN if plain and not denies else None


def yes_protested(context: Context) -> Act | None:
    """ "¿Cómo que no? Le dije que sí, borre", where a yes was taken for a no: it is asked again."""
    declined, parts = context.state.declined, context.said.parts
    if declined is None or context.at - declined.prompt.asked_at > RECENT or not parts:
        return None
    last = context.of(parts[-1])
    if len(context.said.words) > _MOST_PROTESTING or len(parts) > _MOST_PROTESTS:
        return None
    if not context.lexicon.negators.isdisjoint(last.answering):
        return None
    says_yes = any(context.commands.get(word) == "yes" for word in last.answering)
    protests = len(parts) > 1 or PhraseKind.SAID_ALREADY in last.said.kinds
    called = names_yes(last, declined.prompt.options)
    return Act.OFFER_AGAIN if protests and (says_yes or called) else None


def _yes_or_no(context: Context) -> Intent | None:
    """The option that yes or no chooses, where the open question has one that stands for it."""
    if context.offers("of-data") and context.command == "no":  # what CORREGIR asked for
        return meaning_of(context, "of-data")
    if context.offers("of-case"):  # whether words belong to a case
        return SettleWords("join" if context.command == "yes" else "drop")
    yes, no = yes_and_no(context)
    if context.command == "no" and no:
        declines = no.startswith("unsolved") and context.heard.likely("thanks")
        return SayCourtesy("thanks") if declines else meaning_of(context, no)  # "no, gracias"
    return meaning_of(context, yes) if yes and context.command == "yes" else None
