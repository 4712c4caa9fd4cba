"""Free words: those that a prompt awaits, and what nothing asked for, down to a question."""

from __future__ import annotations

import re
from itertools import dropwhile
from unicodedata import category

from handlers.facts.responses import Subject
from handlers.search.ranking import Hit, Ranking, Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_alone,
    area_behind,
    area_called,
    area_found,
    area_in,
    area_of_office,
    area_of_person,
    areas_meant,
    areas_probable,
    is_sure,
    says_name,
    with_called,
)
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.grades.several import areas_named
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.cases import DoubtAnswer
from handlers.understanding.intents.information import AskAboutTopic, LookUp, ShowCard
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import NameUnsureArea, ProposeGrade, Rate
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_aside, asks_who_it_is
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.places import is_place_alone
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.told import MAYBE, MENDED, feels, went_wrong
from handlers.understanding.reading.wishes import (
    is_grade,
    wants_person,
    wants_to_rate,
    without_experience,
)
from handlers.understanding.said_before.card.shown import (
    about_shown_if_any,
    asked_of_shown,
    rather_about_shown,
)
from handlers.understanding.said_before.corrections.possible import no_mere_comment
from handlers.understanding.said_before.no_request import asks, without_request
from handlers.understanding.said_before.unfinished import settled_by_offered, settled_by_part

_FEW_SEARCHED = 12  # words that are searched as they are
_REFUSING, _FEW_REFUSING = ("denies", "refuses"), 6
_FEW_ENDING = 2  # words, the last of which ends it
_FEW_ASKING = 8  # words that may only name what is asked about
_ASPECT = 0.25  # probability of what is asked of the card that was shown
_TALK, _TALKS = ("confirms", "thanks", "smalltalk"), 0.3  # where nothing is found
_ANGRY = ("insults", "blames")
_REPORTING = ("reports", "complains")  # its words may become a case
_RATES = 0.7  # probability of a wish to rate, or of praise or blame
_UNCERTAIN = (Verdict.UNSURE, Verdict.EXTERNAL)
_REPORTS = (PhraseKind.WHOM_TO_CALL, PhraseKind.WANTS_TO_REPORT)
_FEWEST_REPORTED = 2  # words that tell what is to be mended
_FEWEST_TOLD = 4  # words that say what is wrong, and how it should be
_MAX_COURTESY = 30  # characters of "no, gracias" and the like


def no_words(context: Context) -> Intent | None:
    """Signs or emojis where no words are awaited, or nothing that is seen."""
    grades = context.open is not None and context.open.grades_area
    if grades and context.release.vague_grade(context.text):
        return None  # stars and faces suggest a grade
    if context.folded or (_shows(context.text) and _words_are_awaited(context)):
        return None
    return Act.SEND_NO_WORDS


def _shows(text: str) -> bool:
    """Whether there is a letter, a number or a sign such as an emoji; "..." and "?" say nothing."""
    return any(category(character)[0] in "LNS" for character in text)


def _words_are_awaited(context: Context) -> bool:
    """Whether words are expected, so that even an emoji is an answer."""
    return context.state.follow_up is not None or (
        context.open is not None and context.open.question.takes_free_words
    )


def added_words(context: Context) -> Intent | None:
    """Words that follow a comment within some minutes."""
    follow_up = context.state.follow_up
    if follow_up is None:
        return None
    if len(context.text) <= _MAX_COURTESY:
        last = context.folded.split()[-1:]
        ends = last and context.commands.get(last[0]) == "done"  # "ok LISTO"
        if context.command == "no" or (ends and len(context.said.words) <= _FEW_ENDING):
            return Act.FINISH
        if context.command == "yes":
            return Act.OFFER_WORDS
    if follow_up.rewritten and context.is_question():
        return None  # how the comment is to be is still to come
    if context.is_courtesy and context.heard.main in ("thanks", "farewell"):
        return Act.FINISH  # "gracias por contestar a esta hora"
    if asks_aside(context) or context.said.begins(*_REPORTS):
        return None  # "¿y lo de la vacuna?", "a quién le digo que …"
    return no_mere_comment(context) or AddWords(context.text)


def wish_for_person(context: Context) -> Intent | None:
    """ "Quiero hablar con alguien"."""
    done = PhraseKind.DONE_BY_SOMEBODY in context.said.kinds  # "que venga alguien a ver el poste"
    if done or not wants_person(context.said):
        return None
    return AskForPerson(context.text, area_of_person(context))


