"""What is said where an area or its grade is asked for, and only leaves it: courtesies, a slip;
and a proposed grade that is refused for good, whatever is asked behind the refusal."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said

_FEW_LEAVING, _FEW_OF_PART = 8, 4  # words
_MOST_OF_ASSISTANT = 14  # words
_PERHAPS = 0.2  # probability of praise or thanks
_KIND = ("praises", "thanks", "smalltalk", "gives_grade", "vague_grade", "rates", "denies")
_OF_ASSISTANT = {PhraseKind.OF_ASSISTANT, PhraseKind.RATES_ASSISTANT}
_DECLINING = {PhraseKind.DECLINES_GRADE, PhraseKind.UNDOES_GRADE}
_LEAVING = {PhraseKind.GIVES_UP, PhraseKind.ENDS_TELLING}
_COURTESIES = ("no", "thanks", "hello", "greets")
_NOTHING = ("no", "cancel", "done")


def of_assistant(context: Context) -> SayCourtesy | None:
    """ "Un 7 para ti", "hablo de usted no más": no office is graded, and none asked for."""
    opened, said, prompt = context.open, context.said, context.state.prompt
    about_other = opened is not None and not opened.progress.area_guessed
    asks_area = prompt is not None and prompt.awaits is Awaits.AREA
    told = prompt is not None and prompt.awaits_own_words and not asks_area
    if about_other or told or context.state.follow_up is not None:
        return None
    if not means_assistant(context):
        return None
    is_open = asks_area or opened is not None
    kind = is_open or context.heard.best(_KIND, _PERHAPS) or context.numbers or said.mood > 0
    return SayCourtesy("assistant") if kind else None


def means_assistant(context: Context) -> bool:
    """ "No, for you, the bot": this assistant is spoken of, and no area."""
    said = context.said
    if _OF_ASSISTANT.isdisjoint(said.kinds) or len(said.words) > _MOST_OF_ASSISTANT:
        return False
    return not (said.asks or "?" in context.text or area_in(context, context.text))


def leaves(context: Context) -> Intent | None:
    """ "Hola de nuevo", "me equivoqué, nada", "nada, solo eso, chao": no area, and no grade."""
    state, parts = context.state, [part for part in PARTS.split(context.text) if fold(part)]
    asks_area = state.prompt is not None and state.prompt.awaits is Awaits.AREA
    asks_grade = context.open is not None and context.open.grades_area
    if not (asks_area or asks_grade) or state.rated or context.numbers or "?" in context.text:
        return None
    announced = context.lexicon.said_before.announced.fullmatch(context.folded)
    if context.command is not None or announced is not None:
        return None  # "no", "gracias": what is open has its own answer
    if not parts or len(context.said.words) > _FEW_LEAVING:
        return None
    found = [_leaving(context, part) for part in parts]
    if not all(found):
        return None
    for courtesy in ("farewell", "thanks"):
        if courtesy in found:
            return SayCourtesy(courtesy)
    return Act.GREET if found[-1] == "greets" else Act.REFUSE


def _leaving(context: Context, part: str) -> str:
    """The courtesy that a part is, "nothing" where it ends or gives up what is open; or ""."""
    said, heard = Said(part, context.lexicon), context.release.listener.hear(part)
    if context.commands.get(said.folded) in _NOTHING or any(map(said.is_only, _LEAVING)):
        return "nothing"
    few = len(said.words) <= _FEW_OF_PART
    if few and heard.main in ("farewell", "thanks", "greets") and heard.likely(heard.main):
        return heard.main
    slips = not context.lexicon.grade.slips.isdisjoint(said.words)
    return "nothing" if few and slips and PhraseKind.MAY_CORRECT in said.kinds else ""


def behind_declined(context: Context) -> Context | None:
    """ "No le pongo nota a nadie. Pregunto por …", "no fui a ninguna parte, quiero saber …": what
    stands behind, read as if no grade had been asked for; None where none is plainly refused.
    """
    proposal, opened = context.state.proposal, context.open
    proposed = proposal is not None and not proposal.corrects and context.offers("accept")
    guessed = opened is not None and opened.grades_area and opened.progress.area_guessed
    prompt = context.state.prompt
    asks_area = prompt is not None and prompt.awaits is Awaits.AREA
    if not (proposed or guessed or asks_area) or context.numbers:
        return None
    parts = context.said.parts
    declines = _declines if proposed else _was_nowhere
    refused = [at for at, part in enumerate(parts) if declines(context, part)]
    if not refused or not all(_denies(context, part) for part in parts[: refused[0]]):
        return None
    begins = 0
    for part in parts[: refused[0] + 1]:
        begins = context.text.index(part, begins) + len(part)
    rest = context.of(context.text[begins:].strip(" .,;:!\n"), answered=True)
    state = replace(rest.state, proposal=None, next_grades=(), draft=None)
    return Context(rest.incoming, state, context.known, context.release, context.at)


def _declines(context: Context, part: str) -> bool:
    said = Said(part, context.lexicon)
    declines = not _DECLINING.isdisjoint(said.kinds) or said.is_only(PhraseKind.GIVES_UP)
    return declines or _was_nowhere(context, part)


def _was_nowhere(context: Context, part: str) -> bool:
    """ "No fui a ninguna parte"."""
    kinds = Said(part, context.lexicon).kinds.keys()
    return {PhraseKind.NOT_BEEN, PhraseKind.DENIES_PLACE} <= kinds


def _denies(context: Context, part: str) -> bool:
    """ "No", "eso no es cesfam", "gracias": nothing that is asked or told."""
    said = Said(part, context.lexicon)
    plain = context.commands.get(said.folded) in _COURTESIES
    return plain or not context.lexicon.negators.isdisjoint(said.words)
