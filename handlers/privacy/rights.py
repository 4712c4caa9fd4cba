"""The citizen's rights over their data: explained, listed, confirmed and carried out.

VER, CORREGIR, BORRAR, OPONERME, BLOQUEAR and LLEVARME take two or three messages each, with one
confirmation before anything is shown or done, as others may use the same device.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from handlers.content.cards import general_contact
from handlers.facts.own_data import DataErased, Right, RightLifted, RightUsed
from handlers.messages import MAX_TEXT, Channel, Layout, Option, RightAnswer, shortened
from handlers.privacy.due import due
from handlers.privacy.own_data import MAX_LISTED, give_files, request_number, show, stored_data
from handlers.questionnaires import asking, progress
from handlers.state import Awaits, Conversation, Draft
from handlers.turn import TurnBuilder
from handlers.understanding.intents.danger import PERSONAL, alert_of

_YEAR = 365  # days
_FRAME = 300  # characters reserved around a decision's text
_LISTED = ("mine", "rectify", "erase", "object", "block", "take", "consent")
_AWAITS = {Right.RECTIFY: Awaits.RECTIFY, Right.OBJECT: Awaits.OBJECT}
_ASKED_FOR = {Right.RECTIFY: "rectify-ask", Right.OBJECT: "object-ask"}


def explain(turn: TurnBuilder) -> None:
    """DATOS: say purpose, recipients, retention and rights."""
    turn.say("data", keep=_kept_for(turn))
    contact = general_contact(turn.release.content)
    if contact:
        turn.say("data-contact", contact=contact)
    if turn.state.progress is not None:
        asking.ask_again(turn)
    else:
        turn.ask("", [turn.option("mine"), turn.option("rights"), turn.option("menu")])


def _kept_for(turn: TurnBuilder) -> str:
    """How long comments are kept, in whole months or days."""
    days = turn.release.content.privacy.comments_days
    months = days * 12 / _YEAR
    if months == int(months):
        return turn.text("keep-months", count=int(months))
    return turn.text("keep-days", count=days)


def list_rights(turn: TurnBuilder) -> None:
    """DERECHOS: list all that can be requested, by number."""
    progress.pause(turn)
    terms = turn.release.content.privacy
    turn.say("rights-terms", days=terms.answer_days, block=terms.block_working_days)
    options = [_to_choose(turn, name) for name in _LISTED]
    # A list in the text, as the explanations do not fit buttons.
    told = [f"{place}. {turn.text(f'rights-{name}')}" for place, name in enumerate(_LISTED, 1)]
    question = "\n".join([turn.text("rights"), *told])
    turn.ask(question, options, layout=Layout.LIST, numbered=len(options))


def _to_choose(turn: TurnBuilder, name: str) -> Option:
    # Choosing this erases nothing: the question that follows has "Sí, borrar".
    return turn.option("erase-mine", "erase") if name == "erase" else turn.option(name)


def ask(turn: TurnBuilder, right: Right, words: str = "") -> None:
    """Say what will be done and ask for confirmation, as others may be using this chat.

    ``words``: what is to be corrected.
    """
    progress.pause(turn)
    match right:
        case Right.ACCESS | Right.PORT:
            turn.say("own-device")
            _say_how_to_leave_device(turn)
            access = right is Right.ACCESS
            question = turn.text("access-confirm") if access else turn.text("port-confirm")
            yes = "access-yes" if access else "port-yes"
        case Right.ERASE:
            _say_what_is_erased(turn)
            _say_how_to_leave_device(turn)
            if alert_of(turn.was, turn.at) in PERSONAL:
                turn.say("erase-own-phone")
            _ask_to_erase(turn)
            return
        case Right.RECTIFY if words:
            _ask_how_it_is_right(turn, words)
            return
        case Right.RECTIFY:
            _ask_what_is_wrong(turn)
            return
        case Right.OBJECT:
            options = [turn.option("object-yes"), turn.option("object-other")]
            turn.ask(turn.text("object-confirm"), [*options, turn.option("not-right")])
            return
        case Right.BLOCK:
            if stored_data(turn).blocked:
                turn.say("block-already")
                turn.ask("", [turn.option("unblock"), turn.option("menu")])
                return
            question, yes = turn.text("block-confirm"), "block-yes"
        case _:
            assert_never(right)
    turn.ask(question, [turn.option(yes), turn.option("not-right")])


def _ask_what_is_wrong(turn: TurnBuilder) -> None:
    _forget_what_is_wrong(turn)
    options = [turn.option("change"), turn.option("rectify-other")]
    turn.ask(turn.text("rectify-what"), options, layout=Layout.LIST, numbered=len(options))


def tell_what_stays(turn: TurnBuilder) -> None:
    """Answer what would become of something, and ask again whether to erase."""
    progress.pause(turn)
    turn.say("erase-each")
    _say_open_cases(turn)
    _ask_to_erase(turn)


def _ask_to_erase(turn: TurnBuilder) -> None:
    turn.ask(turn.text("erase-confirm"), [turn.option("erase"), turn.option("not-erase")])


def use(turn: TurnBuilder, right: Right) -> None:
    """Carry out what was confirmed."""
    match right:
        case Right.ACCESS:
            show(turn)
        case Right.PORT:
            give_files(turn)
        case Right.OBJECT:
            _object(turn)
        case Right.BLOCK:
            _block(turn)
        case Right.ERASE | Right.RECTIFY:
            ask(turn, right)
        case _:
            assert_never(right)


def ask_for_words(turn: TurnBuilder, right: Right) -> None:
    """Ask what exactly is to be corrected or objected to, for a person to decide."""
    _forget_what_is_wrong(turn)
    _ask_for_words(turn, right, _ASKED_FOR[right])


def _ask_how_it_is_right(turn: TurnBuilder, words: str) -> None:
    """Ask how it should be, keeping what the citizen said is wrong."""
    _ask_for_words(turn, Right.RECTIFY, "rectify-told")
    turn.update(draft=Draft(turn.at, words, wrong_data=True))


def _ask_for_words(turn: TurnBuilder, right: Right, question: str) -> None:
    progress.pause(turn)
    turn.update(follow_up=None)
    turn.ask(turn.text(question), [turn.option("cancel")], _AWAITS[right])


def _forget_what_is_wrong(turn: TurnBuilder) -> None:
    """Forget words kept for another request that was abandoned."""
    if turn.state.draft is not None and turn.state.draft.wrong_data:
        turn.update(draft=None)


def file(turn: TurnBuilder, right: Right, words: str) -> None:
    """File a request, in the citizen's words, for a person to decide."""
    draft = turn.state.draft
    if right is Right.RECTIFY and draft is not None and draft.wrong_data:
        words = f"{draft.words}\n{words}"
        turn.update(draft=None)
    _file(turn, right, words)
    turn.update(prompt=None, follow_up=None)
    asking.resume_last(turn)


