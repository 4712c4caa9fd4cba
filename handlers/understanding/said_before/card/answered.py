"""Whether the card that was just shown helped, in any words."""

from __future__ import annotations

from handlers.content.questionnaires.definition import QuestionKind
from handlers.listening.listener import SURE, Heard
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AnswerMisread
from handlers.understanding.intents.information import AskAboutTopic, UsefulAnswer
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import ASKS_AT_ALL
from handlers.understanding.reading.wishes import tells_experience
from handlers.understanding.said_before.card.answer_and_question import (
    CLAUSES,
    answer_and_more,
    answer_and_question,
    asks_behind,
)
from handlers.understanding.said_before.card.chances import Chances, chances
from handlers.understanding.said_before.card.plain_answers import (
    asks_otherwise,
    grade_of_assistant,
    is_contradicted,
    is_not_known_yet,
    is_supposed,
    judged_alone,
    not_grasped,
    plain_answer,
    tells_of_oneself,
)
from handlers.understanding.said_before.card.shown import (
    GOES_ON_UNFOUND,
    OTHER_WISHES,
    about_shown_if_any,
    offered,
    rather_about_shown,
    tells_for_whom,
)

_SHORT_ANSWER = 140  # characters of an answer to yes or no
_MAY_ANSWER = 0.05  # chance of an answer from which a phrase that says one counts
_PERHAPS = 0.4  # from here on it is no question, and asked once more
_SURELY = 0.7  # from here on it is an answer, if it is plain which
_WHICH = 0.7  # the chance of that one; of ten that are less likely three are another
_DISPUTED = 0.9  # chance of an answer from which a phrase that says another is asked about
_BEYOND_DOUBT = 0.9  # chance of one answer from which words that might wish for more are none
_ASKS_SURELY = 0.8  # chance of a question from which neither "mañana" nor "sí, pero" answers
_GOES_ON = 0.5  # chance that what somebody tells of oneself is of the card
_GOES_ON_TOLD = 0.4  # that words without a sign of a question are one of the card
_FEW_WORDS, _FEW_TO_SAY_YES = 4, 6
_BEFORE_OR = 2  # words: "más o menos" asks nothing
_FEWEST_BY_SOUND = 3  # words, that their sound says it
_PLAIN, _HINT = 0.6, 0.2


def useful_answer(context: Context) -> Intent | None:
    """Whether the card helped, in any words: "sí me sirvió", "no mucho", "más o menos"."""
    opened = context.open
    if opened is None or not opened.outline.about_card or len(context.text) > _SHORT_ANSWER:
        return None
    if opened.question.kind is not QuestionKind.YES_NO or context.state.proposal is not None:
        return None
    if (only := context.lexicon.said_before.not_only.match(context.folded)) is not None:
        # "No solo me sirvió, me salvó la tarde": it denies nothing
        return useful_answer(context.of(context.folded[only.end() :]))
    if (denied := _no_and_person(context)) is not None:
        return denied
    hedged = context.lexicon.said_before.yes.fullmatch(context.folded)  # "I guess so?"
    marked = "?" in context.text and hedged is None
    if not marked and (aside := _yes_and_aside(context)) is not None:
        return aside
    if not marked and (told_more := answer_and_more(context)) is not None:
        return told_more
    if marked or asks_behind(context):
        return answer_and_question(context)
    if context.command in ("yes", "no"):
        return UsefulAnswer(context.command)
    if (of_assistant := grade_of_assistant(context)) is not None:
        return of_assistant
    if context.command not in (None, "thanks"):
        return None
    found = chances(context)
    is_plain = max(found.yes, found.no, found.partly) >= _BEYOND_DOUBT  # "al grano, bien"
    if asks_otherwise(context) and (not is_plain or not_grasped(context)):
        return None
    if not context.folded:  # "🤷" is no yes, and a sound has none
        return judged_alone(context) or AnswerMisread("useful-misread")
    plain = plain_answer(context)
    if plain is None and _says_only_goodbye(context):
        return SayCourtesy("farewell")
    asks = found.asks >= _ASKS_SURELY  # "tengo que ir o por internet"
    if is_not_known_yet(context) and not asks:
        return Act.AWAIT_TRIAL  # "voy mañana y le cuento"
    if plain is not None and found.answers >= _MAY_ANSWER and not asks:
        doubtful = plain.value == "yes" and (is_supposed(context) or _may_describe(context))
        doubtful = doubtful or _is_disputed(plain.value, found)
        return AnswerMisread("useful-misread") if doubtful else plain
    return _heard(context, found) if context.grade is None else None


