"""`opina staff import`: a team comes in whole out of a spreadsheet, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.staff.permissions import Grant, Role
from storage.staff import roles, staff
from tests.bot.commands.conftest import Done, Installation

TEAM = (
    "Nombre,Correo,Área,Rol\n"
    "Ana Soto,ana@example.cl,,calidad\n"
    "Beto Díaz,BETO@example.cl,Tránsito,meson\n"
)
WRONG = ",sin@example.cl,,\nDora,dora,,\nEva,eva@example.cl,marte,\nFe,fe@example.cl,,jefe\n"


def brought(cli: Installation, content: bytes | str) -> Done:
    file = Path(cli.folder) / "equipo.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return cli.opina("staff", "import", str(file))


@pytest.mark.parametrize(
    "content",
    [
        TEAM,
        TEAM.replace(",", ";").encode("cp1252"),  # as Excel saves it where commas are decimals
        "\ufeff" + TEAM.replace("\n", "\r\n") + ",,,\r\n",
        TEAM.replace(",", "\t"),
    ],
)
def test_a_team_comes_with_its_areas_and_roles(cli: Installation, content: bytes | str) -> None:
    done = brought(cli, content)
    assert (done.code, done.err) == (0, "")
    assert "2 personas agregadas." in done.out
    ana, beto = cli.read(staff.everyone)
    assert (ana.name, ana.email, ana.area) == ("Ana Soto", "ana@example.cl", "")
    assert (beto.name, beto.email, beto.area) == ("Beto Díaz", "beto@example.cl", "transito")
    held = cli.read(roles.by_person)
    assert tuple(held[ana.id]) == (Grant(Role.QUALITY, ""),)
    assert tuple(held[beto.id]) == (Grant(Role.DESK, "transito"),)


def test_a_cell_of_two_lines_is_one_name(cli: Installation) -> None:
    assert brought(cli, 'nombre,correo,rol\n"Ana\nSoto",ana@example.cl,calidad\n').code == 0
    assert [one.name for one in cli.read(staff.everyone)] == ["Ana Soto"]


def test_the_whole_municipality_is_an_areas_name_too(cli: Installation) -> None:
    assert brought(cli, "nombre,correo,area\nAna,ana@example.cl,Todas\n").code == 0
    (ana,) = cli.read(staff.everyone)
    assert (ana.area, cli.read(roles.by_person)[ana.id]) == ("", (Grant(Role.HEAD),))


def test_whoever_is_there_stays_as_they_are(cli: Installation) -> None:
    assert brought(cli, TEAM).code == 0
    again = brought(cli, TEAM.replace("meson", "jefatura") + "Cata,cata@example.cl,aseo,\n")
    assert "1 persona agregada." in again.out
    assert "2 ya estaban, y no se cambió nada suyo." in again.out
    people = {one.email: one for one in cli.read(staff.everyone)}
    held = cli.read(roles.by_person)
    assert tuple(held[people["beto@example.cl"].id]) == (Grant(Role.DESK, "transito"),)
    assert tuple(held[people["cata@example.cl"].id]) == (Grant(Role.HEAD, "aseo"),)


def test_every_row_that_is_wrong_is_told_and_nobody_comes(cli: Installation) -> None:
    done = brought(
        cli,
        TEAM
        + ",sin@example.cl,,\nDora,dora,,\nEva,eva@example.cl,marte,\nFe,fe@example.cl,,jefe\n"
        + "Gil,gil@example.cl,,\nHugo,hugo@example.cl,,meson\n"
        + f"{'I' * 81},i@example.cl,aseo,\n\u200b,j@example.cl,aseo,\n",
    )
    assert done.code == 2
    for said in (
        ":4: nombre: falta",
        ":5: correo «dora»: no es un correo",
        ":6: area «marte»: no existe esa área",
        ":7: «jefe»: no es un rol; hay meson",
        ":8: area: falta el área de Jefatura; escriba su nombre, o «todas»",
        ":9: area: falta el área de Mesón",
        ":10: nombre: tiene 81 letras y caben 80; acórtelo",
        ":11: nombre: falta; escríbalo",
        "No se agregó a nadie.",
    ):
        assert said in done.err
    assert cli.read(staff.everyone) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "la primera fila tiene que decir nombre, correo, area, rol"),
        ("Ana,ana@example.cl\n", "la primera fila tiene que decir"),
        ("nombre,correo,cargo\nAna,ana@example.cl,jefa\n", "la primera fila tiene que decir"),
        ("nombre,correo\n\n", "no tiene ninguna persona"),
        (
            "nombre,correo,area\nAna,a@example.cl,todas\nBeto,A@example.cl,aseo\n",
            "a@example.cl está 2 veces",
        ),
        ('nombre,correo\n"Ana,a@example.cl\n', "no es un CSV que se pueda leer"),
    ],
)
def test_a_file_that_is_no_team_is_refused(cli: Installation, content: str, said: str) -> None:
    done = brought(cli, content)
    assert done.code == 2
    assert said in done.err
    assert cli.read(staff.everyone) == []
