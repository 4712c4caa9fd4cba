"""What is meant instead, behind a no to what was shown: "no eso no, le pregunto dónde se paga"."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.listening.listener import LIKELY
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.information import (
    AskAboutCard,
    AskAboutTopic,
    LookUp,
    TellUnconfirmed,
    UsefulAnswer,
)
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.card.decision.clauses import MOST_OF_NO
from handlers.understanding.said_before.card.refused import refused_and_meant, unconfirmed_without
from handlers.understanding.said_before.card.shown import UNFOUND, thing_in
from handlers.understanding.said_before.card.told_beside import other_language, says_no_spanish

_NEGATES_WITHIN = 3  # words: "I don't want the collection days"
_FEW_DENIED = 3  # words of "not traffic"
_LEAST = 2  # parts


def with_clarification(context: Context, answer: UsefulAnswer) -> UsefulAnswer:
    """The same with what is meant instead, to be read anew, where the text tells it."""
    meant = clarification(context)
    if not meant:
        return answer
    return replace(answer, besides=meant, of_another=denies_shown(context), clarifies=True)


def without_denied(context: Context) -> Context:
    """ "No, no quiero los días, quiero pagar": the rest, where nothing of a list was meant."""
    if not context.offers("none") or refused_and_meant(context) is not None:
        return context
    meant = clarification(context)
    return context.of(meant, answered=True) if meant else context


def clarification(context: Context) -> str:
    """What is meant instead of what is denied; "" where only a no is said, or why it is one."""
    parts = [part.strip() for part in PARTS.split(context.text) if fold(part)]
    meant = [part for part in parts if not is_denied(context, part)]
    if asked := [words for words in (_asked_in(context, part) for part in parts) if words]:
        return ", ".join(asked)
    if len(parts) < _LEAST or len(meant) == len(parts) or not meant:
        return ""
    names = any(_denies_thing(context, part) for part in parts)
    rest = ", ".join(meant)
    of_other = any(PhraseKind.NOT_MEANT in Said(part, context.lexicon).kinds for part in parts)
    named = of_other and context.rank(rest).cards()  # "no me refiero a eso, a la licencia"
    return rest if names and (named or _may_be_meant(context, rest)) else ""


def denies_shown(context: Context) -> bool:
    """ "No es beca, es la TNE": the card that was shown is what is denied."""
    service = context.release.content.service_by_id.get(context.state.topic)
    if service is None:
        return False
    named = context.release.index.tokens_of(service.short_name)
    denied = (part for part in PARTS.split(context.text) if is_denied(context, part))
    return any(named & context.release.index.tokens_of(part) for part in denied)


def told_honestly(
    context: Context, answer: UsefulAnswer, read: tuple[Intent, ...]
) -> tuple[Intent, ...]:
    """What is answered of the words behind a no: what is not sure is said not to be confirmed."""
    last, shown = read[-1] if read else Act.MAKE_NO_SENSE, context.state.topic
    refused = refused_and_meant(context)
    others: tuple[str, ...] = ()
    if says_no_spanish(context.of(answer.besides)):
        return (other_language(context),)
    if _is_hearsay(context, answer.besides) and not isinstance(last, AskAboutTopic):
        return (TellUnconfirmed(answer.besides),)
    if isinstance(last, LookUp):
        hits = tuple(hit.id for hit in last.ranking.hits)
        sure, of_shown = last.ranking.verdict not in _UNSURE, hits[:1] == (shown,)
        if sure and not of_shown and answer.value == "no":
            return (*read[:-1], _one_thing(context, answer.besides, last))
        if refused is not None and answer.of_another:
            return (*read[:-1], unconfirmed_without(context, refused, last.ranking))
        others = tuple(hit for hit in hits if hit != shown)
        others = () if of_shown else others[:1] if sure else others
    elif last not in _NO_ANSWER and not isinstance(last, SayCourtesy):
        return read
    return (*read[:-1], TellUnconfirmed(answer.besides, others, of_shown=not answer.of_another))


def _is_hearsay(context: Context, words: str) -> bool:
    """Whether others told it, and nobody is blamed: it is asked of what was shown."""
    blames = context.release.listener.hear(words).surely("blames")
    return PhraseKind.HEARSAY in Said(words, context.lexicon).kinds and not blames


def _one_thing(context: Context, words: str, found: LookUp) -> LookUp | AskAboutCard:
    """ "Retiro de muebles, qué día pasan": of a card that is surely found only what is asked."""
    hit, heard = found.ranking.hits[0], context.release.listener.hear(words)
    aspect = heard.best(_FIELDS, LIKELY)
    if hit.kind != "service" or (len(found.ranking.hits) > 1 and found.ranking.wishes > 1):
        return found
    return AskAboutCard(hit.id, aspect.removeprefix("follow_")) if aspect else found


_FIELDS = ("follow_hours", "follow_place", "follow_contact", "follow_cost", "follow_time")


def is_denied(context: Context, part: str) -> bool:
    """A no, or what is not meant: "eso no", "no es beca", "I don't want the days"."""
    lexicon, words = context.lexicon, fold(part).split()
    if not words:
        return True
    if len(words) <= MOST_OF_NO and "no" in map(context.commands.get, (words[0], words[-1])):
        return True
    said = Said(part, lexicon)
    if said.begins(PhraseKind.NOT_MEANT, PhraseKind.NOT_HELPED):
        return True
    negated = not lexicon.negators.isdisjoint(words[:_NEGATES_WITHIN])
    contrasts = words[0] in lexicon.negators and bool(
        lexicon.said_before.interrogates.match(" ".join(words[1:]))
    )
    asks = said.asks or lexicon.said_before.inquires_for.search(said.folded) is not None
    return contrasts or (negated and not asks)


def _asked_in(context: Context, part: str) -> str:
    """What a part says is asked: "yo preguntaba por la fecha", "le pregunto dónde se paga"."""
    if thing := thing_in(part, context):
        return thing
    folded, said_before = fold(part), context.lexicon.said_before
    if (found := said_before.inquires_for.search(folded)) is not None:
        asked = folded[found.end() :]
        return asked if said_before.interrogates.match(asked) else folded[found.start() :]
    lead = said_before.leads.match(folded)
    rest = folded[lead.end() :] if lead is not None else ""
    return rest if said_before.interrogates.match(rest) is not None else ""


def _denies_thing(context: Context, part: str) -> bool:
    """ "No es beca", "not traffic", "no quiero los días"; "no funciona" denies no thing."""
    words, lexicon = fold(part).split(), context.lexicon
    if not is_denied(context, part) or len(words) < _LEAST:
        return False
    if PhraseKind.NOT_MEANT in Said(part, lexicon).kinds:
        return True
    named = len(words) <= _FEW_DENIED and context.rank(" ".join(words[1:])).cards()
    return bool(named) or not lexicon.grade.is_.isdisjoint(words[1:_NEGATES_WITHIN])


def _may_be_meant(context: Context, rest: str) -> bool:
    """Whether what is not denied names or asks something, and does not tell why it is a no."""
    said, ranking = Said(rest, context.lexicon), context.rank(rest)
    begins = {*said.words[:1]} & (context.lexicon.grade.is_ | context.lexicon.said_before.narrows)
    wishes = said.begins(PhraseKind.TELLS_WISH)
    return said.asks or wishes or bool(begins) or ranking.verdict is Verdict.SURE


_UNSURE = (*UNFOUND, Verdict.SMALL_TALK, Verdict.SEVERAL)
_NO_ANSWER = (
    *(Act.MAKE_NO_SENSE, Act.REFUSE, Act.ASK_WHAT_ABOUT, Act.ANSWER_NOTHING),
    Act.TELL_MISSING,
)
