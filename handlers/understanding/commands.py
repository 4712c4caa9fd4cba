"""What is said with certainty: options by their words, commands, codes and case numbers."""

from __future__ import annotations

import re

from handlers.facts.cases import CaseKind
from handlers.facts.responses import Subject
from handlers.messages import IN_CHAT, MEASURE
from handlers.release import DEFAULT_LANGUAGE
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_of_complaint
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import SettleWords
from handlers.understanding.intents.cases import (
    AddToCase,
    AskForRecords,
    BeginCase,
    FileCase,
    FileWithMore,
    GiveMail,
    ReopenCase,
)
from handlers.understanding.intents.information import LookUp, Speak
from handlers.understanding.intents.persons import AnswerInChat, EndInChat
from handlers.understanding.intents.rating import AskWhatToChange, Rate
from handlers.understanding.intents.staff import (
    AnswerCase,
    ListCases,
    ListMeasures,
    NoteCase,
    ReadCase,
    ReadPolicy,
    SendNothing,
    TellWeek,
    UndoAnswer,
)
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.measures import note_of, phrases
from handlers.understanding.options import meaning_of
from handlers.understanding.reading.desk_codes import find_desk_code
from handlers.understanding.reading.mail import mail_in
from handlers.understanding.said_before.corrections.closed import corrects_something
from handlers.understanding.said_before.more_of_case import agrees

_YES = (  # of several that are offered, the one that is offered first
    *("replace-words", "drop-words", "move", "answer-again", "measure-write"),
    *("yes", "accept", "danger", "withdraw", "file", "leave-case", "undo", "offer", "change"),
    *("erase", "access-yes", "object-yes", "block-yes", "port-yes", "consent-yes", "solved"),
)
_NO = (
    "no",
    "reject",
    "as-comment",
    "no-danger",
    "keep-case",
    "not-file",
    "not-answer-again",
    "keep-rating",
    "measure-search",
    "join-words",
    "keep-words",
    "not-now",
    "keep",
    "not-erase",
    "not-right",
    "none",
    "unsolved",
)
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
OPENS = "start"  # the command that a chat is opened with
_FEW_TO_CONFIRM = 5  # words
_FEW_OF_DEED = 5  # words of a deed that is done in the panel
_AFTER_YES = re.compile(r"\s*[.,;:!\n]+\s*")
_SLASH = re.compile(r"\s*/([a-zA-Z_]{1,32})(?:@\w+)?(?:\s+(.*))?\s*", re.DOTALL)


def quoted_case(context: Context) -> Intent | None:
    """Words that quote a case's message: a staff member's go to the citizen, theirs to the case."""
    number, words = context.quoted_case, context.text.strip()
    if not number or not words:
        return None
    if context.known.staff is not None:
        if number.startswith(MEASURE):
            return note_of(context, number.removeprefix(MEASURE), words)
        return _staffs_words(context, number, words)
    is_own = any(case.number == number for case in context.state.cases)
    is_closed = context.known.case_owner is False
    if not is_own or is_closed or context.command not in (None, "yes", "no"):
        return None
    return AddToCase(number, words)


def _staffs_words(context: Context, about: str, words: str) -> Intent:
    """The answer to a case, or in a conversation; TERMINAR ends the latter."""
    if not about.startswith(IN_CHAT):
        return _no_answer(context, about, words) or AnswerCase(about, words)
    if _note_in(context, words) is not None:
        return SendNothing("person-no-notes", "")
    handover = int(about.removeprefix(IN_CHAT))
    ends = context.command in ("cancel", "done")
    return EndInChat(handover) if ends else AnswerInChat(handover, words)


def _no_answer(context: Context, number: str, words: str) -> Intent | None:
    """ "NOTA: llamar al chofer", "cerrar el caso", "deshacer", a thumb: not meant for the citizen,
    who would be sent it."""
    said, note = fold(words), _note_in(context, words)
    if not said:
        return SendNothing("case-answer-no-words", number)
    if said in phrases(context, "case-undo-words"):
        return UndoAnswer(number)
    if note is not None:
        return NoteCase(number, note)
    done_elsewhere = any(
        f"{said} ".startswith(f"{deed} ") for deed in phrases(context, "case-panel-words")
    )
    few = len(said.split()) <= _FEW_OF_DEED
    return SendNothing("case-in-panel", number) if few and done_elsewhere else None


def _note_in(context: Context, words: str) -> str | None:
    """What stands behind "NOTA:"; None where nothing says that it is a note."""
    before, _, after = words.partition(":")
    return after.strip() if fold(before) in phrases(context, "case-note-words") else None


def case_of_staff(context: Context) -> Intent | None:
    """The number of a case that is not the writer's own: the case, to be answered."""
    content = context.release.content
    found = content.case_number.search(context.text)
    if found is None:
        return None
    number = f"{content.case_prefix}-{found[1]}-{int(found[2]):06}"
    own = {case.number for case in context.state.cases}
    return None if number in own else ReadCase(number)


def mail_for_case(context: Context) -> Intent | None:
    """An address, right after a case was filed: for the answer, and no more of the story."""
    follow_up = context.state.follow_up
    if follow_up is None or not follow_up.case or not context.known.mails:
        return None
    address = mail_in(context.text)
    return None if address is None else GiveMail(follow_up.case, address)


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
    if context.command == "ask" and prompt.offers("not-comment"):
        return meaning_of(context, "not-comment")
    return None


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
    prompt, parts = context.state.prompt, _AFTER_YES.split(context.text.strip(), maxsplit=1)
    if prompt is None or not prompt.offers("file") or len(parts) < 2:
        return None
    if PhraseKind.WANTS_PERSON in context.said.kinds:
        return None
    if context.commands.get(fold(parts[0])) != "yes" or not fold(parts[1]):
        return None
    takes_back = context.lexicon.said_before.not_so.match(fold(parts[1]))
    return None if takes_back else FileWithMore(parts[1])


def _yes_or_no(context: Context) -> Intent | None:
    """The option that yes or no chooses, where the open question has one that stands for it."""
    prompt = context.state.prompt
    offered = [option.key for option in prompt.options] if prompt else []
    if "of-data" in offered and context.command == "no":  # what was asked for after CORREGIR
        return meaning_of(context, "of-data")
    if "of-case" in offered:  # whether words belong to a case
        return SettleWords("join" if context.command == "yes" else "drop")
    yes = next((key for key in offered if key.partition(":")[0] in _YES), None)
    no = next((key for key in reversed(offered) if key.partition(":")[0] in _NO), None)
    if no is None:
        return None
    if context.command == "no":
        declines = no.startswith("unsolved") and context.heard.likely("thanks")
        return SayCourtesy("thanks") if declines else meaning_of(context, no)  # "no, gracias"
    asks = yes is not None and offered.index(yes) < offered.index(no)  # a list asks no yes or no
    return meaning_of(context, yes) if yes and asks else None


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


def complaint_with_words(context: Context) -> Intent | None:
    """ "Reclamo: la basura no pasa", "buenas, denuncia: …"."""
    told = context.labelled
    return FileCase(told, area_of_complaint(context, told)) if told else None
