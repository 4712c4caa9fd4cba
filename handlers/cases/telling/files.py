"""Photos, PDFs and audios, which go with the case being told or filed last."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from handlers.cases import opening, person_case
from handlers.cases.opening import MAX_FILES
from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.files import FileSent, FilesFiled
from handlers.messages import FileRefused, MediaFile, MediaKind, SentFile
from handlers.questionnaires import asking, progress
from handlers.state import Awaits, CaseRef, Draft
from handlers.turn import TurnBuilder
from handlers.understanding.intents.unclear import SendMedia

TOO_LARGE = "file-refused-large"
_ASKED = (Awaits.CASE, Awaits.CASE_AREA)


def take(turn: TurnBuilder, sent: SendMedia) -> None:
    """Take a file: keep it with its case, hold it until there is one, or refuse it."""
    case, filing, draft = _case(turn), turn.state.filing, turn.state.draft
    if sent.kind is MediaKind.VOICE and case is None and filing is None:
        _file_voice(turn, sent)
        return
    earlier = case.files if case is not None else opening.files_sent(turn)
    if (why := _too_much(turn, sent, earlier)) is not None:
        if refuse(turn, why):
            _go_on(turn, case)
        return
    file = SentFile(turn.known.new_id, sent.kind is MediaKind.VOICE)
    files = (*earlier, file)
    _record(turn, sent, file, case.number if case is not None else "")
    if case is not None:
        changed = replace(case, files=files)
        known = tuple(changed if one.number == case.number else one for one in turn.state.cases)
        turn.update(cases=known)
    elif filing is not None:
        turn.update(filing=replace(filing, files=files), draft=None)
    else:
        turn.update(draft=replace(draft or Draft(turn.at), at=turn.at, files=files))
        _hold(turn, sent)
        return
    _say_taken(turn, file, files)
    _go_on(turn, case)


def _file_voice(turn: TurnBuilder, sent: SendMedia) -> None:
    """File an audio without a case as one, so that people who cannot write reach a person."""
    known, held = person_case.open_person_case(turn), opening.files_sent(turn)
    number = known.number if known else opening.new_number(turn)
    case = known or CaseRef(number, CaseKind.PERSON, person_case.area_so_far(turn))
    if (why := _too_much(turn, sent, case.files)) is not None:
        if refuse(turn, why):
            _go_on(turn, None)
        return
    file = SentFile(turn.known.new_id, voice=True)
    if known is None:
        turn.record(CaseOpened(number, case.kind, case.area, "", opening.answer_due(turn)))
    if held:
        turn.record(FilesFiled(number, tuple(file.id for file in held)))
    _record(turn, sent, file, number)
    case = replace(case, files=(*case.files, *held, file))
    others = tuple(case for case in turn.state.cases if case.number != number)
    draft = turn.state.draft and replace(turn.state.draft, files=())
    turn.update(cases=(*others, case)[-opening.KEPT_CASES :], draft=draft)
    days, date = turn.release.content.case_rules.audio_days, turn.date(opening.answer_due(turn).at)
    turn.say("voice-filed", number=number, date=date, days=days)
    turn.say("voice-call")
    if turn.question:
        return  # its caption was answered
    state = turn.state
    asks = state.prompt is not None and not state.prompt.awaits_option
    if asks or state.progress is not None or state.proposal is not None:
        asking.ask_open(turn)
        return
    opening.expect(turn, number)
    turn.ask("", [turn.option("done"), turn.option("call"), turn.option("menu")])


def tell_refused(turn: TurnBuilder, refused: FileRefused) -> None:
    """Tell why a file could not be kept, and make room for another one."""
    turn.say(f"file-refused-{refused.code}", mb=turn.release.content.case_rules.file_megabytes)
    turn.say("file-rest-kept")
    turn.about = refused.number
    state = turn.state
    if state.filing is not None:
        turn.update(filing=replace(state.filing, files=_without(state.filing.files, refused.id)))
    if state.draft is not None:
        turn.update(draft=replace(state.draft, files=_without(state.draft.files, refused.id)))
    if state.handover is not None:
        files = _without(state.handover.files, refused.id)
        turn.update(handover=replace(state.handover, files=files))
    known = tuple(replace(case, files=_without(case.files, refused.id)) for case in state.cases)
    turn.update(cases=known)


def offer_case(turn: TurnBuilder) -> None:
    """Offer a case, for which a picture or a location may be meant."""
    turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])


def _case(turn: TurnBuilder) -> CaseRef | None:
    """The case to which words and files are added now."""
    follow_up = turn.state.follow_up
    if follow_up is None or not follow_up.case or not opening.is_open(turn, follow_up.case):
        return None
    return next((case for case in turn.state.cases if case.number == follow_up.case), None)


def refuse(turn: TurnBuilder, why: str, count: int = MAX_FILES) -> bool:
    """Say why a file is not kept, once per album; return whether it was said now."""
    if turn.in_album and turn.was.refused == why:
        return False
    turn.update(refused=why)
    turn.say(why, count=count, mb=turn.release.content.case_rules.file_megabytes)
    return True


def is_small_enough(turn: TurnBuilder, file: MediaFile) -> bool:
    """Whether the file is within the size limit."""
    return file.size <= turn.release.content.case_rules.file_megabytes * 1_000_000


def kept_for(turn: TurnBuilder, kind: MediaKind) -> timedelta | None:
    """How long a file is kept; None: as long as its case's words."""
    days = turn.release.content.case_rules.audio_days
    return timedelta(days=days) if kind is MediaKind.VOICE else None


