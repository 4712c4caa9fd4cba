"""Cases in free words: complaints, suggestions and praise, asked for or told of oneself."""

from __future__ import annotations

from handlers.facts import CaseKind
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import sound
from handlers.understanding.areas import (
    area_alone,
    area_answered,
    area_by_name,
    area_in,
    area_mentioned,
    area_of_complaint,
    area_of_words,
    areas_meant,
    asks_of_area,
)
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.cases import (
    AnswerInWriting,
    AskAboutCase,
    AskForRecords,
    AskToWithdraw,
    BeginCase,
    CaseAspect,
    FileCase,
    SetCaseArea,
    TellWaiting,
)
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.options import meaning_of
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import (
    OPINIONS,
    asks_for_records,
    case_wished,
    complains_of_waiting,
    complaint_wished,
    names_phone,
    nearly_wishes_case,
    opinion_wished,
    tells_behind_wish,
    tells_little_unnamed,
)
from handlers.understanding.said_before.beside_case import asks_something_else, gains_time
from handlers.understanding.said_before.corrections.cases import case_put_right
from handlers.understanding.said_before.more_of_case import something_else, tells_more

_MAYBE = 0.2
_FEW_TO_WISH = 10  # words that only wish to complain of what was told
_FEW_TO_PLACE = 3  # words that may only say where it was: "la Antena"
_FEW_OF_FILES = 6  # words that only wish to send a photo
_FEWEST_TOLD = 4  # words that say what a person is wanted for
_OF_TELLING = ("follow_time", "follow_cost")  # asked of complaints as such
_OF_MADE = ("status_case", "withdraws", "undoes", "asks_about_grades")  # of one that was made
_MADE_BEFORE = {
    *(PhraseKind.ASKS_CASE, PhraseKind.ASKS_ANSWER, PhraseKind.ASKS_NUMBER),
    *(PhraseKind.REPORTED_BEFORE, PhraseKind.ASKS_STATE),
}
_COMPLAINING = {PhraseKind.COMPLAINS, PhraseKind.COMPLAINS_OF}
_ENDING = " .!"  # signs that nothing follows
_TOLD = 0.3  # probability of praise, blame or a report before the wish to file it


def call_wished(context: Context) -> Intent | None:
    """ "Llámenme al 51 222 333 por la patente": what stands beside the wish is for the call."""
    state, said = context.state, context.said
    spans = said.spans(PhraseKind.WANTS_CALL)
    of_case = state.follow_up is not None and state.follow_up.case
    if not spans or state.filing is not None:
        return None  # what is told may ask for a call
    ends = max(end for _, end in spans)
    if "?" not in said.text and not context.lexicon.negators.isdisjoint(said.words[:ends]):
        last = state.cases[-1] if state.cases else None  # "ya no me llamen"
        is_call = last is not None and last.kind == CaseKind.CALL
        return AskToWithdraw(last.number) if last and is_call else Act.REFUSE
    if of_case:
        return AddWords(context.text)
    wish = {at for span in spans for at in range(*span)}
    beside = [word for at, word in enumerate(said.words) if at not in wish]
    if len(beside) < _FEWEST_TOLD and not names_phone(said):
        return BeginCase(CaseKind.CALL)
    return FileCase(context.text, area_of_complaint(context, context.text), CaseKind.CALL)


def call_without_phone(context: Context) -> Intent | None:
    """ "No tengo teléfono", "mejor por escrito", where the number to call was asked for."""
    filing, said = context.state.filing, context.said
    if filing is None or filing.kind is not CaseKind.CALL or names_phone(said):
        return None
    denial = {at for span in said.spans(PhraseKind.NO_PHONE) for at in range(*span)}
    if not denial:
        return None
    told = len(said.words) - len(denial) >= _FEWEST_TOLD
    return AnswerInWriting(context.text if told else "")


