"""Changes what is told of a case before it is filed: a part goes, all is told anew, or it stays."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from handlers.cases.telling.carried_over import current_filing
from handlers.cases.telling.filing import ask_about_draft, go_on
from handlers.cases.telling.missing import proceed
from handlers.questionnaires import asking
from handlers.turn import TurnBuilder


def put_words_right(turn: TurnBuilder, said: str, meant: str, more: str = "") -> None:
    """Replace words of the case by others, and show the summary again.

    ``more``: what was told besides.
    """
    filing = current_filing(turn)
    if filing is None:
        asking.ask_open(turn)
        return
    words = tuple(told.replace(said, meant) for told in filing.words)
    words = (*filter(None, words), more) if more else tuple(filter(None, words))
    right = replace(filing, at=turn.at, words=words, asked=True, doubtful="", anew=False)
    proceed(turn, right)


def change(turn: TurnBuilder, words: Sequence[str], area: str) -> None:
    """Take these words in the place of all that was told, and show the summary again."""
    filing = turn.state.filing
    if filing is None:
        asking.ask_open(turn)
        return
    before = filing.words
    filing = replace(filing, at=turn.at, words=tuple(words), area=area, doubtful="", anew=False)
    proceed(turn, replace(filing, asked=True, before=before))


def ask_what_to_do(turn: TurnBuilder, words: str) -> None:
    """Ask whether words are to be added, all is told anew, or they do not belong to the case.

    Nothing is filed meanwhile.
    """
    told = current_filing(turn)
    if told is None:
        asking.ask_open(turn)
        return
    turn.update(filing=replace(told, at=turn.at, doubtful=words, asked=True, anew=False))
    ask_about_draft(turn)


def settle(turn: TurnBuilder, how: str) -> None:
    """Take the answer to ``ask_what_to_do``: add ("join"), tell anew, or discard ("drop")."""
    told = turn.state.filing
    assert told is not None, "only asked while a case is told"
    if how == "replace":
        tell_anew(turn)
        return
    words = told.words if how == "drop" else (*told.words, told.doubtful)
    proceed(turn, replace(told, at=turn.at, words=words, doubtful=""))


def show_again(turn: TurnBuilder) -> None:
    """Show the summary again, once doubtful words turned out to be a question that is answered."""
    told = turn.was.filing
    if told is not None and told.doubtful:
        turn.update(progress=turn.was.progress, paused=turn.was.paused)
        proceed(turn, replace(told, at=turn.at, doubtful=""))


def tell_anew(turn: TurnBuilder) -> None:
    """Ask for the whole text anew; what was told, the area and the files stay until it comes."""
    filing = turn.state.filing
    if filing is None or not filing.words:
        go_on(turn)
        return
    turn.update(filing=replace(filing, at=turn.at, doubtful="", anew=True))
    ask_about_draft(turn)


def keep(turn: TurnBuilder) -> None:
    """Leave the text as it was, and show the summary again; one that was replaced comes back."""
    filing = turn.state.filing
    if filing is None or not filing.words:
        go_on(turn)
        return
    asked = filing.asked or filing.anew
    back = filing.before and not filing.anew and not filing.doubtful
    words = filing.before if back else filing.words
    kept = replace(filing, at=turn.at, words=words, doubtful="", anew=False, before=())
    proceed(turn, replace(kept, asked=asked))
