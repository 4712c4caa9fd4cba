"""Which option of the open question is meant in words around it.

A yes or a no, also with the verb of the question ("sí, retírelo"), the name or the place of an
option, or none of them. Whatever asks a yes or a no, or lists something to choose from, is read
here, so that no question needs words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from handlers.messages import Option
from handlers.state import Awaits
from handlers.text.folding import fold, undoubled
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.reading.no_grades import PARTS

_YES = (  # of several that are offered, the one that is offered first
    *("replace-words", "drop-words", "move", "answer-again", "measure-write"),
    *(
        "yes",
        "accept",
        "danger",
        "withdraw",
        "file",
        "leave-case",
        "undo",
        "offer",
        "change",
        "other",
    ),
    *("erase", "access-yes", "object-yes", "block-yes", "port-yes", "consent-yes", "solved"),
)
_NO = (
    *("no", "reject", "as-comment", "no-danger", "keep-case", "not-file", "not-answer-again"),
    *("keep-rating", "measure-search", "join-words", "keep-words", "not-now", "keep"),
    *("not-erase", "not-right", "none", "unsolved"),
)
_HAS_OWN_READER = ("accept", "danger", "offer")  # a grade, a danger: more than a yes may be meant
_OF_LIST = ("card", "area", "case-for", "q")  # options that are called by the name of a thing
_FEW_WORDS = 7
_FEWEST_OF_MENU = 4  # options, of which more than a yes and a no may be meant
_NUMBERED = re.compile(r"(\d)(\s*[.):-](?!\d)\s*|\s*,\s*|\s+)(\D.*)", re.DOTALL)
_FEWEST_ALIKE, _MOST_ENDING = 3, 5  # letters that begin two forms of a verb, and that end them
_CHANGED = (("ue", "o"), ("ie", "e"))  # "muestre" is of "mostrar"


def yes_and_no(context: Context) -> tuple[str, str]:
    """The options that stand for yes and no; "" for none. A list asks no yes."""
    prompt = context.state.prompt
    yes = no = yes_before_no = ""
    for option in prompt.options if prompt else ():
        kind = option.key.partition(":")[0]
        if kind in _NO:
            no, yes_before_no = option.key, yes
        elif kind in _YES:
            yes = yes or option.key
    return yes_before_no, no


def key_chosen(context: Context) -> str:
    """The option that few words choose; "" where they tell anything besides."""
    prompt, words = context.state.prompt, context.answering
    if prompt is None or not words or len(words) > _FEW_WORDS or "?" in context.text:
        return ""
    if prompt.awaits is Awaits.ANSWER:
        return _card_beside(context)
    if prompt.offers(*_HAS_OWN_READER):
        return ""
    said = {context.commands.get(word) for word in words}
    if next((option.key for option in prompt.options), "") == "undo" and _keeps_rating(context):
        return yes_and_no(context)[1]
    unsure = context.said.is_only(PhraseKind.CANNOT_TELL)  # "no estoy segura" is no yes
    denies = unsure or "no" in said or not context.lexicon.negators.isdisjoint(words)
    told = [] if unsure else _telling(context, words)
    if prompt.offers("none") and told and context.lexicon.said_before.none_of.issuperset(told):
        return "none"
    chosen = _refused(context, told) if denies else _agreed(context, told, yes="yes" in said)
    chosen = chosen or ("" if denies else _ordered(context, told))
    lists = prompt.numbered and not denies and "yes" not in said
    return chosen or (_named(context, told) if lists and told else "")


def _keeps_rating(context: Context) -> bool:
    """ "Déjela así", "no, déjela mejor", "nooo, la nota no", where it is asked whether it goes."""
    said, first = context.said, undoubled(context.said.words[0])
    if said.is_only(PhraseKind.KEEPS_GRADE):
        return True
    of_else = (PhraseKind.UNDOES_GRADE, PhraseKind.NAMES_COMMENT)
    return context.commands.get(first) == "no" and said.kinds.keys().isdisjoint(of_else)


def _card_beside(context: Context) -> str:
    """ "El convenio, eso": the one card offered beside the question, not the one shown."""
    prompt, told = context.state.prompt, _telling(context, context.answering)
    told = [word for word in told if word not in context.lexicon.place_fillers]
    shown = context.release.content.service_by_id.get(context.state.topic)
    if prompt is None or not told or shown is None:
        return ""
    if _fits(told, _telling(context, fold(shown.short_name).split())):
        return ""
    cards = [option for option in prompt.options if option.key.startswith("card:")]
    found = [one.key for one in cards if _fits(told, _telling(context, fold(one.label).split()))]
    return found[0] if len(found) == 1 else ""


def names_yes(context: Context, options: Collection[Option]) -> bool:
    """Whether words say the verb of the option that stands for yes: "le dije que borrara"."""
    option = next((one for one in options if one.key.partition(":")[0] in _YES), None)
    label = _telling(context, _words_of(option)) if option is not None else []
    return any(_fits([word], label) for word in _telling(context, context.answering))


def key_numbered(context: Context) -> str:
    """The option of "3 no ingresar", "2. otra área", "el 1, agréguelo"; at a summary also of
    "3. que no me ayudan"."""
    prompt, text = context.state.prompt, context.text.strip()
    if prompt is not None and fold(text.partition(" ")[0]) in context.lexicon.number.before_option:
        text = text.partition(" ")[2].strip()
    found = _NUMBERED.fullmatch(text)
    if prompt is None or found is None or not 1 <= int(found[1]) <= prompt.numbered:
        return ""
    option, words = prompt.options[int(found[1]) - 1], fold(found[3]).split()
    if prompt.offers("file") and found[2].strip(" ,") and option.key != "file":
        return option.key
    label, negators = _words_of(option), context.lexicon.negators
    if "?" in context.text or negators.isdisjoint(words) != negators.isdisjoint(label):
        return ""
    told = _telling(context, words)
    return option.key if words and (not told or _fits(told, _telling(context, label))) else ""


def _refused(context: Context, told: list[str]) -> str:
    """ "No, esa no", "no lo retire", "no, déjelo"; a yes beside it is neither.

    While a case is told, "no más" may as well end it: there the verb must be said.
    """
    (yes, no), prompt = yes_and_no(context), context.state.prompt
    rather = told and PhraseKind.RATHER in context.said.kinds  # "no, mejor borre todo"
    if rather and (_is_called(context, yes, told) or not _is_called(context, no, told)):
        return ""
    if any(context.commands.get(word) == "yes" for word in context.answering):
        return ""
    bare = not told and prompt is not None and prompt.awaits_option
    named = _is_called(context, yes, told) or _is_called(context, no, told)
    return no if yes and (bare or named) else ""


def _agreed(context: Context, told: list[str], *, yes: bool) -> str:
    """ "Sí, ahora sí", "sí, retírelo", "muéstrelos"; "déjelo" keeps what would be taken away."""
    asked, otherwise = yes_and_no(context)
    if asked and ((yes and not told) or _is_called(context, asked, told)):
        return asked
    return otherwise if asked and not yes and _is_called(context, otherwise, told) else ""


def _ordered(context: Context, told: list[str]) -> str:
    """ "Agréguelo", "cambie mi nota": the one option of a menu that begins with this verb."""
    prompt = context.state.prompt
    if PhraseKind.KEEPS_GRADE in context.said.kinds:
        return ""  # "déjela así" leaves no complaint
    options = (
        prompt.options if prompt is not None and len(prompt.options) >= _FEWEST_OF_MENU else ()
    )
    labels = [(one.key, _telling(context, _words_of(one))) for one in options]
    found = [
        key
        for key, label in labels
        if told and label and _is_alike(told[0], label[0]) and _fits(told, label)
    ]
    return found[0] if len(found) == 1 else ""


def _named(context: Context, told: list[str]) -> str:
    """ "La del permiso de circulación": the one option of the list that is called so."""
    prompt = context.state.prompt
    options = prompt.options[: prompt.numbered] if prompt else ()
    in_turn = context.lexicon.said_before.in_turn
    points = context.folded.split()[0] in context.lexicon.number.before_option
    points = points or not in_turn.isdisjoint(told)
    told = [word for word in told if word not in in_turn]
    found = [
        option.key
        for option in options
        if (points or option.key.partition(":")[0] not in _OF_LIST)
        and _fits(told, _telling(context, fold(option.label).split()))
    ]
    return found[0] if len(found) == 1 else ""


def _telling(context: Context, words: Collection[str]) -> list[str]:
    """The words that are neither yes nor no, and say more than that one is chosen."""
    lexicon, commands = context.lexicon, context.commands
    empty = lexicon.said_before.round_choice | lexicon.negators
    answers = ("yes", "no")
    return [word for word in words if word not in empty and commands.get(word) not in answers]


def _is_called(context: Context, key: str, told: list[str]) -> bool:
    """Whether what is told is the verb of this option: "sí, retirarla" is of "retírelo"."""
    prompt = context.state.prompt
    option = next((one for one in prompt.options if one.key == key), None) if prompt else None
    return option is not None and _fits(told, _telling(context, _words_of(option)))


def _words_of(option: Option) -> list[str]:
    return fold(option.label).split()


def _fits(told: list[str], label: list[str]) -> bool:
    return bool(told) and all(any(_is_alike(word, one) for one in label) for word in told)


def _is_alike(word: str, other: str) -> bool:
    """Whether two words begin alike and may differ in their endings: "retirelo", "retirarla"."""
    for changed, plain in _CHANGED:
        word, other = word.replace(changed, plain), other.replace(changed, plain)
    alike = 0
    for letter, counterpart in zip(word, other, strict=False):
        if letter != counterpart:
            break
        alike += 1
    return alike >= _FEWEST_ALIKE and max(len(word), len(other)) - alike <= _MOST_ENDING


def without_rejected(context: Context) -> Context:
    """ "Ninguna sirve, mejor una persona": what is wished for in place of all that is listed."""
    parts, none_of = PARTS.split(context.text), context.lexicon.said_before.none_of
    if not context.offers("none") or len(parts) < 2:
        return context
    led, behind = 0, [fold(part).split() for part in parts]
    while led < len(parts) and not [w for w in _telling(context, behind[led]) if w not in none_of]:
        led += 1
    rejects = any(not none_of.isdisjoint(words) for words in behind[:led])
    rest = ", ".join(parts[led:]).strip()
    return context.of(rest, answered=True) if rejects and rest else context
