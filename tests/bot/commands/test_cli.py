"""The command line as a whole: quick, and without tracebacks."""

from __future__ import annotations

import re
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.commands.conftest import Installation
from tests.bot.commands.shell import OPINA, run_in_shell

COMMANDS = "run chat demo check content gaps posters search digest export sums staff cases".split()
HEAVY = {"sqlalchemy", "aiohttp", "pydantic", "rich", "alembic", "xlsxwriter", "telegram"}


def opina(*arguments: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": "/usr/bin:/bin", **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_asking_for_help_loads_nothing_heavy():
    code = "import sys, bot.cli; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert not HEAVY & set(found.stdout.split())


def test_every_command_explains_itself(cli: Installation):
    listed = cli.opina("--help")
    assert listed.code == 0
    for command in COMMANDS:
        assert f"  {command} " in listed.out
        own = cli.opina(command, "--help")
        assert own.code == 0, own.err
        assert max(map(len, own.out.splitlines())) <= 80


def test_a_wrong_setting_is_one_line_and_exit_code_2(tmp_path: Path):
    done = opina("staff", "list", cwd=tmp_path, OPINA_WEB__PORT="many")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "OPINA_WEB__PORT" in done.stderr


def test_a_missing_configuration_file_is_named(cli: Installation):
    done = cli.opina("staff", "list", "--config", "nowhere.toml")
    assert done.code == 2
    assert "nowhere.toml" in done.err


def test_a_configuration_file_is_taken_from_the_option(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    Path("other.toml").write_text('[municipality]\ncontent = "nowhere"\n', encoding="utf-8")
    assert cli.opina("check").code == 0
    # The environment comes before the file, so it must not name the content.
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    done = cli.opina("check", "--config", "other.toml")
    assert done.code == 2
    assert "nowhere" in done.err


def test_a_configuration_file_is_taken_from_the_variable_unless_the_option_names_one(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    for name in ("one", "two"):
        text = f'[municipality]\ncontent = "{name}-nowhere"\n'
        Path(f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    monkeypatch.setenv("OPINA_CONFIG", "one.toml")
    assert "one-nowhere" in cli.opina("check").err
    assert "two-nowhere" in cli.opina("check", "--config", "two.toml").err
    monkeypatch.setenv("OPINA_CONFIG", "")
    assert cli.opina("check").code == 0


@pytest.mark.parametrize(
    "command", ["staff list", "digest", "backup . --create", "upgrade --backup ."]
)
def test_a_path_that_leads_to_no_database_is_told_and_makes_none(
    cli: Installation, monkeypatch: pytest.MonkeyPatch, command: str
):
    monkeypatch.setenv("OPINA_DATABASE__URL", "sqlite:///mistyped/opina.db")
    done = cli.opina(*command.split())
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert f"{cli.folder}/mistyped/opina.db: no hay una base de datos ahí; corrija" in done.err
    assert not Path("mistyped").exists()


def test_staff_may_be_added_before_the_first_start(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPINA_DATABASE__URL", f"sqlite:///{cli.folder}/first.db")
    done = cli.opina("staff", "add", "Ana Rojas", "--email", "ana@example.cl", "--admin")
    assert (done.code, done.err) == (0, f"Nueva base de datos: {cli.folder}/first.db\n")
    assert cli.opina("staff", "list").err == ""


def test_a_database_that_is_away_is_exit_code_1_with_a_remedy(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPINA_DATABASE__URL", "postgresql://opina:secret@127.0.0.1:1/opina")
    for command in (("staff", "list"), ("check",)):
        done = cli.opina(*command)
        assert done.code == 1
        assert "[database] url" in done.err
        assert "secret" not in done.err
        assert "Traceback" not in done.err
    assert "opina check --no-database" in done.out
    alone = cli.opina("check", "--no-database")
    assert (alone.code, "sin errores" in alone.out) == (0, True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chek", "la orden «chek» no existe; ¿quiso decir check?; vea opina --help"),
        ("bogus", "la orden «bogus» no existe; vea opina --help"),
        ("staff ad", "la orden «ad» no existe"),
        ("check --confg x", "la opción «--confg» no existe; ¿quiso decir --config?"),
        ("check --config", "la opción --config pide un valor"),
        ("check one two", "sobra «two»"),
        ("backup", "falta CARPETA; vea opina backup --help"),
        ("backup x --keep many", "--keep no sirve; se espera un número entero"),
        ("backup x --keep -3", "--keep no sirve; se espera un número mayor"),
        ("export", "falta QUE; se permite responses, lookups"),
        ("export respons", "QUE no sirve; se permite responses, lookups"),
        ("content copy taken", "taken: es un archivo; elija otra carpeta"),
        ("search x --format xml", "--format no sirve; se permite text, json"),
        ("staff add", "falta NOMBRE"),
        ("search", 'escriba una consulta, opina search "…", o --evaluate ARCHIVO'),
        ("digest --week 47", "--week 47: no es una semana"),
        ("digest --area trasito", "--area «trasito»: no existe esa área; ¿quiso decir transito?"),
        ("digest --area Tránsitos", "no existe esa área; ¿quiso decir transito?"),
        ("digest --area xyz", "no existe esa área; hay 3, como aseo, cementerios, transito"),
        ("export lookups --out .", "--out: ese nombre de archivo no se puede usar"),
    ],
)
def test_a_mistyped_command_is_one_spanish_line_with_what_was_meant(
    cli: Installation, line: str, said: str
):
    (cli.folder / "taken").touch()
    done = cli.opina(*shlex.split(line))
    assert done.code == 2
    assert len(done.err.splitlines()) == 1, done.err
    assert said in done.err


def test_help_is_in_spanish(cli: Installation):
    for command in ((), ("export",), ("staff", "add")):
        said = cli.opina(*command, "--help").out
        assert said.startswith("Uso: opina")
        assert "Opciones:" in said
        assert not {"Usage", "Options", "Arguments", "Commands"} & set(re.findall(r"\w+", said))
        assert "Show this" not in said
        assert "[default" not in said
        assert "required]" not in said


DAMAGE = {
    "no database at all": lambda _: b"hola\n" * 2_000,
    "zeros in the middle": lambda raw: raw[:4_096] + bytes(len(raw) - 4_096),
    "cut off": lambda raw: raw[: len(raw) // 3],
    "its head is gone": lambda raw: bytes(100) + raw[100:],
    "other bytes in its catalogue": lambda raw: raw[:100] + b"\xff" * 3_900 + raw[4_000:],
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_database_says_how_to_restore_it(cli: Installation, kind: str):
    file = Path(cli.url.removeprefix("sqlite:///"))
    assert cli.opina("staff", "list").code == 0
    file.write_bytes(DAMAGE[kind](file.read_bytes()))
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    for command in (("staff", "list"), ("export", "lookups"), ("backup", "copias", "--create")):
        done = cli.opina(*command)
        assert done.code == 2, (command, done)
        assert len(done.err.splitlines()) == 1
        assert done.err.startswith("La base de datos está dañada")
        assert "opina restore" in done.err
        assert "no se perdió nada" not in done.err


def test_a_full_output_is_one_line(small_content: Path, tmp_path: Path):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", "gaps"],
            cwd=tmp_path,
            env={
                "PYTHONPATH": str(Path(__file__).parents[3]),
                "PATH": "/usr/bin:/bin",
                "OPINA_MUNICIPALITY__CONTENT": str(small_content),
            },
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "la salida no se puede escribir: no queda espacio en el disco\n"


HALF = {
    "whatsapp-token": ("[whatsapp]", "falta phone_number_id, app_secret y verify_token"),
    "whatsapp-app_secret whatsapp-verify_token whatsapp-token": ("[whatsapp]", "phone_number_id"),
    "telegram-webhook_secret": ("[telegram]", "falta token"),
    "telegram-mode": ("[telegram]", "falta token, webhook_secret y [web] public_url"),
    "mail-host": ("[mail]", "falta from"),
    "mail-from": ("[mail]", "falta host"),
    "mail-host mail-from mail-username": ("[mail]", "falta password"),
    "mail-host mail-from mail-password": ("[mail]", "falta username"),
}


@pytest.mark.parametrize("given", HALF)
def test_a_channel_that_is_half_configured_is_not_in_order(
    cli: Installation, monkeypatch: pytest.MonkeyPatch, given: str
):
    for setting in given.split():
        section, _, key = setting.partition("-")
        known = {"mode": "webhook", "phone_number_id": "1", "from": "opina@municipio.example"}
        value = known.get(key, "secreto")
        monkeypatch.setenv(f"OPINA_{section}__{key}".upper(), value)
    done = cli.opina("check")
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert all(part in done.err for part in HALF[given]), done.err
    assert done.err.startswith(f"OPINA_{given.partition('-')[0].upper()}__"), done.err
    assert "a medias" in done.err
    assert "secreto" not in done.err
    assert "sin errores" not in done.out


@pytest.mark.parametrize("command", ["check", "search hola", "content drop x", "gaps"])
def test_a_content_folder_that_is_none_is_said_with_its_setting(
    cli: Installation, monkeypatch: pytest.MonkeyPatch, command: str
):
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    place = "config.toml: [municipality] content: "
    for folder, said in (("nohay", "no es una carpeta"), (".", "no tiene municipality.toml")):
        Path("config.toml").write_text(f'[municipality]\ncontent = "{folder}"\n', encoding="utf-8")
        done = cli.opina(*command.split())
        assert (done.code, done.err.startswith(f"{place}{folder}: {said}")) == (2, True), done.err


@pytest.mark.parametrize("option", [(), ("--config", "config.toml"), ("--config=ajustes.toml",)])
def test_what_a_setting_lacks_is_said_with_its_file(cli: Installation, option: tuple[str, ...]):
    file = option[-1].rpartition("=")[2] if option else "config.toml"
    Path(file).write_text('[mail]\nhost = "smtp.example.cl"\n', encoding="utf-8")
    done = cli.opina("check", *option)
    assert (done.code, done.err.startswith(f"{file}: [mail] está a medias")) == (2, True)


@pytest.mark.parametrize(
    ("section", "lacks"),
    [
        ("telegram", "falta token;"),
        ("whatsapp", "falta token, phone_number_id, app_secret y verify_token;"),
        ("mail", "falta host y from;"),
    ],
)
def test_a_section_that_turns_no_channel_on_is_said_to_be_off(
    cli: Installation, section: str, lacks: str
):
    for written in (f"[{section}]\n", f"[{section}]\ntoken = ''\n" if section != "mail" else ""):
        Path("config.toml").write_text(written, encoding="utf-8")
        done = cli.opina("check")
        said = f"[{section}]: {lacks} mientras tanto ese canal está apagado"
        assert (done.code, said in done.out) == (0, bool(written)), done.out


WEBHOOK = """[telegram]
token = "1:abc"
mode = "webhook"
webhook_secret = "secreto"
[web]
public_url = "http://opina.example.cl"
"""


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('[municipality]\ncontent = "nohay"\n', "[municipality] content: nohay: no es una"),
        (WEBHOOK, "no empieza con https://"),
        ("[web]\nport = {taken}\n", "[web] port: no se puede escuchar"),
        ('[web]\nhost = "192.0.2.1"\n', "[web] host: no se puede escuchar"),
    ],
)
def test_what_cannot_run_makes_no_database(
    cli: Installation, monkeypatch: pytest.MonkeyPatch, settings: str, said: str
):
    monkeypatch.delenv("OPINA_MUNICIPALITY__CONTENT")
    monkeypatch.setenv("OPINA_DATABASE__URL", "sqlite:///new/opina.db")
    monkeypatch.setenv("OPINA_DATABASE__KEYS", "new/keys.toml")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        written = settings.replace("{taken}", str(taken.getsockname()[1]))
        Path("config.toml").write_text(written, encoding="utf-8")
        for command in ("run", "demo --folder new"):
            if settings is not WEBHOOK or command == "run":  # a demonstration has no channels
                done = cli.opina(*command.split())
                assert (done.code, done.err.count("\n"), said in done.err) == (2, 1, True), done.err
        if settings is WEBHOOK:
            assert said in cli.opina("check", "--no-database").err
    assert not Path("new").exists()


def test_a_channel_that_is_off_or_whole_is_in_order(
    cli: Installation, monkeypatch: pytest.MonkeyPatch
):
    assert cli.opina("check").code == 0
    for key in ("token", "app_secret", "verify_token"):
        monkeypatch.setenv(f"OPINA_WHATSAPP__{key}".upper(), "x")
    monkeypatch.setenv("OPINA_WHATSAPP__PHONE_NUMBER_ID", "1")
    monkeypatch.setenv("OPINA_TELEGRAM__TOKEN", "1:x")
    monkeypatch.setenv("OPINA_MAIL__HOST", "smtp.example.cl")
    monkeypatch.setenv("OPINA_MAIL__FROM", "opina@example.cl")
    assert cli.opina("check").code == 0


def test_a_reader_that_has_seen_enough_is_no_failure(small_content: Path, tmp_path: Path):
    done = run_in_shell(f"{OPINA} gaps | head -n 1", tmp_path, small_content, PYTHONUNBUFFERED="1")
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""
