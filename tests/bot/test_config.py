"""Settings: the example is truthful, variables override files, mistakes are named in one line."""

import re
import tomllib
from datetime import date, time
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr

from bot.config import Settings, WebSettings
from bot.settings import read_settings
from handlers.errors import OperatorError

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
GUIDE = EXAMPLE.parent / "docs" / "operations.md"


def example_with_every_line_in_force() -> dict[str, dict[str, object]]:
    text = re.sub(r"^#(?=[a-z_]+ = )", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.M)
    return tomllib.loads(text)


def sections() -> dict[str, type[BaseModel]]:
    found = {}
    for name, field in Settings.model_fields.items():
        assert isinstance(field.annotation, type)
        assert issubclass(field.annotation, BaseModel)
        found[name] = field.annotation
    return found


def configured(folder: Path, text: str, environ: dict[str, str] | None = None) -> Settings:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file, environ or {})


def complaint(folder: Path, text: str, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(OperatorError) as caught:
        configured(folder, text, environ)
    return str(caught.value).replace(str(folder), "")


def test_the_example_names_every_setting_and_no_other() -> None:
    named = {section: set(keys) for section, keys in example_with_every_line_in_force().items()}
    assert named == {
        section: {field.alias or name for name, field in model.model_fields.items()}
        for section, model in sections().items()
    }


def test_the_example_shows_each_default_truthfully() -> None:
    shown = example_with_every_line_in_force()
    for section, model in sections().items():
        defaults = model()
        for name, field in model.model_fields.items():
            value = shown[section][field.alias or name]
            default = getattr(defaults, name)
            if default is None:
                assert value == "", f"[{section}] {name} has no default"
                continue
            assert value != "", f"[{section}] {name} has a default"
            read = model.model_validate({field.alias or name: value})
            assert getattr(read, name) == default, f"[{section}] {name}"


def test_the_example_as_it_is_changes_nothing() -> None:
    assert read_settings(EXAMPLE, {}) == Settings()


def test_every_setting_in_the_operators_guide_exists() -> None:
    blocks = re.findall(r"^ *```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    assert len(blocks) >= 5
    for block in blocks:
        for section, values in tomllib.loads(block).items():
            model = sections()[section]
            known = {field.alias or name for name, field in model.model_fields.items()}
            assert set(values) <= known


def test_without_a_file_in_the_folder_the_defaults_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings(None, {}) == Settings()
    (tmp_path / "config.toml").write_text("[web]\nport = 9000\n")
    assert read_settings(None, {}).web.port == 9000


def test_a_variable_comes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    settings = configured(
        tmp_path,
        '[web]\nport = 9000\nhost = "0.0.0.0"\n',
        {"OPINA_WEB__PORT": "9001", "OPINA_DIGEST__TIME": "7:30", "HOME": "/", "OPINA_X": "y"},
    )
    assert settings.web.port == 9001
    assert settings.web.host == "0.0.0.0"
    assert settings.digest.time == time(7, 30)
    assert settings.digest.weekday == "monday"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "::1", "0.0.0.0", "localhost", "srv-2.muni_serena.example", "fe80::1%eth0"],
)
def test_a_host_is_an_address_or_a_name(tmp_path: Path, host: str) -> None:
    assert configured(tmp_path, f'[web]\nhost = "{host}"\n', {}).web.host == host


@pytest.mark.parametrize(
    "host", ["999.1.1.1", "1.2.3", "127.0.0.1:80", "http://127.0.0.1", "a..b", "a b", "x" * 64, "*"]
)
def test_what_is_no_host_is_told_under_its_key(tmp_path: Path, host: str) -> None:
    with pytest.raises(OperatorError, match=r"\[web\] host: .*se espera 127"):
        configured(tmp_path, f'[web]\nhost = "{host}"\n', {})


@pytest.mark.parametrize("key", ["keys", "journal"])
@pytest.mark.parametrize("path", ["/", ".", "..", "var/..", "here"])
def test_a_folder_is_no_file_of_keys_or_erasures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()
    said = complaint(tmp_path, f'[database]\n{key} = "{path}"\n')
    assert f"[database] {key}: " in said
    assert "se espera un archivo, y no una carpeta" in said


@pytest.mark.parametrize(
    ("web", "address"),
    [
        (WebSettings(public_url="https://opina.example", host="0.0.0.0"), "https://opina.example"),
        (WebSettings(), "http://127.0.0.1:8080"),
        (WebSettings(host="0.0.0.0", port=8081), "http://127.0.0.1:8081"),
        (WebSettings(host="::1"), "http://[::1]:8080"),
    ],
)
def test_links_lead_where_a_browser_can_go(web: WebSettings, address: str) -> None:
    assert web.address() == address


