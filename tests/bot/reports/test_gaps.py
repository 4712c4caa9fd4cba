"""Gaps: what is missing is listed, filled in by people in a spreadsheet, checked and taken back."""

import datetime as dt
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.reports.gaps.gaps import FIELDS, FieldChange, RecordKind, find_gaps
from bot.reports.gaps.gaps_apply import write_changes
from bot.reports.gaps.gaps_read import read_gaps
from bot.reports.gaps.gaps_sheet import SHEET, write_gaps
from handlers.content.model import Area, Content, Desk, Service
from handlers.errors import OperatorError

TODAY = dt.date(2026, 11, 23)
PACKAGED = Path(__file__).parents[3] / "bot" / "content" / "la_serena"

TRANSITO = """\
# Tránsito.

[area]
id = "transito"  # no se cambia
name = "Dirección de Tránsito"
short_name = "Tránsito"
description = "Licencias y permisos."
phone = "51 220 0000"  # mesón
owner = "Jefatura de Tránsito"

# --- Servicios ---

[[services]]
id = "licencia"
name = "Licencia de conducir"
short_name = "Licencia"
summary = "La primera licencia."
requirements = [
  "Cédula",  # vigente
]
online = false

# El segundo.
[[services]]
id = "permiso"
name = "Permiso de circulación"
short_name = "Permiso"
summary = "El pago anual."
online = true
cost = "Según tasación"
"""
ASEO = """\
[area]
id = "aseo"
name = "Aseo"
short_name = "Aseo"
description = "Retiro de basura."
"""
DESKS = """\
# Mesones.

[[desks]]
token = "mT5kPw"  # no se cambia
name = "Licencias"
area = "transito"

[[desks]]
token = "aS7eoQ"
name = "Aseo"
area = "aseo"
staff = 4
"""