def wish_to_rate(context: Context) -> Intent | None:
    """ "Quiero poner una nota a Tránsito": with the area named, or to be chosen.

    "Evaluar cesfam las compañías 3": with the grade that it ends in, which is confirmed.
    """
    wished, grade = _wish_to_rate(context), context.grade
    if grade is None or not grade.value or not is_grade(context.said.words[-1], context.lexicon):
        return wished
    match wished:
        case Rate(subject, "menu") if subject.area:
            return ProposeGrade(grade.value, subject.area)
        case NameUnsureArea((area,)):
            return ProposeGrade(grade.value, area)
        case NameUnsureArea(areas):
            return NameUnsureArea(areas, grade.value)
    return wished


def _wish_to_rate(context: Context) -> Intent | None:
    where = wants_to_rate(context.said)
    if PhraseKind.QUALIFIES in context.said.kinds and not area_in(context, context.text):
        return None  # "puedo calificar para el subsidio"
    wishes = PhraseKind.WANTS_TO_RATE in context.said.kinds
    refuses = context.heard.main == "refuses" or context.heard.likely("refuses")
    refuses = refuses or PhraseKind.GIVES_UP in context.said.kinds
    if wishes and refuses and not area_in(context, context.text):
        return Act.DECLINE_RATING  # "no quiero evaluar a nadie", "después le pongo nota"
    if where is None and not (
        context.heard.main == "rates" and context.heard.chance("rates") >= _RATES
    ):
        return None
    denies = not context.lexicon.negators.isdisjoint(context.said.words)
    if not denies and len(several := areas_named(context)) > 1:
        return NameUnsureArea(several)
    told_long = len((where or "").split()) > _FEW_ASKING  # "cuando fui a pagar el aseo …"
    area = area_in(context, context.text)
    area = area or (None if told_long else area_behind(context, context.text))
    area = area or context.release.content.area_by_id.get(where or "")  # "evaluar aseo"
    if area is not None:
        return Rate(Subject(area=area.id), "menu")
    office = area_called(context) or area_of_office(context, context.text)
    if office:
        return NameUnsureArea((office,))
    shown = "" if where else context.release.area_of_card(context.state.topic)
    if shown and not any(one.subject.area == shown for one in context.state.rated):
        return Rate(Subject(area=shown), "menu")  # "quiero evaluarlos"
    meant = (_areas_of_wish(context, where) if where else ()) or _areas_beside_wish(context)
    return NameUnsureArea(meant) if meant else Act.CHOOSE_AREA


def _areas_of_wish(context: Context, where: str) -> tuple[str, ...]:
    """ "La atención que recibí en la oficina donde ayudan a buscar pega": of what is described."""
    starts = [start for start, _ in context.said.spans(PhraseKind.DESCRIBES_STAFF)]
    described = " ".join(context.said.words[min(starts) :]) if starts else ""
    meant = areas_probable(context, described) or areas_meant(context, where)
    head, of = [*where.split(), "", ""][:2]
    headed = area_found(context, head, is_sure) if of in context.lexicon.place_fillers else ""
    return (headed,) if headed in meant[:1] else meant  # "consultorio de las compañías"


def _areas_beside_wish(context: Context) -> tuple[str, ...]:
    """ "Fui a sacar la licencia y quisiera poner una nota": the area of what stands beside."""
    lexicon, said = context.lexicon, Said(without_experience(context.said), context.lexicon)
    wish = said.covered(PhraseKind.WANTS_TO_RATE)
    empty = lexicon.grade.around | lexicon.after_wish | lexicon.place_fillers
    words = [word for at, word in enumerate(said.words) if at not in wish and word not in empty]
    beside = " ".join(words)
    if area := area_found(context, beside, is_sure, says_name):
        return (area,)
    probable = areas_probable(context, beside)  # of two by chance neither may be meant
    return _areas_of_story(context) or (probable if len(probable) == 1 else ())


def _areas_of_story(context: Context) -> tuple[str, ...]:
    """ "Fui a hacer la ficha y me tuvieron tres horas, …": of the part that tells where it was."""
    lexicon = context.lexicon
    for part in (p for one in PARTS.split(context.text) for p in lexicon.choices_apart.split(one)):
        told = Said(part, lexicon)
        if PhraseKind.EXPERIENCE in told.kinds and PhraseKind.WANTS_TO_RATE not in told.kinds:
            left = set(without_experience(told).split()) - lexicon.place_fillers
            meant = areas_probable(context, " ".join(w for w in told.words if w in left))
            if meant:
                return meant
    return ()


def _asked_within(context: Context) -> Ranking | None:
    """What is surely found for a question within many words: "mire joven, …, cómo saco …"."""
    said, between = context.said, re.compile(rf" (?:{context.release.listener.breaks}) ")
    for start, _ in sorted(said.spans(PhraseKind.ASKS)):
        asked, *_rest = between.split(" ".join(said.words[start : start + _FEW_SEARCHED]))
        ranking = context.rank(asked)
        if ranking.verdict is Verdict.SURE:
            return ranking
    return None


