"""Photos, PDFs and audios: they go with the case that is told or was filed last."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from handlers.cases import cases
from handlers.facts import FileSent
from handlers.messages import FileRefused, MediaKind
from handlers.questionnaires import asking
from handlers.state import Awaits, CaseRef, Draft, SentFile
from handlers.turn import TurnBuilder
from handlers.understanding.intents.unclear import SendMedia

MAX_FILES = 3  # photos and PDFs with a case; and as many audios
_ASKED = (Awaits.CASE, Awaits.CASE_AREA)


def take(turn: TurnBuilder, sent: SendMedia) -> None:
    """A file that can be had: kept with its case, or held until there is one; or why not."""
    case, filing, draft = _case(turn), turn.state.filing, turn.state.draft
    earlier = case.files if case is not None else cases.files_sent(turn)
    if not _fits(turn, sent, earlier):
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


def tell_refused(turn: TurnBuilder, refused: FileRefused) -> None:
    """A file could not be kept; there is room for another one in its place."""
    turn.say(f"file-refused-{refused.code}", mb=turn.release.content.case_rules.file_megabytes)
    turn.say("file-rest-kept")
    turn.about = refused.number
    state = turn.state
    if state.filing is not None:
        turn.update(filing=replace(state.filing, files=_without(state.filing.files, refused.id)))
    if state.draft is not None:
        turn.update(draft=replace(state.draft, files=_without(state.draft.files, refused.id)))
    known = tuple(replace(one, files=_without(one.files, refused.id)) for one in state.cases)
    turn.update(cases=known)


def _case(turn: TurnBuilder) -> CaseRef | None:
    """The case that words and files are added to now."""
    follow_up = turn.state.follow_up
    if follow_up is None or not follow_up.case or not cases.is_open(turn, follow_up.case):
        return None
    return next((case for case in turn.state.cases if case.number == follow_up.case), None)


def _fits(turn: TurnBuilder, sent: SendMedia, earlier: tuple[SentFile, ...]) -> bool:
    """Whether it is small enough and not one too many; else it is said what is not kept."""
    megabytes = turn.release.content.case_rules.file_megabytes
    if sent.file is not None and sent.file.size > megabytes * 1_000_000:
        turn.say("file-refused-large", mb=megabytes)
        return False
    voice = sent.kind is MediaKind.VOICE
    if sum(file.voice is voice for file in earlier) >= MAX_FILES:
        turn.say("files-full", count=MAX_FILES)
        return False
    return True


def _record(turn: TurnBuilder, sent: SendMedia, file: SentFile, number: str) -> None:
    assert sent.file is not None, "only taken where it can be had"
    days = turn.release.content.case_rules.audio_days
    kept_for = timedelta(days=days) if file.voice else None
    turn.record(FileSent(file.id, sent.kind, sent.file, number, kept_for))


def _say_taken(turn: TurnBuilder, file: SentFile, files: tuple[SentFile, ...]) -> None:
    if file.voice:
        turn.say("voice-taken", days=turn.release.content.case_rules.audio_days)
    else:
        count = sum(not one.voice for one in files)
        turn.say("file-taken", count=count, most=MAX_FILES)


def _hold(turn: TurnBuilder, sent: SendMedia) -> None:
    """It belongs to nothing yet: say what to do, once for all photos of an album."""
    if turn.in_album:
        return
    if not sent.captioned:
        turn.say(f"media-{sent.kind.value}")
    turn.say("file-held")
    if turn.question:
        return  # what stands beside the file was answered
    if turn.state.progress is not None or (turn.state.prompt is not None and not sent.captioned):
        asking.ask_open(turn)
    else:
        turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])


def _go_on(turn: TurnBuilder, case: CaseRef | None) -> None:
    """What is open is asked again, unless what stands beside the file was answered."""
    if turn.question or turn.options:
        return
    prompt = turn.state.prompt
    if case is not None:
        cases.offer_end(turn)
    elif prompt is None or (prompt.awaits in _ASKED and turn.state.filing is None):
        turn.ask("", [turn.option("complaint"), turn.option("person"), turn.option("menu")])
    else:
        asking.ask_open(turn)


def _without(files: tuple[SentFile, ...], id: int) -> tuple[SentFile, ...]:
    return tuple(file for file in files if file.id != id)
