"""`opina check`, `content` and `gaps`: the content is checked, copied and completed."""

from __future__ import annotations

import resource
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.commands.content.database_checks import load_published_items, unwritable_files
from bot.config import DatabaseSettings
from bot.content.release import PACKAGED, load_release
from bot.reports.gaps.gaps_sheet import SHEET
from handlers.errors import OperatorError
from storage.quality.indicator_versions import add
from tests.bot.commands.conftest import Installation


@pytest.fixture
def own_content(cli: Installation, small_content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the town's content that may be written to, and is configured."""
    folder = cli.folder / "own"
    shutil.copytree(small_content, folder)
    monkeypatch.setenv("OPINA_MUNICIPALITY__CONTENT", str(folder))
    return folder


def fill_in(file: Path, row_id: str, **values: str) -> None:
    """Write values into the row of a record, by the title of their column."""
    book = load_workbook(file)
    sheet = book[SHEET]
    titles = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == row_id)
    for title, value in values.items():
        row[titles.index(title)].value = value
    book.save(file)
    book.close()


def test_the_packaged_content_is_all_right(cli: Installation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    done = cli.opina("check")
    assert (done.code, done.err) == (0, "")
    assert "28 áreas" in done.out
    assert "144 servicios" in done.out
    assert "La Serena: sin errores; al final, lo que falta" in done.out


def test_a_notice_is_not_approved_on_a_day_that_has_not_come(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPINA_PRIVACY__APPROVED_ON", "2999-01-01")
    done = cli.opina("check")
    assert (done.code, "[privacy] approved_on: 2999-01-01 aún no llega" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("journal", "{folder}/a file/erasures.jsonl", "[database] journal: "),
        ("keys", "{folder}/a file/keys.toml", "[database] keys: "),
        ("keys", "{folder}/a file", "no es un archivo de llaves"),
        ("url", "sqlite:///{folder}/newer.db", "la base está en la revisión 9999, más nueva que"),
    ],
)
async def test_what_the_service_would_not_start_with_is_told(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    (tmp_path / "a file").write_text("a = 1\n", encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "newer.db")) as newer:
        newer.execute("CREATE TABLE alembic_version AS SELECT '9999' AS version_num")
        newer.commit()
    before = sorted(tmp_path.iterdir())
    place = DatabaseSettings.model_validate(
        {"url": f"sqlite:///{tmp_path}/none.db", "keys": f"{tmp_path}/none.toml"}
        | {name: value.format(folder=tmp_path)}
    )
    told = [*unwritable_files(place)]
    try:
        await load_published_items(place)
    except OperatorError as error:
        told.append(str(error))
    assert [said in one for one in told] == [True]
    assert sorted(tmp_path.iterdir()) == before, "a check makes nothing"


@pytest.mark.parametrize("template", ["", "aviso"])
def test_whatsapp_without_a_template_is_said_to_be(
    cli: Installation, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    given = {"TOKEN": "a", "PHONE_NUMBER_ID": "1", "APP_SECRET": "b", "VERIFY_TOKEN": "c"}
    for name, value in {**given, **({"TEMPLATE": template} if template else {})}.items():
        monkeypatch.setenv(f"OPINA_WHATSAPP__{name}", value)
    done = cli.opina("check")
    assert done.code == 0
    assert ("[whatsapp] template: falta" in done.out) is (not template)


def test_a_language_is_unreviewed_until_a_native_reviewer_is_named(
    own_content: Path, cli: Installation
):
    file = own_content / "municipality.toml"
    text = file.read_text()
    assert "«ht» no los ha revisado" in cli.opina("check", str(own_content)).out
    assert 'ht = ""' in text
    file.write_text(text.replace('ht = ""', 'ht = "Nombre Apellido"'))
    done = cli.opina("check", str(own_content))
    assert done.code == 0
    assert "revisado" not in done.out


def test_every_problem_of_a_folder_is_reported_at_once(own_content: Path, cli: Installation):
    area = own_content / "areas" / "aseo.toml"
    area.write_text(area.read_text().replace('"Escombros"', '"Un nombre demasiado largo para"'))
    with (own_content / "desks.toml").open("a") as desks:
        desks.write('[[desks]]\ntoken = "NADIE1"\nname = "Nadie"\narea = "nadie"\n')
    (own_content / "wording" / "es-CL.ftl").unlink()
    done = cli.opina("check", str(own_content))
    assert done.code == 2
    assert done.out == ""
    for where in ("areas/aseo.toml", "desks.toml", "wording/es-CL.ftl"):
        assert any(line.startswith(where) for line in done.err.splitlines()), where
    assert f"problemas en {own_content}" in done.err
    assert "Traceback" not in done.err


def test_the_packaged_content_can_be_copied_and_is_all_right_there(
    cli: Installation, tmp_path: Path
):
    copy = tmp_path / "contenido"
    done = cli.opina("content", "copy", str(copy))
    assert done.code == 0
    assert f'content = "{copy}"' in done.out
    assert (copy / "municipality.toml").read_text() == (PACKAGED / "municipality.toml").read_text()
    assert cli.opina("check", str(copy)).code == 0


def test_a_copy_overwrites_nothing(cli: Installation, tmp_path: Path):
    (tmp_path / "full").mkdir()
    kept = tmp_path / "full" / "municipality.toml"
    kept.write_text("mine")
    done = cli.opina("content", "copy", str(tmp_path / "full"))
    assert done.code == 2
    assert kept.read_text() == "mine"


def test_gaps_are_listed_by_owner_within_80_columns(cli: Installation):
    done = cli.opina("gaps")
    assert done.code == 0
    assert "Tránsito (sin responsable): " in done.out
    assert "Servicio Permiso de circulación: lugar, horario" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_gaps_of_one_owner_leave_the_others_out(cli: Installation):
    done = cli.opina("gaps", "--owner", "transito")
    assert "Permiso de circulación" in done.out
    assert "Aseo" not in done.out


def test_an_owner_without_gaps_is_told_with_the_one_that_was_meant(cli: Installation):
    done = cli.opina("gaps", "--owner", "transitto")
    assert done.code == 2
    assert "¿quiso decir transito?" in done.err
    done = cli.opina("gaps", "--owner", "Marte")
    assert done.code == 2
    assert "«Marte»" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_filled_in_spreadsheet_becomes_content(own_content: Path, cli: Installation):
    sheet = Path("faltan.xlsx")
    assert cli.opina("gaps", "--write", str(sheet)).code == 0
    fill_in(sheet, "permiso", Lugar="Edificio consistorial, piso 1", Responsable="Tránsito")
    done = cli.opina("gaps", "--read", str(sheet))
    assert (done.code, done.err) == (0, "")
    assert "2 datos anotados en 1 archivo" in done.out
    permiso = load_release(own_content).content.service_by_id["permiso"]
    assert permiso.place == "Edificio consistorial, piso 1"
    assert permiso.owner == "Tránsito"


def test_a_content_file_behind_a_link_is_edited_where_it_lies(
    own_content: Path, cli: Installation
) -> None:
    file, kept = own_content / "areas" / "transito.toml", cli.folder / "aparte" / "transito.toml"
    kept.parent.mkdir()
    file.rename(kept)
    kept.chmod(0o640)
    file.symlink_to("../../aparte/transito.toml")
    cli.opina("gaps", "--write", "faltan.xlsx")
    fill_in(Path("faltan.xlsx"), "permiso", Lugar="Edificio consistorial, piso 1")
    assert cli.opina("gaps", "--read", "faltan.xlsx").code == 0
    assert file.readlink() == Path("../../aparte/transito.toml")
    assert "Edificio consistorial, piso 1" in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o777 == 0o640
    assert not [*own_content.rglob("*.new"), *kept.parent.glob("*.new")]


def held(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.mark.parametrize("room", [0, 1_000, 9_000])
def test_content_that_cannot_be_written_whole_stays_as_it_was(
    own_content: Path, cli: Installation, room: int
) -> None:
    desks = own_content / "desks.toml"
    desks.write_bytes(desks.read_bytes() + b"# " + b"x" * 10_000)
    before = held(own_content)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        done = cli.opina("content", "drop", "aseo")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (done.code, len(done.err.splitlines())) == (2, 1), done
    assert "no se puede escribir: el archivo es demasiado grande" in done.err
    assert held(own_content) == before


@pytest.mark.parametrize(
    ("target", "why"),
    [("nowhere/faltan.xlsx", "no existe"), ("lleno.xlsx", "no queda espacio en el disco")],
)
def test_a_spreadsheet_that_cannot_be_written_is_one_line(cli: Installation, target: str, why: str):
    Path("lleno.xlsx").symlink_to("/dev/full")
    done = cli.opina("gaps", "--write", target)
    assert done.code == 2
    assert done.err == (
        f"--write {target}: no se puede escribir: {why}; elija otro lugar, con espacio\n"
    )


def test_a_copy_that_has_no_room_leaves_the_folder_empty(cli: Installation):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))  # some files are larger
    try:
        done = cli.opina("content", "copy", "propio")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert done.err.startswith("propio: no se puede escribir: el archivo es demasiado grande")
    assert list(Path("propio").iterdir()) == []


def test_what_would_break_the_content_is_refused_and_changes_nothing(
    own_content: Path, cli: Installation
):
    sheet = Path("faltan.xlsx")
    cli.opina("gaps", "--write", str(sheet))
    long = "Una explicación que no termina nunca. " * 7
    fill_in(sheet, "permiso", Lugar=long, Horario=long, Costo=long)
    before = (own_content / "areas" / "transito.toml").read_text()
    done = cli.opina("gaps", "--read", str(sheet))
    assert done.code == 2
    assert "permiso" in done.err
    assert (own_content / "areas" / "transito.toml").read_text() == before


def test_the_packaged_content_is_not_written_to(cli: Installation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    done = cli.opina("gaps", "--read", "faltan.xlsx")
    assert done.code == 2
    assert "opina content copy" in done.err


def test_another_folder_can_be_named(own_content: Path, cli: Installation, monkeypatch):
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    done = cli.opina("gaps", "--content", str(own_content), "--owner", "Aseo")
    assert done.code == 0
    assert "Retiro de escombros" in done.out


def test_what_was_published_in_the_panel_is_checked_with_the_content(
    cli: Installation, own_content: Path
):
    written = load_release(own_content).content.indicators
    first = next(one for one in written if one.id == "nota-6-7")
    second = {"version": 2, "valid_from": first.valid_from + timedelta(weeks=4), "target": 70}
    published = first.model_copy(update=second)
    cli.write(lambda tx: add(tx, published, 1, datetime(2026, 1, 20, tzinfo=UTC)))
    assert cli.opina("check").code == 0
    file = own_content / "indicators.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("version = 1", "version = 2", 1), encoding="utf-8")
    assert "nota-6-7" in cli.opina("check").err  # the file alone lacks its first version
    block = text.split("[[indicators]]")[1]
    another = block.replace("version = 1", "version = 2").replace("01-01", "06-01")
    for own, said in (
        (f"{text}\n[[indicators]]{another}", "2 ya se publicó en el panel"),
        (text.replace("2026-01-01", "2026-06-01", 1), "debe regir desde después"),
    ):
        file.write_text(own, encoding="utf-8")
        done = cli.opina("check")
        assert done.code == 2
        assert "publicado en el panel: nota-6-7: " in done.err
        assert said in done.err


def test_whom_nobody_is_named_for_is_told_as_left_to_be_done(own_content: Path, cli: Installation):
    assert "3 puntos de atención sin «staff»" in cli.opina("check").out
    (own_content / "desks.toml").write_text("desks = []\n", encoding="utf-8")
    done = cli.opina("check", str(own_content))
    assert (done.code, done.err) == (0, "")
    lines = [line.partition(":")[0] for line in done.out.splitlines()]
    assert lines.index("desks.toml") < lines.index("[municipality] duty_email")
    assert "3 áreas sin «owner», que es quien mantiene su ficha al día: aseo, " in done.out


NEW = ("--name", "Municipalidad de Río Hueco", "--short-name", "Río Hueco", "--prefix", "RH")


def test_another_municipality_gets_its_content_with_its_areas(cli: Installation) -> None:
    folder = cli.folder / "nuevo"
    done = cli.opina("content", "new", str(folder), *NEW, "--areas", "aseo, transito")
    assert (done.code, done.err) == (0, "")
    assert f'content = "{folder}"' in done.out
    checked = cli.opina("check", str(folder))
    assert checked.code == 0
    assert "Municipalidad de Río Hueco: sin errores; al final" in checked.out
    assert "2 áreas" in checked.out
    assert "de otra municipalidad" not in checked.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((*NEW, "--areas", "transit"), "no trae un área «transit»; ¿quiso decir transito?"),
        ((*NEW[:-1], "rh1"), "municipality.toml: case_prefix"),
        ((*NEW[:3], "Una comuna de nombre muy largo", *NEW[4:]), "municipality.toml: short_name"),
    ],
)
def test_a_new_content_that_would_be_wrong_is_not_made(
    cli: Installation, options: tuple[str, ...], said: str
) -> None:
    folder = cli.folder / "nuevo"
    done = cli.opina("content", "new", str(folder), *options)
    assert done.code == 2
    assert said in done.err
    assert not folder.exists() or not list(folder.iterdir())