def _too_much(turn: TurnBuilder, sent: SendMedia, earlier: tuple[SentFile, ...]) -> str | None:
    """The wording key of why a file is refused (too large, or one too many); "" if it is not."""
    if sent.file is not None and not is_small_enough(turn, sent.file):
        return TOO_LARGE
    voice = sent.kind is MediaKind.VOICE
    full = sum(file.voice is voice for file in earlier) >= MAX_FILES
    return "files-full" if full else None


def _record(turn: TurnBuilder, sent: SendMedia, file: SentFile, number: str) -> None:
    assert sent.file is not None, "only taken where it can be had"
    turn.record(FileSent(file.id, sent.kind, sent.file, number, kept_for(turn, sent.kind)))


def _say_taken(turn: TurnBuilder, file: SentFile, files: tuple[SentFile, ...]) -> None:
    if file.voice:
        turn.say("voice-taken", days=turn.release.content.case_rules.audio_days)
    else:
        count = sum(not kept.voice for kept in files)
        turn.say("file-taken", count=count, most=MAX_FILES)


def _hold(turn: TurnBuilder, sent: SendMedia) -> None:
    """Hold a file without a case, and say what to do, once per album."""
    if turn.in_album:
        return
    if not sent.captioned:
        turn.say(f"media-{sent.kind.value}")
    turn.say("file-held")
    if turn.question:
        return  # its caption was answered
    state = turn.state
    if progress.asks_about_card(turn):  # the card may have asked for a photo
        progress.pause(turn)
        offer_case(turn)
    elif state.progress is not None or (state.prompt is not None and not sent.captioned):
        asking.ask_open(turn)
    else:
        offer_case(turn)


def _go_on(turn: TurnBuilder, case: CaseRef | None) -> None:
    """Ask the open question again, unless the file's caption was answered."""
    if turn.question or turn.options:
        return
    prompt = turn.state.prompt
    if case is not None:
        opening.offer_end(turn)
    elif prompt is None or (prompt.awaits in _ASKED and turn.state.filing is None):
        offer_case(turn)
    else:
        asking.ask_open(turn)


def _without(files: tuple[SentFile, ...], id: int) -> tuple[SentFile, ...]:
    return tuple(file for file in files if file.id != id)
