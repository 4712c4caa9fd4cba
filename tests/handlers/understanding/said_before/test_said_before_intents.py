"""What is taken for something about what was said before, and what is left to others."""

from __future__ import annotations

import pytest

from handlers.facts.own_data import Right
from handlers.release import Release
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords, SettleWords
from handlers.understanding.intents.cases import (
    AskAboutCase,
    AskIfCorrection,
    AskIfOfCase,
    AskToWithdraw,
    CaseAspect,
    FileCase,
)
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutCard,
    AskAboutTopic,
    LookUp,
    ProposeUseful,
    Speak,
    UsefulAnswer,
)
from handlers.understanding.intents.own_data import AskRight, FileRequest
from handlers.understanding.intents.rating import AskWhatToChange
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.recognisers import Recogniser
from handlers.understanding.said_before import own_data
from handlers.understanding.said_before.card import answered, heard, second_thoughts, shown
from handlers.understanding.said_before.card.asked import follow_ups, named
from handlers.understanding.said_before.case import more, withdrawals
from handlers.understanding.said_before.case.filed import agreed, said_after
from tests.handlers.chat import Chat
from tests.handlers.understanding.phrases import (
    Phrases,
    cases,
    one_sided,
    recognisers_of,
    taken,
)
from tests.handlers.understanding.situations import at, context, understood

CASE = "LS-2026-000001"
NOT_THERE, LEFT_OUT = "no es la plaza, es la cancha", "saque lo de la plaza"
CARD = "permiso de circulación"
IN_DOUBT = AskAboutTopic("more", unsure=True)
LICENCE, CIRCULATION = "licencia-renovacion", "permiso-circulacion"
ROSA = "Me llamo Rosa y pusieron Rosalía"

