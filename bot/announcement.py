"""What the service prints once it has started: the chat's address and each channel's state."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from bot.channels.opening import Missing, OpenChannel
from bot.channels.ports import RetryLater, Started, StartResult, Stopped
from bot.channels.registry import channel_type
from handlers.messages import Channel


def announce(
    console: Console,
    address: str,
    channels: Mapping[Channel, OpenChannel | Missing],
    results: Mapping[Channel, StartResult],
    *,
    made_up: bool,
) -> None:
    """Print it. A channel that is missing in ``results`` still waits for its platform."""
    if made_up:
        console.print("[bold]Datos ficticios de demostración[/bold]")
    console.print(f"Opina está en marcha: [bold]{address}/chat[/bold]")
    results = {Channel.WEB: Started(f"{address}/chat"), **results}
    for channel in (Channel.WEB, *(channel for channel in Channel if channel in channels)):
        on, detail = _state(channels.get(channel), results.get(channel))
        mark = "[green]sí[/green]" if on else "[yellow]no[/yellow]"
        line = f"  {channel_type(channel).label:<10} {mark}  {escape(detail)}"
        # Not wrapped: people copy settings from it.
        console.print(line, highlight=False, soft_wrap=True)
    console.print("Para detenerlo: Ctrl+C", highlight=False)


def _state(channel: OpenChannel | Missing | None, result: StartResult | None) -> tuple[bool, str]:
    """Whether the channel is on, and how it is reached or why it is off."""
    if isinstance(channel, Missing):
        return False, f"falta {channel.settings}"
    match result:
        case Started(where):
            return True, where
        case Stopped(code):
            return False, f"la plataforma lo rechaza ({code})"
        case RetryLater(_, _, code):
            return True, f"la plataforma no contesta aún ({code})"
        case None:
            return True, "la plataforma no contesta aún"
