"""A grade for another office, once one is on record: it is a rating of its own."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.understanding.chats import rating


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("y a los de la basura un 2, nunca pasan", "un 2 a Aseo"),
        ("los de los postes de luz un seis, vinieron al tiro", "un 6 a Alumbrado"),
        ("saliendo recién de la omil, nota seis, conseguí trabajo", "un 6 a Empleo"),
        ("mi otra nota: el cementerio, tres, ni agua había", "un 3 a Cementerios"),
        ("clínica veterinaria: siete!!! salvaron a mi perro", "un 7 a Mascotas"),
        ("el consultorio seis coma cinco redondeado para arriba", "un 7 a Salud"),
        ("vivienda seis coma cinco", "Vivienda. ¿Qué nota le pone"),
        ("ya que estoy, al alumbrado un cuatro, se demoraron", "un 4 a Alumbrado"),
        ("nota cinco al taller de yoga del adulto mayor", "un 5 a Personas Mayores"),
        ("el cesfam es mejor que ustedes, un 7", "un 7 a Salud"),
        ("oye y el otro día fui a obras y fue un 2", "un 2 a Dirección de Obras"),
        ("ayer estuve en la biblioteca, un 6", "un 6 a Cultura"),
        # What is on record is wrong, and another office only tells of it.
        ("perdón, era un 3", "Anotamos su nota 3 para Tránsito"),
        ("me equivoqué, era para obras, un 3", "a Dirección de Obras (DOM)? Allá queda un 3"),
        ("fui a obras, no a tránsito, y fue un 2", "a Dirección de Obras (DOM)? Allá queda un 2"),
        ("fui injusta. Un siete y quedamos en paz", "de 5 a 7"),
    ],
)
def test_another_office_gets_a_grade_of_its_own(release: Release, text: str, asked: str) -> None:
    chat = rating(release)
    for said in ("5", "listo"):
        chat.says(said)
    assert asked in chat.says(text)


@pytest.mark.parametrize("text", ["hora médica para el 3", "dejé el auto en el 4"])
def test_a_number_behind_an_article_corrects_no_grade(release: Release, text: str) -> None:
    chat = rating(release)
    for said in ("5", "listo", text):
        chat.says(said)
    assert [one.grade for one in chat.state.rated] == [5]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("los que podan un 4, llegaron tarde", "un 4 a Aseo"),
        ("y al cesfam un 2, tres horas esperando", "un 2 a Salud"),
        ("y al cesfam le quiero poner un 3", "un 3 a Salud"),
        ("tambien fui al cementerio 2", "un 2 a Cementerios"),
        ("la niña del mesón un 7", ""),
        ("la demora un 2", ""),
    ],
)
def test_beside_an_open_comment_it_is_proposed_only_where_its_office_is_plain(
    release: Release, text: str, asked: str
) -> None:
    chat = rating(release)
    chat.says("6")
    answer = chat.says(text)
    assert asked in answer
    assert ("¿Le pongo" in answer) is bool(asked)
