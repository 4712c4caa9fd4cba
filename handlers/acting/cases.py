"""Dispatches intents about cases and about talking with a person."""

from __future__ import annotations

from typing import assert_never

from handlers import navigation
from handlers.cases import adding, mail
from handlers.cases.filed import news, own_cases
from handlers.cases.people import person, staff
from handlers.cases.telling import drafts, filing, waiting
from handlers.questionnaires import progress
from handlers.turn import TurnBuilder
from handlers.understanding.intents.cases import (
    AddToCase,
    AnswerInWriting,
    AskAboutCase,
    AskForRecords,
    AskIfCorrection,
    AskIfOfCase,
    AskToWithdraw,
    AskWhatIsWrong,
    AskWhichCase,
    BeginCase,
    Case,
    ChangeTold,
    DoubtAnswer,
    FileCase,
    FileWithMore,
    Filing,
    GiveMail,
    GiveReceipt,
    JudgeAnswer,
    OwnCase,
    PutWordsRight,
    ReopenCase,
    SetCaseArea,
    ShowCase,
    TellMoreOfReport,
    TellWaiting,
    WithdrawCase,
)
from handlers.understanding.intents.persons import (
    AnswerInChat,
    AskForPerson,
    EndInChat,
    Person,
    TakeOver,
    TellPerson,
)


def act_on_case(intent: Case, turn: TurnBuilder) -> None:
    """A case that is being told, or one that was filed."""
    if isinstance(intent, Filing):
        _file(intent, turn)
    else:
        _act_on_own_case(intent, turn)


def _file(intent: Filing, turn: TurnBuilder) -> None:
    """A case that is being told, until it is filed."""
    match intent:
        case FileWithMore(words):
            filing.file(turn, words)
        case FileCase(words, area, kind, unnamed):
            if unnamed:
                turn.say("case-unnamed")
            filing.tell(turn, words, area, kind)
            progress.drop_declined(turn)
        case BeginCase(kind, area, unnamed):
            filing.begin(turn, kind, area, unnamed=unnamed)
            progress.drop_declined(turn)
        case AnswerInWriting(words):
            filing.answer_in_writing(turn, words)
        case TellMoreOfReport(words, area):
            filing.tell_report(turn, words, area)
        case PutWordsRight(said, meant, more):
            drafts.put_words_right(turn, said, meant, more)
        case ChangeTold(words, area, absent):
            if absent:
                turn.say("case-part-absent")
            drafts.change(turn, words, area)
        case SetCaseArea(area, words):
            filing.set_area(turn, area, words)
        case _:
            assert_never(intent)


def _act_on_own_case(intent: OwnCase, turn: TurnBuilder) -> None:
    """A filed case: asked about, added to, withdrawn."""
    match intent:
        case AskAboutCase(aspect):
            own_cases.explain(turn, aspect)
        case AskToWithdraw(number):
            navigation.withdraw(turn, number)
        case WithdrawCase(number):
            own_cases.withdraw(turn, number)
        case GiveReceipt(number):
            own_cases.give_receipt(turn, number)
        case ShowCase(number, regrets, settles):
            if settles:
                told = turn.state.filing
                left = None if told is not None and told.waiting else told  # it is that case
                turn.update(follow_up=None, prompt=None, filing=left)
            own_cases.show(turn, number, regrets=regrets)
        case AskWhichCase(numbers, unknown, deed):
            own_cases.ask_which(turn, numbers, deed, unknown=unknown)
        case ReopenCase(number):
            adding.reopen(turn, number)
        case AskWhatIsWrong(number):
            adding.ask_what_is_wrong(turn, number)
        case JudgeAnswer(number, value, words):
            news.judge(turn, number, value, words)
        case DoubtAnswer(number, words):
            news.doubt(turn, number, words)
        case AddToCase(number, words):
            adding.add_to_quoted(turn, number, words)
        case AskIfOfCase() as asked:
            if asked.stands:
                turn.say("case-regret")
                own_cases.say_state(turn, asked.number)
            adding.ask_if_added(turn, asked)
        case AskIfCorrection(words, omits):
            adding.ask_if_correction(turn, words, omits=omits)
        case GiveMail(number, address):
            mail.take(turn, number, address)
        case AskForRecords():
            own_cases.show_way_to_records(turn)
        case TellWaiting():
            waiting.answer_waiting(turn, intent)
        case _:
            assert_never(intent)


def act_on_person(intent: Person, turn: TurnBuilder) -> None:
    """A conversation with a person of the municipality."""
    match intent:
        case AskForPerson(words, area):
            turn.update(follow_up=None)
            person.ask(turn, words, area)
        case TellPerson() as told:
            person.tell(turn, told)
        case TakeOver() | AnswerInChat() | EndInChat():
            staff.act_in_chat(turn, intent)
        case _:
            assert_never(intent)
