"""The documents are true: links, commands, targets and settings exist, worked examples work."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
import types
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import typer
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import create_model

from bot import config
from bot.channels.http.client import HttpClient
from bot.channels.opening import Missing, OpenChannel, Opening
from bot.channels.ports import Failed, Outgoing, RetryLater, SendOutcome, Sent, Stopped
from bot.cli import app, exit_code_of
from bot.config import Settings
from bot.content.release import load_release
from bot.web.bodies import BodyReader
from bot.web.webhooks import webhook_route
from handlers.errors import StorageUnavailable
from handlers.messages import Option, Reply, Text
from storage import tables
from storage.contacts import events
from storage.privacy import retention
from tests.fakes.intake import FakeIntake
from tests.packaged import packaged

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
GUIDES = [ROOT / "README.md", ROOT / "README.es.md", *sorted(DOCS.glob("*.md"))]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.M | re.S)
LINK = re.compile(r'(?<!!)\[[^]]*\]\(([^)\s]+)\)|<img src="([^"]+)"')


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def named(document: Path) -> str:
    return str(document.relative_to(ROOT))


def blocks(document: Path, language: str) -> list[str]:
    """What stands in the document's fenced blocks of one language."""
    return [body for name, body in FENCE.findall(text_of(document)) if name == language]


def links(text: str) -> list[str]:
    return [a or b for a, b in LINK.findall(FENCE.sub("", text))]


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(document)), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_within_the_project_leads_somewhere(document: Path) -> None:
    broken = []
    for link in links(text_of(document)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path) if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_links_of_the_documents_are_found_at_all() -> None:
    assert len(links(text_of(ROOT / "README.md"))) > 20


# Commands and targets


@cache
def commands(group: typer.Typer) -> dict[str, object]:
    found = typer.main.get_command(group)
    return dict(getattr(found, "commands", {}))


def mentioned_commands(document: Path) -> Iterator[list[str]]:
    """The words after `opina` wherever a document names a command."""
    text = text_of(document)
    code = [line for _, body in FENCE.findall(text) for line in body.splitlines()]
    code += re.findall(r"`([^`]+)`", FENCE.sub("", text).replace("\n", " "))
    for line in code:
        match = re.search(r"(?:^|\.venv/bin/|\s&&\s)opina ([a-z-][^#|]*)", line.strip())
        if match:
            yield shlex.split(match[1])


@pytest.mark.parametrize("document", GUIDES, ids=named)
def test_every_command_that_is_named_exists(document: Path) -> None:
    unknown = []
    for words in mentioned_commands(document):
        options = {"--help"}
        known = commands(app)
        for word in words:
            if word in known:
                command = known[word]
                options |= {name for p in command.params for name in p.opts}
                known = dict(getattr(command, "commands", {}))
            elif (word.startswith("-") and word not in options) or (
                known and not word.startswith("-")
            ):
                unknown.append(" ".join(words))
    assert unknown == []


OPERATIONS, IN_SPANISH = DOCS / "operations.md", DOCS / "operations.es.md"
DAILY = {
    *("check", "content", "gaps", "posters", "search", "staff", "cases", "rights", "notice"),
    *("digest", "measures", "sums", "audit", "retention", "export", "backup", "restore", "upgrade"),
}


def test_the_operators_guide_names_most_commands() -> None:
    first = {words[0] for words in mentioned_commands(OPERATIONS)}
    assert first >= commands(app).keys() - {"demo", "chat", "run"}


def test_the_guide_in_spanish_names_what_is_done_daily_and_nothing_that_the_other_does_not() -> (
    None
):
    brief, whole = ([*mentioned_commands(one)] for one in (IN_SPANISH, OPERATIONS))
    assert {words[0] for words in brief} == DAILY
    subcommands = {"content", "staff", "cases", "rights", "measures"}
    assert {tuple(words[:2]) for words in brief if words[0] in subcommands} <= {
        tuple(words[:2]) for words in whole
    }


@pytest.mark.parametrize("document", [OPERATIONS, IN_SPANISH], ids=named)
def test_every_setting_that_is_shown_exists(document: Path) -> None:
    shown = [tomllib.loads(block) for block in blocks(document, "toml")]
    assert len(shown) >= 4
    unknown = []
    for section, values in (item for settings in shown for item in settings.items()):
        fields = Settings.model_fields[section].annotation.model_fields
        known = {field.alias or name for name, field in fields.items()}
        unknown += [f"[{section}] {key}" for key in values if key not in known]
    assert unknown == []


