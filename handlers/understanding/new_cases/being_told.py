"""What is said where a case is being told, or is offered: what happened, its area, no telephone."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.facts.cases import CaseKind
from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_alone,
    area_answered,
    area_by_name,
    area_in,
    areas_meant,
    asks_of_area,
)
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import (
    AnswerInWriting,
    AskAboutCase,
    AskForRecords,
    BeginCase,
    CaseAspect,
    FileCase,
    SetCaseArea,
)
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.new_cases.area import area_of_complaint
from handlers.understanding.new_cases.complaints import FEWEST_TOLD, complaint
from handlers.understanding.new_cases.edits import words_of_case
from handlers.understanding.options import meaning_of
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.places import names_phone
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import (
    asks_for_records,
    tells_besides,
    tells_little_unnamed,
)
from handlers.understanding.said_before.case.beside import asks_something_else, gains_time
from handlers.understanding.said_before.case.more import (
    something_else,
    tells_more,
    tells_nothing,
)
from handlers.understanding.said_before.corrections.cases import case_put_right

_NAMED_KINDS = (CaseKind.COMPLAINT, CaseKind.SUGGESTION, CaseKind.PRAISE)
_LEADING = (PhraseKind.HESITATES, PhraseKind.GIVES_UP, PhraseKind.APOLOGISES)
_FEW_OF_KIND = 8  # words that only say which kind of case it is
_FEW_TO_PLACE = 3  # words that may only say where it was: "la Antena"


def call_without_phone(context: Context) -> Intent | None:
    """ "No tengo teléfono", "mejor por escrito", where the number to call was asked for."""
    filing, said = context.state.filing, context.said
    if filing is None or filing.kind is not CaseKind.CALL or names_phone(said):
        return None
    denial = said.covered(PhraseKind.NO_PHONE)
    if not denial:
        return None
    told = len(said.words) - len(denial) >= FEWEST_TOLD
    return AnswerInWriting(context.text if told else "")


def complaint_asked_for(context: Context) -> Intent | None:
    """What the complaint is about, after it was asked for."""
    prompt = context.state.prompt
    if prompt is None or prompt.awaits is not Awaits.CASE:
        return None
    if context.command in ("yes", "no"):
        return _nothing_told(context)
    if (kind := _kind_instead(context)) is not None:
        return BeginCase(kind)
    if asks_something_else(context):
        return None
    if (unnamed := _unnamed(context)) is not None:
        return unnamed
    if gains_time(context):
        return SayCourtesy("waits")
    if context.said.is_only(PhraseKind.ASKS_PURPOSE):
        return AskAboutCase(CaseAspect.PURPOSE)
    if (put_right := case_put_right(context)) is not None:
        return put_right
    words = words_of_case(context)
    if not words:
        return Act.SKIP  # "ya se lo dije": nothing more is told
    if words != context.text.strip():
        context = context.of(words)
    filing = context.state.filing
    told = filing.words if filing is not None and not filing.anew else ()
    if not told and tells_nothing(context):
        return _without_account(context)
    if not told and isinstance(wish := complaint(context), BeginCase):
        return wish  # "quiero reclamar por el cesfam": whom it is for, and nothing told
    first = PARTS.split(context.text, maxsplit=1)[0]
    if told and (named := area_alone(context, first)):
        return SetCaseArea(named, context.text.strip())  # "en el juzgado": plainer than a guess
    if told and not tells_more(context):
        return something_else(context)
    alone = not told or len(context.said.words) > _FEW_TO_PLACE
    area = area_of_complaint(context, context.text) if alone else ""
    area = area or area_of_complaint(context, "\n".join((*told, context.text)))
    return FileCase(context.text, area)


def _unnamed(context: Context) -> Intent | None:
    """ "No quiero que aparezca mi nombre. Fue ayer": answered, and no words of the case."""
    if PhraseKind.ASKS_UNNAMED not in context.said.kinds:
        return None
    parts = [part.strip() for part in PARTS.split(context.text) if part.strip()]
    told = [part for part in parts if not _is_of_name(Said(part, context.lexicon))]
    if len(told) == len(parts):
        return None
    if not told:
        return AskAboutCase(CaseAspect.UNNAMED)
    left = complaint_asked_for(context.of(", ".join(told)))
    return replace(left, unnamed=True) if isinstance(left, FileCase) else left


def _is_of_name(said: Said) -> bool:
    return PhraseKind.ASKS_UNNAMED in said.kinds and tells_little_unnamed(said)


def _kind_instead(context: Context) -> CaseKind | None:
    """ "No, mejor una felicitación", "espere, es una sugerencia": another kind than is being told.

    None where the words tell anything besides.
    """
    filing, said, lexicon = context.state.filing, context.said, context.lexicon
    if filing is None or len(said.words) > _FEW_OF_KIND or "?" in context.text:
        return None
    nouns = lexicon.case_wishes
    named = [kind for kind in CaseKind if not nouns[kind].isdisjoint(said.sounds)]
    if filing.kind in named:  # "no es un reclamo, es una felicitación"
        named.remove(filing.kind)
    if len(named) != 1 or filing.kind not in _NAMED_KINDS:
        return None
    leads = {word for kind in _LEADING for s, e in said.spans(kind) for word in said.words[s:e]}
    every = frozenset[str]().union(*nouns.values())
    told = [word for word in said.words if word not in leads | lexicon.negators]
    told = [word for word in told if tells_besides(said, [word], every)]
    last = Said(PARTS.split(context.text.rstrip(" .!"))[-1], lexicon)
    return named[0] if len(told) <= 1 and _names(last, nouns[named[0]]) else None


def _names(said: Said, nouns: frozenset[str]) -> bool:
    """Whether one of the nouns stands there; "no quiero felicitaciones" denies it."""
    at = next((at for at, sound in enumerate(said.sounds) if sound in nouns), None)
    if at is None:
        return False
    denied = [place for place in range(at) if said.words[place] in said.lexicon.negators]
    return not denied or tells_besides(said, said.words[denied[-1] + 1 : at])


def told_for_person(context: Context) -> Intent | None:
    """What it is about, told where nobody is on duty and a case is offered: it goes into that."""
    if context.command is not None or context.said.asks or len(context.said.words) < FEWEST_TOLD:
        return None
    return AskForPerson(context.text)


def _nothing_told(context: Context) -> Intent | None:
    """A bare yes or no says nothing of what happened: what is missing is left out."""
    prompt, filing = context.state.prompt, context.state.filing
    if context.offers("keep-told") and context.offers("cancel"):  # whether it is left here
        return meaning_of(context, "keep-told" if context.command == "yes" else "cancel")
    tells_nothing = filing is not None and not filing.words
    skips = tells_nothing or (prompt is not None and prompt.offers("skip"))
    return meaning_of(context, "skip") if skips else None


def _without_account(context: Context) -> Intent | None:
    """ "Sí quiero" is asked on; a question, a courtesy or a grade is read as what it is."""
    if PhraseKind.HESITATES in context.said.kinds:
        return SayCourtesy("waits")  # "no, espere"
    answers = context.heard.main in ("confirms", "denies", "partly", "refuses", "gives_grade")
    wishes = PhraseKind.TELLS_WISH in context.said.kinds
    return meaning_of(context, "skip") if answers or wishes else None


def records_asked_for(context: Context) -> Intent | None:
    """Public information, where a case is being told: the law has another way for it."""
    prompt = context.state.prompt
    if prompt is None or prompt.awaits is not Awaits.CASE or not asks_for_records(context.said):
        return None
    return AskForRecords()


def case_area_asked_for(context: Context) -> Intent | None:
    """The name of the area that a case is for, after it was asked for."""
    prompt = context.state.prompt
    if prompt is None or prompt.awaits is not Awaits.CASE_AREA:
        return None
    if asks_of_area(context) and not area_answered(context):
        return None
    named = area_by_name(context, context.text) or area_in(context, context.text)
    if named is not None:
        return SetCaseArea(named.id)
    return SetCaseArea(next(iter(areas_meant(context, context.text)), ""))
