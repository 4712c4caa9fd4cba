"""The chat page in a real browser: what a citizen sees, does and keeps."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Browser, Route, expect

from handlers.errors import StorageUnavailable
from handlers.messages import Press, Reply, Start, Text
from tests.e2e.web_chat.chat import opened

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_the_assistant_speaks_first_and_says_what_it_is(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.page.get_by_role("heading")).to_have_text("Municipalidad de Prueba")
        await expect(chat.page.get_by_text("Asistente automático", exact=True)).to_be_visible()
        await expect(chat.page.get_by_text("Datos ficticios de demostración")).to_be_visible()
        await expect(chat.bubbles).to_have_text(["Asistente: Hola. Soy el asistente automático."])
        await expect(chat.log.get_by_text("hoy")).to_be_visible()
        assert chat.backend.bodies == [Start("")]


async def test_a_grade_is_given_by_button_and_shown_as_the_citizens_own_words(browser: Browser):
    async with opened(browser) as chat:
        await chat.button("Poner una nota").click()
        await expect(chat.page.get_by_text("muy mala")).to_be_visible()
        await expect(chat.page.get_by_text("muy buena")).to_be_visible()
        boxes = [
            await chat.button(name).bounding_box()
            for name in ["1, muy mala", "2", "3", "4", "5", "6", "7, muy buena"]
        ]
        assert len({box["y"] for box in boxes if box}) == 1
        await expect(chat.button("Aún no termina")).to_be_visible()
        await chat.button("6").click()
        await expect(chat.button("Espera")).to_be_visible()
        await expect(chat.button("6")).to_have_count(0)
        await expect(chat.bubbles).to_have_text(
            [
                "Asistente: Hola. Soy el asistente automático.",
                "Usted: Poner una nota",
                "Asistente: ¿Qué nota le pone, de 1 a 7?",
                "Usted: 6",
                "Asistente: ¿Qué fue lo que más influyó?",
            ]
        )
        assert chat.backend.bodies[1:] == [Press("rate", 1), Press("g:6", 2)]


async def test_enter_sends_and_shift_enter_breaks_the_line(browser: Browser):
    async with opened(browser) as chat:
        await chat.words.fill("una")
        low = (await chat.words.bounding_box())["height"]
        await chat.words.press("Shift+Enter")
        await chat.words.press_sequentially("dos")
        assert (await chat.words.bounding_box())["height"] > low
        await chat.words.press("Enter")
        await expect(chat.bubbles.last).to_have_text("Asistente: Usted escribió: una dos")
        await expect(chat.words).to_have_value("")
        assert (await chat.words.bounding_box())["height"] == low
        for nothing in ("  \n ", "\u200b\u200d\ufeff", "\u3164\u2800", "\u202e\x1b"):
            await chat.write(nothing)
        await chat.write("fin\u202e 👩\u200d🚒\x1b")
        await expect(chat.bubbles.last).to_have_text("Asistente: Usted escribió: fin 👩\u200d🚒")
        await expect(chat.bubbles).to_have_count(5)
        await expect(chat.bubbles.nth(3)).to_have_text("Usted: fin 👩\u200d🚒")
        assert chat.backend.bodies[1:] == [Text("una\ndos"), Text("fin 👩\u200d🚒")]


async def test_a_reload_keeps_the_conversation_and_brings_what_came_meanwhile(browser: Browser):
    async with opened(browser) as chat:
        await chat.write("hola")
        await expect(chat.bubbles).to_have_count(3)
        await chat.words.fill("lo que escribo\ndesde la fila")
        await chat.page.goto("about:blank")
        await chat.backend.say(chat.backend.token, Reply(0, "Una persona le responde."))
        await chat.open()
        await expect(chat.bubbles).to_have_text(
            [
                "Asistente: Hola. Soy el asistente automático.",
                "Usted: hola",
                "Asistente: Usted escribió: hola",
                "Asistente: Una persona le responde.",
            ]
        )
        await expect(chat.words).to_have_value("lo que escribo\ndesde la fila")
        assert chat.backend.bodies == [Start(""), Text("hola")]


async def test_without_connection_messages_are_kept_and_sent_once_in_order(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        await chat.context.set_offline(True)
        await chat.write("uno")
        await chat.write("dos")
        status = chat.page.get_by_role("status")
        await expect(status).to_have_text("Sin conexión: lo enviaremos al volver.")
        await expect(chat.log.get_by_text("Por enviar")).to_have_count(2)
        await expect(chat.page.locator("#typing")).to_be_hidden()
        await chat.context.set_offline(False)
        await expect(chat.bubbles.last).to_have_text("Asistente: Usted escribió: dos")
        await expect(status).to_have_text("")
        await expect(chat.log.get_by_text("Por enviar")).to_have_count(0)
        assert chat.backend.bodies == [Start(""), Text("uno"), Text("dos")]


async def test_a_message_whose_acknowledgement_was_lost_counts_once(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)

        async def lose_the_answer(route: Route) -> None:
            await route.fetch()
            await route.abort()

        await chat.page.route("**/chat/messages", lose_the_answer, times=1)
        await chat.write("una vez")
        await expect(chat.bubbles).to_have_count(3)
        await expect(chat.page.get_by_role("status")).to_have_text("", timeout=10_000)
        assert [len(batch) for batch in chat.backend.batches] == [1, 1, 1]
        assert chat.backend.batches[1] == chat.backend.batches[2]
        assert chat.backend.bodies == [Start(""), Text("una vez")]


async def test_what_waits_outlives_a_reload(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        await chat.page.route("**/chat/messages", lambda route: route.abort())
        await chat.write("guardado")
        await expect(chat.log.get_by_text("Por enviar")).to_be_visible()
        await chat.page.unroute("**/chat/messages")
        await chat.open()
        await expect(chat.bubbles.last).to_have_text("Asistente: Usted escribió: guardado")
        assert chat.backend.bodies == [Start(""), Text("guardado")]


async def test_a_busy_service_is_asked_again(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        chat.backend.troubles = [StorageUnavailable()]
        await chat.write("hola")
        await expect(chat.page.get_by_role("status")).to_contain_text("Hay mucha demanda")
        await expect(chat.bubbles.last).to_have_text("Asistente: Usted escribió: hola")
        await expect(chat.page.get_by_role("status")).to_have_text("")


async def test_a_scanned_desk_starts_each_time_and_a_reload_does_not(browser: Browser):
    async with opened(browser, "/chat?d=GnN7sR") as chat:
        await expect(chat.bubbles).to_have_count(1)
        assert chat.page.url == chat.url("/chat")
        await chat.page.reload()
        await expect(chat.bubbles).to_have_count(1)
        await chat.open("/chat?d=GnN7sR")
        await expect(chat.bubbles).to_have_count(2)
        await chat.open("/chat?d=%3Cscript%3E")
        await chat.write("sigo")
        await expect(chat.bubbles).to_have_count(4)
        assert chat.backend.bodies == [Start("GnN7sR"), Start("GnN7sR"), Text("sigo")]


async def test_who_reads_above_is_not_moved_and_is_told_of_new_messages(browser: Browser):
    async with opened(browser) as chat:
        for number in range(8):
            await chat.write(f"hola {number}")
            await expect(chat.bubbles.last).to_have_text(
                f"Asistente: Usted escribió: hola {number}"
            )
        await chat.page.evaluate("scrollTo(0, 0)")
        await chat.backend.say(chat.backend.token, Reply(0, "Una novedad."))
        newer = chat.button("Nuevos mensajes")
        await expect(newer).to_be_visible()
        assert await chat.page.evaluate("scrollY") == 0
        await newer.click()
        await expect(newer).to_be_hidden()
        await expect(chat.bubbles.last).to_be_in_viewport(ratio=1)


async def test_a_message_longer_than_the_screen_is_shown_from_its_beginning(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        await chat.backend.say(
            chat.backend.token, Reply(0, "Primera línea.\n" + "Otra línea.\n" * 60)
        )
        await expect(chat.bubbles).to_have_count(2)
        top = (await chat.page.locator("header").bounding_box())["height"]
        assert top <= (await chat.bubbles.last.bounding_box())["y"] < top + 60


async def test_who_writes_much_sees_the_answer_and_is_not_moved_while_typing(browser: Browser):
    async with opened(browser, viewport={"width": 320, "height": 256}) as chat:
        await chat.write("palabra " * 60)
        await expect(chat.bubbles).to_have_count(3)
        assert 0 <= (await chat.bubbles.last.bounding_box())["y"] < 60
        await expect(chat.button("Nuevos mensajes")).to_be_hidden()
        await chat.page.evaluate(
            "new Promise(done => { addEventListener('scrollend', done, { once: true });"
            " scrollTo(0, document.body.scrollHeight); })"
        )
        before = await chat.page.evaluate("scrollY")
        await chat.words.press_sequentially("a")
        await chat.page.evaluate("new Promise(requestAnimationFrame)")
        assert await chat.page.evaluate("scrollY") == before
        await chat.page.set_viewport_size({"width": 320, "height": 200})
        await chat.write("áreas")
        await chat.button("Ver las opciones").click()
        await expect(chat.page.get_by_role("searchbox")).to_be_in_viewport(ratio=1)


async def test_what_is_too_long_is_told_and_nothing_of_it_is_cut_off(browser: Browser):
    async with opened(browser) as chat:
        told = chat.page.get_by_text("Su mensaje tiene 5.000 letras y caben 4.096.")
        await chat.write("á" * 5000)
        await expect(told).to_be_visible()
        await expect(chat.words).to_have_value("á" * 5000)
        await chat.write("ñ" * 4096)
        await expect(told).to_be_hidden()
        await expect(chat.bubbles).to_have_count(3)
        assert chat.backend.bodies == [Start(""), Text("ñ" * 4096)]


async def test_the_dots_show_only_while_an_answer_is_due(browser: Browser):
    async with opened(browser) as chat:
        dots = chat.page.locator("#typing")
        await expect(chat.bubbles).to_have_count(1)
        await expect(dots).to_be_hidden()
        await chat.write("calle")
        await expect(dots).to_be_visible()
        await chat.backend.say(chat.backend.token, Reply(0, "Aquí está."))
        await expect(dots).to_be_hidden()


async def test_an_answer_that_overtakes_its_acknowledgement_ends_the_dots(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)

        async def acknowledge_late(route: Route) -> None:
            response = await route.fetch()
            await expect(chat.bubbles).to_have_count(3)
            await expect(slow).to_be_visible()
            await route.fulfill(response=response)

        slow = chat.page.get_by_text("Enviando …")
        await chat.page.route("**/chat/messages", acknowledge_late, times=1)
        await chat.write("hola")
        await expect(chat.bubbles).to_have_count(3)
        waits = "JSON.parse(localStorage.getItem('opina.chat')).queue.length"
        async with asyncio.timeout(5):  # the page's policy lets no function wait within
            while await chat.page.evaluate(waits):
                await asyncio.sleep(0.02)
        await expect(chat.page.locator("#typing")).to_be_hidden()
        await expect(slow).to_have_count(0)


async def test_what_is_told_meanwhile_leaves_the_open_question_its_options(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        await chat.backend.say(chat.backend.token, Reply(0, "No guardé un archivo."))
        await expect(chat.bubbles).to_have_count(2)
        await chat.button("Poner una nota").click()
        await expect(chat.button("Poner una nota")).to_have_count(0)


async def test_only_safe_addresses_become_links_and_nothing_becomes_markup(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        text = (
            "Vea https://example.cl/a?b=1. Escriba a oirs@example.cl, llame al +56 51 220 0000 "
            "(o https://example.cl/c_(d)). javascript:alert(1) <img src=x onerror=alert(1)> "
            "data:text/html,hola ftp://example.cl"
        )
        await chat.backend.say(chat.backend.token, Reply(0, text))
        await expect(chat.bubbles.last).to_have_text("Asistente: " + text)
        links = chat.bubbles.last.get_by_role("link")
        hrefs = [await link.get_attribute("href") for link in await links.all()]
        assert hrefs == [
            "https://example.cl/a?b=1",
            "mailto:oirs@example.cl",
            "tel:+56512200000",
            "https://example.cl/c_(d)",
        ]
        assert await chat.bubbles.last.locator("img").count() == 0


async def test_the_language_switch_changes_the_page_and_tells_the_assistant(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        await chat.button("English").click()
        await expect(chat.page.get_by_role("textbox", name="Write your message")).to_be_visible()
        await expect(chat.page.locator("html")).to_have_attribute("lang", "en")
        bubbles = chat.page.get_by_role("log", name="Conversation").locator(".bubble")
        await expect(bubbles.last).to_have_text("Assistant: Usted escribió: english")
        await expect(bubbles.first).to_have_attribute("lang", "es-CL")
        assert await bubbles.last.get_attribute("lang") is None
        await chat.page.reload()
        await chat.button("Español").click()
        await expect(chat.bubbles.last).to_have_text("Asistente: Usted escribió: español")
        assert chat.backend.bodies[1:] == [Text("english"), Text("español")]
        assert [incoming.language for incoming in chat.backend.stored] == [None, "en", "es"]


async def test_a_browser_that_allows_no_storage_converses_all_the_same(browser: Browser):
    async with opened(browser, "/privacidad") as chat:
        await chat.page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('no', 'SecurityError'); } })"
        )
        await chat.open()
        await expect(chat.bubbles).to_have_count(1)
        await chat.write("hola")
        await expect(chat.bubbles.last).to_have_text("Asistente: Usted escribió: hola")
        assert len({incoming.sender.address for incoming in chat.backend.stored}) == 1


async def test_the_transcript_keeps_its_last_200_messages(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        for number in range(205):
            await chat.backend.say(chat.backend.token, Reply(0, f"Aviso {number}."))
        await expect(chat.bubbles.last).to_have_text("Asistente: Aviso 204.")
        await expect(chat.bubbles).to_have_count(200)
        await chat.page.reload()
        await expect(chat.bubbles).to_have_count(200)
        await expect(chat.bubbles.first).to_have_text("Asistente: Aviso 5.")


async def test_two_tabs_show_the_same_conversation(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        other = await chat.context.new_page()
        await other.goto(chat.url("/chat"))
        await chat.write("hola")
        for page in (chat.page, other):
            await expect(page.locator(".bubble")).to_have_text(
                [re.compile("Soy el asistente"), "Usted: hola", "Asistente: Usted escribió: hola"]
            )
        assert chat.backend.bodies == [Start(""), Text("hola")]


async def test_after_everything_was_erased_the_conversation_goes_on(browser: Browser):
    async with opened(browser) as chat:
        await chat.write("borrar")
        await expect(chat.bubbles).to_have_count(3)
        chat.backend.replies.clear()
        await chat.write("hola de nuevo")
        await expect(chat.bubbles.last).to_have_text("Asistente: Usted escribió: hola de nuevo")


async def test_a_first_visit_costs_at_most_60_kb(browser: Browser):
    async with opened(browser) as chat:
        await expect(chat.bubbles).to_have_count(1)
        weight = await chat.page.evaluate(
            "[...performance.getEntriesByType('navigation'),"
            " ...performance.getEntriesByType('resource')]"
            ".reduce((sum, entry) => sum + entry.transferSize, 0)"
        )
        assert 5_000 < weight <= 60_000