@pytest.mark.parametrize("document", GUIDES, ids=named)
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.M))
    code = "\n".join([body for _, body in FENCE.findall(text_of(document))])
    code += "\n".join(re.findall(r"`([^`]+)`", FENCE.sub("", text_of(document))))
    assert set(re.findall(r"\bmake ([a-z]+)", code)) <= targets


# The two languages


def outline(readme: Path) -> list[tuple[int, list[str], list[str]]]:
    """Each section's level, the files that it links to, and its commands."""
    text = text_of(readme)
    headings = list(re.finditer(r"^(#+) .+$", FENCE.sub(blanked, text), re.M))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    sections = []
    for heading, end in zip(headings, ends, strict=True):
        part = text[heading.start() : end]
        to = [link for link in links(part) if not link.startswith(("#", "README"))]
        run = [line.partition("#")[0].strip() for _, b in FENCE.findall(part) for line in lines(b)]
        sections.append((len(heading[1]), to, run))
    return sections


def blanked(match: re.Match[str]) -> str:
    """As long as what it replaces, so that places stay."""
    return re.sub(r"[^\n]", " ", match[0])


def lines(block: str) -> list[str]:
    return [line for line in block.splitlines() if line.startswith("make ")]


def test_both_readmes_have_the_same_sections_with_the_same_links_and_commands() -> None:
    assert outline(ROOT / "README.es.md") == outline(ROOT / "README.md")


def test_pictures_are_small() -> None:
    pictures = list((DOCS / "pictures").glob("*.png"))
    assert len(pictures) == 14
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []


# What is said of the code


def test_the_architecture_names_every_table() -> None:
    section = text_of(DOCS / "architecture.md").partition("## Tables")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(
        tables.metadata.tables
    )


def test_the_numbers_of_the_norms_are_the_defaults_of_settings() -> None:
    said = re.findall(r"`\[(\w+)\] (\w+)` \((\d+)", text_of(DOCS / "norms.md"))
    settings = Settings()
    assert len(said) == 14
    for section, key, number in said:
        assert getattr(getattr(settings, section), key) == int(number), key
    assert f"ids of events: {events.SEEN_EVENTS.days} days" in text_of(DOCS / "norms.md")


def test_the_periods_of_the_privacy_page_are_those_of_the_code() -> None:
    text = text_of(DOCS / "privacy.md")
    for what, period in {
        "Citizens' own words": retention.DEFAULTS.comments,
        "Ids of events taken": events.SEEN_EVENTS,
        "Messages that could not be processed": retention.DEFAULTS.failed_messages,
        "| Replies": retention.SENT,
        "State of a conversation": retention.UNFINISHED,
    }.items():
        row = next(line for line in text.splitlines() if what in line)
        assert f"{period.days} days" in row
    assert f"{retention.SENT_ABOUT_CASE.days} days about a case" in text
    assert f"on the web {round(retention.WEB_REPLIES.total_seconds() / 3600)} hours" in text


# docs/reliability.md


def test_every_fault_has_a_test_that_exists() -> None:
    text = text_of(DOCS / "reliability.md")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    assert len(named) > 40
    for file, test in named:
        assert re.search(rf"^(async )?def {test}\(", text_of(ROOT / file), re.M), f"{file}::{test}"
    for part in text.split("## Too much")[0].split("|---|---|---|\n")[1:]:
        for row in part.partition("\n\n")[0].splitlines():
            assert "`tests/" in row, row


