"""What lies in deploy/ fits the service: metrics, commands and files exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer
import yaml

from bot.cli import app
from bot.metrics import Metrics
from handlers.messages import Channel

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
STAGES = (
    "received", "duplicate", "committed", "quarantined", "sent", "retried", "uncertain", "failed",
)  # fmt: skip


def rules() -> list[dict[str, object]]:
    (group,) = yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return list(group["rules"])


def exposed() -> set[str]:
    """Names of all series, once something has been counted everywhere."""
    metrics = Metrics()
    for name in (*STAGES, "digests", "channel_up"):
        getattr(metrics, name).labels(Channel.TELEGRAM.value)
    text = metrics.exposed().decode()
    return {re.split(r"[{ ]", line)[0] for line in text.splitlines() if line[0] != "#"}


def test_every_stage_of_a_message_is_counted() -> None:
    assert exposed() >= {f"opina_{stage}_total" for stage in STAGES} | {"opina_lag_seconds_bucket"}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alert_is_about_figures_that_exist_and_says_what_to_do(rule: dict[str, object]) -> None:
    named = set(re.findall(r"opina_\w+", str(rule["expr"])))
    assert named <= exposed()
    assert named or "up{" in str(rule["expr"])
    assert rule.keys() <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["annotations"].keys() == {"summary", "action"}  # type: ignore[attr-defined]


def test_every_stage_that_can_go_wrong_has_an_alert() -> None:
    watched = " ".join(str(rule["expr"]) for rule in rules())
    for stage in STAGES:
        assert f"opina_{stage}_total" in watched


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
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.M):
        assert all((ROOT / name).exists() for name in line.split()[:-1])
    (words,) = re.findall(r"^CMD \[(.+)\]$", text, re.M)
    program, name, *arguments = re.findall(r'"([^"]+)"', words)
    assert program == "opina"
    assert_taken(name, arguments)


def assert_taken(name: str, arguments: list[str]) -> None:
    known = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    known.make_context(name, [*arguments])
