"""The chat of staff: linking by a code, notices, handovers and announcements."""

from __future__ import annotations

from typing import assert_never

from handlers.cases.warnings import CaseWarning
from handlers.errors import Needed
from handlers.facts.handovers import HandoverAnswered, HandoverEnded
from handlers.facts.staff import StaffLinked
from handlers.handover import Holder
from handlers.messages import (
    CASE_REOPENED,
    CASE_TAKEN_BACK,
    CASE_WITHDRAWN,
    IN_CHAT,
    Announcement,
    CaseNotice,
    CaseReminder,
    Channel,
    PersonWaits,
    shortened,
)
from handlers.needs import NeedStaffCode, NeedTakeOver
from handlers.state import Staff
from handlers.turn import TurnBuilder
from handlers.understanding.intents.persons import AnswerInChat, EndInChat, TakeOver

MAX_NOTICE = 3500  # characters of a citizen's words in a notice
_DID = {
    CASE_WITHDRAWN: "case-notice-withdrawn",
    CASE_REOPENED: "case-notice-reopened",
    CASE_TAKEN_BACK: "case-notice-taken-back",
}
_SUBJECTS = {
    CASE_WITHDRAWN: "case-subject-withdrawn",
    CASE_REOPENED: "case-subject-reopened",
    CASE_TAKEN_BACK: "case-subject-taken-back",
}
_NOT_TO_ANSWER = (CASE_WITHDRAWN, CASE_TAKEN_BACK)


def link(turn: TurnBuilder, code: str) -> None:
    """`/start staff-CODE`: link this chat to a member of staff."""
    turn.update(greeted=True)
    found = turn.known.staff_code
    if found is None:
        raise Needed(NeedStaffCode(code))
    if isinstance(found, Staff):
        turn.record(StaffLinked(found.id))
        turn.say("staff-linked", name=found.name)
    else:
        turn.say("staff-code-refused")


def tell(turn: TurnBuilder, news: CaseNotice | CaseReminder | PersonWaits | Announcement) -> None:
    """Tell a member of staff what an inbox event says."""
    match news:
        case CaseNotice():
            _tell_case(turn, news)
        case CaseReminder():
            _remind(turn, news)
        case PersonWaits():
            _tell_person_waits(turn, news)
        case Announcement():
            _announce(turn, news)
        case _:
            assert_never(news)


def _tell_case(turn: TurnBuilder, notice: CaseNotice) -> None:
    """Notify of a case that a citizen opened or added to."""
    if notice.urgent:
        turn.say("case-notice-urgent")
    words = _words_for(turn, notice)
    kind = turn.text(f"case-kind-{notice.kind}")
    if notice.did:
        turn.say(_DID[notice.did], number=notice.number)
    elif notice.added:
        turn.say("case-notice-added", number=notice.number, words=words)
    else:
        receiver = turn.text("case-receiver-general")
        area = turn.release.area_name(notice.area) if notice.area else receiver
        turn.say("case-notice", number=notice.number, kind=kind, area=area, words=words)
    if notice.due_at is not None:
        turn.say("case-notice-due", date=turn.date(notice.due_at))
    turn.about = notice.number
    turn.private = True
    if turn.incoming.sender.channel is Channel.MAIL:
        news = "case-subject-added" if notice.added else "case-subject-new"
        said = turn.text(_SUBJECTS.get(notice.did, news), number=notice.number, kind=kind)
        turn.subject = _with_urgency(turn, said, urgent=notice.urgent)
    if notice.did not in _NOT_TO_ANSWER:
        say_how_to_answer(turn, notice.number)


def _with_urgency(turn: TurnBuilder, subject: str, *, urgent: bool) -> str:
    """The text, marked as urgent so that it stands out in a full mailbox."""
    return turn.text("urgent-subject", subject=subject) if urgent else subject


def _words_for(turn: TurnBuilder, notice: CaseNotice) -> str:
    """The citizen's words; in a sensitive area only for its own staff or in danger."""
    if not notice.own and not notice.urgent and turn.release.is_sensitive(notice.area):
        return turn.text("case-notice-reserved")
    return quoted_words(turn, notice.text)


