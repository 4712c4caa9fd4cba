"""An answer on the card that was shown, and what stands behind it or in its place."""

from __future__ import annotations

from handlers.content.lexicon.lexicon import BEST
from handlers.listening.listener import SURE
from handlers.search.ranking import Verdict
from handlers.text.folding import fold, undoubled
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import UsefulAnswer
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import complaint_wished
from handlers.understanding.said_before.card.clarified import clarification
from handlers.understanding.said_before.card.decision.chances import begins_with_condition, frowns
from handlers.understanding.said_before.card.decision.clauses import CLAUSES, MOST_OF_NO
from handlers.understanding.said_before.card.shown import begins_with_no, thing_in

_ASKING = (*FOLLOW_UPS, "asks", "reports")  # mainly heard: no yes, however it begins
_FEW_WORDS = 4
_PLAIN = 0.6
_HINT = 0.2  # probability of what it asks for, where that is known besides

_ASPECT = 0.45  # probability of one thing of the card, from which that is asked for
_MUNICIPAL = 0.9  # that words of a wish are of something of its own
_ASPECTS = {PhraseKind.ASKS_PLACE, PhraseKind.ASKS_HOURS, PhraseKind.ASKS_CONTACT}
_DENYING = {PhraseKind.NOT_MEANT, PhraseKind.NOT_HELPED}  # more than a mere no
_TELLS_YES = {PhraseKind.HELPED, PhraseKind.SAYS_IT_HELPS}
_STOPS = frozenset(".!\n…")
_ASKING_MORE = (PhraseKind.ASKS, PhraseKind.FOLLOWS_UP, PhraseKind.ASKS_TERM)


def answer_and_question(context: Context) -> UsefulAnswer | None:
    """ "Sí, muchas gracias. ¿Y dónde pido hora al dentista?": an answer, and another question.

    A yes is also one before a question about the card that was shown; a no, or a "but", is not:
    "sí gracias, y cuánto demora", "no, ¿y cuánto demora?", "sí, pero cuánto demora". "Sí me sirvió,
    pero cuánto demora" is one: it says so.
    """
    said, rest = _answer_before(context)
    if not said or said == "thanks":
        return None
    more, but = Said(rest, context.lexicon), context.lexicon.said_before.but
    if not (more.asks or asks_behind(context)):
        return None
    weighs = but.match(more.folded)
    if said == "yes" and weighs is None:
        return UsefulAnswer(said, besides=rest)
    before = Said(context.text.removesuffix(rest), context.lexicon)
    if said == "yes" and weighs is not None and not _TELLS_YES.isdisjoint(before.kinds):
        return UsefulAnswer(said, besides=more.folded[weighs.end() :].strip())
    if said == "partly" or (said == "no" and PhraseKind.NOT_HELPED in before.kinds):
        return UsefulAnswer(said, besides=_last_asked(context, rest), clarifies=True)
    if said == "no" and not _DENYING.isdisjoint(context.said.kinds):
        return UsefulAnswer(said, besides=clarification(context) or rest, clarifies=True)
    ranking = context.rank(rest)
    least = _PLAIN if ranking.verdict is Verdict.SURE else _HINT
    if context.release.listener.hear(rest).best(FOLLOW_UPS, least):
        return None
    hit = ranking.hits[0].id if ranking.is_found else ""
    other = hit not in ("", context.state.topic)
    return UsefulAnswer(said, besides=rest) if other else None


def _last_asked(context: Context, rest: str) -> str:
    """ "Qué llevo?" of "pero voy a ir igual. qué llevo?"."""
    meant = clarification(context)
    if meant and meant not in rest:
        return meant
    parts = [part.strip() for part in CLAUSES.split(rest) if fold(part)]
    last = Said(f"{parts[-1]}?" if "?" in rest else parts[-1], context.lexicon)
    return last.text if last.begins(*_ASKING_MORE) else meant or rest