def test_an_area_is_dropped_from_the_configured_content_and_its_posters_are_named(
    own_content: Path, cli: Installation
) -> None:
    done = cli.opina("content", "drop", "aseo")
    assert (done.code, done.err) == (0, "")
    assert "Ya no sirven los afiches con los códigos" in done.out
    checked = cli.opina("check", str(own_content))
    assert checked.code == 0
    assert "2 áreas" in checked.out


def test_the_programs_own_content_is_not_dropped_from(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    done = cli.opina("content", "drop", "aseo")
    assert done.code == 2
    assert "opina content copy CARPETA" in done.err


def test_sentences_that_an_upgrade_brought_are_used_and_told(
    own_content: Path, cli: Installation
) -> None:
    file = own_content / "wording" / "es-CL.ftl"
    text = file.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("policy-right")]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    done = cli.opina("check", str(own_content))
    assert done.code == 0
    assert (
        "wording/es-CL.ftl: no tiene 1 oración, y se usan las del programa: policy-right"
        in done.out
    )


def test_a_municipality_may_speak_fewer_languages_than_its_texts_are_in(
    own_content: Path, cli: Installation
) -> None:
    file = own_content / "municipality.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('["es-CL", "en", "ht"]', '["es-CL"]'), encoding="utf-8")
    done = cli.opina("check", str(own_content))
    assert (done.code, done.err) == (0, "")
    assert "1 idioma\n" in done.out
    assert "hablante nativo" not in done.out
