"""What is kept of a contact: told, shown and erased from the chat itself."""

from __future__ import annotations

from datetime import datetime

from handlers.content.cards import general_contact
from handlers.errors import Needed
from handlers.facts import DataErased
from handlers.messages import shortened
from handlers.needs import NeedMyData
from handlers.questionnaires import asking, progress
from handlers.state import Conversation, MyData
from handlers.turn import TurnBuilder

MAX_LISTED = 8
MAX_WORDS_SHOWN = 120


def explain(turn: TurnBuilder) -> None:
    """DATOS: purpose, recipients, how long, rights."""
    turn.say("data")
    contact = general_contact(turn.release.content)
    if contact:
        turn.say("data-contact", contact=contact)
    if turn.state.progress is not None:
        asking.ask_again(turn)
    else:
        turn.ask("", [turn.option("mine"), turn.option("menu")])


def show(turn: TurnBuilder) -> None:
    """VER: everything that is kept of this contact; what is open stays open."""
    data = _my_data(turn)
    turn.private = True
    turn.say(
        "my-data",
        since=turn.date(data.since),
        responses=_listed(turn, [_response(turn, row) for row in data.responses]),
        comments=_listed(turn, [_comment(turn, area, words) for area, words in data.comments]),
        cases=_listed(turn, _cases(turn, data)),
    )


def ask_to_erase(turn: TurnBuilder) -> None:
    """BORRAR: cannot be undone, so it is asked once."""
    progress.pause(turn)
    turn.ask(turn.text("erase-confirm"), [turn.option("erase"), turn.option("not-erase")])


def erase(turn: TurnBuilder) -> None:
    """Erase: identity, words and conversation go, the numbering of messages stays."""
    open_cases = [number for number, status in _my_data(turn).cases if status != "closed"]
    turn.record(DataErased())
    turn.say("erased", date=turn.date(turn.at))
    if open_cases:
        turn.say("erase-kept-cases", numbers=", ".join(open_cases))
    turn.state = Conversation(seq=turn.was.seq, language=turn.was.language, greeted=True)


def keep(turn: TurnBuilder) -> None:
    """The erasure was called off."""
    turn.update(prompt=None)
    turn.say("erase-stopped")
    asking.resume_last(turn)


def _my_data(turn: TurnBuilder) -> MyData:
    if turn.known.my_data is None:
        raise Needed(NeedMyData())
    return turn.known.my_data


def _response(turn: TurnBuilder, row: tuple[str, str, datetime]) -> str:
    area, grade, at = row
    name = turn.release.area_name(area)
    date = turn.date(at)
    if grade:
        return turn.text("my-data-response", area=name, grade=grade, date=date)
    return turn.text("my-data-response-open", area=name, date=date)


def _comment(turn: TurnBuilder, area: str, words: str) -> str:
    shown = shortened(" ".join(words.split()), MAX_WORDS_SHOWN)
    return turn.text("my-data-comment", area=turn.release.area_name(area), words=shown)


def _cases(turn: TurnBuilder, data: MyData) -> list[str]:
    return [
        turn.text("my-data-case", number=number, status=turn.text(f"case-status-{status}"))
        for number, status in data.cases
    ]


def _listed(turn: TurnBuilder, items: list[str]) -> str:
    if not items:
        return turn.text("my-data-none")
    more = len(items) - MAX_LISTED
    shown = items[:MAX_LISTED]
    if more > 0:
        shown.append(turn.text("my-data-more", count=more))
    return "; ".join(shown)
