"""self-assessment.toml is read strictly, and a municipality without it has no self-assessment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.folder import load_content
from tests.bot.content.broken_folder import LA_SERENA, problems_of, replace

FILE = "self-assessment.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LA_SERENA, tmp_path / "content"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("threshold = 3\n", "", f"{FILE}: threshold: falta; agréguela"),
        ("threshold = 3", "threshold = 1", "threshold un puntaje de scale que no sea el más bajo"),
        ("threshold = 3", "threshold = 9", "threshold un puntaje de scale que no sea el más bajo"),
        ("threshold = 3", "umbral = 3", f"{FILE}: umbral: esa clave no existe"),
        ("score = 2", "score = 1", f"{FILE}: scale: no sirve; se espera puntajes que suban"),
        ("score = 2", 'score = "dos"', "score: «dos» no sirve; se espera un número entero"),
        ('id = "metas"', 'id = "opinion"', "criterio; opinion está dos veces"),
        ('id = "personas"', 'id = "atencion"', "ámbito; atencion está dos veces"),
        ('id = "metas"', 'id = "1.1 Metas"', "letras minúsculas sin acento, cifras y guiones"),
        ('"personal.metas"', '"personal.meta"', "criteria[metas].asks: «personal.meta» no es una"),
        ('"personal.metas"', '"personal.intro"', "criteria[metas].asks: «personal.intro» no es"),
        ('"personal.metas"', '"atencion.grade"', "criteria[metas].asks: «atencion.grade» no es"),
        ('name = "Procesos y recursos"\n', "", f"{FILE}: dimensions[procesos].name: falta"),
    ],
)
def test_a_mistake_is_one_line_with_file_key_and_remedy(
    folder: Path, old: str, new: str, said: str
) -> None:
    replace(folder / FILE, old, new)
    found = problems_of(folder)
    assert any(said in problem and problem.startswith(FILE) for problem in found), found


def test_more_criteria_than_a_form_has_room_for_are_refused(folder: Path) -> None:
    file = folder / FILE
    more = "".join(
        f'\n[[dimensions.criteria]]\nid = "otro-{n}"\ntext = "Otro"\n' for n in range(31)
    )
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    (problem,) = problems_of(folder)
    assert "40 criterios o menos en total; hay 41" in problem


STAFF = "questionnaires/personal.toml"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "grade"', 'kind = "text"', "al personal solo se le pregunta lo que se cuenta"),
        ('kind = "grade"', 'kind = "grade"\noptional = true', "al personal se le pregunta todo"),
        (
            'id = "funciones"',
            'id = "funciones"\nwhen = [{ question = "metas", answered = true }]',
            "al personal se le pregunta todo",
        ),
    ],
)
def test_staff_are_asked_only_what_can_be_counted_of_everybody(
    folder: Path, old: str, new: str, said: str
) -> None:
    replace(folder / STAFF, old, new)
    found = problems_of(folder)
    assert any(said in problem and problem.startswith(STAFF) for problem in found), found


def test_without_the_file_there_is_no_self_assessment(folder: Path) -> None:
    assert load_content(folder).self_assessment is not None
    (folder / FILE).unlink()
    assert load_content(folder).self_assessment is None