def complaint_asked_for(context: Context) -> Intent | None:
    """What the complaint is about, after it was asked for."""
    prompt = context.state.prompt
    if prompt is None or prompt.awaits is not Awaits.CASE:
        return None
    if context.command in ("yes", "no"):
        return _nothing_told(context)
    if asks_something_else(context):
        return None
    if gains_time(context):
        return SayCourtesy("waits")
    if (put_right := case_put_right(context)) is not None:
        return put_right
    told = context.state.filing.words if context.state.filing is not None else ()
    first = PARTS.split(context.text, maxsplit=1)[0]
    if told and (named := area_alone(context, first)):
        return SetCaseArea(named, context.text.strip())  # "en el juzgado": plainer than a guess
    if told and not tells_more(context):
        return something_else(context)
    alone = not told or len(context.said.words) > _FEW_TO_PLACE
    area = area_of_complaint(context, context.text) if alone else ""
    area = area or area_of_complaint(context, "\n".join((*told, context.text)))
    return FileCase(context.text, area)


def told_for_person(context: Context) -> Intent | None:
    """What it is about, told where nobody is on duty and a case is offered: it goes into that."""
    if context.command is not None or context.said.asks or len(context.said.words) < _FEWEST_TOLD:
        return None
    return AskForPerson(context.text)


def _nothing_told(context: Context) -> Intent | None:
    """A bare yes or no says nothing of what happened: what is missing is left out."""
    prompt, filing = context.state.prompt, context.state.filing
    tells_nothing = filing is not None and not filing.words
    skips = tells_nothing or (prompt is not None and prompt.offers("skip"))
    return meaning_of(context, "skip") if skips else None


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


def complaint(context: Context) -> Intent | None:
    """ "Quiero hacer un reclamo por la basura": the words are the complaint."""
    if not _may_complain(context) or _denies_wish(context.said):
        return None
    told = complaint_wished(context.said)
    named = told or _behind_preposition(context)
    area = area_alone(context, named) if named else ""
    if area:  # "un reclamo para obras" says only whom it is for
        return BeginCase(CaseKind.COMPLAINT, area, unnamed=_is_unnamed(context))
    if told is None and (
        _complains_plainly(context) or _begins_complaint(context) or _wishes_at_end(context)
    ):
        told = context.text  # "quiero reclamar: hay un hoyo"
    if told is None:
        return None
    if not told and not _told_before(context, PhraseKind.COMPLAINS):
        return BeginCase(CaseKind.COMPLAINT, unnamed=_is_unnamed(context))
    return FileCase(context.text, area_of_complaint(context, context.text))


def _may_complain(context: Context) -> bool:
    """Whether a complaint is heard or named, or its last part may be such a wish."""
    named = context.lexicon.case_wishes.get(CaseKind.COMPLAINT, frozenset())
    return (
        not _COMPLAINING.isdisjoint(context.said.kinds)
        or context.heard.main == "complains"
        or not named.isdisjoint(context.said.sounds)
        or PARTS.search(context.text.rstrip(_ENDING)) is not None
    )


def _denies_wish(said: Said) -> bool:
    """ "No quiero reclamar nada": given up at once, or a no right before each wish."""
    starts = [start for start, _ in said.spans(PhraseKind.COMPLAINS)]
    if not starts:
        return any(start == 0 for start, _ in said.spans(PhraseKind.GIVES_UP))
    return all(at and said.words[at - 1] in said.lexicon.negators for at in starts)


def _begins_complaint(context: Context) -> bool:
    """ "Buenas, reclamo por los baches de Balmaceda": nothing but a greeting stands before it."""
    said = context.said
    begins = [" ".join(said.words[:start]) for start, _ in said.spans(PhraseKind.COMPLAINS_OF)]
    leads = any(not before or context.commands.get(before) == "hello" for before in begins)
    told = leads and len(said.words) >= _FEWEST_TOLD and "?" not in context.text
    return told and context.ranking.verdict is not Verdict.EXTERNAL


def _wishes_at_end(context: Context) -> bool:
    """ "Ese sitio está lleno de basura, quiero reclamar": the wish is the last part."""
    *before, last = PARTS.split(context.text.rstrip(_ENDING))
    if len(" ".join(before).split()) < _FEWEST_TOLD or "?" in context.text:
        return False
    wish = Said(last, context.lexicon)
    return PhraseKind.COMPLAINS in wish.kinds and case_wished(wish) is CaseKind.COMPLAINT


