"""The panel over a real database, and people who use it as a browser without scripts does."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.config import MunicipalitySettings, PrivacySettings
from bot.privacy_notice import Configured
from bot.web.chat.pages import ChatPages, Site
from bot.web.middleware import add_headers
from bot.web.panel import routes, security
from bot.web.panel.visit import Panel
from bot.web.public.pages import Public
from bot.web.public.pages import routes as public_routes
from handlers.assessments.assessments import Assessment
from handlers.assessments.steps import Answer as Answered
from handlers.assessments.steps import AssessmentStep, Saved, edition_of
from handlers.assessments.steps import Opened as Begun
from handlers.cases.deadlines import DeadlineRule, WorkingCalendar
from handlers.facts.cases import CaseKind, CaseOpened, Due
from handlers.facts.files import FileSent
from handlers.facts.handovers import HandoverOpened
from handlers.measures.measures import Measure
from handlers.measures.steps import Deadline, MeasureStep, Opened, Origin
from handlers.messages import Announcement, Channel, MediaFile, MediaKind
from handlers.privacy.breaches.steps import BreachScope, BreachStep, DataKind, Description, Recorded
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant
from storage.assessments import steps as assessments
from storage.cases import attachments
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.measures import steps
from storage.outbox.inbox import InboxItem, take_inbox
from storage.privacy import notices
from storage.privacy.breaches import counts
from storage.privacy.breaches import steps as breaches
from storage.staff import roles, sessions, staff
from storage.staff.digest_readers import CHANNELS
from storage.staff.sessions import SessionLimits
from tests.packaged import packaged
from tests.storage.scene import WEDNESDAY, ZONE, Said, Scene, sender

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="([^"]+)"')
CALENDAR = WorkingCalendar(ZONE, time(8, 30), time(17, 30))
FALLEN_IN = IsoWeek(2026, 45)
COMPLAINT = "Hay un hoyo en mi calle"
COMPLETE = Configured(  # nothing is left to be said on the privacy page
    MunicipalitySettings(phone="1", hours="9 a 14", place="Prat 1", email="a@ejemplo.cl"),
    PrivacySettings(
        representative="Representante de Prueba",
        officer="Encargada de Prueba",
        security_policy="https://ejemplo.cl/seguridad",
        server_country="País de Prueba",
        version="1",
        approved_on=date(2026, 11, 16),
    ),
)


@dataclass(slots=True)
class Answer:
    """What the panel answered."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def form_token(self) -> str:
        return _found(TOKEN, self.text)

    @property
    def version(self) -> str:
        return _found(VERSION, self.text)

    def wrong_with(self, field: str) -> str:
        """What the page says is wrong with a field."""
        found = re.search(rf'<p class="wrong" id="{field}-wrong">([^<]+)', self.text)
        return found[1] if found else ""


@dataclass(slots=True)
class Browser:
    """One browser: it keeps cookies, follows nothing, and says where its forms come from."""

    url: str
    client: aiohttp.ClientSession
    form_token: str = ""

    async def get(self, path: str) -> Answer:
        async with self.client.get(self.url + path, allow_redirects=False) as response:
            answer = Answer(response.status, await response.text(), dict(response.headers))
        if found := TOKEN.search(answer.text):
            self.form_token = found[1]
        return answer

    async def post(self, path: str, site: str | None = "same-origin", **fields: str) -> Answer:
        headers = {} if site is None else {"Sec-Fetch-Site": site}
        data = {"form_token": self.form_token, **fields}
        async with self.client.post(
            self.url + path, data=data, headers=headers, allow_redirects=False
        ) as response:
            text = await response.text(errors="replace")  # a PDF too
            return Answer(response.status, text, dict(response.headers))

    def cookie(self, name: str) -> str:
        found = self.client.cookie_jar.filter_cookies(URL(f"{self.url}/panel")).get(name)
        return found.value if found else ""


