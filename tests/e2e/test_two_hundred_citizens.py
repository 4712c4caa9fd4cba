"""Two hundred citizens on three channels: exports and digest say what each of them did."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.content.folder import load_content
from bot.content.release import PACKAGED
from handlers.content.model import Content
from tests.e2e import service
from tests.e2e.citizen import CASE, Book, Citizen, Response
from tests.e2e.service import Service
from tests.e2e.voices import TelegramVoice, Voice, WhatsAppVoice, web_voices
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp

pytestmark = pytest.mark.process

AT_ONCE = 50  # citizens who write at the same time

CHILE = ZoneInfo("America/Santiago")


async def test_what_two_hundred_citizens_did_is_in_the_exports_and_the_digest(
    tmp_path: Path,
) -> None:
    await citizens_agree_with_the_record(tmp_path, count=200, seed=47, webhook=False)


@pytest.mark.postgres
async def test_the_same_by_webhook_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await citizens_agree_with_the_record(
        tmp_path, count=100, seed=49, webhook=True, database=postgres_url
    )


async def citizens_agree_with_the_record(
    folder: Path, *, count: int, seed: int, webhook: bool, database: str = ""
) -> None:
    content, book, week = load_content(PACKAGED), Book(), this_week()
    async with FakeTelegram() as telegram, FakeWhatsApp() as whatsapp:
        settings: dict[str, dict[str, object]] = {
            "telegram": service.telegram_settings(telegram, webhook=webhook),
            "whatsapp": service.whatsapp_settings(whatsapp),
            "web": {"public_url": "https://opina.example"},
        }
        if database:
            settings["database"] = {"url": database}
        opina = Service(folder, settings)
        telegram.forward_to = f"{opina.url}/webhooks/telegram" if webhook else None
        whatsapp.webhook_url = f"{opina.url}/webhooks/whatsapp"
        try:
            await opina.start()
            await everybody_lives(opina, (telegram, whatsapp), content, book, (count, seed))
            await telegram.all_taken()
            await whatsapp.all_taken()
            assert telegram.refused == []
            assert whatsapp.refused == []
            assert set(whatsapp.answers) == {200}
            await exports_agree(opina, book)
            if this_week() == week:  # else it ended meanwhile, and has no more than a part
                await digest_agrees(opina, book, week)
            assert await opina.stop() == 0
            assert "Traceback" not in opina.output
        finally:
            await opina.kill()


async def everybody_lives(
    opina: Service,
    fakes: tuple[FakeTelegram, FakeWhatsApp],
    content: Content,
    book: Book,
    size: tuple[int, int],
) -> None:
    count, seed = size
    telegram, whatsapp = fakes
    async with AsyncExitStack() as stack:
        on_web = await stack.enter_async_context(web_voices(opina.url, len(range(2, count, 3))))
        voices: list[Voice] = [
            *(TelegramVoice(telegram.citizen()) for _ in range(0, count, 3)),
            *(WhatsAppVoice(whatsapp.citizen()) for _ in range(1, count, 3)),
            *on_web,
        ]
        Random(seed).shuffle(voices)
        gate = asyncio.Semaphore(AT_ONCE)

        async def live(number: int, voice: Voice) -> None:
            async with gate:
                await Citizen(voice, content, book, Random(seed * 1000 + number)).lives()

        async with asyncio.TaskGroup() as tasks:
            for number, voice in enumerate(voices):
                tasks.create_task(live(number, voice))


async def exports_agree(opina: Service, book: Book) -> None:
    """Every answer is there once, under the response that it belongs to, and nothing else."""
    responses, lookups, listed = await asyncio.gather(
        opina.command("export", "responses", "--format", "jsonl"),
        opina.command("export", "lookups", "--format", "jsonl"),
        opina.command("cases", "list"),
    )
    recorded: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in jsonl(responses):
        if row["question"]:  # else it was begun and has no answer
            recorded[row["response"]].append(row)
    assert Counter(map(_as_recorded, recorded.values())) == Counter(
        map(_as_answered, (response for response in book.responses if response.answers))
    )
    looked_up = Counter(
        (row["channel"], row["query"], row["found"], row["card"]) for row in jsonl(lookups)
    )
    assert looked_up == book.lookups

    assert sorted(CASE.findall(listed)) == sorted(book.cases)
    number, words = next(iter(book.cases.items()))
    assert words in await opina.command("cases", "show", number)


def _as_recorded(rows: list[dict[str, str]]) -> object:
    dimensions = {(r["questionnaire"], r["area"], r["service"], r["channel"]) for r in rows}
    assert len(dimensions) == 1
    assert len({row["question"] for row in rows}) == len(rows)
    return (*dimensions.pop(), frozenset((row["question"], row["value"]) for row in rows))


def _as_answered(response: Response) -> object:
    return (
        response.questionnaire,
        response.area,
        response.service,
        response.channel,
        frozenset(response.answers.items()),
    )


def this_week() -> str:
    return datetime.now(CHILE).strftime("%G-W%V")


async def digest_agrees(opina: Service, book: Book, week: str) -> None:
    """Counted from the citizens' own book; no figure with a side under 10 may be there."""
    digest = json.loads(await opina.command("digest", "--week", week, "--format", "json"))
    ratings = [r for r in book.responses if r.questionnaire == "atencion"]
    assert len(digest["areas"]) == 28
    for entry in digest["areas"]:
        mine = [r for r in ratings if r.area == entry["id"]]
        ended = [r for r in mine if not r.pending]
        grades = [int(r.answers["grade"]) for r in ended if r.answers]
        top = sum(grade >= 6 for grade in grades)
        if min(top, len(grades) - top) < 10:
            assert entry["satisfied"] is None
            assert entry["reasons"] == []
            assert entry["channels"] == []
            continue
        assert_share(entry["satisfied"], top, len(grades))
        if entry["net"]:
            assert entry["net"]["points"] == pytest.approx(net(grades), abs=0.5)
        for reason in entry["reasons"]:
            assert reason["n"] == sum(r.answers.get("reason") == reason["id"] for r in ended)
        for channel in entry["channels"]:
            told = [
                int(r.answers["grade"])
                for r in ended
                if r.answers and r.channel == channel["channel"]
            ]
            assert_share(channel["satisfied"], sum(grade >= 6 for grade in told), len(told))
        if entry["useful"] is not None:
            judged = [
                r.answers["useful"]
                for r in book.responses
                if r.questionnaire == "utilidad" and r.area == entry["id"]
            ]
            useful = judged.count("yes")
            assert_share(entry["useful"], useful, len(judged))
    assert any(entry["satisfied"] for entry in digest["areas"]), "enough answers to be shown"
    if digest["completion"]:
        all_ended = [r for r in ratings if not r.pending]
        assert_share(digest["completion"], sum(r.completed for r in all_ended), len(all_ended))
    assert digest["lookups"] == book.lookups.total()
    assert digest["made_up"] is False


def assert_share(share: dict[str, int], part: int, whole: int) -> None:
    assert share["n"] == whole
    assert share["percent"] == pytest.approx(100 * part / whole, abs=0.5)
    assert share["low"] <= share["percent"] <= share["high"]


def net(grades: list[int]) -> float:
    """Share of 6–7 minus share of 1–4, in points."""
    return 100 * (sum(g >= 6 for g in grades) - sum(g <= 4 for g in grades)) / len(grades)


def jsonl(text: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in text.splitlines()]