def load(folder: Path) -> Content:
    """Read the areas and desks alone: gaps need nothing else."""
    areas, services = [], []
    for path in sorted((folder / "areas").glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        areas.append(Area.model_validate(tables["area"]))
        services += [
            Service.model_validate({**service, "area": areas[-1].id})
            for service in tables.get("services", [])
        ]
    desks = tomllib.loads((folder / "desks.toml").read_text(encoding="utf-8"))["desks"]
    return Content(
        municipality="Municipalidad",
        short_name="Muni",
        areas=tuple(areas),
        services=tuple(services),
        desks=tuple(Desk.model_validate(desk) for desk in desks),
        institutions=(),
        meanings=(),
        emergencies=(),
        questionnaires=(),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "areas").mkdir(parents=True)
    (tmp_path / "content" / "areas" / "transito.toml").write_text(TRANSITO, encoding="utf-8")
    (tmp_path / "content" / "areas" / "aseo.toml").write_text(ASEO, encoding="utf-8")
    (tmp_path / "content" / "desks.toml").write_text(DESKS, encoding="utf-8")
    return tmp_path / "content"


def cell_at(sheet: Worksheet, id_: str, title: str) -> str:
    titles = [cell.value for cell in sheet[1]]
    (row,) = (row[0].row for row in sheet.iter_rows(min_row=2) if row[1].value == id_)
    return str(sheet.cell(row, titles.index(title) + 1).coordinate)


def filled_in(folder: Path, cells: dict[tuple[str, str], object]) -> Path:
    """Write the spreadsheet and fill in what a person would: (id, title) → value."""
    content = load(folder)
    path = folder.parent / "fichas.xlsx"
    with path.open("wb") as out:
        write_gaps(content, find_gaps(content), out)
    return edited(path, lambda s: [_set(s, cell_at(s, *key), v) for key, v in cells.items()])


def _set(sheet: Worksheet, coordinate: str, value: object) -> None:
    sheet[coordinate] = value


def edited(path: Path, edit: Callable[[Worksheet], object]) -> Path:
    book = load_workbook(path)
    edit(book[SHEET])
    book.save(path)
    book.close()
    return path


def problems(path: Path, content: Content) -> list[str]:
    with pytest.raises(OperatorError) as caught:
        read_gaps(path, content, TODAY)
    return str(caught.value).splitlines()


def test_each_missing_fact_is_one_gap_of_who_can_tell_it(folder: Path) -> None:
    gaps = find_gaps(load(folder))
    missing = {(gap.owner, gap.id): set() for gap in gaps}  # type: dict[tuple[str, str], set[str]]
    for gap in gaps:
        missing[gap.owner, gap.id].add(gap.field)
    assert missing == {
        ("Aseo (sin responsable)", "aseo"): {
            *("place", "hours", "phone", "email", "link", "owner", "confirmed_on")
        },
        ("Jefatura de Tránsito", "transito"): {"place", "hours", "email", "link", "confirmed_on"},
        # Not the phone and the owner, which its area tells; no link, as one has to come.
        ("Jefatura de Tránsito", "licencia"): {"place", "hours", "email", "cost", "confirmed_on"},
        ("Jefatura de Tránsito", "permiso"): {"place", "hours", "email", "link", "confirmed_on"},
        ("Jefatura de Tránsito", "mT5kPw"): {"staff"},
    }


def test_a_gap_says_what_citizens_read_meanwhile(folder: Path) -> None:
    notes = {(gap.id, gap.field): gap.note for gap in find_gaps(load(folder))}
    assert notes["permiso", "link"] == "La ficha dice «enlace no confirmado»."
    assert notes["transito", "link"] == "La ficha no lleva a ninguna página."


def test_what_the_area_tells_is_no_gap_of_its_services(folder: Path) -> None:
    path = folder / "areas" / "transito.toml"
    path.write_text(TRANSITO.replace('owner = "J', 'hours = "8:30 a 14:00"\nowner = "J', 1))
    gaps = find_gaps(load(folder))
    assert "hours" not in {gap.field for gap in gaps if gap.id != "aseo"}


def test_the_sheet_shows_what_is_known_and_marks_what_is_missing(folder: Path) -> None:
    path = filled_in(folder, {})
    book = load_workbook(path)
    sheet = book[SHEET]
    assert sheet[cell_at(sheet, "transito", "Teléfono")].value == "51 220 0000"
    assert sheet[cell_at(sheet, "permiso", "En línea")].value == "sí"
    assert sheet[cell_at(sheet, "licencia", "Lugar")].value is None
    (rule,) = sheet.conditional_formatting
    marked = {
        sheet.cell(*at).coordinate for area in rule.sqref.ranges for at in area.cells if at[0] > 1
    }
    expected = {
        cell_at(sheet, gap.id, next(f.title for f in FIELDS if f.key == gap.field))
        for gap in find_gaps(load(folder))
    }
    assert marked == expected
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == "A1:N6"
    assert sheet["B2"].protection.locked
    assert sheet[cell_at(sheet, "mT5kPw", "Lugar")].protection.locked
    assert not sheet[cell_at(sheet, "licencia", "Lugar")].protection.locked
    assert sheet[cell_at(sheet, "aseo", "Costo")].protection.locked
    assert [(s.title, s.sheet_state) for s in book] == [
        ("Instrucciones", "visible"),
        ("Fichas", "visible"),
        ("Original", "veryHidden"),
    ]
    book.close()


def test_only_the_records_of_the_gaps_given_are_written(folder: Path) -> None:
    content = load(folder)
    some = [gap for gap in find_gaps(content) if gap.owner == "Aseo (sin responsable)"]
    with (folder / "aseo.xlsx").open("wb") as out:
        assert write_gaps(content, some, out) == 1


def test_a_sheet_that_nobody_touched_changes_nothing(folder: Path) -> None:
    assert read_gaps(filled_in(folder, {}), load(folder), TODAY) == []


def test_what_was_filled_in_comes_back_into_the_files_and_nothing_else_moves(
    folder: Path,
) -> None:
    path = filled_in(
        folder,
        {
            ("transito", "Lugar"): "  Balmaceda\n 123 ",
            ("transito", "Teléfono"): 512200001,
            ("transito", "Confirmado el"): dt.date(2026, 11, 16),
            ("licencia", "Costo"): '$12.500, "en caja"',
            ("licencia", "En línea"): "Sí",
            ("permiso", "Enlace"): "https://pagos.example/permiso",
            ("permiso", "Confirmado el"): "16-11-2026",
            ("permiso", "Costo"): None,
            ("aseo", "Correo"): "aseo@muni.example",
        },
    )
    changes = read_gaps(path, load(folder), TODAY)
    assert (
        FieldChange("transito", RecordKind.SERVICE, "permiso", "cost", "Según tasación", None)
        in changes
    )
    assert len(changes) == 9
    touched = write_changes(changes, folder)
    assert sorted(file.name for file in touched) == ["aseo.toml", "transito.toml"]
    expected = (
        TRANSITO.replace('phone = "51 220 0000"', 'phone = "512200001"')
        .replace(
            'owner = "Jefatura de Tránsito"\n',
            'owner = "Jefatura de Tránsito"\nplace = "Balmaceda 123"\nconfirmed_on = 2026-11-16\n',
        )
        .replace("online = false\n", 'online = true\ncost = "$12.500, \\"en caja\\""\n')
        .replace(
            'cost = "Según tasación"\n',
            'link = "https://pagos.example/permiso"\nconfirmed_on = 2026-11-16\n',
        )
    )
    assert (folder / "areas" / "transito.toml").read_text(encoding="utf-8") == expected
    assert (folder / "areas" / "aseo.toml").read_text(encoding="utf-8") == (
        ASEO + 'email = "aseo@muni.example"\n'
    )
    assert sorted(p.name for p in (folder / "areas").iterdir()) == ["aseo.toml", "transito.toml"]
    # Read again, the same sheet has nothing more to say.
    assert read_gaps(path, load(folder), TODAY) == []


@pytest.mark.parametrize("said", [3, 3.0, " 3 "])
def test_how_many_attend_at_a_desk_comes_back_into_the_desks(folder: Path, said: object) -> None:
    path = filled_in(folder, {("mT5kPw", "Personas que atienden"): said})
    changes = read_gaps(path, load(folder), TODAY)
    assert changes == [FieldChange("transito", RecordKind.DESK, "mT5kPw", "staff", None, 3)]
    assert write_changes(changes, folder) == [folder / "desks.toml"]
    written = (folder / "desks.toml").read_text(encoding="utf-8")
    assert written == DESKS.replace('area = "transito"\n', 'area = "transito"\nstaff = 3\n')
    assert "mT5kPw" not in {gap.id for gap in find_gaps(load(folder))}


def test_a_row_filled_in_without_its_date_stays_unconfirmed(folder: Path) -> None:
    path = filled_in(
        folder, {("aseo", "Lugar"): "Calle Uno 1", ("aseo", "Horario"): "8:30 a 14:00"}
    )
    write_changes(read_gaps(path, load(folder), TODAY), folder)
    area = load(folder).area_by_id["aseo"]
    assert (area.place, area.hours, area.confirmed_on) == ("Calle Uno 1", "8:30 a 14:00", None)
    assert "confirmed_on" in {gap.field for gap in find_gaps(load(folder)) if gap.id == "aseo"}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (("aseo", "Correo"), "aseo", "«aseo» no es un correo; se espera nombre@dominio.cl"),
        (("aseo", "Enlace"), "muni.cl", "«muni.cl» no es un enlace; se espera https://…"),
        (("aseo", "Teléfono"), "anexo", "«anexo» no es un teléfono; son 3 cifras"),
        (("aseo", "Lugar"), "x" * 301, "tiene 301 caracteres y caben 300"),
        (("aseo", "Horario"), 8.5, "«8.5» es un número sin unidad"),
        (("licencia", "Costo"), 12500, "«12500» es un número sin unidad"),
        (("licencia", "En línea"), "a veces", "«a veces» no puede ser; se permite sí o no"),
        (("aseo", "Confirmado el"), "ayer", "«ayer» no es una fecha; escríbala como 16-11-2026"),
        (("aseo", "Confirmado el"), "31-02-2026", "«31-02-2026» no es una fecha"),
        (
            ("aseo", "Confirmado el"),
            dt.date(2026, 11, 24),
            "no puede ser; se permite hasta hoy, 23-11-2026",
        ),
        (("aseo", "Confirmado el"), "=TODAY()", "es una fórmula; escriba el valor mismo"),
        (("aseo", "Costo"), "Gratis", "ese dato no va en esta fila; déjela vacía"),
        (("mT5kPw", "Lugar"), "Piso 1", "ese dato no va en esta fila; déjela vacía"),
        (("licencia", "Personas que atienden"), 4, "ese dato no va en esta fila; déjela vacía"),
        *(
            (("mT5kPw", "Personas que atienden"), wrong, "se permite un número entero, de 1 a 9999")
            for wrong in (0, -1, 2.5, True, "cuatro", "²", 10_000)
        ),
    ],
)
def test_a_cell_that_cannot_be_is_named_with_what_is_allowed(
    folder: Path, key: tuple[str, str], value: object, said: str
) -> None:
    path = filled_in(folder, {key: value})
    book = load_workbook(path)
    coordinate = cell_at(book[SHEET], *key)
    book.close()
    (line,) = problems(path, load(folder))
    assert line.startswith(f"fichas.xlsx: Fichas!{coordinate} ({key[1]}, ")
    assert said in line


