"""The service: opens everything once, runs it in one TaskGroup, and stops it gracefully."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web
from rich.console import Console
from rich.markup import escape

from bot.announcement import announce
from bot.channels.made_up import made_up_channels
from bot.channels.opening import OpenChannel, Opening
from bot.channels.registry import half_configured, open_channels
from bot.installation import Installation
from bot.jobs import breach_counts, deadlines, handovers
from bot.jobs.breach_counts import BreachCounts
from bot.jobs.breaches import BreachDates
from bot.jobs.channels import ChannelStarts
from bot.jobs.data import attachments
from bot.jobs.data.attachments import Attachments
from bot.jobs.leases import ProcessLeases
from bot.jobs.notifications import Notifications
from bot.jobs.periodic import run_periodically
from bot.jobs.quality.measures import MeasureDates
from bot.jobs.rights import RequestDates
from bot.jobs.schedule import keep_erasure_journal
from bot.jobs.service_schedule import service_schedule
from bot.observability.metrics import Job, refresh_queue_state
from bot.privacy_notice import Configured
from bot.process import ServiceProcess, open_path, open_process
from bot.web import digest_pages
from bot.web.addresses import sender_of
from bot.web.bodies import BodyReader
from bot.web.chat.opening import open_chat, open_files
from bot.web.listening import cannot_listen
from bot.web.panel import routes as panel_routes
from bot.web.panel.visit import Panel
from bot.web.public import pages as public_pages
from bot.web.public.pages import Public
from bot.web.server import Serving, build_app
from bot.web.server import serve as listen
from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from storage.engine.database import Database
from storage.engine.lanes import Lane
from storage.engine.opening import only_service
from storage.staff import sessions
from storage.staff.digest_readers import CHANNELS
from storage.staff.duty_address import name_duty

if TYPE_CHECKING:
    from bot.channels.http.client import HttpClient

ANNOUNCE_S = 5.0  # how long the announcement waits for the platforms
# A stop may take 10 s: FINISH_S, LAST_WRITE_S (1 s) to put unsent replies back, GIVE_BACK_S for the
# leases, and 2 s to close everything on a slow machine.
FINISH_S = 6.0
SENDING_S = 2.0  # the part of FINISH_S kept for sending
GIVE_BACK_S = 1.0
# Database connections for each of the public pages, the panel and the web chat. The rest of the
# pool is left for messages and replies.
AT_ONCE = 2
# Allocations between two garbage collections: a batch makes thousands of objects, hardly any cycle.
GARBAGE = 10_000
SCHEDULER = "scheduler"
DEADLINES = "deadlines"
HANDOVERS = "handovers"
ATTACHMENTS = "attachments"


async def serve(
    installation: Installation,
    *,
    made_up: bool = False,
) -> None:
    """Run until SIGTERM or SIGINT. ``made_up``: pages and digests say that their data is invented.

    Raises OperatorError, StorageUnavailable; SystemExit(1) if it lost its lease.
    """
    async with AsyncExitStack() as stack:
        stack.enter_context(only_service(installation.settings.database.url))
        process = await open_process(installation, stack)
        service = RunningService(process, stack, made_up=made_up)
        # Content lives until the end, so the collector need not visit it again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(GARBAGE, 20, 20)
        await service.run(Console())


class RunningService:
    """Everything that one process runs, from the open installation to its last task."""

    def __init__(self, process: ServiceProcess, stack: AsyncExitStack, *, made_up: bool) -> None:
        """Open the channels and the chat; ``stack`` closes them. Raises OperatorError."""
        self._process = process
        here = self._here = process.installation
        self._settings = here.settings
        self._database = here.database
        self._metrics = process.metrics
        self._made_up = made_up
        self._stack = stack
        self._address = ""  # set once it listens
        self._stop = asyncio.Event()
        self._must_restart = False
        self._leases = ProcessLeases(process)
        self._notifications = Notifications(here.database)
        self._bodies = BodyReader()
        self._found = dict(open_channels(Opening(self._settings, here.clock, self._http)))
        opened = {
            channel: opened
            for channel, opened in self._found.items()
            if isinstance(opened, OpenChannel)
        }
        lane = Lane(here.database, AT_ONCE)
        self._web = open_chat(here, lane, self._bodies, self._notifications.queue, opened, made_up)
        self._files = open_files(here)
        stand_ins = made_up_channels() if made_up else {}
        self._channels = {Channel.WEB: OpenChannel(sends=self._web), **stand_ins, **opened}
        self._starts = ChannelStarts(opened, process.metrics)
        self._intake, self._delivery = open_path(process, self._channels)

    # Running

    async def run(self, console: Console) -> None:
        """Listen, announce the address, work until told to stop, then finish what was begun."""
        serving = await self._listen()
        self._stack.push_async_callback(serving.close)
        address = self._address = self._settings.web.address(serving.port)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError):  # Windows
                loop.add_signal_handler(number, self._stop.set)
        await self._store_duty_address()
        async with asyncio.TaskGroup() as tasks:
            schedule = service_schedule(self._process, self._intake, address, made_up=self._made_up)
            running = [
                tasks.create_task(work)
                for work in (
                    self._delivery.run(),
                    self._intake.run(),
                    self._leases.keep_process(self._share_pace, self._restart),
                    self._notifications.run(self._web.wake),
                    keep_erasure_journal(self._intake.journal.write, self._metrics.count_failure),
                    refresh_queue_state(self._metrics, self._database, self._here.clock),
                    self._leases.run_under(SCHEDULER, schedule.run),
                    self._leases.run_under(DEADLINES, self._warn_of_deadlines),
                    self._leases.run_under(HANDOVERS, self._watch_handovers),
                    self._leases.run_under(ATTACHMENTS, self._keep_attachments),
                    self._starts.run(self._intake, self._leases.run_under),
                    self._announce(console, address),
                )
            ]
            await self._stop.wait()
            console.print("Cerrando: termino lo que está en curso …")
            await self._finish(serving)
            for task in running:
                task.cancel()
        with contextlib.suppress(TimeoutError, StorageUnavailable):  # they expire by themselves
            async with asyncio.timeout(GIVE_BACK_S):
                await self._leases.give_back()
        if self._must_restart:
            raise SystemExit(1)

    async def problems(self) -> list[str]:
        """Why this process cannot take events now, for /readyz; empty if it can."""
        try:
            async with asyncio.timeout(5):
                await self._database.read(lambda tx: tx.exec_driver_sql("SELECT 1").scalar())
        except (StorageUnavailable, TimeoutError):
            return ["database: does not answer"]
        if not self._leases.kept:
            return ["database: cannot be written"]
        if self._stop.is_set():
            return ["stopping"]
        return ["queue: full"] if self._intake.is_full else []

    async def _finish(self, serving: Serving) -> None:
        """Stop accepting events; acknowledge and answer those accepted, within FINISH_S."""
        until = asyncio.get_running_loop().time() + FINISH_S
        self._web.close()
        self._files.close()
        await serving.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(until - SENDING_S):
                await self._intake.finish()
        await asyncio.gather(
            self._delivery.finish(until - asyncio.get_running_loop().time()),
            self._intake.journal.write_now(),
        )

    def _restart(self) -> None:
        """Stop gracefully with exit code 1, so that the supervisor starts a new process."""
        self._must_restart = True
        self._stop.set()

    def _share_pace(self, processes: int) -> None:
        """Share each rate limit with all live processes, of which this is one."""
        self._delivery.share_pace(processes)
        self._notifications.processes = processes

    async def _store_duty_address(self) -> None:
        """Store the configured address for cases of areas without staff, replacing a former one."""
        email, here = self._settings.municipality.duty_email, self._here
        await self._database.write(lambda tx: name_duty(tx, here.keyring, email, here.clock()))

    # The web server and the channels

    async def _listen(self) -> Serving:
        host, port = self._settings.web.host, self._settings.web.port
        webhooks = [
            webhook
            for channel in self._channels.values()
            for webhook in channel.webhooks(self._intake)
        ]
        try:
            return await listen(self._app(), host, port, webhooks, self._bodies)
        except OSError as error:
            raise cannot_listen(self._settings.web, error) from None

    def _app(self) -> web.Application:
        here = self._here
        pages = Lane(here.database, AT_ONCE)
        routes: list[web.AbstractRouteDef] = [
            *self._web.routes(self._intake),
            *self._files.routes(self._intake),
            *digest_pages.routes(pages, here.keyring, here.release, here.clock, self._made_up),
            *public_pages.routes(
                Public(pages, here.keyring, here.release, here.clock, self._made_up)
            ),
            *panel_routes.routes(self._panel(Lane(here.database, AT_ONCE))),
            *(route for channel in self._channels.values() for route in channel.routes),
        ]
        return build_app(self, self._metrics, routes, here.release.content.municipality)

    def _panel(self, database: Database) -> Panel:
        here, known = self._here, self._settings.panel
        return Panel(
            database,
            here.keyring,
            here.release,
            here.clock,
            base_url=lambda: self._address,
            nudge=self._intake.nudge,
            limits=sessions.SessionLimits(
                timedelta(minutes=known.idle_minutes), timedelta(hours=known.session_hours)
            ),
            sender=partial(sender_of, trusted=self._settings.web.proxies),
            reaches_staff=CHANNELS & frozenset(self._channels),
            whatsapp_template=self._made_up or bool(self._settings.whatsapp.template),
            made_up=self._made_up,
            privacy=Configured.by(self._settings),
        )

    def _http(self) -> HttpClient:
        from bot.channels.http.client import HttpClient  # 7 MB that only platform channels need

        client = HttpClient()
        self._stack.push_async_exit(client)
        return client

    async def _warn_of_deadlines(self) -> None:
        here = self._here
        nudge, count_failure = self._intake.nudge, self._metrics.count_failure
        cases = deadlines.Deadlines(here)
        on = frozenset(self._channels)
        reminders = (MeasureDates(here), RequestDates(here), BreachDates(here, on))
        jobs = [
            (BreachCounts(here, on).run_once, breach_counts.INTERVAL_S),
            *((job.run_once, deadlines.INTERVAL_S) for job in (cases, *reminders)),
        ]
        async with asyncio.TaskGroup() as tasks:
            for run_once, pause_s in jobs:
                tasks.create_task(
                    run_periodically(Job.DEADLINES, run_once, pause_s, nudge, count_failure)
                )

    async def _watch_handovers(self) -> None:
        here = self._here
        watch = handovers.Handovers(here)
        nudge, count_failure = self._intake.nudge, self._metrics.count_failure
        await run_periodically(
            Job.HANDOVERS, watch.run_once, handovers.INTERVAL_S, nudge, count_failure
        )

    async def _keep_attachments(self) -> None:
        here = self._here
        fetching = {
            channel: opened.fetches
            for channel, opened in self._channels.items()
            if opened.fetches is not None
        }
        work = Attachments(here.database, here.keyring, fetching, here.clock, here.most_file_bytes)
        nudge, count_failure = self._intake.nudge, self._metrics.count_failure
        await run_periodically(
            Job.ATTACHMENTS,
            work.run_once,
            attachments.INTERVAL_S,
            nudge,
            count_failure,
            at_a_time=attachments.AT_A_TIME,
        )

    async def _announce(self, console: Console, address: str) -> None:
        with contextlib.suppress(TimeoutError):
            await self._starts.wait(ANNOUNCE_S)
        self._metrics.channel_up.labels(Channel.WEB.value).set(1)
        announce(console, address, self._found, self._starts.results, made_up=self._made_up)
        for line in half_configured(self._settings):
            console.print(escape(line), highlight=False, soft_wrap=True)
