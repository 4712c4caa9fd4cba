"""The list of areas: numbered, the most used first, and any words for one are confirmed."""

from __future__ import annotations

import pytest

from handlers.messages import Channel, numbered_labels
from handlers.release import Release
from handlers.text.folding import fold
from handlers.turn import PAGE
from tests.handlers.chat import Chat


@pytest.fixture(params=["poner una nota", "areas"])
def wish(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WHATSAPP, Channel.TERMINAL])
def test_the_most_used_areas_are_on_the_first_page_with_their_numbers(
    release: Release, channel: Channel, wish: str
) -> None:
    chat = Chat(release, channel=channel)
    chat.says(wish)
    names = [release.area_name(area) for area in release.content.most_used]
    assert numbered_labels(chat.reply)[:PAGE] == [
        f"{number}. {name}" for number, name in enumerate(names, 1)
    ]
    assert chat.labels[PAGE] == "Ver más"


def test_the_other_areas_follow_in_alphabetical_order_each_once(release: Release) -> None:
    areas = release.areas_in_order
    assert {area.id for area in areas} == release.content.area_by_id.keys()
    assert [area.id for area in areas[: len(release.content.most_used)]] == [
        *release.content.most_used
    ]
    others = [fold(area.short_name) for area in areas[len(release.content.most_used) :]]
    assert others == sorted(others)


def test_the_own_page_gets_all_areas_at_once(release: Release, wish: str) -> None:
    chat = Chat(release, channel=Channel.WEB)
    chat.says(wish)
    assert chat.reply.numbered == len(release.content.areas)
    assert "Ver más" not in chat.labels
    chat.says(str(len(release.content.areas)))
    last = release.areas_in_order[-1]
    assert last.short_name in chat.reply.text or last.name in chat.reply.text


def test_a_number_chooses_on_each_page(release: Release) -> None:
    chat = Chat(release)
    chat.says("poner una nota")
    chat.presses("Ver más")
    chosen = chat.labels[2]
    assert f"Piense en su última atención en {chosen}." in chat.says("3")


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("el consultorio", "Salud y CESFAM"),
        ("la posta", "Salud y CESFAM"),
        ("donde saqué la licencia", "Tránsito"),
        ("la oficina donde me dieron la licencia", "Tránsito"),
        ("donde renové el permiso", "Tránsito"),
        ("donde pagué la patente", "Patentes Comerciales"),
        ("los de la basura", "Aseo y Áreas Verdes"),
        ("donde fui por el perro", "Mascotas y Veterinaria"),
    ],
)
def test_an_area_in_any_words_is_confirmed_before_it_is_rated(
    release: Release, said: str, area: str
) -> None:
    chat = Chat(release)
    chat.says("poner una nota")
    text = chat.says(said)
    one = f"lo ve {area}. ¿Se refiere a esa área?"  # behind what was named
    assert text in ("¿A cuál se refiere?", f"¿Se refiere a {area}?") or text.endswith(one)
    assert area in chat.labels[:-2]
    assert chat.labels[-2:] == ["Otra área", "Cancelar"]
    assert f"Piense en su última atención en {area}." in chat.presses(area)


@pytest.mark.parametrize(
    ("taps", "asked"),
    [("Es mi nota", "Tengo su nota 2"), ("", "¿Qué nota le pone"), ("Cancelar", "¿En qué le")],
)
def test_a_number_after_a_visit_was_told_may_be_its_grade(
    release: Release, taps: str, asked: str
) -> None:
    chat = Chat(release)
    chat.says("el martes me atendieron muy bien")
    second = chat.reply.options[1].label
    assert chat.says("2").startswith(f"¿El 2 es su nota, o se refiere a {second}?")
    assert not chat.facts
    chat.presses(taps or second)
    assert asked in chat.reply.text


@pytest.mark.parametrize("said", ["chao", "bueno, chao", "ya, gracias, chao", "nos vemos"])
def test_who_takes_leave_names_no_area(release: Release, said: str) -> None:
    chat = Chat(release)
    chat.says("poner una nota")
    assert "Que le vaya bien" in chat.says(said)


@pytest.mark.parametrize("said", ["tránsito", "fue en transito", "el juzgado", "CESFAM"])
def test_an_area_by_its_own_name_is_taken_at_once(release: Release, said: str) -> None:
    chat = Chat(release)
    chat.says("poner una nota")
    assert "Piense en su última atención en " in chat.says(said)


def test_words_of_many_offices_name_none(release: Release) -> None:
    assert not {"oficina", "direccion", "municipal"} & release.area_names.by_word.keys()
    assert {"tesoreria", "transito"} <= release.area_names.by_word.keys()


def test_a_grade_where_one_area_is_offered_is_proposed_for_it(chat: Chat) -> None:
    chat.says("quiero poner nota")
    assert "¿Se refiere a Salud y CESFAM?" in chat.says("el consultorio")
    assert "¿Le pongo un 6 a Salud y CESFAM?" in chat.says("6")
    assert "Anoté un 6 para Salud y CESFAM." in chat.says("sí")
