"""Commands, also as chat platforms write them, and the codes of desks."""

from __future__ import annotations

import re

from handlers.facts.cases import CaseKind
from handlers.facts.responses import Subject
from handlers.release import DEFAULT_LANGUAGE
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in, area_of_person
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskForRecords, BeginCase, FileCase, ReopenCase
from handlers.understanding.intents.information import LookUp, ShowArea, Speak
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import AskWhatToChange, Rate
from handlers.understanding.intents.staff import ListCases, ListMeasures, ReadPolicy, TellWeek
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.new_cases.area import area_of_complaint
from handlers.understanding.options import meaning_of
from handlers.understanding.reading.desk_codes import find_desk_code
from handlers.understanding.said_before.corrections.closed import corrects_something

# Commands that are no options; "yes", "no" and "thanks" depend on what is open.
COMMANDS: dict[str, Intent] = {
    "help": Act.SHOW_HELP,
    "read-answer": Act.READ_ANSWER,
    "questionnaire": Act.LIST_QUESTIONNAIRES,
    "hello": Act.GREET,
    "spanish": Speak(DEFAULT_LANGUAGE),
    "english": Speak("en"),
    "creole": Speak("ht"),
    "answer": ReopenCase(),
    "suggestion": BeginCase(CaseKind.SUGGESTION),
    "praise": BeginCase(CaseKind.PRAISE),
    "request": BeginCase(CaseKind.REQUEST),
    "call": BeginCase(CaseKind.CALL),
    "records": AskForRecords(),
    "policy": ReadPolicy(),
}
OF_STAFF: dict[str, Intent] = {
    "measures": ListMeasures(),
    "week": TellWeek(),
    "cases": ListCases(),
}
_OF_WHAT_IS_OPEN = ("yes", "no", "thanks", "hello")
OPENS = "start"  # the command that a chat is opened with
_LEADING = re.compile(
    r"\s*(?P<word>[^\W\d_]+)(?P<apart>\s*[,:;.!\n-]\s*|\s+)(?P<rest>\w.*)", re.DOTALL
)
_ENDING = re.compile(r"\s*(?P<told>\w.*?)\s*[,;.!?\n-]+\s*(?P<word>[^\W\d_]+)[\s.!]*", re.DOTALL)
_SLASH = re.compile(r"\s*/([a-zA-Z_]{1,32})(?:@\w+)?(?:\s+(.*))?\s*", re.DOTALL)


def command(context: Context) -> Intent | None:
    """A word that commands."""
    return _obeyed(context, context.command) if context.command else None


def _obeyed(context: Context, word: str) -> Intent | None:
    if word in ("yes", "no"):
        return None
    if word == "thanks":
        return _thanks(context)
    if word in OF_STAFF and context.known.staff is not None:
        return OF_STAFF[word]
    if word == "cases":
        return Act.SHOW_CASES  # a citizen's own
    if word == "change" and context.rating_is_closed and corrects_something(context):
        return AskWhatToChange()
    return COMMANDS.get(word) or meaning_of(context, word)


def _thanks(context: Context) -> Intent | None:
    """ "Gracias", "ok": the end of what could still be added to, else only courtesy."""
    if context.state.follow_up is not None:
        return Act.FINISH
    if context.open is not None and context.open.question.may_be_left:
        return None  # it leaves the open question
    parts = context.heard.main == "farewell" and context.heard.likely("farewell")
    return SayCourtesy("farewell") if parts else Act.THANK


def slash_command(context: Context) -> Intent | None:
    """A command as chat platforms write them, such as "/consulta permiso de circulación"."""
    found = _SLASH.fullmatch(context.text)
    if found is None:
        return None
    word, rest = context.commands.get(found[1].lower()), (found[2] or "").strip()
    if found[1].lower() == OPENS and (rating := rating_at_desk(context, rest)) is not None:
        return rating  # what a link does, typed or pasted where links open nothing
    if word == "ask" and rest:
        return LookUp(rest, context.rank(rest))
    if word == "complaint" and rest:
        return FileCase(rest, area_of_complaint(context, rest))
    obeyed = _obeyed(context, word) if word else None
    return obeyed or Act.USE_UNKNOWN_COMMAND


def desk_code(context: Context) -> Intent | None:
    """The code of a desk, typed off its poster."""
    code = find_desk_code(
        context.folded, context.release.content.desk_by_token, context.lexicon.desk
    )
    return rating_at_desk(context, code) if code else None


def rating_at_desk(context: Context, token: str) -> Rate | None:
    """The rating that a desk's link, QR or code begins."""
    desk = context.release.content.desk_by_token.get(token.lower())
    if desk is None:
        return None
    return Rate(Subject(desk.area, desk.service or "", desk.token), "desk")


def command_with_words(context: Context) -> Intent | None:
    """ "PERSONA, es por la cédula vencida", "AREAS de salud", "MENU porfa", "no me sirve. Persona".

    Written in capitals or set apart, the word is meant; "persona mayor" is looked up.
    """
    ending = _ENDING.fullmatch(context.text)
    if ending is not None and context.commands.get(fold(ending["word"])) == "person":
        return AskForPerson(ending["told"], area_of_person(context.of(ending["told"])))
    found = _LEADING.fullmatch(context.text)
    if found is None or context.command is not None:
        return None
    word, rest = found["word"], found["rest"].strip()
    obeyed = context.commands.get(fold(word))
    if obeyed in (None, *_OF_WHAT_IS_OPEN):
        return None
    if context.of(rest).said.is_only(PhraseKind.ASKS_KINDLY):
        return _obeyed(context, obeyed)
    capitals = word.isupper() and not rest.isupper()
    if obeyed == "person" and (
        found["apart"].strip() or (capitals and context.ranking.verdict is not Verdict.SURE)
    ):
        return AskForPerson(rest, area_of_person(context.of(rest)))
    if obeyed == "areas" and capitals:
        area = area_in(context, rest)
        return ShowArea(area.id) if area is not None else Act.LIST_AREAS
    return None


def command_among_fillers(context: Context) -> Intent | None:
    """ "Bueno, persona entonces", "ya po, menú no más": a command beside what says nothing."""
    words, said_before = context.answering, context.lexicon.said_before
    found = [word for word in words if word not in said_before.round_choice]
    obeyed = context.commands.get(found[0]) if len(found) == 1 and len(words) > 1 else None
    if obeyed in (None, *_OF_WHAT_IS_OPEN) or "?" in context.text:
        return None
    before = words[: words.index(found[0])]  # "esa persona" is none
    led = all(said_before.opens.fullmatch(w) or context.commands.get(w) == "yes" for w in before)
    return _obeyed(context, obeyed or "") if led else None


def complaint_with_words(context: Context) -> Intent | None:
    """ "Reclamo: la basura no pasa", "buenas, denuncia: …"."""
    told = context.labelled
    return FileCase(told, area_of_complaint(context, told)) if told else None
