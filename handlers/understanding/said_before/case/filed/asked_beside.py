"""What is asked beside a filed case by its plain words, and that words were only a question.

It is no part of the case: whom to call meanwhile, the telephone of an area, and when the case is
answered.
"""

from __future__ import annotations

from handlers.messages import Text
from handlers.state import FollowUp
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in, names_service
from handlers.understanding.context import FOLLOW_UPS, RECENT, Context
from handlers.understanding.intents.answers import SettleWords
from handlers.understanding.intents.cases import AskAboutCase, CaseAspect, ShowCase
from handlers.understanding.intents.information import AskAboutArea, AskAboutCard
from handlers.understanding.intents.union import Intent
from handlers.understanding.said_before.card.asked.named import about_named, area_or_card
from handlers.understanding.said_before.case.more import is_for_person

_MOST_OF_TERM = 8  # words of "y el plazo cuánto era?"
_MOST_OF_CONTACT = 12  # words of "ya, y la seguridad ciudadana cuál es el número"
_MOST_OF_CALL = 14  # words of "y si sigue esta noche qué hago, a quién llamo"
_MOST_OF_ANSWER = 12  # words of "¿le están pasando mi pregunta a la persona o no?"
_MOST_OF_FILES = 16  # words of "saqué una foto, ¿le sirve? No sé cómo mandarla"
_FEWEST_PARTS = 2
_MOST_BEFORE = 3  # words before what is asked
_FEW_THANKING = 3  # words of "ya, muchas gracias"
_MOST_BEHIND = 1  # word behind it, such as the stop that was dictated
_FEWEST_ASKED = 3  # words of "por la multa"
_OF_CONTACT = (PhraseKind.ASKS_NUMBER, PhraseKind.ASKS_CONTACT, PhraseKind.ASKS_WHOM)
_ASKS = ("asks", *FOLLOW_UPS)
_ASKED = 0.4  # probability of a question from which words that were added are one


def asked_beside(context: Context) -> Intent | None:
    """What is asked by plain words where a case was filed, and nothing else is told."""
    state, follow_up = context.state, context.state.follow_up
    if context.command is not None or (follow_up is not None and not follow_up.case):
        return None
    if state.filing is not None:
        return _whom_to_call(context) if state.filing.words else None
    if not state.cases:
        return None
    plain = _only_asked(context) or _contact_named(context) or _of_files(context)
    return plain or _whom_to_call(context) or _when_answered(_without_reason(context))


def _of_files(context: Context) -> AskAboutCase | None:
    """ "Ah, y saqué una foto, ¿le sirve? Pero no sé cómo mandarla": how it is sent."""
    asks = "?" in context.text and PhraseKind.ASKS_FILES in context.said.kinds
    few = len(context.said.words) <= _MOST_OF_FILES and _is_of_case(context)
    return AskAboutCase(CaseAspect.FILES) if asks and few else None


def _without_reason(context: Context) -> Context:
    """ "¿Y cuánto se demoran? Porque me vence la cuota": what is asked, without why."""
    asked, mark, why = context.text.partition("?")
    return context.of(asked + mark) if mark and context.of(why).said.begins_reason else context


def without_end(context: Context) -> Context:
    """ "Listo. ¿Y cuánto se demoran?", right after a case was filed: the question alone."""
    follow_up, parts = context.state.follow_up, context.said.parts
    if follow_up is None or not follow_up.case or len(parts) < _FEWEST_PARTS:
        return context
    first, last = (_ends_telling(context, part) for part in (parts[0], parts[-1]))
    if not (first or last) or "?" not in context.text:
        return context
    begins = context.text.index(parts[1]) if first else 0
    ends = context.text.rindex(parts[-1]) if last else len(context.text)
    return context.of(context.text[begins:ends].strip())


def _ends_telling(context: Context, part: str) -> bool:
    """ "Listo", "gracias", "muchas gracias"."""
    thanks = len(part.split()) <= _FEW_THANKING and context.of(part).heard.surely("thanks")
    return thanks or context.commands.get(fold(part)) == "done"


def _only_asked(context: Context) -> SettleWords | None:
    """ "No, le pregunté por la multa", "eso no lo agregue, era pregunta": nothing is added of it,
    and what was asked is answered."""
    follow_up = context.state.follow_up
    if follow_up is None or not follow_up.case or not isinstance(context.incoming.body, Text):
        return None
    if is_for_person(context) and not follow_up.revision:
        return None  # that person is asked
    says_asked, left_out = _says_asked(context), PhraseKind.NOT_TO_ADD in context.said.kinds
    if asked := _asked_behind(context):
        return SettleWords("drop", besides=asked)
    if follow_up.revision and (says_asked or left_out):
        return SettleWords("drop", besides=follow_up.revision if says_asked else "")
    if (says_asked or left_out) and (added := _question_added(context, follow_up)):
        return SettleWords("asked", besides=added)
    return SettleWords("drop") if says_asked else None


