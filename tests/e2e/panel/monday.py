"""Monday in seven minutes: ``python -m tests.e2e.panel.monday`` does what is due and counts taps.

From one sign-in link on a telephone, by what stands on the page alone, with and without scripts.
Everything is the demonstration's, made up.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser import ARGUMENTS, MISSING, NAMES

WHO = "jefatura@demostracion.invalid"
MOST_TAPS = 25
DUE = re.compile("^(Leer LS-|Revisar la ficha|Abrir la conversación|Decidir la medida)")
TODAY = "Lo que le espera hoy"
WAIT_MS = 15_000
ANSWERS = (
    "Ya va una cuadrilla al lugar. Gracias por avisar.",
    "Le pedimos disculpas. Le guardamos una hora para el jueves a las diez.",
    "Su permiso está listo. Puede retirarlo en la oficina de lunes a viernes.",
)

CAUSE = "Una de las dos cajas está cerrada por licencia médica."
ACTION = "Abrir la segunda caja con personal de apoyo."

IN_CHAT = "Buenos días. Es la ventanilla 3, en el primer piso."


@dataclass(slots=True)
class Course:
    """What was pressed, in order, and when it was done."""

    page: Page
    taps: int = 0
    letters: int = 0
    lines: list[str] = field(default_factory=list)

    def tap(self, what: Locator, name: str) -> None:
        """One touch of a finger on what can be seen."""
        what.wait_for(timeout=WAIT_MS)
        box = what.bounding_box()
        assert box is not None, name
        assert min(box["width"], box["height"]) >= 44, (name, box)
        what.tap()
        self.taps += 1
        self.lines.append(f"{self.taps:>3}  {name}")

    def type(self, words: str) -> None:
        """What the telephone's keyboard writes into the field that was touched."""
        self.page.keyboard.type(words)
        self.letters += len(words)
        self.lines.append(f"     … {words}")

    def reads(self) -> None:
        """The first sentence that stands on the page."""
        heading = self.page.locator("h1").inner_text()
        self.lines.append(f"     → {heading}")


def monday(page: Page, link: str) -> Course:
    """Do what the first page asks for until nothing is left that waits for this person."""
    course = Course(page)
    page.goto(link)
    course.tap(page.get_by_role("button", name="Entrar"), "Entrar")
    answers = list(ANSWERS)
    while (task := _next(page)) is not None:
        course.reads()
        sentence = task.locator("p").inner_text()
        course.lines.append(f"     “{sentence}”")
        button = task.get_by_role("link")
        course.tap(button, button.inner_text())
        page.get_by_role("heading", name=TODAY).wait_for(state="detached", timeout=WAIT_MS)
        page.locator("h1").wait_for(timeout=WAIT_MS)
        if "/panel/fichas/" in page.url:
            course.tap(page.get_by_role("button", name="corregida"), "La ficha ya está corregida")
        elif "/panel/conversaciones/" in page.url:
            _talk(course)
        elif "/panel/medidas/" in page.url:
            _decide(course)
        else:
            # A person who waits too long becomes one more case.
            _answer(course, answers.pop(0) if answers else ANSWERS[0])
    course.lines.append(f"     → {page.locator('h1').inner_text()}: nothing else waits")
    return course


def _next(page: Page) -> Locator | None:
    """The first task that is done by answering or deciding, not by reading news."""
    page.get_by_role("heading", name=TODAY).wait_for(timeout=WAIT_MS)
    tasks = page.locator(".tasks > li").filter(has=page.get_by_role("link", name=DUE))
    return tasks.first if tasks.count() else None


def _talk(course: Course) -> None:
    """Take the person who waits in the chat, answer, and give them back to the assistant."""
    page = course.page
    takes = page.get_by_role("button", name="Atender a esta persona")
    course.tap(takes, takes.inner_text())
    course.tap(page.get_by_label("Escribir a la persona"), "Escribir a la persona")
    course.type(IN_CHAT)
    send = page.get_by_role("button", name=re.compile("^Enviar por "))
    course.tap(send, send.inner_text())
    page.get_by_text(IN_CHAT).first.wait_for(timeout=WAIT_MS)
    ends = page.get_by_role("button", name="Terminar y devolver al asistente")
    course.tap(ends, ends.inner_text())
    page.get_by_text("Terminó la conversación").wait_for(timeout=WAIT_MS)


def _decide(course: Course) -> None:
    """Write why and what is done about it; who and until when are proposed and may stay."""
    page = course.page
    for label, words in (("Causa", CAUSE), ("Acción", ACTION)):
        course.tap(page.get_by_label(label, exact=True), label)
        course.type(words)
    for proposed in ("Responsable", "Fecha en que debe estar hecha"):
        assert page.get_by_label(proposed).input_value(), proposed
    course.tap(page.get_by_role("button", name="Decidir", exact=True), "Decidir")
    page.get_by_text("La decisión quedó anotada").wait_for(timeout=WAIT_MS)


def _answer(course: Course, words: str) -> None:
    page = course.page
    course.tap(page.get_by_label("Responder a la persona"), "Responder a la persona")
    course.type(words)
    send = page.get_by_role("button", name=re.compile("^Enviar por "))
    course.tap(send, send.inner_text())
    page.get_by_role("button", name="Deshacer el envío").first.wait_for(timeout=WAIT_MS)


@contextmanager
def demonstration(folder: Path) -> Iterator[dict[str, str]]:
    """A running ``opina demo``; gives the environment in which commands find it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    inherited = {name: value for name, value in os.environ.items() if "OPINA_" not in name}
    own = inherited | {"PYTHONUNBUFFERED": "1", "OPINA_WEB__PORT": port}
    process = subprocess.Popen(
        _opina("demo", "--folder", str(folder)),
        cwd=folder,
        env=own,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        for line in process.stdout or ():
            if line.rstrip().endswith("/chat"):
                break
        yield own | {
            "OPINA_DATABASE__URL": f"sqlite:///{folder / 'demo.db'}",
            "OPINA_DATABASE__KEYS": str(folder / "demo-keys.toml"),
        }
    finally:
        process.terminate()
        process.communicate(timeout=30)


def link_for(who: str, folder: Path, environment: dict[str, str]) -> str:
    """A one-time link into the panel."""
    made = subprocess.run(
        _opina("staff", "link", who),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"https?://\S+/panel/entrar/\S+", made.stdout)
    assert found is not None, made.stdout
    return found[0]


def run(chromium: str, *, scripts: bool) -> tuple[Course, float]:
    """The whole course on a 360 px telephone, and how many seconds the script took."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        demonstration(Path(scratch)) as environment,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = browser.new_context(
            viewport={"width": 360, "height": 760},
            has_touch=True,
            is_mobile=True,
            locale="es-CL",
            java_script_enabled=scripts,
        )
        link = link_for(WHO, Path(scratch), environment)
        began = time.monotonic()
        course = monday(context.new_page(), link)
        took = time.monotonic() - began
        browser.close()
    return course, took


def main() -> None:
    """Print both courses; ends with 1 where one needs too many taps."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None) or sys.exit(MISSING)
    most = 0
    for scripts in (True, False):
        course, took = run(chromium, scripts=scripts)
        print(f"JavaScript {'on' if scripts else 'off'}, 360 px:")
        print("\n".join(course.lines))
        print(f"{course.taps} taps, {course.letters} letters, {took:.0f} s of script\n")
        most = max(most, course.taps)
    print(f"At most {MOST_TAPS} taps: {'yes' if most <= MOST_TAPS else 'NO'}")
    sys.exit(most > MOST_TAPS)


def _opina(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot.cli", *arguments]


if __name__ == "__main__":
    main()
