"""Grades as they are read, with other words around them."""

from __future__ import annotations

import pytest

from handlers.release import Release
from handlers.understanding.reading.grades.read import read_grade


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sipo, un seis", 6),
        ("buenas, le pondria un 5", 5),
        ("7/7", 7),
        ("de 1 a 7, un tres", 3),
        ("4 de un máximo de 7", 4),
        ("un dosecito", 2),
        ("ponga seis, ando sin lentes", 6),
        ("no fui yo, mi vecino dice que un 4", 4),
        ("cuatrooo", 4),
        ("❷", 2),
        ("6️⃣", 6),
        ("fui 3 veces y esperé 2 horas, un 2", 2),
        ("no un 6, un 7", 7),
        ("5,0", 5),
        ("siete coma cero, todo impecable", 7),
        ("un rotundo uno", 1),
        ("un 4 porque en 2019 era mucho más rápido", 4),
        ("seis aunque la citación decía 9:30 y pasé a las 10:15", 6),
        ("un 4 porque llegué el 25", 4),
        ("7 pero en la ventanilla 4 no había nadie", 7),
        ("califico con nota 7 (siete) la atención recibida el día 25 del presente mes", 7),
        ("a five because I waited 45 minutes", 5),
        ("el número 6", 6),
        ("atencion 7, me llego la licencia el 28 de nov", 7),
        ("otorgo calificación seis a quienes me recibieron", 6),
        ("les pongo un triste dos, y eso que fui 3 veces", 2),
        ("came at 9, out by 9:15. Easy 7", 7),
        ("sobre 7, un 5", 5),
        ("mi rut es 12.345.678-9 y mi nota es 6", 6),
        ("sèt vigil zewo", 7),
        ("nota 4. Se cayó el sistema a las 11 y no volvió hasta la 1", 4),
        ("estuve en la ventanilla 3, le pongo un 5", 5),
        ("mwen ba yo yon senk", 5),
        ("cinco y medio", 0),
        ("5 y tres cuartos", 0),
        ("un 6 y dos décimas", 0),
        ("6,5", 0),
        ("entre 4 y 5", 0),
        ("9", 0),
        ("-3", 0),
        ("ni un 2", 0),
        ("menos 1 les pondría", 0),
        ("de 5 pa arriba", 0),
        ("8 de 10", 0),
        ("un 5 o un 6", 0),
        ("unooo", 1),
        ("puros sietes", 7),
        ("un cinquito", 5),
        ("a two, nobody helped", 2),
        ("sis sou sèt", 6),
        ("6, pero sería un 7 si contestaran", 6),
        ("bajo cinco no, siete tampoco, déjelo en seis", 6),
        ("de 5 a 6", 0),
        ("y uno para ellos", 1),
        ("un 2, nunca pasan", 2),
        ("un 2, jamás", 0),
        ("thre, not a single sign", 3),
        ("youn, yo pa respekte moun isit la", 1),
        ("mwen ta di senk, paske liy lan te long", 5),
        ("llegué a las nueve y media y salí a las cinco y media, un 4", 4),
        ("esperé hora y media, un 3", 3),
        ("waited an hour and a half, a 3", 3),
        ("six and a half", 0),
        ("cinq et demi", 0),
        ("esperé desde las 10:30 hasta las 12, le pongo un 2", 2),
        ("la cajera de la 3 súper simpática, le pongo su buen siete", 7),
        ("me ayudaron con todos los papeles y con harta paciencia, siete para ellos", 7),
        ("gasté 15.000 pesos en el taxi y para nada, un 1", 1),
    ],
)
def test_a_grade_is_read_with_other_words_around_it(
    release: Release, text: str, value: int
) -> None:
    grade = read_grade(text, release.lexicon)
    assert grade is not None
    assert grade.value == value


@pytest.mark.parametrize(
    "text",
    [
        "7 y 20 llegué y a las 8 me atendieron",
        "a las 3 porque el reloj dice 10:30",
        "salí de la casa a las 8 y me atendieron a las 12 con 4",
        "esperé 3 horas",
        "decía ventanilla 7 y había que ir a la 2",
        "yo te fè 2 erè nan non mwen",
        "en la ventanilla 4 me atendieron mal",
        "el 4 de marzo fui",
        "a las 7 de la mañana",
        "una señora muy amable",
        "los dos muy amables",
        "1.200",
        "LS-2026-000001",
        "dejé 3 solicitudes sin respuesta",
        "les pondría un 7 si atendieran",
        "mi teléfono es +56 9 1234 5678",
        "el decreto 1234 dice que son 5 días",
        "mi hijo tiene 6",
        "tengo el 6",
        "tenían 6 ventanillas y solo 2 funcionando",
        "vine con 2 bolsas y 3 cabros chicos",
        "hay 2 cajeras atendiendo y 3 conversando",
        "we had 3 windows and only 2 working",
        "fui 2 veces a tránsito y 3 a la biblioteca",
        "3 visitas hice y en 2 me atendieron mal",
        "llevé 5 papeles y me faltó 1",
        "el folio terminaba en 7",
        "me cobraron un 5 por ciento más",
        "me descontaron 5%",
        "mi hijo de 5 puede",
        "my plate ends in 5",
    ],
)
def test_a_number_that_counts_or_names_something_is_no_grade(release: Release, text: str) -> None:
    assert read_grade(text, release.lexicon) is None