def _yes_and_aside(context: Context) -> UsefulAnswer | AnswerMisread | None:
    """ "Sí, aunque me dio pena acordarme", "sí, pero qué caro": a yes, and no question behind it.

    What lacks on the card, or is told of whom it is for, is read further down.
    """
    but = context.lexicon.said_before.but.search(context.folded)
    before = context.folded[: but.start()].split() if but is not None else []
    yes = context.commands.get(" ".join(before[:1])) == "yes" and len(before) <= _FEW_WORDS
    said = plain_answer(context) is not None and not asks_behind(context)
    if but is None or not yes or said:
        return None
    rest = context.of(context.folded[but.end() :].strip())
    asks = rest.said.asks or context.lexicon.said_before.interrogates.match(rest.folded)
    if (asks and rest.said.mood >= 0) or not _OF_CARD.isdisjoint(rest.said.kinds):
        return None
    if len(rest.said.words) < _FEWEST_ASIDE or rest.heard.best(_NO_ASIDE, _SURELY):
        return None
    of_another = context.release.index.compare(rest.text, context.state.topic).odds.municipal
    doubtful = is_contradicted(context) or rest.said.mood < 0 or of_another >= _BEYOND_DOUBT
    plain = chances(context).yes >= _PERHAPS and not doubtful
    return UsefulAnswer("yes") if plain else AnswerMisread("useful-misread")


def _is_more_than_sound(context: Context, found: Chances, value: str) -> bool:
    """Whether more than a likeness says it: of one or two words, "media luna", "1200", "la mía",
    it must be surely heard, and for "in part" only a phrase does."""
    few = len(context.said.words) < _FEWEST_BY_SOUND
    if value == "partly":
        return not few and (found.partly >= _BEYOND_DOUBT or context.heard.surely("partly"))
    return not few or bool(context.heard.best(_SAYING[value], SURE))


def _may_describe(context: Context) -> bool:
    """ "Grande", "bien grande": praise, or how the hole is that was told of."""
    few = context.reported and len(context.said.words) < _FEWEST_BY_SOUND
    return few and bool(context.folded) and not context.heard.best(_SAYING["yes"], _BEYOND_DOUBT)


def _is_disputed(value: str, found: Chances) -> bool:
    """ "Sí, quedó todo, lo único es la letra": one phrase says "partly", the rest says "yes"."""
    return any(getattr(found, other) >= _DISPUTED for other in _VALUES if other != value)


def _no_and_person(context: Context) -> UsefulAnswer | None:
    """ "No me sirvió, quiero hablar con una persona": a no, and the wish is read behind it."""
    begins, rest = _parted(context)
    if not _wishes_for_person(context):
        return None
    words = begins.said.words
    curt = len(words) <= _FEW_WORDS and context.commands.get(" ".join(words[-1:])) == "no"
    denies = curt or plain_answer(begins) == UsefulAnswer("no")
    return UsefulAnswer("no", besides=rest.text or context.text) if denies else None


def _parted(context: Context) -> tuple[Context, Context]:
    """The first part of a text, and what is behind it."""
    first, *others = CLAUSES.split(context.text)
    return context.of(first), context.of(" ".join(others).strip())


def _wishes_for_person(context: Context) -> bool:
    _, rest = _parted(context)
    named = PhraseKind.WANTS_PERSON in rest.said.kinds
    return named or any(_wants_person(one.heard) for one in (context, rest))


def _wants_person(heard: Heard) -> bool:
    return heard.main == "wants_person" and heard.surely("wants_person")


def _says_only_goodbye(context: Context) -> bool:
    """ "Ya, chao": no yes; "gracias, chao" may be one."""
    leaves = context.is_courtesy and context.heard.main == "farewell"
    return leaves and not context.heard.best(_AGREES_OR_NOT)


