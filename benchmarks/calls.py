"""Processor time of one call to a platform: our port over pyreqwest, beside aiohttp's client."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

import aiohttp
import uvloop

from benchmarks.bots.questions import TOKEN
from benchmarks.frame import REPETITIONS, Result, Section, alone
from benchmarks.post import sink_apart
from benchmarks.processes import stand_aside
from bot.channels.http import HttpClient, HttpResponse

AT_ONCE = (1, 32)
CALLS = 8_000
HEADERS = {"Content-Type": "application/json"}
TIMEOUT_S = 20.0
BODY = (
    b'{"chat_id":900000001,"text":"\xc2\xbfC\xc3\xb3mo lo atendieron? Ponga una nota de 1 a 7.",'
    b'"link_preview_options":{"is_disabled":true},"reply_markup":{"inline_keyboard":[[{"text":"1",'
    b'"callback_data":"2:1"},{"text":"2","callback_data":"2:2"},{"text":"3","callback_data":"2:3"},'
    b'{"text":"4","callback_data":"2:4"},{"text":"5","callback_data":"2:5"},{"text":"6",'
    b'"callback_data":"2:6"},{"text":"7","callback_data":"2:7"}]]}}'
)

Call = Callable[[], Awaitable[int]]


def run(quick: bool) -> Section:
    """Measure."""
    stand_aside()
    repetitions, calls = (1, 800) if quick else (REPETITIONS, CALLS)
    with sink_apart() as api_url:
        url = f"{api_url}/bot{TOKEN}/sendMessage"
        results = [uvloop.run(_compared(url, at_once, calls, repetitions)) for at_once in AT_ONCE]
    return Section("calls", "A call to a platform", ABOUT, results)


def main() -> None:
    alone(run)


async def _compared(url: str, at_once: int, calls: int, repetitions: int) -> Result:
    ours, reference = [], []
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    async with HttpClient() as client, aiohttp.ClientSession(timeout=timeout) as session:

        async def through_the_port() -> int:
            response = await client.call(url, BODY, HEADERS, TIMEOUT_S)
            assert isinstance(response, HttpResponse)
            return response.status

        async def through_aiohttp() -> int:
            async with session.post(url, data=BODY, headers=HEADERS) as response:
                await response.read()
                return response.status

        for call in (through_the_port, through_aiohttp):
            await _microseconds(call, at_once, calls // 10)  # warm up
        for _ in range(repetitions):
            ours.append(await _microseconds(through_the_port, at_once, calls))
            reference.append(await _microseconds(through_aiohttp, at_once, calls))
    medians = statistics.median(ours), statistics.median(reference)
    return Result(f"{at_once} at a time", "µs", *medians)


async def _microseconds(call: Call, at_once: int, calls: int) -> float:
    """Processor time of one call, in all threads of this process."""

    async def go_on() -> None:
        for _ in range(calls // at_once):
            assert await call() == 200

    began = time.process_time()
    await asyncio.gather(*(go_on() for _ in range(at_once)))
    return (time.process_time() - began) / (calls // at_once * at_once) * 1e6


ABOUT = f"""\
Processor time, in all threads of the sending process, of one POST of {len(BODY)} bytes to a Bot
API in another process that answers at once; ours is the port over pyreqwest, the reference
aiohttp's client. Both keep their connections, on uvloop. Medians of {REPETITIONS} times
{CALLS:,} calls, by turns.
"""

if __name__ == "__main__":
    main()
