"""Answers by mail besides the chat: the citizen's address, and the mails."""

from __future__ import annotations

from html import escape

from handlers.cases import opening
from handlers.facts.cases import CaseMailGiven
from handlers.messages import CaseAnswer, Channel, Waits
from handlers.turn import TurnBuilder

_VIEWPORT = "width=device-width, initial-scale=1"
_STYLE = "font-family: sans-serif; font-size: 16px; line-height: 1.5; overflow-wrap: anywhere"


def offer(turn: TurnBuilder) -> None:
    """Offer mail on the web page, where an answer is only seen by returning; no reply is needed."""
    if turn.known.mails and turn.incoming.sender.channel is Channel.WEB:
        turn.say("case-mail-offer")


def take(turn: TurnBuilder, number: str, address: str) -> None:
    """Store the address for the case; "": it was not a valid one."""
    turn.private = True
    if address:
        turn.record(CaseMailGiven(number, address, turn.state.language))
        turn.say("case-mail-taken", number=number, mail=address)
    else:
        turn.say("case-mail-wrong")
    opening.expect(turn, number)
    opening.offer_end(turn)


def tell_answer(turn: TurnBuilder, answer: CaseAnswer) -> None:
    """The answer as a mail, whose subject contains nothing of the case but its number."""
    turn.subject = turn.text("case-mail-subject", number=answer.number)
    receiver = opening.receiver_name(turn, answer.area)
    turn.say("case-answer", number=answer.number, receiver=receiver, words=answer.text)
    turn.file = answer.file
    finish(turn, answer.number)


def finish(turn: TurnBuilder, number: str) -> None:
    """Complete a mail about a case: its ending, subject and HTML."""
    turn.say("case-mail-end")
    turn.html = _page(turn)
    turn.about = number
    turn.private = True
    turn.waits = Waits.QUIETLY  # staff see a refused mail and can send it again


def _page(turn: TurnBuilder) -> str:
    """The mail as HTML, escaped and without external resources.

    Line breaks become tags, because Outlook ignores those of the text.
    """
    paragraphs = (escape(part) for part in turn.body if isinstance(part, str))
    inner = "".join(f"<p>{one.replace(chr(10), '<br>')}</p>" for one in paragraphs)
    head = f'<meta charset="utf-8"><meta name="viewport" content="{_VIEWPORT}">'
    title = f"<title>{escape(turn.subject)}</title>"
    language = turn.wording.language
    return (
        f'<!doctype html><html lang="{language}"><head>{head}{title}</head>'
        f'<body style="{_STYLE}">{inner}</body></html>'
    )
