"""A case that is quoted or named: staff's answers and notes, and its citizen's words."""

from __future__ import annotations

from handlers.messages import IN_CHAT, MEASURE
from handlers.text.folding import fold
from handlers.understanding.commands.measures import note_of
from handlers.understanding.context import Context
from handlers.understanding.intents.cases import AddToCase, GiveMail
from handlers.understanding.intents.persons import AnswerInChat, EndInChat
from handlers.understanding.intents.staff import (
    AnswerCase,
    NoteCase,
    ReadCase,
    SendNothing,
    UndoAnswer,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.mail import mail_in

_FEW_OF_DEED = 5  # words of a deed that is done in the panel


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
    if said in context.phrases("case-undo-words"):
        return UndoAnswer(number)
    if note is not None:
        return NoteCase(number, note)
    done_elsewhere = any(
        f"{said} ".startswith(f"{deed} ") for deed in context.phrases("case-panel-words")
    )
    few = len(said.split()) <= _FEW_OF_DEED
    return SendNothing("case-in-panel", number) if few and done_elsewhere else None


def _note_in(context: Context, words: str) -> str | None:
    """What stands behind "NOTA:"; None where nothing says that it is a note."""
    before, _, after = words.partition(":")
    return after.strip() if fold(before) in context.phrases("case-note-words") else None


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