def quoted_words(turn: TurnBuilder, text: str) -> str:
    """What a citizen wrote, in quotes; our own words, without quotes, if there is nothing yet."""
    words = shortened(text, MAX_NOTICE)
    if not words:
        return turn.text("case-notice-no-words")
    return turn.text("case-notice-words", words=words)


def _remind(turn: TurnBuilder, reminder: CaseReminder) -> None:
    """Remind of a case before its deadline or after."""
    receiver = turn.text("case-receiver-general")
    area = turn.release.area_name(reminder.area) if reminder.area else receiver
    date = turn.date(reminder.due_at)
    turn.say(f"case-remind-{reminder.step}", number=reminder.number, area=area, date=date)
    turn.about = reminder.number
    if turn.incoming.sender.channel is Channel.MAIL:
        late = reminder.step == CaseWarning.OVERDUE
        key = "case-subject-overdue" if late else "case-subject-due"
        turn.subject = turn.text(key, number=reminder.number, date=date)
    say_how_to_answer(turn, reminder.number)


def say_how_to_answer(turn: TurnBuilder, number: str) -> None:
    """Say how to answer: by quoting in a chat; in a mail by the panel, as replies are not read."""
    if turn.incoming.sender.channel is not Channel.MAIL:
        turn.say("case-by-quote")
    elif turn.release.panel:
        turn.say("case-by-mail", address=f"{turn.release.panel}/casos/{number}")
    else:
        turn.say("case-by-panel", number=number)


def _tell_person_waits(turn: TurnBuilder, waits: PersonWaits) -> None:
    """Notify of a waiting citizen, or pass on their message to the person who answers."""
    if waits.urgent:
        turn.say("case-notice-urgent")
    words = quoted_words(turn, waits.text)
    turn.about = f"{IN_CHAT}{waits.handover}"
    turn.private = True
    if waits.added:
        turn.say("person-wrote", words=words)
        if waits.file:
            turn.say("person-file-shown")
        return
    receiver = turn.text("case-receiver-general")
    area = turn.release.area_name(waits.area) if waits.area else receiver
    turn.say("person-waits", area=area, words=words)
    if turn.incoming.sender.channel is Channel.MAIL:
        said = turn.text("person-waits-subject", area=area)
        turn.subject = _with_urgency(turn, said, urgent=waits.urgent)
        if turn.release.panel:
            address = f"{turn.release.panel}/conversaciones/{waits.handover}"
            turn.say("person-by-mail", address=address)
        else:
            turn.say("person-by-panel")
    else:
        turn.say("person-waits-how")
        turn.options = (turn.option("attend", f"attend:{waits.handover}"),)


def act_in_chat(turn: TurnBuilder, intent: TakeOver | AnswerInChat | EndInChat) -> None:
    """Answer or end a handover for a member of staff, unless somebody else has it."""
    staff, handover = turn.known.staff, intent.handover
    assert staff is not None, "only understood from a member of staff"
    if turn.known.holder is None:
        raise Needed(NeedTakeOver(handover, staff.id))
    holder = _holder_or_refuse(turn, turn.known.holder)
    if holder is None:
        return
    turn.about = f"{IN_CHAT}{handover}"
    match intent:
        case TakeOver():
            turn.private = True
            turn.say("person-yours", words=quoted_words(turn, holder.words))
        case AnswerInChat(words=words):
            turn.record(HandoverAnswered(handover, staff.id, words))
            turn.say("person-sent-on")
        case EndInChat():
            turn.record(HandoverEnded(handover, staff.id))
            turn.say("person-given-back")
        case _:
            assert_never(intent)


def _holder_or_refuse(turn: TurnBuilder, holder: Holder | bool) -> Holder | None:
    """The holder of the handover, if it is this member of staff; else None, saying why not."""
    if not isinstance(holder, Holder):
        turn.say("person-over")
        return None
    if not holder.own:
        since = holder.since.astimezone(turn.release.content.zone)
        turn.say("person-theirs", name=holder.name, time=f"{since:%H:%M}")
        return None
    return holder


def _announce(turn: TurnBuilder, announcement: Announcement) -> None:
    """Send a finished text, such as the weekly digest; to a citizen in their language."""
    told = announcement.in_languages.get(turn.wording.language, announcement.text)
    turn.body.append(told)
    turn.file = announcement.file
    turn.subject = announcement.subject
    turn.html = announcement.html
    turn.private = True  # a digest quotes comments