def erase(turn: TurnBuilder) -> None:
    """Erase the contact's identity, words and conversation, keeping the numbering of replies."""
    data, number = stored_data(turn), request_number(turn)
    open_cases = [case for case, status in data.cases if status != "closed"]
    turn.record(RightUsed(number, Right.ERASE, turn.at, done=True))
    turn.record(DataErased())
    turn.say("erased", number=number, date=turn.date(turn.at))
    if open_cases:
        turn.say("erase-kept-cases", numbers=", ".join(open_cases[:MAX_LISTED]))
    turn.say("right-agency", days=turn.release.content.privacy.agency_working_days)
    turn.state = Conversation(seq=turn.was.seq, language=turn.was.language, greeted=True)


def unblock(turn: TurnBuilder) -> None:
    """DESBLOQUEAR: lift the contact's own blocking at once."""
    if stored_data(turn).blocked:
        turn.record(RightLifted(Right.BLOCK))
        turn.say("unblocked")
    else:
        turn.say("block-none")
    turn.update(prompt=None)
    asking.resume_last(turn)


def invite_again(turn: TurnBuilder) -> None:
    """INVITARME: lift the contact's own objection to invitations at once."""
    if turn.state.uninvited:
        turn.record(RightLifted(Right.OBJECT))
        turn.say("invited-again", date=turn.date(turn.at))
    else:
        turn.say("invited-anyway")
    turn.update(uninvited=False, prompt=None)
    asking.resume_last(turn)


def keep(turn: TurnBuilder) -> None:
    """No: do nothing."""
    turn.say(cancelled_sentence(turn))
    turn.update(prompt=None)
    asking.resume_last(turn)


def cancelled_sentence(turn: TurnBuilder) -> str:
    """The wording key that says that nothing was done."""
    return "erase-stopped" if turn.offers("not-erase") else "right-stopped"


def tell_decision(turn: TurnBuilder, answer: RightAnswer) -> None:
    """Tell the citizen the decision about a request; an open question stays open."""
    words = shortened(answer.text, MAX_TEXT - _FRAME)
    turn.private = True
    match answer.status:
        case "extended" | "reopened":
            until = turn.date(datetime.fromisoformat(answer.due))
            turn.say(f"right-{answer.status}", number=answer.number, words=words, date=until)
        case "refused":
            turn.say("right-refused", number=answer.number, words=words)
            turn.say("right-agency", days=turn.release.content.privacy.agency_working_days)
        case _:
            turn.say("right-granted", number=answer.number, words=words)


def _object(turn: TurnBuilder) -> None:
    number = request_number(turn)
    turn.record(RightUsed(number, Right.OBJECT, turn.at, done=True))
    turn.update(uninvited=True, invited_at=None)
    turn.say("objected", number=number, date=turn.date(turn.at))
    options = [turn.option("invite"), turn.option("object-other"), turn.option("menu")]
    turn.ask("", options)


def _block(turn: TurnBuilder) -> None:
    _file(turn, Right.BLOCK, "")
    turn.say("blocked")
    turn.update(prompt=None)
    asking.resume_last(turn)


def _file(turn: TurnBuilder, right: Right, words: str) -> None:
    number, content = request_number(turn), turn.release.content
    until = due(right, turn.at, content)
    turn.record(RightUsed(number, right, until, done=False, text=words))
    turn.say("right-filed", number=number, date=turn.date(turn.at), until=turn.date(until))
    if right is not Right.BLOCK:
        turn.say("right-may-take-longer", days=content.privacy.extension_days)


def _say_what_is_erased(turn: TurnBuilder) -> None:
    turn.say("erase-goes")
    turn.say("erase-stays")
    _say_open_cases(turn)


def _say_open_cases(turn: TurnBuilder) -> None:
    data = stored_data(turn)
    open_cases = [case for case, status in data.cases if status != "closed"]
    if open_cases:
        turn.say("erase-stays-cases", numbers=", ".join(open_cases[:MAX_LISTED]))


def _say_how_to_leave_device(turn: TurnBuilder) -> None:
    """On the web, say how to leave: the page stays on a screen that others may use."""
    if turn.incoming.sender.channel is Channel.WEB:
        turn.say("own-device-page")