def answer_and_more(context: Context) -> UsefulAnswer | None:
    """ "Nop. Falta la dirección", "sí, otra cosa, hay un hoyo": what is behind is read anew."""
    if (instead := another_meant(context)) is not None:
        return instead
    said, rest = _answer_before(context)
    if said not in ("yes", "no", "partly"):
        return None
    more = Said(rest, context.lexicon)
    if said == "yes" and (thing := _another_wished(context, more)):
        return UsefulAnswer(said, besides=thing, of_another=True)
    if said == "no" and _is_of_other_card(context, more):
        return UsefulAnswer(said, besides=rest, of_another=True)
    misses = said != "yes" and PhraseKind.TELLS_MISSING in more.kinds
    another = _announces(context, more.folded)
    if not misses and not another and complaint_wished(more) is None:
        return None
    announced, *others = CLAUSES.split(rest, maxsplit=1)
    apart = others and _announces(context, fold(announced)) == len(fold(announced)) + 1
    return UsefulAnswer(said, besides=others[0].strip() if apart else rest)


def another_meant(context: Context) -> UsefulAnswer | None:
    """ "No, yo preguntaba por las becas": a no, and what is meant is looked up."""
    if PhraseKind.NOT_MEANT not in context.said.kinds and not begins_with_no(context):
        return None
    for meant in filter(None, (thing_in(part, context) for part in PARTS.split(context.text))):
        ranking = context.rank(meant)
        if ranking.cards() and ranking.hits[0].id != context.state.topic:
            return UsefulAnswer("no", besides=meant, of_another=True)
    denied, *others = PARTS.split(context.text, maxsplit=1)
    if not others or not _is_not_meant(Said(denied, context.lexicon)):
        return None
    ranking = context.rank(others[0])  # "no me refiero a eso, a la licencia de conducir"
    sure = ranking.verdict in (Verdict.SURE, Verdict.SEVERAL) and ranking.cards()
    other = sure and ranking.hits[0].id != context.state.topic
    return UsefulAnswer("no", besides=others[0].strip(), of_another=True) if other else None


def _is_not_meant(said: Said) -> bool:
    return any(end == len(said.words) for _, end in said.spans(PhraseKind.NOT_MEANT))


def _another_wished(context: Context, more: Said) -> str:
    """What "y también necesito vacunarlo" wishes for, behind a yes; "" where it is of the card."""
    lead = context.lexicon.said_before.leads.match(more.folded)
    if lead is None:
        return ""
    thing = more.folded[lead.end() :].strip() or more.text
    ranking = context.rank(thing)
    if not ranking.hits or ranking.hits[0].id == context.state.topic:
        return ""
    heard = context.release.listener.hear(more.text)
    asks = any(one.best(FOLLOW_UPS, _ASPECT) for one in (heard, context.heard))
    if (asks or not _ASPECTS.isdisjoint(more.kinds)) and not _names_other(context, thing):
        return ""
    if PhraseKind.TELLS_WISH not in more.kinds:
        wishes = context.heard.best(("asks", "complains"), _ASPECT)
        return thing if ranking.verdict is Verdict.SURE and wishes else ""
    beside = context.release.index.compare(more.text, context.state.topic)
    return thing if beside.odds.municipal >= _MUNICIPAL else ""


def _names_other(context: Context, thing: str) -> bool:
    """ "Cómo pido rebaja de la multa": surely of another card, whatever is asked of it."""
    sure = context.rank(thing).verdict is Verdict.SURE
    beside = context.release.index.compare(thing, context.state.topic)
    return sure and beside.odds.municipal >= _MUNICIPAL


def _is_of_other_card(context: Context, more: Said) -> bool:
    """ "No po, para enterrarla": what stands behind the no is surely of another card.

    "No, necesito actualizarlo, yo ya estoy inscrita": a wish is read without why.
    """
    wished = Said(CLAUSES.split(more.text)[0], context.lexicon)
    more = wished if wished.begins(PhraseKind.TELLS_WISH) else more
    of_oneself = (PhraseKind.FOR_SOMEBODY, PhraseKind.TELLS_OWN_SITUATION)
    negates = not context.lexicon.negators.isdisjoint(more.words)
    if negates or not more.kinds.keys().isdisjoint(of_oneself):
        return False  # "no, yo digo para mi sobrino", "no, la verdad es que yo no manejo"
    ranking = context.rank(more.text)
    if ranking.verdict is not Verdict.SURE or ranking.hits[0].id == context.state.topic:
        return False
    return _names_other(context, more.text)


