"""What is said while a case is told and is no words of it: questions, and that it is all."""

from __future__ import annotations

import re
from typing import NamedTuple

from handlers.facts.cases import CaseKind
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import names_service
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import (
    AskAboutCase,
    CaseAspect,
    DoubtAnswer,
    FileWithMore,
    ReopenCase,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_of_its_own, question_in
from handlers.understanding.reading.clauses import without_asides
from handlers.understanding.reading.places import names_place, names_reference
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import adds_plainly, tells_besides
from handlers.understanding.said_before.card.asked.named import question_aside
from handlers.understanding.said_before.case.questions import (
    answer_alone,
    answer_beside,
    is_of_case,
)

ENDING = (
    *(PhraseKind.ENDS_TELLING, PhraseKind.ACCEPTS_SUMMARY, PhraseKind.FILES_CASE),
    *("thanks", "farewell"),
)
_SENTENCE = re.compile(r"[.!;\n]+\s+")
_OF_CASE = ("reports", "complains", "suggests", "blames")  # rather words of it
_OF_ITS_COURSE = {PhraseKind.ASKS_OUTCOME, PhraseKind.ASKS_IF_LATE}
_UNSURE = (Verdict.UNSURE, Verdict.SEVERAL)
_TOLD_BEFORE = 0.3  # the same, before it is to be filed
_BESIDE_THANKS = 0.25  # probability of words that belong to the case
_FEW_THANKING = 5  # words of "muchísimas gracias, muy amable"
_FEWEST_ASKING = 4  # words of a question about something else


def question_about_case(context: Context) -> Intent | None:
    """ "¿Y cuánto se demoran?", "¿tengo que ir yo?" while a case is told: no words of it."""
    filing, prompt, follow_up = context.state.filing, context.state.prompt, context.state.follow_up
    telling = filing is not None and prompt is not None and prompt.awaits is Awaits.CASE
    if not telling and (follow_up is None or not follow_up.case):
        return None
    if follow_up is not None and PhraseKind.REWRITES_COMMENT in context.said.kinds:
        return ReopenCase(follow_up.case)  # what is filed stays; what it should say can be added
    first_words = telling and filing is not None and not filing.words
    if _only_files(context):
        return AskAboutCase(CaseAspect.FILES)  # "adjunto fotos"
    if telling and context.said.is_only(PhraseKind.WANTS_THIS_REPORTED):
        return AskAboutCase(CaseAspect.WAY)  # "¿dónde lo denuncio?"
    found = question_in(context)
    if found is None:
        return answer_alone(context, first_words=first_words)
    led, heard = found.read is not context, context.heard
    plainly = names_service(context) if found.plain else heard.main in ("asks", *FOLLOW_UPS)
    aside = question_aside(context) if led or (plainly and not first_words) else None
    if _wishes_plainly(context) or not _OF_ITS_COURSE.isdisjoint(context.said.kinds):
        aside = None  # "¿cuándo lo van a arreglar?" is no question about mending houses
    if aside is not None and not is_of_case(found.read, aside):
        return aside  # "oiga, de paso, ¿dónde saco la licencia?"
    if first_words or not led:
        return answer_alone(context, first_words=first_words)
    if found.why:
        return answer_beside(found.read)
    return answer_alone(found.read)


def _only_files(context: Context) -> bool:
    """Whether a photo or the like is announced, and nothing told beside it."""
    said = context.said
    wish = said.covered(PhraseKind.ASKS_FILES)
    beside = [word for at, word in enumerate(said.words) if at not in wish]
    return bool(wish) and not tells_besides(said, beside)


def _wishes_plainly(context: Context) -> bool:
    """ "Que la pavimenten": what is asked for, though a service is called so."""
    kinds = (PhraseKind.WISHES_DONE, PhraseKind.TELLS_WISH)
    begins = [context.said.begins(kind) for kind in kinds]
    return all(begins) and "?" not in context.text


def _only_thanks(context: Context) -> bool:
    """ "Muchas gracias, muy amable", "que le vaya bien": with nothing of the case."""
    heard = context.heard
    if context.command is not None or heard.main not in ("thanks", "farewell"):
        return False
    return heard.surely(heard.main) and not heard.best(_OF_CASE, _BESIDE_THANKS)


def telling_ended(context: Context) -> Intent | None:
    """ "Eso es todo", "ingréselo así nomás": the end of what is told, and no words of it."""
    said, prompt, filing = context.said, context.state.prompt, context.state.filing
    thanks = len(said.words) <= _FEW_THANKING and _only_thanks(context)
    thanks = thanks and not said.is_only(PhraseKind.GIVES_UP)  # "mejor no, gracias"
    thanks = thanks and PhraseKind.HELP_CAME not in said.kinds  # "ya lo arreglaron, gracias"
    orders = said.is_only(PhraseKind.FILES_CASE)
    files = orders or said.is_only(PhraseKind.ACCEPTS_SUMMARY)
    ends = files or said.is_only(PhraseKind.ENDS_TELLING)
    if not ends and not thanks:
        return _filed_at_end(context)
    offered = context.offers("complaint") or context.alert
    draft = context.state.draft
    if draft is not None and ((files and offered) or (orders and context.reported)):
        # After a no to the summary, a danger, the card of a report, or the answer to a case.
        return DoubtAnswer(draft.case, "") if draft.case else Act.COMPLAIN
    if prompt is not None and prompt.awaits is Awaits.CASE:
        if files and (prompt.offers("file") or (filing is not None and filing.doubtful)):
            return Act.FILE_CASE
        told = filing is not None and filing.words
        return Act.SKIP if told and (ends or prompt.offers("file")) else None
    follow_up, first = context.state.follow_up, context.folded.partition(" ")[0]
    if follow_up is None or (not orders and context.commands.get(first) == "yes"):
        return None  # "sí, por favor": something is to be added
    return Act.FINISH if ends or follow_up.case else None


def _filed_at_end(context: Context) -> Intent | None:
    """ "No tengo mascotas, hablo de mi papá. Ingréselo no más" to the summary of a case."""
    filing, lexicon, parts = context.state.filing, context.lexicon, context.said.parts
    asked = context.offers("file") or (filing is not None and bool(filing.doubtful))
    if (
        not asked
        or len(parts) < 2
        or context.numbers
        or not Said(parts[-1], lexicon).is_only(PhraseKind.FILES_CASE)
    ):
        return None
    before = without_asides(", ".join(part.strip() for part in parts[:-1]), lexicon)
    said = Said(before, lexicon)
    told = adds_plainly(said) or names_place(said)
    told = told or bool(context.release.listener.hear(before).best(_OF_CASE, _TOLD_BEFORE))
    told = told and "?" not in context.text
    return FileWithMore(before) if told else Act.FILE_CASE


class ToldAndAsked(NamedTuple):
    """What is told of a case, and a question of its own behind it."""

    told: Context
    asked: Context


def told_and_asked(context: Context) -> ToldAndAsked | None:
    """ "Que la arreglen. Oiga, ¿y dónde pago el agua?" while a case is told."""
    prompt, text = context.state.prompt, context.text.strip()
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    if prompt is None or prompt.awaits is not Awaits.CASE or not ends or not text.endswith("?"):
        return None
    told, asked = context.of(text[: ends[-1]].strip()), context.of(text[ends[-1] :])
    kinds = {PhraseKind.ASKS_IF_LATE, PhraseKind.ASKS_OUTCOME, PhraseKind.TELLS_BY_ASKING}
    of_case = not kinds.isdisjoint(asked.said.kinds) or asked.said.names_case
    if "?" in told.text or of_case or not asks_of_its_own(asked):
        return None
    return ToldAndAsked(told, asked)


def gains_time(context: Context) -> bool:
    """ "Espere un poco", "mejor lo pienso": nothing is told, and nothing given up."""
    leads = context.lexicon.said_before.leads.fullmatch(context.folded) is not None
    return leads or context.said.is_only(PhraseKind.HESITATES)


def hesitates(context: Context) -> bool:
    """ "No sé si seguir", while a case is told: of the case, and no despair."""
    prompt = context.state.prompt
    telling = prompt is not None and prompt.awaits is Awaits.CASE
    return telling and context.said.is_only(PhraseKind.HESITATES)


def asks_something_else(context: Context) -> bool:
    """ "¿Y para revalidar un título?" where the number of a procedure was asked for.

    That a procedure was meant was only heard; a question that the search knows is answered.
    """
    filing, said = context.state.filing, context.said
    if filing is None or not filing.waiting or filing.kind is not CaseKind.REQUEST:
        return False
    asks = said.asks or "?" in context.text
    if not asks or len(said.words) < _FEWEST_ASKING or names_reference(said):
        return False
    if context.heard.likely("status_procedure") or context.heard.likely("status_case"):
        return False
    if context.ranking.verdict in (Verdict.SURE, Verdict.EXTERNAL):
        return True
    plainly = PhraseKind.TELLS_WHEN not in said.kinds and context.text.lstrip().startswith("¿")
    corrects = PhraseKind.CORRECTS_WORDS in said.kinds  # "no era eso lo que pregunté"
    return (plainly or corrects) and context.ranking.verdict in _UNSURE