@pytest.mark.parametrize(
    ("section", "name"),
    [(section, name) for section, model in sections().items() for name in model.model_fields],
)
def test_every_setting_can_be_given_by_its_variable(
    tmp_path: Path, section: str, name: str
) -> None:
    special = {
        "port": "2525",
        "token": "123456:" + "a" * 35,
        "phone": "147",
        "warning_days": "2",
        "trusted_proxies": "192.0.2.0/24",
        "public_url": "https://opina.example",
        "url": "postgresql://opina@localhost/opina",
        "mode": "webhook",
        "api_url": "http://127.0.0.1:9",
        "phone_number_id": "123",
        "display_number": "56900000000",
        "api_version": "v24.0",
        "weekday": "friday",
        "template_language": "es_CL",
        "sender": "Opina <opina@localhost>",
        "email": "oficina@muni.example",
        "duty_email": "turno@muni.example",
        "idle_minutes": "30",
        "person_minutes": "30",
        "silent_minutes": "5",
        "session_hours": "8",
        "time": "09:15",
        "security": "tls",
        "timezone": "Pacific/Easter",
        "messages_per_second": "12.5",
        "answer_days": "25",
        "longest_days": "40",
        "forward_hours": "48",
        "breach_report_hours": "24",
        "first_warning_days": "8",
        "second_warning_days": "2",
        "file_megabytes": "5",
        "audio_days": "3",
        "reopen_days": "15",
        "records_days": "21",
        "records_extension_days": "5",
        "opens": "09:00",
        "closes": "13:45",
        "security_policy": "https://opina.example/seguridad",
        "approved_on": "2026-12-01",
    }
    value = special.get(name, "45" if name.endswith("_days") else "otro")
    key = sections()[section].model_fields[name].alias or name
    settings = configured(tmp_path, "", {f"OPINA_{section}__{key}".upper(): value})
    given = getattr(getattr(settings, section), name)
    if isinstance(given, SecretStr):
        given = given.get_secret_value()
    assert value in (str(given), f"{given:%H:%M}" if isinstance(given, time) else None)


def test_an_empty_text_means_not_set(tmp_path: Path) -> None:
    settings = configured(
        tmp_path, '[telegram]\ntoken = ""\n', {"OPINA_WHATSAPP__TOKEN": "", "OPINA_WEB__PORT": ""}
    )
    assert settings == Settings()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[web]\nport = 70000", "/config.toml: [web] port: es muy alto; hasta 65535"),
        ('[web]\nport = "ocho"', "/config.toml: [web] port: no sirve; se espera un número entero"),
        (
            '[telegram]\nmode = "push"',
            "/config.toml: [telegram] mode: no existe; se permite polling o webhook",
        ),
        (
            '[telegram]\nwebhook_secret = "a b"',
            "/config.toml: [telegram] webhook_secret: no sirve; se espera de 1 a 256 caracteres",
        ),
        (
            '[database]\nurl = "mysql://x"',
            "/config.toml: [database] url: no sirve; se espera sqlite:///RUTA o postgresql://",
        ),
        (
            '[digest]\nweekday = "lunes"',
            "/config.toml: [digest] weekday: no existe; se permite monday, ",
        ),
        ("[digest]\ntime = 8", "/config.toml: [digest] time: no sirve; se espera hora y minutos"),
        ('[digest]\ntime = "25:00"', "/config.toml: [digest] time: "),
        (
            '[municipality]\ntimezone = "Chile"',
            "/config.toml: [municipality] timezone: no sirve; se espera una zona horaria:"
            " America/Santiago o America/Punta_Arenas o America/Coyhaique o Pacific/Easter",
        ),
        (
            "[cases]\nlongest_days = 10",
            "/config.toml: [cases]: no sirve; se espera longest_days igual o mayor que answer_days",
        ),
        (
            "[cases]\nsecond_warning_days = 12",
            "/config.toml: [cases]: no sirve; se espera second_warning_days menor que first_",
        ),
        (
            '[cases]\ncloses = "08:00"',
            "/config.toml: [cases]: no sirve; se espera closes después de opens",
        ),
        (
            '[web]\ntrusted_proxies = "10.0.0.0/8, proxy"',
            "/config.toml: [web] trusted_proxies: no sirve; se espera direcciones o redes",
        ),
        ("[web]\nprot = 1", "/config.toml: [web] prot: esa clave no existe; ¿quiso decir port?"),
        ("[wbe]\nport = 1", "/config.toml: [wbe]: esa sección no existe; ¿quiso decir web?"),
        ("web = 1", "/config.toml: [web]: "),
        ("port = 1", "/config.toml: port: va bajo el título de su sección: [web], [mail]"),
        (
            '[web]\npublic_url = "https://ana:clave@opina.cl"',
            "/config.toml: [web] public_url: no sirve; se espera una dirección como https://opina."
            "dominio.cl, sin usuario ni clave",
        ),
        (
            '[web]\npublic_url = "https://munijemplo.cl/opina/"',
            "/config.toml: [web] public_url: no sirve; se espera una dirección como https://opina."
            "dominio.cl, sin nada después del nombre",
        ),
        *(
            (
                f"[database]\n{text}",
                "/config.toml: [database]: no sirve; se espera un archivo distinto en cada una",
            )
            for text in (
                'journal = "var/keys.toml"',
                'journal = "var/../var/opina.db"',
                'keys = "var/opina.db"',
                'keys = "erasures.jsonl"\njournal = "./erasures.jsonl"',
            )
        ),
        ("port 1", "/config.toml: no es TOML: línea 1, columna 6: "),
    ],
)
def test_a_wrong_value_gets_one_line_with_file_key_and_what_is_allowed(
    tmp_path: Path, text: str, line: str
) -> None:
    said = complaint(tmp_path, text)
    assert said.startswith(line)
    assert "\n" not in said


