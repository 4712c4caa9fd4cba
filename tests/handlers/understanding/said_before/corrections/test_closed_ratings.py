"""What is said of a rating once it is closed puts right the thing that it names, and it alone."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended
from handlers.facts.own_data import RightUsed
from handlers.release import Release
from tests.handlers.chat import Chat

COMMENT = "fui hoy, me atendió un caballero, esperé 15 minutos. La funcionaria Carmen Rojas un amor"
COURTESY, CARD = ("gracias",), ("gracias", "permiso de circulación")


def closed(release: Release, *between: str, comment: str = COMMENT) -> Chat:
    chat = Chat(release)
    for text in ("quiero poner nota", "tránsito", "5", comment, "listo", *between):
        chat.says(text)
    return chat


@pytest.mark.parametrize(
    ("between", "text", "asked"),
    [
        ((), "mi comentario decía caballero y era una señora", "«caballero» por «una señora»"),
        ((), "donde puse 15 minutos eran 50", "«15 minutos» por «50»"),
        ((), "dije 15 minutos y fueron 5", "«15 minutos» por «5»"),
        (COURTESY, "no era hoy, fue ayer", "«hoy» por «ayer»"),
        (CARD, "en mi comentario puse Carmen y era Carla", "«Carmen» por «Carla»"),
        ((), "cambie Carmen por señora Carmen porfa", "«Carmen» por «señora Carmen»"),
        ((), "my comment said hoy, it was ayer", "«hoy» por «ayer»"),
        ((), "quería decir que SÍ me atendieron bien", "por «SÍ me atendieron bien»"),
        ((), "puede sacar el nombre de la funcionaria del comentario?", "[nombre] un amor"),
        ((), "lo que puse de la funcionaria bórrelo", "esperé 15 minutos.»"),
        (COURTESY, "borre el comentario pero deje la nota", "¿Borro lo último"),
        ((), "bórrame el comentario pero deja la nota", "¿Borro lo último"),
        ((), "quite lo que escribí pero no la nota", "¿Borro lo último"),
        ((), "conserva la nota pero saca el comentario", "¿Borro lo último"),
        ((), "borra mi comentario pero la nota la mantienes", "¿Borro lo último"),
        ((), "borra la nota pero deja el comentario", "¿Borro su nota"),
        ((), "cambie el comentario: esperé dos horas", "por «esperé dos horas»"),
        ((), "uy no debí poner la hora, cómo saco eso de ahí", "¿Borro lo último"),
        ((), "borre todo lo que escribí y deje el puro número", "¿Borro lo último"),
        ((), "quite todo el texto y deje solo la nota", "¿Borro lo último"),
        ((), "lo que comenté de la hora ya no corre, ¿se puede quitar?", "queda igual"),
        (COURTESY, "puede sacar el nombre de la funcionaria?? no la reten", "[nombre] un amor"),
        ((), "me arrepentí de lo que escribí", "¿Cómo debe quedar su comentario"),
        ((), "quiero suavizar el comentario", "¿Cómo debe quedar su comentario"),
        ((), "lo que comenté de la hora ya lo arreglaron, bórrelo", "queda igual"),
        ((), "suba una nota", "de 5 a 6"),
        ((), "cámbieme la nota al revés", "de 5 a 3"),
        (CARD, "uy quedó muy feo como lo escribí", "¿Cómo debe quedar su comentario"),
        (CARD, "quiero redactar de nuevo lo que puse", "¿Cómo debe quedar su comentario"),
        ((), "quedó mal escrito lo que puse", "¿Cómo debe quedar su comentario"),
        ((), "en vez de caballero ponga señora", "«caballero» por «señora»"),
        ((), "la nota esta bn pero lo q escribí borrelo", "¿Borro lo último"),
        (COURTESY, "deje la nota pero borre lo q puse", "¿Borro lo último"),
        ((), "cámbielo por: falta información, nada más", "por «falta información, nada más»"),
        (CARD, "oiga y la evaluación de recién la puedo anular?", "¿Borro su nota"),
        ((), "borre la de tránsito", "¿Borro su nota para Tránsito"),
        ((), "oiga yo nunca fui a tránsito", "¿Borro su nota para Tránsito"),
        ((), "la de tránsito no la borre", "sigue siendo 5"),
        ((), "el comentario decía lunes y era martes", "No encuentro «lunes»"),
        ((), "me equivoqué", "¿Qué cambio de lo que dejó para Tránsito?"),
        (COURTESY, "se me pasó la mano", "¿Qué cambio de lo que dejó para Tránsito?"),
        ((), "oiga y si le pongo un 4 mejor", "de 5 a 4"),
        ((), "ando enojada, fui injusta. Un siete y quedamos en paz", "de 5 a 7"),
        ((), "dice tránsito y yo estuve en el juzgado", "a Juzgado"),
        (CARD, "la nota no era pa tránsito era pal cementerio", "a Cementerios?"),
        (CARD, "quiero arreglar la evaluación que hice", "¿Qué nota le pone"),
        ((), "no estoy de acuerdo con la nota que puse", "¿Qué nota le pone"),
        ((), "corrección: era la biblioteca", "a Cultura"),
        ((), "oiga no le vaya a mandar eso a nadie por favor", "¿Qué hago con esto"),
        (COURTESY, "retiro lo de la funcionaria", "queda igual"),
        (CARD, "ando arrepentido del cinco", "¿Qué hago con esto"),
        (CARD, "la nota que di recién va para obras en verdad", "a Dirección de Obras"),
        (CARD, "no fue en tránsito!! fue en el consultorio, cámbielo porfis", "a Salud y CESFAM?"),
        (
            (),
            "fue a los del cementerio que quise darles el cinco, no a los de tránsito",
            "a Cement",
        ),
        (CARD, "perdone que moleste, quiero borrar la nota que puse", "¿Borro su nota"),
        ((), "creía que el 1 era lo mejor y el 7 lo peor, metí la pata", "de 5 a 3"),
        (CARD, "sáquele el nombre a la niña mejor, que no la reten", "[nombre]"),
    ],
)
def test_what_is_put_right_is_asked_in_one_tap_and_stays_till_then(
    release: Release, between: tuple[str, ...], text: str, asked: str
) -> None:
    chat = closed(release, *between).in_spanish()
    before = chat.answers()
    assert asked in chat.says(text)
    assert chat.answers() == before


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("me faltó: y el folleto estaba del 2019", "y el folleto estaba del 2019"),
        ("oiga, se me olvidó: no había mapas", "no había mapas"),
        ("corrección: sí estaba, pero en reunión", "corrección: sí estaba, pero en reunión"),
        ("fe de erratas, fue el martes", "fe de erratas, fue el martes"),
        ("PD: me pidieron disculpas", "me pidieron disculpas"),
    ],
)
def test_what_is_added_before_a_sign_joins_the_comment(
    release: Release, text: str, added: str
) -> None:
    chat = closed(release, comment="fui ayer")
    chat.says(text)
    assert chat.record()["words"] == f"fui ayer\n{added}"
    assert chat.record()["grade"] == "5"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cambie el comentario: me demoré 2 horas y media", "me demoré 2 horas y media"),
        ("el comentario debe decir que esperé toda la mañana", "esperé toda la mañana"),
    ],
)
def test_words_for_a_comment_that_there_is_not_become_it_in_one_tap(
    release: Release, text: str, words: str
) -> None:
    for button in ("No, dejarlo", "Agregarlo"):
        chat = Chat(release)
        for said in ("quiero poner nota", "tránsito", "2", "1", "listo"):
            chat.says(said)
        before = chat.record()
        assert f"«{words}»" in chat.says(text)
        assert chat.record() == before
        chat.presses(button)
        added = set(chat.record().items()) - set(before.items())
        assert [value for _, value in added] == ([words] if button == "Agregarlo" else [])


@pytest.mark.parametrize(
    "text", ["quedó muy feo como lo escribí, se puede cambiar?", "lo que puse está muy fuerte"]
)
def test_a_comment_that_is_open_is_written_anew_as_well(release: Release, text: str) -> None:
    chat = Chat(release)
    for told in ("quiero poner nota", "tránsito", "2", "nadie sabe nada"):
        chat.says(told)
    assert "¿Cómo debe quedar su comentario" in chat.says(text)
    chat.says("nadie me explicó los plazos")
    assert chat.record()["words"] == "nadie me explicó los plazos"


@pytest.mark.parametrize(
    "text",
    [
        "sorry, I meant 7 not 5. they were lovely",
        "change it to 7",
        "oye y el 5 que puse denantes, era un 7 mejor",
    ],
)
def test_a_grade_is_put_right_once_it_is_closed(release: Release, text: str) -> None:
    chat = closed(release)
    chat.says(text)
    assert chat.state.rated[-1].grade == 7


def test_a_wish_to_rate_once_one_is_closed_asks_for_the_area(release: Release) -> None:
    assert "¿Qué área le atendió?" in closed(release).says("quiero poner nota")


@pytest.mark.parametrize(
    ("option", "words"),
    [("Agregarlo", f"{COMMENT}\n{{}}"), ("Cambiar comentario", "{}"), ("Dejarla así", COMMENT)],
)
def test_what_follows_soon_and_finds_nothing_may_be_of_the_comment(
    release: Release, option: str, words: str
) -> None:
    chat, told = closed(release), "vuelvo a lo mismo: bájenla, hoy pasé y era otra cosa"
    assert chat.says(told).startswith("¿Qué hago con esto")
    assert chat.record()["words"] == COMMENT
    chat.presses(option)
    assert chat.record()["words"] == words.format(told)


@pytest.mark.parametrize("text", ["permiso de circulación", "¿quién ganó el festival?", "gracias"])
def test_a_new_question_or_thanks_after_a_rating_is_of_no_comment(
    release: Release, text: str
) -> None:
    assert "¿Qué hago con esto" not in closed(release).says(text)


def test_a_part_of_the_comment_is_another_after_a_yes(release: Release) -> None:
    chat = closed(release, "permiso de circulación")
    chat.says("puse caballero y era una señora")
    chat.says("sí")
    assert chat.record()["words"] == COMMENT.replace("un caballero", "una señora")


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("agregue que la sala estaba helada porfa", "la sala estaba helada"),
        ("se me olvidó decir q cierran temprano", "cierran temprano"),
        ("I want to add that it was clean", "it was clean"),
        ("quiero aclarar que era el baño", "era el baño"),
    ],
)
def test_what_was_forgotten_is_added_without_the_request(
    release: Release, text: str, added: str
) -> None:
    chat = closed(release, comment="todo bien")
    chat.says(text)
    assert chat.record()["words"] == f"todo bien\n{added}"


def test_a_comment_that_is_written_anew_takes_the_place_of_all(release: Release) -> None:
    chat = closed(release)
    chat.says("cambiar mi comentario")
    assert "¿Qué nota" not in chat.says("muy amables todos")
    assert chat.record() == {"grade": "5", "words": "muy amables todos"}


@pytest.mark.parametrize("text", ["no fue por el trato sino por la espera", "el motivo era espera"])
def test_another_reason_is_noted_and_the_grade_stays(release: Release, text: str) -> None:
    chat = closed(release, comment="trato")
    chat.says(text)
    assert chat.record() == {"grade": "5", "reason": "espera"}


def test_the_rating_that_is_named_is_put_right_and_not_the_latest(release: Release) -> None:
    chat = closed(release, "calificar", "biblioteca", "7", "listo")
    chat.says("la nota de tránsito era un 4")
    assert [(one.subject.area, one.grade) for one in chat.state.rated] == [
        ("cultura", 7),
        ("transito", 4),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "me equivoqué de fecha al pagar el permiso, qué hago",
        "quiero corregir mi registro social de hogares",
        "quiero agregar a mi hijo al registro social",
        "se puede pagar en cuotas en vez de todo de una",
        "y si no tengo auto, dónde renuevo",
        "saquen el nombre de mi ex del registro social",
        "anule la de la patente",
    ],
)
def test_what_is_surely_looked_up_corrects_no_rating(release: Release, text: str) -> None:
    chat = closed(release)
    chat.says(text)
    assert chat.state.topic in release.content.service_by_id
    assert chat.state.follow_up is None


@pytest.mark.parametrize(
    ("told", "text", "summed_up"),
    [
        (
            "hay un hoyo en la calle Balmaceda",
            "no era Balmaceda, era Cuatro Esquinas",
            "Cuatro Esq",
        ),
        ("hace tres semanas que no pasa la basura", "son dos semanas, no tres", "hace dos semanas"),
        ("hay perros sueltos en mi calle", "lo de sueltos sáquelo", "Escríbalo de nuevo"),
        ("la calle Balmaceda está sucia", "no Balmaceda no, Brasil, este dictado", "calle Brasil"),
        ("le cobraron de más a mi primo", "mi tío, no mi primo", "de más a mi tío"),
        ("me sacó un parte y fue un imbécil", "lo de imbécil sáquelo", "«me sacó un parte»"),
        (
            "no había sistema",
            "borre lo escrito que lo voy a contar de nuevo",
            "Escríbalo de nuevo",
        ),
        ("no había sistema", "mejor lo cuento desde el principio", "Escríbalo de nuevo"),
        ("la basura no pasa en Los Aromos", "no era pa aseo es pa salud", "Lo recibe: Salud"),
    ],
)
def test_a_complaint_that_is_being_told_is_put_right(
    release: Release, told: str, text: str, summed_up: str
) -> None:
    chat = Chat(release)
    chat.says(f"reclamo: {told}")
    chat.says("saltar")
    answer = chat.says(text)
    assert summed_up in answer
    assert text not in answer


@pytest.mark.parametrize(
    ("texts", "told", "fact"),
    [
        (["corrijo el reclamo: son tres perros"], "Lo agregué a", CaseExtended),
        (["me equivoqué, era Los Lirios 43"], "¿Lo agrego a", None),
        (["me equivoqué, era Los Lirios 43", "sí"], "Lo agregué a", CaseExtended),
        (["me equivoqué, era Los Lirios 43", "no"], "no lo agregué", None),
        (["quiero corregir mi reclamo"], "Escriba qué está mal", None),
        (["corregir", "de mi reclamo"], "Escriba qué está mal", None),
        (["corregir", "otra cosa", "es Los Lirios 43 y no 34"], "¿Lo agrego a", None),
        (["corregir", "otra cosa", "es Los Lirios 43 y no 34", "sí"], "Lo agregué", CaseExtended),
        (["corregir", "otra cosa", "es Los Lirios 43 y no 34", "no"], "su pedido", RightUsed),
        (["corregir", "otra cosa", "mi nombre es con z"], "su pedido", RightUsed),
        (["quiero hacer otro reclamo, no era eso"], "", None),
    ],
)
def test_what_puts_a_filed_complaint_right_is_added_once_it_is_plain(
    release: Release, texts: list[str], told: str, fact: type | None
) -> None:
    chat = Chat(release)
    complaint = "reclamo: hay perros sueltos en Los Lirios 34 desde ayer, que los retiren"
    for said in (complaint, "sí", "listo", *texts):
        answer = chat.says(said)
    assert told in answer
    added = [type(one) for one in chat.last if isinstance(one, CaseExtended | RightUsed)]
    assert added == ([fact] if fact else [])


def test_a_number_that_is_no_option_is_no_word_of_a_complaint(release: Release) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay perros sueltos en Los Lirios 34 desde ayer, que los retiren")
    assert "no está en la lista" in chat.says("4")


def test_a_complaint_is_dropped_where_it_is_being_mended(release: Release) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un poste apagado en mi pasaje")
    chat.says("deje nomás señorita, justo llegó la camioneta y lo están arreglando")
    assert chat.state.filing is None
