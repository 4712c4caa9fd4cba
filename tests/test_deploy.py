"""What lies in deploy/ fits the service: metrics, commands and files exist."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
import subprocess
import tomllib
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import cast

import pytest
import typer
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.cli import app
from bot.config import WebSettings
from bot.observability.metrics import Job, Metrics
from bot.reports.digests.digest_text import PATH
from bot.web.chat.requests import RequestLimits
from bot.web.health import Readiness, health_routes
from handlers.messages import Channel
from tests.e2e import service

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
STAGES = (
    "received", "duplicate", "committed", "quarantined", "sent", "retried", "uncertain", "failed",
)  # fmt: skip


EVENT = re.compile(r"log\.(?:info|warning|error)\(\s*\"([^\"]+)\"")
LOG_LINE = re.compile(r'"((?!opina )[a-z]+(?: [a-z]+)+)"')  # commands are quoted too

Samples = list[tuple[str, dict[str, str], float]]


def series(stage: str) -> str:
    return f"opina_{stage}_total"


@cache
def logged() -> set[str]:
    """The events that the service writes to its log."""
    sources = (ROOT / "bot").rglob("*.py")
    texts = (path.read_text(encoding="utf-8") for path in sources)
    return {event for text in texts for event in EVENT.findall(text)}


def rules() -> list[dict[str, object]]:
    (group,) = yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return list(group["rules"])


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """What a service that has done nothing yet answers at /metrics: name, labels, value."""

    async def asked() -> str:
        async with service.running(tmp_path_factory.mktemp("fresh")) as opina:
            for _ in range(100):  # what the database says is looked up beside the start
                status, text = await opina.get("/metrics")
                if "opina_last_digest_timestamp_seconds NaN" not in text:
                    break
                await asyncio.sleep(0.05)
            assert status == 200
            return text

    families = text_string_to_metric_families(asyncio.run(asked()))
    return [(one.name, one.labels, one.value) for family in families for one in family.samples]


def test_the_proxy_takes_as_many_open_pages_of_one_address_as_the_service() -> None:
    written = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    (count,) = re.findall(r"limit_conn opina_chat (\d+);", written)
    assert int(count) == RequestLimits().streams_of_one_address
    assert str(RequestLimits().streams_of_one_address) in (DEPLOY / "Caddyfile").read_text("utf-8")
    assert "limit_conn_log_level info;" in written, "a log must not hold a conversation's key"


@pytest.mark.parametrize(
    "address",
    [
        "/chat/events?token=KEY&after=3",
        "/chat/events?after=3&token=KEY",
        "/panel/entrar/KEY?volver=/panel",
        f"{PATH}/2026-W47/todas/KEY",
        "/panel/casos?area=aseo&q=KEY",
    ],
)
def test_what_a_proxy_logs_holds_no_key_and_no_name(address: str) -> None:
    """An error too is logged with the address, and there is one whenever the service restarts."""
    caddy, nginx = ((DEPLOY / name).read_text("utf-8") for name in ("Caddyfile", "nginx.conf"))
    (hidden,) = re.findall(r'request>uri regexp "(.+)" "\$\{1\}\.\.\."', caddy)
    assert "KEY" not in re.sub(hidden, "...", address)
    told = [re.match(one.replace("?<", "?P<"), address) for one in re.findall(r'"~(.+)"', nginx)]
    assert "KEY" not in next(match["told"] for match in told if match)
    assert re.findall(r"access_log (.+?);", nginx) == ["/var/log/nginx/opina.log opina", "off"]
    assert re.findall(r"error_log (.+?);", nginx) == ["/var/log/nginx/error.log crit"]


@pytest.mark.process
def test_every_stage_of_a_message_is_counted_from_the_start(fresh: Samples) -> None:
    for stage in STAGES:
        found = {labels["channel"]: value for name, labels, value in fresh if name == series(stage)}
        assert found == {channel.value: 0 for channel in Channel}, "growth is seen from 0 on"
    jobs = {labels["job"]: value for name, labels, value in fresh if name == series("job_failed")}
    assert jobs == {job.value: 0 for job in Job}


@pytest.mark.process
def test_a_fresh_service_shows_how_its_sending_stands(fresh: Samples) -> None:
    shown = {name: value for name, _, value in fresh}
    assert shown["opina_open_replies"] == 0
    assert shown["opina_oldest_due_reply_seconds"] == 0
    assert shown["opina_last_digest_timestamp_seconds"] == 0
    up = {labels["channel"]: value for name, labels, value in fresh if name == "opina_channel_up"}
    assert up == {"web": 1}, "of a channel that is off nothing is said"


@pytest.mark.process
@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alert_is_about_figures_that_are_there_from_the_start(
    rule: dict[str, object], fresh: Samples
) -> None:
    expression, told = str(rule["expr"]), str(rule["annotations"])
    used = set(re.findall(r"\$labels\.(\w+)", told))
    used |= set(re.findall(r"by \((\w+)\)", expression))
    named = set(re.findall(r"opina_\w+", expression))
    for name in named:
        found = [labels for one, labels, _ in fresh if one == name]
        assert found, name
        assert all(used <= labels.keys() for labels in found)
    assert named or "up{" in expression


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alert_says_how_urgent_it_is_and_what_to_do(rule: dict[str, object]) -> None:
    assert rule.keys() <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["annotations"].keys() == {"summary", "action"}
    assert rule["labels"]["severity"] in ("page", "ticket", "info")
    assert set(LOG_LINE.findall(rule["annotations"]["action"])) <= logged()


@pytest.mark.parametrize("stage", ["quarantined", "uncertain", "failed", "job_failed"])
def test_what_goes_wrong_once_is_told_the_first_time(stage: str) -> None:
    whole = re.compile(rf"increase\({series(stage)}\[\d+m\]\) > 0")
    assert [rule for rule in rules() if whole.fullmatch(str(rule["expr"]))]


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
@pytest.mark.parametrize("time", ["minutes", "days"])
def test_the_alerts_do_what_they_say_as_time_goes_by(time: str) -> None:
    command = ["promtool", "test", "rules", str(ROOT / "tests" / "alerts" / f"{time}.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_stage_that_can_go_wrong_has_an_alert() -> None:
    watched = " ".join(str(rule["expr"]) for rule in rules())
    for stage in STAGES:
        assert series(stage) in watched


@pytest.mark.parametrize("unit", ["opina.service", "opina-backup.service"])
def test_a_unit_starts_a_command_that_exists(unit: str) -> None:
    text = (DEPLOY / unit).read_text(encoding="utf-8")
    (line,) = re.findall(r"^ExecStart=(.+)$", text, re.M)
    program, name, *arguments = shlex.split(line)
    assert program == "/opt/opina/.venv/bin/opina"
    assert_taken(name, arguments)


def settings_of(unit: str) -> set[str]:
    text = (DEPLOY / unit).read_text(encoding="utf-8")
    return {line for line in text.splitlines() if "=" in line and line[0] != "#"}


def test_the_service_is_started_again_for_ever_unless_its_settings_are_wrong() -> None:
    unit = settings_of("opina.service")
    assert unit >= {"Restart=on-failure", "RestartPreventExitStatus=2", "StartLimitIntervalSec=0"}
    assert not [line for line in unit if line.startswith("StartLimitBurst=")]


def test_the_service_sees_whether_another_one_on_the_machine_was_killed() -> None:
    hiding = ("ProtectProc=", "ProcSubset=", "PrivatePIDs=")
    assert not [line for line in settings_of("opina.service") if line.startswith(hiding)]


def test_the_container_copies_what_is_there_and_starts_a_command_that_exists() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    lines = re.findall(r"^COPY (?!--from)(.+)$", text, re.M)
    copied = {name for line in lines for name in line.split()[:-1]}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert set(re.findall(r"^!(.+)$", ignored, re.M)) == copied, "keys and answers stay outside"
    (words,) = re.findall(r"^CMD \[(.+)\]$", text, re.M)
    program, name, *arguments = re.findall(r'"([^"]+)"', words)
    assert program == "opina"
    assert_taken(name, arguments)


def test_the_container_is_asked_how_it_is_where_it_listens() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    ((port, path),) = re.findall(r"urlopen\('http://127\.0\.0\.1:(\d+)(/\w+)'", text)
    assert re.findall(r"OPINA_WEB__PORT=(\d+)", text) == re.findall(r"^EXPOSE (\d+)", text, re.M)
    assert f"OPINA_WEB__PORT={port}\n" in text
    readiness, metrics = cast("Readiness", None), cast("Metrics", None)
    assert path in [route.path for route in health_routes(readiness, metrics)]


def test_the_account_in_the_container_owns_the_volume_and_the_settings_of_the_guide() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (account, folder), (user,) = (
        re.findall(r"--uid (\d+) --home-dir (\S+)", text)[0],
        re.findall(r"^USER (\S+)$", text, re.M),
    )
    assert user == account
    assert f"install -m 0400 -o {account} config.example.toml" in guide
    assert f"-o opina -g opina {folder}\n" in text
    for said in (f"WORKDIR {folder}\n", f"VOLUME {folder}\n"):
        assert said in text
    assert f"--volume opina:{folder} " in guide


def test_everything_that_is_read_at_run_time_is_in_the_package() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    given = setup["setuptools"]["package-data"]
    for package in ("bot", "handlers", "storage"):
        folder = ROOT / package
        packed = {path for glob in given.get(package, []) for path in folder.glob(glob)}
        there = {path for path in folder.rglob("*") if path.is_file()}
        apart = {path for path in there if path.suffix == ".py" or "__pycache__" in path.parts}
        assert there - apart - packed == set()
        assert all((path.parent / "__init__.py").exists() for path in there if path.suffix == ".py")


def test_every_command_in_the_container_reads_the_settings_that_the_guide_puts_there() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (mounted,) = re.findall(r"--volume /\S+:(/\S+\.toml):ro", guide)
    assert f"OPINA_CONFIG={mounted} " in text
    assert "--config" not in text, "or commands beside the service would read another file"


def test_the_container_believes_a_proxy_beside_it_and_no_one_on_the_internet() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    (written,) = re.findall(r'OPINA_WEB__TRUSTED_PROXIES="([^"]+)"', text)
    proxies = WebSettings(trusted_proxies=written).proxies
    for address, believed in {
        "127.0.0.1": True,
        "172.17.0.1": True,  # the machine, for Docker
        "10.88.0.1": True,  # the machine, for Podman
        "198.51.100.1": False,
        "2001:db8::1": False,
    }.items():
        assert any(ip_address(address) in network for network in proxies) == believed


def assert_taken(name: str, arguments: list[str]) -> None:
    known = typer.main.get_command(app).commands[name]
    known.make_context(name, [*arguments])
