"""What is kept of a contact: told, shown and erased from the chat itself."""

from __future__ import annotations

from datetime import datetime

from handlers.content.cards import general_contact
from handlers.facts import DataErased
from handlers.messages import shortened
from handlers.questionnaires import asking, progress
from handlers.state import Conversation, MyData, NeedMyData
from handlers.turn import Talk

MAX_LISTED = 8
MAX_WORDS_SHOWN = 120


def explain(talk: Talk) -> None:
    """DATOS: purpose, recipients, how long, rights."""
    talk.say("data")
    contact = general_contact(talk.release.content)
    if contact:
        talk.say("data-contact", contact=contact)
    if talk.state.run is not None:
        asking.ask_again(talk)
    else:
        talk.ask("", [talk.option("mine"), talk.option("menu")])


def show(talk: Talk) -> None:
    """VER: everything that is kept of this contact; whatever is open stays open."""
    data = _my_data(talk)
    talk.private = True
    talk.say(
        "my-data",
        since=talk.date(data.since),
        responses=_listed(talk, [_response(talk, row) for row in data.responses]),
        comments=_listed(talk, [_comment(talk, area, words) for area, words in data.comments]),
        cases=_listed(talk, _cases(talk, data)),
    )


def ask_to_erase(talk: Talk) -> None:
    """BORRAR: cannot be undone, so it is asked once."""
    progress.shelve(talk)
    talk.ask(talk.text("erase-confirm"), [talk.option("erase"), talk.option("not-erase")])


def erase(talk: Talk) -> None:
    """Erase: identity, words and conversation go, the numbering of messages stays."""
    open_cases = [number for number, status in _my_data(talk).cases if status != "closed"]
    talk.establish(DataErased())
    talk.say("erased", date=talk.date(talk.at))
    if open_cases:
        talk.say("erase-kept-cases", numbers=", ".join(open_cases))
    talk.state = Conversation(seq=talk.was.seq, language=talk.was.language, greeted=True)


def keep(talk: Talk) -> None:
    """The erasure was called off."""
    talk.update(prompt=None)
    talk.say("erase-stopped")
    asking.resume(talk)


def _my_data(talk: Talk) -> MyData:
    if talk.known.my_data is None:
        raise talk.need(NeedMyData())
    return talk.known.my_data


def _response(talk: Talk, row: tuple[str, str, datetime]) -> str:
    area, grade, at = row
    name = talk.release.area_name(area)
    date = talk.date(at)
    if grade:
        return talk.text("my-data-response", area=name, grade=grade, date=date)
    return talk.text("my-data-response-open", area=name, date=date)


def _comment(talk: Talk, area: str, words: str) -> str:
    shown = shortened(" ".join(words.split()), MAX_WORDS_SHOWN)
    return talk.text("my-data-comment", area=talk.release.area_name(area), words=shown)


def _cases(talk: Talk, data: MyData) -> list[str]:
    return [
        talk.text("my-data-case", number=number, status=talk.text(f"case-status-{status}"))
        for number, status in data.cases
    ]


def _listed(talk: Talk, items: list[str]) -> str:
    if not items:
        return talk.text("my-data-none")
    more = len(items) - MAX_LISTED
    shown = items[:MAX_LISTED]
    if more > 0:
        shown.append(talk.text("my-data-more", count=more))
    return "; ".join(shown)
