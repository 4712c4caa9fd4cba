"""The content folder: La Serena loads whole, and a broken folder tells everything at once."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.content.folder import load_content
from bot.content.release import load_release
from handlers.content.checks import long_cards
from handlers.errors import ContentError
from tests.bot.content.broken_folder import LA_SERENA, append, problems_of, replace, the_only


def test_problems_in_many_files_are_told_at_once(folder: Path) -> None:
    transito = folder / "areas" / "transito.toml"
    replace(transito, 'short_name = "Tránsito"', 'short_name = "Tránsito y Transporte Público"')
    replace(transito, "online = true", 'onlain = "sí"')
    replace(folder / "desks.toml", 'area = "obras"', 'area = "obra"')
    replace(folder / "meanings.toml", '"pagar-multa"', '"pagar-multas"')
    replace(folder / "municipality.toml", "short_name", "nickname")
    reason = folder / "questionnaires" / "atencion.toml"
    replace(reason, 'question = "grade", at_most = 5', 'question = "best", at_most = 5')
    found = problems_of(folder)
    expected = [
        ("areas/transito.toml", "area.short_name", "29 caracteres y caben 24"),
        ("areas/transito.toml", "services[permiso-circulacion].onlain", "¿quiso decir online?"),
        ("desks.toml", ".area", "«obra» no es el id de un área; ¿quiso decir obras?"),
        ("meanings.toml", "meanings[parte].cards", "«pagar-multas»", "¿quiso decir pagar-multa?"),
        ("municipality.toml", "nickname", "no existe"),
        ("municipality.toml", "short_name", "falta"),
        ("questionnaires/atencion.toml", "questions[reason].when", "«best» no va antes"),
    ]
    for parts in expected:
        assert any(all(part in line for part in parts) for line in found), (parts, found)
    assert len(found) == len(expected), found


@pytest.mark.parametrize(
    ("old", "new", "said", "count"),
    [
        ("summary =", "sumary =", "esa clave no existe; ¿quiso decir summary?", "144 veces"),
        ("verified = ", "verificado = ", "esa clave no existe", "veces"),
        ('short_name = "', 'short_name = "Un nombre demasiado largo ', "caben 24", "veces"),
        ("online = true", 'online = "sí"', "no sirve; se espera true o false", "veces"),
    ],
)
def test_one_mistake_made_again_and_again_is_one_line_with_its_count(
    folder: Path, old: str, new: str, said: str, count: str
) -> None:
    for file in (folder / "areas").glob("*.toml"):
        file.write_text(
            file.read_text(encoding="utf-8").replace(old, new).replace("SERVICIO", "servicio"),
            encoding="utf-8",
        )
    found = [line for line in problems_of(folder) if said in line]
    assert found
    assert count in found[0]
    assert len(found) <= 20, "names differ in length, and the line says by how much"


def test_an_area_that_forty_places_name_wrongly_is_one_line(folder: Path) -> None:
    desks = folder / "desks.toml"
    copies = "".join(
        f'\n[[desks]]\ntoken = "ZZZZ{n:02}"\nname = "Mesa {n}"\narea = "transitto"\n'
        for n in range(40)
    )
    append(desks, copies)
    the_only(
        problems_of(folder),
        "desks.toml: desks[ZZZZ00].area: «transitto»",
        "¿quiso decir transito?",
        "(40 veces: también desks[ZZZZ01].area, desks[ZZZZ02].area y 37 más)",
    )


def test_an_emergency_whose_reply_is_no_sentence_is_told(folder: Path) -> None:
    replace(folder / "emergencies.toml", 'reply = "emergency-fire"', 'reply = "emergency-fir"')
    key = r"emergencies\.toml: emergencies\[incendio\]\.reply"
    with pytest.raises(ContentError, match=rf"{key}: .*¿quiso decir emergency-fire\?"):
        load_release(folder)


@pytest.mark.parametrize("text", ["", "emergencies = []\n", "# nada todavía\n[words]\n"])
def test_dangers_that_no_emergency_answers_are_told(folder: Path, text: str) -> None:
    (folder / "emergencies.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as told:
        load_release(folder)
    (line,) = told.value.problems
    assert re.match(r"emergencies\.toml: emergencies\[\w+\]: falta, .*; cópiela del cont", line)
    assert "(10 veces" in line


def test_the_danger_that_no_emergency_answers_is_named(folder: Path) -> None:
    replace(folder / "emergencies.toml", 'id = "suicidio"', 'id = "crisis"')
    with pytest.raises(ContentError, match=r"^emergencies\.toml: emergencies\[suicidio\]: falta"):
        load_release(folder)


def test_a_file_with_the_mark_of_utf8_is_read_as_any_other(folder: Path) -> None:
    for name in ("desks.toml", "wording/es-CL.ftl", "search.toml", "municipality.toml"):
        file = folder / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_release(folder).content.municipality == "Municipalidad de La Serena"


def test_a_file_that_is_not_toml_is_told_with_its_line_and_hides_no_other(folder: Path) -> None:
    replace(folder / "areas" / "obras.toml", 'id = "obras"', 'id = "obras')
    replace(folder / "desks.toml", 'area = "aseo"', 'area = "limpieza"')
    found = problems_of(folder)
    assert len(found) == 2, found
    assert "areas/obras.toml" in found[0]
    assert "línea 11" in found[0]
    assert "«limpieza»" in found[1]


def test_a_record_that_cannot_be_read_makes_no_second_problem_where_it_is_named(
    folder: Path,
) -> None:
    # pagar-multa is a card of the meaning "parte".
    replace(folder / "areas" / "juzgado.toml", 'name = "Pago de multas', 'nombre = "Pago de multas')
    found = problems_of(folder)
    assert len(found) == 2, found
    assert all("areas/juzgado.toml: services[pagar-multa]" in line for line in found)


def test_a_mistyped_key_is_one_mistake_and_not_a_missing_one_as_well(folder: Path) -> None:
    replace(folder / "areas" / "juzgado.toml", 'name = "Pago de multas', 'nmae = "Pago de multas')
    the_only(
        problems_of(folder),
        "areas/juzgado.toml: services[pagar-multa].nmae: esa clave no existe; ¿quiso decir name?",
    )


@pytest.mark.parametrize("file", ["municipality.toml", "desks.toml", "emergencies.toml"])
def test_a_missing_file_is_told(folder: Path, file: str) -> None:
    (folder / file).unlink()
    the_only(problems_of(folder), file, "falta el archivo")


def test_an_empty_file_is_no_municipality(folder: Path) -> None:
    (folder / "municipality.toml").write_text("", encoding="utf-8")
    found = problems_of(folder)
    assert [line.split(": ")[1] for line in found] == ["name", "short_name"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    the_only(problems_of(tmp_path / "nowhere"), "nowhere", "no es una carpeta")


def test_a_file_that_nothing_reads_is_told(folder: Path) -> None:
    (folder / "institution.toml").write_text("", encoding="utf-8")
    the_only(problems_of(folder), "institution.toml", "institutions.toml")


def test_a_file_that_is_not_utf8_is_told(folder: Path) -> None:
    (folder / "desks.toml").write_bytes("# señal".encode("latin-1"))
    the_only(problems_of(folder), "desks.toml", "UTF-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "parts"),
    [
        (
            "areas/aseo.toml",
            'short_name = "Reciclaje"',
            'short_name = "microbásural"',
            ("services[microbasural].short_name", "«reciclaje»"),
        ),
        (
            "areas/aseo.toml",
            'id = "reciclaje"',
            'id = "agua"',
            ("institutions.toml", "institutions[agua].id", "es el id de otra ficha"),
        ),
        (
            "areas/aseo.toml",
            'id = "reciclaje"',
            'id = "recoleccion-basura"',
            ("areas/aseo.toml", "services[recoleccion-basura].id", "dos veces"),
        ),
        (
            "areas/aseo.toml",
            'id = "reciclaje"',
            'id = "reciclaje"\narea = "obras"',
            ("services[reciclaje].area", "lo dice el archivo"),
        ),
        (
            "areas/aseo.toml",
            'id = "reciclaje"',
            'id = "reciclaje"\nlink = "www.reciclaje"',
            ("services[reciclaje].link", "https://"),
        ),
        ("areas/aseo.toml", 'id = "aseo"', 'id = "limpieza"', ("area.id", "«limpieza»")),
        (
            "desks.toml",
            'area = "aseo"',
            'area = "aseo"\nservice = "obra-menor"',
            (".service", "es de «obras»"),
        ),
        (
            "meanings.toml",
            'word = "parte"',
            'word = "Patente"',
            ("meanings[Patente].word", "dos veces"),
        ),
        (
            "emergencies.toml",
            '"suicid*"',
            '"... ayuda"',
            ("emergencies[suicidio].patterns", "la frase empieza y termina con una palabra"),
        ),
        (
            "emergencies.toml",
            '"suicid*"',
            '"<nadie> muere"',
            ("emergencies[suicidio].patterns", "grupo de palabras que no existe, <nadie>"),
        ),
        (
            "emergencies.toml",
            '"suicid*"',
            '"su*"',
            ("emergencies[suicidio].patterns", "muy corto"),
        ),
        (
            "emergencies.toml",
            'card = "violencia-mujer"',
            'card = "violencia-mujeres"',
            ("emergencies[violencia].card", "violencia-mujer"),
        ),
        (
            "comment_topics.toml",
            '"precio|precios"',
            '"<precio> alto"',
            ("comment_topics[costo].phrases", "grupo de palabras que no existe, <precio>"),
        ),
        (
            "comment_topics.toml",
            'id = "trato"',
            'id = "espera"',
            ("comment_topics[espera].id", "está dos veces"),
        ),
        (
            "municipality.toml",
            'most_used = ["transito", ',
            'most_used = ["transitto", ',
            ("municipality.toml", "most_used", "decir transito?"),
        ),
        (
            "municipality.toml",
            'most_used = ["transito", ',
            'most_used = ["transito", "transito", ',
            ("municipality.toml", "most_used", "dos veces"),
        ),
    ],
)
def test_a_mistake_in_a_record_is_told_with_its_file_and_key(
    folder: Path, file: str, old: str, new: str, parts: tuple[str, ...]
) -> None:
    replace(folder / file, old, new)
    found = problems_of(folder)
    assert any(all(part in line for part in parts) for line in found), found


def test_tokens_that_differ_in_capitals_only_are_the_same(folder: Path) -> None:
    token = load_content(folder).desks[0].token
    copy = f'\n[[desks]]\ntoken = "{token.swapcase()}"\nname = "Otra mesa"\narea = "obras"\n'
    append(folder / "desks.toml", copy)
    the_only(problems_of(folder), "desks.toml", "token", "está dos veces")


def test_a_card_longer_than_allowed_is_told() -> None:
    content = load_content(LA_SERENA)
    too_long = long_cards(content, lambda card: "x" * (801 if card.id == "playas" else 800))
    assert [(problem.id, problem.key) for problem in too_long] == [("playas", "summary")]
    assert "801 caracteres y caben 800" in too_long[0].text


def test_a_commitment_without_evidence_or_gap_is_refused(folder: Path) -> None:
    file = folder / "policy.toml"
    replace(file, 'evidence = ["control", "desks", "measures", "digests"]\n', "")
    the_only(problems_of(folder), "policy.toml", "commitments", "evidence")


def test_what_is_wrong_in_an_example_is_told_with_its_own_file(folder: Path) -> None:
    file = folder / "examples" / "en.toml"
    card = next(iter(tomllib.loads(file.read_text(encoding="utf-8"))))
    file.write_text(f"{card} = ['how', 3]\n", encoding="utf-8")
    with pytest.raises(ContentError) as wrong:
        load_release(folder)
    assert wrong.value.problems == [
        f"examples/en.toml: {card}[2]: «3» no sirve; se espera un texto entre comillas"
    ]


def test_a_folder_without_topics_of_comments_is_whole(folder: Path) -> None:
    (folder / "comment_topics.toml").unlink()
    assert load_release(folder).content.comment_topics == ()


def test_groups_of_topics_that_cannot_be_read_say_nothing_of_emergencies(folder: Path) -> None:
    file = folder / "comment_topics.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"^bien = .*$", "bien = 3", text, flags=re.MULTILINE), encoding="utf-8")
    replace(folder / "emergencies.toml", '"suicid*"', '"<nadie> muere"')
    groups, phrase = sorted(problems_of(folder))
    assert groups.startswith("comment_topics.toml: words.bien: «3» no sirve")
    assert "emergencies[suicidio].patterns" in phrase


def test_a_group_of_words_that_cannot_be_read_is_one_mistake(folder: Path) -> None:
    file = folder / "emergencies.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"^pide = .*$", "pide = 3", text, flags=re.MULTILINE), encoding="utf-8")
    assert problems_of(folder) == [
        "emergencies.toml: words.pide: «3» no sirve; se espera un texto entre comillas"
    ]
