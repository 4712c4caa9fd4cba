"""Makes the README's pictures from a demonstration on a scratch folder: `make pictures`.

Everything in them is made up and says so. Needs Chromium: on Debian, apt install chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2
from card_pictures import HEIGHT, QUESTION, SCHEMES, WIDTH, cards_in_apps
from digest_pictures import control_chart, digest_in_a_chat
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "pictures"
MAX_BYTES = 200_000
COLOURS = 64
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ADDRESS = "https://opina.municipalidad.example"  # names below .example never exist (RFC 2606)
STAMP = "Ejemplo: no lleva a ninguna parte"
WAIT_MS = 15_000


def main() -> None:
    """Make every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        poster(folder)
        with demonstration(folder) as (chat, digest, link), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            rating_on_a_telephone(browser, chat)
            lookup_on_a_large_screen(browser, chat)
            card_on_three_channels(browser, chat)
            save("digest-phone", digest_in_a_chat(browser))
            save("control-chart", control_chart(browser))
            save("digest-mail", shot(browser, digest, width=660, height=1000))
            panel(browser, link)
            browser.close()


def chromium() -> str:
    """Where the system's Chromium is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or sys.exit("no Chromium found; on Debian: apt install chromium")


def opina(*arguments: str) -> list[str]:
    """A command line of the program that this Python has installed."""
    return [sys.executable, "-m", "bot.cli", *arguments]


def surroundings(**settings: str) -> dict[str, str]:
    """The environment with these settings of Opina and no others."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OPINA_")}
    return inherited | {"PYTHONUNBUFFERED": "1"} | settings


@contextmanager
def demonstration(folder: Path) -> Iterator[tuple[str, str, str]]:
    """A running `opina demo`: the addresses of chat, newest digest and a way into the panel."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    process = subprocess.Popen(
        opina("demo", "--folder", str(folder / "demo")),
        cwd=folder,
        env=surroundings(OPINA_WEB__PORT=port),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield addresses(process)
    finally:
        process.terminate()
        process.wait(30)


def addresses(process: subprocess.Popen[str]) -> tuple[str, str, str]:
    """What the demonstration prints when it is ready."""
    digest = link = ""
    for line in process.stdout or ():
        found = re.search(r"https?://\S+", line)
        if found and "/resumen/" in found[0]:
            digest = found[0]
        elif found and "/panel/entrar/" in found[0]:
            link = found[0]
        elif found and found[0].endswith("/chat") and digest and link:
            return found[0], digest, link
    sys.exit("the demonstration did not start")


def rating_on_a_telephone(browser: Browser, chat: str) -> None:
    """The question for a grade, as it comes after the area was named."""
    page = opened(browser, chat, width=360, height=760)
    write(page, "poner una nota")
    page.get_by_role("searchbox").wait_for(timeout=WAIT_MS)
    write(page, "tránsito")
    page.get_by_role("button", name="Aún no termina", exact=True).wait_for(timeout=WAIT_MS)
    save("chat-360", page.screenshot())
    page.context.close()


def lookup_on_a_large_screen(browser: Browser, chat: str) -> None:
    """A misspelt question and its card."""
    page = opened(browser, chat, width=1280, height=920)
    write(page, QUESTION)
    page.get_by_role("button", name="Sí", exact=True).wait_for(timeout=WAIT_MS)
    save("chat-1280", page.screenshot())
    page.context.close()


def panel(browser: Browser, link: str) -> None:
    """The first page on a telephone, and one case on a large screen."""
    page = opened(browser, link, width=360, height=760)
    page.get_by_role("button", name="Entrar").click()
    page.get_by_role("heading", name="Lo que le espera hoy").wait_for(timeout=WAIT_MS)
    save("panel-360", page.screenshot())
    page.get_by_role("link", name="Casos").click()
    page.locator("li", has_text="Pedí hora").get_by_role("link").click()
    page.set_viewport_size({"width": 1280, "height": 920})
    save("panel-1280", page.screenshot())
    page.context.close()


def card_on_three_channels(browser: Browser, chat: str) -> None:
    """The same card on the web, Telegram and WhatsApp, in light and in dark."""
    for scheme in SCHEMES:
        page = opened(browser, chat, WIDTH, HEIGHT, scheme)
        write(page, QUESTION)
        page.get_by_role("button", name="Ver pasos", exact=True).wait_for(timeout=WAIT_MS)
        save(f"card-web-{scheme}", page.screenshot())
        page.context.close()
    for name, picture in cards_in_apps(browser).items():
        save(name, picture)


def opened(browser: Browser, address: str, width: int, height: int, scheme: str = "light") -> Page:
    """A page in a context of its own, without movement."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=1.5,
        locale="es-CL",
        timezone_id="America/Santiago",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    return page


def write(page: Page, words: str) -> None:
    """Say something in the chat, once it has greeted."""
    page.get_by_role("log").locator(".bubble").first.wait_for(timeout=WAIT_MS)
    field = page.get_by_role("textbox", name="Escriba su mensaje")
    field.fill(words)
    field.press("Enter")


def shot(browser: Browser, address: str, width: int, height: int) -> bytes:
    """The first screen of a page."""
    page = opened(browser, address, width, height)
    picture = page.screenshot()
    page.context.close()
    return picture


def poster(folder: Path) -> None:
    """The A4 poster of one desk, with a line that says that its address is an example."""
    subprocess.run(
        opina("posters", "--desk", "transito", "--out", str(folder / "posters")),
        cwd=folder,
        env=surroundings(OPINA_WEB__PUBLIC_URL=ADDRESS),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    file = next((folder / "posters").glob("*-a4.pdf"))
    sheet = pypdfium2.PdfDocument(file)[0].render(scale=1).to_pil().convert("RGB")
    picture = Image.new("RGB", (sheet.width + 2, sheet.height + 30), "#555")
    picture.paste(sheet, (1, 1))
    ImageDraw.Draw(picture).text(
        (picture.width / 2, sheet.height + 15),
        STAMP,
        fill="white",
        anchor="mm",
        font=ImageFont.load_default(16),
    )
    save("poster-a4", as_png(picture))


def as_png(picture: Image.Image) -> bytes:
    """The picture as a file."""
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def save(name: str, picture: bytes) -> None:
    """Write it with few colours, so that it stays small."""
    reduced = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS)
    small = as_png(reduced)
    if len(small) > MAX_BYTES:
        sys.exit(f"{name}: {len(small)} bytes, allowed {MAX_BYTES}")
    (PICTURES / f"{name}.png").write_bytes(small)
    print(f"docs/pictures/{name}.png: {len(small) // 1000} kB")


if __name__ == "__main__":
    main()
