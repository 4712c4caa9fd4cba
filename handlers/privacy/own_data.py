"""A citizen's own stored data: shown in the chat, or given as files."""

from __future__ import annotations

from datetime import datetime

from handlers.errors import Needed
from handlers.facts.own_data import Right, RightUsed
from handlers.messages import ENDINGS, File, shortened
from handlers.needs import NeedMyData, NeedMyRecord, NeedRequestNumber
from handlers.own_record import MyData, MyRecord, StoredFile
from handlers.privacy.own_file import own_files
from handlers.questionnaires import asking
from handlers.turn import TurnBuilder

MAX_LISTED = 5
MAX_REQUESTS = 3  # shown in the chat; the file has all
MAX_WORDS_SHOWN = 120
MAX_FILES_TAKEN = 20  # files sent in the chat; staff hand over any others


def show(turn: TurnBuilder) -> None:
    """VER: show a summary of what is stored, and send everything as files."""
    data, number = stored_data(turn), request_number(turn)
    turn.private = True
    turn.record(RightUsed(number, Right.ACCESS, turn.at, done=True))
    responses = _join_listed(turn, [_response(turn, row) for row in data.responses])
    comments = _join_listed(turn, [_comment(turn, area, words) for area, words in data.comments])
    turn.say("my-data-since", since=turn.date(data.since))
    turn.say("my-data-responses", responses=responses)
    turn.say("my-data-comments", comments=comments)
    turn.say("my-data-cases", cases=_join_listed(turn, _cases(turn, data)))
    if data.mails:
        turn.say("my-data-mails", mails=_join_listed(turn, list(data.mails)))
    if data.handovers:
        days = [turn.date(at) for at in data.handovers]
        turn.say("my-data-people", days=_join_listed(turn, days))
    if data.breaches:
        days = [turn.date(at) for at in data.breaches]
        turn.say("my-data-breaches", days=_join_listed(turn, days))
    if data.requests:
        asked = _join_listed(turn, _requests(turn, data), MAX_REQUESTS)
        turn.say("my-data-requests", requests=asked)
    if data.told:
        turn.say("my-data-told")
    if data.blocked:
        turn.say("my-data-blocked")
    if turn.state.uninvited:
        turn.say("my-data-uninvited")
    turn.say("my-data-number", number=number, date=turn.date(turn.at))
    _attach_own(turn, _my_record(turn))
    turn.say("my-data-file")
    _end_with_files(turn)


def give_files(turn: TurnBuilder) -> None:
    """LLEVARME: send everything stored as text and JSON, and the files that the citizen sent."""
    number, record = request_number(turn), _my_record(turn)
    turn.private = True
    _attach_own(turn, record)
    sent = [(case.number, file) for case in record.cases for file in case.files]
    sent += [("", file) for handover in record.handovers for file in handover.files]
    kept = [(case, file) for case, file in sent if file.state == "kept"]
    for place, (case, file) in enumerate(kept[-MAX_FILES_TAKEN:], 1):
        name = f"{case or 'conversacion'}-{place}.{ENDINGS[file.media_type]}"
        turn.attach(File(name, ref=f"file:{file.id}"), _caption(turn, case, file))
    turn.say("taken", number=number, date=turn.date(turn.at))
    if len(kept) > MAX_FILES_TAKEN:
        turn.say("taken-more", count=len(kept) - MAX_FILES_TAKEN)
    turn.say("taken-hint")
    turn.record(RightUsed(number, Right.PORT, turn.at, done=True))
    _end_with_files(turn)


def _caption(turn: TurnBuilder, case: str, file: StoredFile) -> str:
    """A file's caption: the case or the handover that it belongs to."""
    if file.answer:
        return turn.text("answer-file", number=case) if case else turn.text("person-file")
    return turn.text("taken-file", number=case) if case else turn.text("taken-chat-file")


def _attach_own(turn: TurnBuilder, record: MyRecord) -> None:
    for file, caption in zip(own_files(turn, record), ("own-text", "own-json"), strict=True):
        turn.attach(file, turn.text(caption))


def _my_record(turn: TurnBuilder) -> MyRecord:
    if turn.known.my_record is None:
        raise Needed(NeedMyRecord())
    return turn.known.my_record


def _end_with_files(turn: TurnBuilder) -> None:
    """End with the files and only name what was put aside, as there is much to read."""
    turn.update(prompt=None)
    asking.say_pending(turn)


def stored_data(turn: TurnBuilder) -> MyData:
    """The summary of what is stored about this contact. Raises Needed."""
    if turn.known.my_data is None:
        raise Needed(NeedMyData())
    return turn.known.my_data


def request_number(turn: TurnBuilder) -> str:
    """The next number of the year for a data-rights request. Raises Needed."""
    if turn.known.request_number is None:
        raise Needed(NeedRequestNumber())
    return turn.known.request_number


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


def _requests(turn: TurnBuilder, data: MyData) -> list[str]:
    """The contact's requests, undecided ones first."""
    ordered = sorted(data.requests, key=lambda request: request[2] != "open")
    return [
        turn.text(
            "my-data-request",
            number=number,
            right=turn.text(f"right-name-{right}"),
            status=turn.text(f"right-status-{status}"),
        )
        for number, right, status, _due in ordered
    ]


def _join_listed(turn: TurnBuilder, items: list[str], most: int = MAX_LISTED) -> str:
    if not items:
        return turn.text("my-data-none")
    more = len(items) - most
    shown = items[:most]
    if more > 0:
        shown.append(turn.text("my-data-more", count=more))
    return "; ".join(shown)