def another_case(context: Context) -> Intent | None:
    """ "También quiero reclamar por la luz", where words are awaited of one that was filed."""
    follow_up, said = context.state.follow_up, context.said
    if follow_up is None or not follow_up.case or "?" in context.text:
        return None
    wished = case_wished(said)
    begun = BeginCase(wished) if wished is not None else None
    return begun or opinion(context) or complaint(context)


def _complains_plainly(context: Context) -> bool:
    said = context.said
    tells = "?" not in said.text and len(said.words) > _FEWEST_TOLD
    return tells and _complains_surely(context) and not said.asks


def case_of_comment(context: Context) -> Intent | None:
    """ "¿Puedo reclamar por eso?" after a comment, "quiero reclamar, …" in its place."""
    follow_up = context.state.follow_up
    if follow_up is not None and follow_up.case:
        return None
    few = follow_up is not None and len(context.said.words) <= _FEW_TO_WISH
    if tells_behind_wish(context.said) and not _denies_wish(context.said):
        area = area_of_complaint(context, context.text)
        if not few or (follow_up is not None and area != follow_up.subject.area):
            return FileCase(context.text, area)
    if not few:
        return None
    if not _complains_surely(context):
        named = context.lexicon.case_wishes.get(CaseKind.COMPLAINT, frozenset())
        orders = context.heard.surely("confirms") and not named.isdisjoint(context.said.sounds)
        return BeginCase(CaseKind.COMPLAINT) if orders else None  # "y el reclamo sí, hágalo"
    told = complaint_wished(context.said) or ""
    if len(told.split()) >= _FEWEST_TOLD:
        return FileCase(context.text, area_of_complaint(context, context.text))
    return BeginCase(CaseKind.COMPLAINT)


def case_wished_for(context: Context) -> Intent | None:
    """ "¿Cómo dejo un reclamo?", "tengo una sugerencia": here, and what of is asked."""
    kind = case_wished(context.said)
    if kind is None and _complains_surely(context):
        wishes = _wishes_misspelt(context) or _wishes_unnamed(context)
        kind = CaseKind.COMPLAINT if wishes else None
    return BeginCase(kind, unnamed=_is_unnamed(context)) if kind is not None else None


def _complains_surely(context: Context) -> bool:
    """Whether a complaint is what the whole text is, with hardly a doubt."""
    return context.heard.main == "complains" and context.heard.surely("complains")


def _wishes_unnamed(context: Context) -> bool:
    """ "Quiero hacer una denuncia anónima": nothing but how it is to be filed."""
    return _is_unnamed(context) and tells_little_unnamed(context.said)


def _wishes_misspelt(context: Context) -> bool:
    """ "Kiero cacer un rreclamo": all that the search finds for it is how to complain."""
    ranking = context.ranking
    denies = not context.lexicon.negators.isdisjoint(context.said.words)
    if denies or context.said.asks or ranking.verdict is not Verdict.SURE:
        return False
    if _names_receiver(context):
        return False
    service = context.release.content.service_by_id.get(ranking.hits[0].id)
    names = {*sound(service.name)} if service is not None else set()
    nouns = context.lexicon.case_wishes[CaseKind.COMPLAINT]
    return not nouns.isdisjoint(names) and nearly_wishes_case(context.said, CaseKind.COMPLAINT)


def _names_receiver(context: Context) -> bool:
    return area_mentioned(context, context.text) is not None


def _is_unnamed(context: Context) -> bool:
    """Whether it is to be filed without a name."""
    return PhraseKind.ASKS_UNNAMED in context.said.kinds


def files_offered(context: Context) -> AskAboutCase | None:
    """ "Quiero mandar una foto", where nothing was told yet: how it is done."""
    few = len(context.said.words) <= _FEW_OF_FILES
    if not few or PhraseKind.ASKS_FILES not in context.said.kinds:
        return None
    if context.state.topic or context.ranking.verdict is Verdict.SURE:
        return None
    return AskAboutCase(CaseAspect.FILES)