def _tells_of_mending(context: Context, ranking: Ranking) -> bool:
    """ "Un hoyo en la ruta me rompió la llanta": no question, and its card takes reports."""
    if "?" in context.text or len(context.said.words) < _FEWEST_REPORTED:
        return False
    wishes = PhraseKind.WANTS_TO_REPORT in context.said.kinds
    if wishes and len(context.said.words) >= _FEWEST_TOLD:
        return True  # what it is to be reported need not be known here
    if not wishes and (context.said.asks or context.heard.likely("asks")):
        return False
    if ranking.verdict is Verdict.EXTERNAL:
        return len(context.said.words) >= _FEWEST_TOLD  # "se echó a perder la luz": perhaps a lamp
    if area_called(context) and context.heard.best(MENDED, MAYBE):
        return True
    card = ranking.hits[0].id if ranking.verdict is Verdict.SURE else ""
    service = context.release.content.service_by_id.get(card)
    return service is not None and service.takes_reports


def answer_to_nothing(context: Context) -> Intent | None:
    """Yes or no where nothing was asked."""
    return Act.ANSWER_NOTHING if context.command in ("yes", "no") else None


def card_named(context: Context) -> ShowCard | None:
    """ "Denuncia por ruidos molestos", a card's full name: it is shown, and nothing filed."""
    lead, words = context.lexicon.said_before.leads.match(context.folded), context.folded.split()
    led = words[len(lead[0].split()) :] if lead is not None else words
    named = " ".join(dropwhile(context.lexicon.place_fillers.__contains__, led))
    names = context.release.card_by_name
    card = names.get(context.folded, "") or names.get(named, "")  # "ya, y el certificado de …"
    prompt = context.state.prompt
    if not card or context.words_are_awaited or (prompt is not None and prompt.awaits_own_words):
        return None
    return ShowCard(card)


def _goes_on_about_institution(context: Context) -> bool:
    """ "¿Es por acá?" after whose it is: a question of few words that finds nothing."""
    names_nothing = context.ranking.verdict in (Verdict.NOTHING, Verdict.SMALL_TALK)
    shown = context.state.topic in context.release.content.institution_by_id
    tells_when = PhraseKind.TELLS_WHEN in context.said.kinds
    goes_on = asks(context) or tells_when or context.heard.best(FOLLOW_UPS, _ASPECT)
    return shown and names_nothing and bool(goes_on)


def _finds_shown_again(context: Context) -> bool:
    """ "La tengo vencida hace 2 años": the card that was just shown, and its name is not said."""
    topic, ranking = context.state.topic, context.ranking
    first = ranking.hits[0].id if ranking.verdict in (Verdict.SURE, Verdict.UNSURE) else ""
    shown = topic == first and topic in context.release.content.service_by_id
    opened = context.open is not None and context.open.outline.about_card
    if not shown or not opened or context.heard.main in _REPORTING:
        return False
    return ranking.verdict is not Verdict.SURE or not says_name(context, context.text, topic)


def _refuses(context: Context) -> bool:
    """Whether it refuses, or denies by a word: "blablá ñeñe ñoño" has none."""
    refusing, negators = context.heard.best(_REFUSING, _RATES), context.lexicon.negators
    denies = refusing != "denies" or not negators.isdisjoint(context.said.words)
    return denies and refusing == context.heard.main


def _for_somebody(context: Context) -> bool:
    """ "Para mi hijo de 8 años": for whom the card is that was just shown."""
    opened = context.open is not None and context.open.outline.about_card
    if not opened or context.ranking.is_found:
        return False
    return context.said.begins(PhraseKind.FOR_SOMEBODY)


def _courtesy(context: Context) -> SayCourtesy | None:
    """ "Bueno ya", "me salvó la tarde", "okis": it asks nothing, and nothing is found for it."""
    said, opens = context.said, context.lexicon.said_before.opens
    words = [word for word in said.words if not opens.fullmatch(word)]
    praised = PhraseKind.HELPED in said.kinds
    asks = said.asks or said.mood < 0 or PhraseKind.NOT_HELPED in said.kinds
    if said.words and (not words or (praised and not asks)):
        return SayCourtesy("thanks")
    talk = context.heard.best(_TALK, _TALKS)
    if asks or talk != context.heard.main or len(said.words) > _FEW_SEARCHED:
        return None
    return SayCourtesy("smalltalk" if talk == "smalltalk" else "thanks")


def _is_far(context: Context, ranking: Ranking) -> bool:
    """Whether the card may not tell it: "quién es el alcalde", "quiero adoptar un niño"."""
    if _tells_of_mending(context, ranking):
        return False
    of_area = context.release.area_of_card
    shown = of_area(context.state.topic)
    elsewhere = not shown or of_area(ranking.hits[0].id) != shown
    return PhraseKind.ASKS_FACT in context.said.kinds or (ranking.doubtful and elsewhere)


