"""Builds everything once, runs it in one TaskGroup, and stops it gracefully."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from aiohttp import web
from rich.console import Console
from rich.markup import escape

from bot.channels.http_client import HttpClient
from bot.channels.mail import Mailer
from bot.channels.ports import Hook, RetryLater, Sends, Stopped
from bot.channels.telegram.channel import Started, TelegramChannel
from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.config import Settings, half_configured, missing_for_whatsapp
from bot.installation import Clock, Ground, open_ground, open_path, utc_now
from bot.jobs import digest
from bot.jobs.leases import Holding
from bot.jobs.notifications import Wakeups
from bot.jobs.schedule import Schedule, keep_erasure_journal
from bot.observability.metrics import keep_showing
from bot.web import digest_pages
from bot.web.chat.channel import WebChannel
from bot.web.chat.pages import Site
from bot.web.panel import routes as panel_routes
from bot.web.panel.visit import Panel
from bot.web.server import Serving, build_app
from bot.web.server import serve as listen
from handlers.errors import OperatorError, StorageUnavailable
from handlers.messages import Channel, Reply, Sender
from handlers.quality.weeks import IsoWeek
from storage.contacts import contacts
from storage.engine.database import Transaction
from storage.files import reason
from storage.outbox import outbox
from storage.privacy import retention
from storage.staff import staff
from storage.staff.sessions import Limits

TRY_AGAIN_S = 30.0
FIRST_TRY_S = 1.0  # at the start of a machine the network is often there a moment later
FINISH_S = 7.0  # of the ten seconds in which it has to be over
SENDING_S = 2.0  # of these, at least, are for sending
GIVE_BACK_S = 1.0
GARBAGE = (
    10_000  # new objects between two looks for cycles: a batch makes thousands, and hardly any
)
SCHEDULER = "scheduler"
POLLER = "telegram-poller"
COMMANDS = (
    ("menu", "Qué puedo hacer por usted"),
    ("calificar", "Poner nota a una atención"),
    ("areas", "Ver las áreas municipales"),
    ("reclamo", "Dejar un reclamo con número"),
    ("persona", "Hablar con una persona"),
    ("datos", "Qué hacemos con sus datos"),
    ("ver", "Ver lo que guardamos de usted"),
    ("borrar", "Borrar sus datos"),
    ("cancelar", "Dejar lo que está haciendo"),
    ("ayuda", "Todo lo que entiendo"),
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel as the operator sees it at the start."""

    name: str
    on: bool
    detail: str  # where it is reached, or which setting is missing


async def serve(
    settings: Settings,
    *,
    made_up: bool = False,
    clock: Clock = utc_now,
    console: Console | None = None,
) -> None:
    """Run until SIGTERM or SIGINT. ``made_up``: pages and digests say that answers are invented.

    Raises OperatorError for what only the operator can mend, StorageUnavailable.
    """
    async with AsyncExitStack() as stack:
        ground = await open_ground(settings, stack, clock)
        client = await stack.enter_async_context(HttpClient())
        service = Service(ground, client, made_up=made_up)
        # What was read stays until the end; the collector need not go through it time and again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE, 20, 20)
        await service.run(stack, console or Console())


