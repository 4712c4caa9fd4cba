"""A security breach in the panel: recorded, counted, reported, told, corrected and closed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.installation import Installation, installation_of
from bot.jobs.breach_counts import BreachCounts
from bot.jobs.breaches import BreachDates
from handlers.facts.cases import CaseKind, CaseOpened
from handlers.messages import Announcement, Channel
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.privacy.breaches import messages
from storage.privacy.breaches.affected import CHANNELS
from storage.privacy.breaches.messages import MessageState
from tests.bot.web.panel.served_panel import Answer, Browser, ServedPanel
from tests.storage.scene import WEDNESDAY, Said, grade, opened, replies, sender

PRIVACY = Grant(Role.PRIVACY)
LIST = "/panel/vulneraciones"
PATH = f"{LIST}/V-2026-001"
FORM = {
    "what": "Se perdió un computador con respuestas",
    "noticed": "2026-11-18T12:00",
    "happened": "2026-11-17T20:30",
    "kind-ratings": "1",
    "special-children": "1",
    "effects": "Otra persona puede leerlas",
    "measures": "Se cambiaron las claves",
    "risk": "yes",
}

FILED = CaseOpened("LS-2026-000001", CaseKind.COMPLAINT, "aseo", "hoyo", None)
CLOSING = {"closing": "Discos cifrados"}
IN_COUNTING = "Se está contando; abra la página otra vez en un momento."
AGAIN = "Contar otra vez</button>"


@dataclass(slots=True)
class Officer:
    """Whoever keeps the register, in a browser."""

    panel: ServedPanel
    browser: Browser
    release: Release
    on: Collection[Channel] = CHANNELS

    async def record(self, **changed: str) -> Answer:
        await self.browser.get(f"{LIST}/nueva")
        form = {name: text for name, text in {**FORM, **changed}.items() if text}
        return await self.browser.post(f"{LIST}/nueva", **form)

    async def does(self, verb: str, **fields: str) -> Answer:
        version = (await self.browser.get(PATH)).version
        return await self.browser.post(f"{PATH}/{verb}", version=version, **fields)

    async def read(self) -> str:
        return (await self.browser.get(PATH)).text

    async def rate(self, *people: tuple[str, Channel], first: int = 1) -> None:
        """Each of them rates an area. ``first``: number of a response."""
        for place, (name, channel) in enumerate(people, first):
            said = Said(
                sender(name, channel),
                [opened(place), grade(place, 4)],
                replies("¡Gracias!"),
                at=self.panel.now - timedelta(days=2 if name.startswith("late") else 0),
            )
            await self.panel.scene.take(said)

    async def arrive(self, *states: MessageState) -> None:
        """How far each message gets."""
        scene = self.panel.scene
        ids = await scene.rows("SELECT contact_id FROM breach_tellings ORDER BY contact_id")
        rows = [("V-2026-001", id, one.value) for (id,), one in zip(ids, states, strict=True)]
        await scene.write(lambda tx: messages.settle(tx, rows))

    async def look(self) -> int:
        """What the service does every minute; how many messages go out."""
        return await BreachDates(self._here(), self.on).run_once()

    async def count(self) -> None:
        """What the service does every few seconds."""
        await BreachCounts(self._here(), self.on).run_once()

    def _here(self) -> Installation:
        panel, scene = self.panel, self.panel.scene
        return installation_of(scene.database, scene.keyring, self.release, lambda: panel.now)


@pytest.fixture
async def officer(panel: ServedPanel, release: Release) -> AsyncIterator[Officer]:
    async with panel.signed_in("Pía", PRIVACY) as browser:
        yield Officer(panel, browser, release)


async def test_from_the_register_to_its_end(officer: Officer) -> None:
    await officer.rate(("a", Channel.TELEGRAM), ("b", Channel.WEB), ("late", Channel.WHATSAPP))
    done = await officer.record()
    assert done.headers["Location"] == f"{PATH}?aviso=anotada"
    assert "V-2026-001" in (await officer.browser.get("/panel")).text
    text = await officer.read()
    assert ("3 personas" in text, IN_COUNTING in text, AGAIN in text) == (False, True, False)
    await officer.count()
    text = await officer.read()
    assert ("3 personas en total" in text, IN_COUNTING in text, AGAIN in text) == (
        True,
        False,
        True,
    )
    assert "Contado el miércoles 18 de noviembre de 2026, 12:00" in text
    assert "sábado 21 de noviembre de 2026, 12:00" in text  # 72 hours after it was noticed
    early = await officer.does("cerrar", closing="Nada")
    assert "Antes falta reportarla a la Agencia y avisar" in early.text
    reported = await officer.does("reportar", reported="2026-11-18T12:00", report="Folio 17")
    assert reported.status == 303
    asked = await officer.does("avisar", told="Sus notas se filtraron")
    assert "Sí, enviar a 3 personas" in asked.text
    assert "Con el canal cerrado por WhatsApp: 1 persona" in asked.text
    assert IN_COUNTING in await officer.read(), "a look before telling has them counted again"
    again = await officer.does("avisar", told="Sus notas", sure="3", change="1")
    assert "Sus notas</textarea>" in again.text
    assert await officer.panel.inbox() == []
    told = await officer.does("avisar", told="Sus notas se filtraron", sure="3")
    assert told.headers["Location"] == f"{PATH}?aviso=avisada"
    assert "Aún se cuenta" in (await officer.does("cerrar", closing="Nada")).text
    await officer.count()
    more = await officer.does("avisar", told="Otra vez", sure="0")
    assert "El aviso anterior aún se está enviando" in more.text
    assert await officer.look() == 3
    bodies = [item.incoming.body for item in await officer.panel.inbox()]
    assert len(bodies) == 3
    assert all(isinstance(b, Announcement) and "se filtraron" in b.text for b in bodies)
    assert (await officer.does("avisar", told="Otra vez", sure="3")).status == 422
    assert "va en camino" in (await officer.does("cerrar", closing="Nada")).text
    await officer.arrive(MessageState.SENT, MessageState.SENT, MessageState.WAITING)
    await officer.look()
    assert (
        "Con el canal cerrado, en espera de que escriban otra vez: 1 persona"
        in await officer.read()
    )
    assert "Quedan personas sin aviso" in (await officer.does("cerrar", closing="Nada")).text
    assert (await officer.does("otra-forma", otherwise="Aviso en un diario")).status == 303
    assert (await officer.does("cerrar", closing="Discos cifrados")).status == 303
    text = await officer.read()
    assert "cerrada" in text
    for words in ("Folio 17", "Sus notas se filtraron", "Discos cifrados", "Pía"):
        assert words in text
    scene = officer.panel.scene
    written = await scene.read(lambda tx: chain.newest(tx, 50, subject="V-2026-001"))
    done_of = {one.entry.action for one in written}
    assert done_of >= {"breach-recorded", "breach-reported", "breach-told", "breach-closed"}
    assert (await scene.read(lambda tx: chain.verify(tx, scene.keyring))).fault is None


async def test_whose_channel_is_off_is_not_reached_and_late_messages_are_told_apart(
    officer: Officer,
) -> None:
    officer.on = {Channel.WEB, Channel.WHATSAPP}
    people = (("a", Channel.TELEGRAM), ("b", Channel.WEB), ("c", Channel.WEB))
    await officer.rate(*people, ("d", Channel.WHATSAPP))
    await officer.record()
    await officer.count()
    assert "1 persona por Telegram, que está apagado en este servicio" in await officer.read()
    asked = await officer.does("avisar", told="Sus notas")
    assert "Por Telegram no llega, porque está apagado en este servicio: 1 persona." in asked.text
    assert "Sí, enviar a 3 personas" in asked.text
    assert (await officer.does("avisar", told="Sus notas", sure="3")).status == 303
    await officer.count()
    officer.on = {Channel.WEB}  # switched off meanwhile
    for minutes, moving in ((0, "próximos minutos"), (59, "próximos minutos"), (61, "una hora")):
        officer.panel.now = WEDNESDAY + timedelta(minutes=minutes)
        await officer.look()
        text = await officer.read()
        assert "Sin aviso por el chat, con el canal apagado: 2 personas" in text
        lines = re.findall(r"<li>Aviso en camino(.*): 2 personas</li>", text)
        assert [moving in line for line in lines] == [True], minutes
    report = (await officer.browser.get(f"{PATH}/informe")).text
    assert "con el canal apagado: 2 personas" in report
    assert "hace más de una hora" in report
    done = {"reported": "2026-11-18T12:00", "report": "Folio 17"}
    assert (await officer.does("reportar", **done)).status == 303
    assert "Quedan personas sin aviso" in (await officer.does("cerrar", **CLOSING)).text


async def test_a_correction_is_added_and_what_was_written_stays(officer: Officer) -> None:
    await officer.record(risk="no")
    await officer.panel.scene.take(Said(sender("a"), [FILED]))
    assert "Falta cerrarla" in await officer.read()
    fixed = {**FORM, "what": "Se perdieron dos", "cases": "ls-2026-000001", "others": "12"}
    assert (await officer.does("corregir", **fixed)).status == 422  # why is missing
    done = await officer.does("corregir", correction="Apareció otro", **fixed)
    assert done.status == 303
    text = await officer.read()
    for words in ("Se perdió un computador", "Se perdieron dos", "Apareció otro", "LS-2026-000001"):
        assert words in text
    await officer.count()
    assert "13 personas en total" in await officer.read()
    assert "Falta el reporte a la Agencia" in text


async def test_nobody_is_told_or_closes_by_a_count_of_before_a_correction(officer: Officer) -> None:
    await officer.rate(("a", Channel.TELEGRAM))
    await officer.record(risk="no")
    for verb, fields in (("avisar", {"told": "Sus notas", "sure": "1"}), ("cerrar", CLOSING)):
        assert "Aún se cuenta" in (await officer.does(verb, **fields)).text
        await officer.count()
        asked = await officer.does("avisar", told="Sus notas")
        assert "Sí, enviar a 1 persona" in asked.text
        corrected = {**FORM, "risk": "no", "correction": "Fueron menos"}
        assert (await officer.does("corregir", **corrected)).status == 303
        late = await officer.does(verb, **fields)
        assert (late.status, "Aún se cuenta" in late.text) == (422, True)
        assert f"{fields.get('told', fields.get('closing'))}</textarea>" in late.text
    assert (await officer.does("reportar", reported="2026-11-18T12:00", report="F-1")).status == 303
    assert "Personas afectadas entonces: aún sin contar" in await officer.read()
    await officer.count()
    await officer.rate(("b", Channel.WEB), first=2)
    assert (await officer.does("contar")).headers["Location"] == f"{PATH}?aviso=contar"
    assert "1 persona en total" in await officer.read(), "the last count, until the next is made"
    await officer.count()
    assert "2 personas en total" in await officer.read()
    changed = await officer.does("avisar", told="Sus notas", sure="1")
    assert "Cambió a cuántas personas afecta" in changed.text
    assert (await officer.does("cerrar", **CLOSING)).status == 303


async def test_what_happened_meanwhile_is_shown_and_nothing_typed_is_lost(officer: Officer) -> None:
    await officer.record()
    stale = (await officer.browser.get(PATH)).version
    assert (await officer.does("nota", note="Ya se avisó")).status == 303
    late = await officer.browser.post(f"{PATH}/nota", version=stale, note="Lo mío sigue")
    assert (late.status, "Lo mío sigue</textarea>" in late.text) == (409, True)


async def test_administration_reads_and_changes_nothing(officer: Officer) -> None:
    await officer.record()
    await officer.count()
    async with officer.panel.signed_in("Ana", Grant(Role.ADMIN)) as browser:
        assert "Anotar una vulneración</a>" not in (await browser.get(LIST)).text
        page = (await browser.get(PATH)).text
        assert ("<textarea" in page, AGAIN in page) == (False, False)
        assert "Ver el informe" in page


async def test_the_report_has_what_the_law_asks_for_on_paper_too(officer: Officer) -> None:
    await officer.rate(("a", Channel.TELEGRAM))
    await officer.record(others="3")
    await officer.count()
    page = (await officer.browser.get(f"{PATH}/informe")).text
    for words in (
        "Encargada de Prueba",
        FORM["what"],
        "martes 17 de noviembre de 2026, 20:30",
        "Notas y comentarios",
        "menores de 14 años",
        "4 personas en total",
        FORM["effects"],
        FORM["measures"],
        "72 horas",
    ):
        assert words in page
    pdf = await officer.browser.post(f"{PATH}/informe")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "vulneracion-V-2026-001-2026-11-18.pdf" in pdf.headers["Content-Disposition"]
    assert pdf.text.startswith("%PDF")
    written = await officer.panel.scene.read(lambda tx: chain.newest(tx, 1))
    assert (written[0].entry.action, written[0].entry.subject) == ("downloaded", "V-2026-001")


WRONG: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"what": ""}, "what", "Falta escribir qué pasó"),
    ({"what": "a" * 2001}, "what", "son 2.001 letras y caben 2.000"),
    ({"noticed": ""}, "noticed", "Falta cuándo se supo"),
    ({"noticed": "pronto"}, "noticed", "«pronto» no es una fecha"),
    ({"noticed": "2026-11-18T09:00Z"}, "noticed", "no es un día con su hora"),
    ({"noticed": "2026-11-19T09:00"}, "noticed", "aún no llega"),
    ({"happened": "2026-11-18T12:01"}, "happened", "después de que se supo"),
    ({"kind-ratings": ""}, "kind", "de qué datos"),
    ({"risk": ""}, "risk", "si hay un riesgo"),
    ({"since": "2026-11-12", "until": "2026-11-11"}, "since", "después de la última"),
    ({"until": "9999-12-31"}, "until", "El año 9999 no se acepta"),
    ({"cases": "mi reclamo"}, "cases", "No es un folio"),
    ({"cases": "ls-2026-000001, ls-2026-000009"}, "cases", "con ese folio: LS-2026-000009."),
    ({"cases": " , ", "kind-ratings": ""}, "kind", "de qué datos"),
    ({"since": "2026-02-30"}, "since", "no está en el calendario"),
    ({"others": "muchas"}, "others", "con cifras"),
)


async def test_what_the_form_lacks_is_said_beside_its_field_and_the_rest_stays(
    officer: Officer,
) -> None:
    await officer.panel.scene.take(Said(sender("a"), [FILED]))
    for changed, field, problem in WRONG:
        answer = await officer.record(**changed)
        assert (answer.status, problem in answer.text) == (422, True), changed
        assert f'<p class="wrong" id="{field}-wrong">' in answer.text, changed
        opening = f'aria-invalid="true" aria-describedby="{field}-wrong" autofocus'
        assert (opening in answer.text, answer.text.count("autofocus")) == (True, 1), changed
        assert FORM["measures"] in answer.text
        assert 'name="special-children" value="1" checked' in answer.text


async def test_all_that_the_form_lacks_is_said_at_once_in_the_order_of_the_page(
    officer: Officer,
) -> None:
    lacking = ["what", "noticed", "happened", "kind", "since", "until", "others"]
    wrong = dict.fromkeys(("happened", "since", "until", "others"), "no")
    for verb in ("nueva", "V-2026-001/corregir"):
        if verb != "nueva":
            lacking.insert(0, "correction")
            await officer.record()
        version = {} if verb == "nueva" else {"version": "1", "correction": ""}
        answer = await officer.browser.post(f"{LIST}/{verb}", **wrong, **version)
        said = re.findall(r'<p class="wrong" id="([a-z_]+)-wrong">', answer.text)
        assert said == [*lacking, "effects", "measures", "risk"], verb
        assert answer.text.count("autofocus") == 1
        assert f'aria-describedby="{lacking[0]}-wrong" autofocus' in answer.text


async def test_an_equal_form_sent_again_within_minutes_gets_the_earlier_number(
    officer: Officer,
) -> None:
    async def sent(**changed: str) -> str:
        return (await officer.record(**changed)).headers["Location"].removeprefix(f"{LIST}/")

    assert await sent() == "V-2026-001?aviso=anotada"
    officer.panel.now += timedelta(minutes=9)
    assert await sent() == "V-2026-001?aviso=ya-anotada"
    again = (await officer.browser.get(f"{PATH}?aviso=ya-anotada")).text
    assert "Ya quedó anotada como V-2026-001" in again
    assert await sent(others="1") == "V-2026-002?aviso=anotada"
    async with officer.panel.signed_in("Eva", PRIVACY) as browser:
        other = Officer(officer.panel, browser, officer.release)
        assert (await other.record()).headers["Location"].startswith(f"{LIST}/V-2026-003")
    officer.panel.now += timedelta(minutes=1)
    assert await sent() == "V-2026-004?aviso=anotada"
    race = await asyncio.gather(*(sent(what="Otra") for _ in range(3)))
    assert sorted(race)[0] == "V-2026-005?aviso=anotada"
    assert sorted(race)[1:] == ["V-2026-005?aviso=ya-anotada"] * 2


async def test_a_form_of_another_session_is_shown_with_all_that_it_said(officer: Officer) -> None:
    correction = {"correction": "Fueron más", "version": "1"}
    for verb, more in (("nueva", {}), ("V-2026-001/corregir", correction)):
        form = {**FORM, **more, "risk": "no", "others": "12"}
        stale = await officer.browser.post(f"{LIST}/{verb}", **form, form_token="another")
        assert (stale.status, "sesión que no es suya" in stale.text) == (403, True)
        for name, value in form.items():
            is_typed = f">{value}</textarea>" in stale.text
            assert is_typed or f'name="{name}" value="{value}"' in stale.text, name
        await officer.record()
    steps = await officer.panel.scene.rows("SELECT kind FROM breach_steps")
    assert steps == [("recorded",)], "a form of another session changes nothing"