def _without_figure(context: Context, ranking: Ranking) -> Ranking:
    """ "Esa cola es un suicidio", which asks for no card of those in danger."""
    content, said = context.release.content, context.said
    if not ranking.hits or said.asks or PhraseKind.TELLS_WISH in said.kinds:
        return ranking
    of_danger = any(ranking.hits[0].id == emergency.card for emergency in content.emergencies)
    phrases = content.emergency_phrases
    if not of_danger or not phrases.is_ordinary(context.text):
        return ranking
    return context.rank(phrases.without_ordinary(context.text))


def _of_report(context: Context, ranking: Ranking) -> Ranking:
    """ "The streetlight has been out for a week": between an area and its own service that takes
    such reports, the service is meant."""
    (first, second), of_area = (*ranking.hits[:2], None, None)[:2], context.release.area_of_card
    if ranking.verdict is not Verdict.UNSURE or first is None or second is None:
        return ranking
    services, hits = context.release.content.service_by_id, (first, second)
    taking = [hit for hit in hits if hit.id in services and services[hit.id].takes_reports]
    areas = [hit for hit in hits if hit.id in context.release.content.area_by_id]
    if len(taking) != 1 or len(areas) != 1 or of_area(taking[0].id) != areas[0].id:
        return ranking
    return Ranking((taking[0],), Verdict.SURE)


def lookup(context: Context) -> Intent:
    """A question, or small talk: the last recogniser takes every text."""
    ranking, heard = _without_figure(context, context.ranking), context.heard
    if not ranking.is_found and (settled := settled_by_part(context)) is not None:
        return LookUp(context.text, settled)
    named = len(context.said.words) > 1 and ranking.verdict is Verdict.UNSURE
    if named and (area := area_alone(context, context.text)):
        return LookUp(context.text, Ranking((Hit("area", area, 0.0),), Verdict.SURE))
    if not ranking.is_found and len(context.said.words) > _FEW_SEARCHED:
        ranking = _asked_within(context) or ranking
    few = len(context.said.words) <= _FEW_REFUSING
    if asks_who_it_is(context):
        return SayCourtesy("who_are_you")
    if not ranking.is_found and (courtesy := _courtesy(context)) is not None:
        return courtesy
    if context.said.is_only(PhraseKind.GIVES_UP):
        return Act.REFUSE  # "déjelo así", though nothing is open
    if few and PhraseKind.HESITATES in context.said.kinds and not context.ranking.is_found:
        return SayCourtesy("waits")  # "no, espere"
    if few and _goes_on_about_institution(context):
        return AskAboutTopic("more")
    if few and ranking.verdict is not Verdict.SURE and _refuses(context):
        return Act.REFUSE  # "ya le dije que no", though nothing is asked
    if _finds_shown_again(context) or _for_somebody(context):
        return AskAboutTopic(asked_of_shown(context, _ASPECT).removeprefix("follow_") or "more")
    if ranking.verdict is Verdict.SURE and _is_far(context, ranking):
        ranking = Ranking(ranking.hits, Verdict.UNSURE)
    ranking = settled_by_offered(context, ranking)
    if rather_about_shown(context, ranking):
        return about_shown_if_any(context, ranking)
    if (without := without_request(context, ranking)) is not None:
        return without
    if ranking.verdict is not Verdict.SMALL_TALK:
        return _searched(context, ranking)
    if context.said.mood < 0 or heard.main in _ANGRY:
        return Act.VENT
    if heard.main == "greets":
        return Act.GREET
    number = context.case_in_sight
    return DoubtAnswer(number, context.text.strip()) if number else LookUp(context.text, ranking)


def _searched(context: Context, ranking: Ranking) -> Intent:
    """The question with what was found, and whether it reports something or blames somebody."""
    heard = context.heard
    reports = heard.main in _REPORTING and heard.likely(heard.main)
    reports = reports and not (heard.main == "complains" and context.said.asks)
    reports = reports or _tells_of_mending(context, ranking)
    ranking = with_called(context, context.text, ranking, reports=reports)
    ranking = _of_report(context, ranking) if reports else ranking
    if ranking.verdict in _UNCERTAIN and is_place_alone(context.said):
        ranking = Ranking((), Verdict.NOTHING)  # "Vicuña 233" is of no institution
    if ranking.verdict is Verdict.NOTHING and (number := context.case_in_sight):
        return DoubtAnswer(number, context.text.strip())
    blames = went_wrong(context.said, heard) and feels(context.said, heard)
    return LookUp(context.text, ranking, reports=reports, blames=blames)