def way_to_complain(context: Context) -> Intent | None:
    """ "¿Cómo hago un reclamo por la basura?": here too, unless a card says another way."""
    if not context.said.asks or not _asks_to_complain(context):
        return None
    if context.heard.best(_OF_TELLING, _MAYBE):
        return AskAboutCase(CaseAspect.WAY)  # "¿cuánto demora un reclamo?"
    ranking = context.ranking
    if ranking.verdict is Verdict.EXTERNAL:
        return None
    if ranking.verdict is not Verdict.SURE:
        return BeginCase(CaseKind.COMPLAINT)
    service = context.release.content.service_by_id.get(ranking.hits[0].id)
    if service is not None and _is_of_complaints(context, service.name):
        return BeginCase(CaseKind.COMPLAINT)
    reported = service is not None and service.takes_reports  # "cómo reclamo por un hoyo"
    reported = reported and _complains_surely(context)
    return FileCase(context.text, service.area) if service and reported else None


def _asks_to_complain(context: Context) -> bool:
    """Whether it is heard, or a complaint is named and not one that was made before."""
    if _complains_surely(context):
        return True
    names = not context.lexicon.case_wishes[CaseKind.COMPLAINT].isdisjoint(context.said.sounds)
    before = not _MADE_BEFORE.isdisjoint(context.said.kinds)
    return names and not before and not context.heard.best(_OF_MADE, _TOLD)


def _is_of_complaints(context: Context, name: str) -> bool:
    """Whether of a service's name no more is said than that it is of complaints."""
    named, nouns = frozenset(sound(name)), context.lexicon.case_wishes[CaseKind.COMPLAINT]
    said = named.intersection(context.said.sounds) - context.lexicon.round_wish
    return not nouns.isdisjoint(named) and said <= nouns


def _behind_preposition(context: Context) -> str:
    """The "obras" of "un reclamo para obras", "tengo una queja pal cementerio"; or ""."""
    words, lexicon = context.said.words, context.lexicon
    named = lexicon.case_wishes.get(CaseKind.COMPLAINT, frozenset())
    sounds = context.said.sounds
    if named.isdisjoint(sounds):
        return ""
    begins = next(at for at, word in enumerate(sounds) if word in named)
    leads = (at for at, word in enumerate(words) if word in lexicon.grade.for_area)
    at = next((lead for lead in leads if lead > begins), len(words))
    wishes = (named | lexicon.round_wish).issuperset(sounds[:at])
    return " ".join(words[at + 1 :]) if wishes else ""


def opinion(context: Context) -> Intent | None:
    """ "Quiero dejar una sugerencia", "deberían poner más basureros": shown before it is filed."""
    wished = opinion_wished(context.said)
    if wished is None:
        heard = context.heard
        suggests = heard.surely("suggests") and heard.main == "suggests"
        if not suggests or context.said.asks:
            return None
        if not context.lexicon.case_wishes[CaseKind.COMPLAINT].isdisjoint(context.said.sounds):
            return BeginCase(CaseKind.COMPLAINT)  # "tengo un reclamo y una felicitación"
        wished = CaseKind.SUGGESTION, context.text
    kind, told = wished
    told = told or _told_before(context, *OPINIONS)
    if not told:
        return BeginCase(kind)
    return FileCase(context.text, area_of_complaint(context, told), kind)


def _told_before(context: Context, *wishes: PhraseKind) -> str:
    """The words before a wish to complain or praise that ends a text, where they tell why; or "".

    "Los del aseo se pasaron, quiero felicitarlos" is told already; "buenas tardes" tells nothing.
    """
    said = context.said
    begins = min([start for wish in wishes for start, _ in said.spans(wish)], default=0)
    before = " ".join(said.words[:begins])
    told = context.release.listener.hear(before).best(("praises", "blames", "reports"), _TOLD)
    return before if told else ""


def long_wait(context: Context) -> Intent | None:
    """The citizen waits for an answer of the municipality."""
    if not complains_of_waiting(context.said):
        return None
    services = context.release.content.service_by_id
    service = next((card for card in context.ranking.cards() if card in services), "")
    return TellWaiting(context.text, area_of_words(context), service)
