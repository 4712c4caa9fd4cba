"""What is meant while a person answers in the chat, or is waited for: words go to the person."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.messages import Media, Press, Start, Text
from handlers.text.kinds import PhraseKind
from handlers.understanding.commands.commands import OF_STAFF
from handlers.understanding.context import Context
from handlers.understanding.dangers.reports import danger_report
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.persons import TellPerson
from handlers.understanding.intents.union import Intents
from handlers.understanding.reading.wishes import OWN_DATA

_BACK: Intents = (Act.LEAVE_PERSON, Act.SHOW_MENU)
_LEAVES = ("menu", "cancel")
# No person can do this for them.
_OWN_DATA = frozenset(
    {"data", "rights", "mine", "rectify", "erase", "object", "block", "unblock", "take"}
    | {"consent", "enough", "invite"}
)
_STAFFS = "attend"  # a staff member's button, no matter who answers them


def to_person(context: Context) -> Intents | None:
    """What an incoming means; None: it is not for the person."""
    match context.incoming.body:
        case Text():
            if context.known.staff is not None and _is_staffs_work(context):
                return None
            if context.command in _LEAVES:
                return _BACK
            if context.command == "person":
                return (Act.STAY_WITH_PERSON,)
            return _told(context)
        case Media(_, caption):
            said = _told(context) if caption.strip() else ()
            return (*said, Act.SEND_MEDIA_TO_PERSON)
        case Press(key, _):
            mark = key.partition(":")[0]
            if mark == _STAFFS:
                return None
            return _BACK if mark in _LEAVES else (Act.STAY_WITH_PERSON,)
        case Start(token):
            return None if token else (Act.STAY_WITH_PERSON,)
        case _:
            return None


def _is_staffs_work(context: Context) -> bool:
    """Whether a staff member who waits for a person too goes on with their own work."""
    return bool(context.quoted_case) or context.command in OF_STAFF


def _told(context: Context) -> Intents:
    """The words; where somebody may be in danger the numbers come at once, and nothing is asked."""
    found, command, handover = danger_report(context), context.command, context.state.handover
    awaited = handover is not None and not handover.taken  # nobody is there yet
    if found is None and awaited and context.said.is_only(PhraseKind.GIVES_UP):
        return _BACK
    told = TellPerson(context.text, urgent=found is not None, thanks=command == "thanks")
    if found is None:
        of_own_data = command in _OWN_DATA or not OWN_DATA.keys().isdisjoint(context.said.kinds)
        return (told, Act.LEAD_TO_OWN_DATA) if of_own_data else (told,)
    return (replace(found, doubtful=False, words="", for_case=False), told)
