"""Words that a prompt awaits, and those that nothing asked for and that say what they are."""

from __future__ import annotations

from itertools import dropwhile
from unicodedata import category

from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_of_person,
)
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.information import ShowCard
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_aside
from handlers.understanding.reading.wishes import (
    wants_person,
)
from handlers.understanding.said_before.corrections.possible import no_mere_comment

_FEW_ENDING = 2  # words, the last of which ends it
_REPORTS = (PhraseKind.WHOM_TO_CALL, PhraseKind.WANTS_TO_REPORT)
_MAX_COURTESY = 30  # characters of "no, gracias" and the like


def no_words(context: Context) -> Intent | None:
    """Signs or emojis where no words are awaited, or nothing that is seen."""
    grades = context.open is not None and context.open.grades_area
    if grades and context.release.vague_grade(context.text):
        return None  # stars and faces suggest a grade
    if context.folded or (_shows(context.text) and _words_are_awaited(context)):
        return None
    return Act.SEND_NO_WORDS


def _shows(text: str) -> bool:
    """Whether there is a letter, a number or a sign such as an emoji; "..." and "?" say nothing."""
    return any(category(character)[0] in "LNS" for character in text)


def _words_are_awaited(context: Context) -> bool:
    """Whether words are expected, so that even an emoji is an answer."""
    return context.state.follow_up is not None or (
        context.open is not None and context.open.question.takes_free_words
    )


def added_words(context: Context) -> Intent | None:
    """Words that follow a comment within some minutes."""
    follow_up = context.state.follow_up
    if follow_up is None:
        return None
    if len(context.text) <= _MAX_COURTESY:
        last = context.folded.split()[-1:]
        ends = last and context.commands.get(last[0]) == "done"  # "ok LISTO"
        if context.command == "no" or (ends and len(context.said.words) <= _FEW_ENDING):
            return Act.FINISH
        if context.command == "yes":
            return Act.OFFER_WORDS
    if context.said.is_only(PhraseKind.CANNOT_TELL):
        return Act.FINISH  # "no se me ocurre nada más"
    if context.state.asked and not context.lexicon.negators.isdisjoint(context.said.words[:1]):
        return None  # "no, los talleres para mayores", to what was not surely found
    if follow_up.rewritten and context.is_question():
        return None  # how the comment is to be is still to come
    if context.is_courtesy and context.heard.main in ("thanks", "farewell"):
        return Act.FINISH  # "gracias por contestar a esta hora"
    if asks_aside(context) or context.said.begins(*_REPORTS):
        return None  # "¿y lo de la vacuna?", "a quién le digo que …"
    return no_mere_comment(context) or AddWords(context.text)


def wish_for_person(context: Context) -> Intent | None:
    """ "Quiero hablar con alguien"."""
    done = PhraseKind.DONE_BY_SOMEBODY in context.said.kinds  # "que venga alguien a ver el poste"
    if done or not wants_person(context.said):
        return None
    return AskForPerson(context.text, area_of_person(context))


def answer_to_nothing(context: Context) -> Intent | None:
    """Yes or no where nothing was asked."""
    return Act.ANSWER_NOTHING if context.command in ("yes", "no") else None


def card_named(context: Context) -> ShowCard | None:
    """ "Denuncia por ruidos molestos", a card's full name: it is shown, and nothing filed."""
    lead, words = context.lexicon.said_before.leads.match(context.folded), context.folded.split()
    led = words[len(lead[0].split()) :] if lead is not None else words
    named = " ".join(dropwhile(context.lexicon.place_fillers.__contains__, led))
    names = context.release.card_by_name
    card = names.get(context.folded, "") or names.get(named, "")  # "ya, y el certificado de …"
    prompt = context.state.prompt
    if not card or context.words_are_awaited or (prompt is not None and prompt.awaits_own_words):
        return None
    return ShowCard(card)