PHRASES: Phrases = {
    more.added_to_case: [
        ("filing", "fue en la esquina", AddWords("fue en la esquina")),
        ("filing", "agregue que hay niños", AddWords("agregue que hay niños")),
        ("filing", "me gritó delante de todos", AddWords("me gritó delante de todos")),
        ("filing", "en qué va mi reclamo", Act.SHOW_CASES),
        ("filing", "cuantos dias le quedan al plazo del mio", Act.SHOW_CASES),
        (
            "filing",
            "cómo se llama el encargado",
            AskIfOfCase("cómo se llama el encargado", asks=True),
        ),
        ("filing", "quiero renovar mi licencia", AskAboutCard(LICENCE, "again")),
        ("filing", "espere un ratito, ya vuelvo", SayCourtesy("waits")),
        ("filing", "jajaja", SayCourtesy("smalltalk")),
        ("filing", "cero aporte", SayCourtesy("smalltalk")),
        ("filing", "me quedó claro", Act.OFFER_WORDS),
        ("filing", "también hay vidrios", AddWords("también hay vidrios")),
        ("filing", "y tampoco barren", AddWords("y tampoco barren")),
        ("filing", "también hay que ir con hora?", Act.SHOW_CASES),
        ("filing", "tengo que hacer algo más", AskIfOfCase("tengo que hacer algo más")),
        ("filing", "se me olvidó cuál era mi número de caso", Act.SHOW_CASES),
        ("filing", "45", AskIfOfCase("45")),
        ("filing", "ana.perez@ejemplo.cl", AddWords("ana.perez@ejemplo.cl")),
        ("menu", "fue en la esquina", None),
    ],
    named.question_aside: [
        (
            "grade",
            "oiga, y cuánto sale el permiso de circulación",
            AskAboutCard(CIRCULATION, "again"),
        ),
        ("grade", "6", None),
    ],
    answered.useful_answer: [
        ("card", "sí", UsefulAnswer("yes")),
        ("card", "sí me sirvió", UsefulAnswer("yes")),
        ("card", "no era lo que buscaba", UsefulAnswer("no")),
        ("card", "cero aporte", UsefulAnswer("no")),
        ("card", "nothing useful", UsefulAnswer("no")),
        ("card", "buena, y la patente de un almacén cómo se saca", None),
        ("card", "otra cosa, quiero hacer un reclamo por la basura", None),
        ("card", "más o menos", UsefulAnswer("partly")),
        (
            "card",
            "sirve pero falta el horario",
            UsefulAnswer("partly", besides="falta el horario", clarifies=True),
        ),
        (
            "card",
            "vale. Eso sí, quedé con una duda de las multas",
            UsefulAnswer(
                "partly",
                besides="quedé con una duda de las multas",
                thanks=True,
                clarifies=True,
            ),
        ),
        ("card", "le agradezco, pero sigo con la misma duda", UsefulAnswer("no", thanks=True)),
        ("card", "no, gracias igual", UsefulAnswer("no", thanks=True)),
        ("card", "no solo me sirvió, me salvó la tarde", UsefulAnswer("yes")),
        ("card", "no sólo no me sirvió, me enredó más", UsefulAnswer("no")),
        ("card", "no me lee bien usted", ProposeUseful("no")),
        ("card", "sí, con puras trabas y nada en limpio", ProposeUseful("yes")),
        ("card", "eso lo dice la ley o es idea de ustedes", ProposeUseful("yes")),
        ("card", "uy sí, utilísimo 🙄", ProposeUseful("no")),
        ("card", "sí, aunque ojalá vayan de verdad", UsefulAnswer("yes")),
        ("card", "no. ah pera, si, no lo había leído entero", ProposeUseful("yes")),
        ("card", "sí... en realidad no", UsefulAnswer("no")),
        ("card", "y de qué me sirve eso si no va nadie???", ProposeUseful("no")),
        ("card", "me sirve el carnet vencido?", None),
        ("card", "sigo con el mismo problema", None),
        ("card", "no sale ahí", None),
        ("card", "es chino para mí", None),
        ("card", "mañana voy y le cuento", Act.AWAIT_TRIAL),
        ("card", "deje que la lea mi hija que sabe y le aviso", Act.AWAIT_TRIAL),
        ("card", "pa qué sirve eso, el banco me lo pide y no cacho", None),
        ("card", "sí pero cuánto sale", None),
        ("card", "¿sirve?", None),
        ("card", "y cuánto sale", None),
        ("card", "6", None),
        ("card", "menu", None),
        ("menu", "sí me sirvió", None),
    ],
    heard.unclear_answer: [
        ("card", "me mandó a leer la biblia", Act.MAKE_NO_SENSE),
        ("card", "mi nieta me lo leyó y quedamos las dos igual", ProposeUseful("no")),
        ("card", "mejor con clave o presencial", IN_DOUBT),
        ("card", "patente comercial para un local nuevo", None),
        ("card", "quiero reclamar por la basura", None),
        ("card", "¿y esto de qué me sirve?", None),
    ],
    second_thoughts.second_thoughts: [
        ("card useful", "bueno no tanto", ProposeUseful("partly")),
        ("card useful", "en realidad no", ProposeUseful("no")),
        ("card useful", "no gracias", None),
        ("card", "bueno no tanto", None),
    ],
    second_thoughts.taken_back: [
        ("card useful", "me equivoqué de tecla, era no", UsefulAnswer("no")),
        ("card useful", "perdón, no me sirvió", UsefulAnswer("no")),
        ("card useful", "ahora no", None),
        ("card useful", "perdón, y dónde queda", None),
        ("card", "perdón, no me sirvió", None),
    ],
    follow_ups.about_card: [
        ("card", "viene alguien a la casa a mirar o no?", AskAboutTopic("how")),
        ("card", "dónde esterilizan gatos gratis", None),
        ("menu", "viene alguien a la casa a mirar o no?", None),
    ],
    follow_ups.insisted: [
        ("card", "no, de esa misma le pregunto, cuánto cuesta", AskAboutTopic("cost")),
        ("card", "no, ya le digo, gracias", None),
        ("menu", "de esa le pregunto, cuánto cuesta", None),
    ],
    follow_ups.about_topic: [
        ("menu", "como me inscribo en el cesfam", None),  # a card tells it, no area does
        ("menu", "qué papeles llevo a la omil", AskAboutArea("empleo", "again")),
        ("card", "y cuánto sale", AskAboutTopic("cost")),
        ("card", "dónde queda", AskAboutTopic("place")),
        ("card", "no entendí", AskAboutTopic("again")),
        ("menu", "y cuánto sale", Act.ASK_WHAT_ABOUT),
        ("menu", "dónde queda salud", AskAboutArea("salud", "place")),
        ("card", "hasta cuándo hay plazo", AskAboutTopic("term")),
        ("card", "dónde la saco", AskAboutTopic("place")),
        ("card", "cuánto me dan", AskAboutTopic("more")),
        ("menu", "no entendí", Act.EXPLAIN_ANEW),
        ("menu", "I don't understand", Speak("en")),
        ("card", CARD, None),
        ("grade", "cuánto sale", AskAboutTopic("cost")),
    ],
    follow_ups.missing: [
        ("card partly", "falta saber dónde", AskAboutTopic("place")),
        ("card partly", "una lista más clara", Act.TELL_MISSING),
        ("card partly", "permiso de circulación", None),
        ("card partly", "gracias", None),
        ("card useless", "no sale cuánta plata es", AskAboutTopic("more")),
        ("card useless", "una lista más clara", None),
        ("menu", "no dice dónde", None),
    ],
    follow_ups.narrowed: [
        ("card", "para el banco", AskAboutTopic("more")),
        ("card", "en la pampa", AskAboutTopic("more")),
        ("card", "una maravilla, gracias", None),
        ("menu", "para el banco", None),
    ],
    named.about_named: [
        ("menu", "teléfono de tránsito", AskAboutArea("transito", "contact")),
        ("menu", "fono de la biblioteca municipal", AskAboutCard("biblioteca", "contact")),
        ("menu", "hola, dónde queda obras", AskAboutArea("obras", "place")),
        ("menu", "horario de la esterilización", AskAboutCard("esterilizacion", "hours")),
        ("menu", "cómo funciona la omil", AskAboutArea("empleo", "again")),
        ("menu", "de qué se encarga la omil", AskAboutArea("empleo", "again")),
        ("menu", "cómo funciona la biblioteca", None),  # a card tells it
        ("menu", "dirección de tránsito", None),
        ("menu", "dónde está mi reclamo", None),
        ("menu", CARD, None),
    ],
    own_data.wish: [
        ("card", "dónde lo saco", None),
        ("menu", "que tienen guardado de mi", AskRight(Right.ACCESS)),
        ("filing", "quiero que borren todos mis datos", AskRight(Right.ERASE)),
        ("menu", "oiga eliminen mi cuenta", AskRight(Right.ERASE)),
        ("menu", "y como lo borro", AskRight(Right.ERASE)),
        ("menu", "bloqueen mis datos por favor", AskRight(Right.BLOCK)),
        ("menu", "desbloquéenlos ahora", Act.UNBLOCK_DATA),
        ("menu", "no quiero que me manden mas encuestas", AskRight(Right.OBJECT)),
        (
            "menu",
            "mi nombre esta mal escrito en sus registros",
            AskRight(Right.RECTIFY, "mi nombre esta mal escrito en sus registros"),
        ),
        ("menu", "una copia de todo lo que tienen mío", AskRight(Right.PORT)),
        ("menu", "ustedes venden mis datos?", Act.EXPLAIN_DATA),
        ("menu", "me puede avisar que hicieron con mi opinion", Act.ASK_FOR_CONSENT),
        ("menu", "ya no quiero avisos", Act.WITHDRAW_CONSENT),
        ("menu", "can I see what you have about me", AskRight(Right.ACCESS)),
        ("menu", "mwen vle nou efase tout sa m te ekri", AskRight(Right.ERASE)),
        ("menu", "no quiero que me escriban más por favor", AskRight(Right.OBJECT)),
        ("menu", "que informacion mia tienen ustedes", AskRight(Right.ACCESS)),
        ("menu", "ustedes no saben nada de mi reclamo", None),
        ("menu", "quiero eliminar mi multa del registro", None),
        ("menu", "tengo mal el nombre en la licencia", None),
    ],
    own_data.answered: [
        ("erasing", "no, mejor no", Act.KEEP_DATA),
        ("erasing", "no espere", Act.KEEP_DATA),
        ("erasing", "ya, cancelar", Act.CANCEL),
        ("erasing", "entonces sí", Act.ERASE),
        ("erasing", "ya bórrelo todo", Act.ERASE),
        ("erasing", "ya", None),  # it cannot be undone
        ("erasing", "si me arrepiento no hay vuelta", None),
        ("menu", "no, mejor no", None),
    ],
    own_data.asked_about: [
        ("erasing", "¿y mi reclamo qué pasa?", AskRight(Right.ERASE, doubted=True)),
        ("erasing", "¿y las notas?", AskRight(Right.ERASE, doubted=True)),
        ("erasing", "¿dónde pago la patente?", None),
    ],
    own_data.request_asked_for: [
        ("rectifying", "Me llamo Rosa y pusieron Rosalía", FileRequest(Right.RECTIFY, ROSA)),
        ("menu", "Me llamo Rosa y pusieron Rosalía", None),
    ],
    own_data.correction_told: [
        ("correcting", "Me llamo Rosa y pusieron Rosalía", FileRequest(Right.RECTIFY, ROSA)),
        ("correcting", "¿cómo se corrige?", None),
    ],
    own_data.named: [
        ("menu", "no usen mi comentario", Act.LIST_RIGHTS),
        ("menu", "saquen lo que les dije", Act.LIST_RIGHTS),
        ("menu", "no usen la plaza", None),
    ],
    said_after.put_right: [
        ("filing", "me equivoqué, bórralo", AskToWithdraw(CASE)),
        ("filing", NOT_THERE, AskIfCorrection(NOT_THERE)),
        ("filing", LEFT_OUT, AskIfCorrection(LEFT_OUT, omits=True)),
        ("filing", "también hay vidrios", None),
        ("filing", "cancelar", None),
        ("filed", NOT_THERE, None),
    ],
    agreed.agreed: [
        ("putting right", "sí, por favor", SettleWords("replace")),
        ("putting right", "no", None),
        ("filing", "sí, por favor", None),
        ("filing", "sí, agréguelo", None),
    ],
    agreed.added_to_told: [
        ("told", "agréguelo, y que la barran", FileCase("que la barran", "")),
        ("told", "que la barran", None),
        ("menu", "agréguelo", None),
    ],
    said_after.told_more: [
        ("filing", "también hay vidrios", AddWords("también hay vidrios")),
        ("filing", "muy amable, muchas gracias", Act.FINISH),
        ("filing", "y cuánto cuesta", None),
    ],
    said_after.rather_else: [
        ("filing", "esto tiene costo", AskAboutCase(CaseAspect.WAY)),
        ("filing", "también hay vidrios", None),
    ],
    withdrawals.withdrawal: [
        ("filed", "retiro el reclamo", AskToWithdraw(CASE)),
        ("filed", "ya lo arreglaron, cierre mi reclamo", AskToWithdraw(CASE)),
        ("filing", "cancelar", AskToWithdraw(CASE)),
        ("told", "me equivoqué, bórralo", Act.CANCEL),  # nothing is filed yet
        ("summed up", "ya no quiero reclamar", Act.CANCEL),
        ("told", "fue en la esquina", None),
        ("filed", "cancelar", None),
        ("filed", "menu", None),
        ("filing", "fue en la esquina", None),
        ("menu", "retiro el reclamo", None),
    ],
    withdrawals.withdraws_nothing: [
        ("menu", "retiro el reclamo", AskToWithdraw("")),
        ("menu", "retiro de escombros", None),
    ],
    withdrawals.grade_of_none: [
        ("menu", "borra mi nota", Act.UNDO_RATING),
        ("menu", "quiero quitar la nota que puse", Act.UNDO_RATING),
        ("menu", "la nota máxima", None),
        ("rated", "borra mi nota", None),
    ],
    withdrawals.named_grade_of_none: [
        ("menu", "quiero cambiar mi nota", AskWhatToChange()),
        ("filed", "cambie la nota", AskWhatToChange()),
        ("filed", "borre mi nota porfa", AskWhatToChange()),
        ("menu", "me equivoqué en la nota", AskWhatToChange()),
        ("menu", "cambiar la nota del colegio de mi hijo", None),
        ("filed", "quítela", None),
        ("rated", "quiero cambiar mi nota", None),
    ],
    withdrawals.change_of_none: [
        ("menu", "puse una nota la semana pasada y quiero cambiarla", AskWhatToChange()),
        ("rated", "puse una nota la semana pasada y quiero cambiarla", None),
        ("menu", "quiero cambiar mi domicilio", None),
    ],
}