@dataclass(slots=True)
class ServedPanel:
    """The panel, its database and staff; ``now`` can be moved."""

    scene: Scene
    url: str
    now: datetime = WEDNESDAY
    people: dict[str, int] = field(default_factory=dict)

    def browser(self) -> Browser:
        jar = aiohttp.CookieJar(unsafe=True)  # the address is a number
        return Browser(self.url, aiohttp.ClientSession(cookie_jar=jar))

    async def hire(self, name: str, *grants: Grant) -> int:
        """A member of staff, reached by mail."""

        def write(tx: Transaction) -> int:
            member = staff.add(
                tx,
                self.scene.keyring,
                staff.NewMember(name, f"{name.lower().replace(' ', '-')}@ejemplo.cl", ""),
                self.now,
            )
            for grant in grants:
                roles.give(tx, member.id, grant, self.now)
            return member.id

        self.people[name] = await self.scene.write(write)
        return self.people[name]

    @asynccontextmanager
    async def signed_in(self, name: str, *grants: Grant) -> AsyncIterator[Browser]:
        """The browser of somebody who has come in; hired first if need be."""
        if name not in self.people:
            await self.hire(name, *grants)
        token = await self.scene.write(
            lambda tx: sessions.begin(tx, self.scene.keyring, self.people[name], "", self.now)
        )
        browser = self.browser()
        async with browser.client:
            browser.client.cookie_jar.update_cookies({security.SESSION_COOKIE: token})
            await browser.get("/panel/sesiones")
            yield browser

    async def complain(
        self,
        number: str,
        area: str,
        words: str = COMPLAINT,
        channel: Channel = Channel.TELEGRAM,
        *,
        due: datetime | None = None,
        urgent: bool = False,
    ) -> None:
        """A citizen's case."""
        term = None if due is None else Due(due, "OIRS 20 working days")
        case = CaseOpened(number, CaseKind.COMPLAINT, area, words, term, urgent)
        await self.scene.take(Said(sender(number, channel), [case], at=self.now))

    async def fall(self, area: str, since: IsoWeek = FALLEN_IN) -> str:
        """A measure that a signal asked for."""
        rules = DeadlineRule("POLITICA", 10)
        term = Deadline(CALENDAR.due(self.now, rules), str(rules))
        opened = Opened(area, Origin.SIGNAL, str(since), str(since), term)
        first = MeasureStep(self.now, 0, opened)
        return await self.scene.write(
            lambda tx: steps.open_one(tx, self.scene.keyring, first, ZONE)
        )

    async def measure(self, number: str) -> Measure:
        """A measure as it stands."""
        found = await self.scene.read(
            lambda tx: steps.find_measure(tx, self.scene.keyring, ZONE, number)
        )
        assert found is not None
        return found

    async def breach(self, what: str = "Se perdió un disco", **known: Any) -> str:
        """A security breach in the register, of grades and comments, whose people are counted."""
        scope = known.pop("scope", BreachScope((DataKind.RATINGS,)))
        described = Description(
            self.now, what, scope, "Se pueden leer", "Claves nuevas", **{"has_risk": True} | known
        )
        recorded = Recorded(described, self.now + timedelta(hours=72), 72)
        first = BreachStep(self.now, 0, recorded)
        keyring = self.scene.keyring

        def write(tx: Transaction) -> str:
            number = breaches.record(tx, keyring, first, ZONE)
            found = breaches.find_breach(tx, keyring, number)
            assert found is not None
            counts.store_count(tx, found, counts.count(tx, found, ZONE, self.now), 0)
            return number

        return await self.scene.write(write)

    async def assess(self, area: str, evidence: str = "Manual del área", score: int = 3) -> str:
        """A draft of an area in which somebody, who is nobody here, has answered everything."""
        criteria = packaged().content.self_assessment
        assert criteria is not None
        edition, keyring = edition_of(criteria), self.scene.keyring
        gap = "Falta hacerlo" if score < edition.threshold else ""
        answers = {one.id: Answered(score, evidence, gap=gap) for one in edition.criteria}

        def write(tx: Transaction) -> str:
            begun = AssessmentStep(self.now, 0, Begun(area, "2026", edition))
            number = assessments.open_one(tx, keyring, begun, ZONE)
            found = assessments.find_assessment(tx, keyring, number)
            assert found is not None
            saved = AssessmentStep(self.now, 0, Saved(answers))
            assert assessments.add(tx, keyring, found, saved)
            return number

        return await self.scene.write(write)

    async def assessment(self, number: str) -> Assessment:
        """A self-assessment as it stands."""
        found = await self.scene.read(
            lambda tx: assessments.find_assessment(tx, self.scene.keyring, number)
        )
        assert found is not None
        return found

    async def wait_in_chat(
        self,
        id: int,
        area: str,
        words: str = COMPLAINT,
        channel: Channel = Channel.TELEGRAM,
        *,
        urgent: bool = False,
    ) -> None:
        """A citizen who waits for a person."""
        opened = HandoverOpened(id, area, words, urgent=urgent)
        await self.scene.take(Said(sender(f"chat-{id}", channel), [opened], at=self.now))

    async def attach(
        self, number: str, id: int, content: bytes, media_type: str = "image/jpeg"
    ) -> None:
        """A file that is kept with a case."""
        await self._keep(
            FileSent(id, _kind(media_type), MediaFile("ref"), number), number, content, media_type
        )

    async def send_in_chat(
        self, chat: int, id: int, content: bytes, media_type: str = "image/jpeg"
    ) -> None:
        """A file that is kept with a conversation with a person."""
        sent = FileSent(id, _kind(media_type), MediaFile("ref"), handover=chat)
        await self._keep(sent, f"chat-{chat}", content, media_type)

    async def _keep(self, fact: FileSent, who: str, content: bytes, media_type: str) -> None:
        keyring, id = self.scene.keyring, fact.id
        await self.scene.take(Said(sender(who), [fact], at=self.now))
        encrypted = keyring.encrypt_bytes(content), len(content)
        kept = partial(attachments.keep, keyring=keyring, id=id, media_type=media_type)
        assert await self.scene.write(lambda tx: kept(tx, encrypted=encrypted))

    async def inbox(self, later: timedelta = timedelta()) -> list[InboxItem]:
        """What waits to be told to somebody."""
        found: list[InboxItem] = []
        while taken := await self.scene.write(
            lambda tx: take_inbox(tx, self.scene.keyring, 100, self.now + later)
        ):
            found += taken  # of each contact only the first is taken at once
        return found

    async def mailed(self) -> list[str]:
        """The texts that staff were sent."""
        bodies = [item.incoming.body for item in await self.inbox()]
        return [body.text for body in bodies if isinstance(body, Announcement)]


