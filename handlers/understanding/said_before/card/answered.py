"""Whether the card that was just shown helped, in any words."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.questionnaires.definition import QuestionKind
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AnswerMisread
from handlers.understanding.intents.information import (
    ProposeUseful,
    UsefulAnswer,
)
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.card.answer_and_question import (
    another_meant,
    answer_and_more,
    answer_and_question,
    asks_behind,
)
from handlers.understanding.said_before.card.clarified import with_clarification
from handlers.understanding.said_before.card.decision.chances import Chances, chances, frowns
from handlers.understanding.said_before.card.decision.clauses import (
    CLAUSES,
    TELLS_OF_HELP,
    VALUES,
    clauses,
)
from handlers.understanding.said_before.card.heard import (
    BEYOND_DOUBT,
    UNSAID,
    heard_answer,
    may_describe,
)
from handlers.understanding.said_before.card.persons import (
    answer_and_person,
    parted,
    wishes_for_person,
    yes_to_person,
)
from handlers.understanding.said_before.card.plain_answers import (
    asks_otherwise,
    grade_of_assistant,
    is_contradicted,
    is_not_known_yet,
    is_supposed,
    judged_alone,
    not_grasped,
    plain_answer,
)
from handlers.understanding.said_before.card.proposed import (
    PERHAPS,
    SURELY,
    likeliest,
    only_misses,
    proposal_answered,
    proposed_before,
)
from handlers.understanding.said_before.card.shown import (
    asked_of_shown,
    begins_with_no,
)
from handlers.understanding.said_before.card.told_beside import (
    answer_and_left_open,
    asked_instead,
    goes_on_behind_but,
    only_wishes_done,
)

_SHORT_ANSWER = 140  # characters of an answer to yes or no
_MAY_ANSWER = 0.05  # chance of an answer from which a phrase that says one counts
_DISPUTED = 0.9  # chance of an answer from which a phrase that says another is asked about
_BACKED = 0.25  # chance of the answer that a phrase says, below which it is asked about
_ASKS_SURELY = 0.8  # chance of a question from which neither "mañana" nor "sí, pero" answers
_FEW_WORDS = 4
_FEW_ENDING = 3  # words beside "nada más"
_TAKING_LEAVE = ("thanks", "farewell")


def useful_answer(context: Context) -> Intent | None:
    """Whether the card helped, in any words: "sí me sirvió", "no mucho", "más o menos".

    What is plain is noted; where only one answer is likely it is proposed, in one tap.
    """
    found = _useful_answer(context)
    if isinstance(found, ProposeUseful):
        found = asked_instead(context) or found
    answers_yes = isinstance(found, (UsefulAnswer, ProposeUseful)) and found.value == "yes"
    if answers_yes and only_wishes_done(context):
        return None
    if found == ProposeUseful("yes") and _is_unconfirmed(context):
        return SayCourtesy("thanks")  # who just had no answer is not asked whether it helped
    if isinstance(found, ProposeUseful) and (before := proposed_before(context)):
        leaves = context.heard.best(_TAKING_LEAVE)
        if leaves:
            return SayCourtesy("thanks")
        likely = getattr(chances(context), found.value) >= SURELY
        if found.value == before or not likely:
            return Act.AWAIT_TRIAL  # it is not asked twice
    if not isinstance(found, UsefulAnswer):
        return found
    if found.value == "yes" and (meant := _mocked(context, found)):
        return ProposeUseful(meant)
    parts_with = bool(context.heard.best(_TAKING_LEAVE))
    if found.value == "yes":
        return replace(found, thanks=parts_with)
    thanks = "thanks" in map(context.commands.get, context.said.words)
    found = replace(found, thanks=parts_with or thanks)
    found = replace(found, besides=found.besides or _missing_behind_but(context))
    return with_clarification(context, found) if not found.besides else found


def _mocked(context: Context, found: UsefulAnswer) -> str:
    """What "harto que me sirvió, oiga", "sí claro, gran ayuda jaja" may rather mean; or ""."""
    thanks = "thanks" in map(context.commands.get, context.said.words)
    if found.besides or thanks or context.heard.best(_TAKING_LEAVE):
        return ""
    if PhraseKind.MAY_MOCK in context.said.kinds:
        return "no"
    return "yes" if PhraseKind.LAUGHS in context.said.kinds and context.said.mood > 0 else ""


def denies_card(context: Context) -> bool:
    """ "No, yo preguntaba por la licencia", behind "¿Le sirvió?": the no is an answer."""
    opened = context.open
    about_card = opened is not None and opened.outline.about_card
    return about_card and another_meant(context) is not None


def _missing_behind_but(context: Context) -> str:
    """What "sí, pero no sale el teléfono" or "sigo sin saber dónde es" misses; "" for nothing."""
    if {PhraseKind.TELLS_MISSING, PhraseKind.NOT_HELPED} <= context.said.kinds.keys():
        return context.text
    but = context.lexicon.said_before.but.search(context.folded)
    rest = context.folded[but.end() :].strip() if but is not None else ""
    return rest if PhraseKind.TELLS_MISSING in Said(rest, context.lexicon).kinds else ""


def _useful_answer(context: Context) -> Intent | None:
    opened = context.open
    if opened is None or not opened.outline.about_card:
        return None
    if opened.question.kind is not QuestionKind.YES_NO or context.state.proposal is not None:
        return None
    if (settled := proposal_answered(context)) is not None:
        return settled
    if _grades_visit(context):
        return None
    if _only_takes_note(context):
        return ProposeUseful("yes")
    if _wants_no_more(context):
        return Act.FINISH
    if (in_part := _in_part_and_why(context)) is not None:
        return in_part
    if len(context.text) > _SHORT_ANSWER:
        return _told_at_length(context)
    if (left := answer_and_left_open(context) or goes_on_behind_but(context)) is not None:
        return left
    if (only := context.lexicon.said_before.not_only.match(context.folded)) is not None:
        # "No solo me sirvió, me salvó la tarde": it denies nothing
        rest = context.of(context.folded[only.end() :])
        says_yes = clauses(rest).values == ("yes",)
        return UsefulAnswer("yes") if says_yes else _useful_answer(rest)
    if yes_to_person(context):
        return None
    return answer_and_person(context) if wishes_for_person(context) else _with_more(context)


def _with_more(context: Context) -> Intent | None:
    """An answer with more beside it, as a question or why; else the answer alone."""
    hedged = context.lexicon.said_before.yes.fullmatch(context.folded)  # "I guess so?"
    supposes = hedged is not None and context.commands.get(context.said.words[-1]) == "yes"
    if supposes and len(context.said.words) > 1 and context.heard.main == "partly":
        return ProposeUseful("yes")  # "supongo que sí"
    marked = "?" in context.text and hedged is None
    if not marked and (changed := _changed_in_one(context)) is not None:
        return changed
    if not marked and (aside := _yes_and_aside(context)) is not None:
        return aside
    if not marked and (told_more := answer_and_more(context)) is not None:
        return told_more
    if marked and _asks_in_vain(context):
        return ProposeUseful("no")
    if marked or asks_behind(context):
        return answer_and_question(context)
    if context.command in ("yes", "no"):
        return UsefulAnswer(context.command)
    if (of_assistant := grade_of_assistant(context)) is not None:
        return of_assistant
    return _judged(context) if context.command in (None, "thanks") else None


def _judged(context: Context) -> Intent | None:
    """What the words alone say of the card, by phrase or by what is heard."""
    found = chances(context)
    is_plain = max(found.yes, found.no, found.partly) >= BEYOND_DOUBT  # "al grano, bien"
    if PhraseKind.PERSISTS in context.said.kinds or only_misses(context):
        return None  # "sigo con el mismo problema", "no sale ahí"
    if asks_otherwise(context) and (not is_plain or not_grasped(context)):
        return None
    if not context.folded:  # "🤷" is no yes, and a sound has none
        return judged_alone(context) or likeliest(context)
    plain = plain_answer(context)
    if plain is None and _says_only_goodbye(context):
        return SayCourtesy("farewell")
    asks = found.asks >= _ASKS_SURELY  # "tengo que ir o por internet"
    denied = plain == UsefulAnswer("no")  # "quedé igual que antes, no sé si ir"
    if is_not_known_yet(context) and not (asks or denied or _says_beside(context, found)):
        return Act.AWAIT_TRIAL  # "voy mañana y le cuento"; not "un poco, pero tengo que ir"
    if found.yes >= PERHAPS and may_describe(context):
        return AnswerMisread("useful-misread")
    if plain is not None and found.answers >= _MAY_ANSWER and not asks:
        doubtful = plain.value == "yes" and is_supposed(context)
        doubtful = doubtful or _is_disputed(context, plain.value, found)
        return likeliest(context) if doubtful else plain
    return heard_answer(context, found) if context.grade is None else None


def _says_beside(context: Context, found: Chances) -> bool:
    """ "Ya me quedó claro dónde tengo que ir", "no me sirvió, igual voy a tener que ir"."""
    told = not TELLS_OF_HELP.isdisjoint(context.said.kinds) and clauses(context).values != ()
    if not told and context.said.begins(PhraseKind.NOT_KNOWN_YET, PhraseKind.HESITATES):
        return False  # "no sé todavía tengo que ir a ver"
    least = max(found.yes, found.no) if told else 0.0
    return max(found.partly, least) >= UNSAID


def _grades_visit(context: Context) -> bool:
    """ "Me la entregaron ayer, un 7 para ustedes": of the office, and not of the card."""
    kinds, given = context.said.kinds, context.grade is not None
    tells = PhraseKind.TELLS_PAST in kinds or PhraseKind.EXPERIENCE in kinds
    return given and tells and PhraseKind.RATES_ASSISTANT not in kinds


def _only_takes_note(context: Context) -> bool:
    """ "Ya", "ok", behind "aún no confirma la dirección": no yes that is meant."""
    opens = context.lexicon.said_before.opens.fullmatch(context.folded)
    return _is_unconfirmed(context) and opens is not None


def _wants_no_more(context: Context) -> bool:
    """ "No, era solo eso", "no po, nada más": nothing more is wanted, and nothing is denied."""
    covered = context.said.covered(PhraseKind.ENDS_TELLING)
    beside = [word for at, word in enumerate(context.said.words) if at not in covered]
    answers = {context.commands.get(word) for word in (" ".join(beside), *beside)}
    says = {context.commands.get(word) for word in beside[:1]} | answers
    return (
        bool(covered)
        and begins_with_no(context)
        and says <= {"no", "thanks", None}
        and (len(beside) <= _FEW_ENDING)
    )


def _is_unconfirmed(context: Context) -> bool:
    """Whether the last answer said that what was asked of the card is not confirmed."""
    return context.state.unconfirmed != "" and context.state.unconfirmed == context.state.topic


def _changed_in_one(context: Context) -> UsefulAnswer | ProposeUseful | None:
    """ "No. Ah, pera, sí, no había leído la parte de abajo": the last answer is the one meant."""
    said = clauses(context)
    changed = said.changed if said.ends_in_answer else ""
    if not changed:
        return None
    plain = said.turned_once and getattr(chances(context), changed) >= SURELY
    plain = plain and not frowns(context)
    return UsefulAnswer(changed) if plain else ProposeUseful(changed)


def _in_part_and_why(context: Context) -> UsefulAnswer | None:
    """ "A medias, dice qué llevar, pero de cuándo nada": what lacks behind "but" is read too."""
    begins, rest = parted(context)
    if "?" in context.text or not rest.text or not begins.said.is_only(PhraseKind.HELPED_PARTLY):
        return None
    but = context.lexicon.said_before.but.search(rest.text.lower())
    if but is None:
        return None
    lacks = context.of(CLAUSES.split(rest.text[but.end() :])[0].strip())
    words, negators = lacks.folded.split(), context.lexicon.negators
    misses = not negators.isdisjoint({*words[:1], *words[-1:]})
    if (
        not misses
        and not asked_of_shown(lacks)
        and PhraseKind.TELLS_MISSING not in lacks.said.kinds
    ):
        return None
    if words[-1] in negators:
        lacks = context.of(" ".join(words[:-1]))
    return UsefulAnswer("partly", besides=lacks.text, clarifies=True)


def _told_at_length(context: Context) -> ProposeUseful | AnswerMisread | None:
    """A long story is never noted at once: what it probably answers is proposed."""
    answers = chances(context).answers >= PERHAPS and "?" not in context.text
    return likeliest(context) if answers and not wishes_for_person(context) else None


def _asks_in_vain(context: Context) -> bool:
    """ "¿Y de qué me sirve eso?": no answer is wanted; "¿no me sirve el carnet vencido?" asks."""
    interrogates, words = context.lexicon.said_before.interrogates, context.said.words
    spans = context.said.spans(PhraseKind.NOT_HELPED)
    return any(interrogates.match(" ".join(words[start:])) for start, _ in spans)


def _yes_and_aside(context: Context) -> UsefulAnswer | ProposeUseful | AnswerMisread | None:
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
    interrogates = context.lexicon.said_before.interrogates.match(rest.folded) is not None
    asks = rest.said.asks or interrogates or asks_behind(context)
    if (asks and rest.said.mood >= 0) or not _OF_CARD.isdisjoint(rest.said.kinds):
        return None
    if len(rest.said.words) < _FEWEST_ASIDE or rest.heard.best(_NO_ASIDE, SURELY):
        return None
    of_another = context.release.index.compare(rest.text, context.state.topic).odds.municipal
    doubtful = is_contradicted(context) or rest.said.mood < 0 or of_another >= BEYOND_DOUBT
    plain = chances(context).yes >= PERHAPS and not doubtful
    return UsefulAnswer("yes") if plain else likeliest(context)


def _is_disputed(context: Context, value: str, found: Chances) -> bool:
    """ "Sí, quedó todo, lo único es la letra": one phrase says "partly", the rest says "yes"."""
    if value == "partly" and "partly" in clauses(context).values:
        return False  # "me sirvió, poquito"
    others = (getattr(found, other) >= _DISPUTED for other in VALUES if other != value)
    return getattr(found, value) < _BACKED or any(others)


def _says_only_goodbye(context: Context) -> bool:
    """ "Ya, chao", "gracias, chao": no yes."""
    leaves = context.is_courtesy and context.heard.likely("farewell")
    return leaves and not context.heard.best(_AGREES_OR_NOT)


# Behind "sí, pero" these speak of the card, or ask for something.
_OF_CARD = {
    *(PhraseKind.TELLS_OWN_SITUATION, PhraseKind.FOR_SOMEBODY, PhraseKind.TELLS_WISH),
    *(PhraseKind.FOLLOWS_UP, PhraseKind.NOT_GRASPED, PhraseKind.TELLS_MISSING),
    *(PhraseKind.NOT_HELPED, PhraseKind.NOT_MEANT, PhraseKind.NOT_KNOWN_YET),
}
_NO_ASIDE = (*FOLLOW_UPS, "asks", "not_understood", "wants_person", "partly")
_FEWEST_ASIDE = 2  # words: "sí, pero cuándo" is none
_AGREES_OR_NOT = ("confirms", "denies", "partly")