# The worked examples of docs/developing.md


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the guide was followed: own content with the service and questionnaire."""
    guide = DOCS / "developing.md"
    settings, service, questionnaire = blocks(guide, "toml")
    monkeypatch.chdir(tmp_path)
    assert exit_code_of(["content", "copy", "contenido"]) == 0
    (tmp_path / "config.toml").write_text(settings, encoding="utf-8")
    with (tmp_path / "contenido/areas/turismo.toml").open("a", encoding="utf-8") as area:
        area.write("\n" + service)
    file = tmp_path / "contenido/questionnaires/feria.toml"
    file.write_text(questionnaire, encoding="utf-8")
    return tmp_path


def test_the_worked_service_is_found(followed: Path) -> None:
    before, after = packaged(), load_release(followed / "contenido")
    assert len(after.content.services) == len(before.content.services) + 1
    assert after.index.rank("tour por el centro").cards()[0] == "visitas-guiadas"


def test_the_worked_questionnaire_is_asked(
    followed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (script,) = blocks(DOCS / "developing.md", "text")
    (followed / "guion.txt").write_text(script, encoding="utf-8")
    assert exit_code_of(["chat", "--script", "guion.txt"]) == 0
    said = capsys.readouterr().out
    assert "¿Qué nota le pone a la feria, de 1 a 7?" in said
    assert "Terminó «Feria de la plaza»" in said


def worked_channel() -> types.ModuleType:
    """The guide's channel, as the terminal, since there is no SMS among the channels."""
    code, _, line = blocks(DOCS / "developing.md", "python")
    assert line.strip() == 'SMS = "sms"'
    module = types.ModuleType("worked_channel")
    sys.modules[module.__name__] = module
    source = code.replace("Channel.SMS", "Channel.TERMINAL")
    assert source != code
    exec(compile(source, "docs/developing.md", "exec"), module.__dict__)
    return module


def worked_settings(**sms: object) -> Settings:
    """The settings with the guide's section."""
    _, section, _ = blocks(DOCS / "developing.md", "python")
    names = dict(vars(config))
    exec(compile(section, "docs/developing.md", "exec"), names)
    made = create_model(
        "Settings", __base__=Settings, sms=(names["SmsSettings"], names["SmsSettings"](**sms))
    )
    return made()


def now() -> datetime:
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


def opened(http: HttpClient, url: str) -> OpenChannel:
    settings = worked_settings(gateway_url=url, secret="secret")
    channel = worked_channel().TYPE.open(Opening(settings, now, lambda: http))
    assert isinstance(channel, OpenChannel)
    return channel


async def test_the_worked_channel_is_off_until_it_is_set() -> None:
    async with HttpClient() as http:
        opening = Opening(worked_settings(), now, lambda: http)
        assert worked_channel().TYPE.open(opening) == Missing("[sms] gateway_url, secret")


async def test_the_worked_channel_acknowledges_only_what_is_committed() -> None:
    intake = FakeIntake(StorageUnavailable("away"))
    async with HttpClient() as http:
        channel = opened(http, "http://127.0.0.1:1/")
        served = web.Application()
        served.add_routes([webhook_route(one, BodyReader()) for one in channel.webhooks(intake)])
        body = {"id": "1", "from": "56900000000", "text": "hola"}
        async with TestClient(TestServer(served)) as client:

            async def post(secret: str, **options: object) -> int:
                headers = {"X-Secret": secret}
                answer = await client.post("/webhooks/sms", headers=headers, **options)
                return answer.status

            assert await post("wrong", json=body) == 401
            assert await post("secret", data=b"junk") == 400
            assert await post("secret", json=body) == 503
            assert intake.stored == []
            assert await post("secret", json=body) == 200
    assert [(one.sender.address, one.body) for one in intake.stored] == [
        ("56900000000", Text("hola"))
    ]


async def test_the_worked_channel_says_what_became_of_a_message() -> None:
    taken: list[object] = []
    statuses = [200, 401, 503, 400]

    async def gateway(request: web.Request) -> web.Response:
        taken.append(await request.json())
        return web.Response(status=statuses[len(taken) - 1])

    served = web.Application()
    served.add_routes([web.post("/send", gateway)])
    reply = Reply(1, "¿Le sirvió?", (Option("yes", "Sí"), Option("no", "No")))
    outcomes: list[SendOutcome] = []
    async with TestServer(served) as server, HttpClient() as http:
        url = str(server.make_url("/send"))
        channel = opened(http, url)
        for _ in statuses:
            outcomes.append(await channel.sends.send(Outgoing("56900000000", reply)))
    assert taken[0] == {"to": "56900000000", "text": "¿Le sirvió?\nSí / No"}
    assert [type(outcome) for outcome in outcomes] == [Sent, Stopped, RetryLater, Failed]
