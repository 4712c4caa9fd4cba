"""Every form of the panel takes whatever is sent, and every page still answers afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from bot.web.panel.routes import PAGES
from handlers.staff.permissions import Grant, Role
from storage.engine import counters
from tests.bot.web.panel.served_panel import Browser, ServedPanel
from tests.bot.web.panel.test_role_by_route import AREAS, CASES, places

ODD = ("", "9999-12-31", "0001-01-01", "9223372036854775808", "٣", "😀" * 99)
LEFT_OUT = ("/panel/salir", "/panel/sesiones/cerrar", "/panel/personas/quitar-rol")


@dataclass(slots=True)
class Form:
    """A form of a page, filled in as it is shown, its texts with words."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._page, self._choice = page, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(given.get("method", "get"), given.get("action", self._page)))
        if not self.found:
            return
        fields, name = self.found[-1].fields, given.get("name", "")
        if tag == "option" and not fields.get(self._choice):
            fields[self._choice] = given.get("value", "")
        elif not name:
            return
        elif tag == "textarea":
            fields[name] = "Palabras de prueba"
        elif tag == "select":
            self._choice = name
            fields[name] = ""
        elif tag == "input" and given.get("type") != "file":
            fields.setdefault(name, given.get("value", ""))


async def paths(panel: ServedPanel) -> list[str]:
    """The address of every page there is something for."""
    known = await places(panel)
    found = []
    for page in PAGES:
        if page.method == "GET" and "{file}" not in page.path:
            name = next(iter(re.findall(r"{(\w+)}", page.path)), "")
            found += [page.path.replace(f"{{{name}}}", place.value) for place in known[name][:1]]
    return found


async def send(browser: Browser, form: Form, fields: dict[str, str]) -> int:
    if form.method == "post":
        given = {name: value for name, value in fields.items() if name != "form_token"}
        return (await browser.post(form.action, **given)).status
    return (await browser.get(f"{form.action}?{urlencode(fields)}")).status


async def test_no_form_fails_and_none_breaks_a_page(panel: ServedPanel) -> None:
    everything = [Grant(role, area) for role in Role for area in AREAS]
    addresses, tried = await paths(panel), set[tuple[str, str]]()
    counted = {"case:LS:2026": len(CASES)}  # those of ``places`` have their numbers already
    await panel.scene.write(lambda tx: counters.add(tx, counted))
    async with panel.signed_in("Rosa", *everything) as browser:
        for address in addresses:
            forms = Forms(address)
            forms.feed((await browser.get(address)).text)
            for form in forms.found:
                kind = (form.action, "|".join(sorted(form.fields)))
                if form.action in LEFT_OUT or kind in tried:
                    continue
                tried.add(kind)
                for name in form.fields:
                    for odd in ODD:
                        status = await send(browser, form, {**form.fields, name: odd})
                        assert status < 500, (form.action, name, odd[:20])
        assert len(tried) > 25
        broken = [one for one in addresses if (await browser.get(one)).status >= 500]
    assert broken == []