def _heard(context: Context, found: Chances) -> Intent | None:
    """What is heard where no phrase says it; in doubt it is asked once more.

    What may as well be a question, or goes on, is no answer: the card stays.
    """
    heard, said_before = context.heard, context.lexicon.said_before
    first, of_oneself = context.folded.partition(" ")[0], tells_of_oneself(context)
    if of_oneself and found.goes_on >= _GOES_ON and found.yes + found.partly < _BEYOND_DOUBT:
        return None if context.said.asks else AskAboutTopic("more", offered(context))
    if found.answers < _PERHAPS or first in said_before.going_on:
        return None
    if heard.main in _STYLES and heard.likely(heard.main):
        return None  # "muy largo, dígamelo en dos palabras" wishes for another style
    few = len(context.said.words) <= _FEW_TO_SAY_YES
    if tells_experience(context.said) and not (few and heard.surely("confirms")):
        return None  # what somebody went through says more than a yes beside it
    follows = heard.main in FOLLOW_UPS and PhraseKind.FOLLOWS_UP in context.said.kinds
    if (found.answers < _SURELY or follows) and found.asks >= _HINT:
        return None  # "dígame el teléfono no más" denies nothing
    value = max(_VALUES, key=lambda value: getattr(found, value))
    # "Para un partido", "media luna": no phrase says so, and the sound of one word is not enough.
    by_sound = not _is_more_than_sound(context, found, value)
    if by_sound and first in said_before.narrows:
        return None
    plain = found.answers >= _SURELY and getattr(found, value) >= _WHICH and not by_sound
    # "No, si ya lo había pagado" is of oneself; "sí, con puras trabas" contradicts itself.
    asks = not few and heard.main in _ASKING  # "cheers. Also who collects the recycling"
    # "Eso lo dice la ley o es idea suya": one of two things is asked for.
    asks = asks or (not few and not said_before.ors.isdisjoint(context.said.words[_BEFORE_OR:]))
    contradicted = asks or is_contradicted(context) or is_supposed(context)
    heard_else = heard.surely(heard.main) and _VALUE_OF.get(heard.main, value) != value
    doubtful = of_oneself or heard_else or (value == "yes" and contradicted)
    if plain and not doubtful:
        return UsefulAnswer(value)
    if _wishes_for_person(context):
        return None  # "no sé, mejor una persona"
    return AnswerMisread("useful-misread")


def unclear_answer(context: Context) -> Intent | None:
    """Words after "¿Le sirvió?" that ask nothing: it is asked once more, they are not searched."""
    if context.state.misses or context.said.asks:
        return None
    if rather_about_shown(context, context.ranking, _least_going_on(context)):
        return about_shown_if_any(context, context.ranking)
    heard = context.heard
    if len(context.folded.split()) < _FEW_WORDS and not heard.best(_ANSWERS, _HINT):
        return None
    if heard.chance("asks") >= ASKS_AT_ALL or heard.best((*FOLLOW_UPS, *OTHER_WISHES), _PLAIN):
        return None
    hints = heard.best(_ANSWERS, ASKS_AT_ALL)
    verdict = context.ranking.verdict
    if verdict is Verdict.NOTHING or (verdict in _UNCERTAIN and hints):
        return Act.MAKE_NO_SENSE
    return None


def second_thoughts(context: Context) -> Act | None:
    """ "Bueno, no tanto", behind a yes: one tap changes the answer."""
    judged = context.state.judged
    if context.open is not None or judged is None or judged.subject.service != context.state.topic:
        return None
    if "?" in context.text or context.said.asks or context.ranking.is_found:
        return None
    found, kinds = chances(context), context.said.kinds
    liked = dict(judged.answers).get("useful") == "yes"
    if liked:  # "no, gracias, nada más" takes nothing back
        other = found.partly >= _SURELY or (found.no >= _SURELY and PhraseKind.NOT_HELPED in kinds)
    else:
        other = found.yes >= _SURELY and not _HELPS.isdisjoint(kinds)
    return Act.JUDGE_AGAIN if other else None


def _least_going_on(context: Context) -> float:
    """ "Y mi hermana que es peruana", "ella vive conmigo": whom a card is for is told of it."""
    return GOES_ON_UNFOUND if tells_for_whom(context.said) else _GOES_ON_TOLD


# Behind "sí, pero" these speak of the card, or ask for something.
_OF_CARD = {
    *(PhraseKind.TELLS_OWN_SITUATION, PhraseKind.FOR_SOMEBODY, PhraseKind.TELLS_WISH),
    *(PhraseKind.FOLLOWS_UP, PhraseKind.NOT_GRASPED, PhraseKind.TELLS_MISSING),
    *(PhraseKind.NOT_HELPED, PhraseKind.NOT_MEANT, PhraseKind.NOT_KNOWN_YET),
}
_NO_ASIDE = (*FOLLOW_UPS, "asks", "not_understood", "wants_person", "partly")
_FEWEST_ASIDE = 2  # words: "sí, pero cuándo" is none
_VALUES = ("yes", "no", "partly")
_SAYING = {  # the acts that say it in one word
    "yes": ("confirms", "praises", "thanks", "vague_grade"),
    "no": ("denies", "blames", "vague_grade"),
}
_HELPS = {PhraseKind.HELPED, PhraseKind.SAYS_IT_HELPS}
_VALUE_OF = {"confirms": "yes", "denies": "no", "partly": "partly"}
_ASKING = (*FOLLOW_UPS, "asks")
_STYLES = ("shorter", "longer")
_ANSWERS = ("confirms", "denies", "partly", "smalltalk", "refuses")
_AGREES_OR_NOT = ("confirms", "denies", "partly", "thanks")
_UNCERTAIN = (Verdict.UNSURE, Verdict.EXTERNAL)
