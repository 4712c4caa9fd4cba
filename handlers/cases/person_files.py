"""Photos, PDFs and audios sent during a handover, which the person sees in the panel."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.cases import files
from handlers.facts.files import FileSent, FilesShown
from handlers.facts.handovers import HandoverSaid
from handlers.handover import Handover
from handlers.messages import Media, MediaFile, MediaKind, SentFile
from handlers.turn import TurnBuilder

MAX_FILES = 10  # photos and PDFs of one handover, and as many audios
_FILE = "file"  # in the wording: a photo or PDF sent before the handover


def take(turn: TurnBuilder, handover: Handover) -> None:
    """Keep a file for the person; of other content, only tell them that it came."""
    body = turn.incoming.body
    kind = body.kind if isinstance(body, Media) else MediaKind.OTHER
    if isinstance(body, Media) and body.file is not None:
        _keep(turn, handover, kind, body.file)
        return
    _tell(turn, handover, kind.value, kept=False)
    turn.say("person-no-media")


def show_earlier(turn: TurnBuilder, handover: Handover, sent: tuple[SentFile, ...]) -> None:
    """Show the person the files sent before, so that nothing has to be sent twice."""
    if not sent:
        return
    turn.update(handover=replace(handover, files=sent))
    turn.record(FilesShown(handover.id, tuple(file.id for file in sent)))
    for file in sent:
        _tell(turn, handover, MediaKind.VOICE.value if file.voice else _FILE, kept=True)


def _keep(turn: TurnBuilder, handover: Handover, kind: MediaKind, media: MediaFile) -> None:
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
    _tell(turn, handover, kind.value, kept=True)
    if turn.in_album and not turn.was.refused:
        return  # said with the first one
    turn.update(refused="")
    if voice:
        turn.say("person-voice-taken", days=turn.release.content.case_rules.audio_days)
    else:
        turn.say("person-file-taken")


def _tell(turn: TurnBuilder, handover: Handover, what: str, *, kept: bool) -> None:
    """Tell the person of the content, in Spanish whatever the citizen's language."""
    staffs = turn.release.wording("")
    text = staffs.say("person-sent", what=staffs.say(f"person-media-{what}"))
    turn.record(HandoverSaid(handover.id, text, file=kept))