@pytest.mark.parametrize(("recognise", "situation", "text", "meant"), cases(PHRASES))
def test_a_recogniser_takes_its_phrases_only(
    release: Release, recognise: Recogniser, situation: str, text: str, meant: Intent | None
) -> None:
    assert taken(release, recognise, situation, text) == meant


def test_every_recogniser_has_phrases_that_it_takes_and_others() -> None:
    cards, cases_filed = (
        (answered, heard, follow_ups, named, second_thoughts),
        (more, agreed, said_after, withdrawals),
    )
    assert set(PHRASES) == recognisers_of(*cards, *cases_filed, own_data)
    assert not one_sided(PHRASES)


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("otra cosita: cómo saco hora en el consultorio", "hora-medica"),
        ("epi pou registro social de hogares la, kijan m fè l?", "rsh-ingreso"),
        ("oiga y otra cosa, dónde reclamo por una luminaria", "alumbrado-publico"),
        ("otra cosita: a qué hora atienden", ""),
        ("y otra cosa, la licencia de conducir dónde la saco", ""),
    ],
)
def test_another_thing_that_is_announced_leaves_the_card(
    release: Release, text: str, card: str
) -> None:
    meant = shown.another_thing(context(at(release, "card"), text))
    assert (meant.ranking.hits[0].id if meant else "") == card


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("el auto está a nombre de mi papá que falleció cómo se hace en ese caso", AskAboutTopic),
        ("the car belongs to my late father, how do i do it in that case", AskAboutTopic),
        ("gracias, en ese caso cómo saco la licencia de conducir", LookUp),
        ("ok mèsi. e pou lisans pou kondui machin, kijan sa fèt?", LookUp),
        ("what about a driving licence, how do i get one", LookUp),
        ("what about the cost", AskAboutTopic),
    ],
)
def test_after_a_card_its_own_case_stays_with_it_and_another_thing_is_looked_up(
    release: Release, text: str, meant: type[AskAboutTopic | LookUp]
) -> None:
    chat = Chat(release)
    chat.says("permiso de circulación")
    assert any(isinstance(one, meant) for one in understood(chat, text))