@asynccontextmanager
async def open_panel(
    database: Database,
    keyring: Keyring,
    release: Release,
    *,
    whatsapp_template: bool = False,
    reaches_staff: frozenset[Channel] = CHANNELS,
    privacy: Configured | None = None,
) -> AsyncIterator[ServedPanel]:
    """The panel as the web server has it, with the public pages and the chat's."""
    served = ServedPanel(Scene(database, keyring), "")
    panel = Panel(
        database,
        keyring,
        release,
        clock=lambda: served.now,
        base_url=lambda: "http://panel.ejemplo.cl",
        nudge=lambda: None,
        limits=SessionLimits(),
        sender=lambda request: request.remote or "",
        whatsapp_template=whatsapp_template,
        reaches_staff=reaches_staff,
        privacy=privacy or COMPLETE,
    )
    app = web.Application()
    app.on_response_prepare.append(add_headers)  # as the service does
    app.add_routes(routes.routes(panel))
    public = Public(database, keyring, release, lambda: served.now)
    app.add_routes(public_routes(public))

    async def published() -> Mapping[str, str]:
        return (await database.read(notices.newest)).items

    notice = panel.privacy.privacy
    site = Site(release.content.municipality, phone="1", hours="9 a 14", notice=notice)
    app.add_routes(ChatPages(site, published).routes())
    async with TestServer(app) as server:
        served.url = str(server.make_url("")).rstrip("/")
        yield served


def _kind(media_type: str) -> MediaKind:
    return MediaKind.VOICE if media_type.startswith("audio") else MediaKind.PHOTO


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found is not None, text
    return found[1]