def test_a_wrong_variable_is_named_instead_of_the_file(tmp_path: Path) -> None:
    said = complaint(tmp_path, "", {"OPINA_WEB__PORT": "ocho", "OPINA_WBE__PORT": "1"})
    assert sorted(line.split(":")[0] for line in said.splitlines()) == [
        "OPINA_WBE__PORT",
        "OPINA_WEB__PORT",
    ]


def test_a_variable_that_is_nearly_a_settings_is_not_left_out_without_a_word(
    tmp_path: Path,
) -> None:
    environ = {"OPINA_WEB_PORT": "81", "opina_mail__from": "a@b.cl", "OPINA_CASES_PORT": "1"}
    assert complaint(tmp_path, "", environ).splitlines() == [
        "OPINA_WEB_PORT: esa variable no existe; ¿quiso decir OPINA_WEB__PORT?",
        "opina_mail__from: esa variable no existe; ¿quiso decir OPINA_MAIL__FROM?",
    ]
    of_kubernetes = {"OPINA_WEB_PORT": "tcp://10.0.0.1:80"}
    assert configured(tmp_path, "", of_kubernetes) == Settings()


def test_every_mistake_is_reported_at_once_and_no_secret_is_repeated(tmp_path: Path) -> None:
    said = complaint(
        tmp_path,
        '[web]\nport = -1\n[telegram]\nwebhook_secret = "muy secreto"\n[whatsapp]\ntoken = 12345\n',
    )
    assert len(said.splitlines()) == 3
    assert "secreto" not in said
    assert "12345" not in said


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"no existe; copie config\.example\.toml"):
        read_settings(tmp_path / "config.toml", {})


def test_the_journal_of_erasures_is_beside_the_keys_unless_it_is_put_elsewhere(
    tmp_path: Path,
) -> None:
    keys = '[database]\nkeys = "llaves/keys.toml"\n'
    assert configured(tmp_path, keys).database.journal_file == Path("llaves/erasures.jsonl")
    elsewhere = configured(tmp_path, keys + 'journal = "/mnt/otro/borrados.jsonl"\n')
    assert elsewhere.database.journal_file == Path("/mnt/otro/borrados.jsonl")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[web]\nport = true", "[web] port: no sirve; se espera un número entero"),
        ("[web]\nport = 8080.0", "[web] port: no sirve; se espera un número entero"),
        ('[web]\nport = "8_080"', "[web] port: no sirve; se espera un número entero"),
        ("[telegram]\nmessages_per_second = true", "se espera un número"),
        ("[telegram]\nmessages_per_second = -1", "es muy bajo; desde 0"),
        ("[privacy]\napproved_on = 0", "approved_on: no sirve; se espera una fecha"),
        ("[privacy]\napproved_on = 1763251200", "approved_on: no sirve; se espera una fecha"),
        ("[privacy]\napproved_on = 2026-11-16T08:00:00", "se espera una fecha"),
        ('[privacy]\napproved_on = "2026-02-31"', "se espera una fecha que exista"),
    ],
)
def test_no_value_is_taken_for_one_of_another_type(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text)


def test_numbers_and_dates_may_be_texts_as_variables_are(tmp_path: Path) -> None:
    environ = {"OPINA_WEB__PORT": "80", "OPINA_PRIVACY__APPROVED_ON": "2026-11-16"}
    settings = configured(tmp_path, '[mail]\nport = "25"', environ)
    assert (settings.web.port, settings.mail.port) == (80, 25)
    assert settings.privacy.approved_on == date(2026, 11, 16)