class Service:
    """Everything that one process runs."""

    def __init__(self, ground: Ground, client: HttpClient, *, made_up: bool) -> None:
        self._ground = ground
        self._settings = ground.settings
        self._database = ground.database
        self._metrics = ground.metrics
        self._made_up = made_up
        self._stop = asyncio.Event()
        self._taken_for_dead = False
        self._holding = Holding(ground)
        self._wakeups = Wakeups(ground.database)
        self._web = WebChannel(
            self._site(), self._replies_after, ground.clock, tell=self._wakeups.tell
        )
        self._telegram = self._open_telegram(client)
        self._whatsapp = self._open_whatsapp(client)
        mail = self._settings.mail
        self._mail = Mailer(mail, now=ground.clock) if mail.host else None
        channels: dict[Channel, Sends] = {
            sends.name: sends
            for sends in (self._web, self._telegram, self._whatsapp, self._mail)
            if sends is not None
        }
        self._intake, self._delivery = open_path(ground, channels)

    # Running

    async def run(self, stack: AsyncExitStack, console: Console) -> None:
        """Serve, print where, and go on until told to stop; then finish what is begun."""
        web_settings = self._settings.web
        try:
            serving = await listen(self._app(), web_settings.host, web_settings.port, self._hooks())
        except OSError as error:
            raise OperatorError(
                f"[web] host, port: no se puede escuchar en {web_settings.host}:"
                f"{web_settings.port} ({reason(error)}); elija otro con [web] port u "
                "OPINA_WEB__PORT"
            ) from None
        stack.push_async_callback(serving.close)
        self._address = (
            web_settings.public_url or f"http://{_shown(web_settings.host)}:{serving.port}"
        )
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):  # not on every system
                loop.add_signal_handler(number, self._stop.set)
        await self._tell_duty()
        async with asyncio.TaskGroup() as tasks:
            running = [
                tasks.create_task(self._delivery.run()),
                tasks.create_task(self._intake.run()),
                tasks.create_task(self._holding.keep_process(self._share, self._begin_anew)),
                tasks.create_task(self._wakeups.run(self._web.wake)),
                tasks.create_task(self._keep_erasure_journal()),
                tasks.create_task(keep_showing(self._metrics, self._database, self._ground.clock)),
                tasks.create_task(self._holding.run_under(SCHEDULER, self._schedule().run)),
            ]
            states = await self._start_channels(tasks, running)
            _announce(console, self._address, states, self._made_up)
            for line in half_configured(self._settings):
                console.print(escape(line), highlight=False, soft_wrap=True)
            await self._stop.wait()
            console.print("Cerrando: termino lo que está en curso …")
            await self._finish(serving)
            for task in running:
                task.cancel()
        with contextlib.suppress(TimeoutError, StorageUnavailable):  # then they run out
            async with asyncio.timeout(GIVE_BACK_S):
                await self._holding.give_back()
        if self._taken_for_dead:
            raise SystemExit(1)  # whatever keeps the service running starts it again

    async def _finish(self, serving: Serving) -> None:
        """Take nothing more; acknowledge and send what was taken, as far as there is time."""
        until = asyncio.get_running_loop().time() + FINISH_S
        self._web.close()
        await serving.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(until - SENDING_S):
                await self._intake.finish()
        await asyncio.gather(
            self._delivery.finish(until - asyncio.get_running_loop().time()),
            self._intake.journal.write_now(),
        )

    def _begin_anew(self) -> None:
        """Finish what is begun, and end, so that a new process goes on."""
        self._taken_for_dead = True
        self._stop.set()

    def _app(self) -> web.Application:
        routes: list[web.AbstractRouteDef] = [
            *self._web.routes(self._intake),
            *digest_pages.routes(
                self._database,
                self._ground.keyring,
                self._ground.release,
                self._ground.clock,
                self._made_up,
            ),
            *panel_routes.routes(self._panel()),
        ]
        if self._whatsapp is not None:
            routes += self._whatsapp.routes()
        return build_app(self, self._metrics, routes)

    def _panel(self) -> Panel:
        known = self._settings.panel
        return Panel(
            self._database,
            self._ground.keyring,
            self._ground.release,
            self._ground.clock,
            base_url=lambda: self._address,
            nudge=self._intake.nudge,
            limits=Limits(
                timedelta(minutes=known.idle_minutes), timedelta(hours=known.session_hours)
            ),
            sender=lambda request: request.remote or "",
            whatsapp_template=bool(self._settings.whatsapp.template),
            made_up=self._made_up,
        )

    def _hooks(self) -> list[Hook]:
        return [
            hook
            for channel in (self._telegram, self._whatsapp)
            if channel is not None
            for hook in channel.hooks(self._intake)
        ]

    def _share(self, processes: int) -> None:
        """So many processes work on this database now, this one included."""
        self._delivery.share_pace(processes)
        self._wakeups.processes = processes

    async def _tell_duty(self) -> None:
        """Cases that no staff takes go to the configured address."""
        email = self._settings.municipality.duty_email
        if email:
            await self._database.write(
                lambda tx: staff.ensure_duty(tx, self._ground.keyring, email, self._ground.clock())
            )

    async def problems(self) -> list[str]:
        """Why this process cannot take events now."""
        try:
            async with asyncio.timeout(5):
                await self._database.read(lambda tx: tx.exec_driver_sql("SELECT 1").scalar())
        except (StorageUnavailable, TimeoutError):
            return ["database: does not answer"]
        if not self._holding.kept:
            return ["database: cannot be written"]
        if self._stop.is_set():
            return ["stopping"]
        return ["queue: full"] if self._intake.is_full else []

    # Channels

    def _open_telegram(self, client: HttpClient) -> TelegramChannel | None:
        if self._settings.telegram.token is None:
            return None
        return TelegramChannel(self._settings.telegram, client, self._ground.clock)

    def _open_whatsapp(self, client: HttpClient) -> WhatsAppChannel | None:
        if missing_for_whatsapp(self._settings):
            return None
        return WhatsAppChannel(self._settings.whatsapp, client, self._ground.clock)

    def _site(self) -> Site:
        known = self._settings.municipality
        return Site(
            municipality=self._ground.release.content.municipality,
            phone=known.phone,
            email=known.email,
            hours=known.hours,
            place=known.place,
            telegram=self._settings.telegram.token is not None,
            whatsapp=not missing_for_whatsapp(self._settings),
            made_up=self._made_up,
        )

    async def _start_channels(
        self, tasks: asyncio.TaskGroup, running: list[asyncio.Task[None]]
    ) -> list[ChannelState]:
        states = [ChannelState("Web", True, f"{self._address}/chat")]
        self._metrics.channel_up.labels(Channel.WEB.value).set(1)
        states.append(await self._start_telegram(tasks, running))
        missing = ", ".join(missing_for_whatsapp(self._settings))
        if self._whatsapp is None:
            states.append(ChannelState("WhatsApp", False, f"falta [whatsapp] {missing}"))
        else:
            started = await self._whatsapp.start()
            states.append(self._state("WhatsApp", Channel.WHATSAPP, started))
        if self._mail is None:
            states.append(ChannelState("Correo", False, "falta [mail] host"))
        else:
            states.append(ChannelState("Correo", True, f"por {self._settings.mail.host}"))
        return states

    async def _start_telegram(
        self, tasks: asyncio.TaskGroup, running: list[asyncio.Task[None]]
    ) -> ChannelState:
        telegram = self._telegram
        if telegram is None:
            return ChannelState("Telegram", False, "falta [telegram] token")
        started = await telegram.start(self._settings.web.public_url, COMMANDS)
        running.append(tasks.create_task(self._keep_telegram(telegram, started)))
        return self._state("Telegram", Channel.TELEGRAM, started)

    async def _keep_telegram(
        self, telegram: TelegramChannel, started: Started | Stopped | RetryLater
    ) -> None:
        """Go on setting it up while Telegram does not answer; then poll, where it is polled."""
        wait_s = FIRST_TRY_S
        while not isinstance(started, Started):
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, TRY_AGAIN_S)
            started = await telegram.start(self._settings.web.public_url, COMMANDS)
            self._state("Telegram", Channel.TELEGRAM, started)
        if self._settings.telegram.mode == "polling":
            await self._holding.run_under(POLLER, partial(self._poll, telegram))

    async def _poll(self, telegram: TelegramChannel) -> None:
        up = self._metrics.channel_up.labels(Channel.TELEGRAM.value)
        up.set(1)
        stopped = await telegram.poll(self._intake)
        log.error("telegram polling stopped", code=stopped.code)
        up.set(0)
        await asyncio.sleep(TRY_AGAIN_S)

    def _state(self, name: str, channel: Channel, started: object) -> ChannelState:
        up = not isinstance(started, Stopped)
        self._metrics.channel_up.labels(channel.value).set(int(up))
        match started:
            case Stopped(code):
                return ChannelState(name, False, f"la plataforma lo rechaza ({code})")
            case RetryLater(_, _, code):
                return ChannelState(name, True, f"la plataforma no contesta aún ({code})")
            case Started(bot_name):
                return ChannelState(name, True, f"https://t.me/{bot_name}")
            case _:
                return ChannelState(name, True, "número conectado")

    async def _replies_after(self, token: str, after: int) -> list[Reply]:
        def read(tx: Transaction) -> list[Reply]:
            sender = Sender(Channel.WEB, "web", token)
            contact = contacts.contact_of(tx, self._ground.keyring, sender)
            if contact is None:
                return []
            return outbox.replies_after(tx, self._ground.keyring, contact.id, after)

        return await self._database.read(read)

    # What happens by the clock

    def _schedule(self) -> Schedule:
        return Schedule(
            self._settings.digest,
            self._ground.release.content.zone,
            self._ground.clock,
            self._send_digests,
            self._keep_only_what_is_needed,
            count_failure=self._metrics.count_failure,
        )

    async def _send_digests(self, week: IsoWeek, due: datetime) -> int:
        count = await digest.send_digest(
            self._database,
            self._ground.keyring,
            self._ground.release,
            digest.Sending(
                week=week,
                now=self._ground.clock(),
                base_url=self._address,
                made_up=self._made_up,
                known_before=due,
            ),
        )
        if count:
            self._metrics.digests["all"] += count
            self._intake.nudge()
        return count

    async def _keep_only_what_is_needed(self) -> None:
        await retention.sweep(self._database, self._ground.keyring, self._ground.clock())

    async def _keep_erasure_journal(self) -> None:
        await keep_erasure_journal(self._intake.journal.write, self._metrics.count_failure)


def _shown(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host


def _announce(console: Console, address: str, states: list[ChannelState], made_up: bool) -> None:
    """Where the chat is, and a line for each channel."""
    if made_up:
        console.print("[bold]Datos ficticios de demostración[/bold]")
    console.print(f"Opina está en marcha: [bold]{address}/chat[/bold]")
    for state in states:
        mark = "[green]sí[/green]" if state.on else "[yellow]no[/yellow]"
        line = f"  {state.name:<10} {mark}  {escape(state.detail)}"
        console.print(line, highlight=False, soft_wrap=True)  # settings are copied from here
    console.print("Para detenerlo: Ctrl+C", highlight=False)