def _announces(context: Context, folded: str) -> int:
    """Where "otra cosa …" ends, by which something else is announced; 0 for "para mi papá"."""
    said_before = context.lexicon.said_before
    announced = said_before.another.match(f"{folded} ")
    if announced is None or announced[0].split()[-1] in said_before.narrows:
        return 0
    return announced.end()


def begins_with_praise(context: Context) -> bool:
    """ "Perfecto, y cuánto cuesta", "genial, ¿atienden el sábado?": it may be a yes."""
    first, *others = CLAUSES.split(context.text, maxsplit=1)
    praises = context.release.vague_grade(first) == BEST
    return praises and bool(fold("".join(others))) and not frowns(context)


def asks_behind(context: Context) -> bool:
    """Whether a question follows what begins like an answer."""
    return _asks_behind_answer(context) or _asks_behind_but(context)


def asks_what_it_is(context: Context) -> bool:
    """ "Para qué sirve eso, el banco me lo pide y no cacho": its first part asks, and no more."""
    first = Said(PARTS.split(context.text)[0], context.lexicon)
    spans = first.spans(PhraseKind.ASKS_WHAT)
    return any(start == 0 for start, _ in spans)


def _asks_behind_answer(context: Context) -> bool:
    """ "Ok, la foto la llevo yo o la sacan allá": it asks without marks."""
    said, behind = _answer_before(context)
    rest = Said(behind, context.lexicon)
    if not said:
        return False
    last = Said(CLAUSES.split(behind)[-1], context.lexicon)  # "…, cuál es la buena"
    if rest.begins(*_ASKING_MORE) or last.begins(*_ASKING_MORE):
        return True
    said_before = context.lexicon.said_before
    lead = said_before.leads.match(rest.folded)
    if lead is not None and said_before.inquires.search(lead[0]) is not None:
        return True  # "no, mi pregunta es si lo puede hacer otro", "gracias. También quería saber"
    asked = Said(rest.folded[lead.end() :], context.lexicon) if lead is not None else rest
    if asked.begins(*_ASKING_MORE) or said_before.interrogates.match(asked.folded) is not None:
        return True  # "sipo, y hasta cuándo se paga"
    heard = context.release.listener.hear(rest.text)
    goes_on = rest.folded.partition(" ")[0] in said_before.going_on
    first = fold(CLAUSES.split(context.text)[0])
    least = _PLAIN if goes_on and said_before.opens.fullmatch(first) else SURE
    return said not in ("no", "partly") and bool(heard.best((*FOLLOW_UPS, "asks"), least))


def _asks_behind_but(context: Context) -> bool:
    """ "Sí, clarito, pero por dónde se postula"; "ya pero hasta qué fecha" answers nothing."""
    said_before = context.lexicon.said_before
    but = said_before.but.search(context.folded)
    if but is None:
        return False
    rest = Said(context.folded[but.end() :].strip(), context.lexicon)
    first, _, behind = rest.folded.partition(" ")
    asked = behind if first in said_before.narrows else rest.folded  # "por dónde"
    against = said_before.not_so.match(but[0]) is not None
    if against and said_before.interrogates.match(asked) is not None:
        return True  # "todo claro excepto dónde queda" asks nothing
    if not said_before.opens.fullmatch(context.folded[: but.start()].strip()):
        return False
    asks = rest.begins(*_ASKING_MORE)
    return asks or not said_before.going_on.isdisjoint(rest.words[:1])


