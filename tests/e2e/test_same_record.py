"""The same conversation on Telegram, WhatsApp, the web and the terminal leaves the same record."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.e2e import service
from tests.e2e.citizen import CASE
from tests.e2e.service import Service
from tests.e2e.voices import Shown, TelegramVoice, Voice, WhatsAppVoice, web_voices
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp

pytestmark = pytest.mark.process

DESK = "J87fHE"  # Tránsito's
# What the citizen types; "[…]" presses that button or row, "/start" opens the chat.
SCRIPT = (
    "/start",
    "nota",
    "[Aseo y Áreas Verdes]",
    "un 3",
    "[Trato]",
    "Pasaron dos días tarde",
    "Y quedó todo en la vereda",
    "listo",
    "cambiar",
    "[4]",
    "[Listo]",
    "onde saco el permiso de circulacion",
    "[Sí]",
    "[Poner nota]",
    "[7]",
    "Todo rápido y ordenado",
    "[Listo]",
    "ayer me atendieron muy bien en Patentes Comerciales",
    "seis",
    "listo",
    "sacar carnet",
    "[Ninguna]",
    "xyzzy qwerty",
    "nota",
    "deportes",
    "aún no termina",
    "2",
    "cancelar",
    "reclamo",
    "La luminaria de mi pasaje no prende",
    "Está así hace un mes",
    "sí",
    "Ya van dos accidentes",
    "listo",
    f"/start {DESK}",
    "[Dejarla así]",
    "gracias",
)
ANSWERED = {
    (
        "atencion",
        "aseo",
        "",
        "grade=4 reason=trato words=Pasaron dos días tarde\nY quedó todo en la vereda",
    ),
    ("utilidad", "transito", "permiso-circulacion", "useful=yes"),
    ("atencion", "transito", "permiso-circulacion", "best=Todo rápido y ordenado grade=7"),
    (
        "atencion",
        "patentes",
        "",
        "best=ayer me atendieron muy bien en Patentes Comerciales grade=6",
    ),
}


async def test_the_same_conversation_leaves_the_same_record_on_every_channel(
    tmp_path: Path,
) -> None:
    async with FakeTelegram() as telegram, FakeWhatsApp() as whatsapp:
        settings = {
            "telegram": service.telegram_settings(telegram),
            "whatsapp": service.whatsapp_settings(whatsapp),
        }
        async with service.running(tmp_path, settings) as opina:
            whatsapp.webhook_url = f"{opina.url}/webhooks/whatsapp"
            said = {}
            async with web_voices(opina.url, 1) as on_web:
                voices = [
                    TelegramVoice(telegram.citizen()),
                    WhatsAppVoice(whatsapp.citizen()),
                    *on_web,
                ]
                for voice in voices:
                    said[voice.channel] = await plays(voice)
            assert await opina.stop() == 0
            transcript = await in_the_terminal(opina)
            responses, lookups = await records(opina)
            cases = await opina.command("cases", "list")
        assert telegram.refused == []
        assert whatsapp.refused == []

    channels = {"telegram", "whatsapp", "web", "terminal"}
    assert set(responses) == set(lookups) == channels
    for channel in channels:
        assert responses[channel] == Counter(ANSWERED), channel
        assert lookups[channel] == lookups["terminal"], channel
    assert lookups["terminal"].total() == 3
    assert len(set(CASE.findall(cases))) == len(channels)
    for messages in said.values():
        assert [m for m in messages if _line(m) not in transcript] == []


async def plays(voice: Voice) -> list[str]:
    """Play the script; what the assistant said."""
    shown = Shown("", (), None)
    said = []
    for line in SCRIPT:
        if line.startswith("/start"):
            await voice.opens(line.removeprefix("/start").strip())
        elif line.startswith("["):
            await voice.presses(line[1:-1], shown)
        else:
            await voice.says(line)
        shown = await voice.hears()
        said.append(shown.text)
    assert voice.received == len(SCRIPT)
    return said


async def in_the_terminal(opina: Service) -> str:
    """Play it with `opina chat --script` on the same database; the transcript as one line."""
    script = opina.folder / "script.txt"
    script.write_text("\n".join(SCRIPT), encoding="utf-8")
    transcript = await opina.command("chat", "--keep", "--script", str(script))
    return CASE.sub("", " ".join(transcript.split()))


def _line(message: str) -> str:
    """A message on one line, as the transcript is, without its case's number."""
    return CASE.sub("", " ".join(message.split()))


async def records(
    opina: Service,
) -> tuple[dict[str, Counter[tuple[str, ...]]], dict[str, Counter[tuple[str, ...]]]]:
    """By channel: the responses with their answers, and the lookups. Only ids and times differ."""
    found: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in jsonl(await opina.command("export", "responses", "--format", "jsonl")):
        if not row["question"]:  # cancelled
            continue
        key = (row["questionnaire"], row["area"], row["service"], row["response"])
        found[row["channel"]][key].append(f"{row['question']}={row['value']}")
    responses = {
        channel: Counter((*key[:3], " ".join(sorted(answers))) for key, answers in rows.items())
        for channel, rows in found.items()
    }
    lookups: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for row in jsonl(await opina.command("export", "lookups", "--format", "jsonl")):
        lookups[row["channel"]][row["query"], row["found"], row["card"], row["area"]] += 1
    return responses, dict(lookups)


def jsonl(text: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in text.splitlines()]
