"""Handovers from the citizen's side: asking for a person, waiting, talking, leaving.

While a person answers or is waited for, the assistant is silent. If nobody comes it files a case.
"""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from msgspec.structs import replace

from handlers.cases import opening, person_case
from handlers.cases.deadlines import calendar_of
from handlers.cases.telling import files
from handlers.errors import Needed
from handlers.facts.cases import CaseKind
from handlers.facts.files import FileSent, FilesShown
from handlers.facts.handovers import HandoverFiled, HandoverLeft, HandoverOpened, HandoverSaid
from handlers.handover import Handover, People
from handlers.messages import (
    MAX_TEXT,
    Layout,
    Media,
    MediaFile,
    MediaKind,
    PersonNews,
    PersonSays,
    PersonStep,
    SentFile,
    shortened,
)
from handlers.needs import NeedHandover, NeedPeople
from handlers.questionnaires import asking, progress
from handlers.state import CaseRef, Draft
from handlers.turn import TurnBuilder
from handlers.understanding.dangers.urgent import is_urgent
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.persons import TellPerson

MAX_FILES = 10  # photos and PDFs of one handover, and as many audios
_FILE = "file"  # in the wording: a photo or PDF sent before the handover
_FRAME = 100  # characters reserved around a person's words


def ask(turn: TurnBuilder, words: str = "", named: str = "") -> None:
    """PERSONA: notify staff on duty; outside their hours, say when and offer a case.

    ``named``: the area of which a person is wanted; else it is that of the conversation.
    """
    area = named or person_case.area_so_far(turn, words)
    people = _people(turn, area)
    calendar = calendar_of(turn.release.content, area)
    is_open = calendar.is_open(turn.now)
    if is_open and people.now:
        _hand_over(turn, words, area)
    elif people.any and not is_open and person_case.open_person_case(turn) is None:
        _offer_case(turn, words, area, calendar.next_opening(turn.now))
    else:
        person_case.ask_for_person(turn, words, area)


def tell(turn: TurnBuilder, told: TellPerson) -> None:
    """Pass the citizen's words to the person; the assistant says nothing."""
    urgent = told.urgent or is_urgent(told.words, turn.release)
    turn.record(HandoverSaid(_handover(turn).id, told.words, urgent, thanks=told.thanks))


def act_meanwhile(turn: TurnBuilder, act: Act) -> None:
    """Act on an intent, other than words for the person, during a handover."""
    match act:
        case Act.LEAVE_PERSON:
            _leave(turn)
        case Act.SEND_MEDIA_TO_PERSON:
            take_file(turn, _handover(turn))
        case Act.LEAD_TO_OWN_DATA:
            turn.say("person-own-data")
        case _:
            _say_who_answers(turn)


def _say_who_answers(turn: TurnBuilder) -> None:
    """Say whether a person answers already, and how to come back to the assistant."""
    turn.say("person-still-here" if _handover(turn).taken else "person-still-waiting")


def _leave(turn: TurnBuilder) -> None:
    """MENÚ or CANCELAR: go back to the assistant."""
    turn.record(HandoverLeft(_handover(turn).id))
    turn.update(handover=None)
    turn.say("person-left")


def tell_from(turn: TurnBuilder, told: PersonSays | PersonNews) -> None:
    """Tell what the person writes, even if the citizen has left, or what happened."""
    if isinstance(told, PersonNews):
        _tell_news(turn, told)
        return
    turn.private = True
    turn.say("person-says", words=shortened(told.text, MAX_TEXT - _FRAME))
    if told.file is not None:
        turn.attach(told.file, turn.text("person-file"))


def _tell_news(turn: TurnBuilder, news: PersonNews) -> None:
    """Tell what happened to a handover, unless the citizen has left it."""
    handover = turn.state.handover
    if handover is None or handover.id != news.handover:
        return
    match news.step:
        case PersonStep.TAKEN:
            turn.update(handover=replace(handover, taken=True))
            turn.say("person-taken")
        case PersonStep.RETURNED:
            turn.update(handover=replace(handover, taken=False))
            turn.say("person-returned")
        case PersonStep.UNANSWERED:
            _file(turn, handover)
        case PersonStep.ENDED | PersonStep.IDLE:
            turn.update(handover=None)
            turn.say("person-ended" if news.step is PersonStep.ENDED else "person-idle")
            asking.resume_or_offer_ways_on(turn)
        case _:
            assert_never(news.step)


def _people(turn: TurnBuilder, area: str) -> People:
    if turn.known.people is None:
        raise Needed(NeedPeople(area))
    return turn.known.people


def _handover(turn: TurnBuilder) -> Handover:
    handover = turn.state.handover
    assert handover is not None, "only understood while a person answers or is waited for"
    return handover