def _says_asked(context: Context) -> bool:
    """Whether it says that something was a question, and not as the beginning of another one."""
    said = context.said
    spans = said.spans(PhraseKind.ASKED_THAT)
    if PhraseKind.NOT_TO_ADD in said.kinds or context.offers("of-case"):
        return bool(spans) or PhraseKind.ONLY_ASKS in said.kinds
    return any(
        not context.lexicon.negators.isdisjoint(said.words[max(0, start - _MOST_BEFORE) : start])
        for start, _ in spans
        if start <= 2 * _MOST_BEFORE
    )


def _asked_behind(context: Context) -> str:
    """What stands behind "no, le pregunté por"; "" for hardly anything."""
    said, words = context.said, context.text.split()
    spans = said.spans(PhraseKind.ASKED_THAT)
    if not spans or not _says_asked(context) or len(words) != len(said.words):
        return ""
    behind = words[spans[0][1] - 1 :]
    return " ".join(behind) if len(behind) >= _FEWEST_ASKED else ""


def _question_added(context: Context, follow_up: FollowUp) -> str:
    """The last words of the case, if they are rather a question; or ""."""
    last = follow_up.told.rpartition("\n")[2]
    if not last or last == follow_up.told:
        return ""
    asks = "?" in last or context.release.listener.hear(last).most(_ASKS) >= _ASKED
    return last if asks or PhraseKind.WHOM_TO_CALL in context.of(last).said.kinds else ""


def _contact_named(context: Context) -> AskAboutArea | AskAboutCard | None:
    """ "La seguridad ciudadana, ¿cuál es el número?": the name may stand before what is asked."""
    said = context.said
    asked = said.covered(*_OF_CONTACT)
    if not asked or len(said.words) > _MOST_OF_CONTACT or said.names_case:
        return None
    called = " ".join(word for at, word in enumerate(said.words) if at not in asked)
    area = area_in(context, called) if called else None
    return area_or_card(context, area, called, "contact") if area is not None else None


def _whom_to_call(context: Context) -> AskAboutCase | None:
    """ "Y si sigue esta noche, ¿a quién llamo?", some minutes after a case was filed."""
    said = context.said
    asks = PhraseKind.WHOM_TO_CALL in said.kinds and len(said.words) <= _MOST_OF_CALL
    if not asks or not _is_of_case(context) or area_in(context, context.folded) is not None:
        return None
    return AskAboutCase(CaseAspect.CALL) if about_named(context) is None else None


def _when_answered(context: Context) -> ShowCase | None:
    """ "¿Y el plazo cuánto era?", "el plazo de mi reclamo digo": how the case stands."""
    follow_up = context.state.follow_up
    if not _is_of_case(context):
        return None
    if not (_asks_of_term(context) or (is_for_person(context) and _asks_if_told(context))):
        return None
    return ShowCase(follow_up.case if follow_up is not None else context.state.cases[-1].number)


def _asks_of_term(context: Context) -> bool:
    said = context.said
    if len(said.words) > _MOST_OF_TERM:
        return False
    if said.is_only(PhraseKind.ASKS_NUMBER):
        return True
    if said.names_case:
        return PhraseKind.ASKS_ANSWER in said.kinds
    asks = PhraseKind.ASKS_TERM in said.kinds or context.heard.main == "follow_time"
    return asks and not names_service(context)


def _asks_if_told(context: Context) -> bool:
    """ "¿Le están pasando mi pregunta a la persona o no?", "ya quedó anotado, cuándo me llaman"."""
    said, spans = context.said, context.said.spans(PhraseKind.ASKS_ANSWER)
    if len(said.words) > _MOST_OF_ANSWER:
        return False
    if "?" in context.text:
        return any(start <= _MOST_BEFORE for start, _ in spans)
    interrogates, negators = context.lexicon.said_before.interrogates, said.lexicon.negators
    return any(
        end >= len(said.words) - _MOST_BEHIND
        and interrogates.match(" ".join(said.words[start:end])) is not None
        and negators.isdisjoint(said.words[:start])
        for start, end in spans
    )


def _is_of_case(context: Context) -> bool:
    """Whether a case was filed some minutes ago, and nothing else was spoken of since."""
    if context.state.follow_up is not None or context.state.filing is not None:
        return True
    last = context.state.cases[-1]
    lately = last.at is not None and context.at - last.at <= RECENT
    return lately and context.state.topic in ("", last.card)