def test_every_problem_is_reported_at_once(folder: Path) -> None:
    path = filled_in(
        folder, {("aseo", "Correo"): "x", ("licencia", "En línea"): 7, ("permiso", "Enlace"): "x"}
    )
    edited(path, lambda sheet: sheet.append(["Servicio", "inventado", "", "", "Aquí"]))
    edited(path, lambda sheet: sheet.append([c.value for c in sheet[2]]))
    lines = problems(path, load(folder))
    assert len(lines) == 5
    assert any("«Servicio inventado» no es una fila" in line for line in lines)
    assert any("está dos veces" in line for line in lines)


def test_a_fact_that_the_content_has_learnt_meanwhile_is_not_overwritten(folder: Path) -> None:
    path = filled_in(folder, {("aseo", "Lugar"): "Calle Uno 1"})
    file = folder / "areas" / "aseo.toml"
    file.write_text(ASEO + 'place = "Calle Dos 2"\nhours = "8:30 a 14:00"\n', encoding="utf-8")
    (line,) = problems(path, load(folder))
    assert "el contenido ya dice «Calle Dos 2»" in line
    # What the sheet left as it was does not take back what the file says now.
    edited(path, lambda sheet: _set(sheet, cell_at(sheet, "aseo", "Lugar"), None))
    assert read_gaps(path, load(folder), TODAY) == []


