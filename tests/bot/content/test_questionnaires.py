"""Mistakes in a questionnaire are told with their file and key."""

import shutil
from pathlib import Path

import pytest

from bot.content.folder import load_content
from tests.bot.content.broken_folder import problems_of, replace, the_only


def test_a_second_version_of_a_questionnaire_lives_beside_the_first(folder: Path) -> None:
    first = folder / "questionnaires" / "utilidad.toml"
    second = folder / "questionnaires" / "utilidad-2.toml"
    shutil.copy(first, second)
    replace(second, "version = 1", "version = 2")
    content = load_content(folder)
    assert content.newest["utilidad"].version == 2
    versions = [found.version for found in content.questionnaires if found.id == "utilidad"]
    assert sorted(versions) == [1, 2]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('en = "Was this useful?"', "", ("questions[useful].text.en", "falta")),
        ('en = "Was this useful?"', 'en = "{name}?"', ("questions[useful].text.en", "{name}")),
        ('kind = "yes_no"', 'kind = "si-no"', ("questions[useful].kind", "se permite", "yes_no")),
        ('kind = "yes_no"', 'kind = "choice"', ("questions[useful].choices", "al menos dos")),
        ('kind = "yes_no"', 'kind = "text"', ("questions", "useful, de kind yes_no")),
        ('kind = "yes_no"', 'kind = "yes_no"\nminimum = 2', ("minimum", "no van en kind")),
        ('kind = "yes_no"', 'kind = "yes_no"\nnot_future = true', ("not_future", "solo para")),
        ('kind = "yes_no"', 'kind = "yes_no"\ngroup = "x"', ("questions[useful].group", "«x»")),
        ('kind = "yes_no"', 'kind = "yes_no"\ntakes_words = true', ("takes_words", "kind choice")),
        (
            'kind = "yes_no"',
            'kind = "yes_no"\nwhen = [{ question = "nada", answered = true }]',
            ("questions[useful].when", "no hay una pregunta «nada»"),
        ),
        ('id = "utilidad"', 'id = "otra"', ("utilidad", "la conversación lo necesita")),
    ],
)
def test_a_mistake_in_a_question_is_told_with_its_file_and_key(
    folder: Path, old: str, new: str, parts: tuple[str, ...]
) -> None:
    replace(folder / "questionnaires" / "utilidad.toml", old, new)
    found = problems_of(folder)
    assert all(line.startswith("questionnaires/") for line in found), found
    assert any(all(part in line for part in parts) for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('es-CL = "Ruido"', 'es-CL = "basurá"', ("questions[concern].choices", "«basura»")),
        (
            'es-CL = "Ruido"',
            'es-CL = "Ruidos que no dejan dormir"',
            ("questions[concern].choices[ruido].text.es-CL", "26 caracteres y caben 24"),
        ),
        ('id = "ruido"', 'id = "luz"', ("questions[concern].choices[luz].id", "dos veces")),
        ('one_of = ["yes"]', 'one_of = ["si"]', ("questions[first-meeting].when", "no, yes")),
        (
            'question = "meetings", one_of = ["yes"]',
            'question = "meetings", at_least = 1',
            ("questions[first-meeting].when", "una nota o un número"),
        ),
        (
            'question = "meetings", one_of = ["yes"]',
            'question = "intro", answered = true',
            ("questions[first-meeting].when", "nota"),
        ),
        (
            'question = "meetings", one_of = ["yes"]',
            'question = "meetings"',
            ("questions[first-meeting].when", "no dice nada"),
        ),
        ('right = "household"', 'right = "home"', ("constraints[1].right", "«home»")),
        ('right = "household"', 'right = "commuters"', ("constraints[1].right", "misma pregunta")),
        ('right = "household"', 'right = "first-meeting"', ("constraints[1].left, right",)),
        ("minimum = 1\nmaximum = 3", "minimum = 4\nmaximum = 3", ("[liked].minimum", "mayor")),
        ("minimum = 1\nmaximum = 3", "minimum = 6", ("[liked].minimum", "5 opciones")),
        ("earliest = 1950-01-01", "latest = 1949-01-01\nearliest = 1950-01-01", ("earliest",)),
        ('id = "idea"', 'id = "liked"', ("questions[liked].id", "dos veces")),
        ('id = "hogar"', 'id = "vivir"', ("groups[vivir].id", "dos veces")),
    ],
)
def test_a_mistake_in_a_long_questionnaire_is_told_with_its_file_and_key(
    folder: Path, old: str, new: str, parts: tuple[str, ...]
) -> None:
    replace(folder / "questionnaires" / "barrio.toml", old, new)
    found = problems_of(folder)
    assert all(line.startswith("questionnaires/barrio.toml: ") for line in found), found
    assert any(all(part in line for part in parts) for line in found), found


def test_one_version_in_two_files_is_told_with_both(folder: Path) -> None:
    first = folder / "questionnaires" / "utilidad.toml"
    shutil.copy(first, folder / "questionnaires" / "copia.toml")
    the_only(
        problems_of(folder), "copia.toml y questionnaires/utilidad.toml", "version", "dos veces"
    )
