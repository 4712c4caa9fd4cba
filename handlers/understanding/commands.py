"""What is said with certainty: options by their words, commands, codes and case numbers."""

from __future__ import annotations

import re

from handlers.facts.cases import CaseKind
from handlers.facts.responses import Subject
from handlers.messages import IN_CHAT, MEASURE
from handlers.release import DEFAULT_LANGUAGE
from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_by_name, area_of_complaint
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
    EndMeasure,
    ListCases,
    ListMeasures,
    NoteCase,
    NoteMeasure,
    ProposeNote,
    ReadCase,
    ReadPolicy,
    SendNothing,
    ShowMeasure,
    TellMeasure,
    TellWeek,
    UndoAnswer,
)
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
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
_FEW_TO_END = 8  # words of which some say that a measure ends
_SHOWN_MEASURES = ("measure", "measure-note", "measure-write", "measure-write-in")
_FEWEST_OF_NOTE = 2  # words
_NOTED = "measure-write:"  # the option that words which wait are a note of the measure
_NOTED_IN = "measure-write-in:"  # the same, of several
_MEASURE = re.compile(r"\bM-\d{4}-\d{3,4}\b", re.IGNORECASE)
_AFTER_YES = re.compile(r"\s*[.,;:!\n]+\s*")
_SLASH = re.compile(r"\s*/([a-zA-Z_]{1,32})(?:@\w+)?(?:\s+(.*))?\s*", re.DOTALL)


def quoted_case(context: Context) -> Intent | None:
    """Words that quote a case's message: a staff member's go to the citizen, theirs to the case."""
    number, words = context.quoted_case, context.text.strip()
    if not number or not words:
        return None
    if context.known.staff is not None:
        if number.startswith(MEASURE):
            return _note_of(context, number.removeprefix(MEASURE), words)
        return _staffs_words(context, number, words)
    is_own = any(case.number == number for case in context.state.cases)
    is_closed = context.known.case_owner is False
    if not is_own or is_closed or context.command not in (None, "yes", "no"):
        return None
    return AddToCase(number, words)


def measure_named(context: Context) -> Intent | None:
    """A measure's number: the note that follows it, or else the measure with what can be done."""
    named = _MEASURE.search(context.text)
    if named is None:
        return None
    number, words = named[0].upper(), context.text[named.end() :].strip(" :,.;-–\n")
    begins = not context.text[: named.start()].strip()
    if begins and not words and context.offers(f"{_NOTED_IN}{number}"):
        return meaning_of(context, f"{_NOTED_IN}{number}")
    if not begins and _ends_measure(context, context.text):
        return EndMeasure(number)
    return _note_of(context, number, words) if begins else ShowMeasure(number)


def _note_of(context: Context, number: str, words: str) -> Intent:
    """A note cannot be erased, and "hecha" is none: one word shows what can be done."""
    if _ends_measure(context, words):
        return EndMeasure(number)
    is_note = len(words.split()) >= _FEWEST_OF_NOTE
    return NoteMeasure(number, words) if is_note else ShowMeasure(number)


def measure_told(context: Context) -> Intent | None:
    """The answer to what is asked of a measure that is being opened, or noted in one."""
    prompt, form = context.state.prompt, context.state.measure
    if prompt is None or prompt.awaits is not Awaits.MEASURE or form is None:
        return None
    if form.noted:
        return _note_asked_for(context, form.noted)
    named = None if form.area else area_by_name(context, context.text)
    return TellMeasure(context.text, named.id if named is not None else "")


def _note_asked_for(context: Context, number: str) -> Intent:
    if _ends_measure(context, context.text):
        return EndMeasure(number)
    return NoteMeasure(number, context.text)


def measure_spoken_of(context: Context) -> Intent | None:
    """Words after measures were shown that ask nothing: a note, or which of them is meant."""
    prompt = context.state.prompt
    if prompt is None or not context.prompt_is_recent:
        return None
    marks = [option.key.partition(":") for option in prompt.options]
    numbers = tuple(number for mark, _, number in marks if mark in _SHOWN_MEASURES and number)
    if (yes := _option_of(context, _NOTED)) and agrees(context, context.text):
        return meaning_of(context, yes)
    if not numbers or _wants_something_else(context):
        return None
    if _ends_measure(context, context.text):
        return EndMeasure(numbers[0] if len(set(numbers)) == 1 else "")
    if _names_deed(context):
        return ShowMeasure(numbers[0]) if len(set(numbers)) == 1 else ListMeasures()
    if len(context.said.words) < _FEWEST_OF_NOTE:
        return None
    return ProposeNote(context.text, numbers)


def _option_of(context: Context, mark: str) -> str:
    """The key of the first option that begins so; or ""."""
    options = context.state.prompt.options if context.state.prompt else ()
    return next((option.key for option in options if option.key.startswith(mark)), "")


def _wants_something_else(context: Context) -> bool:
    """A question, a courtesy, a complaint or a person."""
    wants_person = PhraseKind.WANTS_PERSON in context.said.kinds
    return bool(context.said.asks or context.is_courtesy or context.labelled or wants_person)


def _names_deed(context: Context) -> bool:
    """ "Hecha", "la tomo": what is done with a measure, and not with which."""
    wording = context.release.wording(context.spoken)
    named = ",".join(wording.say(f"measure-{deed}-words") for deed in ("take", "note", "done"))
    return context.folded in [fold(word) for word in named.split(",")]


def _ends_measure(context: Context, words: str) -> bool:
    """ "Cerrar la medida", "no hay medida": few words that hold such a phrase, or one such word."""
    said = fold(words)
    return len(said.split()) <= _FEW_TO_END and any(
        said == phrase or (" " in phrase and f" {phrase} " in f" {said} ")
        for phrase in _phrases(context, "measure-end-words")
    )


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
    if said in _phrases(context, "case-undo-words"):
        return UndoAnswer(number)
    if note is not None:
        return NoteCase(number, note)
    done_elsewhere = any(
        f"{said} ".startswith(f"{deed} ") for deed in _phrases(context, "case-panel-words")
    )
    few = len(said.split()) <= _FEW_OF_DEED
    return SendNothing("case-in-panel", number) if few and done_elsewhere else None


def _note_in(context: Context, words: str) -> str | None:
    """What stands behind "NOTA:"; None where nothing says that it is a note."""
    before, _, after = words.partition(":")
    return after.strip() if fold(before) in _phrases(context, "case-note-words") else None


def _phrases(context: Context, key: str) -> list[str]:
    """What stands in the wording of the contact's language, between commas."""
    return [fold(phrase) for phrase in context.release.wording(context.spoken).say(key).split(",")]


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