def _answer_before(context: Context) -> tuple[str, str]:
    """What the first parts answer, "" for nothing, and the text behind them."""
    rest, said = context.text, ""
    while (end := CLAUSES.search(rest)) is not None and fold(rest[end.end() :]):
        answer = _answer_of(context, rest[: end.start()], ends=bool(_STOPS.intersection(end[0])))
        if not answer:
            break
        rest = rest[end.end() :].strip()
        said = said if said and said != "thanks" else answer
    return (said, rest) if said else _yes_before_more(context)


def _yes_before_more(context: Context) -> tuple[str, str]:
    """The same of "sí y además quiero …", "si pero ahora necesito …", where no sign parts them."""
    first, _, rest = context.text.strip().partition(" ")
    said_before, behind = context.lexicon.said_before, fold(rest)
    goes_on = behind.partition(" ")[0] in said_before.going_on or said_before.turns.match(behind)
    yes = context.commands.get(fold(first)) == "yes" and len(rest.split()) > _FEW_WORDS
    return ("yes", rest) if goes_on and yes else _praise_before_more(context)


def _praise_before_more(context: Context) -> tuple[str, str]:
    """The same of "sí muchas gracias y cómo saco …", "me sirvió harto y los niños también?"."""
    words, said_before = context.text.split(), context.lexicon.said_before
    ends = [at for at, word in enumerate(words) if fold(word) in said_before.going_on]
    at = ends[0] if ends else 0
    rest = " ".join(words[at:])
    lead = said_before.leads.match(fold(rest))
    asked = fold(rest)[lead.end() :] if lead is not None else ""
    asks = "?" in rest or said_before.interrogates.match(asked) is not None
    yes = asks and 0 < at <= _FEW_WORDS and _answer_of(context, " ".join(words[:at])) == "yes"
    return ("yes", rest) if yes else ("", context.text)


def _only_agrees(said: Said, words: list[str], context: Context) -> bool:
    """ "Si gracias", "si me sirvio", without its accent: no condition."""
    lexicon, agrees = context.lexicon, ("yes", "thanks")
    beside = (w for w in words if w not in lexicon.said_before.round_choice)
    return bool(said.kinds.keys() & _TELLS_YES) or all(
        context.commands.get(word) in agrees for word in beside
    )


def _answer_of(context: Context, part: str, *, ends: bool = True) -> str:
    """What one part of a text answers: "yes", "no", "partly", "thanks"; "" for something else.

    ``ends``: with a full stop; "perfecto, y la patente" only begins what is said next.
    """
    words = undoubled(fold(part)).split()
    if not words or len(words) > _FEW_WORDS:
        return "" if words else "thanks"
    alone = Said(part, context.lexicon)
    if words[0] in context.lexicon.said_before.going_on:
        return ""  # "y si voy mañana"
    if _announces(context, alone.folded):
        return ""  # "otra cosa" denies nothing
    if alone.is_only(PhraseKind.HELPED_PARTLY):
        return "partly"
    praises = context.release.vague_grade(part) == BEST  # "excelente", "bacán"
    opens = context.lexicon.said_before.opens.fullmatch(" ".join(words))
    if praises and not frowns(context) and (ends or opens is None):
        return "yes"
    if opens:
        return "thanks"  # "buena, y la patente cómo se saca" tells nothing of the card
    commands = [context.commands.get(" ".join(words)), context.commands.get(words[0])]
    said = next((c for c in commands if c in ("yes", "no", "thanks")), "")
    heard = context.release.listener.hear(part)
    plain = heard.surely("denies") or alone.is_only(PhraseKind.NOT_HELPED)
    if said == "no" and len(words) > MOST_OF_NO and not plain:
        return ""  # "no sé leer" denies nothing
    if said == "thanks" and context.release.listener.hear(" ".join(words[1:])).surely("confirms"):
        return "yes"  # "gracias me sirvió"
    if begins_with_condition(context.of(part)) and not _only_agrees(alone, words[1:], context):
        return ""  # "si voy mañana, qué llevo"
    if said:
        return said
    if heard.surely("confirms") and not heard.best(_ASKING):
        return "yes"
    if heard.surely("partly"):
        return "partly"
    if heard.surely("denies"):
        return "no"
    return "thanks" if heard.likely("thanks") else ""
