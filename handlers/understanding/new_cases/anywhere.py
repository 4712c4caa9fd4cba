"""A complaint in plain words, wherever the conversation stands: what is open is left, or answered
by what stands before the wish."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from handlers.facts.cases import CaseKind
from handlers.search.ranking import Verdict
from handlers.state import Awaits
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import Context
from handlers.understanding.grades.asked import grade_answer
from handlers.understanding.intents.answers import GradeAnswer
from handlers.understanding.intents.cases import BeginCase, FileCase
from handlers.understanding.intents.information import LookUp, UsefulAnswer
from handlers.understanding.intents.union import Intent
from handlers.understanding.new_cases.area import area_of_complaint
from handlers.understanding.new_cases.complaints import (
    MADE_BEFORE,
    complaint,
    is_unnamed,
)
from handlers.understanding.new_cases.wishes import case_of_comment
from handlers.understanding.reading.clauses import clauses, without_asides, without_join
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import tells_besides
from handlers.understanding.said_before.card.answered import useful_answer
from handlers.understanding.said_before.case.more import agrees
from handlers.understanding.said_before.case.withdrawals import tells_behind_name

_TOLD = 0.3  # probability of blame or a report in the words around the wish
_MADE = 0.5  # probability of a complaint that was made before
_TELLING = ("blames", "reports", "hazard", "praises")
_WISHES = {PhraseKind.COMPLAINS, PhraseKind.ANOTHER_CASE}
_FEWEST_TOLD = 2  # words besides those that every wish is made with


def complaint_anywhere(context: Context) -> Intent | None:
    """ "RECLAMO, me gritaron", "no quiero poner nota, quiero reclamar contra esa señora"."""
    prompt = context.state.prompt
    if "?" in context.text or (prompt is not None and prompt.awaits is Awaits.CASE):
        return None  # a case that is being told takes more words of its own accord
    parts = context.said.parts
    apart = [_said_again(context, part) for part in parts]
    at = next((at for at, part in enumerate(apart) if _wishes(context, part)), None)
    if at is None and _is_labelled(context, apart):
        at = 0
    if at is None:
        return None
    begins = context.text.index(parts[at])
    before, wish = context.text[:begins], _said_again(context, context.text[begins:].strip())
    if _is_of_one_made(context.of(wish), Said(parts[at], context.lexicon)):
        return None
    if at and (answer := _answered(context, before, parts[at - 1], wish)) is not None:
        return answer
    told = bool(at) and (_tells(context, before) or _is_of_another(context, before))
    return _begun(context, context.text.strip() if told else wish)


def _is_of_another(context: Context, before: str) -> bool:
    """ "Me llegó carísima la cuenta de la luz, quiero reclamar": it tells of what is not ours."""
    return context.rank(before).verdict is Verdict.EXTERNAL


def _is_labelled(context: Context, parts: list[str]) -> bool:
    """ "Denuncia, pusieron un cartel en la vereda": what happened stands behind the label."""
    label, told = Said("".join(parts[:1]), context.lexicon), len(parts) > 1
    alone = len(label.words) == 1 and not context.lexicon.complaint_labels.isdisjoint(label.sounds)
    return alone and told and tells_behind_name(context, context.text)


def _said_again(context: Context, text: str) -> str:
    """Without "le dije que" before the wish: it is said again, and holds as it did at first."""
    return without_asides(text, context.lexicon)


def question_beside_wish(context: Context) -> tuple[Intent, ...]:
    """ "Quiero poner un reclamo y también saber cómo se castra mi perrita": the answer to it,
    and the complaint, without the question. Only where a card surely answers."""
    wishes_case = PhraseKind.COMPLAINS in context.said.kinds or context.said.names_case
    if context.state.filing is not None or not wishes_case:
        return ()
    parts = clauses(context.text, context.lexicon)
    for at in range(1, len(parts)):
        sides = [context.of("".join(side).strip()) for side in (parts[:at], parts[at:])]
        wishes = [PhraseKind.COMPLAINS in _unjoined(side).said.kinds for side in sides]
        if wishes == [True, False] and _goes_on(sides[1]):
            both = _both(sides[1], _unjoined(sides[0]))
        elif wishes == [False, True] and "?" not in sides[1].text:
            both = _both(sides[0], _unjoined(sides[1]))
            both = both if both and isinstance(both[1], FileCase) else ()  # else it is of that
        else:
            continue
        if both:
            return both
    return ()


class PraiseAndQuestion(NamedTuple):
    """Praise of an office, and what is asked beside it."""

    praise: Context
    asked: Context


def praise_and_question(context: Context) -> PraiseAndQuestion | None:
    """ "Quiero felicitar a los inspectores, y además preguntar cómo saco la tarjeta"."""
    if context.state.filing is not None or context.open is not None:
        return None
    parts = clauses(context.text, context.lexicon)
    for at in range(1, len(parts)):
        praise, asked = (context.of("".join(side).strip()) for side in (parts[:at], parts[at:]))
        if _praises(praise) and not _praises(asked) and _asks_beside(asked):
            return PraiseAndQuestion(_unjoined(praise), _asked_alone(_unjoined(asked)))
    return None


def _praises(side: Context) -> bool:
    named = not side.lexicon.case_wishes[CaseKind.PRAISE].isdisjoint(side.said.sounds)
    return (named or PhraseKind.CONGRATULATES in side.said.kinds) and "?" not in side.text


def _asks_beside(side: Context) -> bool:
    """ "Y además preguntar cómo …", "y de paso cuándo pasan?"; not "y que sigan así"."""
    alone = _asked_alone(_unjoined(side))
    return "?" in alone.text or alone.said.begins(PhraseKind.ASKS)


def _asked_alone(side: Context) -> Context:
    """ "Cómo se saca la tarjeta" of "además preguntar cómo se saca la tarjeta"."""
    said_before, text = side.lexicon.said_before, side.folded
    if (found := said_before.inquires_for.search(text)) is not None:
        return side.of(f"{text[found.end() :]}?")
    lead = said_before.leads.match(text)
    rest = text[lead.end() :] if lead is not None else ""
    asks = side.said.asks and said_before.interrogates.match(rest or text) is not None
    return side.of(f"{rest or text}?") if asks else side


def _unjoined(side: Context) -> Context:
    return side.of(without_join(side.text, side.lexicon))


def _goes_on(side: Context) -> bool:
    """ "Y también saber cómo …", "¿y a qué hora atienden?": another thing than before it."""
    joined = not side.lexicon.grade.joins.isdisjoint(side.said.words[:1])
    return joined or PhraseKind.TELLS_ALSO in side.said.kinds


def _both(asked: Context, wish: Context) -> tuple[Intent, ...]:
    """The card that surely answers, and the complaint; nothing where the one is of the other."""
    if not asked.said.asks or asked.said.names_case or asked.said.mood < 0:
        return ()
    ranking, services = asked.ranking, asked.release.content.service_by_id
    if ranking.verdict is not Verdict.SURE:
        return ()
    service = services.get(ranking.hits[0].id)
    if service is not None and service.takes_reports:
        return ()  # "¿hasta cuándo está el hoyo?, quiero reclamar"
    begun = complaint(wish)
    return (LookUp(asked.text, ranking), begun) if begun is not None else ()


def _begun(context: Context, words: str) -> Intent:
    """The complaint of these words; one that tells nothing is asked for its words."""
    words = without_asides(words, context.lexicon) or words  # "no pregunté la dirección"
    meant, follow_up = context.of(words), context.state.follow_up
    if follow_up is not None and not follow_up.case and PhraseKind.COMPLAINS in meant.said.kinds:
        return case_of_comment(meant) or FileCase(words, area_of_complaint(context, words))
    points = _WISHES.isdisjoint(meant.said.kinds) and not _tells(context, words)
    if points and _is_pending(context) and area_in(context, words) is None:
        return BeginCase(CaseKind.COMPLAINT)  # "ahora el reclamo de mi mamá": it was told before
    if (plain := complaint(meant)) is not None:
        return plain
    nouns = context.lexicon.case_wishes[CaseKind.COMPLAINT]
    told = sum(tells_besides(meant.said, [word], nouns) for word in meant.said.words)
    if told < _FEWEST_TOLD:
        return BeginCase(CaseKind.COMPLAINT, unnamed=is_unnamed(context))
    return FileCase(words, area_of_complaint(context, words))


def _wishes(context: Context, part: str) -> bool:
    """Whether it names a complaint that is to be made: "un reclamo por …"; not "mi reclamo"."""
    said, lexicon = Said(part, context.lexicon), context.lexicon
    nouns = lexicon.case_wishes[CaseKind.COMPLAINT]
    at = next((at for at, sound in enumerate(said.sounds) if sound in nouns), None)
    if at is None or len(said.sounds) != len(said.words) or said.asks:
        return False
    before, behind = said.words[:at], said.words[at + 1 :]
    wish = said.covered(PhraseKind.COMPLAINS, PhraseKind.RATHER)  # "mejor hago el reclamo"
    beside = [word for place, word in enumerate(before) if place not in wish]
    if tells_besides(said, beside) or not lexicon.negators.isdisjoint(before):
        return False
    begins = not before or before[-1] in lexicon.number.articles
    begins = begins or any(end == at for _, end in said.spans(PhraseKind.TELLS_WISH))
    pending = bool(before) and _is_pending(context)
    if not begins and not pending and _WISHES.isdisjoint(said.kinds):
        return False
    wishes = bool(_WISHES & said.kinds.keys()) or PhraseKind.COMPLAINS_OF in said.kinds
    wishes = wishes or pending
    return wishes or not tells_besides(said, behind) or _tells(context, " ".join(behind))


def _is_pending(context: Context) -> bool:
    """Whether a complaint was offered for what was told: "ahora el reclamo de mi mamá"."""
    draft = context.state.draft
    return draft is not None and bool(draft.words) and draft.blames and not context.state.cases


def _is_of_one_made(context: Context, wish: Said) -> bool:
    """ "Un reclamo, a ver en qué quedó": how one that was made before stands.

    "Mejor hago el reclamo, que no me llamen más" takes none back.
    """
    kinds = context.said.kinds
    made = not MADE_BEFORE.isdisjoint(kinds)
    made = made or (bool(context.state.cases) and PhraseKind.NOT_CONTENT in kinds)
    parts = (Said(part, context.lexicon) for part in context.said.parts)
    given_up = any(part.is_only(PhraseKind.GIVES_UP) for part in parts)
    told = not given_up and tells_behind_name(context, context.text)
    plainly = told or (PhraseKind.COMPLAINS in wish.kinds and not given_up)
    acts = () if plainly else ("withdraws",)
    acts = acts if told or _is_pending(context) else ("status_case", *acts)
    return made or bool(context.heard.best(acts, _MADE))


def _answered(context: Context, before: str, last: str, wish: str) -> Intent | None:
    """The answer to what is open, in the words before the wish, which is read behind it."""
    opened = context.open
    if opened is None or context.state.danger:
        return None  # whether somebody is in danger was asked, and not of the card
    if opened.outline.about_card:
        useful = useful_answer(context.of(last))
        if useful == UsefulAnswer("yes") and agrees(context, last):
            return None  # "ya po, reclamo" says no more than that it begins
        return replace(useful, besides=wish) if isinstance(useful, UsefulAnswer) else None
    if not opened.grades_area:
        return None
    grade = grade_answer(context)
    if isinstance(grade, GradeAnswer) and grade.besides:
        return grade
    grade = grade_answer(context.of(before))
    return replace(grade, besides=wish) if isinstance(grade, GradeAnswer) else None


def _tells(context: Context, words: str) -> bool:
    return bool(context.release.listener.hear(words).best(_TELLING, _TOLD))
