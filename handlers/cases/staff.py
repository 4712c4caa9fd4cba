"""What the chat does for staff: linking with a code, case notices, answers, announcements."""

from __future__ import annotations

from handlers.facts import CaseAnswered, StaffLinked
from handlers.messages import Announcement, CaseNotice, Channel, shortened
from handlers.state import NeedCase, NeedStaffCode, Staff
from handlers.turn import Talk

CODE_PREFIX = "staff-"
MAX_NOTICE = 3500  # characters of a citizen's words in one notice


def link(talk: Talk, code: str) -> None:
    """`/start staff-CODE`: this chat belongs to a staff member from now on."""
    found = talk.known.staff_code
    if found is None:
        raise talk.need(NeedStaffCode(code))
    if isinstance(found, Staff):
        talk.establish(StaffLinked(found.id))
        talk.say("staff-linked", name=found.name)
    else:
        talk.say("staff-code-refused")


def answer_case(talk: Talk, staff: Staff, number: str, words: str) -> None:
    """A staff member quoted a case's notice: the words go to the citizen."""
    exists = talk.known.case_owner
    if exists is None:
        raise talk.need(NeedCase(number))
    if exists:
        talk.establish(CaseAnswered(number, staff.id, words))
        talk.say("case-answer-sent", number=number)
    else:
        talk.say("case-unknown", number=number)


def tell_case(talk: Talk, notice: CaseNotice) -> None:
    """A citizen opened a case or added to it."""
    words = shortened(notice.text, MAX_NOTICE) or talk.text("case-notice-no-words")
    kind = talk.text(f"case-kind-{notice.kind}")
    if notice.added:
        talk.say("case-notice-added", number=notice.number, words=words)
    else:
        receiver = talk.text("case-receiver-general")
        area = talk.release.area_name(notice.area) if notice.area else receiver
        talk.say("case-notice", number=notice.number, kind=kind, area=area, words=words)
    talk.about = notice.number
    talk.private = True
    if talk.incoming.sender.channel is Channel.MAIL:
        talk.subject = talk.text("case-notice-subject", number=notice.number, kind=kind)
        talk.say("case-by-mail", number=notice.number)


def announce(talk: Talk, announcement: Announcement) -> None:
    """A finished text, such as the weekly digest."""
    talk.body.append(announcement.text)
    talk.subject = announcement.subject
    talk.html = announcement.html
    talk.private = True  # a digest quotes comments