def _hand_over(turn: TurnBuilder, words: str, area: str) -> None:
    told, sent = person_case.words_so_far(turn, words), opening.files_sent(turn)
    progress.pause(turn)
    handover = Handover(turn.known.new_id, area, turn.now)
    turn.update(
        handover=handover, greeted=True, prompt=None, follow_up=None, draft=None, filing=None
    )
    turn.record(HandoverOpened(handover.id, area, told, is_urgent(told, turn.release)))
    _show_earlier(turn, handover, sent)
    turn.say("person-asked", minutes=turn.release.content.case_rules.person_minutes)
    turn.say("person-tell" if not told else "person-tell-more")


def _offer_case(turn: TurnBuilder, words: str, area: str, opens_at: datetime) -> None:
    told, sent = person_case.words_so_far(turn, words), opening.files_sent(turn)
    progress.pause(turn)
    draft = Draft(turn.at, told[: opening.MAX_KEPT], area, files=sent)
    turn.update(draft=draft, follow_up=None, filing=None)
    _say_when(turn, opens_at)
    options = [turn.option("leave-case"), turn.option("not-file"), turn.option("menu")]
    turn.ask(turn.text("person-later-ask"), options, layout=Layout.BUTTONS)


def _say_when(turn: TurnBuilder, opens_at: datetime) -> None:
    """Say when a person is available: today, tomorrow or on which date."""
    zone = turn.release.content.zone
    local = opens_at.astimezone(zone)
    days = (local.date() - turn.at.astimezone(zone).date()).days
    time = f"{local:%H:%M}"
    if days > 1:
        turn.say("person-later", date=turn.date(opens_at), time=time)
    else:
        turn.say("person-later-tomorrow" if days else "person-later-today", time=time)


def _file(turn: TurnBuilder, handover: Handover) -> None:
    """File what was written as a case, because nobody came; what follows is added to it."""
    words = turn.known.handover
    if words is None:
        raise Needed(NeedHandover(handover.id))
    number = opening.new_number(turn)
    turn.record(HandoverFiled(handover.id, number))
    turn.update(handover=None, draft=Draft(turn.at, files=handover.files))
    case = CaseRef(number, CaseKind.PERSON, handover.area)
    opening.open_case_of(turn, case, "\n".join(words))
    turn.say("person-unanswered", number=number, date=turn.date(opening.answer_due(turn).at))
    turn.say("case-person-tell" if not words else "case-tell-more")
    opening.offer_end(turn)


def take_file(turn: TurnBuilder, handover: Handover) -> None:
    """Keep a file for the person; of other content, only tell them that it came."""
    body = turn.incoming.body
    kind = body.kind if isinstance(body, Media) else MediaKind.OTHER
    if isinstance(body, Media) and body.file is not None:
        _keep_file(turn, handover, kind, body.file)
        return
    _tell_of_file(turn, handover, kind.value, kept=False)
    turn.say("person-no-media")


def _show_earlier(turn: TurnBuilder, handover: Handover, sent: tuple[SentFile, ...]) -> None:
    """Show the person the files sent before, so that nothing has to be sent twice."""
    if not sent:
        return
    turn.update(handover=replace(handover, files=sent))
    turn.record(FilesShown(handover.id, tuple(file.id for file in sent)))
    for file in sent:
        _tell_of_file(turn, handover, MediaKind.VOICE.value if file.voice else _FILE, kept=True)


def _keep_file(turn: TurnBuilder, handover: Handover, kind: MediaKind, media: MediaFile) -> None:
    voice = kind is MediaKind.VOICE
    turn.update(media_at=turn.at)
    if not files.is_small_enough(turn, media):
        files.refuse(turn, files.TOO_LARGE)
        return
    if sum(file.voice is voice for file in handover.files) >= MAX_FILES:
        files.refuse(turn, "person-files-full", MAX_FILES)
        return
    file = SentFile(turn.known.new_id, voice)
    turn.update(handover=replace(handover, files=(*handover.files, file)))
    kept_for = files.kept_for(turn, kind)
    turn.record(FileSent(file.id, kind, media, kept_for=kept_for, handover=handover.id))
    _tell_of_file(turn, handover, kind.value, kept=True)
    if turn.in_album and not turn.was.refused:
        return  # said with the first one
    turn.update(refused="")
    if voice:
        turn.say("person-voice-taken", days=turn.release.content.case_rules.audio_days)
    else:
        turn.say("person-file-taken")


def _tell_of_file(turn: TurnBuilder, handover: Handover, what: str, *, kept: bool) -> None:
    """Tell the person of the content, always in Spanish."""
    staffs = turn.release.wording("")
    text = staffs.say("person-sent", what=staffs.say(f"person-media-{what}"))
    turn.record(HandoverSaid(handover.id, text, file=kept))
