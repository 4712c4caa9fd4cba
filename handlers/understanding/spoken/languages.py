"""The language and the length in which answers are wanted."""

from __future__ import annotations

from handlers.release import DEFAULT_LANGUAGE
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.information import FollowLanguage, OfferLanguage, Speak
from handlers.understanding.intents.union import Intent, Intents
from handlers.understanding.reading.places import names_place
from handlers.understanding.said_before.card.decision.chances import chances

_MIN_WORDS = 3  # of a text whose language is noticed
COURTEOUS = ("thanks", "greets", "farewell", "confirms")
_FEW_OF_STYLE = 15
_ASKS_OF_CARD = 0.5  # chance of a question from which no other style is wished for
_SPOKEN_LANGUAGES = {"en": "en", "ht": "ht"}


def language(context: Context) -> Intent | None:
    """ "Gracias, ahora en español": another language, with or without courtesy beside it."""
    heard, few = context.heard, len(context.folded.split()) <= _FEW_OF_STYLE
    wished = heard.surely("wants_language") and heard.main in ("wants_language", *COURTEOUS)
    if few and wished and context.rather_than_words("wants_language"):
        wished_for = _wished_language(context)
        return Speak(wished_for) if wished_for else Act.LIST_LANGUAGES
    return None


def with_language(context: Context, said: Intents) -> Intents:
    """What was understood, with the language that it is answered in from now on, or those offered.

    A language that was asked for stays; one that was noticed changes with what is written.
    """
    speaks = bool(said) and (isinstance(said[-1], Speak) or said[-1] is Act.LIST_LANGUAGES)
    if speaks or _is_chosen(context):
        return said
    if language := _noticed(context):
        return (FollowLanguage(language), *said)
    return (*said, *_offered(context))


def _is_chosen(context: Context) -> bool:
    state = context.state
    return bool(state.language) and state.language != state.language_noticed


def _noticed(context: Context) -> str:
    """The other language that the text is plainly in; "" for none.

    Names and places are in Spanish whatever language they are told in.
    """
    language = context.other_language
    if not language or not _tells_language(context):
        return ""
    return "" if language == DEFAULT_LANGUAGE and _only_names(context) else language


def _tells_language(context: Context) -> bool:
    """Whether there is enough of it to tell its language.

    What names a language is mostly not in it: "nadie habla creole".
    """
    named = context.lexicon.languages.others.values()
    words = [word for word in context.folded.split() if word.isalpha()]
    naming = [word for word in words for one in named if one.search(word)]
    few = len(words) - len(naming) < _MIN_WORDS and context.heard.main != "greets"
    return not few and not context.heard.likely("nonsense")


def _only_names(context: Context) -> bool:
    """Whether it may be no more than a name or a place: "Avenida Francisco de Aguirre 450"."""
    said = context.said
    if names_place(said) or PhraseKind.TELLS_WHERE in said.kinds or context.heard.main == "greets":
        return True
    prompt = context.state.prompt
    options = prompt.options if prompt is not None else ()
    chosen = any(said.folded == fold(option.label) for option in options)
    return chosen or sum(map(str.isalpha, _without_names(context).split())) < _MIN_WORDS


def _without_names(context: Context) -> str:
    """The folded text without the names of areas and cards that stand in it."""
    content = context.release.content
    names = {name for one in content.areas for name in (one.name, one.short_name)}
    names |= {name for one in content.services for name in (one.name, one.short_name)}
    left = f" {context.said.folded} "
    for name in sorted(map(fold, names), key=len, reverse=True):
        left = left.replace(f" {name} ", " ")
    return left


def _offered(context: Context) -> Intents:
    """The languages that are written, once, to whoever writes in none of them."""
    if context.state.language or context.state.language_noticed or not _tells_language(context):
        return ()
    others = (one for one in context.release.wordings if one != context.spoken)
    return tuple(map(OfferLanguage, others)) if speaks_unwritten(context) else ()


def style(context: Context) -> Intent | None:
    """Shorter or longer answers."""
    heard = context.heard
    if len(context.folded.split()) > _FEW_OF_STYLE:
        return None
    simple = context.said.spans(PhraseKind.WANTS_SIMPLE)
    if simple and not context.words_are_awaited:
        behind = context.said.words[max(end for _, end in simple) :]
        managed = not context.lexicon.contrast.isdisjoint(behind)  # "no veo, pero me leyeron"
        return None if managed else Act.WRITE_SHORT
    if simple and all(start for start, _ in simple):
        return None  # "explican en palabras simples" tells how it was
    follows = context.begins_going_on and not heard.surely("shorter")  # "¿llevo al cabro chico?"
    of_card = context.open is not None and context.open.outline.about_card
    # "Tengo que saber leer?" asks about the card.
    perhaps = of_card and heard.likely("shorter") and chances(context).asks < _ASKS_OF_CARD
    heard_so = perhaps or heard.surely("shorter")  # of what it says
    wishes = heard_so and context.rather_than_words("shorter")
    if heard.main == "shorter" and wishes and not follows:
        return Act.WRITE_SHORT
    if heard.surely("longer") and heard.main == "longer" and context.state.short:
        return Act.WRITE_LONG
    return None


def _wished_language(context: Context) -> str:
    """The language that is meant; "" for one without a wording, or where none is named but ours.

    "Não falo espanhol" wishes for no Spanish, and says nothing of what else is read.
    """
    folded, named = context.folded, context.lexicon.languages
    if named.spanish.search(folded) and not named.not_spoken.search(folded):
        return DEFAULT_LANGUAGE
    if _says_no_spanish(context) and _is_surely_unwritten(context):
        return ""
    for language, words in named.others.items():
        if words.search(folded):
            return language
    if named.unwritten.search(folded):
        return ""
    heard = context.heard
    if not named.not_spoken.search(folded):
        return _SPOKEN_LANGUAGES.get(heard.language, DEFAULT_LANGUAGE)
    sure = heard.language if heard.surely_in(heard.language) else ""
    return _SPOKEN_LANGUAGES.get(sure, "")


def speaks_unwritten(context: Context) -> bool:
    """ "Bonsoir, je voudrais …": in a language that has no wording, surely or by its own word."""
    if context.heard.language == "es":
        return False
    return _is_surely_unwritten(context) or _says_no_spanish(context)


def _is_surely_unwritten(context: Context) -> bool:
    language = context.heard.language
    known = (DEFAULT_LANGUAGE.partition("-")[0], *_SPOKEN_LANGUAGES)
    return language not in known and context.heard.surely_in(language)


def _says_no_spanish(context: Context) -> bool:
    """ "Je ne parle pas espagnol"."""
    named = context.lexicon.languages
    said = named.spanish.search(context.folded) and named.not_spoken.search(context.folded)
    return bool(said)
