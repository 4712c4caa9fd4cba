"""With any fault in an operator's content, `opina check` says in Spanish what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from bot.content.release import PACKAGED
from tests.bot.commands.broken.files import ANY, DEEP, NOT_TOML, mutations, tell
from tests.bot.commands.conftest import Installation


@pytest.mark.parametrize("kind", NOT_TOML)
@pytest.mark.parametrize("files", [["areas/aseo.toml", "search.toml"], ["desks.toml"]])
def test_content_that_is_no_toml_is_one_line_a_file(
    content: Path, cli: Installation, files: list[str], kind: str
) -> None:
    for file in files:
        (content / file).write_bytes(NOT_TOML[kind])
    said = tell(cli.opina("check"), lines=None).splitlines()
    if len(files) > 1:
        assert said.pop() == f"{len(files)} problemas en {content}"
    assert [line.partition(": ")[0] for line in said] == files


@pytest.mark.parametrize(
    "text",
    [
        "the file is not found",
        "a» the file «b",
        "the file " * 60,
        "la\nthe file\u202e",
        "a.the file",
    ],
)
def test_a_text_in_place_of_an_id_or_a_key_is_quoted(
    content: Path, cli: Installation, text: str
) -> None:
    written = json.dumps(text)
    for file, old, new in (
        ("questionnaires/utilidad.toml", 'id = "useful"', f"id = {written}"),
        ("areas/transito.toml", "summary =", f"{written} ="),
        ("meanings.toml", "meanings", f"{written} = 1\nmeanings"),
    ):
        path = content / file
        whole = path.read_text(encoding="utf-8")
        assert old in whole
        path.write_text(whole.replace(old, new, 1), encoding="utf-8")
    said = tell(cli.opina("check"), lines=None)
    for place in ("questions[«", "].«", "meanings.toml: «"):
        assert place in said


FTL = {
    "a sentence that names itself": "menu = { menu }\n",
    "a circle of three": "menu = { help }\nhelp = { goodbye }\ngoodbye = { menu }\n",
    "a term that names itself": "-a = { -a }\nmenu = { -a }\n",
    "a sentence that is not there": "menu = { nowhere }\n",
    "a term that is not there": "menu = { -nowhere }\n",
    "an attribute that is not there": "menu = { help.nowhere }\n",
    "a function that is not there": "menu = { NOWHERE(1) }\n",
    "a function used wrongly": 'menu = { NUMBER("x") }\n',
    "an open bracket": "menu = { \n",
    "deep": "menu = " + "{ " * DEEP + "\n",
    "deep and closed": "menu = " + "{ " * 3_000 + '"x"' + " }" * 3_000 + "\n",
    "a laugh": "-a = xxxxxxxxxx\n"
    + "".join(
        f"-{b} = " + f"{{ -{a} }}" * 10 + "\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "menu = { -i }\n",
    "a long chain": "".join(f"-a{n} = {{ -a{n + 1} }}\n" for n in range(3_000))
    + "-a3000 = x\nmenu = { -a0 }\n",
    "nothing": "menu =\n",
    "an unknown variable": "menu = { $nowhere }\n",
    "an attribute alone": "menu =\n    .a = b\n",
}


@pytest.mark.parametrize("kind", FTL)
def test_a_sentence_that_cannot_be_said_is_one_line(
    content: Path, cli: Installation, kind: str
) -> None:
    file = content / "wording" / "es-CL.ftl"
    text = file.read_text(encoding="utf-8")
    for name in ("menu", "help", "goodbye"):
        if f"\n{name} =" in "\n" + FTL[kind]:
            text = re.sub(rf"^{name} =.*\n(?:[ \t]+.*\n|\n(?=[ \t]))*", "", text, flags=re.M)
    file.write_text(text + "\n" + FTL[kind], encoding="utf-8")
    assert tell(cli.opina("check"), lines=None).startswith("wording/es-CL.ftl")


def test_an_ftl_file_in_another_encoding_is_one_line(content: Path, cli: Installation) -> None:
    file = content / "wording" / "es-CL.ftl"
    for encoding in ("latin-1", "utf-16"):
        text = (PACKAGED / "wording" / "es-CL.ftl").read_text(encoding="utf-8")
        file.write_bytes(text.encode(encoding, "replace"))
        assert "UTF-8" in tell(cli.opina("check"))


@pytest.mark.parametrize(
    "file",
    [
        "areas/transito.toml",
        "desks.toml",
        "emergencies.toml",
        "questionnaires/atencion.toml",
        "municipality.toml",
        "wording/en.ftl",
    ],
)
@ANY
@given(mutate=mutations())
def test_content_broken_in_any_way_is_told_in_spanish(
    content: Path, cli: Installation, file: str, mutate: Callable[[bytes], bytes]
) -> None:
    path = content / file
    whole = path.read_bytes()
    path.write_bytes(mutate(whole))
    try:
        done = cli.opina("check")
    finally:
        path.write_bytes(whole)
    if done.code:  # some mutations break nothing
        tell(done, lines=None)


def _write(file: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).write_text(text, encoding="utf-8") and None


def _replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert re.search(old, text, re.MULTILINE)
        (folder / file).write_text(re.sub(old, new, text, flags=re.MULTILINE), encoding="utf-8")

    return change


def _example_of_no_card(folder: Path) -> None:
    for file in (folder / "examples").iterdir():
        file.unlink()
    (folder / "search.toml").touch()
    (folder / "examples" / "es.toml").write_text('licensia = ["la licencia"]', encoding="utf-8")


CAUSES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a questionnaire that is none": (
        _write("questionnaires/atencion.toml", "["),
        "questionnaires/atencion.toml: no es TOML",
    ),
    "a questionnaire with a wrong title": (
        _replace("questionnaires/atencion.toml", r"^version = .*", 'version = "x"'),
        "questionnaires/atencion.toml: version: «x» no sirve",
    ),
    "a mistyped table of groups": (
        _replace("emergencies.toml", r"^\[words\]", "[word]"),
        "emergencies.toml: word: esa clave no existe; ¿quiso decir words?",
    ),
    "a policy without anything": (
        _write("policy.toml", ""),
        "policy.toml: aim: falta; agréguela (5 veces: también commitments, dated y 2 más)",
    ),
    "sentences that are none": (
        _write("wording/ht.ftl", "<html>\n"),
        "wording/ht.ftl: no tiene ninguna de las oraciones",
    ),
    "an example of no card": (
        _example_of_no_card,
        "examples/es.toml: licensia: esa ficha no existe; ¿quiso decir licencia?",
    ),
}


@pytest.mark.parametrize("kind", CAUSES)
def test_one_cause_is_one_line_whatever_else_names_it(
    content: Path, cli: Installation, kind: str
) -> None:
    change, expected = CAUSES[kind]
    change(content)
    assert tell(cli.opina("check")).startswith(expected)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("areas/cementerios.toml", r"^name =", "sensitive = 1\nname =", "se espera true o false"),
        ("areas/aseo.toml", r"^name =", "verified = 'si'\nname =", "se espera true o false"),
        ("areas/aseo.toml", r"^name =", "confirmed_on = 0\nname =", "se espera una fecha"),
        ("desks.toml", r"^name =", "staff = true\nname =", "se espera un número entero"),
        ("desks.toml", r"^name =", "staff = 2.0\nname =", "se espera un número entero"),
        (
            "holidays.toml",
            r"^holidays = .*",
            "holidays = [{date = 1763251200, law = 'Ley 1'}]",
            "se espera una fecha",
        ),
    ],
)
def test_no_value_of_content_is_taken_for_one_of_another_type(
    content: Path, cli: Installation, file: str, old: str, new: str, said: str
) -> None:
    _replace(file, old, new)(content)
    assert said in tell(cli.opina("check"))


def test_a_folder_that_holds_no_content_is_one_line(cli: Installation) -> None:
    said = tell(cli.opina("check", "."))
    assert said == ".: no tiene municipality.toml ni areas; opina content new hace una\n"


def test_a_group_of_words_that_only_rare_phrases_name_is_checked(
    content: Path, cli: Installation
) -> None:
    folder = content / "language" / "en"
    folder.mkdir(parents=True)
    (folder / "acts.toml").write_text("[words]\nhelpers = '<x>'\n", encoding="utf-8")
    said = tell(cli.opina("check"))
    assert said.startswith("language/en/acts.toml: words: '<helpers>' no se puede leer")