def test_columns_may_be_moved_and_added_but_not_lost(folder: Path) -> None:
    path = filled_in(folder, {("aseo", "Correo"): "aseo@muni.example"})
    edited(path, lambda sheet: sheet.insert_cols(1))
    assert [change.field for change in read_gaps(path, load(folder), TODAY)] == ["email"]
    edited(path, lambda sheet: _set(sheet, "F1", "Dirección"))
    assert problems(path, load(folder)) == [
        "fichas.xlsx: Fichas: falta la columna Lugar en la primera fila; repóngala"
    ]
    edited(path, lambda sheet: [_set(sheet, f"{column}1", "x") for column in "ABCDGHI"])
    (line,) = problems(path, load(folder))
    assert re.search(r"faltan \d columnas, como \w+ y \w+, en la primera fila", line)


def test_another_file_is_refused_in_one_line(folder: Path, tmp_path: Path) -> None:
    content = load(folder)
    text = tmp_path / "fichas.txt"
    text.write_text("hola")
    broken = tmp_path / "fichas.xlsx"
    broken.write_bytes(b"PK\x03\x04 no")
    for path in (tmp_path / "nada.xlsx", text, broken):
        (line,) = problems(path, content)
        assert str(path) in line


def test_a_record_that_is_not_in_its_file_stops_before_anything_is_written(folder: Path) -> None:
    good = FieldChange("aseo", RecordKind.AREA, "aseo", "place", None, "Calle Uno 1")
    bad = FieldChange("transito", RecordKind.SERVICE, "otro", "place", None, "Calle Uno 1")
    with pytest.raises(OperatorError, match=r"no tiene \[\[services\]\] con id = «otro»"):
        write_changes([good, bad], folder)
    assert (folder / "areas" / "aseo.toml").read_text(encoding="utf-8") == ASEO


def test_the_packaged_content_goes_out_and_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(PACKAGED / "areas", folder / "areas")
    desks = shutil.copy(PACKAGED / "desks.toml", folder / "desks.toml").read_text(encoding="utf-8")
    before = {p.name: p.read_text(encoding="utf-8") for p in (folder / "areas").iterdir()}
    content = load(folder)
    told = {(record.id, "Responsable"): "De prueba" for record in content.services}
    told |= {(desk.token, "Personas que atienden"): 5 for desk in content.desks}
    changes = read_gaps(filled_in(folder, told), content, TODAY)
    assert len(changes) == len(content.services) + len(content.desks)
    write_changes(changes, folder)
    assert all(service.owner == "De prueba" for service in load(folder).services)
    assert all(desk.staff == 5 for desk in load(folder).desks)
    written = (folder / "desks.toml").read_text(encoding="utf-8")
    assert written.replace("staff = 5\n", "").rstrip() == desks.rstrip()
    for file in (folder / "areas").iterdir():
        lines = file.read_text(encoding="utf-8").splitlines()
        others = [line for line in lines if not line.startswith("owner = ")]
        was = before[file.name].splitlines()
        assert others == [line for line in was if not line.startswith("owner = ")]
