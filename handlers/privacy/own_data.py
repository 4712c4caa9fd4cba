"""What citizens ask about their own data: each intent led to the right or the consent it is for."""

from __future__ import annotations

from typing import Literal, assert_never

from handlers.privacy import consent, rights
from handlers.turn import TurnBuilder
from handlers.understanding.intents import (
    Act,
    AskRight,
    AskWhatIsMeant,
    FileRequest,
    OwnData,
    UseRight,
)

PlainOwnData = Literal[
    Act.EXPLAIN_DATA,
    Act.LIST_RIGHTS,
    Act.ERASE,
    Act.KEEP_DATA,
    Act.UNBLOCK_DATA,
    Act.ASK_FOR_CONSENT,
    Act.CONSENT,
    Act.WITHDRAW_CONSENT,
]


def act(turn: TurnBuilder, intent: OwnData) -> None:
    """Do what somebody asks for about a right."""
    match intent:
        case AskRight(right):
            turn.update(follow_up=None)
            rights.ask(turn, right)
        case UseRight(right):
            rights.use(turn, right)
        case AskWhatIsMeant(right):
            rights.ask_for_words(turn, right)
        case FileRequest(right, words):
            rights.file(turn, right, words)


def act_plainly(turn: TurnBuilder, intent: PlainOwnData) -> None:
    """The same of what carries nothing besides."""
    match intent:
        case Act.EXPLAIN_DATA:
            rights.explain(turn)
        case Act.LIST_RIGHTS:
            rights.list_rights(turn)
        case Act.ERASE:
            rights.erase(turn)
        case Act.KEEP_DATA:
            rights.keep(turn)
        case Act.UNBLOCK_DATA:
            rights.unblock(turn)
        case Act.ASK_FOR_CONSENT:
            consent.ask(turn)
        case Act.CONSENT:
            consent.give(turn)
        case Act.WITHDRAW_CONSENT:
            consent.withdraw(turn)
        case _:
            assert_never(intent)
